"""The words of statements: ``statements_<lang>.toml`` of a pack and of what it extends, and where a text has them.

``[form]``     ``order`` of subject and verb ("svo", "vso", "sov"); ``before``: words that make a speaker after them an
               object ("to the ministry"); ``link``: what may stand inside an office's name ("of the"); ``article``;
               ``no``: words that undo a verb after them ("did not"); ``and``: joins a second verb to the first one's
               subject; ``that``: opens what was said; ``tell``: verbs whose next words are the hearer; ``follows``:
               verbs that have the subject of the verb before ("adding");
               ``prefixes``, ``suffixes``: letters that may be written onto a term, ``verb_prefixes`` onto a verb.
``[say]``      ``verb``: plain verbs of speech; ``aside``: "according to".
``[kind.*]``   by kind of statement: ``verb``: speech of that kind ("warned"); ``words``: make what is said be of that
               kind ("no guarantee").
``[speaker]``  ``office``: holders of an office; ``body``: what speaks itself ("ministry"); ``observers``; ``nobody``:
               who does not count (sources, villagers); ``hidden``: makes a speaker one of these; ``pronoun``: the
               speaker told before; ``us``: the report's own source; ``part``: other words of an office's name.
``[orgs]``     organisation = its names.

``"warn(s,ed)"`` is warns, warned. Terms are folded as texts are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick_rs

from seamwatch.code.text import fold_word
from seamwatch.errors import PackError
from seamwatch.packs import Pack

SPEAKERS = ("office", "body", "observers", "nobody", "hidden", "pronoun", "us", "part")
FORM = ("before", "link", "article", "no", "and", "that", "tell", "follows", "prefixes", "verb_prefixes", "suffixes")
_ENDINGS = re.compile(r"\(([^()]*)\)")
_MAX_AFFIX = 6  # letters


class Mark(NamedTuple):
    """Known words at ``start:end`` of a folded text. ``table`` is say, aside, verb, words, org or one of SPEAKERS;
    ``value`` the kind or the organisation.
    """

    start: int
    end: int
    table: str
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The statement words of a language, ready to be found."""

    order: str
    form: Mapping[str, frozenset[str]]
    terms: tuple[tuple[tuple[str, str], ...], ...]
    automaton: ahocorasick_rs.AhoCorasick

    def find(self, folded: str) -> list[Mark]:
        """All marks of a text in order; of speakers' words, and of speech, the longest."""
        found: list[Mark] = []
        form, length = self.form, len(folded)
        suffixes, verbs, others = form["suffixes"], form["verb_prefixes"], form["prefixes"]
        if not folded.isascii():  # the automaton takes no lone surrogates
            folded = folded.encode("utf-8", "replace").decode("utf-8")
        for index, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if end < length and folded[end].isalnum() and not (suffixes and _affixed(folded, end, 1, suffixes)):
                continue
            inside = bool(start) and folded[start - 1].isalnum()
            for table, value in self.terms[index]:
                prefixes = verbs if table in ("say", "verb") else others
                if not inside or (prefixes and _affixed(folded, start, -1, prefixes)):
                    found.append(Mark(start, end, table, value))
        found.sort(key=lambda m: (m.start, -m.end))
        reach = {"speaker": 0, "speech": 0, "words": 0}
        kept: list[Mark] = []
        for mark in found:
            family = _FAMILY.get(mark.table, "speaker")
            if mark.end > reach[family]:
                reach[family] = mark.end
                kept.append(mark)
        return kept


_FAMILY = {"say": "speech", "aside": "speech", "verb": "speech", "words": "words"}


def _affixed(folded: str, at: int, step: int, affixes: frozenset[str]) -> bool:
    """Whether the letters between a term and the edge of its word are affixes."""
    stop = at
    while abs(stop - at) <= _MAX_AFFIX:
        place = stop - 1 if step < 0 else stop
        if not (0 <= place < len(folded) and folded[place].isalnum()):
            break
        stop += step
    return (folded[stop:at] if step < 0 else folded[at:stop]) in affixes


@functools.lru_cache(maxsize=32)
def load_words(pack: Pack, lang: str) -> Words | None:
    """The statement words of a language, None where a pack has none. Raises PackError on an unknown table or kind."""
    file = f"statements_{lang}.toml"
    raw = pack.table(file)
    if not raw:
        return None
    _check(raw, pack, file)
    form = raw.get("form", {})
    terms: dict[str, dict[tuple[str, str], None]] = {}
    for table, value, spelled in _rows(raw):
        for words in _spell(spelled):
            folded = " ".join(fold_word(words, lang).split())
            if not folded:
                raise PackError(f"nothing left of {words!r}", where=file, rule="a term has letters")
            terms.setdefault(folded, {})[table, value] = None
    return Words(
        form.get("order", "svo"),
        {name: frozenset(fold_word(w, lang) for w in form.get(name, ())) for name in FORM},
        tuple(tuple(found) for found in terms.values()),
        ahocorasick_rs.AhoCorasick(list(terms)),
    )


def _rows(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    sections = [("say" if key == "verb" else key, "", listed) for key, listed in raw.get("say", {}).items()]
    sections += [(key, kind, listed) for kind, by in raw.get("kind", {}).items() for key, listed in by.items()]
    sections += [(key, "", listed) for key, listed in raw.get("speaker", {}).items()]
    sections += [("org", org, listed) for org, listed in raw.get("orgs", {}).items()]
    for table, value, listed in sections:
        for words in listed:
            yield table, value, words


def _spell(words: str) -> Iterable[str]:
    match = _ENDINGS.search(words)
    if match is None:
        return [words]
    return [
        spelled
        for end in match[1].split(",")
        for spelled in _spell(words[: match.start()] + end + words[match.end() :])
    ]


def _check(raw: Mapping[str, Any], pack: Pack, where: str) -> None:
    known: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("table", raw, ("form", "say", "kind", "speaker", "orgs")),
        ("form", raw.get("form", {}), ("order", *FORM)),
        ("say", raw.get("say", {}), ("verb", "aside")),
        ("kind", raw.get("kind", {}), pack.codes.statements),
        ("list", (key for by in raw.get("kind", {}).values() for key in by), ("verb", "words")),
        ("speaker", raw.get("speaker", {}), SPEAKERS),
    ]
    for what, used, allowed in known:
        for name in used:
            if name not in allowed:
                raise PackError(f"{what} {name!r}", where=where, rule=f"one of {', '.join(sorted(allowed))}")
