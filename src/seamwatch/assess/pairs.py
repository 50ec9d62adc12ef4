"""Pairs of events that are close in space, and strata of time within which days may change places."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from seamwatch.errors import ModelError
from seamwatch.geo import EARTH_RADIUS_KM

Window = Literal["none", "year", "half-year", "quarter", "month"]
WINDOWS: tuple[Window, ...] = get_args(Window)
_MONTHS = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
MOST_PAIRS = 60_000_000  # nine bytes each


def on_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points in km in three dimensions, shape (n, 3): straight distances are chords, shorter than the arc by d³/24R².

    At 10 km that is a millimetre; at 100 km a metre.
    """
    phi, lam = np.radians(lat), np.radians(lon)
    across = np.cos(phi)
    return EARTH_RADIUS_KM * np.column_stack((across * np.cos(lam), across * np.sin(lam), np.sin(phi)))


def windows_of(days: NDArray[np.datetime64], window: Window) -> NDArray[np.int64]:
    """The number of the calendar window of each day, shape (n,); windows without events are not counted."""
    if window not in WINDOWS:
        raise ModelError(f"got {window!r}", where="window", rule=f"one of {', '.join(WINDOWS)}")
    if window == "none":
        return np.zeros(len(days), dtype=np.int64)
    months = days.astype("datetime64[M]").astype(np.int64)
    numbers: NDArray[np.int64] = np.unique(months // _MONTHS[window], return_inverse=True)[1]
    return numbers


def close_pairs(
    points: NDArray[np.float64], day: NDArray[np.int64], window: NDArray[np.int64], within_km: float, within_days: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Indices of pairs at most ``within_km`` apart, each once, and their distances in km.

    ``points`` has shape (n, 3), km; ``day`` whole days; events whose windows lie more than ``within_days`` apart are
    left out, since no exchange of days within windows can bring them together. Raises ModelError above MOST_PAIRS.
    """
    rows = [np.flatnonzero(window == number) for number in range(int(window.max(initial=-1)) + 1)]
    trees = [cKDTree(points[members]) for members in rows]
    near = [
        (a, b)
        for a in range(len(rows))
        for b in range(a, len(rows))
        if a == b or day[rows[b]].min() - day[rows[a]].max() <= within_days
    ]
    total = sum(int(trees[a].count_neighbors(trees[b], within_km)) // (2 if a == b else 1) for a, b in near)
    if total > MOST_PAIRS:
        raise ModelError(
            f"{total:,} pairs of events within {within_km:g} km", where="near repeat",
            rule=f"at most {MOST_PAIRS:,}", remedy="take a smaller area, fewer years, one type, or shorter distances",
        )  # fmt: skip
    first, second = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for a, b in near:
        if a == b:
            found = trees[a].query_pairs(within_km, output_type="ndarray")
            first.append(rows[a][found[:, 0]].astype(np.int32))
            second.append(rows[a][found[:, 1]].astype(np.int32))
        else:
            across = trees[a].sparse_distance_matrix(trees[b], within_km, output_type="ndarray")
            first.append(rows[a][across["i"]].astype(np.int32))
            second.append(rows[b][across["j"]].astype(np.int32))
    i, j = np.concatenate(first), np.concatenate(second)
    return i, j, np.sqrt(((points[i] - points[j]) ** 2).sum(axis=1))
