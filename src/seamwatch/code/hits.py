"""Words of the lexicon and names of places in folded text, by one automaton; longer wordings win over shorter ones."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from seamwatch.code.text import fold_word
from seamwatch.packs import Pack, load_places
from seamwatch.packs.lexicon import Lexicon, Term, load_lexicon

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_EDGE = frozenset("'\"-")
MAX_AFFIX = 6  # letters that may be written onto a word


class Hit(NamedTuple):
    """A term at ``start:end`` of the folded text."""

    start: int
    end: int
    term: Term
    kind: str  # the term's table in the lexicon, and its key there
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Finder:
    """The automaton of a lexicon and the place names of its pack."""

    lexicon: Lexicon
    automaton: ahocorasick_rs.AhoCorasick
    terms: tuple[tuple[Term, ...], ...]

    def find(self, folded: str, keep: Callable[[Hit], bool]) -> list[Hit]:
        """Every term of the text that ``keep`` lets pass, in order, without those inside a longer one."""
        found: list[Hit] = []
        terms, length = self.terms, len(folded)
        affixes = bool(self.lexicon.prefixes or self.lexicon.suffixes)
        if not folded.isascii():  # the automaton takes no lone surrogates; "?" keeps the places
            folded = folded.encode("utf-8", "replace").decode("utf-8")
        for index, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                if not affixes or not self._edge(folded, start, self.lexicon.prefixes, -1):
                    continue
            if end < length and folded[end].isalnum() and folded[end - 1].isalnum():
                if not affixes or not self._edge(folded, end, self.lexicon.suffixes, 1):
                    continue
            for term in terms[index]:
                hit = Hit(start, end, term, term.kind, term.value)
                if not (term.exact or term.kind == "place") or keep(hit):
                    found.append(hit)
        return _longest(found)

    def _edge(self, folded: str, at: int, affixes: tuple[str, ...], step: int) -> bool:
        """Whether the letters between a term and the edge of its word are affixes."""
        stop = at
        while (
            0 <= stop - (step < 0) < len(folded) and folded[stop - (step < 0)].isalnum() and abs(stop - at) <= MAX_AFFIX
        ):
            stop += step
        between = folded[stop:at] if step < 0 else folded[at:stop]
        return between in affixes


def capital(words: str) -> bool:
    """Whether words are written as a name is: with a capital, or in a script that has none."""
    return not LATIN.match(words) or any(letter.isupper() for letter in words)


# Tables whose terms compete: a longer wording of one hides a shorter one of the other.
_RIVALS = {"act": "act", "harm": "harm", "actors": "who", "people": "who", "cues": "cues"}


def _longest(found: list[Hit]) -> list[Hit]:
    """Hits in order, without those that lie inside a longer one of the same family."""
    kept: list[Hit] = []
    reach: dict[str, tuple[int, int]] = {}
    for hit in sorted(found, key=lambda h: (h[0], -h[1])):
        kind = hit[2].kind
        family = _RIVALS.get(kind, kind)
        start, end = reach.get(family, (0, -1))
        if hit[1] <= end and (hit[0], hit[1]) != (start, end):
            continue
        if hit[1] > end:
            reach[family] = (hit[0], hit[1])
        kept.append(hit)
    return kept


@functools.lru_cache(maxsize=32)
def load_finder(pack: Pack, lang: str) -> Finder:
    """The finder of a language in a pack."""
    lexicon = load_lexicon(pack, lang, fold_word)
    terms: dict[str, list[Term]] = {words: list(found) for words, found in lexicon.terms.items()}
    for place in load_places(pack):
        spelled: Iterable[str] = (
            place.spellings()
            if lang not in place.names
            else (*place.names[lang], *place.names.get("ku", ()), *place.names.get("en", ()))
        )
        for name in spelled:
            folded = fold_word(name, lang)
            if len(folded) > 1:
                known = terms.setdefault(folded, [])
                if not any(t.kind == "place" and t.form == place.kind for t in known):
                    known.append(Term(folded, "place", place.id, place.kind))
    words = list(terms) or ["\x00"]
    return Finder(lexicon, ahocorasick_rs.AhoCorasick(words), tuple(tuple(terms.get(w, ())) for w in words))
