"""Invented tables of events: without any contagion, with hot spots that move, and with attacks that follow attacks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seamwatch.events import Events, sorted_events

KM = 1 / 111.195  # degrees near the equator
FIRST_DAY = np.datetime64("2015-01-01")


def events_of(
    day: NDArray[np.generic], x_km: NDArray[np.float64], y_km: NDArray[np.float64], kind: str = "ied"
) -> Events:
    """A table of exact points on a plane near the equator."""
    when = FIRST_DAY + np.asarray(day).astype("timedelta64[D]")
    return sorted_events(
        {
            "ids": [f"{k:06}" for k in range(len(when))], "start": when, "end": when,
            "lat": y_km * KM, "lon": x_km * KM, "where_prec": [1] * len(when), "type": [kind] * len(when),
        }
    )  # fmt: skip


def hot_spots(rng: np.random.Generator, n: int, days: int, size_km: float, spots: int = 8) -> Events:
    """Half of the events in ``spots`` fixed hot spots of 1 km, busier in some months; no event brings about another."""
    day = np.minimum(rng.beta(2, 3, n) * days, days - 1).astype(int)
    x, y = rng.uniform(0, size_km, n), rng.uniform(0, size_km, n)
    middle = rng.uniform(0, size_km, (spots, 2))
    which, hot = rng.integers(0, spots, n), rng.random(n) < 0.5
    return events_of(
        day,
        np.where(hot, middle[which, 0] + rng.normal(0, 1, n), x),
        np.where(hot, middle[which, 1] + rng.normal(0, 1, n), y),
    )


def moving_spots(rng: np.random.Generator, n: int, days: int, size_km: float) -> Events:
    """Eight hot spots of 1 km, each active for 400 days and then elsewhere, from different days on."""
    day = rng.integers(0, days, n)
    spot = rng.integers(0, 8, n)
    stay = (day + 50 * spot) // 400
    places = rng.uniform(0, size_km, (8, int(days // 400) + 2, 2))
    middle = places[spot, stay]
    return events_of(day, middle[:, 0] + rng.normal(0, 1, n), middle[:, 1] + rng.normal(0, 1, n))


def followed(rng: np.random.Generator, n: int, days: int, size_km: float, share: float) -> Events:
    """Events of `hot_spots`, a share of which is followed by one more, some 0.7 km and 5 days (exponential) away."""
    base = hot_spots(rng, n, days, size_km)
    day, x, y = (base.start - FIRST_DAY).astype(int), base.lon / KM, base.lat / KM
    more = np.flatnonzero(rng.random(n) < share)
    k = len(more)
    return events_of(
        np.concatenate((day, day[more] + 1 + rng.exponential(5, k).astype(int))),
        np.concatenate((x, x[more] + rng.normal(0, 0.5, k))),
        np.concatenate((y, y[more] + rng.normal(0, 0.5, k))),
    )
