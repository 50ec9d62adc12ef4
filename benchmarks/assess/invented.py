"""Invented series and points of a known truth: steady ones of several kinds, and ones with a rise."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from seamwatch.assess.periods import Periods, periods

LAST = date(2017, 12, 31)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def weeks(n: int) -> Periods:
    """As many weeks, to the end of 2017."""
    return periods("week", LAST - timedelta(days=7 * n - 1), LAST)


def scattered(rng: np.random.Generator, mean: Floats, alpha: float) -> Ints:
    """Negative-binomial counts of those means; alpha 0 is Poisson."""
    rates = mean * rng.gamma(1 / alpha, alpha, mean.shape) if alpha > 0 else mean
    return rng.poisson(rates).astype(np.int64)


def steady(rng: np.random.Generator, kind: str, n: int, rate: float) -> Ints:
    """A series whose rate does not change, but as ``kind`` says."""
    t = np.arange(n)
    flat = np.full(n, rate)
    if kind == "Poisson":
        return scattered(rng, flat, 0.0)
    if kind == "scattered":
        return scattered(rng, flat, 0.5)
    if kind == "trend and season":
        slope, phase = rng.normal(0, 0.2), rng.uniform(0, 2 * np.pi)
        turning = 0.5 * np.sin(2 * np.pi * t / 52.18 + phase)
        return scattered(rng, flat * np.exp(slope * (t - n) / 52.18 + turning), 0.3)
    if kind == "waves":  # log rate: AR(1), a half-life of about three weeks
        log = np.zeros(n)
        noise = rng.normal(0, 0.4 * np.sqrt(1 - 0.8**2), n)
        log[0] = rng.normal(0, 0.4)
        for i in range(1, n):
            log[i] = 0.8 * log[i - 1] + noise[i]
        return scattered(rng, flat * np.exp(log - 0.08), 0.0)
    raise ValueError(kind)


def points(rng: np.random.Generator, n: int, n_weeks: int, kind: str) -> tuple[Floats, Floats, Ints]:
    """Latitude, longitude and week of n points on 200 × 200 km without a cluster in space and time together.

    "even"; "busy": half of them in eight towns, and the last quarter of the year three times as busy everywhere.
    """
    x, y = rng.uniform(0, 200, (2, n))
    when = rng.integers(0, n_weeks, n)
    if kind == "busy":
        towns = rng.uniform(20, 180, (8, 2))
        half = rng.random(n) < 0.5
        near = towns[rng.integers(0, 8, n)] + rng.normal(0, 2, (n, 2))
        x, y = np.where(half, near[:, 0], x), np.where(half, near[:, 1], y)
        weights = np.where(np.arange(n_weeks) >= 0.75 * n_weeks, 3.0, 1.0)
        when = rng.choice(n_weeks, n, p=weights / weights.sum())
    return *degrees(x, y), when.astype(np.int64)


def contagious(rng: np.random.Generator, n: int, n_weeks: int) -> tuple[Floats, Floats, Ints]:
    """Even points of which three in ten set off another within about 2 km and 10 days."""
    x, y = rng.uniform(0, 200, (2, n))
    day = rng.uniform(0, 7 * n_weeks, n)
    for i in range(int(0.7 * n), n):
        parent = int(rng.integers(0, i))
        x[i], y[i] = (x[parent] + rng.normal(0, 2), y[parent] + rng.normal(0, 2))
        day[i] = (day[parent] + rng.exponential(10)) % (7 * n_weeks)
    return *degrees(x, y), (day // 7).astype(np.int64)


def with_cluster(
    rng: np.random.Generator, n: int, n_weeks: int, times: float
) -> tuple[tuple[Floats, Floats, Ints], tuple[float, float]]:
    """Even points, and a circle of 25 km whose rate is ``times`` the usual in the last four weeks; its middle."""
    x, y = rng.uniform(0, 200, (2, n))
    when = rng.integers(0, n_weeks, n).astype(np.int64)
    middle = rng.uniform(40, 160, 2)
    usual = n * np.pi * 25**2 / 200**2 * 4 / n_weeks
    more = int(rng.poisson(usual * (times - 1)))
    angle, radius = rng.uniform(0, 2 * np.pi, more), 25 * np.sqrt(rng.random(more))
    x = np.append(x, middle[0] + radius * np.cos(angle))
    y = np.append(y, middle[1] + radius * np.sin(angle))
    when = np.append(when, rng.integers(n_weeks - 4, n_weeks, more))
    lat, lon = degrees(middle[:1], middle[1:])
    return (*degrees(x, y), when), (float(lat[0]), float(lon[0]))


def degrees(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Kilometres east and north of 35 N, 43 E as degrees."""
    lat = 35 + y / 111.19
    return lat, 43 + x / (111.19 * np.cos(np.radians(lat)))
