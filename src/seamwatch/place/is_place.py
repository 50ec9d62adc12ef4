"""Whether a capitalised name that some list has is a place here, or a person, an organisation, an ordinary word.

A few dozen clues of the words around it, each with a weight learned from news (``toponym_weights.toml``); the sum, as
a probability, must reach nearly a half. No clue knows a name: only how large the place is and
what kind of words stand by.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seamwatch.errors import PackError
from seamwatch.packs import load_pack
from seamwatch.place.atlas import BASE
from seamwatch.place.find import Spot, Word

ENOUGH = 0.45
SHORT_GAP = 2  # characters between two words of one name
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|\n\s*|[\"“]\s*)$")
_NUMBER = re.compile(r"\s*\d")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_NEXT = re.compile(r"[ \u00a0]([\w'’-]+)")
_PREVIOUS = re.compile(r"([\w'’.-]+)[ \u00a0\n]+$")
# Whoever is called so is a person, however large the country of the name: "Mr. Jordan".
_HONORIFIC = re.compile(r"\b(?:M[rsx]|Mrs|Miss|Mme|Dr|Prof|Sir)\.?[ \u00a0\n]$")
_LOWER = re.compile(r"\b[a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``toponyms.toml``."""

    common: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    saying: frozenset[str]
    organisations: frozenset[str]
    before: frozenset[str]


@functools.cache
def load_lists() -> Words:
    """The lists; raises PackError where one is missing."""
    raw = load_pack(BASE).table("toponyms.toml")
    try:
        return Words(**{name: frozenset(raw[name]) for name in Words.__slots__})
    except (KeyError, TypeError) as error:
        raise PackError(f"missing or malformed {error}", where="base/toponyms.toml", rule="lists of words") from error


@functools.cache
def load_weights() -> Mapping[str, float]:
    """Weights by clue."""
    try:
        return {
            str(name): float(weight)
            for name, weight in load_pack(BASE).table("toponym_weights.toml")["weights"].items()
        }
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"missing or malformed {error}", where="base/toponym_weights.toml", rule="[weights]") from error


def places_among(text: str, words: Sequence[Word], found: Sequence[Spot]) -> list[Spot]:
    """The spots that are places; those in a script without capitals all are."""
    weights = load_weights()
    told = all_clues(text, words, found)
    pairs = zip(found, told, strict=True)
    return [s for s, t in pairs if not words[s.first].cased or _is_place(text, s, probability(t, weights))]


def _is_place(text: str, spot: Spot, likely: float) -> bool:
    return likely >= ENOUGH and not _HONORIFIC.search(text, max(0, spot.start - 10), spot.start)


def all_clues(text: str, words: Sequence[Word], found: Sequence[Spot]) -> list[set[str]]:
    """The clues of each spot, those of its own words and those of the rest of the text."""
    told = [set(clues(text, words, spot)) for spot in found]
    persons, areas = persons_of(text, found, told), areas_of(found)
    return [t | set(clues_elsewhere(text, spot, persons, areas)) for spot, t in zip(found, told, strict=True)]


def probability(told: set[str], weights: Mapping[str, float]) -> float:
    """The probability of a place, by its clues."""
    total = sum(weights.get(clue, 0.0) for clue in told) + weights["always"]
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def persons_of(text: str, found: Sequence[Spot], told: Sequence[set[str]]) -> frozenset[str]:
    """Names that a text gives to a person once: there it says "said Mr Austin", elsewhere "Austin"."""
    telling = {"after given name", "after title", "after initial"}
    return frozenset(text[s.start : s.end] for s, clues in zip(found, told, strict=True) if clues & telling)


def areas_of(found: Sequence[Spot]) -> Mapping[tuple[str, str], frozenset[int]]:
    """Countries, as (ISO, ""), and their first-order units that a text names, with where."""
    named: dict[tuple[str, str], set[int]] = {}
    for spot in found:
        for sense in spot.senses:
            if sense.kind in ("country", "state", "county", "governorate"):
                named.setdefault((sense.country, sense.admin1), set()).add(spot.start)
    return {unit: frozenset(places) for unit, places in named.items()}


def clues_elsewhere(
    text: str, spot: Spot, persons: frozenset[str], areas: Mapping[tuple[str, str], frozenset[int]]
) -> Iterator[str]:
    """What the rest of the text tells of a name."""
    name = text[spot.start : spot.end]
    if spot.senses and spot.senses[0].kind in ("town", "city", "village"):
        if any(s.admin1 and _elsewhere(areas.get((s.country, s.admin1)), spot) for s in spot.senses):
            yield "its state is named"
        elif any(_elsewhere(areas.get((s.country, "")), spot) for s in spot.senses):
            yield "its country is named"
    if name in persons:
        yield "a person elsewhere"
    if " " not in name and name.lower() in _small_words(text):
        yield "a small word elsewhere"


def _elsewhere(places: frozenset[int] | None, spot: Spot) -> bool:
    """Whether one of some places in the text is not the spot itself."""
    return places is not None and len(places) > (spot.start in places)


@functools.lru_cache(maxsize=4)
def _small_words(text: str) -> frozenset[str]:
    return frozenset(_LOWER.findall(text))


def clues(text: str, words: Sequence[Word], spot: Spot) -> Iterator[str]:
    """What the name and the words beside it tell."""
    lists = load_lists()
    name = text[spot.start : spot.end]
    lower = name.lower()
    yield from _of_senses(spot)
    count = spot.last - spot.first
    yield f"{min(count, 3)} words"
    starts = _SENTENCE_START.search(text, max(0, spot.start - 6), spot.start) is not None or spot.start == 0
    common = count == 1 and lower in lists.common
    if common:
        yield "common at start" if starts else "common inside"
    elif starts:
        yield "at start"
    if name.isupper():
        yield "all capitals" if len(name) > 4 else "an acronym"
    if spot.senses[0].kind == "state" and text[max(0, spot.start - 2) : spot.start] == ", " and len(name) < 7:
        yield "a short state"
    if count == 1 and lower in lists.given:
        yield "given name"
    yield from _before(text, spot, starts, lists)
    yield from _after(text, words, spot, lists, lower)


def _of_senses(spot: Spot) -> Iterator[str]:
    best = max(spot.senses, key=lambda s: s.weight - (0 if s.own else 2.5))
    if best.kind in ("country", "state", "continent", "county"):
        yield f"a {best.kind}"
    elif best.kind in ("town", "city"):
        yield f"a town of {min(7, int(best.weight))} digits"
    else:
        yield "another kind"
    if not any(s.own for s in spot.senses):
        yield "a lesser name"


def _before(text: str, spot: Spot, starts: bool, lists: Words) -> Iterator[str]:
    match = _PREVIOUS.search(text, max(0, spot.start - 30), spot.start)
    if starts or match is None:
        if text[max(0, spot.start - 2) : spot.start].strip().endswith(","):
            yield "after comma"
        elif not starts:
            yield "after a mark"
        return
    previous = match[1]
    plain = previous.lower().rstrip(".")
    if previous.endswith(","):
        yield "after comma"
    elif plain in lists.titles:
        yield "after title"
    elif _INITIAL.match(previous):
        yield "after initial"
    elif previous[:1].isupper() and plain in lists.given:
        yield "after given name"
    elif plain in lists.before:
        yield "after in" if plain in ("in", "near", "outside", "across") else "after to"
    elif previous[:1].isupper():
        yield "after capital"
    elif plain in ("the", "a", "an", "and"):
        yield f"after {plain}"
    else:
        yield "after another word"


def _after(text: str, words: Sequence[Word], spot: Spot, lists: Words, lower: str) -> Iterator[str]:
    rest = text[spot.end : spot.end + 2]
    if rest[:2] in ("'s", "’s"):
        yield "possessive"
        match = _NEXT.match(text, spot.end + 2)
        if match and match[1][:1].isupper():
            yield "possessive capital"
        return
    if rest[:1] in ("-", "–"):
        yield "before hyphen"
        return
    if rest[:1] in (",", "("):
        following = next((w for w in words[spot.last : spot.last + 1]), None)
        close = following is not None and following.start - spot.end <= SHORT_GAP and following.capital
        yield "comma capital" if close else "comma"
        return
    match = _NEXT.match(text, spot.end)
    if match is None:
        yield "before number" if _NUMBER.match(text, spot.end) else "before a mark"
        return
    following_word = match[1].lower().rstrip("'’.")
    if following_word in lists.organisations and match[1][:1].isupper():
        yield "before organisation"
    elif following_word in lists.saying:
        yield "before said"
    elif match[1][:1].isupper():
        yield "given and capital" if lower in lists.given else "before capital"
    elif match[1][:1].isdigit():
        yield "before number"
    else:
        yield "before small word"
