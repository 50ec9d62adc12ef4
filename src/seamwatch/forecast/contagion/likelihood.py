"""Log-likelihood of a space-time Hawkes process with its gradient and Hessian, one pass over the pairs.

The process is Hawkes' (1971) in the space-time form of Ogata (1998): intensity = background + sum over earlier events
of the kernel. Parameters are logs: of each background's weight, then of (k, decay, sigma2) of each part of the kernel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from seamwatch.forecast.contagion.kernel import Part, space_scale, time_scale
from seamwatch.forecast.contagion.pairs import Floats, Pairs, Reach
from seamwatch.forecast.contagion.window import Exposure, seen


@dataclass(frozen=True, slots=True)
class Sample:
    """All that the likelihood needs.

    ``background`` has shape (targets, backgrounds): densities per km squared and day at each target, each of which
    integrates over the window to its ``mass``. ``kinds`` tells the kind of trigger of each part of the kernel.
    ``least_sigma2`` (km squared) is what places are not known better than: sigma2 is that and the exponential of its
    log parameter, or else events at the very same coordinates would drive it to nought.
    """

    pairs: Pairs
    exposure: Exposure
    background: Floats
    mass: Floats
    kinds: tuple[int, ...]
    reach: Reach
    least_sigma2: float = 0.0

    @property
    def targets(self) -> int:
        """Events whose intensity counts."""
        return int(self.background.shape[0])


def parts_of(logs: Floats, sample: Sample) -> tuple[Part, ...]:
    """The kernel's parts at a vector of logs."""
    nb = len(sample.mass)
    values = np.exp(logs[nb:]).reshape(-1, 3)
    least = sample.least_sigma2
    return tuple(
        Part(c, float(k), float(d), least + float(s)) for c, (k, d, s) in zip(sample.kinds, values, strict=True)
    )


def log_likelihood(logs: Floats, sample: Sample, step: int = 1) -> tuple[float, Floats, Floats]:
    """Value, gradient (parameters,) and Hessian by the logs. With ``step`` > 1 each step-th target stands for all."""
    nb = len(sample.mass)
    parts = parts_of(logs, sample)
    shape = np.array([[p.kind, p.k, p.decay, 1 / (2 * p.sigma2)] for p in parts]).reshape(-1, 4)
    times = [time_scale(p.decay, sample.reach) for p in parts]
    spaces = [space_scale(p.sigma2, sample.reach) for p in parts]
    scales = np.array(
        [[a.log + b.log, a.first, a.second, b.first, b.second] for a, b in zip(times, spaces, strict=True)]
    )
    value, gradient, hessian = _pass(
        sample.pairs.first, sample.pairs.lag, sample.pairs.r2, sample.pairs.kinds,
        sample.background, np.exp(logs[:nb]), shape, scales.reshape(-1, 5), step,
    )  # fmt: skip
    expected = np.exp(logs[:nb]) * sample.mass
    value -= float(expected.sum())
    gradient[:nb] -= expected
    hessian[np.arange(nb), np.arange(nb)] -= expected
    for number, part in enumerate(parts):
        whole, first, second = seen(part, sample.exposure, sample.reach)
        at = slice(nb + 3 * number, nb + 3 * number + 3)
        value -= whole
        gradient[at] -= first
        hessian[at, at] -= second
    if sample.least_sigma2:
        _above_least(gradient, hessian, np.array([p.sigma2 for p in parts]), sample)
    return value, gradient, hessian


def _above_least(gradient: Floats, hessian: Floats, sigma2: Floats, sample: Sample) -> None:
    """Turn slopes by log sigma2 into those by log (sigma2 - least), in place."""
    at = np.arange(len(sample.mass) + 2, len(gradient), 3)
    chain = 1 - sample.least_sigma2 / sigma2
    hessian[at] *= chain[:, None]
    hessian[:, at] *= chain
    hessian[at, at] += gradient[at] * chain * (1 - chain)
    gradient[at] *= chain


FLAGS = {"reassoc", "contract", "nsz"}  # sums may be taken in lanes; NaN and infinity keep their meaning


@njit(inline="always", fastmath=FLAGS)
def _decayed(x):  # type: ignore[no-untyped-def]
    """exp(x) for x <= 0, to 1e-13 of its value; below -40 as at -40. Unlike the library's, it runs in lanes.

    The series to the fourteenth power at x / 64, squared six times.
    """
    y = max(x, -40.0) * 0.015625
    s = y * (1 / 87178291200) + 1 / 6227020800
    s = ((s * y + 1 / 479001600) * y + 1 / 39916800) * y + 1 / 3628800
    s = ((s * y + 1 / 362880) * y + 1 / 40320) * y + 1 / 5040
    s = ((s * y + 1 / 720) * y + 1 / 120) * y + 1 / 24
    s = (((s * y + 1 / 6) * y + 0.5) * y + 1.0) * y + 1.0
    s *= s
    s *= s
    s *= s
    s *= s
    s *= s
    s *= s
    return s


@njit(cache=True, fastmath=FLAGS)
def _pass(first, lag, r2, kinds, background, weight, shape, scales, step):  # type: ignore[no-untyped-def]
    """Sum of the log intensities of the targets with derivatives."""
    n, nb, nk = background.shape[0], background.shape[1], shape.shape[0]
    size = nb + 3 * nk
    value, gradient, hessian = 0.0, np.zeros(size), np.zeros((size, size))
    slope = np.zeros(size)
    bend = np.zeros((nk, 6))
    for i in range(0, n, step):
        total = 0.0
        for b in range(nb):
            slope[b] = weight[b] * background[i, b]
            total += slope[b]
        for k in range(nk):
            kind, decay, half = int(shape[k, 0]), shape[k, 2], shape[k, 3]
            begin, end = first[i * kinds + kind], first[i * kinds + kind + 1]
            s0 = st = sr = stt = str_ = srr = 0.0
            for p in range(begin, end):
                u, v = decay * lag[p], half * r2[p]
                e = _decayed(-u - v)
                eu, ev = e * u, e * v
                s0 += e
                st += eu
                sr += ev
                stt += eu * u
                str_ += eu * v
                srr += ev * v
            f = shape[k, 1] * np.exp(scales[k, 0])
            a1, a2, b1, b2 = scales[k, 1], scales[k, 2], scales[k, 3], scales[k, 4]
            g = f * s0
            total += g
            slope[nb + 3 * k] = g
            slope[nb + 3 * k + 1] = f * (a1 * s0 - st)
            slope[nb + 3 * k + 2] = f * (b1 * s0 + sr)
            bend[k, 0] = g
            bend[k, 1] = slope[nb + 3 * k + 1]
            bend[k, 2] = slope[nb + 3 * k + 2]
            bend[k, 3] = f * ((a1 * a1 + a2) * s0 - (2 * a1 + 1) * st + stt)
            bend[k, 4] = f * (a1 * b1 * s0 + a1 * sr - b1 * st - str_)
            bend[k, 5] = f * ((b1 * b1 + b2) * s0 + (2 * b1 - 1) * sr + srr)
        value += np.log(total)
        one = 1.0 / total
        for p in range(size):
            gp = slope[p] * one
            gradient[p] += gp
            for q in range(p + 1):
                hessian[p, q] -= gp * slope[q] * one
        for b in range(nb):
            hessian[b, b] += slope[b] * one
        for k in range(nk):
            o = nb + 3 * k
            hessian[o, o] += bend[k, 0] * one
            hessian[o + 1, o] += bend[k, 1] * one
            hessian[o + 2, o] += bend[k, 2] * one
            hessian[o + 1, o + 1] += bend[k, 3] * one
            hessian[o + 2, o + 1] += bend[k, 4] * one
            hessian[o + 2, o + 2] += bend[k, 5] * one
    for p in range(size):
        for q in range(p):
            hessian[q, p] = hessian[p, q]
    return value * step, gradient * step, hessian * step


def intensities(logs: Floats, sample: Sample) -> tuple[Floats, Floats]:
    """(background, whole intensity) of each target, shapes (targets,), per km squared and day."""
    nb = len(sample.mass)
    base = sample.background @ np.exp(logs[:nb])
    whole = base.copy()
    for part in parts_of(logs, sample):
        log = time_scale(part.decay, sample.reach).log + space_scale(part.sigma2, sample.reach).log
        pairs = sample.pairs
        whole += _excitation(
            pairs.first, pairs.lag, pairs.r2, pairs.kinds, part.kind, part.decay, 1 / (2 * part.sigma2),
            part.k * np.exp(log),
        )  # fmt: skip
    return base, whole


@njit(cache=True, fastmath=FLAGS)
def _excitation(first, lag, r2, kinds, kind, decay, half, factor):  # type: ignore[no-untyped-def]
    n = (len(first) - 1) // kinds
    out = np.zeros(n)
    for i in range(n):
        total = 0.0
        for p in range(first[i * kinds + kind], first[i * kinds + kind + 1]):
            total += _decayed(-decay * lag[p] - half * r2[p])
        out[i] = factor * total
    return out


def standard_errors(hessian: Floats) -> Floats:
    """Of each log parameter, by the inverse of the observed information; NaN where it does not curve down."""
    try:
        variance = np.diag(np.linalg.inv(-hessian))
    except np.linalg.LinAlgError:
        return np.full(len(hessian), np.nan)
    result: NDArray[np.float64] = np.sqrt(np.where(variance > 0, variance, np.nan))
    return result
