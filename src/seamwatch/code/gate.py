"""The gate of the fast mode: which sentences of a text may tell of an incident at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from seamwatch.code.hits import Hit

NEIGHBOURS = 1  # sentences before and after that may hold its place, its day or its toll
LEAD = 2  # sentences at the head, which may leave the place to a dateline or the title


def telling(starts: Sequence[int], hits: Iterable[Hit]) -> list[bool]:
    """For each sentence, by its start in folded text in order: whether it or a neighbour may tell of an incident.

    A harm tells; an act tells at the head of the text, or with a place in its sentence.
    """
    acts: set[int] = set()
    places: set[int] = set()
    tells: set[int] = set()
    tables = {"act": acts, "place": places, "harm": tells}
    for hit in hits:
        if (table := tables.get(hit.kind)) is not None:
            table.add(bisect_right(starts, hit.start) - 1)
    tells |= {at for at in acts if at < LEAD or at in places}
    kept = [False] * len(starts)
    for at in tells:
        low, high = max(at - NEIGHBOURS, 0), at + NEIGHBOURS + 1
        kept[low:high] = [True] * len(kept[low:high])
    return kept


def blanked(text: str, bounds: Sequence[tuple[int, int]], kept: Sequence[bool]) -> str:
    """A text of the same length in which all but the kept sentences is blank."""
    pieces: list[str] = []
    at = 0
    for (start, end), keep in zip(bounds, kept, strict=True):
        if keep:
            pieces += (" " * (start - at), text[start:end])
            at = end
    return "".join(pieces) + " " * (len(text) - at)
