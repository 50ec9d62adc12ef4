"""Which pairs are worth comparing: those whose places and days are within reach. Never all pairs.

Placed drafts are kept by half-degree cell and day, apart for narrow and wide places (a governorate); drafts without
coordinates by the consonants of their names and by governorate, and day.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from seamwatch.merge.facts import WIDEST_KM, Facts
from seamwatch.merge.pairs import FURTHEST_KM, LARGEST_GAP_DAYS, possible

CELL_DEG, NARROW_KM, DEGREE_KM = 0.5, 15.0, 111.0
COLUMNS = round(360 / CELL_DEG)  # cells wrap around at the date line

Key = tuple[object, ...]


def candidates(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Positions ``(i, j)``, i < j, of all pairs that are `possible`, each once."""
    index: dict[Key, list[int]] = defaultdict(list)
    for j, right in enumerate(facts):
        if right.first is None or right.last is None:
            continue
        met: set[int] = set()
        days = range(right.first - LARGEST_GAP_DAYS, right.last + LARGEST_GAP_DAYS + 1)
        for place in _looks(right):
            for day in days:
                if found := index.get((*place, day)):
                    met.update(found)
        for i in sorted(met):
            if possible(facts[i], right):
                yield i, j
        for place in _lies(right):
            for day in range(right.first, right.last + 1):
                index[*place, day].append(j)


def _lies(fact: Facts) -> Iterator[Key]:
    """Where a draft is kept."""
    placed = fact.lat is not None and fact.lon is not None
    if fact.lat is not None and fact.lon is not None:
        yield fact.radius_km > NARROW_KM, math.floor(fact.lat / CELL_DEG), math.floor(fact.lon / CELL_DEG) % COLUMNS
    for name in fact.names:
        yield "name", placed, name
    if fact.governorate:
        yield "governorate", placed, fact.governorate


def _looks(fact: Facts) -> Iterator[Key]:
    """Where a draft looks for others: a placed one in the cells within reach, and by name among the unplaced."""
    if fact.lat is not None and fact.lon is not None:
        for wide, radius in ((False, NARROW_KM), (True, WIDEST_KM)):
            reach_deg = (fact.radius_km + radius + FURTHEST_KM) / DEGREE_KM
            poleward = math.radians(min(89.0, abs(fact.lat) + reach_deg))
            reach_lon = min(179.0, reach_deg / math.cos(poleward))
            for row in _cells(fact.lat, reach_deg):
                for column in {column % COLUMNS for column in _cells(fact.lon, reach_lon)}:
                    yield wide, row, column
    for placed in (False,) if fact.lat is not None else (False, True):
        for name in fact.names:
            yield "name", placed, name
        if fact.governorate:
            yield "governorate", placed, fact.governorate


def _cells(degrees: float, reach: float) -> range:
    return range(math.floor((degrees - reach) / CELL_DEG), math.floor((degrees + reach) / CELL_DEG) + 1)
