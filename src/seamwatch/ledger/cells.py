"""Degrees and days as whole numbers, for one small index over place and time."""

from __future__ import annotations

import math
from datetime import date

CELLS_A_DEGREE = 10  # about 11 km north to south
_EPOCH = date(1970, 1, 1).toordinal()


def cell_of(lat: float | None, lon: float | None) -> int | None:
    """The 0.1 degree cell of a WGS 84 point: rows from the south pole, columns from 180 W. None for no point."""
    if lat is None or lon is None:
        return None
    rows, columns = 180 * CELLS_A_DEGREE, 360 * CELLS_A_DEGREE
    row = min(math.floor((lat + 90) * CELLS_A_DEGREE), rows - 1)
    return row * columns + min(math.floor((lon + 180) * CELLS_A_DEGREE), columns - 1)


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01."""
    return None if day is None else day.toordinal() - _EPOCH
