"""What a report says about where it is: the places, governorates, districts and countries that it names."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from seamwatch.model import Report, Span
from seamwatch.place.gazetteer import Entry, Gazetteer
from seamwatch.place.names import fold

T = TypeVar("T")

LONGEST = 4  # words of a name
SHORTEST = 4  # letters; shorter names are too often ordinary words to count as context
SAME_SENTENCE = 3.0  # how much more a name in the mention's own sentence counts
_ARTICLES = frozenset({"al", "el", "the"})
_PREFIXES = ("ب", "ل", "و", "ف", "ك", "لل", "وال", "بال")  # Arabic writes "in", "to", "and" on the word
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?؟۔]\s|\n")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the gazetteer's that a report uses: where (part, character) and what it may mean."""

    part: str
    start: int
    entries: tuple[Entry, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """Weights of units, the most named one being 1; the places themselves; ISO codes of the countries named.

    ``nearby`` are the settlements named in the mention's own sentence.
    """

    governorates: dict[str, float] = field(default_factory=dict)
    districts: dict[tuple[str, str], float] = field(default_factory=dict)
    places: tuple[Entry, ...] = ()
    nearby: tuple[Entry, ...] = ()
    countries: frozenset[str] = frozenset()

    def share(self, entry: Entry) -> float:
        """How much the report's other names speak for a place being where it is, 0 to 2."""
        outer = self.governorates.get(entry.governorate, 0.0)
        if entry.kind == "governorate":
            return 2 * outer  # it lies in no district that could speak for it
        return outer + self.districts.get((entry.governorate, entry.district), 0.0)

    def nearest_km(self, entry: Entry) -> float:
        """Distance in km to the edge of the nearest place named; infinite where none is."""
        return min(
            (entry.distance_km(p) - (p.radius_km or 0.0) for p in self.places if p != entry), default=float("inf")
        )

    def main_unit(self) -> tuple[str | None, str | None]:
        """Governorate and district, where all that the report names lies in one."""
        if len(self.governorates) != 1:
            return None, None
        districts = [d for g, d in self.districts if g in self.governorates]
        return next(iter(self.governorates)), districts[0] if len(districts) == 1 else None


NOWHERE = Context()


def context_of(report: Report, gazetteer: Gazetteer, spans: tuple[Span, ...] = ()) -> Context:
    """The context of a report, or of the words at some spans of it: then their own sentence counts most."""
    return context_at(names_in(report, gazetteer), report, gazetteer, spans)


def context_at(named: tuple[Named, ...], report: Report, gazetteer: Gazetteer, spans: tuple[Span, ...] = ()) -> Context:
    """`context_of`, with the report's names at hand."""
    governorates: defaultdict[str, float] = defaultdict(float)
    districts: defaultdict[tuple[str, str], float] = defaultdict(float)
    places: list[Entry] = []
    nearby: list[Entry] = []
    sentences = [_sentence(report, span) for span in spans]
    for name in named:
        if any(span.part == name.part and span.start <= name.start < span.end for span in spans):
            continue  # a name is no evidence of its own meaning
        entries = [e for e in name.entries if e.kind != "country" and e.country == gazetteer.pack.country]
        close = any(part == name.part and first <= name.start < last for part, first, last in sentences)
        weight = SAME_SENTENCE if close else 1.0
        if close:
            nearby += [e for e in entries if e.kind in ("city", "town", "village")]
        places += [e for e in entries if e.lat is not None]
        units = {e.governorate for e in entries}
        if len(units) == 1 and (governorate := units.pop()):
            governorates[governorate] += weight
            inner = {e.district for e in entries if e.district}
            if len(inner) == 1 and not any(e.kind == "governorate" for e in entries):
                districts[governorate, inner.pop()] += weight
    countries = frozenset(name.country for name in named if name.country)
    return Context(_shares(governorates), _shares(districts), tuple(places), tuple(nearby), countries)


def names_in(report: Report, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """The names in title and text that the pack's list or the list of countries has, each where it first stands."""
    seen: dict[str, Named] = {}
    for part, text in (("title", report.title), ("text", report.text)):
        for form, start in _forms(text, gazetteer):
            if form not in seen:
                seen[form] = Named(part, start, gazetteer.named(form), gazetteer.country(form))
    return tuple(seen.values())


def _forms(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, int]]:
    words = [(m[0], m.start()) for m in _WORD.finditer(text)]
    folded = [fold_word(word) for word, _ in words]
    at = 0
    while at < len(words):
        if words[at][0][:1].islower():  # no name begins so in a script with capitals
            at += 1
            continue
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            if found := _form("".join(folded[at : at + size]), gazetteer):
                yield found, words[at][1]
                at += size
                break
        else:
            at += 1


def _form(joined: str, gazetteer: Gazetteer) -> str | None:
    if len(joined) < SHORTEST:
        return None
    if gazetteer.named(joined) or gazetteer.country(joined):
        return joined
    if not joined.isascii():
        for prefix in _PREFIXES:
            rest = joined.removeprefix(prefix)
            if rest != joined and len(rest) >= SHORTEST and gazetteer.named(rest):
                return rest
    return None


@functools.lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """The strict form of one word of a text, empty for an article and for what holds no letter."""
    folded = fold(word) if any(c.isalpha() for c in word) else ""
    return "" if folded in _ARTICLES else folded


def _sentence(report: Report, span: Span) -> tuple[str, int, int]:
    text = report.title if span.part == "title" else report.text
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    first = max((e for e in ends if e <= span.start), default=0)
    last = min((e for e in ends if e >= span.end), default=len(text))
    return span.part, first, last


def _shares(weights: Mapping[T, float]) -> dict[T, float]:
    most = max(weights.values(), default=1.0)
    return {unit: weight / most for unit, weight in weights.items()}
