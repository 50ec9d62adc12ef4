"""How sure the kernel is: intervals from the curvature of the likelihood, or from refits of simulated histories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.contagion.model import Background, Contagion, Located, fit_model
from seamwatch.forecast.contagion.pairs import Floats
from seamwatch.forecast.contagion.simulate import simulate

Interval = tuple[float, float]
DRAWS = 4000


@dataclass(frozen=True, slots=True)
class Kernels:
    """Draws of each part's k, decay and sigma2, shape (draws, parts, 3), and how they came about.

    ``spread_of_k`` is the covariance of the logs of k (parts, parts), None where the draws are refits: a sum of parts
    that can hardly be told apart is far surer than each.
    """

    draws: Floats
    method: str
    k: Floats
    spread_of_k: Floats | None

    def interval(self, values: Floats) -> Interval:
        """The middle 95 % of values by draw."""
        low, high = np.nanquantile(values, [0.025, 0.975])
        return float(low), float(high)

    def interval_of_sum(self, weights: Floats) -> Interval:
        """95 % of the sum of k over parts, each times its weight: of the refits, or by the delta method on its log."""
        if self.spread_of_k is None:
            return self.interval(self.draws[:, :, 0] @ weights)
        terms = self.k * weights
        total = max(float(terms.sum()), 1e-12)
        sd = float(np.sqrt(max(0.0, float(terms @ self.spread_of_k @ terms)))) / total
        return total * float(np.exp(-1.96 * sd)), total * float(np.exp(1.96 * sd))


def by_curvature(model: Contagion, seed: int = 1, draws: int = DRAWS) -> Kernels:
    """Draws from the normal approximation on the scale of logs (observed information; Ogata 1978).

    The background's map is taken as known, so intervals are somewhat too short.
    """
    nb = len(model.optimum.logs) - 3 * len(model.parts)
    values, vectors = np.linalg.eigh(-model.optimum.hessian)
    sure = values > 1e-6 * values.max()  # directions that the data say nothing of stay where they are
    spread = vectors[:, sure] / np.sqrt(values[sure])
    z = np.random.default_rng(seed).standard_normal((draws, int(sure.sum())))
    logs = model.optimum.logs + np.clip(z @ spread.T, -5, 5)
    made = np.exp(logs[:, nb:]).reshape(draws, len(model.parts), 3)
    made[:, :, 2] += np.array([p.sigma2 for p in model.parts]) - np.exp(model.optimum.logs[nb + 2 :: 3])
    at = nb + 3 * np.arange(len(model.parts))
    spread_of_k = (spread @ spread.T)[np.ix_(at, at)]
    k = np.array([p.k for p in model.parts])
    return Kernels(made, "curvature of the likelihood, the background's map taken as known", k, spread_of_k)


def by_bootstrap(model: Contagion, events: Located, refits: int, seed: int = 1) -> Kernels:
    """Refits of histories simulated from the model, background and all (parametric bootstrap; Efron 1979).

    A refit starts from nothing before the window, as a simulated history does.
    """
    shares = np.bincount(events.kind, minlength=len(events.kinds)) / len(events.kind)
    made = []
    for n in range(refits):
        place = Placer(model.background, events, model.own, model.window.start)
        drawn = simulate(model.background.rate, place, model.parts, model.window, model.reach, seed + n, tuple(shares))
        bands = model.background.bands_km
        fitted = fit_model(
            drawn, model.window, model.reach, model.parts, model.background.box, bands, rounds=2,
            least_km=model.least_km,
        )  # fmt: skip
        made.append([(p.k, p.decay, p.sigma2) for p in fitted.parts])
    k = np.array([p.k for p in model.parts])
    draws = np.array(made).reshape(refits, len(model.parts), 3)
    return Kernels(draws, f"{refits} refits of simulated histories", k, None)


class Placer:
    """Draws places of background events: even ground, or near an event by the probability that it was one itself."""

    def __init__(self, background: Background, events: Located, own: Floats, start: float) -> None:
        inside = np.flatnonzero(events.t >= start)
        self.rows = inside
        self._x, self._y = events.x[inside], events.y[inside]
        self._background = background
        self._sum = np.cumsum(own)

    def __call__(self, rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
        """Km east and north of ``n`` places."""
        x, y, _ = self.near(rng, n)
        return x, y

    def near(self, rng: np.random.Generator, n: int) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """The same with the row of the event that each was drawn near to, -1 on even ground."""
        rates, box = self._background.rates, self._background.box
        band = rng.choice(len(rates), n, p=rates / rates.sum())
        pick = np.minimum(np.searchsorted(self._sum, rng.uniform(0, self._sum[-1], n)), len(self._sum) - 1)
        width = np.array([0.0, *self._background.bands_km])[band]
        x = self._x[pick] + width * rng.standard_normal(n)
        y = self._y[pick] + width * rng.standard_normal(n)
        even = band == 0
        x = np.where(even, rng.uniform(box[0], box[1], n), x)
        y = np.where(even, rng.uniform(box[2], box[3], n), y)
        return x, y, np.where(even, -1, self.rows[pick])
