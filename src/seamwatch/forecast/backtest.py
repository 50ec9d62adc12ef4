"""Rolling origins: each model forecasts each year from what was known before it, and is scored by what came.

A window is a calendar year, forecast from the end of the October before (leads 3 to 14), as in the VIEWS challenge.
Draws are scored where they are made and thrown away, so that memory does not grow with models, years or seeds.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from seamwatch.clock import month_id
from seamwatch.errors import ConfigError
from seamwatch.events import Events
from seamwatch.forecast.figures import brier, figures, tail_crps
from seamwatch.forecast.models import model
from seamwatch.forecast.panel import Coarse, Count, grid_panel, task
from seamwatch.forecast.task import Task

Doubles = NDArray[np.float64]
Tick = Callable[[str, int, int | None], None]
LEADS = tuple(range(3, 15))
CLASSES = ("quiet", "onset", "active")
TAILS = (0, 10, 25)
MANY = 25  # deaths in a month: the second threshold of Brier scores


@dataclass(frozen=True, slots=True)
class Window:
    """A year to forecast: the task as of its origin, and what came, of shape (areas, leads).

    ``kind`` is an index of CLASSES for each area: active with a count in the last twelve months known, onset with none
    then but some in the year, quiet with neither.
    """

    year: int
    task: Task
    happened: NDArray[np.int32]
    kind: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a model scored in a window under one seed: figures and chances of any, each of shape (areas, leads).

    ``said`` holds the warnings that it logged, such as what it fell back to.
    """

    model: str
    year: int
    seed: int
    figures: dict[str, Doubles]
    chance: Doubles
    seconds: float
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """All scores, with the windows they are of; models and seeds in the order in which they were asked."""

    windows: tuple[Window, ...]
    models: tuple[str, ...]
    seeds: tuple[int, ...]
    scored: tuple[Scored, ...]

    def figure(self, name: str, figure: str) -> Doubles:
        """A model's figure, mean over seeds; shape (years, areas, leads)."""
        return np.stack([self._mean(name, window.year, lambda s: s.figures[figure]) for window in self.windows])

    def chance(self, name: str) -> Doubles:
        """A model's chance of any, of the first seed alone (a mean of seeds would be another model)."""
        return np.stack([self._first(name, window.year).chance for window in self.windows])

    def seconds(self, name: str) -> float:
        """Mean seconds of a window."""
        return float(np.mean([s.seconds for s in self.scored if s.model == name]))

    def said(self, name: str) -> tuple[str, ...]:
        """The warnings of a model, each once, with their years."""
        found: dict[str, list[int]] = {}
        for scored in self.scored:
            for text in scored.said:
                if scored.model == name and scored.year not in found.setdefault(text, []):
                    found[text].append(scored.year)
        return tuple(f"{', '.join(map(str, sorted(years)))}: {text}" for text, years in found.items())

    @property
    def happened(self) -> NDArray[np.int32]:
        """Shape (years, areas, leads)."""
        return np.stack([window.happened for window in self.windows])

    def _mean(self, name: str, year: int, part: Callable[[Scored], Doubles]) -> Doubles:
        values = [part(s) for s in self.scored if s.model == name and s.year == year]
        return np.asarray(np.mean(values, axis=0))

    def _first(self, name: str, year: int) -> Scored:
        return next(s for s in self.scored if s.model == name and s.year == year and s.seed == self.seeds[0])


def yearly_windows(
    events: Events,
    years: Sequence[int],
    cells: NDArray[np.int64],
    *,
    pool: Events | None = None,
    count: Count = "deaths",
    violence: str | None = "sb",
    coarse: Coarse = "spread",
    lag_days: int = 0,
    n_draws: int = 1000,
    known_until: date | None = None,
) -> Iterator[Window]:
    """A window a year. Raises ConfigError where events end before a year does, or begin after its origin.

    ``known_until`` is the last day that the events tell of, by default that of the last one: where they are a part of a
    table, the table's.
    """
    end = known_until or (events.end[-1].item() if len(events) else date.min)
    for year in years:
        origin, first, last = date(year - 1, 10, 31), month_id(date(year, 1, 1)), month_id(date(year, 12, 1))
        if month_id(end) < last:
            raise ConfigError(f"the last event is of {end}", where=f"window {year}", rule="events to a window's end")
        if not len(events.known(origin, lag_days)):
            raise ConfigError("no event before its origin", where=f"window {year}", rule="a window has a past")
        asked = task(
            events, origin, LEADS, cells=cells, pool=pool, count=count, violence=violence, coarse=coarse,
            lag_days=lag_days, n_draws=n_draws,
        )  # fmt: skip
        came = grid_panel(events, cells, first, last, count=count, violence=violence, coarse=coarse).counts
        was, is_now = asked.panel.counts[:, -12:].any(axis=1), came.any(axis=1)
        kind = np.where(was, CLASSES.index("active"), np.where(is_now, CLASSES.index("onset"), 0))
        yield Window(year, asked, came, kind.astype(np.int8))


def backtest(
    windows: Sequence[Window],
    models: Sequence[str],
    *,
    seeds: int = 1,
    processes: int = 1,
    tick: Tick | None = None,
) -> Backtest:
    """Forecast every window by every model under every seed (0, 1, …), and score it.

    Raises ConfigError on a model's name that is not known.
    """
    for name in models:
        model(name)
    jobs = [(name, at, seed) for name in models for at in range(len(windows)) for seed in range(seeds)]
    done: list[Scored] = []
    if processes <= 1:
        _share(tuple(windows))
        for job in jobs:
            done.append(_run(job))
            _tell(tick, len(done), len(jobs))
    else:
        context = get_context("spawn")
        with ProcessPoolExecutor(processes, context, initializer=_share, initargs=(tuple(windows),)) as executor:
            for scored in executor.map(_run, jobs):
                done.append(scored)
                _tell(tick, len(done), len(jobs))
    return Backtest(tuple(windows), tuple(models), tuple(range(seeds)), tuple(done))


def scored_draws(draws: NDArray[np.int32], happened: NDArray[np.int32]) -> dict[str, Doubles]:
    """All figures of draws (areas, leads, draws): those of `figures`, the tail's, and Brier's of MANY."""
    found = dict(figures(draws, happened))
    found |= {f"tail_crps_{above}": tail_crps(draws, happened, above) for above in TAILS if above}
    return found | {f"brier_{MANY}": brier(draws, happened, MANY)}


_WINDOWS: tuple[Window, ...] = ()  # of this process, sent to it once


def _share(windows: tuple[Window, ...]) -> None:
    global _WINDOWS
    _WINDOWS = windows


def _run(job: tuple[str, int, int]) -> Scored:
    name, at, seed = job
    window = _WINDOWS[at]
    began = time.perf_counter()
    with _warnings() as said:
        draws = model(name).draw(replace(window.task, seed=seed))
    seconds = time.perf_counter() - began
    chance = (draws > 0).mean(axis=2)
    return Scored(name, window.year, seed, scored_draws(draws, window.happened), chance, seconds, tuple(said))


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """The texts of the warnings that forecasters log meanwhile."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, keep = logging.getLogger("seamwatch.forecast"), Keep(logging.WARNING)
    logger.addHandler(keep)
    try:
        yield said
    finally:
        logger.removeHandler(keep)


def _tell(tick: Tick | None, done: int, total: int) -> None:
    if tick:
        tick("forecasts", done, total)
