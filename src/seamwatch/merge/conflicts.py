"""Where independent sources cannot all be right."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from seamwatch.merge.facts import sides
from seamwatch.merge.prefer import cell, refined, within_reach
from seamwatch.merge.voices import Said, Voice, standing
from seamwatch.model import Contradiction, DateSpan, Figure, SourcedClaim
from seamwatch.packs import Codes

T = TypeVar("T")


def contradictions(voices: Sequence[Voice], claims: Sequence[SourcedClaim], codes: Codes) -> tuple[Contradiction, ...]:
    """The fields on which two independent sources' newest values exclude each other, with every claim on them.

    Dates without a common day, places further apart than their radii (only where both have coordinates), initiators
    of different sides, tolls that no one number satisfies.
    """
    return tuple(
        Contradiction(field, tuple(c for c in claims if c.field == field)) for field in _disputed(voices, codes)
    )


def _disputed(voices: Sequence[Voice], codes: Codes) -> Iterator[str]:
    if _any_pair(standing(voices, lambda r: r.date), DateSpan.overlaps):
        yield "date"
    placed = standing(voices, lambda r: r.location if r.location and r.location.lat is not None else None)
    if _any_pair(placed, within_reach):
        yield "place"
    blamed = [sides(given, codes) for given in refined(standing(voices, lambda r: r.initiator), codes) if given]
    if any(not a & b for a, b in itertools.combinations(blamed, 2)):
        yield "initiator"
    for group, outcome in sorted({(c.group, c.outcome) for v in voices for i in v for c in i.record.toll}):
        said = standing(voices, functools.partial(cell, group=group, outcome=outcome))
        if _any_pair(said, Figure.overlaps):
            yield f"toll.{group}.{outcome}"


def _any_pair(said: Sequence[Said[T]], agree: Callable[[T, T], bool]) -> bool:
    return any(not agree(a.value, b.value) for a, b in itertools.combinations(said, 2))
