"""What a phrase says of a place: "30 km south-west of Kirkuk", "road between Makhmour and Dibaga", "قضاء مخمور"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from seamwatch.model import PlaceMention
from seamwatch.place.words import Phrases, PlaceWords, ends_with, folded_words, starts_with

Known = Callable[[str], bool]

_SPLIT_PAIR = re.compile(r"\s+[-–—]\s+|[-–—]")
MILE_KM = 1.609
_EDGES = ' \t\n.,;:()[]{}"“”«»،؛'
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words as written, with their folded forms; the two run in step."""

    written: tuple[str, ...]
    folded: tuple[str, ...]

    def after(self, count: int) -> _Phrase:
        return _Phrase(self.written[count:], self.folded[count:])

    def before(self, count: int) -> _Phrase:
        return _Phrase(self.written[:count], self.folded[:count])

    def text(self) -> str:
        return " ".join(self.written).strip(_EDGES)


def parse_mention(text: str, words: PlaceWords, known: Known, *, within: tuple[str, ...] = ()) -> PlaceMention:
    """A mention from a phrase. ``known`` says whether a name is in the gazetteer: such a name is never taken apart.

    What cannot be taken apart comes back as it is, as the name.
    """
    text = text.strip(_EDGES)
    if known(text):
        return PlaceMention(text, within=within)
    for mark in (",", "،"):
        if mark in text:
            first, *wider = (part.strip() for part in text.split(mark) if part.strip())
            return parse_mention(first, words, known, within=(*wider, *within))
    text = _without_lead(text, words, known)
    if known(text):
        return PlaceMention(text, within=within)
    phrase = _phrase(text)
    found = (
        _pair(phrase, words, known)
        or _dashed(text, words, known)
        or _offset(phrase, words, known)
        or _single(phrase, words, known)
    )
    return replace(found, within=within) if found.name else PlaceMention(text, within=within)


def _without_lead(text: str, words: PlaceWords, known: Known) -> str:
    """The text without what says nothing of where ("some", "a village" before a direction), as far as it is no name."""
    parts = text.split()
    folded = [folded_words(part) for part in parts]
    at = 0
    while at < len(parts) - 1:
        ahead = tuple(word for one in folded[at : at + 4] for word in one)
        hit = None if starts_with(ahead, words.near) else starts_with(ahead, words.lead)
        if hit is None and (kind := starts_with(ahead, words.kinds)) and _directs(folded[at + kind[0] :], words):
            hit = kind
        if hit is None or at + hit[0] >= len(parts):
            break
        at += hit[0]
        if known(" ".join(parts[at:])):
            break
    return " ".join(parts[at:])


def _directs(folded: list[tuple[str, ...]], words: PlaceWords) -> bool:
    """Whether words begin with a direction or a distance: what stands before is no name but a kind alone."""
    ahead = tuple(word for one in folded[:4] for word in one)
    ahead = ahead[1:] if ahead and (ahead[:1] in words.lead or ahead[0] == "the") else ahead
    return bool(ahead) and (starts_with(ahead, words.bearings) is not None or ahead[0][:1].isdigit())


def _phrase(text: str) -> _Phrase:
    pairs = [(word, fold_one) for word in text.split() if (fold_one := "".join(folded_words(word)))]
    pairs = [p for p in pairs if p[1] != "the"] or pairs
    return _Phrase(tuple(w.strip(_EDGES) for w, _ in pairs), tuple(f for _, f in pairs))


def _find(phrase: _Phrase, phrases: Phrases) -> tuple[int, int] | None:
    for at in range(len(phrase.folded)):
        if hit := starts_with(phrase.folded[at:], phrases):
            return at, hit[0]
    return None


def _pair(phrase: _Phrase, words: PlaceWords, known: Known) -> PlaceMention | None:
    """Between X and Y; the road that links X and Y."""
    for table in (words.between, words.linking):
        if not (hit := _find(phrase, table)):
            continue
        at, size = hit
        on_road = any(words.kinds.get((w,)) == "road" for w in phrase.folded[:at])
        if table is words.linking and not on_road:
            continue
        rest = phrase.after(at + size)
        for cut in range(1, len(rest.folded)):
            left, right = rest.before(cut), rest.after(cut)
            if joined := starts_with(right.folded, words.joiners):
                right = right.after(joined[0])
            elif right.written[0].startswith("و") and known(" ".join(right.written)[1:]):
                right = _phrase(" ".join(right.written)[1:])  # Arabic writes "and" on the word it joins
            else:
                continue
            names = [_single(side, words, known).name for side in (left, right)]
            if all(names):
                return PlaceMention(names[0], "road" if on_road else "between", to=names[1])
    return None


def _dashed(text: str, words: PlaceWords, known: Known) -> PlaceMention | None:
    """The X-Y road, X – Y: only where both are names."""
    phrase = _phrase(text)
    on_road = any(words.kinds.get((w,)) == "road" for w in phrase.folded)
    inner = re.search(r"\(([^)]*[-–—][^)]*)", text)
    parts = [p for p in _SPLIT_PAIR.split(inner[1] if inner else text) if p.strip(_EDGES)]
    if len(parts) != 2:
        return None
    names = [_single(_phrase(part), words, known).name for part in parts]
    return PlaceMention(names[0], "road" if on_road else "between", to=names[1]) if all(map(known, names)) else None


def _offset(phrase: _Phrase, words: PlaceWords, known: Known) -> PlaceMention | None:
    """30 km south-west of X; south of X."""
    rest, distance_km, bearing_deg = phrase, None, None
    if rest.written and (number := _NUMBER.match(rest.written[0])):
        glued = folded_words(rest.written[0][number.end() :])  # "5km", "5-kilometre"
        for units, factor in ((words.km, 1.0), (words.miles, MILE_KM), (words.metres, 0.001)):
            unit = (0, "") if glued in units else starts_with(rest.folded[1:], units)
            if unit is not None:
                distance_km = round(float(number[0].replace(",", ".")) * factor, 1)
                rest = _skip(_skip(rest.after(1 + unit[0]), words.of), words.lead)
                break
    if hit := starts_with(rest.folded, words.bearings):
        bearing_deg = float(hit[1])
        rest = _skip(rest.after(hit[0]), words.of)
    if (distance_km is None and bearing_deg is None) or not rest.written:
        return None
    inner = _single(rest, words, known)
    return PlaceMention(inner.name, "offset", distance_km=distance_km, bearing_deg=bearing_deg, kind=inner.kind)


def _skip(phrase: _Phrase, phrases: Phrases) -> _Phrase:
    while hit := starts_with(phrase.folded, phrases):
        phrase = phrase.after(hit[0])
    return phrase


def _single(phrase: _Phrase, words: PlaceWords, known: Known) -> PlaceMention:
    """One name with the words around it taken off, as long as something remains."""
    kind, near = None, False
    while len(phrase.folded) > 1 and not known(phrase.text()):
        peeled = _peel(phrase, words)
        if peeled is None:
            if (bare := _without_prefix(phrase, words, known)) is None:
                break
            phrase = bare
            continue
        phrase, said = peeled
        near = near or said == "near"
        if said == "part" or (said != "near" and kind is None):
            kind = said
    return PlaceMention(phrase.text(), "near" if near else "at", kind=kind)


def _without_prefix(phrase: _Phrase, words: PlaceWords, known: Known) -> _Phrase | None:
    """The phrase without what Arabic writes onto its first word, where a kind or a known name is left."""
    first = phrase.written[0]
    for prefix in words.onto:
        rest = first.removeprefix(prefix[0])
        if rest != first and len(rest) > 1:
            bare = _phrase(" ".join((rest, *phrase.written[1:])))
            if starts_with(bare.folded, words.kinds) or known(bare.text()):
                return bare
    return None


def _peel(phrase: _Phrase, words: PlaceWords) -> tuple[_Phrase, str] | None:
    """The phrase without one word for kind or nearness at its head or tail, and what that said."""
    size = len(phrase.folded)
    for table, at_head in (
        (words.near, True),
        (words.bearings, True),
        (words.area, False),
        (words.area, True),
        (words.parts, True),
        (words.parts, False),
        (words.kinds, False),
        (words.kinds, True),
    ):
        hit = starts_with(phrase.folded, table) if at_head else ends_with(phrase.folded, table)
        if hit and hit[0] < size:
            rest = _skip(phrase.after(hit[0]), words.of) if at_head else phrase.before(size - hit[0])
            return (rest, "near" if table is words.bearings else hit[1]) if rest.written else None
    return None
