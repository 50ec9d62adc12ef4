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
    """The maximum nearest to the parts in ``begin``; ``weights`` of the backgrounds start as if half came of them.

    Newton's method in a trust region on the logs of the parameters, first on a thinned set of targets.
    """
    nb = len(sample.mass)
    if weights is None:
        weights = np.full(nb, sample.targets / 2 / max(nb, 1)) / sample.mass
    logs = np.log(np.concatenate([weights, *([p.k, p.decay, p.sigma2] for p in begin)]))
    step = sample.targets // THINNED
    if step > 1:
        logs, _, _ = _climb(logs, sample, step)
    logs, evaluations, converged = _climb(logs, sample, 1)
    value, gradient, hessian = log_likelihood(logs, sample)
    return Optimum(logs, value, gradient, hessian, parts_of(logs, sample), evaluations, converged)


def _climb(logs: Floats, sample: Sample, step: int) -> tuple[Floats, int, bool]:
    """Newton steps in a trust region up to the top."""
    kept: dict[bytes, tuple[float, Floats, Floats]] = {}

    def at(point: Floats) -> tuple[float, Floats, Floats]:
        key = point.tobytes()
        if key not in kept:
            kept[key] = log_likelihood(point, sample, step)
        return kept[key]

    n = max(1, sample.targets)
    done = minimize(
        lambda p: -at(p)[0] / n,
        logs,
        jac=lambda p: -at(p)[1] / n,
        hess=lambda p: -at(p)[2] / n,
        method="trust-exact",
        options={"gtol": 1e-6 if step == 1 else 1e-3, "initial_trust_radius": 0.5, "max_trust_radius": 2.0},
    )
    return done.x, len(kept), bool(done.success)
