"""Invented tables of events and series with a known truth."""

from datetime import date, timedelta

import numpy as np

from seamwatch.assess.areas import AreaSeries
from seamwatch.assess.periods import periods
from seamwatch.events import Events, sorted_events

LAST = date(2017, 12, 31)


def events(rows: list[tuple[str, float, float, int, str, str, str]], days: int = 0) -> Events:
    """Rows of (day, lat, lon, where_prec, adm1, adm2, target)."""
    start = [str(date.fromisoformat(row[0]) - timedelta(days=days)) for row in rows]
    names = ("end", "lat", "lon", "where_prec", "adm1", "adm2", "target")
    columns: dict[str, list[object]] = {n: list(c) for n, c in zip(names, zip(*rows, strict=True), strict=True)}
    return sorted_events({"ids": [f"e{i:05}" for i in range(len(rows))], "start": start, **columns})


def table(counts: np.ndarray, unit: str = "week") -> AreaSeries:
    """A series of areas one degree apart, of counts (areas, periods)."""
    n, t = counts.shape
    span = periods(unit, LAST - timedelta(days=7 * t - 1), LAST)
    counts = counts.astype(np.int64)
    names, lat = tuple(f"area {i}" for i in range(n)), 30.0 + np.arange(n)
    elsewhere = counts.sum(axis=0) - counts
    return AreaSeries("district", "", names, lat, np.full(n, 44.0), span, counts, elsewhere, 0, 0, "invented")


def negative_binomial(rng: np.random.Generator, mean: np.ndarray, alpha: float) -> np.ndarray:
    return rng.poisson(mean * rng.gamma(1 / alpha, alpha, np.shape(mean)) if alpha > 0 else mean)
