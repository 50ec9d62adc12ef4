"""A kernel density summed over the points near each place, for kernels too narrow for a grid over so wide an area."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from seamwatch.forecast.contagion.pairs import Floats

REACHED = 4.0  # bandwidths after which a kernel is taken as nought


@dataclass(frozen=True, slots=True)
class Cloud:
    """Weighted points in square buckets four bandwidths wide; a density per km squared that integrates to one."""

    bandwidth_km: float
    west: float
    south: float
    columns: int
    buckets: NDArray[np.int64]
    first: NDArray[np.int64]
    x: Floats
    y: Floats
    weight: Floats

    def at(self, x: Floats, y: Floats) -> Floats:
        """Density at points."""
        total: Floats = self._sums(x, y) / max(float(self.weight.sum()), 1e-300)
        return total

    def left_out(self, x: Floats, y: Floats, weight: Floats) -> Floats:
        """Density at its very points, given in their first order, each without its own share."""
        own = weight / (2 * math.pi * self.bandwidth_km**2)
        rest: Floats = np.maximum(self._sums(x, y) - own, 0.0) / (float(weight.sum()) - weight)
        return rest

    def _sums(self, x: Floats, y: Floats) -> Floats:
        sums: Floats = _near(
            x, y, self.bandwidth_km, self.west, self.south, self.columns, self.buckets, self.first, self.x, self.y,
            self.weight,
        )  # fmt: skip
        return sums


def cloud(x: Floats, y: Floats, weight: Floats, bandwidth_km: float) -> Cloud:
    """Put points into buckets."""
    side = REACHED * bandwidth_km
    west, south = (float(v.min()) - side if len(v) else 0.0 for v in (x, y))
    column = np.floor((x - west) / side).astype(np.int64)
    row = np.floor((y - south) / side).astype(np.int64)
    columns = int(column.max()) + 3 if len(x) else 1
    key = row * columns + column
    order = np.argsort(key, kind="stable")
    buckets, first = np.unique(key[order], return_index=True)
    first = np.append(first, len(x)).astype(np.int64)
    return Cloud(bandwidth_km, west, south, columns, buckets, first, x[order], y[order], weight[order])


@njit(cache=True)
def _near(px, py, h, west, south, columns, buckets, first, x, y, weight):  # type: ignore[no-untyped-def]
    side, most, half = 4.0 * h, 16.0 * h * h, 1 / (2 * h * h)
    out = np.zeros(len(px))
    for i in range(len(px)):
        column, row = int(np.floor((px[i] - west) / side)), int(np.floor((py[i] - south) / side))
        if column < 0 or column >= columns:
            continue
        total = 0.0
        for up in range(-1, 2):
            key = (row + up) * columns + column
            at = np.searchsorted(buckets, key - 1)
            while at < len(buckets) and buckets[at] <= key + 1:
                for j in range(first[at], first[at + 1]):
                    dx, dy = px[i] - x[j], py[i] - y[j]
                    r2 = dx * dx + dy * dy
                    if r2 <= most:
                        total += weight[j] * np.exp(-half * r2)
                at += 1
        out[i] = total / (2 * np.pi * h * h)
    return out
