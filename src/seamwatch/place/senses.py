"""What a name may mean anywhere in the world: the atlas, the pack's places, what was imported, cities500."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import replace

from seamwatch.geo import distance_km
from seamwatch.place.atlas import SETTLEMENTS, Atlas, Sense, load_atlas
from seamwatch.place.gazetteer import WORLD, Entry, Gazetteer
from seamwatch.place.mention import parse_mention
from seamwatch.place.names import fold, key
from seamwatch.place.words import ends_with, folded_words, starts_with
from seamwatch.place.world import WorldPlace

SAME_KM = 15.0  # two sources' settlements of one name this near each other are one
BESIDE = 24  # characters on each side of a name that are read for its kind
LARGE_CITY = 100_000
CODE_LETTERS = 3  # a lesser name as short as this is a code ("NYC", "LAX") more often than a name
FEATURES = frozenset({"river", "lake", "mountain", "valley", "road", "dam", "airport", "base", "oilfield", "camp"})
_KIND_WEIGHT = {"governorate": 5.4, "district": 4.3, "subdistrict": 3.8, "city": 6.0, "town": 4.6, "region": 5.5}
_OTHER_WEIGHT = 3.5
_NO_PEOPLE = 2.7  # cities500 holds what has 500 inhabitants, or is a seat, or has an unknown number
_POSSESSIVE = re.compile(r"['’]s?$")
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_SHORT_WORDS = (
    *((re.compile(r"^St\.?\s", re.IGNORECASE), "Saint "), (re.compile(r"^Saint\s", re.IGNORECASE), "St. ")),
    *((re.compile(r"^Ft\.?\s", re.IGNORECASE), "Fort "), (re.compile(r"^Mt\.?\s", re.IGNORECASE), "Mount ")),
    *((re.compile(r"^Pt\.?\s", re.IGNORECASE), "Port "), (re.compile(r"^N\.?\s", re.IGNORECASE), "North ")),
    *((re.compile(r"^S\.?\s", re.IGNORECASE), "South "), (re.compile(r"^E\.?\s", re.IGNORECASE), "East ")),
    (re.compile(r"^W\.?\s", re.IGNORECASE), "West "),
)
_PART_OF = re.compile(
    r"^(?:(?:north|south|east|west)(?:ern|[- ]?central|[- ]?east(?:ern)?|[- ]?west(?:ern)?)?|central|upper|lower|"
    r"greater|downtown|metro(?:politan)?|inner|outer|mid|old|suburban|rural|occupied|mainland|modern|ancient)[\s-]+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:city|town(?:ship)?|village|borough|county|parish|area|metro|region|province|state|district|municipality|"
    r"heights|island|islands|proper|valley|neighbou?rhood)$",
    re.IGNORECASE,
)


class Senses:
    """Names to senses over one gazetteer; lookups are remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.atlas: Atlas = load_atlas(gazetteer.world.counties())
        self.named = functools.lru_cache(maxsize=200_000)(self._named)
        self.of_phrase = functools.lru_cache(maxsize=50_000)(self._of_phrase)

    def _named(self, folded: str) -> tuple[Sense, ...]:
        """All senses of a name by its strict form; empty where no list has it."""
        found = list(self.atlas.names.get(folded, ()))
        held = {s.country for s in found if s.kind == "country"}
        listed, packed = self.gazetteer.listed(folded), self.gazetteer.named(folded)
        if listed and not packed:  # a list's hamlet of Taji is no reason to overlook the pack's town of al-Taji
            packed = self.gazetteer.alike(folded)
        for entry in (*packed, *listed):
            if not (entry.kind == "country" and entry.country in held) and not _again(entry.point, found):
                found.append(of_entry(entry, own=_called(entry, folded)))
        for place in self.gazetteer.world.find(folded):
            own = _plain(fold(place.name)) == _plain(folded)
            if (own or len(folded) > CODE_LETTERS) and not _again((place.lat, place.lon), found):
                found.append(_of_world(place, own=own))
        return tuple(found)

    def _of_phrase(self, phrase: str) -> tuple[Sense, ...]:
        """The senses of a phrase that is known to be a place: as it is, by its adjective, its kind taken off, in part.

        What is only a part of a known place ("northern Kenya") has the place's point and no smaller radius.
        """
        phrase = _THE.sub("", _POSSESSIVE.sub("", " ".join(phrase.split())).strip(' ,;:()"“”'))
        folded, short = fold(phrase), self.atlas.short.get(phrase, ())
        if phrase.endswith(".") and short:
            return short
        found = (*self.named(folded), *self.atlas.adjectives.get(folded, ()), *short)
        for pattern, full in _SHORT_WORDS:
            if not found and pattern.match(phrase):
                found = self.named(fold(pattern.sub(full, phrase)))
        read = parse_mention(phrase, self.gazetteer.words, self._known)
        if read.to is None and read.name != phrase and not any(s.own for s in found):
            bare = self.named(fold(read.name))
            alike = tuple(s for s in bare if s.kind == read.kind or {s.kind, read.kind} <= SETTLEMENTS)
            found = (*found, *(alike or (() if read.kind in FEATURES else bare)))
        if found:
            return found
        if found := tuple(of_entry(c.entry, own=c.match != "fuzzy") for c in self.gazetteer.candidates(read.name)):
            return found
        if read.kind in FEATURES:
            return ()  # the Red River is not the town of Red
        for pattern in (_PART_OF, _TAIL):
            rest = pattern.sub("", phrase)
            if rest != phrase and (found := self.of_phrase(rest)):
                return tuple(replace(s, own=False) for s in found)
        if folded.endswith("s") and (found := self.atlas.adjectives.get(folded[:-1], ())):
            return found
        return ()

    def _known(self, name: str) -> bool:
        return bool(self.named(fold(name))) or self.gazetteer.known(name)

    def kind_said(self, text: str, start: int, end: int) -> str | None:
        """The kind that a name's last word gives it, or the words beside it: "Lamar County", "قضاء مخمور"."""
        kinds = self.gazetteer.words.kinds
        found = ends_with(folded_words(text[start:end])[1:], kinds)
        found = found or ends_with(_words_before(text[max(0, start - BESIDE) : start].rsplit(",", 1)[-1]), kinds)
        if found is None and text[start:end].isascii():
            found = starts_with(folded_words(text[end : end + BESIDE].split(",", 1)[0]), kinds)
        return found[1] if found else None


@functools.lru_cache(maxsize=4)
def senses_of(gazetteer: Gazetteer) -> Senses:
    """The senses over a gazetteer, made once."""
    return Senses(gazetteer)


def _words_before(text: str) -> tuple[str, ...]:
    """The words before a name, without "the" and "of"."""
    words = folded_words(text)
    while words and words[-1] in ("of", "the"):
        words = words[:-1]
    return words


def _called(entry: Entry, folded: str) -> bool:
    """Whether a name is an entry's usual one; "Kirkuk city", listed so beside the governorate, is called Kirkuk."""
    usual = [entry.name, _TAIL.sub("", entry.name)] if entry.kind in SETTLEMENTS else [entry.name]
    return any(folded == fold(name) or (entry.origin == "pack" and key(folded) == key(name)) for name in usual)


def _plain(folded: str) -> str:
    """Saint and St. are one word."""
    return "st" + folded.removeprefix("saint") if folded.startswith("saint") else folded


def _again(point: tuple[float, float] | None, found: list[Sense]) -> bool:
    """Whether a settlement or feature at a point is among those found; a sub-district is no copy of its town."""
    if point is None:
        return False
    points = [s for s in found if not s.area and s.kind != "subdistrict"]
    return any(s.lat is not None and s.lon is not None and distance_km(*point, s.lat, s.lon) < SAME_KM for s in points)


def of_entry(entry: Entry, *, own: bool) -> Sense:
    """The sense of an entry of the gazetteer."""
    weight = _KIND_WEIGHT.get(entry.kind, _OTHER_WEIGHT)
    if entry.population and not entry.administrative:  # all who live in a governorate make its name no likelier
        weight = math.log10(entry.population)
    radius_km, where = entry.radius_km or 0.0, (entry.country, entry.governorate)
    return Sense(entry.id, entry.kind, entry.name, entry.lat, entry.lon, radius_km, *where, weight, own, entry.source)


def _of_world(place: WorldPlace, *, own: bool) -> Sense:
    large = place.population >= LARGE_CITY
    weight = max(_NO_PEOPLE, math.log10(max(1, place.population)))
    kind, radius_km = ("city", 10.0) if large else ("town", 5.0)
    point, where = (place.lat, place.lon), (place.country, place.admin1)
    return Sense(f"geonames:{place.id}", kind, place.name, *point, radius_km, *where, weight, own, WORLD)
