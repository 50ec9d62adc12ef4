"""Who speaks: offices and organisations as a sentence names them. Names of persons are found only to be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence
from seamwatch.code.statement_words import Mark, Words

# Words written as names are, one or more; in scripts without capitals a name is not told from other words.
_NAME = r"(?:[A-Z][\w'’.-]*[\w'’](?:\s+(?:al-|el-)?[A-Z][\w'’-]+){0,3})"
_AFTER = re.compile(rf"\s+({_NAME})|,\s+({_NAME}),")
_BEFORE = re.compile(rf"(?:^|[\s(\"“])({_NAME}),\s+(?:the\s+|a\s+|an\s+)?(?:\w+\s+)?$")
_BRACKET = re.compile(r"\s*\([^()]{1,14}\)\s*")
_JOIN_CHARS = 40
_STARTS = ("office", "body", "observers", "org", "part")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a sentence names as one who may speak, at ``start:end`` of the folded text; nobody where they do not count.

    ``reach`` is the end of the words that belong to it, names included.
    """

    start: int
    end: int
    reach: int
    office: str
    org: str
    counts: bool
    observers: bool = False
    names: tuple[str, ...] = ()


def find_speakers(sentence: Sentence, marks: Sequence[Mark], words: Words) -> list[Speaker]:
    """The speakers of a sentence, in order. ``marks``: those of the sentence."""
    parts = [m for m in marks if m.table in _STARTS or m.table == "nobody"]
    places = [h for h in sentence.hits if h.term.kind == "place"]
    found: list[Speaker] = []
    at = 0
    while at < len(parts):
        mark = parts[at]
        if mark.table == "nobody":
            found.append(Speaker(mark.start, mark.end, mark.end, "", "", False))
            at += 1
            continue
        chain = [mark]
        while at + 1 < len(parts) and _linked(sentence, _end(chain, places, sentence, words), parts[at + 1], words):
            at += 1
            chain.append(parts[at])
        at += 1
        if chain[-1].table == "nobody":
            found.append(Speaker(chain[0].start, chain[-1].end, chain[-1].end, "", "", False))
        elif any(m.table != "part" for m in chain):
            one = _speaker(sentence, chain, places, words)
            if found and found[-1].counts and _apposed(sentence, found[-1], one):
                found[-1] = _merge(found[-1], one)
            else:
                found.append(one)
    return found


def _linked(sentence: Sentence, end: int, mark: Mark, words: Words) -> bool:
    """Whether a mark goes on the name of an office that reaches to ``end``."""
    if mark.start < end:
        return True
    if mark.start - end > _JOIN_CHARS:
        return False
    gap = _BRACKET.sub(" ", sentence.between(end, mark.start)).strip(" -/")
    return not gap or (gap in words.form["link"] and gap not in words.form["and"])


def _end(chain: Sequence[Mark], places: Sequence[Hit], sentence: Sentence, words: Words) -> int:
    """Where the words of an office end, with a place that it is of."""
    end = chain[-1].end
    for place in places:
        if place.start >= end and _linked(sentence, end, Mark(place.start, place.end, "place", ""), words):
            end = place.end
    return end


def _speaker(sentence: Sentence, chain: Sequence[Mark], places: Sequence[Hit], words: Words) -> Speaker:
    start, end = chain[0].start, _end(chain, places, sentence, words)
    org = next((m.value for m in chain if m.table == "org"), "")
    office = " ".join(_BRACKET.sub(" ", sentence.reading.words(start, end)).split())
    names: tuple[str, ...] = ()
    a, b = sentence.reading.folded.original(start, end)
    reach = end
    if any(m.table == "office" for m in chain):
        after = _AFTER.match(sentence.reading.original, b)
        before = _BEFORE.search(sentence.reading.original, max(0, a - 70), a)
        runs = [m[1] or m[2] for m in (after,) if m] + [m[1] for m in (before,) if m]
        names = tuple(
            word for run in runs for word in run.split() if len(word) > 2 and _is_name(word, sentence, places)
        )
        if after and names:
            reach = sentence.reading.folded.position(after.end())
    return Speaker(start, end, reach, office, org, True, chain[0].table == "observers", names)


def _is_name(word: str, sentence: Sentence, places: Sequence[Hit]) -> bool:
    """Whether a capitalised word is no known place or organisation."""
    folded = word.lower()
    known = [h.term.words for h in (*places, *sentence.hits)]
    return not any(folded in words.split() for words in known)


def _apposed(sentence: Sentence, a: Speaker, b: Speaker) -> bool:
    """ "An official NAME, the head of …": two words for one speaker."""
    gap = sentence.between(a.reach, b.start).strip()
    return bool(a.names) and gap in ("", ",", ", the", ",the", ", a", "the")


def _merge(a: Speaker, b: Speaker) -> Speaker:
    office = b.office if len(b.office) >= len(a.office) else a.office
    return Speaker(a.start, b.end, b.reach, office, b.org or a.org, True, a.observers, a.names + b.names)
