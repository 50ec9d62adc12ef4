"""Near repeat: whether attacks follow attacks nearby and soon, more than place and season alone bring about.

Knox (1964), "The detection of space-time interactions", Applied Statistics 13: pairs of events that are close both in
space and in time are counted, here over a table of distance bands by day bands, as Townsley, Johnson and Ratcliffe
(2008), "Space time dynamics of insurgent activity in Iraq", Security Journal 21, did. The null hypothesis is that the
days are exchangeable between the places; 999 exchanges give the usual count of each cell and its p.

Hot spots that move over the years are no contagion but look alike (Kulldorff and Hjalmars 1999, "The Knox method and
other tests for space-time interaction", Biometrics 55), so days change places only within calendar windows, by default
half-years. Both sides of the edge of area and period are cut alike for the events and for their exchanges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from seamwatch.assess.knox import Pairs, Time, exchanged_tables, expected_table, observed_table
from seamwatch.assess.pairs import Window, close_pairs, on_sphere, windows_of
from seamwatch.errors import ModelError
from seamwatch.events import NEAR, Events

BLOCKS = 20  # stretches of time, each left out in turn for the interval
FEWEST_EXPECTED = 5.0  # pairs: below it a cell carries no ratio
FEWEST_EVENTS = 30
NOTABLE = 1.2  # times the usual count: the threshold of Ratcliffe's Near Repeat Calculator
KM_PER_DEGREE = 111.195
SLACK_KM = 1e-9  # rounding of distances at a band's edge
LONGEST_DAYS = 32_767
TOWN_KM = (0.1, 5.0, 10.0, 20.0, 50.0)


@dataclass(frozen=True, slots=True)
class Bands:
    """Upper edges of the bands, ascending, the edge itself inside.

    ``distances_km`` starts with the radius that counts as the same place; ``days`` with 0, the same day, which is kept
    apart since whole-day dates do not tell which came first and one attack reported twice falls there.
    """

    distances_km: tuple[float, ...] = (0.1, 1.0, 2.0, 5.0, 10.0)
    days: tuple[int, ...] = (0, 7, 14, 28)

    def __post_init__(self) -> None:
        """Refuse edges that do not ascend."""
        for name, edges in (("distances_km", self.distances_km), ("days", self.days)):
            if not edges or edges[0] < 0 or any(b <= a for a, b in pairwise(edges)):
                raise ModelError(f"got {edges}", where=f"bands: {name}", rule="one edge or more, from 0 on, ascending")

    @property
    def shape(self) -> tuple[int, int]:
        """Distance bands, day bands."""
        return len(self.distances_km), len(self.days)


@dataclass(frozen=True, slots=True)
class NearRepeat:
    """A table; each array has shape (distance bands, day bands).

    ``observed`` counts pairs whose earlier event is of type ``first`` and whose later one of type ``second`` ("" any;
    of the same day: in either order), ``usual`` is the exact mean count when days are exchanged. ``ratio`` is their
    quotient with a 95 % interval from ``low`` to ``high``, NaN where fewer than FEWEST_EXPECTED pairs are usual
    or one stretch of time holds all that were seen. ``p``
    is the share of exchanges with as many pairs, ``p_table`` the same corrected for looking at all cells at once
    (largest standardised excess in the table). The ``reach_`` arrays hold the ratio of all pairs within a distance and
    from the day after on up to a day; their column of the same day is NaN. ``left_out`` counts events by reason;
    ``shared_points`` is the share of the events whose very coordinates another event has too.
    """

    bands: Bands
    first: str
    second: str
    as_of: date
    lag_days: int
    window: Window
    permutations: int
    events: int
    first_day: date
    last_day: date
    left_out: dict[str, int]
    shared_points: float
    observed: NDArray[np.int64]
    usual: NDArray[np.float64]
    ratio: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p: NDArray[np.float64]
    p_table: NDArray[np.float64]
    reach_ratio: NDArray[np.float64]
    reach_low: NDArray[np.float64]
    reach_high: NDArray[np.float64]

    @property
    def notable(self) -> NDArray[np.bool_]:
        """Cells with 1.2 times the usual count or more, corrected p at most 0.05, and an interval above 1."""
        with np.errstate(invalid="ignore"):
            return (self.ratio >= NOTABLE) & (self.p_table <= 0.05) & (self.low > 1.0)


def bands_for(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Bands:
    """The usual bands, or coarser ones where the coordinates are rounded coarser than 100 m or are those of towns.

    Towns they are where more than half of the points are shared by several events: between one town and the next there
    is nothing to count in bands of a kilometre. The rounding is the largest decimal step that 95 % of the coordinates
    are multiples of; the same place is half a step, and no other band ends below two steps.
    """
    both = np.concatenate((lat, lon))
    step_km = 0.0
    for decimals in (0, 1, 2, 3):
        if len(both) and np.mean(np.abs(both - np.round(both, decimals)) < 1e-7) >= 0.95:
            step_km = KM_PER_DEGREE / 10**decimals
            break
    if step_km < 0.2:
        return Bands(distances_km=TOWN_KM) if _shared(lat, lon) > 0.5 else Bands()
    edges = [edge for edge in (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0) if edge >= 2 * step_km]
    return Bands(distances_km=(step_km / 2, *edges[:4]))


def near_repeat(
    events: Events,
    *,
    as_of: date,
    lag_days: int = 0,
    first: str = "",
    second: str = "",
    bands: Bands | None = None,
    window: Window = "half-year",
    coarsest: int = NEAR,
    permutations: int = 999,
    seed: int = 0,
) -> NearRepeat:
    """Knox's table of the events known on ``as_of``, published ``lag_days`` after they ended.

    Only events of one day with a point no coarser than ``coarsest`` (UCDP's where_prec) count: a district's centroid
    would be the same place for all that is only known by district. ``first`` and ``second`` are types of the earlier
    and the later event, "" for any; days are then exchanged only among events of the same role, so that two types with
    different courses over the years do not pass for one following the other. Raises ModelError for unusable bands or
    windows, for fewer than FEWEST_EVENTS events, and for more pairs than fit in memory.
    """
    known = events.known(as_of, lag_days)
    placed = known.placed(coarsest)
    one_day = known.start == known.end
    role = _is(known, first).astype(np.int64) + 2 * _is(known, second)
    left_out = {
        "not known by then": len(events) - len(known),
        f"no point, or coarser than where_prec {coarsest}": int((~placed).sum()),
        "not dated to one day": int((placed & ~one_day).sum()),
        "of another type": int((placed & one_day & (role == 0)).sum()),
    }
    used, role = known.where(placed & one_day & (role > 0)), role[placed & one_day & (role > 0)]
    if len(used) < FEWEST_EVENTS:
        raise ModelError(
            f"{len(used)} usable events ({_told(left_out)})", where="near repeat",
            rule=f"at least {FEWEST_EVENTS}", remedy="take more years, a larger area, or all types",
        )  # fmt: skip
    bands = bands or bands_for(used.lat, used.lon)
    day = (used.start - used.start.min()).astype(np.int64)
    windows = windows_of(used.start, window)
    if day.max() > LONGEST_DAYS:
        raise ModelError(f"{day.max()} days", where="near repeat", rule=f"a period of at most {LONGEST_DAYS} days")
    pairs = _pairs(used, role, day, windows, bands)
    ends = np.quantile(day, np.arange(1, BLOCKS) / BLOCKS)
    block = np.searchsorted(ends, np.arange(day.max() + 1))
    strata = np.unique(windows * 4 + role, return_inverse=True)[1]
    time = Time(day, strata, block, BLOCKS, bands.days)
    observed, expected = observed_table(pairs, time, bands.shape[0]), expected_table(pairs, time, bands.shape[0])
    tables = exchanged_tables(pairs, time, bands.shape[0], permutations, seed)

    p, p_table = _p_values(observed.sum(axis=0), tables)
    cells = _ratio(observed, expected)
    reach = _ratio(_within(observed, bands), _within(expected, bands))
    return NearRepeat(
        bands, first, second, as_of, lag_days, window, permutations, len(used), used.start.min().item(),
        used.start.max().item(), {why: n for why, n in left_out.items() if n}, _shared(used.lat, used.lon),
        observed.sum(axis=0),
        expected.sum(axis=0), *cells, p, p_table, *reach,
    )  # fmt: skip


def _is(events: Events, name: str) -> NDArray[np.bool_]:
    return events.type == name if name else np.ones(len(events), dtype=bool)


def _shared(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> float:
    """The share of points that another event has too."""
    points = np.column_stack((lat, lon))
    which, times = np.unique(points, axis=0, return_inverse=True, return_counts=True)[1:]
    return float(np.mean(times[which.ravel()] > 1)) if len(points) else 0.0


def _told(left_out: dict[str, int]) -> str:
    return "; ".join(f"{n} left out: {why}" for why, n in left_out.items() if n) or "none left out"


def _pairs(
    events: Events, role: NDArray[np.int64], day: NDArray[np.int64], windows: NDArray[np.int64], bands: Bands
) -> Pairs:
    """The pairs in which one event may be the first and the other the second."""
    edges = np.asarray(bands.distances_km) + SLACK_KM
    i, j, apart = close_pairs(on_sphere(events.lat, events.lon), day, windows, float(edges[-1]), bands.days[-1])
    forth = (role[i] & 1) * (role[j] >> 1) > 0
    back = (role[j] & 1) * (role[i] >> 1) > 0
    i, j = np.where(forth, i, j), np.where(forth, j, i)
    keep = np.flatnonzero(forth | back)
    band = np.searchsorted(edges, apart[keep]).astype(np.int8)
    return Pairs(i[keep], j[keep], band, (forth & back)[keep])


def _p_values(
    observed: NDArray[np.int64], tables: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One-sided Monte Carlo p of each cell, alone and by the largest standardised excess in the table."""
    p = (1 + (tables >= observed).sum(axis=0)) / (len(tables) + 1)
    together = np.concatenate((observed[None], tables)).astype(np.float64)
    spread = together.std(axis=0)
    excess = np.divide(together - together.mean(axis=0), spread, out=np.zeros_like(together), where=spread > 0)
    largest = excess[1:].reshape(len(tables), -1).max(axis=1)
    return p, (1 + (largest[:, None, None] >= excess[0]).sum(axis=0)) / (len(tables) + 1)


def _within(blocks: NDArray[np.generic], bands: Bands) -> NDArray[np.float64]:
    """All pairs within each distance, and from the day after on within each day; zero for the same day."""
    later = blocks.astype(np.float64) * (np.asarray(bands.days) > 0)
    return later.cumsum(axis=1).cumsum(axis=2)


def _ratio(
    observed: NDArray[np.generic], usual: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Observed over usual with a 95 % interval; both have shape (blocks, distance bands, day bands).

    Jackknife over the stretches of time on the scale of logarithms (Efron and Tibshirani 1993, chapter 11): how far the
    ratio moves when one stretch is left out tells how far it would move were other weeks seen.
    """
    seen, expected = observed.astype(np.float64), usual
    spread_out = (seen < seen.sum(axis=0)).all(axis=0)  # no stretch holds all that was seen
    carries = (expected.sum(axis=0) >= FEWEST_EXPECTED) & spread_out
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(carries, seen.sum(axis=0) / expected.sum(axis=0), np.nan)
        without = np.log((seen.sum(axis=0) - seen) / (expected.sum(axis=0) - expected))
        n = len(seen)
        error = np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
        half = float(student.ppf(0.975, n - 1)) * error
        return ratio, ratio * np.exp(-half), ratio * np.exp(half)
