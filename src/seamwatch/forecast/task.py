"""One forecast to make: what is known up to its origin, and what is asked. A forecaster sees nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts by area and month. ``counts`` has shape (areas, months), integers of at least 0.

    ``areas`` names the rows (PRIO-GRID gids, or the index of a district); ``lat`` and ``lon`` are their middles in
    degrees; ``first_month`` is VIEWS' month_id ((year - 1980) * 12 + month) of the first column, and months follow
    without a gap.
    """

    areas: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    first_month: int
    counts: NDArray[np.int32]

    @property
    def last_month(self) -> int:
        """The month_id of the last column."""
        return self.first_month + int(self.counts.shape[1]) - 1

    def until(self, month: int) -> Panel:
        """The same without what comes after ``month``."""
        end = max(0, month - self.first_month + 1)
        return Panel(self.areas, self.lat, self.lon, self.first_month, self.counts[:, :end])


@dataclass(frozen=True, slots=True)
class Task:
    """``panel`` ends with the last month known, and ``leads`` count from it: lead 3 is the third month after it.

    ``extra`` holds further counts of the same areas and months that may help (incidents, other kinds of violence), by
    name; ``pool`` other areas to learn from (neighbouring countries), with extras of its own, to the same last month.
    """

    panel: Panel
    leads: tuple[int, ...]
    n_draws: int
    seed: int
    extra: dict[str, Panel]
    pool: Panel | None = None
    pool_extra: dict[str, Panel] | None = None


class Forecaster(Protocol):
    """What turns a task into draws."""

    @property
    def name(self) -> str:
        """As it stands in tables."""
        ...

    def draw(self, task: Task) -> NDArray[np.int32]:
        """Shape (areas, leads, n_draws): draws of the counts, the same for the same task."""
        ...
