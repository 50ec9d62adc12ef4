"""Places said in relation to others: how far from them, between two of them, on the road that joins them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence
from seamwatch.packs.places import KINDS

if TYPE_CHECKING:
    from seamwatch.code.numbers import NumberHit
    from seamwatch.code.places import Named

Form = Mapping[str, frozenset[str]]  # the word lists of the lexicon

DASHES = frozenset({"-", "–", "—"})
MILE_KM = 1.609
FARTHEST_KM = 500
CUE_CHARS = 16  # from a distance to the word for its direction
AFTER_CHARS = 16  # from a place to the distance that follows it
PAIR_CHARS = 34  # between the two names of a pair


def distance_km(sentence: Sentence, start: int, end: int, form: Form) -> float | None:
    """The distance told right before the words that begin at ``start``, or right after the name that ends at ``end``.

    "30 km south of Kirkuk", "south of Kirkuk by 30 km".
    """
    for number in sentence.numbers:
        if number.kind != "distance":
            continue
        before = 0 <= start - number.end <= CUE_CHARS
        after = 0 <= number.start - end <= AFTER_CHARS and _all_in(sentence.between(end, number.start), form["by"])
        if before or after:
            return _km(sentence, number, form)
    return None


def apart_km(sentence: Sentence, start: int, form: Form) -> float | None:
    """The distance in "30 km from Kirkuk", where no direction is told, for the name that begins at ``start``."""
    for number in sentence.numbers:
        if number.kind == "distance" and 0 < start - number.end <= CUE_CHARS:
            gap = sentence.between(number.end, start)
            if gap.strip() and _all_in(gap, form["apart"]):
                return _km(sentence, number, form)
    return None


def paired(sentence: Sentence, found: Sequence[Named], form: Form) -> list[Named]:
    """Two names as one, where the words say so: "between X and Y", "the X-Y road", "the road from X to Y"."""
    kept: list[Named] = []
    for named in found:
        last = kept[-1] if kept and not kept[-1].to else None
        if last is not None and last.relation == "between" and _joined(sentence, last, named, form):
            last.to, last.end = named.name, named.end
        elif last is not None and _on_road(sentence, last, named, form):
            last.to, last.end, last.relation, last.kind = named.name, named.end, "road", "road"
        else:
            kept.append(named)
    return kept


def _joined(sentence: Sentence, first: Named, second: Named, form: Form) -> bool:
    """Whether only a word that joins stands between two names, and words for what they are."""
    if second.start - first.end > PAIR_CHARS:
        return False
    words = _without_kinds(sentence, first.end, second.start).split()
    small = form["joining"] | form["articles"] | form["definite"] | form["naming"]
    return any(w in form["joining"] for w in words) and all(w in small for w in words)


def _on_road(sentence: Sentence, first: Named, second: Named, form: Form) -> bool:
    roads = sentence.of("places", "road")
    gap = sentence.between(first.end, second.start).strip()
    before = [r for r in roads if 0 <= first.start - r.end <= CUE_CHARS]
    if gap in DASHES:
        return any(
            second.end <= r.start <= second.end + CUE_CHARS and _near(sentence, second.end, r) for r in roads
        ) or any(not sentence.between(r.end, first.start).strip() for r in before)
    if gap in form["joining"] and any(second.end <= r.start <= second.end + 3 for r in roads):
        return True
    return _joined(sentence, first, second, form) and any(
        _all_in(sentence.between(r.end, first.start), form["origin"]) and sentence.between(r.end, first.start).strip()
        for r in before
    )


def _near(sentence: Sentence, end: int, road: Hit) -> bool:
    """Whether at most one word ("main", "old") stands between a name and the word for a road."""
    return len(sentence.between(end, road.start).split()) <= 1


def _without_kinds(sentence: Sentence, start: int, end: int) -> str:
    """The words between two places of a sentence, without those for kinds of place."""
    text, at = "", start
    for hit in sentence.of("places", *KINDS):
        if at <= hit.start and hit.end <= end:
            text += sentence.between(at, hit.start) + " "
            at = hit.end
    return text + sentence.between(at, end)


def _all_in(text: str, words: Collection[str]) -> bool:
    return all(word in words for word in text.replace("(", " ").split())


def _km(sentence: Sentence, number: NumberHit, form: Form) -> float | None:
    best = number.figure.best if number.figure.best is not None else number.figure.low
    words = set(sentence.between(number.start, number.end).replace("-", " ").strip(".").split())
    km = float(best)
    if words & form["miles"]:
        km *= MILE_KM
    elif words & form["metres"]:
        km /= 1000
    return round(km, 1) if 0 < km < FARTHEST_KM else None
