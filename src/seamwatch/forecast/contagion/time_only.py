"""Hawkes process in time alone: exponential kernel, exact, in one pass over the events.

For a list without places, and to compare with packages that know no space. Intensity = rate + sum over earlier events
of k * decay * exp(-decay * lag), followed to infinity; the recursion is Ozaki's (1979). Null hypothesis: k = 0, a
Poisson process of constant rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.optimize import minimize

from seamwatch.errors import ModelError
from seamwatch.forecast.contagion.pairs import Floats

FEWEST = 10


@dataclass(frozen=True, slots=True)
class TimeOnly:
    """``rate`` per day, ``k`` events that one event triggers directly, ``decay`` per day; errors are of their logs."""

    rate: float
    k: float
    decay: float
    log_likelihood: float
    log_errors: Floats
    converged: bool


def fit_times(t: Floats, end: float) -> TimeOnly:
    """Maximum likelihood on times in order, from 0 to ``end`` days; equal times do not excite each other.

    Raises ModelError for fewer than ten events, times out of order, or times outside 0 to ``end``.
    """
    t = np.ascontiguousarray(t, dtype=np.float64)
    if len(t) < FEWEST:
        raise ModelError(f"{len(t)} events", where="time-only fit", rule=f"at least {FEWEST} events")
    if np.any(np.diff(t) < 0) or t[0] < 0 or t[-1] > end:
        raise ModelError(
            f"times from {t.min():g} to {t.max():g}", where="time-only fit", rule=f"in order, 0 to {end:g}"
        )
    n = len(t)
    kept: dict[bytes, tuple[float, Floats, Floats]] = {}

    def at(point: Floats) -> tuple[float, Floats, Floats]:
        key = point.tobytes()
        if key not in kept:
            kept[key] = times_likelihood(point, t, end)
        return kept[key]

    tops = []
    for lag in (2.0, 30.0):  # quick and slow excitation, in mean gaps between events: there may be two summits
        begin = np.log([n / end * 0.6, 0.4, n / end / lag])
        tops.append(
            minimize(
                lambda p: -at(p)[0] / n,
                begin,
                jac=lambda p: -at(p)[1] / n,
                hess=lambda p: -at(p)[2] / n,
                method="trust-exact",
                options={"gtol": 1e-8, "initial_trust_radius": 0.5, "max_trust_radius": 2.0},
            )
        )
    best = min(tops, key=lambda top: float(top.fun))
    value, _, hessian = at(best.x)
    variance = np.diag(np.linalg.pinv(-hessian))
    errors = np.sqrt(np.where(variance > 0, variance, np.nan))
    rate, k, decay = (float(v) for v in np.exp(best.x))
    return TimeOnly(rate, k, decay, value, errors, bool(best.success))


def times_likelihood(logs: Floats, t: Floats, end: float) -> tuple[float, Floats, Floats]:
    """Log-likelihood at log (rate, k, decay), with gradient (3,) and Hessian (3, 3)."""
    rate, k, decay = np.exp(logs)
    value, gradient, hessian = _pass(t, rate, k, decay)
    left = decay * (end - t)
    e = np.exp(-left)
    whole, first, second = (
        k * float(np.sum(1 - e)),
        k * float(np.sum(e * left)),
        k * float(np.sum(e * left * (1 - left))),
    )
    value -= rate * end + whole
    gradient -= np.array([rate * end, whole, first])
    hessian -= np.array([[rate * end, 0, 0], [0, whole, first], [0, first, second]])
    return value, gradient, hessian


@njit(cache=True)
def _pass(t, rate, k, decay):  # type: ignore[no-untyped-def]
    """Sum of log intensities with slopes; s0, s1, s2 are sums of exp(-u), u exp(-u), u**2 exp(-u), u = decay * lag."""
    value, gradient, hessian = 0.0, np.zeros(3), np.zeros((3, 3))
    s0 = s1 = s2 = 0.0
    waiting = 0.0  # events at the very moment of the last, which excite only later ones
    f = k * decay
    g = np.empty(3)
    for i in range(len(t)):
        if i > 0:
            gap = decay * (t[i] - t[i - 1])
            waiting += 1.0
            if gap > 0.0:
                e = np.exp(-gap)
                s0 += waiting
                waiting = 0.0
                s2 = e * (s2 + 2 * gap * s1 + gap * gap * s0)
                s1 = e * (s1 + gap * s0)
                s0 *= e
        excited = f * s0
        total = rate + excited
        g[0], g[1], g[2] = rate, excited, f * (s0 - s1)
        bend = f * (s0 - 3 * s1 + s2)
        value += np.log(total)
        one = 1.0 / total
        for p in range(3):
            gradient[p] += g[p] * one
            for q in range(3):
                hessian[p, q] -= g[p] * g[q] * one * one
        hessian[0, 0] += rate * one
        hessian[1, 1] += excited * one
        hessian[1, 2] += g[2] * one
        hessian[2, 1] += g[2] * one
        hessian[2, 2] += bend * one
    return value, gradient, hessian
