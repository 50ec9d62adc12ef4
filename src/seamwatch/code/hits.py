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
    terms: tuple[tuple[tuple[Term, str, bool], ...], ...]  # term, family, whether the spelling decides

    def find(self, folded: str, keep: Callable[[Hit], bool]) -> list[Hit]:
        """Every term of the text that ``keep`` lets pass, in order, without those inside a longer one of its family.

        ``keep`` is asked only of terms of exact letters and of names of places.
        """
        if not folded.isascii():  # the automaton takes no lone surrogates; "?" keeps the places
            folded = folded.encode("utf-8", "replace").decode("utf-8")
        found: list[Hit] = []
        reach: dict[str, tuple[int, int]] = {}
        for start, end, index in self._whole_words(folded):
            for term, family, spelled in self.terms[index]:
                first, last = reach.get(family, (0, -1))
                if end <= last and (start, end) != (first, last):
                    continue
                hit = Hit(start, end, term, term.kind, term.value)
                if spelled and not keep(hit):
                    continue
                if end > last:
                    reach[family] = start, end
                found.append(hit)
        return found

    def _whole_words(self, folded: str) -> list[tuple[int, int, int]]:
        """Start, end and index of every wording that is not a mere part of a word; the longer of two goes first."""
        found: list[tuple[int, int, int]] = []
        length = len(folded)
        prefixes, suffixes = self.lexicon.prefixes, self.lexicon.suffixes
        affixes = bool(prefixes or suffixes)
        for index, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                if not affixes or not self._edge(folded, start, prefixes, -1):
                    continue
            if end < length and folded[end].isalnum() and folded[end - 1].isalnum():
                if not affixes or not self._edge(folded, end, suffixes, 1):
                    continue
            found.append((start, -end, index))
        found.sort()
        return [(start, -end, index) for start, end, index in found]

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
# Cues that stand beside whatever else their words are.
_BESIDE = ("idiom", "private", "debate", "debater", "fire", "died", "topic", "habit", "then")


def _family(term: Term) -> str:
    if term.kind == "cues" and term.value in _BESIDE:
        return term.value
    return _RIVALS.get(term.kind, term.kind)


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
    rows = (tuple((t, _family(t), bool(t.exact) or t.kind == "place") for t in terms.get(w, ())) for w in words)
    return Finder(lexicon, ahocorasick_rs.AhoCorasick(words), tuple(rows))
