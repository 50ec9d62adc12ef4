"""The published benchmarks, at as many draws as anyone else: what a forecast must beat before it is worth a look.

Those of the VIEWS challenge (Hegre et al. 2025) and of its entrants: nothing, the last month, the own last year or
three ("conflictology"), the last year of the place and its neighbours, and any month of the last twenty years. They
learn nothing but a window of the past, which is why they are hard to beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.task import Panel, Task

Draws = NDArray[np.int32]
NEXT = 1.6  # times the usual distance to the nearest area


@dataclass(frozen=True, slots=True)
class Zero:
    """Nothing will happen."""

    name: str = "zero"

    def draw(self, task: Task) -> Draws:
        """Zeros of shape (areas, leads, n_draws)."""
        return np.zeros((len(task.panel.areas), len(task.leads), task.n_draws), np.int32)


@dataclass(frozen=True, slots=True)
class LastPoisson:
    """A Poisson with the last month's count as its mean, alike for all leads."""

    name: str = "last"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws)."""
        rng = np.random.default_rng((task.seed, 11))
        mean = task.panel.counts[:, -1][:, None, None]
        return rng.poisson(mean, (len(mean), len(task.leads), task.n_draws)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Conflictology:
    """Each of an area's own last months is as likely to come again; fewer where history is shorter."""

    months: int

    @property
    def name(self) -> str:
        """As it stands in tables."""
        return f"conflictology{self.months}"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws)."""
        recent = task.panel.counts[:, -self.months :]
        return _drawn(list(recent), task, 12)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The same of the months of an area and of those next to it."""

    months: int = 12

    @property
    def name(self) -> str:
        """As it stands in tables."""
        return f"neighbours{self.months}"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws)."""
        recent = task.panel.counts[:, -self.months :]
        return _drawn([recent[near].ravel() for near in near_areas(task.panel)], task, 13)


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Any month of any area of the panel in so many months."""

    months: int = 240

    @property
    def name(self) -> str:
        """As it stands in tables."""
        return f"bootstrap{self.months}"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws)."""
        everything = task.panel.counts[:, -self.months :].ravel()
        return _drawn([everything] * len(task.panel.areas), task, 14)


def near_areas(panel: Panel) -> NDArray[np.bool_]:
    """Shape (areas, areas): true for an area itself and for those next to it.

    Next is what is no farther in latitude and in longitude than NEXT times the usual distance to the nearest area: on a
    grid the eight around a cell, at every latitude.
    """
    lat, lon = np.abs(panel.lat[:, None] - panel.lat), np.abs(panel.lon[:, None] - panel.lon)
    apart = np.maximum(lat, np.minimum(lon, 360 - lon))
    np.fill_diagonal(apart, np.inf)
    nearest = np.fmin.reduce(apart, axis=1)
    usual = float(np.median(nearest[np.isfinite(nearest)])) if np.isfinite(nearest).any() else 0.0
    near: NDArray[np.bool_] = apart <= NEXT * usual
    return near | np.eye(len(apart), dtype=bool)


def _drawn(values: list[NDArray[np.int32]], task: Task, stream: int) -> Draws:
    """Draws with replacement, for each area from values of its own."""
    rng = np.random.default_rng((task.seed, stream))
    shape = len(task.leads), task.n_draws
    made = np.empty((len(values), *shape), np.int32)
    for row, past in enumerate(values):
        made[row] = past[rng.integers(0, len(past), shape)]
    return made
