"""Which pairs are worth comparing: those whose places and days are within reach. Never all pairs.

Placed drafts are kept by cell and day, narrow places in half-degree cells and wide ones (a governorate) in cells of two
degrees; drafts without coordinates by the consonants of their names, by governorate and by toll, and day.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from seamwatch.merge.facts import WIDEST_KM, Facts
from seamwatch.merge.pairs import FURTHEST_KM, LARGEST_GAP_DAYS, possible

NARROW_KM, DEGREE_KM = 15.0, 111.0
GRIDS = ((0.5, NARROW_KM), (2.0, WIDEST_KM))  # degrees a cell, and the widest radius kept in it

Key = tuple[object, ...]


def candidates(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Positions ``(i, j)``, i < j, of all pairs that are `possible`, each once."""
    index: dict[Key, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for j, right in enumerate(facts):
        if right.first is None or right.last is None:
            continue
        met: set[int] = set()
        days = range(right.first - LARGEST_GAP_DAYS, right.last + LARGEST_GAP_DAYS + 1)
        for place in _looks(right):
            if kept := index.get(place):
                met.update(i for day in days if day in kept for i in kept[day])
        for i in sorted(met):
            if possible(facts[i], right):
                yield i, j
        for place in _lies(right):
            for day in range(right.first, right.last + 1):
                index[place][day].append(j)


def _lies(fact: Facts) -> Iterator[Key]:
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


def _looks(fact: Facts) -> Iterator[Key]:
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
