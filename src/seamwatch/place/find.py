"""Where a text may name places: the longest names that any list has, whatever they turn out to be.

In scripts with capitals a name begins with one. In those without, only names of the pack, of the atlas and of large
cities are looked for: any word may be a hamlet's name somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seamwatch.place.atlas import Sense
from seamwatch.place.names import fold
from seamwatch.place.senses import Senses

LONGEST = 5  # words of a name
KNOWN_WIDELY = 5.0  # log10 of inhabitants, for a name in a script without capitals
_SMALL = (
    "of|the|de|la|las|los|le|les|del|della|di|da|do|dos|das|du|des|den|der|am|an|im|upon|on|under|and|y|al|el|bin|"
    "sur|en|na|i"
)
# Words that may begin a name, and the small ones within names; all others only part what they stand between.
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|\b[^\W\d_a-z][^\W\d_]*(?:['’ʿʻ`][^\W\d_]+)*\.?|\b(?:{_SMALL})\b")
_JOIN = re.compile(r"(?: ?[-–] ?|[ \u00a0]|\n)?$")
_ABBREVIATED = frozenset(("st", "ste", "mt", "ft", "pt", "n", "s", "e", "w"))
# What Arabic and Sorani write on the word: "in", "to", "and", "from".
_PREFIXES = ("ب", "ل", "و", "ف", "ك", "لل", "وب", "ول", "بال", "وال", "فال", "لە", "بە", "ولە")
_WHOLE = 3  # letters that are left after an Arabic prefix, at least


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with where it stands; whether it begins with a ``capital``, and whether its script has any."""

    start: int
    end: int
    text: str
    capital: bool
    cased: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Words ``first`` up to ``last`` (not counted in) of a text, with what they may mean."""

    start: int
    end: int
    first: int
    last: int
    senses: tuple[Sense, ...]


def words_of(text: str) -> list[Word]:
    """The words of a text that names are made of; a full stop belongs to one only in "St.", "U.S." and the like."""
    found = []
    for match in _WORD.finditer(text):
        word, end = match[0], match.end()
        bare = word.rstrip(".")
        if word.endswith(".") and "." not in bare and bare.lower() not in _ABBREVIATED:
            word, end = bare, end - 1
        if word[-2:] in ("'s", "’s"):
            word, end = word[:-2], end - 2
        first = word[0]
        cased = first.lower() != first.upper()
        found.append(Word(match.start(), end, word, cased and first == first.upper(), cased))
    return found


def spots(text: str, words: list[Word], senses: Senses) -> Iterator[Spot]:
    """The longest names, left to right, none over another."""
    at = 0
    while at < len(words):
        word = words[at]
        found = (_short(text, words, at, senses) or _capitals(text, words, at, senses)) if word.capital else None
        if not word.cased:
            found = _without_capitals(text, words, at, senses)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last


def _capitals(text: str, words: list[Word], at: int, senses: Senses) -> Spot | None:
    for last in range(_reach(text, words, at), at, -1):
        if not words[last - 1].capital and last - 1 > at:
            continue
        start, end = words[at].start, words[last - 1].end
        phrase = text[start:end]
        if found := senses.named(fold(phrase)):
            if _acronym_in_small(phrase, found):
                continue
            return Spot(start, end, at, last, found)
    return None


def _short(text: str, words: list[Word], at: int, senses: Senses) -> Spot | None:
    """A state's short form after a comma: "Charleston, W. Va."."""
    if at == 0 or text[words[at - 1].end : words[at].start] != ", " or not words[at - 1].capital:
        return None
    for last in (at + 2, at + 1):
        if last <= len(words):
            start, end = words[at].start, words[last - 1].end
            for stop in (end + 1, end):
                if found := senses.atlas.short.get(text[start:stop], ()):
                    return Spot(start, stop, at, last, found)
    return None


def _acronym_in_small(phrase: str, found: tuple[Sense, ...]) -> bool:
    """Whether a short word only looks like an acronym's letters: "Us", "Car"; one in capitals is one."""
    return len(phrase) <= 3 and not phrase.isupper() and all(fold(s.name) != fold(phrase) for s in found)


def _without_capitals(text: str, words: list[Word], at: int, senses: Senses) -> Spot | None:
    for last in range(_reach(text, words, at), at, -1):
        start, end = words[at].start, words[last - 1].end
        if end - start < _WHOLE + 1 and last - at == 1:
            continue
        if found := _widely_known(text[start:end], senses):
            return Spot(start, end, at, last, found)
        for prefix in _PREFIXES:
            if not text.startswith(prefix, start):
                continue
            # Written apart ("و تكريت"), the conjunction leaves its space behind: no part of the name.
            inner = start + len(prefix)
            inner += len(text[inner:end]) - len(text[inner:end].lstrip())
            if end - inner >= _WHOLE and (found := _widely_known(text[inner:end], senses)):
                return Spot(inner, end, at, last, found)
    return None


def _widely_known(phrase: str, senses: Senses) -> tuple[Sense, ...]:
    folded = fold(phrase)
    if len(folded) < _WHOLE or (folded,) in senses.gazetteer.words.kinds:  # "مدينة" is a city, not Medina
        return ()
    return tuple(s for s in senses.named(folded) if s.weight >= KNOWN_WIDELY or s.source not in ("GeoNames",))


def _reach(text: str, words: list[Word], at: int) -> int:
    """How many words may belong to one name that starts with this one."""
    last = at + 1
    while last < len(words) and last - at < LONGEST and words[last].cased == words[at].cased:
        if not _JOIN.match(text, words[last - 1].end, words[last].start):
            break
        last += 1
    return last
