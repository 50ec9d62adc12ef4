"""Invented changes whose effect is known: how often it is found, and how often one is found where there is none."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from seamwatch.assess.effect.interrupted import Interrupted, interrupted
from seamwatch.assess.effect.series import Source
from seamwatch.assess.effect.synthetic import Synthetic, synthetic

FIRST, CHANGE, AFTER_DAYS = date(2005, 1, 1), date(2013, 1, 1), 364
AREAS, PERIOD_DAYS = 16, 28


def invented(seed: int, times: float) -> Source:
    """Sixteen areas with 3 to 12 events in four weeks, two courses in common, noise of their own with memory.

    The first area's rate is multiplied by ``times`` from the change on.
    """
    rng = np.random.default_rng(seed)
    days = (CHANGE - FIRST).days + AFTER_DAYS
    periods = days // PERIOD_DAYS
    common = _wandering(rng, (2, periods), 0.9, 0.12)
    own = _wandering(rng, (AREAS, periods), 0.4, 0.25)
    log = np.log(rng.uniform(3, 12, AREAS))[:, None] + rng.uniform(0, 1, (AREAS, 2)) @ common + own
    log[0] += np.log(times) * (np.arange(periods) >= periods - AFTER_DAYS // PERIOD_DAYS)
    counts = rng.poisson(np.exp(log))
    of = np.repeat(np.arange(AREAS), counts.sum(axis=1))
    begin = (days - periods * PERIOD_DAYS) + np.arange(periods) * PERIOD_DAYS
    day = np.concatenate([np.repeat(begin, row) + rng.integers(0, PERIOD_DAYS, row.sum()) for row in counts])
    last = FIRST + timedelta(days=days - 1)
    names = tuple(f"area {n}" for n in range(AREAS))
    when = np.datetime64(FIRST, "D") + day.astype("timedelta64[D]")
    return Source(names, of.astype(np.intp), when, np.zeros((AREAS, AREAS), bool), FIRST, last, last, 0, {})


def _wandering(rng: np.random.Generator, shape: tuple[int, int], memory: float, step: float) -> NDArray[np.float64]:
    values = rng.normal(0, step, shape)
    for k in range(1, shape[1]):
        values[:, k] += memory * values[:, k - 1]
    return values


def rows(times: float, tables: int) -> list[str]:
    """A row for each of the two reckonings."""
    series, control = [], []
    for seed in range(tables):
        source = invented(seed, times)
        one = interrupted(source, ("area 0",), CHANGE, after_days=AFTER_DAYS)
        two = synthetic(source, ("area 0",), CHANGE, after_days=AFTER_DAYS, step_days=728)
        if isinstance(one, Interrupted):
            low, best, high = one.fit.ratio
            wide = one.placebo_ratio
            series.append((best, low <= times <= high, wide[0] <= times <= wide[2], one.fit.p <= 0.05,
                           one.placebo_dates.p <= 0.1))  # fmt: skip
        if isinstance(two, Synthetic):
            low, best, high = two.ratio
            control.append((best, low <= times <= high, two.placebo_areas.p <= 0.1))
    a, b = np.array(series, float), np.array(control, float)
    return [
        f"| interrupted series | {times:g} | {len(a)} of {tables} | {np.median(a[:, 0]):.2f} "
        f"| {a[:, 1].mean():.2f} (95 %) | {a[:, 2].mean():.2f} (90 %) | {a[:, 3].mean():.2f} | {a[:, 4].mean():.2f} |",
        f"| synthetic control | {times:g} | {len(b)} of {tables} | {np.median(b[:, 0]):.2f} | – "
        f"| {b[:, 1].mean():.2f} (90 %) | – | {b[:, 2].mean():.2f} |",
    ]
