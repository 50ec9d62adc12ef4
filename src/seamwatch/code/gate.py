"""The gate of the fast mode: which sentences of a text may tell of an incident at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from seamwatch.code.hits import Hit

_TELLING = ("act", "harm")  # without a word of these tables no rule opens an incident
NEIGHBOURS = 1  # sentences before and after that may hold its place, its day or its toll


def telling(starts: Sequence[int], hits: Iterable[Hit]) -> list[bool]:
    """For each sentence, by its start in folded text in order: whether it or a neighbour names an act or a harm."""
    kept = [False] * len(starts)
    for hit in hits:
        if hit.kind in _TELLING:
            at = bisect_right(starts, hit.start) - 1
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
