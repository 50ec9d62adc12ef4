"""The whole model: where events happen anyway, and what each event adds for a while nearby; fitted together.

Assumptions: the background does not change in time; an event's kernel depends only on its kind; kinds of what follows
do not matter. Null hypothesis of the kernel: k = 0, events happen apart from each other at the background's places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.contagion.background import Box, Surface, density, left_out, sharpened
from seamwatch.forecast.contagion.cloud import Cloud
from seamwatch.forecast.contagion.fit import THINNED, Optimum, climb
from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.likelihood import Sample, intensities
from seamwatch.forecast.contagion.pairs import Floats, Pairs, Reach, find_pairs
from seamwatch.forecast.contagion.window import Window, exposure

BANDS_KM = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
STRIDE = 1.5  # of the way from the old weights to the new: rounds alone halve the gap only
ROUNDS = 8  # of declustering, at most
SETTLED = 0.0005  # change of the expected offspring at which declustering stops
NEGLIGIBLE = 1e-3  # share of the background below which a band is dropped


@dataclass(frozen=True, slots=True)
class Background:
    """Events a day that come of nothing before: ``rates[0]`` evenly over ``box``, the rest by pairs of surfaces."""

    box: Box
    rates: Floats
    surfaces: tuple[tuple[Surface | Cloud, Surface | Cloud], ...]
    bands_km: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Events a day in the whole box."""
        return float(self.rates.sum())

    def at(self, x: Floats, y: Floats) -> Floats:
        """Density per km squared and day at points of which it was not made; outside the box that of even ground."""
        even = 1 / ((self.box[1] - self.box[0]) * (self.box[3] - self.box[2]))
        total = np.full(len(x), self.rates[0] * even)
        for rate, (narrow, wide) in zip(self.rates[1:], self.surfaces, strict=True):
            total += rate * sharpened(narrow.at(x, y), wide.at(x, y))
        return total


@dataclass(frozen=True, slots=True)
class Contagion:
    """A fitted model. Of each target event, with its day: the probability that it came of the background, ``own``,
    and the intensity at it per km squared and day.
    """

    background: Background
    parts: tuple[Part, ...]
    kinds: tuple[str, ...]
    reach: Reach
    window: Window
    optimum: Optimum
    target_days: Floats
    own: Floats
    intensity: Floats
    rounds: int
    least_km: float

    def offspring(self, kind: int) -> float:
        """Events that one of a kind is expected to trigger directly, within the reach."""
        return sum(p.k for p in self.parts if p.kind == kind)


class Located(Protocol):
    """What a fit needs of events, in order of time: days, km on a plane, kind; each of shape (n,); names of kinds."""

    @property
    def t(self) -> Floats: ...  # noqa: D102
    @property
    def x(self) -> Floats: ...  # noqa: D102
    @property
    def y(self) -> Floats: ...  # noqa: D102
    @property
    def kind(self) -> NDArray[np.int64]: ...  # noqa: D102
    @property
    def kinds(self) -> tuple[str, ...]: ...  # noqa: D102


def fit_model(
    events: Located, window: Window, reach: Reach, begin: Sequence[Part], box: Box,
    bands_km: Sequence[float] = BANDS_KM, pairs: Pairs | None = None, rounds: int = ROUNDS,
    least_km: float = 0.0,
) -> Contagion:  # fmt: skip
    """Fit kernel and background in turns: weigh the events, smooth them, fit, until ``k`` settles.

    ``box`` bounds the background; ``pairs`` may be given where they were already found with the same reach and window;
    ``least_km`` is the least standard deviation of a part's spread, each way: how well places are known.
    """
    kinds = len(events.kinds)
    found = pairs or find_pairs(events.t, events.x, events.y, events.kind, kinds, reach, window.start)
    exposed = exposure(events.t, events.x, events.y, events.kind, window, reach)
    inside = events.t >= window.start
    x, y = events.x[inside], events.y[inside]
    n, days = len(x), window.days(reach)
    weight, parts = np.ones(n), tuple(begin)
    rates: Floats | None = None
    bands = tuple(bands_km)
    kinds_of_parts = tuple(p.kind for p in parts)
    even = np.full(n, 1 / ((box[1] - box[0]) * (box[3] - box[2])))
    rough = max(1, n // THINNED)
    for turn in range(1, rounds + 1):
        surfaces = {h: density(x, y, weight, h, box) for h in sorted({*bands, *(2 * h for h in bands)})}
        left = {h: left_out(s, x, y, weight) for h, s in surfaces.items()}
        columns = np.column_stack([even, *(sharpened(left[h], left[2 * h]) for h in bands)])
        sample = Sample(found, exposed, columns, np.full(columns.shape[1], days), kinds_of_parts, reach, least_km**2)
        best = climb(sample, parts, rates, rough)
        base, whole = intensities(best.logs, sample)
        before, parts = parts, best.parts
        rates = np.exp(best.logs[: columns.shape[1]])
        change = max(abs(p.k - q.k) for p, q in zip(parts, before, strict=True))
        if turn == rounds or change < SETTLED:
            break
        own = base / whole
        weight = own if turn == 1 else np.clip(weight + STRIDE * (own - weight), 0.0, 1.0)
        keep = rates[1:] > NEGLIGIBLE * rates.sum()
        bands = tuple(h for h, k in zip(bands, keep, strict=True) if k)
        rates = np.maximum(np.concatenate([rates[:1], rates[1:][keep]]), NEGLIGIBLE * rates.sum())
    if rough > 1:
        best = climb(sample, parts, rates, 1)
        base, whole = intensities(best.logs, sample)
    own, rates = base / whole, np.exp(best.logs[: columns.shape[1]])
    made = Background(box, rates, tuple((surfaces[h], surfaces[2 * h]) for h in bands), bands)
    return Contagion(made, best.parts, events.kinds, reach, window, best, events.t[inside], own, whole, turn, least_km)
