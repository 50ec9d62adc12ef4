"""Which area an event counts in, and what is left out of a series."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from assess.tables import events

from seamwatch.assess.areas import by_cell, by_district, by_governorate, by_polygons, by_set, series
from seamwatch.errors import ConfigError
from seamwatch.events import COUNTRY, EXACT, GOVERNORATE
from seamwatch.events import DISTRICT as DISTRICT_PREC
from seamwatch.geo import priogrid_gid
from seamwatch.packs import load_pack
from seamwatch.place import load_area_sets, read_areas

AS_OF = date(2017, 3, 31)
FOUR = events(
    [
        ("2017-03-04", 35.3, 43.8, EXACT, "Kirkuk", "Al-Hawiga", "forces"),
        ("2017-03-30", 35.3, 43.8, DISTRICT_PREC, "Kirkuk", "al-Hawīga", "villagers"),
        ("2017-03-29", 35.5, 44.4, GOVERNORATE, "Kirkuk", "", "forces"),
        ("2017-03-28", 33.2, 44.4, COUNTRY, "", "", "forces"),
    ]
)


def test_coarse_events_count_in_the_governorate_and_are_told_where_they_are_left_out() -> None:
    district = series(FOUR, by_district(FOUR), "week", as_of=AS_OF)
    assert district.names == ("Al-Hawiga",) or district.names == ("al-Hawīga",)
    assert district.counts.sum() == 2 and district.left_out == 2
    assert district.elsewhere.sum() == 2  # wherever they were
    governorate = series(FOUR, by_governorate(FOUR), "week", as_of=AS_OF)
    assert governorate.counts.sum() == 3 and governorate.left_out == 1


def test_a_target_counts_alone_but_reporting_is_of_all() -> None:
    found = series(FOUR, by_district(FOUR), "week", as_of=AS_OF, target="villagers")
    assert found.counts.sum() == 1 and found.elsewhere.sum() == 2
    with pytest.raises(ConfigError, match="target"):
        series(FOUR, by_district(FOUR), "week", as_of=AS_OF, target="people")


def test_what_was_published_later_is_not_there() -> None:
    assert series(FOUR, by_district(FOUR), "week", as_of=AS_OF, lag_days=7).counts.sum() == 1
    early = series(FOUR, by_district(FOUR), "week", as_of=date(2017, 3, 24))
    assert early.counts.sum() == 1 and early.periods.last == date(2017, 3, 24)


def test_an_event_over_more_days_than_a_week_is_in_no_week() -> None:
    long = events([("2017-03-20", 35.3, 43.8, EXACT, "Kirkuk", "Daquq", "")] * 2, days=20)
    assert series(long, by_district(long), "week", as_of=date(2017, 4, 30)).undated == 2
    rows = [("2017-02-28", 35.3, 43.8, EXACT, "Kirkuk", "Daquq", ""), ("2017-01-31", 35.3, 43.8, 1, "", "", "")]
    months = events(rows, days=20)
    found = series(months, by_district(months), "month", as_of=AS_OF)
    assert found.undated == 0 and found.counts.tolist() == [[1, 0]]


def test_cells_take_points_that_tell_a_cell() -> None:
    found = by_cell(FOUR)
    assert found.names == (f"cell {priogrid_gid(35.3, 43.8)}",) and sorted(found.of.tolist()) == [-1, -1, 0, 0]
    assert abs(found.lat[0] - 35.25) < 1e-9 and abs(found.lon[0] - 43.75) < 1e-9


def test_a_polygon_of_ones_own_takes_near_points_only(tmp_path: Path) -> None:
    file = tmp_path / "mine.geojson"
    file.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Valley", "level": 3, '
        '"claimant": "us"}, "geometry": {"type": "Polygon", "coordinates": [[[43, 35], [44, 35], [44, 36], [43, 36], '
        "[43, 35]]]}}]}",
        encoding="utf-8",
    )
    areas = read_areas(file)
    found = by_polygons(FOUR, areas)
    assert found.names == ("Valley",) and int(np.sum(found.of == 0)) == 1 and int(found.coarse.sum()) == 3
    assert "us" in found.rule
    assert int(np.sum(by_polygons(FOUR, areas, level=3).of == 0)) == 2
    with pytest.raises(ConfigError, match="polygons"):
        by_polygons(FOUR, areas, level=1)


def test_the_set_is_a_proxy_on_its_face_and_says_how_it_was_told() -> None:
    pack = load_pack()
    (disputed, *_) = load_area_sets(pack)
    by_names = by_set(FOUR, disputed, pack)
    assert "PROXY" in by_names.names[0] and int(np.sum(by_names.of == 0)) == 2 and "names" in by_names.rule
    bare = events([("2017-03-01", 35.32, 43.77, EXACT, "", "", ""), ("2017-03-02", 30.5, 47.8, EXACT, "", "", "")])
    guessed = by_set(bare, disputed, pack)
    assert guessed.of.tolist() == [0, -1] and "guess" in guessed.rule


def test_nothing_known_yet_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no events known"):
        series(FOUR, by_district(FOUR), "week", as_of=date(2016, 1, 1))
