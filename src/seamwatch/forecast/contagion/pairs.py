"""Pairs of a trigger and a later target within reach, found in time linear in their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from seamwatch.errors import ConfigError

Floats = NDArray[np.float64]
MOST_PAIRS = 60_000_000  # half a gigabyte


@dataclass(frozen=True, slots=True)
class Reach:
    """How far excitation is followed: ``days`` in time and ``km`` on the ground. ``daily``: whole days are all we know.

    With ``daily`` times are whole numbers, and only earlier days excite: the order within a day is unknown, so pairs of
    the same day do not count. Otherwise only strictly earlier moments do.
    """

    days: float = 60.0
    km: float = 10.0
    daily: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs by target, then by kind of the trigger: those of target i and kind c are ``first[i * kinds + c]`` onward.

    ``first`` has shape (targets * kinds + 1,); ``lag`` (days) and ``r2`` (km squared) shape (pairs,), kept in single
    precision as memory is what limits them; ``trigger`` is the row of the trigger.
    """

    first: NDArray[np.int64]
    lag: NDArray[np.float32]
    r2: NDArray[np.float32]
    trigger: NDArray[np.int32]
    kinds: int

    def __len__(self) -> int:
        return len(self.lag)


def find_pairs(
    t: Floats, x: Floats, y: Floats, kind: NDArray[np.int64], kinds: int, reach: Reach, start: float
) -> Pairs:
    """The pairs whose target lies at ``start`` or later; events are in order of time, x and y in km on a plane.

    Raises ConfigError where there would be more than MOST_PAIRS.
    """
    if len(t) == 0:
        none = np.zeros(0, np.float32)
        return Pairs(np.zeros(1, np.int64), none, none, np.zeros(0, np.int32), kinds)
    column = ((x - x.min()) / reach.km).astype(np.int64)
    row = ((y - y.min()) / reach.km).astype(np.int64)
    wide = int(column.max()) + 3  # a margin of one empty cell all round
    bucket = (row + 1) * wide + column + 1
    occupied, cell = np.unique(bucket, return_inverse=True)
    around = np.add.outer(occupied, np.array([dr * wide + dc for dr in (-1, 0, 1) for dc in (-1, 0, 1)]))
    place = np.searchsorted(occupied, around)
    near = np.where(occupied[np.minimum(place, len(occupied) - 1)] == around, place, -1)
    first_target = int(np.searchsorted(t, start, side="left"))
    first, lag, r2, trigger, done = _search(
        t, x, y, kind, cell, near, kinds, reach.days, reach.km, first_target, MOST_PAIRS
    )
    if not done:
        raise ConfigError(
            f"more than {MOST_PAIRS:,} pairs of events within {reach.days:g} days and {reach.km:g} km",
            where="contagion",
            rule="pairs have to fit in memory",
            remedy="give a shorter reach in days or km",
        )
    return Pairs(first, lag, r2, trigger, kinds)


@njit(cache=True)
def _search(t, x, y, kind, cell, near, kinds, days, km, first_target, most):  # type: ignore[no-untyped-def]
    """One pass in order of time; each (cell, kind) keeps a queue whose head only ever moves on."""
    n, cells = len(t), near.shape[0]
    size = np.zeros(cells * kinds + 1, np.int64)
    for i in range(n):
        size[cell[i] * kinds + kind[i] + 1] += 1
    head = np.cumsum(size)[:-1].copy()
    tail = head.copy()
    qt, qx, qy, row = np.empty(n), np.empty(n), np.empty(n), np.empty(n, np.int32)
    room = max(1024, 16 * n)
    lag, r2, trigger = np.empty(room, np.float32), np.empty(room, np.float32), np.empty(room, np.int32)
    first = np.zeros((n - first_target) * kinds + 1, np.int64)
    found, reach2 = 0, km * km
    for i in range(n):
        if i >= first_target:
            for c in range(kinds):
                for k in range(9):
                    other = near[cell[i], k]
                    if other < 0:
                        continue
                    q = other * kinds + c
                    begin = head[q]
                    while begin < tail[q] and t[i] - qt[begin] > days:
                        begin += 1
                    head[q] = begin
                    if found + tail[q] - begin > room:
                        if found > most:
                            return first, lag[:0], r2[:0], trigger[:0], False
                        room = 2 * room + tail[q] - begin
                        lag, r2, trigger = (
                            _longer(lag, found, room),
                            _longer(r2, found, room),
                            _longer(trigger, found, room),
                        )
                    for j in range(begin, tail[q]):
                        gap = t[i] - qt[j]
                        if gap <= 0.0:
                            break
                        dx, dy = x[i] - qx[j], y[i] - qy[j]
                        d2 = dx * dx + dy * dy
                        if d2 <= reach2:
                            lag[found], r2[found], trigger[found] = gap, d2, row[j]
                            found += 1
                first[(i - first_target) * kinds + c + 1] = found
        q = cell[i] * kinds + kind[i]
        qt[tail[q]], qx[tail[q]], qy[tail[q]], row[tail[q]] = t[i], x[i], y[i], i
        tail[q] += 1
    return first, lag[:found], r2[:found], trigger[:found], found <= most


@njit(cache=True)
def _longer(column, used, room):  # type: ignore[no-untyped-def]
    more = np.empty(room, column.dtype)
    more[:used] = column[:used]
    return more
