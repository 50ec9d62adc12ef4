"""Places of a whole coding: each draft's mention looked up with all that its report says of where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from seamwatch.model import Claim, Coding, Draft, PlaceMention, Report
from seamwatch.place.context import Named, context_at, names_in
from seamwatch.place.gazetteer import Gazetteer
from seamwatch.place.resolve import resolve
from seamwatch.place.words import PlaceWords, ends_with, folded_words, starts_with

_BESIDE = 60  # characters on each side of a name that are read for its kind
# Only these words beside a bare name change what it means; "Hawija town" and "the village of Bashir" are themselves.
_APPOSED = re.compile(r",? (?:an?|the) ", re.IGNORECASE)
_TELLING = frozenset({"governorate", "district", "subdistrict", "city", "town", "village"})


def place_coding(coding: Coding, report: Report, gazetteer: Gazetteer) -> Coding:
    """The coding with ``location`` filled in every draft that names a place. Unknown names keep their status."""
    if not any(d.place for d in coding.drafts):
        return coding
    named = names_in(report, gazetteer)
    return replace(coding, drafts=tuple(_placed(d, report, gazetteer, named) for d in coding.drafts))


def unknown_names(codings: Iterable[Coding]) -> Counter[str]:
    """Names that were not found, or not told apart, and how many drafts wait for each."""
    places = (d.location for c in codings for d in c.drafts if d.location)
    return Counter(p.name for p in places if p.status != "resolved")


def _placed(draft: Draft, report: Report, gazetteer: Gazetteer, named: tuple[Named, ...]) -> Draft:
    if draft.place is None:
        return draft
    mention = draft.place.value
    if mention.kind is None and mention.relation == "at":
        mention = replace(mention, kind=kind_beside(draft.place, report, gazetteer))
    context = context_at(named, report, gazetteer, draft.place.spans)
    return replace(draft, location=resolve(mention, gazetteer, context=context))


def kind_beside(claim: Claim[PlaceMention], report: Report, gazetteer: Gazetteer) -> str | None:
    """The kind that a word right beside the name gives it ("Kirkuk province", "Kolajo, a sub-district", "قضاء مخمور").

    The words at the claim's own spans come first; where they say nothing, what the report says elsewhere of that name.
    """
    name = claim.value.name
    for span in claim.spans:
        text = report.title if span.part == "title" else report.text
        start = text.find(name, span.start, span.end)
        if start >= 0 and (kind := _kind_at(text, start, start + len(name), gazetteer.words)):
            return kind
    for text in (report.title, report.text):
        start = text.find(name)
        while start >= 0:
            if kind := _kind_at(text, start, start + len(name), gazetteer.words):
                return kind
            start = text.find(name, start + len(name))
    return None


def _kind_at(text: str, start: int, end: int, words: PlaceWords) -> str | None:
    before = tuple(w for w in folded_words(_clause(text[max(0, start - _BESIDE) : start], last=True)) if w != "the")
    if before and (before[-1],) in words.of:
        before = before[:-1]
    found = ends_with(before, words.kinds)
    if found is None and text[start:end].isascii():  # English alone puts the word after the name as well
        after = text[end : end + _BESIDE]
        if (apposed := _APPOSED.match(after)) is not None:
            after = after[apposed.end() :]
        found = starts_with(folded_words(_clause(after, last=False)), words.kinds)
    return found[1] if found and found[1] in _TELLING else None


def _clause(text: str, *, last: bool) -> str:
    """The part of a text beside the name that no comma or full stop cuts off."""
    for mark in ",.;:\n،؛()":
        text = text.rsplit(mark, 1)[-1] if last else text.split(mark, 1)[0]
    return text
