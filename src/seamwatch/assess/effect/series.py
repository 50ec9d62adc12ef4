"""Counts by area in periods reckoned from the day of a change, so that no period lies on both sides of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import shapely
from numpy.typing import NDArray

from seamwatch.assess.areas import NOWHERE, Placing
from seamwatch.errors import ModelError
from seamwatch.events import Events
from seamwatch.place import Area, fold


@dataclass(frozen=True, slots=True)
class Source:
    """Events with the area that each lies in, and the days that the table covers.

    ``of`` has shape (events,): index into ``names``. ``first`` and ``last`` are the first and the last day that the
    table is complete for, as of ``as_of`` and with ``lag_days`` of publication taken off.
    ``touching`` says which areas meet, shape (areas, areas), all False where their shapes are not known. ``left_out``
    counts the events known by then that can be given no area or period, by reason.
    """

    names: tuple[str, ...]
    of: NDArray[np.intp]
    day: NDArray[np.datetime64]
    touching: NDArray[np.bool_]
    first: date
    last: date
    as_of: date
    lag_days: int
    left_out: dict[str, int]

    def index(self, names: Sequence[str]) -> NDArray[np.intp]:
        """Rows of ``names``, spelled alike but for marks and case. Raises ModelError on one that is not there."""
        rows = {fold(name): row for row, name in enumerate(self.names)}
        missing = [name for name in names if fold(name) not in rows]
        if missing or not names:
            raise ModelError(
                f"no area {', '.join(map(repr, missing)) or 'named'}", where="areas",
                rule="names as the file of areas, or the table, has them", remedy=f"there are: {', '.join(self.names)}",
            )  # fmt: skip
        return np.unique(np.array([rows[fold(name)] for name in names], dtype=np.intp))

    def counts(self, start: date, periods: int, period_days: int) -> NDArray[np.int64]:
        """Events by area in ``periods`` periods of ``period_days`` days from ``start`` on: shape (areas, periods)."""
        which = (self.day - np.datetime64(start, "D")).astype(np.int64) // period_days
        inside = (which >= 0) & (which < periods)
        cell = self.of[inside] * periods + which[inside]
        return np.bincount(cell, minlength=len(self.names) * periods).reshape(len(self.names), periods)

    def periods_after(self, change: date, period_days: int) -> int:
        """Full periods from ``change`` to the last day covered."""
        return max(0, (self.last - change).days + 1) // period_days

    def periods_before(self, change: date, period_days: int) -> int:
        """Full periods from the first day covered to the day before ``change``."""
        return max(0, (change - self.first).days) // period_days


def source_of(
    events: Events,
    placing: Placing,
    *,
    as_of: date,
    lag_days: int = 0,
    complete_until: date | None = None,
    touching: NDArray[np.bool_] | None = None,
    longest_days: int = 28,
) -> Source:
    """The events known on ``as_of`` in the areas of ``placing``, which was made of the same events.

    Events count on the day they ended; those that span more than ``longest_days`` are left out. The table is taken to
    be complete until ``complete_until``, by default until its last event: what comes after it is no calm.
    Raises ModelError where nothing is known by then, or areas share a name.
    """
    n = len(events.known(as_of, lag_days))
    if not n:
        raise ModelError("no event is known by then", where="effect", rule=f"ended by {as_of} less {lag_days} days")
    if len(set(placing.names)) < len(placing.names):
        raise ModelError("a name repeats", where="areas", rule="each name once", remedy="give one level of areas")
    of, day = placing.of[:n], events.end[:n]
    spans, nowhere = (day - events.start[:n]).astype(np.int64) > longest_days, of == NOWHERE
    coarse = placing.coarse[:n] & nowhere
    left_out = {"located too coarsely": int(coarse.sum()), "in none of the areas": int((nowhere & ~coarse).sum()),
                f"dated to more than {longest_days} days": int((spans & ~nowhere).sum())}  # fmt: skip
    keep = ~spans & ~nowhere
    size = len(placing.names)
    latest = min(complete_until or day.max().item(), as_of - timedelta(days=lag_days))
    return Source(
        placing.names, of[keep], day[keep], np.zeros((size, size), bool) if touching is None else touching,
        day.min().item(), latest, as_of, lag_days, {why: count for why, count in left_out.items() if count},
    )  # fmt: skip


def touching_areas(areas: Iterable[Area], names: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the areas called ``names`` meet, shape (names, names).

    Within about a hundred metres: drawings of neighbours leave slivers between them.
    """
    named = {area.name: area.shape for area in areas}
    shapes = [named.get(name) for name in names]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=0.001)
    touching = np.zeros((len(names), len(names)), dtype=bool)
    touching[one, other] = True
    np.fill_diagonal(touching, False)
    return touching
