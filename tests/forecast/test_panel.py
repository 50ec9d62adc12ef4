"""Counts by cell and month: what VIEWS counts, where coarse events go, and that nothing later leaks in."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from seamwatch.clock import month_id
from seamwatch.errors import ModelError, ReadError
from seamwatch.events import DISTRICT, EXACT, GOVERNORATE, UNKNOWN, Events, sorted_events
from seamwatch.forecast.panel import (
    COARSE,
    Coarse,
    default_cells,
    district_panel,
    districts_by_name,
    districts_by_polygon,
    extras,
    gids_of,
    grid_panel,
    last_whole_month,
    pool_cells,
    pool_panel,
    task,
)
from seamwatch.forecast.task import Panel, Task
from seamwatch.geo import priogrid_gid
from seamwatch.read.cells import read_cells
from seamwatch.read.event_table import read_events

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "events"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
JAN, DEC = month_id(date(2017, 1, 1)), month_id(date(2017, 12, 1))
HERE, THERE = priogrid_gid(35.2, 44.3), priogrid_gid(36.2, 43.3)


def events(*rows: tuple[str, float, float, int, str, int, str, str]) -> Events:
    """Events of (last day, lat, lon, where_prec, violence, deaths, adm1, adm2)."""
    names = ("end", "lat", "lon", "where_prec", "violence", "deaths", "adm1", "adm2")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    columns |= {"ids": [f"e{n}" for n in range(len(rows))], "start": columns["end"]}
    return sorted_events(columns)


def test_deaths_and_incidents_by_cell_and_month_of_the_last_day() -> None:
    table = events(
        ("2017-01-31", 35.2, 44.3, EXACT, "sb", 3, "K", ""),
        ("2017-02-01", 35.2, 44.3, DISTRICT, "sb", 4, "K", ""),
        ("2017-02-28", 35.2, 44.3, EXACT, "sb", UNKNOWN, "K", ""),
        ("2017-02-03", 35.2, 44.3, EXACT, "os", 9, "K", ""),
        ("2016-12-31", 35.2, 44.3, EXACT, "sb", 7, "K", ""),
    )
    panel = grid_panel(table, [THERE, HERE], JAN, DEC)
    assert panel.counts.shape == (2, 12) and panel.counts.dtype == np.int32
    assert panel.counts[1, :3].tolist() == [3, 4, 0] and panel.counts.sum() == 7
    assert (panel.lat[1], panel.lon[1], panel.last_month) == (35.25, 44.25, DEC)
    assert grid_panel(table, [HERE], JAN, DEC, count="incidents").counts[0, :3].tolist() == [1, 2, 0]
    assert grid_panel(table, [HERE], JAN, DEC, count="incidents", violence=None).counts[0, 1] == 3


def test_the_three_rules_for_a_coarse_event() -> None:
    table = events(
        ("2017-01-01", 35.2, 44.3, EXACT, "sb", 1, "K", ""),
        ("2017-02-01", 36.2, 43.3, GOVERNORATE, "sb", 10, "K", ""),
    )
    told = {rule: grid_panel(table, [HERE, THERE], JAN, DEC, coarse=rule).counts[:, 1].tolist() for rule in COARSE}
    assert told == {"spread": [10, 0], "leave-out": [0, 0], "as-published": [0, 10]}


def test_a_coarse_event_goes_by_its_province_then_its_country_and_never_by_what_came_later() -> None:
    table = events(
        ("2017-01-01", 35.2, 44.3, EXACT, "sb", 1, "K", ""),
        ("2017-02-01", 33.0, 44.0, GOVERNORATE, "sb", 10, "N", ""),
        ("2017-03-01", 36.2, 43.3, EXACT, "sb", 1, "N", ""),
        ("2017-04-01", 33.0, 44.0, GOVERNORATE, "sb", 100, "N", ""),
    )
    panel = grid_panel(table, [HERE, THERE], JAN, DEC)
    assert panel.counts[:, :4].tolist() == [[1, 10, 0, 0], [0, 0, 1, 100]]
    alone = events(("2017-02-01", 33.0, 44.0, GOVERNORATE, "sb", 10, "N", ""))
    assert grid_panel(alone, [HERE, THERE, priogrid_gid(33.0, 44.0)], JAN, DEC).counts.sum() == 0


def test_coarse_events_fall_in_proportion_to_the_precise_ones() -> None:
    precise = [("2017-01-01", 35.2, 44.3, EXACT, "sb", 0, "K", "")] * 3
    precise += [("2017-01-01", 36.2, 43.3, EXACT, "sb", 0, "K", "")]
    coarse = [("2017-02-01", 33.0, 44.0, GOVERNORATE, "sb", 1, "K", "")] * 4000
    counts = grid_panel(events(*precise, *coarse), [HERE, THERE], JAN, DEC).counts[:, 1]
    assert counts.sum() == 4000 and abs(counts[0] / 4000 - 0.75) < 0.03


@st.composite
def tables(draw: st.DrawFn) -> Events:
    row = st.tuples(
        st.dates(date(2016, 1, 1), date(2017, 12, 31)).map(str),
        st.floats(33, 37),
        st.floats(42, 46),
        st.integers(1, 7),
        st.sampled_from(["sb", "ns", "os"]),
        st.integers(-1, 30),
        st.sampled_from(["K", "N", ""]),
        st.sampled_from(["Daquq", "Hawija", ""]),
    )
    return events(*draw(st.lists(row, min_size=1, max_size=40)))


def same(one: Panel | None, other: Panel | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(Panel))


def same_task(one: Task, other: Task) -> bool:
    panels = [(one.panel, other.panel), (one.pool, other.pool)]
    panels += [(one.extra[k], other.extra[k]) for k in one.extra]
    panels += [((one.pool_extra or {})[k], (other.pool_extra or {})[k]) for k in one.pool_extra or {}]
    return one.leads == other.leads and all(same(*pair) for pair in panels)


def changed_after(table: Events, last: np.datetime64) -> Events:
    """The same table with everything about the rows that ended after ``last`` altered."""
    late = table.end > last
    columns: dict[str, NDArray[np.generic]] = {f.name: getattr(table, f.name).copy() for f in fields(Events)}
    columns["deaths"] = np.where(late, 1000, table.deaths)
    columns["lat"] = np.where(late, 33.3, table.lat)
    columns["adm1"] = np.where(late, "Z", table.adm1)
    columns["where_prec"] = np.where(late, EXACT, table.where_prec)
    columns["violence"] = np.where(late, "sb", table.violence)
    columns["end"] = np.where(late, table.end + np.timedelta64(3, "D"), table.end)
    return sorted_events(columns)


@given(tables(), tables(), st.dates(date(2016, 3, 1), date(2017, 12, 31)), st.sampled_from([0, 10, 40]), st.booleans())
def test_what_came_after_the_as_of_day_changes_nothing(
    table: Events, pool: Events, as_of: date, lag: int, named: bool
) -> None:
    if not len(table.known(as_of, lag)):
        return
    last = np.datetime64(as_of, "D") - np.timedelta64(lag, "D")
    first = month_id(date(2016, 1, 1))

    def asked(home: Events, away: Events) -> Task:
        cells = [HERE, THERE] if named else None
        return task(home, as_of, (3, 4), cells=cells, lag_days=lag, pool=away, min_events=1, first_month=first - 2)

    assert same_task(asked(table, pool), asked(changed_after(table, last), changed_after(pool, last)))
    assert same_task(asked(table, pool), asked(table.known(as_of, lag), pool.known(as_of, lag)))


@given(tables(), st.sampled_from(COARSE))
def test_an_earlier_panel_is_the_beginning_of_a_later_one(table: Events, coarse: Coarse) -> None:
    first, last = month_id(date(2016, 1, 1)), DEC
    cells = default_cells(table) if table.placed().any() else np.array([HERE])
    whole = grid_panel(table, cells, first, last, coarse=coarse)
    early = grid_panel(table.known(date(2016, 12, 31)), cells, first, JAN - 1, coarse=coarse)
    assert same(whole.until(JAN - 1), early)


def test_the_months_asked_stay_whatever_the_lag() -> None:
    table = events(("2016-05-01", 35.2, 44.3, EXACT, "sb", 1, "K", ""))
    for lag in (0, 1, 31, 90):
        asked = task(table, date(2016, 10, 31), (3, 14), cells=[HERE], lag_days=lag)
        assert [asked.panel.last_month + lead for lead in asked.leads] == [JAN, DEC]
    assert last_whole_month(date(2016, 10, 31)) == JAN - 3 and last_whole_month(date(2016, 10, 30)) == JAN - 4
    assert last_whole_month(date(2016, 10, 31), 1) == JAN - 4
    with pytest.raises(ModelError, match="no event is known"):
        task(table, date(2016, 4, 30), (3,), cells=[HERE])
    with pytest.raises(ModelError, match="leads"):
        task(table, date(2016, 10, 31), (0, 1), cells=[HERE])


def test_districts_by_name_and_by_polygon() -> None:
    import shapely

    from seamwatch.place.areas import DISTRICT as LEVEL
    from seamwatch.place.areas import Area

    table = events(
        ("2017-01-01", 35.2, 44.3, EXACT, "sb", 1, "K", "Daquq"),
        ("2017-01-02", 35.4, 44.3, EXACT, "sb", 2, "K", "Hawija"),
        ("2017-01-03", 33.0, 44.0, GOVERNORATE, "sb", 4, "K", ""),
    )
    named = districts_by_name(table)
    assert named.names == ("Daquq", "Hawija") and named.lat.tolist() == [35.2, 35.4]
    assert district_panel(table, named, JAN, DEC).counts.sum() == 7
    assert district_panel(table, named, JAN, DEC, coarse="leave-out").counts[:, 0].tolist() == [1, 2]
    box = shapely.box(44, 35, 45, 35.3)
    area = Area("1", "South", ("South",), LEVEL, "IQ", "", "", None, None, "", "", box)
    drawn = districts_by_polygon(table, [area])
    assert drawn.of.tolist() == [0, -1, -1]
    assert district_panel(table, drawn, JAN, DEC, coarse="leave-out").counts[0, 0] == 1


def test_the_pool_is_near_has_events_and_is_not_ourselves() -> None:
    rows = [("2017-01-01", lat, lon, EXACT, "sb", 1, "", "") for lat, lon in ((35.2, 44.3), (36.2, 43.3), (10.2, 10.3))]
    table = events(*rows * 3, ("2017-01-01", 34.2, 44.3, EXACT, "sb", 1, "", ""))
    assert pool_cells(table, [HERE], within_degrees=5, min_events=3).tolist() == [THERE]
    assert len(pool_cells(table, [HERE], within_degrees=90, min_events=1)) == 3
    assert len(pool_cells(table, [HERE], within_degrees=0.9, min_events=1)) == 0
    panel = pool_panel(table, [HERE], JAN, DEC, within_degrees=5, min_events=3)
    assert panel.areas.tolist() == [THERE] and panel.counts.sum() == 3


def test_cells_of_a_file_and_cells_by_default(tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    file.write_text("gid,lat,lon,frac\n5,0,0,0.6\n7,0,0,0.5\n5,0,0,0.9\nx,0,0,1\n9,0,0,\n8,0,0,1\n")
    found = read_cells(file)
    assert found.gids.tolist() == [5, 8]
    assert [(p.line, p.column) for p in found.problems] == [(4, "gid"), (5, "gid"), (6, "frac")]
    file.write_text("priogrid_gid\n5\n8\n")
    assert read_cells(file).gids.tolist() == [5, 8]
    file.write_text("lat,lon\n5,8\n")
    with pytest.raises(ReadError, match="lat, lon"):
        read_cells(file)
    cells = default_cells(events(("2017-01-01", 35.2, 44.3, EXACT, "sb", 1, "K", "")))
    assert len(cells) == 9 and HERE in cells and HERE + 721 in cells
    edge = default_cells(events(("2017-01-01", 89.9, 179.9, EXACT, "sb", 1, "K", "")))
    assert priogrid_gid(89.9, -179.9) in edge and len(edge) == 6


def test_words_that_are_not_ours_are_refused() -> None:
    table = events(("2017-01-01", 35.2, 44.3, EXACT, "sb", 1, "K", ""))
    with pytest.raises(ModelError, match="coarse"):
        grid_panel(table, [HERE], JAN, DEC, coarse="pin")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="violence"):
        grid_panel(table, [HERE], JAN, DEC, violence="war")
    with pytest.raises(ModelError, match="count"):
        grid_panel(table, [HERE], JAN, DEC, count="harm")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="repeats"):
        grid_panel(table, [HERE, HERE], JAN, DEC)
    with pytest.raises(ModelError, match="months"):
        grid_panel(table, [HERE], DEC, JAN)


@given(st.floats(-90, 89.99), st.floats(-180, 179.99))
def test_many_cells_at_once_are_those_one_by_one(lat: float, lon: float) -> None:
    assert gids_of(np.array([lat]), np.array([lon]))[0] == priogrid_gid(lat, lon)


@pytest.mark.shared
@needs_shared
def test_iraq_as_published_is_what_the_zero_forecast_is_scored_by() -> None:
    table = read_events(SHARED / "ged_iraq_1989_2017.csv.gz").events
    cells = read_cells(SHARED / "iraq_cells.csv").gids
    assert len(cells) == 168
    first, last = month_id(date(2010, 1, 1)), DEC
    panel = grid_panel(table, cells, first, last, coarse="as-published")
    by_year = panel.counts.reshape(168, 8, 12).mean(axis=(0, 2))
    assert np.round(by_year, 3).tolist() == [0.568, 0.524, 0.316, 0.933, 6.04, 5.019, 4.773, 5.037]
    further = extras(table, cells, first, last, coarse="as-published")
    assert set(further) == {"incidents", "sb_incidents", "ns_deaths", "os_deaths"}
    spread = grid_panel(table, cells, first, last)
    kept = grid_panel(table, cells, first, last, coarse="leave-out")
    assert kept.counts.sum() < spread.counts.sum()
