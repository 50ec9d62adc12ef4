"""When did the rate change? Change points of an area's counts, with intervals, and silence where there is none.

Counts are variance-stabilised (Anscombe 1948) and segmented by kernel change point detection (linear kernel; Arlot,
Celisse & Harchaoui 2019; the solver is ruptures'). The penalty is not guessed: it is the one at which the series, with
blocks of its periods shuffled, shows any change in 5 % of the shuffles. Null hypothesis: the rate never changed, and
whole blocks of periods could stand in any order; the rate that stays so may still scatter, and neighbouring periods
move together. A slow trend, or the seasons, are no changeless rate: they come out as steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from seamwatch.assess.periods import Periods

LEVEL = 0.05
SHUFFLES = 199
RESAMPLES = 200
SHORTEST = {"week": 6, "month": 4}  # periods between changes
BLOCK = {"week": 4, "month": 3}  # periods that stay together when a series is shuffled
FEWEST_EVENTS = 20
MOST_TRIED = 6  # changes in a shuffle, to find the penalty at which none is left

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Periods of one rate: events a period, with the interval of nine in ten resamples."""

    first: date
    last: date
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """``day`` is the first of the new rate; 19 of 20 resamples put it from ``earliest`` to ``latest``."""

    day: date
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """The segments of a series, one more than its changes. ``p`` is the chance of a change as marked as the most marked
    one in a series without any; None, with no segments, where the events are too few (``word`` says so).
    """

    changes: tuple[ChangePoint, ...]
    segments: tuple[Segment, ...]
    p: float | None
    word: str


def change_points(
    counts: NDArray[np.int64],
    periods: Periods,
    *,
    level: float = LEVEL,
    shortest: int | None = None,
    n_shuffles: int = SHUFFLES,
    seed: int = 0,
) -> ChangePoints:
    """Changes of the rate of ``counts``, shape (periods,), at a false alarm rate of ``level`` for the whole series."""
    size = shortest or SHORTEST[periods.unit]
    n, total = len(counts), int(counts.sum())
    if total < FEWEST_EVENTS or n < 4 * size:
        return ChangePoints((), (), None, f"not enough: {total} events in {n} {periods.unit}s")
    rng = np.random.default_rng(seed)
    block = BLOCK[periods.unit]
    steady = 2 * np.sqrt(counts + 0.375)
    strength = _strength(steady, size)
    null = np.array([_strength(_shuffled(steady, block, rng), size) for _ in range(n_shuffles)])
    p = float((1 + np.sum(null >= strength)) / (n_shuffles + 1))
    kept = round((1 - level) * (n_shuffles + 1))
    penalty = float(np.sort(null)[min(kept, n_shuffles) - 1])
    ends = _segment(steady, size, penalty=penalty) if p <= level else [n]
    located, rates = _resampled(counts, ends, size, block, rng)
    starts = [0, *ends[:-1]]
    segments = tuple(
        Segment(
            periods.first_day(a),
            periods.last_day(b - 1),
            float(counts[a:b].mean()),
            float(np.quantile(rates[:, k], 0.05)),
            float(np.quantile(rates[:, k], 0.95)),
        )
        for k, (a, b) in enumerate(zip(starts, ends, strict=True))
    )
    changes = []
    for k, at in enumerate(ends[:-1]):
        low, high = np.quantile(located[:, k], [0.025, 0.975], method="nearest")
        changes.append(
            ChangePoint(
                periods.first_day(at), periods.first_day(min(at, int(low))), periods.first_day(max(at, int(high)))
            )
        )
    word = f"{total} events in {n} {periods.unit}s, at least {size} between changes"
    return ChangePoints(tuple(changes), segments, p, word)


def _segment(steady: Floats, size: int, *, penalty: float | None = None, n_changes: int | None = None) -> list[int]:
    """Ends of the segments, by a penalty or into a number of changes."""
    import ruptures

    model = ruptures.KernelCPD(kernel="linear", min_size=size).fit(steady[:, None])
    found = model.predict(pen=penalty) if n_changes is None else model.predict(n_bkps=n_changes)
    return [int(end) for end in found]


def _strength(steady: Floats, size: int) -> float:
    """The smallest penalty that leaves no change: the largest gain a change, over one to MOST_TRIED of them."""
    import ruptures

    model = ruptures.KernelCPD(kernel="linear", min_size=size).fit(steady[:, None])
    most = min(MOST_TRIED, len(steady) // size - 1)
    whole = float(np.sum((steady - steady.mean()) ** 2))
    best = 0.0
    for n in range(most, 0, -1):
        ends = model.predict(n_bkps=n)
        parts = np.split(steady, ends[:-1])
        best = max(best, (whole - sum(float(np.sum((part - part.mean()) ** 2)) for part in parts)) / n)
    return best


def _shuffled(steady: Floats, block: int, rng: np.random.Generator) -> Floats:
    """Blocks of periods in another order, cut from a start drawn anew each time."""
    turned = np.roll(steady, -int(rng.integers(len(steady))))
    parts = np.split(turned, np.arange(block, len(steady), block))
    return np.concatenate([parts[i] for i in rng.permutation(len(parts))])


def _resampled(
    counts: NDArray[np.int64], ends: list[int], size: int, block: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    """Where the changes lie, and the segments' rates, in series put together from blocks of each segment."""
    located = np.empty((RESAMPLES, len(ends) - 1), np.int64)
    rates = np.empty((RESAMPLES, len(ends)))
    for k in range(RESAMPLES):
        made = np.concatenate([_blocks(part, block, rng) for part in np.split(counts, ends[:-1])])
        if len(ends) > 1:
            found = _segment(2 * np.sqrt(made + 0.375), size, n_changes=len(ends) - 1)
            located[k] = found[:-1]
        rates[k] = [part.mean() for part in np.split(made, ends[:-1])]
    return located, rates


def _blocks(part: NDArray[np.int64], block: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """As many periods, drawn in blocks that run around the segment's end."""
    n = len(part)
    length = max(1, min(block, n // 3))
    starts = rng.integers(0, n, -(-n // length))
    taken: NDArray[np.int64] = part[(starts[:, None] + np.arange(length)).ravel()[:n] % n]
    return taken
