"""The best that can be said without contagion: a map and a rate that do not change, tuned to be recent.

Kernel densities of several widths at once, older events counting less; the widths' weights and the half-life of the
memory are those that best told the last days known from those before. It is the benchmark that contagion has to beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seamwatch.forecast.contagion.background import Box, density
from seamwatch.forecast.contagion.catalogue import Catalogue
from seamwatch.forecast.contagion.held_out import Held
from seamwatch.forecast.contagion.pairs import Floats

HALF_LIVES_DAYS = (15.0, 30.0, 60.0, 120.0, 1e9)
WIDTHS = 8  # doubling from the least
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Steady:
    """A fixed map: half-life of memory in days, widths in km, their weights (even ground first), events a day."""

    half_life_days: float
    widths_km: tuple[float, ...]
    weights: Floats
    rate: float
    last_day: float
    past: Catalogue
    box: Box

    def at(self, x: Floats, y: Floats) -> Floats:
        """Intensity per km squared and day at points; it integrates to ``rate`` over the box."""
        columns = _columns(self.past, self.last_day, self.half_life_days, self.widths_km, self.box, x, y)
        intensity: Floats = self.rate * (columns @ self.weights)
        return intensity

    def held_out(self, events: Catalogue, last_day: float) -> Held:
        """The same map for each day after the last known."""
        target = (events.t > self.last_day) & (events.t <= last_day)
        days = int(last_day - self.last_day)
        logs = np.log(self.at(events.x[target], events.y[target]))
        return Held(logs, (events.t[target] - self.last_day - 1).astype(np.int64), np.full(days, self.rate))


def steady(events: Catalogue, last_day: float, tuned_on_days: int, box: Box) -> Steady:
    """The benchmark as of a day, tuned on the ``tuned_on_days`` up to it: nothing later is seen."""
    widths = tuple(events.least_km * 2.0**i for i in range(WIDTHS))
    before = last_day - tuned_on_days
    late = (events.t > before) & (events.t <= last_day)
    tried: list[tuple[float, float, Floats]] = []
    for half_life in HALF_LIVES_DAYS:
        columns = _columns(events, before, half_life, widths, box, events.x[late], events.y[late])
        weights = _weights(columns)
        rate = _rate(events, before, half_life)
        score = float(np.log(rate * (columns @ weights)).sum() - rate * tuned_on_days)
        tried.append((score, half_life, weights))
    _, half_life, weights = max(tried, key=lambda one: one[0])
    return Steady(half_life, widths, weights, _rate(events, last_day, half_life), last_day, events, box)


def _rate(events: Catalogue, last_day: float, half_life: float) -> float:
    ages = last_day - events.t[events.t <= last_day]
    days = np.arange(last_day - events.t[0] + 1)
    return float(np.sum(0.5 ** (ages / half_life)) / np.sum(0.5 ** (days / half_life)))


def _columns(
    events: Catalogue, last_day: float, half_life: float, widths: tuple[float, ...], box: Box, x: Floats, y: Floats
) -> Floats:
    past = events.t <= last_day
    weight = 0.5 ** ((last_day - events.t[past]) / half_life)
    even = np.full(len(x), 1 / ((box[1] - box[0]) * (box[3] - box[2])))
    return np.column_stack([even, *(density(events.x[past], events.y[past], weight, h, box).at(x, y) for h in widths)])


def _weights(columns: Floats) -> Floats:
    """Weights of a mixture by the EM algorithm."""
    weights = np.full(columns.shape[1], 1 / columns.shape[1])
    for _ in range(ROUNDS):
        share = columns * weights
        share /= share.sum(1, keepdims=True)
        weights = share.mean(0)
    even = 0.001  # so that no place is impossible
    floored: Floats = (1 - even) * weights + even * (np.arange(len(weights)) == 0)
    return floored
