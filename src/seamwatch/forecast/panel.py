"""Counts by area and month from a table of events, and the task that a forecaster is given: nothing later gets in.

A coarsely located event (`where_prec` above `CELL_PREC`: a governorate, a range, the country) has no cell. By the rule
that is named in every call it is

- ``"spread"``: put whole where an earlier, precise event of its adm1 (else of its country) was. Which one is drawn by a
  hash of its id, so that it falls on cells in proportion to the precise events known when it ended, on the same cell
  whoever asks and as of whatever day. With no such event it is left out;
- ``"leave-out"``: not counted;
- ``"as-published"``: counted where the table's own point lies, a centroid, as VIEWS' target does.

Tables that hold precise rows alone (a packed world table of `where_prec` 1 and 2) know no coarse events: their counts
compare with those of another table by the rule ``"leave-out"``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from seamwatch.clock import month_id
from seamwatch.errors import ModelError
from seamwatch.events import VIOLENCE, Events
from seamwatch.forecast.task import Panel, Task
from seamwatch.geo import priogrid_middle
from seamwatch.place.areas import Area

Count = Literal["deaths", "incidents"]
Coarse = Literal["spread", "leave-out", "as-published"]
COUNTS: tuple[Count, ...] = ("deaths", "incidents")
COARSE: tuple[Coarse, ...] = ("spread", "leave-out", "as-published")
NOWHERE = -1
WITHIN_DEGREES = 360.0  # the whole table: wars that ended far away teach more than a quiet neighbour (forecast.md)
MIN_EVENTS = 5
_COLUMNS = 720  # cells around the globe
_JANUARY_1980 = (1980 - 1970) * 12  # in months since 1970


@dataclass(frozen=True, slots=True)
class Districts:
    """Areas with names. ``of`` has shape (events,): the index of each event's area, NOWHERE where it lies in none."""

    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    of: NDArray[np.intp]


def grid_panel(
    events: Events,
    cells: Sequence[int] | NDArray[np.int64],
    first_month: int,
    last_month: int,
    *,
    count: Count = "deaths",
    violence: str | None = "sb",
    coarse: Coarse = "spread",
) -> Panel:
    """Counts of PRIO-GRID cells by month of the day on which events ended; shape (cells, months), in the cells' order.

    ``count`` is the sum of deaths (unknown ones count 0) or the number of events; ``violence`` one of VIOLENCE, or None
    for events of every kind. Raises ModelError on other words, on cells that repeat, and on months the wrong way round.
    """
    areas = np.asarray(cells, dtype=np.int64)
    if len(np.unique(areas)) != len(areas):
        raise ModelError("a cell repeats", where="cells", rule="each cell once")
    rows = standing_rows(events, coarse)
    gids = np.where(rows == NOWHERE, 0, gids_of(events.lat[rows], events.lon[rows]))
    index = _found(areas, gids)
    middles = np.array([priogrid_middle(int(gid)) for gid in areas], dtype=np.float64).reshape(-1, 2)
    counts = _counted(events, index, len(areas), first_month, last_month, count, violence)
    return Panel(areas, middles[:, 0], middles[:, 1], first_month, counts)


def district_panel(
    events: Events,
    districts: Districts,
    first_month: int,
    last_month: int,
    *,
    count: Count = "deaths",
    violence: str | None = "sb",
    coarse: Coarse = "spread",
) -> Panel:
    """The same by district; ``areas`` are indices of ``districts.names``. See `districts_by_name`, `…_by_polygon`."""
    rows = standing_rows(events, coarse, precise=events.placed() & (districts.of != NOWHERE))
    index = np.where(rows == NOWHERE, NOWHERE, districts.of[rows])
    n = len(districts.names)
    counts = _counted(events, index, n, first_month, last_month, count, violence)
    return Panel(np.arange(n, dtype=np.int64), districts.lat, districts.lon, first_month, counts)


def districts_by_name(events: Events) -> Districts:
    """The table's own adm2 names, in order; their middles are those of the precise events there (NaN without any)."""
    names = sorted(set(events.adm2.tolist()) - {""})
    at = {name: n for n, name in enumerate(names)}
    of = np.array([at.get(name, NOWHERE) for name in events.adm2.tolist()], dtype=np.intp)
    middles = np.full((len(names), 2), np.nan)
    placed = events.placed()
    for n in range(len(names)):
        here = placed & (of == n)
        if here.any():
            middles[n] = events.lat[here].mean(), events.lon[here].mean()
    return Districts(tuple(names), middles[:, 0], middles[:, 1], of)


def districts_by_polygon(events: Events, areas: Sequence[Area]) -> Districts:
    """Areas of a file of polygons; an event on a line lies in the first of them."""
    import shapely

    of = np.full(len(events), NOWHERE, dtype=np.intp)
    placed = np.flatnonzero(np.isfinite(events.lat) & np.isfinite(events.lon))
    points = shapely.points(events.lon[placed], events.lat[placed])
    event, area = shapely.STRtree([a.shape for a in areas]).query(points, predicate="intersects")
    for n in np.lexsort((area, event))[::-1]:
        of[placed[event[n]]] = area[n]
    middles = np.array([a.centre for a in areas], dtype=np.float64).reshape(-1, 2)
    return Districts(tuple(a.name for a in areas), middles[:, 0], middles[:, 1], of)


def extras(
    events: Events,
    cells: Sequence[int] | NDArray[np.int64],
    first_month: int,
    last_month: int,
    *,
    coarse: Coarse = "spread",
) -> dict[str, Panel]:
    """Further counts of the same cells and months: incidents, sb_incidents, ns_deaths, os_deaths."""

    def panel(count: Count, violence: str | None) -> Panel:
        return grid_panel(events, cells, first_month, last_month, count=count, violence=violence, coarse=coarse)

    return {
        "incidents": panel("incidents", None),
        "sb_incidents": panel("incidents", "sb"),
        "ns_deaths": panel("deaths", "ns"),
        "os_deaths": panel("deaths", "os"),
    }


def pool_cells(
    events: Events,
    around: Sequence[int] | NDArray[np.int64],
    *,
    within_degrees: float = WITHIN_DEGREES,
    min_events: int = MIN_EVENTS,
) -> NDArray[np.int64]:
    """Other cells to learn from: those within so many degrees of ``around`` (in latitude and in longitude) with so many
    precise events; ``around`` itself is not among them. Ascending; shape (cells,).
    """
    placed = events.placed()
    gids, n = np.unique(gids_of(events.lat[placed], events.lon[placed]), return_counts=True)
    gids = np.setdiff1d(gids[n >= min_events], np.asarray(around, dtype=np.int64))
    if not len(gids) or not len(around):
        return np.empty(0, dtype=np.int64)
    middles, home = (np.array([priogrid_middle(int(g)) for g in some]) for some in (gids, around))
    far, _ = cKDTree(home).query(middles, p=np.inf)
    near: NDArray[np.int64] = gids[far <= within_degrees].astype(np.int64)
    return near


def pool_panel(
    events: Events,
    around: Sequence[int] | NDArray[np.int64],
    first_month: int,
    last_month: int,
    *,
    within_degrees: float = WITHIN_DEGREES,
    min_events: int = MIN_EVENTS,
    count: Count = "deaths",
    violence: str | None = "sb",
) -> Panel:
    """Counts of `pool_cells`, of precise events alone, whatever the table holds."""
    cells = pool_cells(events, around, within_degrees=within_degrees, min_events=min_events)
    return grid_panel(events, cells, first_month, last_month, count=count, violence=violence, coarse="leave-out")


def default_cells(events: Events) -> NDArray[np.int64]:
    """Every cell with a precise event, and its neighbours, ascending: what is forecast where no file names cells."""
    placed = events.placed()
    row, column = np.divmod(np.unique(gids_of(events.lat[placed], events.lon[placed])) - 1, _COLUMNS)
    near = [
        (row + up)[(row + up >= 0) & (row + up < 360)] * _COLUMNS
        + (column + right)[(row + up >= 0) & (row + up < 360)] % _COLUMNS
        for up in (-1, 0, 1)
        for right in (-1, 0, 1)
    ]
    return np.unique(np.concatenate(near)).astype(np.int64) + 1


def last_whole_month(as_of: date, lag_days: int = 0) -> int:
    """The month_id of the last month all of whose days had been published by the end of ``as_of``."""
    day = as_of - timedelta(days=lag_days)
    return month_id(day + timedelta(days=1)) - 1


def task(
    events: Events,
    as_of: date,
    leads: Sequence[int],
    *,
    cells: Sequence[int] | NDArray[np.int64] | None = None,
    lag_days: int = 0,
    n_draws: int = 1000,
    seed: int = 0,
    count: Count = "deaths",
    violence: str | None = "sb",
    coarse: Coarse = "spread",
    pool: Events | None = None,
    within_degrees: float = WITHIN_DEGREES,
    min_events: int = MIN_EVENTS,
    first_month: int | None = None,
) -> Task:
    """What is asked at ``as_of``, from what was known by then: later rows of ``events`` and ``pool`` change nothing.

    ``leads`` are months after the last whole month of ``as_of``: as of 2016-10-31, lead 3 is January 2017. A lag of
    publication shortens the panel and lengthens the task's own leads by the same months, so that the months asked stay.
    Without ``cells`` they are `default_cells`; the panel begins with the first known event, or ``first_month``. Raises
    ModelError where nothing is known yet, or a lead is below 1.
    """
    known = events.known(as_of, lag_days)
    last = last_whole_month(as_of, lag_days)
    late = last_whole_month(as_of) - last
    if not len(known):
        raise ModelError(f"no event is known as of {as_of}", where="events", rule="a forecast learns from what was")
    if not leads or min(leads) < 1:
        raise ModelError(f"got {list(leads)}", where="leads", rule="months after the last whole month, from 1")
    first = month_id(known.end[0].astype(object)) if first_month is None else first_month
    areas = default_cells(known) if cells is None else np.asarray(cells, dtype=np.int64)
    pooled: Panel | None = None
    pool_extra: dict[str, Panel] | None = None
    if pool is not None:
        near = pool.known(as_of, lag_days)
        limits = {"within_degrees": within_degrees, "min_events": min_events}
        pooled = pool_panel(near, areas, first, last, count=count, violence=violence, **limits)  # type: ignore[arg-type]
        pool_extra = extras(near, pooled.areas, first, last, coarse="leave-out")
    panel = grid_panel(known, areas, first, last, count=count, violence=violence, coarse=coarse)
    further = extras(known, areas, first, last, coarse=coarse)
    return Task(panel, tuple(lead + late for lead in leads), n_draws, seed, further, pooled, pool_extra)


def district_task(
    events: Events,
    as_of: date,
    leads: Sequence[int],
    *,
    lag_days: int = 0,
    n_draws: int = 1000,
    seed: int = 0,
    count: Count = "deaths",
    violence: str | None = "sb",
    coarse: Coarse = "spread",
) -> Task:
    """The same by the table's own adm2 names known by then (see `districts_by_name`), without a pool."""
    known = events.known(as_of, lag_days)
    districts, last = districts_by_name(known), last_whole_month(as_of, lag_days)
    late = last_whole_month(as_of) - last
    if not len(districts.names):
        raise ModelError(f"no district is named as of {as_of}", where="events", rule="a column adm2 names districts")
    if not leads or min(leads) < 1:
        raise ModelError(f"got {list(leads)}", where="leads", rule="months after the last whole month, from 1")
    first = month_id(known.end[0].astype(object))

    def panel(count: Count, violence: str | None) -> Panel:
        return district_panel(known, districts, first, last, count=count, violence=violence, coarse=coarse)

    further = {"incidents": panel("incidents", None)}
    return Task(panel(count, violence), tuple(lead + late for lead in leads), n_draws, seed, further)


def standing_rows(events: Events, coarse: Coarse, *, precise: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
    """For each event the row whose place stands for it by the rule: its own, another's, or NOWHERE; shape (n,).

    ``precise`` are the rows with a place of their own, by default `Events.placed`.
    """
    if coarse not in COARSE:
        raise ModelError(f"got {coarse!r}", where="coarse", rule=f"one of {', '.join(COARSE)}")
    own = events.placed() if precise is None else precise
    rows = np.where(own, np.arange(len(events)), NOWHERE)
    if coarse == "as-published":
        return np.where(np.isfinite(events.lat) & np.isfinite(events.lon), np.arange(len(events)), NOWHERE)
    if coarse == "leave-out":
        return rows
    units = np.char.add(np.char.add(events.country, "\x1f"), events.adm1)
    by_unit, by_country = _rows_by(units, own), _rows_by(events.country, own)
    for n in np.flatnonzero(~own).tolist():
        for donors in (by_unit.get(units[n]) if events.adm1[n] else None, by_country.get(events.country[n])):
            known = 0 if donors is None else int(np.searchsorted(events.end[donors], events.end[n], side="right"))
            if donors is not None and known:
                rows[n] = donors[int(_share(str(events.ids[n])) * known)]
                break
    return rows


def gids_of(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
    """`geo.priogrid_gid` of many points."""
    row, column = np.floor((lat + 90) * 2).astype(np.int64), np.floor((lon + 180) * 2).astype(np.int64)
    return row * _COLUMNS + column + 1


def _rows_by(keys: NDArray[np.str_], own: NDArray[np.bool_]) -> Mapping[str, NDArray[np.intp]]:
    """The rows of ``own`` under each key, in order of time."""
    rows = np.flatnonzero(own)
    named, index = np.unique(keys[rows], return_inverse=True)
    order = np.argsort(index, kind="stable")
    parts = np.split(rows[order], np.cumsum(np.bincount(index, minlength=len(named)))[:-1])
    return dict(zip(named.tolist(), parts, strict=True)) if len(named) else {}


def _share(key: str) -> float:
    """A number from 0 to 1, below 1, that an id has for ever."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def _found(areas: NDArray[np.int64], gids: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where each gid stands among ``areas``; NOWHERE where it does not."""
    if not len(areas):
        return np.full(len(gids), NOWHERE, dtype=np.intp)
    order = np.argsort(areas)
    at = order[np.minimum(np.searchsorted(areas, gids, sorter=order), len(areas) - 1)]
    return np.where(areas[at] == gids, at, NOWHERE)


def _counted(
    events: Events,
    index: NDArray[np.intp],
    n_areas: int,
    first_month: int,
    last_month: int,
    count: Count,
    violence: str | None,
) -> NDArray[np.int32]:
    """Sums by area and month; shape (areas, months)."""
    if count not in COUNTS:
        raise ModelError(f"got {count!r}", where="count", rule=f"one of {', '.join(COUNTS)}")
    if violence is not None and violence not in VIOLENCE:
        raise ModelError(f"got {violence!r}", where="violence", rule=f"one of {', '.join(VIOLENCE)}, or none")
    months = last_month - first_month + 1
    if months < 1:
        raise ModelError(f"got {first_month} to {last_month}", where="months", rule="the first is not after the last")
    month = events.end.astype("datetime64[M]").astype(np.int64) - _JANUARY_1980 + 1
    counted = (index != NOWHERE) & (month >= first_month) & (month <= last_month)
    if violence is not None:
        counted &= events.violence == violence
    value = np.maximum(events.deaths, 0) if count == "deaths" else np.ones(len(events), dtype=np.int32)
    flat = index[counted] * months + (month[counted] - first_month)
    sums = np.bincount(flat, weights=value[counted], minlength=n_areas * months)
    return sums.reshape(n_areas, months).astype(np.int32)
