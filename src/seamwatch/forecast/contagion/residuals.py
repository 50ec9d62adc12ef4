"""Does the model fit: counts by day as the intensity foretells, and no clustering left once it is taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree
from scipy.stats import kstest, poisson

from seamwatch.forecast.contagion.kernel import passed
from seamwatch.forecast.contagion.model import Contagion, Located
from seamwatch.forecast.contagion.pairs import Floats

MOST_POINTS = 5_000
PERMUTATIONS = 99
FEWEST_PAIRS = 10  # expected by chance, without which a ratio says nothing


@dataclass(frozen=True, slots=True)
class DayCheck:
    """Counts of whole days against the model's. Null hypothesis: each count is Poisson about what the day before tells.

    The time-rescaling theorem (Papangelou 1972; Ogata 1988) for counts: randomised probability transforms are uniform.
    ``ks`` is their Kolmogorov-Smirnov distance with its p; parameters were fitted to the same days, so p is too high
    rather than too low. ``dispersion`` is the mean of (count - expected)**2 / expected, 1 under the null.
    """

    ks: float
    p: float
    dispersion: float
    days: int


@dataclass(frozen=True, slots=True)
class Excess:
    """Pairs close in space and time over those with the days exchanged (a space-time K-function, Diggle et al. 1995).

    Null hypothesis: place and day have nothing to do with each other. ``before`` is of the events, ``after`` of those
    that are left when each is kept with the probability that it came of the background (Zhuang et al. 2002).
    """

    km: float
    days: float
    before: float
    before_p: float
    after: float
    after_p: float


def expected_by_day(model: Contagion, events: Located) -> Floats:
    """Expected counts of the days of the model's window, each given all days before it."""
    first, last, reach = model.window.start, model.window.end, model.reach
    t = np.asarray(events.t)
    expected = np.full(int(last - first) + 1, model.background.rate)
    for part in model.parts:
        reached = [passed(part.decay, float(lag), reach) for lag in range(int(reach.days) + 1)]
        shares = part.k * np.diff(reached)
        mine = t[(events.kind == part.kind) & (t <= last)]
        start = min(float(mine.min()), first) if len(mine) else first
        counts = np.bincount((mine - start).astype(np.int64), minlength=int(last - start) + 1)
        added = np.convolve(counts, np.concatenate([[0.0], shares]))[: len(counts)]
        expected += added[int(first - start) :]
    return expected


def check_days(model: Contagion, events: Located, seed: int = 1) -> DayCheck:
    """The check of counts by day; events must be of whole days."""
    expected = expected_by_day(model, events)
    t = model.target_days
    counts = np.bincount((t - model.window.start).astype(np.int64), minlength=len(expected))
    below = poisson.cdf(counts - 1, expected)
    u = below + np.random.default_rng(seed).uniform(size=len(counts)) * poisson.pmf(counts, expected)
    ks, p = kstest(u, "uniform")
    return DayCheck(float(ks), float(p), float(np.mean((counts - expected) ** 2 / expected)), len(counts))


def excess(model: Contagion, events: Located, km: float, days: float, seed: int = 1) -> Excess:
    """Clustering before and after taking the model out; of many events MOST_POINTS drawn at random."""
    rng = np.random.default_rng(seed)
    inside = events.t >= model.window.start
    t, x, y = events.t[inside], events.x[inside], events.y[inside]
    whole = _ratio(t, x, y, km, days, rng)
    kept = rng.uniform(size=len(t)) < model.own
    rest = _ratio(t[kept], x[kept], y[kept], km, days, rng)
    return Excess(km, days, *whole, *rest)


def _ratio(t: Floats, x: Floats, y: Floats, km: float, days: float, rng: np.random.Generator) -> tuple[float, float]:
    """Observed over mean permuted count of pairs with a lag of 1 to ``days`` days, and its p; NaN of too few."""
    if len(t) > MOST_POINTS:
        some = rng.choice(len(t), MOST_POINTS, replace=False)
        t, x, y = t[some], x[some], y[some]
    near = cKDTree(np.column_stack([x, y])).query_pairs(km, output_type="ndarray")
    if len(near) == 0:
        return float("nan"), float("nan")

    def close(day: Floats) -> int:
        gap = np.abs(day[near[:, 0]] - day[near[:, 1]])
        return int(np.sum((gap >= 1) & (gap <= days)))

    seen_pairs = close(t)
    others = np.array([close(rng.permutation(t)) for _ in range(PERMUTATIONS)])
    if float(others.mean()) < FEWEST_PAIRS:
        return float("nan"), float("nan")
    p = (1 + int(np.sum(others >= seen_pairs))) / (1 + PERMUTATIONS)
    return seen_pairs / float(others.mean()), p
