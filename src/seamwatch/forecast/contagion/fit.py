"""Fit the kernel and the weights of backgrounds by maximum likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.likelihood import Sample, log_likelihood, parts_of
from seamwatch.forecast.contagion.pairs import Floats

THINNED = 5_000  # targets that are enough to come near the optimum


@dataclass(frozen=True, slots=True)
class Optimum:
    """Logs of the parameters at the maximum with value and slopes there, and the passes over all pairs."""

    logs: Floats
    value: float
    gradient: Floats
    hessian: Floats
    parts: tuple[Part, ...]
    evaluations: int
    converged: bool


def fit(sample: Sample, begin: Sequence[Part], weights: Floats | None = None) -> Optimum:
    """The maximum nearest to the parts in ``begin``; without ``weights`` half of all is taken to be background."""
    rough = sample.targets // THINNED
    if rough > 1:
        near = climb(sample, begin, weights, rough)
        begin, weights = near.parts, np.exp(near.logs[: len(sample.mass)])
    return climb(sample, begin, weights)


def climb(sample: Sample, begin: Sequence[Part], weights: Floats | None = None, step: int = 1) -> Optimum:
    """Newton's method in a trust region on the logs of the parameters; each ``step``-th target stands for all."""
    nb, n = len(sample.mass), max(1, sample.targets)
    if weights is None:
        weights = np.full(nb, sample.targets / 2 / max(nb, 1)) / sample.mass
    least = sample.least_sigma2
    logs = np.log(np.concatenate([weights, *([p.k, p.decay, max(p.sigma2 - least, 1e-9)] for p in begin)]))
    kept: dict[bytes, tuple[float, Floats, Floats]] = {}

    def at(point: Floats) -> tuple[float, Floats, Floats]:
        key = point.tobytes()
        if key not in kept:
            kept[key] = log_likelihood(point, sample, step)
        return kept[key]

    done = minimize(
        lambda p: -at(p)[0] / n,
        logs,
        jac=lambda p: -at(p)[1] / n,
        hess=lambda p: -at(p)[2] / n,
        method="trust-exact",
        options={"gtol": 1e-6 if step == 1 else 1e-4, "initial_trust_radius": 0.5, "max_trust_radius": 2.0},
    )
    value, gradient, hessian = at(done.x)
    return Optimum(done.x, value, gradient, hessian, parts_of(done.x, sample), len(kept), bool(done.success))
