"""A list of PRIO-GRID cells from a CSV file: which cells a forecast is for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seamwatch.errors import ReadError
from seamwatch.read.csv_rows import Problem, read_rows

GID_COLUMNS = ("gid", "priogrid_gid")
FRAC_ABOVE = 0.5
LAST_GID = 360 * 720


@dataclass(frozen=True, slots=True)
class CellList:
    """The cells in order of the file, each once, and what was wrong with its rows."""

    gids: NDArray[np.int64]
    problems: tuple[Problem, ...]


def read_cells(path: Path, *, frac_above: float = FRAC_ABOVE) -> CellList:
    """The cells of column ``gid`` (or ``priogrid_gid``); with a column ``frac``, those with more than ``frac_above``.

    ``frac`` is the share of a cell's area that lies inside the area of interest. Raises ReadError where the file has no
    such column or names no cell.
    """
    rows = read_rows(path)
    at = {name.casefold(): n for n, name in reversed(list(enumerate(rows.header)))}
    gid_column = next((name for name in GID_COLUMNS if name in at), "")
    if not gid_column:
        rule = f"a column {' or '.join(GID_COLUMNS)}, and perhaps frac"
        raise ReadError(f"no list of cells: its columns are {', '.join(rows.header)[:300]}", where=str(path), rule=rule)
    problems = list(rows.problems)
    found: dict[int, None] = {}
    for line, row in zip(rows.lines, rows.cells, strict=True):
        raw, frac = row[at[gid_column]].strip(), row[at["frac"]].strip() if "frac" in at else "1"
        gid = _number(raw)
        if gid != int(gid) or not 1 <= gid <= LAST_GID:
            rule = f"a whole number from 1 to {LAST_GID:,}"
            problems.append(Problem(line, gid_column, rule, raw, "give the cell's number", True))
        elif not 0 <= _number(frac) <= 1:
            problems.append(Problem(line, "frac", "a share from 0 to 1", frac, "give the share inside", True))
        elif int(gid) in found:
            problems.append(Problem(line, gid_column, "each cell once", raw, "drop the copy", True))
        elif _number(frac) > frac_above:
            found[int(gid)] = None
    if not found:
        rule = f"at least one cell, of more than {frac_above} where frac is told"
        raise ReadError("names no cell", where=str(path), rule=rule)
    return CellList(np.array(list(found), dtype=np.int64), tuple(problems))


def _number(raw: str) -> float:
    """A number, -1 for what is none."""
    try:
        value = float(raw)
    except ValueError:
        return -1.0
    return value if abs(value) < 1e9 else -1.0
