"""Places of a whole coding: each draft's mention looked up with all that its report says of where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from seamwatch.model import Claim, Coding, Draft, PlaceMention, Report
from seamwatch.place.context import Named, context_at, names_in
from seamwatch.place.gazetteer import Gazetteer
from seamwatch.place.resolve import resolve
from seamwatch.place.words import ends_with, folded_words, starts_with

_BESIDE = 60  # characters on each side of a name that are read for its kind
# Only these words beside a bare name change what it means; "Hawija town" and "the village of Bashir" are themselves.
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
    """The kind that a word right before or after the name gives it in the report ("Kirkuk province", "قضاء مخمور")."""
    kinds = gazetteer.words.kinds
    for span in claim.spans:
        text = report.title if span.part == "title" else report.text
        start = text.find(claim.value.name, span.start)
        if not span.start <= start < span.end:
            continue
        end = start + len(claim.value.name)
        before = _clause(text[max(0, start - _BESIDE) : start], last=True)
        after = _clause(text[end : end + _BESIDE], last=False) if claim.value.name.isascii() else ""
        if (hit := starts_with(folded_words(after), kinds)) and hit[1] in _TELLING:
            return hit[1]
        words = tuple(w for w in folded_words(before) if w != "the")
        if words and (words[-1],) in gazetteer.words.of:
            words = words[:-1]
        if (hit := ends_with(words, kinds)) and hit[1] in _TELLING:
            return hit[1]
    return None


def _clause(text: str, *, last: bool) -> str:
    """The part of a text beside the name that no comma or full stop cuts off."""
    for mark in ",.;:\n،؛()":
        text = text.rsplit(mark, 1)[-1] if last else text.split(mark, 1)[0]
    return text
