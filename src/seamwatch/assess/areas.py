"""Which area each event counts in, and the counts of every area by week or month.

The rule for coarse locations: an event counts in an area only if its location is told finely enough for that kind of
area. One that is known by its governorate alone is left out of every district's series and counts in its governorate's;
how many were left out is part of the answer. Nothing is pinned to the middle of a wider unit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from seamwatch.assess.periods import LONGEST_DAYS, Periods, periods
from seamwatch.errors import ConfigError
from seamwatch.events import CELL_PREC, DISTRICT, FEATURE, NEAR, Events
from seamwatch.geo import priogrid_gid, priogrid_middle
from seamwatch.packs import Pack
from seamwatch.place import Areas, AreaSet, key, nearest_district
from seamwatch.place.areas import DISTRICT as DISTRICT_LEVEL

NOWHERE = -1
TARGETS = ("forces", "villagers")


@dataclass(frozen=True, slots=True)
class Placing:
    """The areas of one kind, and which one each event lies in.

    ``names``, ``lat`` and ``lon`` (degrees, of the middle) have one value an area; ``of`` has shape (events,): the
    area's index, NOWHERE for an event outside of all or too coarsely located, of which ``coarse`` tells the latter.
    ``rule`` says in words how areas were told.
    """

    kind: str
    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    of: NDArray[np.intp]
    coarse: NDArray[np.bool_]
    rule: str


@dataclass(frozen=True, slots=True)
class AreaSeries:
    """Counts by area and period, both of shape (areas, periods).

    ``elsewhere`` counts all events of the table outside an area, of any target and however coarsely located: a measure
    of how much is going on and reported that the area itself does not move. ``left_out`` events were located too
    coarsely and ``undated`` span more days than a period.
    """

    kind: str
    target: str
    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    periods: Periods
    counts: NDArray[np.int64]
    elsewhere: NDArray[np.int64]
    left_out: int
    undated: int
    rule: str


def by_district(events: Events) -> Placing:
    """By the district that the table names; spellings that differ by marks alone are one."""
    fine = events.where_prec <= DISTRICT
    return _by_name("district", events, events.adm2, fine, "the district that the table names")


def by_governorate(events: Events) -> Placing:
    """By the governorate that the table names; also for events that are known no closer."""
    return _by_name(
        "governorate", events, events.adm1, events.where_prec <= FEATURE, "the governorate that the table names"
    )


def by_cell(events: Events) -> Placing:
    """By PRIO-GRID cell of half a degree (Tollefsen, Strand & Buhaug 2012)."""
    placed = events.placed(CELL_PREC)
    gids = np.array(
        [priogrid_gid(a, b) if ok else 0 for a, b, ok in zip(events.lat, events.lon, placed, strict=True)], np.int64
    )
    cells = np.unique(gids[placed])
    of = np.where(placed, np.searchsorted(cells, gids), NOWHERE).astype(np.intp)
    middles = np.array([priogrid_middle(int(g)) for g in cells]).reshape(-1, 2)
    names = tuple(f"cell {g}" for g in cells)
    return Placing("cell", names, middles[:, 0], middles[:, 1], of, ~placed, "the half-degree cell of its point")


def by_polygons(events: Events, areas: Areas, *, level: int | None = None, day: date | None = None) -> Placing:
    """By the polygons of a file or of the user's gazetteer, as drawn on ``day``.

    Districts take events known by their district; polygons of no such level only points known as near or exact. Where
    two areas hold a point, the first by claimant and id takes it; raises ConfigError where there is no such area.
    """
    mine = [a for a in areas.all if (level is None or a.level == level) and a.valid_on(day)]
    if not mine:
        raise ConfigError("no such polygons", where="areas", remedy="seamwatch gazetteer import FILE, or name a file")
    mine.sort(key=lambda a: (a.claimant, a.id))
    placed = events.placed(DISTRICT if level is not None else NEAR)
    tree = shapely.STRtree([a.shape for a in mine])
    of = np.full(len(events), NOWHERE, np.intp)
    rows = np.flatnonzero(placed)
    row, area = tree.query(shapely.points(events.lon[rows], events.lat[rows]), predicate="intersects")[:, ::-1]
    order = np.argsort(-area, kind="stable")
    of[rows[row[order]]] = area[order]
    middles = np.array([a.centre for a in mine])
    drawn_by = ", ".join(sorted({a.claimant or a.source for a in mine}))
    rule = f"the area that holds its point, as drawn by {drawn_by}"
    kind = "district" if level == DISTRICT_LEVEL else "area"
    return Placing(kind, tuple(a.name for a in mine), middles[:, 0], middles[:, 1], of, ~placed, rule)


def by_set(events: Events, area_set: AreaSet, pack: Pack, areas: Areas | None = None) -> Placing:
    """One area: a set of districts of the pack ("usually counted as disputed"), which is a proxy where it says so.

    Told by polygons where all its districts are drawn; else by the district that the table names, where it is spelled
    as in the pack; else by the nearest district's middle, a guess that is said.
    """
    shape = area_set.shape(areas) if areas is not None else None
    placed = events.placed(DISTRICT)
    if shape is not None:
        inside = np.asarray(shapely.intersects_xy(shape, events.lon, events.lat)) & placed
        rule = "its point within the districts as drawn in the polygons given"
    else:
        units = {(key(a), key(b)) for a, b in area_set.units}
        named = [(key(a), key(b)) for a, b in zip(events.adm1.tolist(), events.adm2.tolist(), strict=True)]
        inside = np.array([pair in units for pair in named], bool) & (events.where_prec <= DISTRICT)
        placed |= (events.adm2 != "") & (events.where_prec <= DISTRICT)
        rule = "the governorate and district that the table names"
        if not inside.any():
            inside = np.array(_near(events, placed, area_set, pack), bool)
            rule = "the district whose middle is nearest (a guess: no polygons of districts were given)"
    of = np.where(inside, 0, NOWHERE).astype(np.intp)
    at = inside & np.isfinite(events.lat)
    middle = (float(events.lat[at].mean()), float(events.lon[at].mean())) if at.any() else (np.nan, np.nan)
    return Placing("seam", (area_set.label,), np.array([middle[0]]), np.array([middle[1]]), of, ~placed, rule)


def series(
    events: Events,
    placing: Placing,
    unit: str,
    *,
    as_of: date,
    lag_days: int = 0,
    n_periods: int | None = None,
    target: str | None = None,
) -> AreaSeries:
    """Counts by area and week or month from what was known on a day, counted on the day an event ended.

    The last period ends ``lag_days`` before ``as_of`` at the latest; ``n_periods`` are kept of those since the first
    event. Areas without any event are left out. Raises ConfigError where nothing is known yet, or for a target other
    than TARGETS.
    """
    if target is not None and target not in TARGETS:
        raise ConfigError(f"got {target!r}", where="target", rule=f"one of {', '.join(TARGETS)}")
    if target is not None and not bool(np.any(events.target == target)):
        raise ConfigError(f"no event is known to be against {target}", where="target", remedy="leave the target out")
    known = len(events.known(as_of, lag_days))
    if not known:
        raise ConfigError(f"no events known by {as_of}", where="events", remedy="take a later day, or a shorter lag")
    last = np.datetime64(as_of, "D") - np.timedelta64(lag_days, "D")
    span = periods(unit, events.end[0].item(), last.item())
    if n_periods is not None and len(span) > n_periods:
        span = replace(span, starts=span.starts[-n_periods:])
    when = span.of(events.end)
    when[known:] = NOWHERE
    inside = when != NOWHERE
    days = (events.end - events.start).astype(np.int64) + 1
    long = inside & (days > LONGEST_DAYS[unit])
    dated = inside & ~long
    chosen = dated if target is None else dated & (events.target == target)
    n_areas = len(placing.names)
    whole = np.bincount(when[dated], minlength=len(span))
    own = _counts(placing.of, when, dated, n_areas, len(span))
    counts = own if target is None else _counts(placing.of, when, chosen, n_areas, len(span))
    some = np.flatnonzero(counts.sum(axis=1))
    return AreaSeries(
        placing.kind,
        target or "",
        tuple(placing.names[i] for i in some),
        placing.lat[some],
        placing.lon[some],
        span,
        counts[some],
        (whole[None, :] - own)[some],
        int(np.sum(placing.coarse & chosen)),
        int(long.sum()),
        placing.rule,
    )


def _counts(
    of: NDArray[np.intp], when: NDArray[np.intp], rows: NDArray[np.bool_], n_areas: int, n_periods: int
) -> NDArray[np.int64]:
    rows = rows & (of != NOWHERE)
    flat = np.bincount(of[rows] * n_periods + when[rows], minlength=n_areas * n_periods)
    return flat.reshape(n_areas, n_periods).astype(np.int64)


def _by_name(kind: str, events: Events, column: NDArray[np.str_], fine: NDArray[np.bool_], rule: str) -> Placing:
    keys = np.array([key(name) if ok else "" for name, ok in zip(column.tolist(), fine, strict=True)], dtype=str)
    usable = keys != ""
    units = np.unique(keys[usable])
    of = np.where(usable, np.searchsorted(units, keys), NOWHERE).astype(np.intp)
    spelled: list[Counter[str]] = [Counter() for _ in units]
    for where, name in zip(of.tolist(), column.tolist(), strict=True):
        if where != NOWHERE:
            spelled[where][name.strip()] += 1
    middles = np.full((len(units), 2), np.nan)
    for n in range(len(units)):
        at = (of == n) & np.isfinite(events.lat) & np.isfinite(events.lon)
        if at.any():
            middles[n] = events.lat[at].mean(), events.lon[at].mean()
    names = tuple(max(c, key=lambda name, c=c: (c[name], name)) for c in spelled)  # type: ignore[misc]
    return Placing(kind, names, middles[:, 0], middles[:, 1], of, ~usable, rule)


def _near(events: Events, placed: NDArray[np.bool_], area_set: AreaSet, pack: Pack) -> list[bool]:
    told: dict[tuple[float, float], bool] = {}
    found = []
    for lat, lon, ok in zip(events.lat.tolist(), events.lon.tolist(), placed.tolist(), strict=True):
        at = (round(lat, 3), round(lon, 3))
        if ok and np.isfinite(lat) and at not in told:
            guess = nearest_district(lat, lon, pack)
            told[at] = guess is not None and guess[:2] in area_set.units
        found.append(ok and told.get(at, False))
    return found
