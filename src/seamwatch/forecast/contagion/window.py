"""The ground and the days in which events would have been seen, and how much of what they trigger falls inside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from seamwatch.forecast.contagion.kernel import Part, space_scale
from seamwatch.forecast.contagion.pairs import Floats, Reach

NODES = 40


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` up to ``end`` on a rectangle in km; ``box`` (west, east, south, north), None: everywhere.

    With whole days, ``end`` is the last day and ``start`` the first, both inside. Without a box, nothing that events
    trigger is lost over an edge; the background is then a density over the whole plane.
    """

    start: float
    end: float
    box: tuple[float, float, float, float] | None = None

    def days(self, reach: Reach) -> float:
        """Length in days."""
        return self.end - self.start + (1.0 if reach.daily else 0.0)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Triggers in groups of like age at the window's end; what part of the kernel falls inside is a sum over them.

    Each group has a ``kind``, an ``age`` in days, a signed ``count`` (minus where it takes off what lay before the
    window's start) and, by radius, the summed share of circles that lie outside the box: ``outside`` (groups, NODES).
    """

    kind: NDArray[np.int64]
    age: Floats
    count: Floats
    outside: Floats


def exposure(t: Floats, x: Floats, y: Floats, kind: NDArray[np.int64], window: Window, reach: Reach) -> Exposure:
    """Groups of the triggers at (t, x, y); those older than the reach are one group a kind."""
    to_end = np.minimum(window.end - t, reach.days)
    before = window.start - (1.0 if reach.daily else 0.0) - t
    early = before > 0
    ages = np.concatenate([to_end, np.minimum(before[early], reach.days)])
    signs = np.concatenate([np.ones(len(t)), -np.ones(int(early.sum()))])
    kinds = np.concatenate([kind, kind[early]])
    pick = np.concatenate([np.arange(len(t)), np.flatnonzero(early)])
    keep = ages > 0
    ages, signs, kinds, pick = ages[keep], signs[keep], kinds[keep], pick[keep]
    order = np.lexsort((ages, kinds))
    ages, signs, kinds, pick = ages[order], signs[order], kinds[order], pick[order]
    new = np.ones(len(ages), bool)
    new[1:] = (ages[1:] != ages[:-1]) | (kinds[1:] != kinds[:-1])
    group = np.cumsum(new) - 1
    n_groups = int(group[-1]) + 1 if len(group) else 0
    outside = np.zeros((n_groups, NODES if window.box else 0))
    if window.box:
        _outside(x[pick], y[pick], signs, group, np.array(window.box), nodes(reach.km)[0], outside)
    return Exposure(kinds[new], ages[new], np.bincount(group, signs, n_groups).astype(float), outside)


@cache
def nodes(km: float) -> tuple[Floats, Floats]:
    """Radii up to ``km`` and their weights for an integral over them, denser near zero (Gauss-Legendre in sqrt r)."""
    v, w = np.polynomial.legendre.leggauss(NODES)
    v, w = (v + 1) / 2, w / 2
    return km * v * v, 2 * km * v * w


@njit(cache=True)
def _outside(x, y, sign, group, box, radii, out):  # type: ignore[no-untyped-def]
    """Add each circle's share outside a rectangle; edges further than half the largest radius do not meet."""
    far, quarter = radii[-1], math.pi / 2
    for j in range(len(x)):
        west, east, south, north = x[j] - box[0], box[1] - x[j], y[j] - box[2], box[3] - y[j]
        if min(min(west, east), min(south, north)) >= far:
            continue
        for k in range(len(radii)):
            r = radii[k]
            aw = math.acos(max(west, 0.0) / r) if west < r else 0.0
            ae = math.acos(max(east, 0.0) / r) if east < r else 0.0
            as_ = math.acos(max(south, 0.0) / r) if south < r else 0.0
            an = math.acos(max(north, 0.0) / r) if north < r else 0.0
            gone = 2 * (aw + ae + as_ + an)
            gone -= max(0.0, aw + as_ - quarter) + max(0.0, as_ + ae - quarter)
            gone -= max(0.0, ae + an - quarter) + max(0.0, an + aw - quarter)
            out[group[j], k] += sign[j] * gone / (2 * math.pi)


def seen(part: Part, at: Exposure, reach: Reach) -> tuple[float, Floats, Floats]:
    """Events that a part is expected to add in the window; first and second derivatives by log k, decay and sigma2."""
    mine = at.kind == part.kind
    count = at.count[mine]
    share, share1, share2 = _passed(part.decay * at.age[mine], part.decay * reach.days)
    inside = np.zeros((3, len(count)))
    inside[0] = count
    if at.outside.shape[1]:
        radii, weight = nodes(reach.km)
        scale = space_scale(part.sigma2, reach)
        bend = radii**2 / (2 * part.sigma2)
        density = 2 * math.pi * radii * weight * np.exp(scale.log - bend)
        slope = scale.first + bend
        shapes = np.stack([density, density * slope, density * (slope**2 + scale.second - bend)])
        inside -= shapes @ at.outside[mine].T
    k = part.k
    value = k * float(share @ inside[0])
    by_decay, by_sigma = k * float(share1 @ inside[0]), k * float(share @ inside[1])
    both = k * float(share1 @ inside[1])
    second = np.array(
        [
            [value, by_decay, by_sigma],
            [by_decay, k * float(share2 @ inside[0]), both],
            [by_sigma, both, k * float(share @ inside[2])],
        ]
    )
    return value, np.array([value, by_decay, by_sigma]), second


def _passed(scaled: Floats, whole: float) -> tuple[Floats, Floats, Floats]:
    """(1 - exp(-a)) / (1 - exp(-b)) at a = decay * age and b = decay * reach, and its derivatives by log decay."""

    def slopes(a: Floats) -> tuple[Floats, Floats]:
        with np.errstate(over="ignore"):
            e = 1 / np.expm1(a)
        return a * e, a * e * (1 - a * (1 + e))

    share = np.expm1(-scaled) / math.expm1(-whole)
    (h, h1), (b, b1) = slopes(scaled), slopes(np.array([whole]))
    return share, share * (h - b), share * ((h - b) ** 2 + h1 - b1)
