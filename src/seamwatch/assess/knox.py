"""Counting close pairs by distance and day: as they are, as expected when days are exchanged, and for each exchange.

An exchange leaves the pairs that are close in space as they are, so only their days are compared anew. Thirty-two
exchanges lie side by side in memory and are compared together, which the compiler turns into vector instructions.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

LANES = 32  # exchanges compared together
_CHUNK = 30_000  # pairs between two carries of the 16-bit counters


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs close in space, each once; arrays of shape (pairs,).

    ``i`` and ``j`` are rows of events and ``band`` the distance band. Where ``mutual``, either may be the earlier
    event; elsewhere ``i`` must not be the later one.
    """

    i: NDArray[np.int32]
    j: NDArray[np.int32]
    band: NDArray[np.int8]
    mutual: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Time:
    """When the events were. ``day`` (events,) counts days from the first; ``strata`` (events,) numbers the groups
    within which days are exchanged; ``block`` (days,) gives each day's stretch of time, of ``blocks``; ``edges`` the
    last day of each band of days apart.
    """

    day: NDArray[np.int64]
    strata: NDArray[np.int64]
    block: NDArray[np.int64]
    blocks: int
    edges: tuple[int, ...]


def observed_table(pairs: Pairs, time: Time, bands: int) -> NDArray[np.int64]:
    """Counts of pairs, shape (blocks, distance bands, day bands), by the stretch of time of the earlier event."""
    later = time.day[pairs.j] - time.day[pairs.i]
    apart = np.abs(later)
    counts = (apart <= time.edges[-1]) & (pairs.mutual | (later >= 0))
    earlier = np.minimum(time.day[pairs.i], time.day[pairs.j])[counts]
    cell = (time.block[earlier] * bands + pairs.band[counts]) * len(time.edges)
    cell += np.searchsorted(time.edges, apart[counts])
    shape = (time.blocks, bands, len(time.edges))
    return np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)


def expected_table(pairs: Pairs, time: Time, bands: int) -> NDArray[np.float64]:
    """The exact mean of `observed_table` over all exchanges of days within strata, of the same shape.

    Of the pairs that join two strata, each has the same chance to fall into a band of days: the share of all pairs of
    their days that do.
    """
    one, other = time.strata[pairs.i], time.strata[pairs.j]
    swap = pairs.mutual & (one > other)
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    strata = int(time.strata.max()) + 1
    keys, which = np.unique(one * strata + other, return_inverse=True)
    close = np.bincount(which * bands + pairs.band, minlength=len(keys) * bands).reshape(len(keys), bands)
    mutual = np.zeros(len(keys), dtype=bool)
    mutual[which] = pairs.mutual
    calendar = [np.bincount(time.day[time.strata == s], minlength=len(time.block)) for s in range(strata)]
    table = np.zeros((time.blocks, bands, len(time.edges)))
    for key, number, both_ways in zip(keys, close, mutual, strict=True):
        share = _share(calendar[key // strata], calendar[key % strata], key // strata == key % strata, both_ways, time)
        table += number[None, :, None] * share[:, None, :]
    return table


def _share(
    first: NDArray[np.int64], second: NDArray[np.int64], same: bool, both_ways: bool, time: Time
) -> NDArray[np.float64]:
    """Of all pairs of days of two strata, the share in each block and band of days: shape (blocks, day bands)."""
    share = np.zeros((time.blocks, len(time.edges)))
    for apart in range(min(time.edges[-1] + 1, len(first))):
        size = len(first) - apart
        pairs = (first[:size] * second[apart:]).astype(np.float64)
        if same:
            pairs = pairs if apart else first * (first - 1) / 2.0
        elif both_ways and apart:
            pairs = pairs + second[:size] * first[apart:]
        share[:, np.searchsorted(time.edges, apart)] += np.bincount(time.block[:size], pairs, time.blocks)
    total = first.sum() * (first.sum() - 1) / 2.0 if same else float(first.sum() * second.sum())
    return share / total


def exchanged_tables(
    pairs: Pairs, time: Time, bands: int, exchanges: int, seed: int, threads: int = 2
) -> NDArray[np.int64]:
    """Counts after each of ``exchanges`` random exchanges of days within strata: (exchanges, bands, day bands).

    The number of threads changes nothing but the time it takes: each round of LANES exchanges has a seed of its own.
    """
    members = np.argsort(time.strata, kind="stable")
    starts = np.searchsorted(time.strata[members], np.arange(int(time.strata.max()) + 2))
    edges = np.asarray(time.edges, dtype=np.uint16)
    rounds = -(-exchanges // LANES)
    within = np.zeros((rounds, bands, len(edges), LANES), dtype=np.int64)
    day = time.day.astype(np.uint16)
    groups = [
        (band, pairs.i[rows], pairs.j[rows], edges if mutual else np.zeros_like(edges))
        for band in range(bands)
        for mutual in (False, True)
        if len(rows := np.flatnonzero((pairs.band == band) & (pairs.mutual == mutual)))
    ]

    def one_round(number: int) -> None:
        days = np.empty((len(day), LANES), dtype=np.uint16)
        _exchange(day, members, starts, seed * 1_000_003 + number, days)
        for band, i, j, back in groups:
            _count(i, j, days, back, edges + back, within[number, band])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one_round, range(rounds)))
    tables = within.transpose(0, 3, 1, 2).reshape(rounds * LANES, bands, len(edges))[:exchanges]
    return np.diff(tables, axis=2, prepend=0)


def _exchange_days(
    day: NDArray[np.uint16],
    members: NDArray[np.int64],
    starts: NDArray[np.int64],
    seed: int,
    days: NDArray[np.uint16],
) -> None:
    """Fill ``days`` (events, LANES) with shuffles (Fisher and Yates) of ``day`` within each stratum."""
    np.random.seed(seed % 4_294_967_291)  # numba's own stream, not numpy's
    for lane in range(LANES):
        for stratum in range(len(starts) - 1):
            begin, end = starts[stratum], starts[stratum + 1]
            for k in range(begin, end):
                days[members[k], lane] = day[members[k]]
            for k in range(end - 1, begin, -1):
                other = begin + np.random.randint(0, k - begin + 1)
                held = days[members[k], lane]
                days[members[k], lane] = days[members[other], lane]
                days[members[other], lane] = held


def _count_within(
    i: NDArray[np.int32],
    j: NDArray[np.int32],
    days: NDArray[np.uint16],
    back: NDArray[np.uint16],
    span: NDArray[np.uint16],
    out: NDArray[np.int64],
) -> None:
    """Add to ``out`` (day edges, LANES) the pairs whose second day is from ``back`` before to ``span - back`` after.

    Unsigned differences wrap around, so that one comparison does for both ends.
    """
    counter = np.zeros((len(span), LANES), dtype=np.uint16)
    for base in range(0, len(i), _CHUNK):
        counter[:] = 0
        for k in range(base, min(len(i), base + _CHUNK)):
            one, other = days[i[k]], days[j[k]]
            for edge in range(len(span)):
                before, wide, count = back[edge], span[edge], counter[edge]
                for lane in range(LANES):
                    apart = np.uint16(other[lane] - one[lane] + before)
                    count[lane] = np.uint16(count[lane] + np.uint16(apart <= wide))
        for edge in range(len(span)):
            for lane in range(LANES):
                out[edge, lane] += counter[edge, lane]


_exchange = njit(cache=True, nogil=True)(_exchange_days)
_count = njit(cache=True, nogil=True)(_count_within)
