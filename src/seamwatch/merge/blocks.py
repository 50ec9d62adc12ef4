"""Which pairs are worth comparing: those whose places and days are within reach. Never all pairs.

Placed drafts are kept by cell and day, narrow places in half-degree cells and wide ones (a governorate) in cells of two
degrees; drafts without coordinates by the consonants of their names, by governorate and by toll, and day.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from seamwatch.merge.facts import WIDEST_KM, Facts
from seamwatch.merge.pairs import FURTHEST_KM, LARGEST_GAP_DAYS, possible

NARROW_KM, DEGREE_KM = 15.0, 111.0
GRIDS = ((0.5, NARROW_KM), (2.0, WIDEST_KM))  # degrees a cell, and the widest radius kept in it

Key = tuple[object, ...]


class Index:
    """Drafts, by any name, where they may be found: by cell or name, and day."""

    def __init__(self) -> None:
        self._kept: dict[Key, dict[int, set[Hashable]]] = {}

    def near(self, fact: Facts) -> set[Any]:
        """The names of the kept drafts among which are all that are `possible` with this one."""
        met: set[Any] = set()
        if (days := days_near(fact)) is None:
            return met
        for place in looks(fact):
            if kept := self._kept.get(place):
                met.update(*(kept[day] for day in range(days[0], days[1] + 1) if day in kept))
        return met

    def put(self, name: Hashable, fact: Facts) -> None:
        """Keep a draft."""
        for place, day in _spots(fact):
            self._kept.setdefault(place, {}).setdefault(day, set()).add(name)

    def drop(self, name: Hashable, fact: Facts) -> None:
        """Keep it no longer; ``fact`` as it was put."""
        for place, day in _spots(fact):
            kept = self._kept[place]
            kept[day].discard(name)
            if not kept[day]:
                del kept[day]
            if not kept:
                del self._kept[place]


def candidates(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Positions ``(i, j)``, i < j, of all pairs that are `possible`, each once."""
    index = Index()
    for j, right in enumerate(facts):
        for i in sorted(index.near(right)):
            if possible(facts[i], right):
                yield i, j
        index.put(j, right)


def days_near(fact: Facts) -> tuple[int, int] | None:
    """The first and last day on which another draft may be of the same incident."""
    if fact.first is None or fact.last is None:
        return None
    return fact.first - LARGEST_GAP_DAYS, fact.last + LARGEST_GAP_DAYS


def _spots(fact: Facts) -> set[tuple[Key, int]]:
    if fact.first is None or fact.last is None:
        return set()
    return {(place, day) for place in lies(fact) for day in range(fact.first, fact.last + 1)}


def lies(fact: Facts) -> Iterator[Key]:
    """Where a draft is kept."""
    placed = fact.lat is not None and fact.lon is not None
    if fact.lat is not None and fact.lon is not None:
        cell_deg = GRIDS[fact.radius_km > NARROW_KM][0]
        yield cell_deg, math.floor(fact.lat / cell_deg), math.floor(fact.lon / cell_deg) % _around(cell_deg)
    for name in fact.names:
        yield "name", placed, name
    if fact.governorate:
        yield "governorate", placed, fact.governorate
    for cell in fact.harm:
        yield "harm", placed, cell


def looks(fact: Facts) -> Iterator[Key]:
    """Where a draft looks for others: a placed one in the cells within reach, and by name among the unplaced."""
    if fact.lat is not None and fact.lon is not None:
        for cell_deg, widest_km in GRIDS:
            reach_deg = (fact.radius_km + widest_km + FURTHEST_KM) / DEGREE_KM
            poleward = math.radians(min(89.0, abs(fact.lat) + reach_deg))
            columns = {
                c % _around(cell_deg) for c in _cells(fact.lon, min(179.0, reach_deg / math.cos(poleward)), cell_deg)
            }
            for row in _cells(fact.lat, reach_deg, cell_deg):
                for column in columns:
                    yield cell_deg, row, column
    for placed in (False,) if fact.lat is not None else (False, True):
        for name in fact.names:
            yield "name", placed, name
        if fact.governorate:
            yield "governorate", placed, fact.governorate
        for cell in fact.harm:
            yield "harm", placed, cell


def _cells(degrees: float, reach: float, cell_deg: float) -> range:
    return range(math.floor((degrees - reach) / cell_deg), math.floor((degrees + reach) / cell_deg) + 1)


def _around(cell_deg: float) -> int:
    """Cells around the globe: columns go on past the date line."""
    return round(360 / cell_deg)
