"""Square cells on the plane, and how much of kernels about points falls into each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from seamwatch.forecast.contagion.background import Box
from seamwatch.forecast.contagion.pairs import Floats

FINE = 5  # parts of a cell's side on which kernels are summed


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of ``side_km`` that cover a box, numbered from the south-west, row by row."""

    west: float
    south: float
    side_km: float
    columns: int
    rows: int

    def __len__(self) -> int:
        return self.columns * self.rows

    def of(self, x: Floats, y: Floats) -> NDArray[np.int64]:
        """Number of the cell of each point; -1 outside."""
        column = np.floor((x - self.west) / self.side_km).astype(np.int64)
        row = np.floor((y - self.south) / self.side_km).astype(np.int64)
        inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        return np.where(inside, row * self.columns + column, -1)

    def middles(self) -> tuple[Floats, Floats]:
        """Km east and north of the middle of each cell."""
        row, column = np.divmod(np.arange(len(self)), self.columns)
        return self.west + (column + 0.5) * self.side_km, self.south + (row + 0.5) * self.side_km

    def mass(self, x: Floats, y: Floats, weight: Floats, sd_km: float) -> Floats:
        """Weight of Gaussian kernels about points that falls into each cell; what would leave the box is mirrored."""
        step = self.side_km / FINE
        fine = Cells(self.west, self.south, step, self.columns * FINE, self.rows * FINE)
        at = fine.of(x, y)
        binned = np.bincount(at[at >= 0], weight[at >= 0], len(fine)).reshape(fine.rows, fine.columns)
        spread = gaussian_filter(binned, sd_km / step) if sd_km > step / 4 else binned
        summed: Floats = spread.reshape(self.rows, FINE, self.columns, FINE).sum((1, 3)).ravel()
        return summed


def cells_over(box: Box, side_km: float) -> Cells:
    """Cells that cover a box, with edges at whole multiples of the side."""
    west, south = (math.floor(v / side_km) for v in (box[0], box[2]))
    columns, rows = math.ceil(box[1] / side_km) - west, math.ceil(box[3] / side_km) - south
    return Cells(west * side_km, south * side_km, side_km, columns, rows)
