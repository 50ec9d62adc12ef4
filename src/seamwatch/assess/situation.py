"""What is going on, as of a day: resurgence, change points and clusters of one table of events, in one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from seamwatch.assess.areas import NOWHERE, AreaSeries, Placing, series
from seamwatch.assess.baseline import FEWEST_PERIODS
from seamwatch.assess.change_points import FEWEST_EVENTS, ChangePoints, change_points
from seamwatch.assess.periods import MONTH, WEEK, periods
from seamwatch.assess.resurgence import Resurgence, judge
from seamwatch.assess.scan import RUNS, Reach, Scan, scan_permutation
from seamwatch.errors import ConfigError
from seamwatch.events import NEAR, Events

PAST = {WEEK: 156, MONTH: 60}  # periods of a baseline: three and five years
NOW = {WEEK: 8, MONTH: 3}
SCAN_WEEKS = 52
MOST_CHANGES = 12  # areas whose change points are looked for: those with the most events


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: as of which day, with which publication lag, by weeks or months, and against which whole past.

    The last ``n_now`` periods are judged against the ``n_past`` before them; None is the unit's usual number.
    """

    as_of: date
    lag_days: int = 0
    unit: str = WEEK
    n_now: int | None = None
    n_past: int | None = None
    target: str | None = None
    radius_km: float = 50.0
    n_runs: int = RUNS
    seed: int = 0

    def __post_init__(self) -> None:
        if self.unit not in PAST:
            raise ConfigError(f"got {self.unit!r}", where="unit", rule=f"{WEEK} or {MONTH}")
        if self.lag_days < 0 or self.now < 1 or self.past < FEWEST_PERIODS[self.unit] or self.n_runs < 19:
            rule = f"lag 0 or more, window 1 or more, past {FEWEST_PERIODS[self.unit]} or more {self.unit}s, 19 runs"
            raise ConfigError(f"lag {self.lag_days}, window {self.now}, past {self.past}", where="assess", rule=rule)

    @property
    def now(self) -> int:
        """How many periods are judged."""
        return NOW[self.unit] if self.n_now is None else self.n_now

    @property
    def past(self) -> int:
        """How many periods there are before them."""
        return PAST[self.unit] if self.n_past is None else self.n_past


@dataclass(frozen=True, slots=True)
class Situation:
    """The answer. ``changes`` has an area's name with its change points, for areas with enough events.

    The scan looked at ``points`` (events, 3: degrees of latitude and longitude, weeks before now) of the last
    ``scan_weeks`` weeks, in windows of at most ``scan_periods``; ``unscanned`` events had no point fine enough.
    """

    asked: Asked
    series: AreaSeries
    resurgences: tuple[Resurgence, ...]
    changes: tuple[tuple[str, ChangePoints], ...]
    scan: Scan
    points: NDArray[np.float64]
    scan_weeks: int
    scan_periods: int
    unscanned: int

    @property
    def window(self) -> tuple[date, date]:
        """First and last day of the periods judged."""
        span = self.series.periods
        return span.first_day(len(span) - self.asked.now), span.last


def assess(events: Events, place: Callable[[Events], Placing], asked: Asked) -> Situation:
    """Judge a table of events by areas, from what was known on the day asked for; ``place`` sees no other events.

    Raises ConfigError where nothing is known by then, or not even a window and one period before it.
    """
    known = events.known(asked.as_of, asked.lag_days)
    if not len(known):
        raise ConfigError(f"no events known by {asked.as_of}", where="assess", remedy="a later day, or a shorter lag")
    placing = place(known)
    made = series(
        known,
        placing,
        asked.unit,
        as_of=asked.as_of,
        lag_days=asked.lag_days,
        n_periods=asked.past + asked.now,
        target=asked.target,
    )
    if len(made.periods) <= asked.now:
        what = f"{len(made.periods)} whole {asked.unit}s are known by {asked.as_of}"
        raise ConfigError(what, where="assess", rule=f"more than the window's {asked.now}", remedy="take a later day")
    totals = made.counts.sum(axis=1)
    busiest = [int(i) for i in np.argsort(-totals, kind="stable")[:MOST_CHANGES] if totals[i] >= FEWEST_EVENTS]
    changes = tuple((made.names[i], change_points(made.counts[i], made.periods, seed=asked.seed + i)) for i in busiest)
    resurgences = judge(made, asked.now, seed=asked.seed)
    return Situation(asked, made, resurgences, changes, *_scan(known, placing, asked))


def _scan(events: Events, placing: Placing, asked: Asked) -> tuple[Scan, NDArray[np.float64], int, int, int]:
    """The newest year of points, by weeks, whatever the unit of the series."""
    last = asked.as_of - timedelta(days=asked.lag_days)
    span = periods(WEEK, last - timedelta(days=7 * SCAN_WEEKS - 1), last)
    when = span.of(events.end)
    days = (events.end - events.start).astype(np.int64) + 1
    rows = when != NOWHERE
    if asked.target is not None:
        rows &= events.target == asked.target
    fine = rows & (days <= 7) & events.placed(NEAR)
    of = placing.of[fine]
    names = np.append(np.array(placing.names, dtype=np.str_), "")[of]
    reach = Reach(asked.radius_km, NOW[WEEK], now=True)
    found = scan_permutation(
        events.lat[fine], events.lon[fine], when[fine], names, span, reach, n_runs=asked.n_runs, seed=asked.seed
    )
    points = np.column_stack([events.lat[fine], events.lon[fine], len(span) - 1.0 - when[fine]])
    return found, points, len(span), reach.n_periods, int(np.sum(rows & ~fine))
