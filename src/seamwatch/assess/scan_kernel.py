"""The inner loops of the scan statistic: every cylinder over every centre, in the data and in each simulated run.

Cases stand in rows by location: ``offsets[run, l]:offsets[run, l + 1]`` are those of location l in ``times`` (periods).
Only circles whose last location brings a case into the window are looked at: any other one has the same cases and more
expected, so it cannot be the maximum. That, and a bound without logarithm, make 999 runs a matter of seconds.
"""

from __future__ import annotations

import math

import numba
import numpy as np
from numpy.typing import NDArray

FEWEST_CASES = 2  # a cluster of one case is none


@numba.njit(cache=True)
def log_likelihood_ratio(observed: float, expected: float, total: float) -> float:
    """Kulldorff's (1997), conditional on the total: 0 where no more are observed than expected."""
    if observed <= expected:
        return 0.0
    inside = observed * math.log(observed / expected)
    if observed >= total:
        return inside
    return inside + (total - observed) * math.log((total - observed) / (total - expected))


@numba.njit(cache=True)
def _worth(observed: int, expected: float, total: float, best: float) -> bool:
    """Whether the ratio may exceed ``best``: ln x <= x - 1 gives a bound of it without logarithm."""
    more = observed - expected
    if more <= 0.0:
        return False
    return observed >= total or more * more * total > best * expected * (total - expected)


@numba.njit(cache=True)
def _fill(slab, centre, order, limit, by_place, n_periods):  # type: ignore[no-untyped-def]
    """Expected cases of each circle of a centre up to each period: differences give those of a window."""
    for rank in range(limit[centre]):
        place = order[centre, rank]
        running = 0.0
        for t in range(n_periods):
            running += by_place[place, t]
            slab[rank, t + 1] = running + (slab[rank - 1, t + 1] if rank else 0.0)


@numba.njit(cache=True)
def maxima(order, limit, offsets, times, expected, total, longest, prospective):  # type: ignore[no-untyped-def]
    """The largest ratio of each run: shape (runs,).

    ``order`` (places, places): neighbours of each centre, nearest first; ``limit`` (places,): how many of them the
    largest circle holds; ``offsets`` (runs, places + 1) and ``times``: cases; ``expected`` (places, periods) sums to
    ``total``; windows are at most ``longest`` periods, and end with the last one if ``prospective``.
    """
    n_places, n_periods = expected.shape
    n_runs = offsets.shape[0]
    best = np.zeros(n_runs)
    slab = np.zeros((limit.max(), n_periods + 1))
    cases = np.zeros(n_periods, np.int64)
    for centre in range(n_places):
        _fill(slab, centre, order, limit, expected, n_periods)
        for run in range(n_runs):
            cases[:] = 0
            top = best[run]
            for rank in range(limit[centre]):
                place = order[centre, rank]
                low, high = offsets[run, place], offsets[run, place + 1]
                if low == high:
                    continue
                first, last = n_periods, -1
                for k in range(low, high):
                    t = times[k]
                    cases[t] += 1
                    first, last = min(first, t), max(last, t)
                end_from = n_periods - 1 if prospective else first
                for end in range(end_from, min(n_periods, last + longest) if not prospective else n_periods):
                    observed = 0
                    for start in range(end, max(-1, end - longest), -1):
                        observed += cases[start]
                        if start > last or observed < FEWEST_CASES:
                            continue
                        within = slab[rank, end + 1] - slab[rank, start]
                        if _worth(observed, within, total, top):
                            top = max(top, log_likelihood_ratio(observed, within, total))
            best[run] = top
    return best


@numba.njit(cache=True)
def best_by_centre(order, limit, offsets, times, expected, total, longest, prospective):  # type: ignore[no-untyped-def]
    """The best cylinder of each centre and last period, of one run: ratio, rank of its rim, first period and cases."""
    n_places, n_periods = expected.shape
    ratio = np.zeros((n_places, n_periods))
    rim = np.full((n_places, n_periods), -1, np.int64)
    first_of = np.zeros((n_places, n_periods), np.int64)
    counted = np.zeros((n_places, n_periods), np.int64)
    slab = np.zeros((limit.max(), n_periods + 1))
    cases = np.zeros(n_periods, np.int64)
    for centre in range(n_places):
        _fill(slab, centre, order, limit, expected, n_periods)
        cases[:] = 0
        for rank in range(limit[centre]):
            place = order[centre, rank]
            low, high = offsets[place], offsets[place + 1]
            if low == high:
                continue
            for k in range(low, high):
                cases[times[k]] += 1
            for end in range(n_periods - 1 if prospective else 0, n_periods):
                observed = 0
                for start in range(end, max(-1, end - longest), -1):
                    observed += cases[start]
                    if observed < FEWEST_CASES:
                        continue
                    within = slab[rank, end + 1] - slab[rank, start]
                    if _worth(observed, within, total, ratio[centre, end]):
                        found = log_likelihood_ratio(observed, within, total)
                        if found > ratio[centre, end]:
                            ratio[centre, end], rim[centre, end] = found, rank
                            first_of[centre, end], counted[centre, end] = start, observed
    return ratio, rim, first_of, counted


Cases = tuple[NDArray[np.int64], NDArray[np.int16]]  # offsets (runs, places + 1) into times, and times
