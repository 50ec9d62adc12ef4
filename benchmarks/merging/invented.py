"""Invented drafts in any number: incidents spread over places and years, each told by one to six reports with noise."""

from __future__ import annotations

import random
from datetime import date, timedelta

from seamwatch.merge import Item
from seamwatch.model import Count, DateSpan, Figure, Place, Record

FIRST, YEARS, PLACES = date(2015, 1, 1), 8, 300
TYPES = ("armed_clash", "explosion", "attack_on_civilians", "indirect_fire", "security_operation", "arrest")
TARGETS = ("iraqi_army", "peshmerga", "civilians", "police", "pmf", "infrastructure")


def drafts(count: int, seed: int = 7) -> tuple[list[Item], list[set[str]]]:
    """About ``count`` drafts over eight years and 300 places of 300 x 300 km, and their clusters."""
    rng = random.Random(seed)  # noqa: S311
    places = [(f"place {n}", rng.uniform(33.8, 36.6), rng.uniform(42.5, 45.8)) for n in range(PLACES)]
    items: list[Item] = []
    clusters: list[set[str]] = []
    while len(items) < count:
        kind, target = rng.choice(TYPES), rng.choice(TARGETS)
        name, lat, lon = rng.choice(places)
        day = FIRST + timedelta(days=rng.randrange(365 * YEARS))
        killed = rng.choice((0, 0, 1, 1, 2, 3, 5, 8))
        told = [f"r{len(items) + n}" for n in range(rng.choice((1, 1, 1, 2, 2, 3, 6)))]
        for report in told:
            night = rng.random() < 0.3
            when = DateSpan(day - timedelta(days=night), day, "night" if night else "day")
            where = Place(name, "resolved", lat + rng.gauss(0, 0.02), lon + rng.gauss(0, 0.02), 5.0, "exact")
            toll = (Count("forces", "killed", Figure.exactly(max(0, killed + rng.choice((0, 0, 0, 1, -1))))),)
            record = Record(kind, when, where, ("isis",) if rng.random() < 0.7 else (), (target,), toll)
            items.append(Item(f"{report}#0", record, report, f"source {rng.randrange(40)}", day + timedelta(days=1)))
        clusters.append({f"{report}#0" for report in told})
    return items, clusters
