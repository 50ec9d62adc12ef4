"""From a table of events to what contagion is fitted on: days, kilometres on a plane, kinds; and what is left out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.errors import ModelError
from seamwatch.events import NEAR, Events
from seamwatch.forecast.contagion.pairs import Floats
from seamwatch.geo import EARTH_RADIUS_KM

FEWEST = 100  # events without which nothing is fitted
FEWEST_OF_KIND = 500  # events of a type without which it has no kernel of its own
MOST_KINDS = 4
LEAST_KM = 0.1  # places are not known better than this, however many decimals are written
OTHER = "other types"


@dataclass(frozen=True, slots=True)
class Plane:
    """Lambert's azimuthal equal-area map of a sphere (Snyder 1987, chapter 24) about a middle in degrees.

    Areas on it are areas on the ground; distances within 600 km of the middle are right to 0.2 %.
    """

    lat: float
    lon: float

    def to_km(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Km east and north of the middle."""
        p, east, p0 = np.radians(lat), np.radians(np.asarray(lon) - self.lon), math.radians(self.lat)
        cosine = math.sin(p0) * np.sin(p) + math.cos(p0) * np.cos(p) * np.cos(east)
        scale = EARTH_RADIUS_KM * np.sqrt(2 / np.maximum(1 + cosine, 1e-9))
        x, y = np.cos(p) * np.sin(east), math.cos(p0) * np.sin(p) - math.sin(p0) * np.cos(p) * np.cos(east)
        return scale * x, scale * y

    def to_degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Latitude and longitude of points in km."""
        rho = np.maximum(np.hypot(x, y), 1e-12)
        c, p0 = 2 * np.arcsin(np.minimum(rho / (2 * EARTH_RADIUS_KM), 1.0)), math.radians(self.lat)
        lat = np.arcsin(np.clip(np.cos(c) * math.sin(p0) + y * np.sin(c) * math.cos(p0) / rho, -1, 1))
        lon = np.arctan2(x * np.sin(c), rho * math.cos(p0) * np.cos(c) - y * math.sin(p0) * np.sin(c))
        return np.degrees(lat), self.lon + np.degrees(lon)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Events in order of day: whole days since ``first_day``, km on ``plane``, kind; columns of shape (n,).

    ``row`` is each one's row in the table; ``coarse`` and ``long`` count what was left out, for a place no better than
    a district or for lasting more than a day; ``least_km`` is how well places are known.
    """

    t: Floats
    x: Floats
    y: Floats
    kind: NDArray[np.int64]
    kinds: tuple[str, ...]
    row: NDArray[np.intp]
    plane: Plane
    first_day: np.datetime64
    coarse: int
    long: int
    least_km: float

    def __len__(self) -> int:
        return len(self.t)

    @property
    def same_place(self) -> float:
        """Share of events at the very coordinates of an earlier one."""
        return 1 - len(np.unique(np.column_stack([self.x, self.y]), axis=0)) / max(1, len(self))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, east, south, north in km of all events with a margin."""
        margin = 10.0
        return (
            float(self.x.min()) - margin, float(self.x.max()) + margin,
            float(self.y.min()) - margin, float(self.y.max()) + margin,
        )  # fmt: skip

    def day(self, number: float) -> np.datetime64:
        """The calendar day of a number of days."""
        return self.first_day + np.timedelta64(int(number), "D")


def catalogue(events: Events, *, by_type: bool = True) -> Catalogue:
    """What of a table can carry contagion: exact or near places (`where_prec` 1 and 2) and a day of its own.

    Types with FEWEST_OF_KIND events are kinds (at most MOST_KINDS, the most frequent), the rest one more. Raises
    ModelError where fewer than FEWEST events are left.
    """
    placed = events.placed(NEAR)
    brief = (events.end - events.start) <= np.timedelta64(1, "D")
    rows = np.flatnonzero(placed & brief)
    coarse, long = int((~placed).sum()), int((placed & ~brief).sum())
    if len(rows) < FEWEST:
        raise ModelError(
            f"{len(rows)} events with a day and a place of their own ({coarse} coarsely placed, {long} of many days)",
            where="contagion",
            rule=f"at least {FEWEST}",
            remedy="give a longer or fuller table; contagion cannot be told from so few",
        )
    kept = events.where(rows)
    plane = Plane(float(np.median(kept.lat)), float(np.median(kept.lon)))
    x, y = plane.to_km(kept.lat, kept.lon)
    first_day = kept.end.min().astype("datetime64[D]")
    kind, kinds = _kinds(kept.type) if by_type else (np.zeros(len(rows), np.int64), ("",))
    t = (kept.end - first_day).astype(np.int64).astype(float)
    return Catalogue(t, x, y, kind, kinds, rows, plane, first_day, coarse, long, _least_km(kept))


def _kinds(types: NDArray[np.str_]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Kind of each event: the frequent types in order of the alphabet, then the rest as one."""
    names, counts = np.unique(types, return_counts=True)
    often = sorted(np.argsort(-counts, kind="stable")[:MOST_KINDS])
    frequent = [str(names[i]) for i in often if counts[i] >= FEWEST_OF_KIND]
    if len(frequent) == len(names):
        return np.searchsorted(names, types).astype(np.int64), tuple(frequent)
    kinds = (*frequent, OTHER if frequent else "")
    number = {name: i for i, name in enumerate(frequent)}
    return np.array([number.get(str(name), len(frequent)) for name in types], np.int64), kinds


def _least_km(events: Events) -> float:
    """Standard deviation of the rounding of coordinates, by the decimals that nearly all of them need."""
    values = np.concatenate([events.lat, events.lon])
    for decimals in range(6):
        if np.mean(np.abs(values - np.round(values, decimals)) < 1e-7) > 0.95:
            return float(max(LEAST_KM, 111.2 * 10.0**-decimals / math.sqrt(12)))
    return LEAST_KM
