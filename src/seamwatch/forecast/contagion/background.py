"""Where events happen anyway: kernel densities of several widths, each event left out of its own.

Ignoring fixed hot spots fakes contagion, and a density that holds the event itself, or its cluster, hides it. So each
event's background leaves the event out, and events count by the probability that they came of the background, as in
the stochastic declustering of Zhuang, Ogata & Vere-Jones (2002). Cost is linear: points are binned to a grid linearly,
which is smoothed by one-dimensional passes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.ndimage import correlate1d

from seamwatch.forecast.contagion.cloud import REACHED, Cloud, cloud
from seamwatch.forecast.contagion.pairs import Floats

MOST_CELLS = 1_000_000  # of a grid, or CELLS_A_POINT; a narrower kernel is summed point by point
CELLS_A_POINT = 60
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Surface:
    """A density per km squared on nodes in the middle of cells, which integrates to one over the box.

    ``box`` is west, east, south, north in km; ``values`` has shape (rows from the south, columns from the west);
    ``taps`` is one side of the one-dimensional kernel, on which ``own`` depends.
    """

    box: Box
    step_x: float
    step_y: float
    values: Floats
    taps: Floats

    def at(self, x: Floats, y: Floats) -> Floats:
        """Density at points; outside the box it is nought."""
        values: Floats = _read(x, y, *self.box, self.step_x, self.step_y, self.values)
        return values


def density(x: Floats, y: Floats, weight: Floats, bandwidth_km: float, box: Box) -> Surface | Cloud:
    """Weighted kernel density of points in a box, on a grid where that is not too fine."""
    columns, rows = _cells(bandwidth_km, box)
    if columns * rows > max(MOST_CELLS, CELLS_A_POINT * len(x)):
        return cloud(x, y, weight, bandwidth_km)
    return surface(x, y, weight, bandwidth_km, box)


def surface(x: Floats, y: Floats, weight: Floats, bandwidth_km: float, box: Box) -> Surface:
    """The same on a grid at any rate; what would fall over an edge is mirrored back (Silverman 1986)."""
    columns, rows = _cells(bandwidth_km, box)
    wide, high = box[1] - box[0], box[3] - box[2]
    grid = np.zeros((rows, columns))
    step_x, step_y = wide / columns, high / rows
    _bin(x, y, weight, box[0], box[2], step_x, step_y, grid)
    taps_y, taps_x = _taps(bandwidth_km, step_y), _taps(bandwidth_km, step_x)
    grid = correlate1d(grid, np.concatenate([taps_y[:0:-1], taps_y]), axis=0, mode="reflect")
    grid = correlate1d(grid, np.concatenate([taps_x[:0:-1], taps_x]), axis=1, mode="reflect")
    grid /= max(float(weight.sum()), 1e-300) * step_x * step_y
    return Surface(box, step_x, step_y, grid, taps_x)


def _cells(bandwidth_km: float, box: Box) -> tuple[int, int]:
    """Columns and rows of a grid with cells of two thirds of a bandwidth."""
    columns, rows = (max(2, math.ceil(1.5 * side / bandwidth_km)) for side in (box[1] - box[0], box[3] - box[2]))
    return columns, rows


def left_out(at: Surface | Cloud, x: Floats, y: Floats, weight: Floats) -> Floats:
    """Density at the very points of which a surface is made, each without its own share in it; shape (n,)."""
    if isinstance(at, Cloud):
        return at.left_out(x, y, weight)
    rest: Floats = _without_own(
        x, y, weight, at.box[0], at.box[2], at.step_x, at.step_y, at.values, at.taps, float(weight.sum())
    )
    return rest


def sharpened(narrow: Floats, wide: Floats) -> Floats:
    """Density by a kernel of the fourth order, from those of a bandwidth and of twice that; never below a tenth.

    (4 K_h - K_2h) / 3 has no variance of its own, so it does not widen a hot spot (Schucany & Sommers 1977). Widening
    would add up over rounds of declustering, as what is widened weighs the next round.
    """
    made: Floats = np.maximum((4 * narrow - wide) / 3, narrow / 10)
    return made


def _taps(bandwidth_km: float, step: float) -> Floats:
    """Half of a Gaussian kernel on the nodes; less wide by what binning and reading linearly add (a third of step²)."""
    sd = math.sqrt(max(bandwidth_km**2 - step**2 / 3, 1e-12)) / step
    taps = np.exp(-0.5 * (np.arange(math.ceil(REACHED * sd) + 1) / sd) ** 2)
    half: Floats = taps / (2 * taps.sum() - taps[0])
    return half


@njit(cache=True)
def _corner(u, n):  # type: ignore[no-untyped-def]
    """Lower node, upper node and the upper one's weight for a place in cells; edges mirror."""
    v = u - 0.5
    low = math.floor(v)
    part = v - low
    a, b = int(low), int(low) + 1
    return min(max(a, 0), n - 1), min(max(b, 0), n - 1), part


@njit(cache=True)
def _bin(x, y, weight, west, south, step_x, step_y, grid):  # type: ignore[no-untyped-def]
    rows, columns = grid.shape
    for i in range(len(x)):
        u, v = (x[i] - west) / step_x, (y[i] - south) / step_y
        if u < 0 or v < 0 or u > columns or v > rows:
            continue
        c0, c1, p = _corner(u, columns)
        r0, r1, q = _corner(v, rows)
        w = weight[i]
        grid[r0, c0] += w * (1 - p) * (1 - q)
        grid[r0, c1] += w * p * (1 - q)
        grid[r1, c0] += w * (1 - p) * q
        grid[r1, c1] += w * p * q


@njit(cache=True)
def _read(x, y, west, east, south, north, step_x, step_y, grid):  # type: ignore[no-untyped-def]
    rows, columns = grid.shape
    out = np.zeros(len(x))
    for i in range(len(x)):
        if x[i] < west or x[i] > east or y[i] < south or y[i] > north:
            continue
        c0, c1, p = _corner((x[i] - west) / step_x, columns)
        r0, r1, q = _corner((y[i] - south) / step_y, rows)
        low = grid[r0, c0] * (1 - p) + grid[r0, c1] * p
        out[i] = low * (1 - q) + (grid[r1, c0] * (1 - p) + grid[r1, c1] * p) * q
    return out


@njit(cache=True)
def _own(u, n, taps):  # type: ignore[no-untyped-def]
    """What a unit at u adds to the reading at u along one axis, its mirror images with it."""
    a, b, p = _corner(u, n)
    if len(taps) <= a and b < n - len(taps):  # far from the edges: no mirror images
        return (p * p + (1 - p) * (1 - p)) * taps[0] + 2 * p * (1 - p) * taps[1]
    total = 0.0
    for i in range(2):
        for j in range(2):
            at, to = (a, b)[i], (a, b)[j]
            share = (1 - p, p)[i] * (1 - p, p)[j]
            for gap in (abs(at - to), at + to + 1, 2 * n - at - to - 1):
                if gap < len(taps):
                    total += share * taps[gap]
    return total


@njit(cache=True)
def _without_own(x, y, weight, west, south, step_x, step_y, grid, taps_x, total):  # type: ignore[no-untyped-def]
    rows, columns = grid.shape
    out = np.zeros(len(x))
    for i in range(len(x)):
        u, v = (x[i] - west) / step_x, (y[i] - south) / step_y
        c0, c1, p = _corner(u, columns)
        r0, r1, q = _corner(v, rows)
        low = grid[r0, c0] * (1 - p) + grid[r0, c1] * p
        here = low * (1 - q) + (grid[r1, c0] * (1 - p) + grid[r1, c1] * p) * q
        own = _own(u, columns, taps_x) * _own(v, rows, taps_x) / (step_x * step_y)
        out[i] = max(0.0, here * total - weight[i] * own) / (total - weight[i])
    return out
