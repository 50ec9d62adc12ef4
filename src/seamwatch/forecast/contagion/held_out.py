"""What a fitted model says of days after its window, day by day, against what can be said of them without contagion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.contagion.catalogue import Catalogue
from seamwatch.forecast.contagion.likelihood import Sample, intensities
from seamwatch.forecast.contagion.model import Contagion
from seamwatch.forecast.contagion.pairs import Floats, find_pairs
from seamwatch.forecast.contagion.window import Window, exposure, seen

DAYS_A_BLOCK = 7


@dataclass(frozen=True, slots=True)
class Held:
    """Of held-out days: log intensities of their events (events,), their day's index, expected counts a day (days,)."""

    log_intensity: Floats
    day: NDArray[np.int64]
    expected: Floats

    def by_day(self) -> Floats:
        """Log-likelihood of each day."""
        logs: Floats = np.bincount(self.day, self.log_intensity, len(self.expected)) - self.expected
        return logs


def held_out(model: Contagion, events: Catalogue, last_day: float, level: float = 1.0) -> Held:
    """One-day-ahead forecasts from the day after the model's window to ``last_day``: each day sees all before it.

    Parameters and background stay as they were fitted; ``level`` multiplies the background.
    """
    first, reach = model.window.end + 1, model.reach
    upto = events.t <= last_day
    t, x, y, kind = events.t[upto], events.x[upto], events.y[upto], events.kind[upto]
    target = t >= first
    base = level * model.background.at(x[target], y[target])
    pairs = find_pairs(t, x, y, kind, len(events.kinds), reach, first)
    nothing = exposure(t[:0], x[:0], y[:0], kind[:0], model.window, reach)
    kinds = tuple(p.kind for p in model.parts)
    sample = Sample(pairs, nothing, base[:, None], np.ones(1), kinds, reach)
    logs = np.log(np.array([1.0, *(v for p in model.parts for v in (p.k, p.decay, p.sigma2))]))
    _, whole = intensities(logs, sample)
    expected = []
    for day in np.arange(first, last_day + 1):
        before = t < day
        at = exposure(t[before], x[before], y[before], kind[before], Window(day, day), reach)
        expected.append(level * model.background.rate + sum(seen(p, at, reach)[0] for p in model.parts))
    return Held(np.log(whole), (t[target] - first).astype(np.int64), np.array(expected))


def recent_level(model: Contagion, days: float) -> float:
    """Factor on the background that fits the last days of the window best, its map and the kernel as they are.

    The map may have been drawn in busier times. Maximum likelihood by the EM algorithm of one weight of two.
    """
    last = model.target_days > model.window.end - days
    base = (model.own * model.intensity)[last]
    rest = model.intensity[last] - base
    span = min(days, model.window.days(model.reach))
    factor = 1.0
    for _ in range(200):
        new = float(np.sum(factor * base / (factor * base + rest))) / (model.background.rate * span)
        if abs(new - factor) < 1e-9:
            break
        factor = new
    return max(factor, 1e-3)


def gain_per_event(
    ours: Floats, theirs: Floats, events: int, seed: int, draws: int = 2000
) -> tuple[float, tuple[float, float]]:
    """Information gain per event (nats) from log-likelihoods by day, and its 95 % interval by blocks of seven days.

    Moving-block bootstrap over days (Künsch 1989), as gains of near days are alike. Null hypothesis: no gain.
    """
    difference = ours - theirs
    n, block = len(difference), min(DAYS_A_BLOCK, len(difference))
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, n - block + 1, (draws, -(-n // block)))
    picked = (starts[:, :, None] + np.arange(block)).reshape(draws, -1)[:, :n]
    gains = difference[picked].sum(1) / events
    low, high = np.quantile(gains, [0.025, 0.975])
    return float(difference.sum() / events), (float(low), float(high))


def predictive_accuracy(scores: Floats, counts: NDArray[np.int64], area: float = 0.05) -> float:
    """Predictive accuracy index (Chainey, Tompson & Uhlig 2008): share of events in the best share of area, over it.

    ``scores`` and ``counts`` have one value a cell of equal size; ties are taken in the cells' order.
    """
    take = max(1, round(area * len(scores)))
    best: NDArray[np.intp] = np.argsort(-scores, kind="stable")[:take]
    return float(counts[best].sum() / max(1, counts.sum()) / (take / len(scores)))
