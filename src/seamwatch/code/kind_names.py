"""Names that no list knows, in a script without capitals: what follows a word for a kind of place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from seamwatch.code.hits import LATIN
from seamwatch.code.reading import Document, Sentence

KINDS = ("village", "valley", "mountain", "subdistrict")
MAX_WORDS = 4
_QUOTED = re.compile(r"\s{0,2}[\"(]\s?([^\"()\n]{2,40})[\")]")
_WORD = re.compile(r"\s([^\W\d_]{2,20})(?![\w\"])")


@dataclass(frozen=True, slots=True)
class KindName:
    """A name at ``start:end`` of the folded text, beside a word for its ``kind``."""

    start: int
    end: int
    kind: str


def names_by_kind(document: Document, sentence: Sentence, taken: Collection[tuple[int, int]]) -> Iterator[KindName]:
    """What follows each word for a kind of place, where nothing known stands there.

    A quoted name counts whole; else one word, and the next ones after words that begin a longer name ("Abu", "Tell").
    """
    hits = sentence.of("places", *KINDS)
    if not hits:
        return
    text = sentence.reading.folded.text
    form = document.finder.lexicon.form
    busy = [*taken, *((h.start, h.end) for h in sentence.hits if h.kind not in ("means", "things"))]
    small = form["stop"] | form["definite"]
    for hit in hits:
        if hit.start > 0 and text[hit.start - 1].isalnum() and _definite(text, hit.start, form["definite_prefix"]):
            continue  # "the village"
        if quoted := _QUOTED.match(text, hit.end, sentence.end):
            if len(quoted[1].split()) <= MAX_WORDS and not _overlaps(quoted.span(1), taken):
                yield KindName(*quoted.span(1), hit.value)
            continue
        span = _words(text, hit.end, sentence.end, small, form["compound"], busy)
        if span and not _overlaps(span, busy) and not LATIN.search(text, *span):
            yield KindName(*span, hit.value)


def _words(
    text: str,
    at: int,
    end: int,
    small: Collection[str],
    compound: Collection[str],
    busy: Sequence[tuple[int, int]],
) -> tuple[int, int] | None:
    """The words of a name; a word that may begin a longer name ends it where known words or none follow."""
    first = _WORD.match(text, at, end)
    if first is None or first[1] in small:
        return None
    last = first
    for _ in range(MAX_WORDS - 1):
        if (
            last[1] not in compound
            or (following := _WORD.match(text, last.end(), end)) is None
            or following[1] in small
            or (last is not first and _overlaps(following.span(1), busy))
        ):
            break
        last = following
    return None if last is first and last[1] in compound else (first.start(1), last.end(1))


def _definite(text: str, at: int, prefixes: Collection[str]) -> bool:
    return any(text.startswith(p, at - len(p)) for p in prefixes)


def _overlaps(span: tuple[int, int], spans: Sequence[tuple[int, int]] | Collection[tuple[int, int]]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)
