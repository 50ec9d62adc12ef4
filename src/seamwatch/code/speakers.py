"""Who speaks: offices and organisations as a sentence names them. Names of persons are found only to be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seamwatch.code.reading import Sentence
from seamwatch.code.statement_words import Mark, Words

# Words written as names are, one or more; in scripts without capitals a name is not told from other words.
_NAME = r"(?:[A-Z][\w'’.-]*[\w'’](?:\s+(?:al-|el-)?[A-Z][\w'’-]+){0,3})"
_AFTER = re.compile(rf"\s+({_NAME})|,\s+({_NAME}),")
_BEFORE = re.compile(rf"(?:^|[\s(\"“])({_NAME}),\s+(?:[a-z-]+\s+){{0,3}}$")
_BRACKET = re.compile(r"\s*\([^()]{1,14}\)\s*")
_JOIN_CHARS = 40
NAME_WORDS = 3
_NAME_CHARS = 80
_STARTS = ("office", "body", "observers", "org", "part")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a sentence names as one who may speak, at ``start:end`` of the folded text; nobody where they do not count.

    ``reach`` is the end of the words that belong to it, names included; ``person``: an office's holder, whose name may
    stand beside it.
    """

    start: int
    end: int
    reach: int
    office: str
    org: str
    counts: bool
    observers: bool = False
    person: bool = False
    names: tuple[str, ...] = ()


def find_speakers(sentence: Sentence, marks: Sequence[Mark], words: Words) -> list[Speaker]:
    """The speakers of a sentence, in order. ``marks``: those of the sentence."""
    parts = [_whole(sentence, m) for m in marks if m.table in _STARTS or m.table == "nobody"]
    places = [_whole(sentence, Mark(h.start, h.end, "place", "")) for h in sentence.hits if h.term.kind == "place"]
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
        if any(m.table == "nobody" for m in chain):
            found.append(Speaker(chain[0].start, chain[-1].end, chain[-1].end, "", "", False))
        elif any(m.table != "part" for m in chain):
            one = _speaker(sentence, chain, places, words)
            if found and found[-1].counts and _apposed(sentence, found[-1], one, words):
                found[-1] = _merge(found[-1], one)
            else:
                found.append(one)
    return found


def _whole(sentence: Sentence, mark: Mark) -> Mark:
    """A mark with the ending that is written onto it."""
    text, end = sentence.reading.folded.text, mark.end
    while end < sentence.end and text[end].isalnum():
        end += 1
    return mark._replace(end=end) if end > mark.end else mark


def _linked(sentence: Sentence, end: int, mark: Mark, words: Words) -> bool:
    """Whether a mark goes on the name of an office that reaches to ``end``."""
    if mark.start < end:
        return True
    if mark.start - end > _JOIN_CHARS:
        return False
    gap = _BRACKET.sub(" ", sentence.between(end, mark.start)).strip(" -/()")
    return not gap or (gap in words.form["link"] and gap not in words.form["and"])


def _end(chain: Sequence[Mark], places: Sequence[Mark], sentence: Sentence, words: Words) -> int:
    """Where the words of an office end, with a place that it is of."""
    end = chain[-1].end
    org = any(m.table == "org" for m in chain)
    for place in places:
        if place.start >= end and _linked(sentence, end, place, words):
            straight = place.start >= end and not sentence.between(end, place.start).strip()
            if straight and (org or words.order == "svo"):
                break  # it is another name: of what the organisation speaks to, or a person's
            end = place.end
    return end


def _speaker(sentence: Sentence, chain: Sequence[Mark], places: Sequence[Mark], words: Words) -> Speaker:
    text = sentence.reading.folded.text
    start, end = chain[0].start, _end(chain, places, sentence, words)
    for article in words.form["article"]:  # written onto the first word
        edge = start - len(article)
        if text.endswith(article, 0, start) and not text[edge - 1 : edge].isalnum():
            start = edge
            break
    org = next((m.value for m in chain if m.table == "org"), "")
    office = " ".join(_BRACKET.sub(" ", sentence.reading.words(start, end)).split())
    names: tuple[str, ...] = ()
    a, b = sentence.reading.folded.original(start, end)
    reach = end
    person = any(m.table == "office" for m in chain)
    if person:
        after = _AFTER.match(sentence.reading.original, b, b + _NAME_CHARS)
        before = _BEFORE.search(sentence.reading.original, max(0, a - _NAME_CHARS), a)
        runs = [m[1] or m[2] for m in (after,) if m] + [m[1] for m in (before,) if m]
        names = tuple(
            word for run in runs for word in run.split() if len(word) > 2 and _is_name(word, sentence, places)
        )
        if after and names:
            reach = sentence.reading.folded.position(after.end())
    return Speaker(start, end, reach, office, org, True, chain[0].table == "observers", person, names)


def _is_name(word: str, sentence: Sentence, places: Sequence[Mark]) -> bool:
    """Whether a capitalised word is of no known place or organisation."""
    known = [h.term.words for h in sentence.hits] + [sentence.between(p.start, p.end) for p in places]
    return not any(word.lower() in words.split() for words in known)


def _apposed(sentence: Sentence, a: Speaker, b: Speaker, words: Words) -> bool:
    """Whether two wordings are of one speaker: "an official NAME, the head of …"."""
    gap = sentence.between(a.reach, b.start).replace(",", " ").split()
    return bool(a.names) and all(word in words.form["article"] for word in gap)


def _merge(a: Speaker, b: Speaker) -> Speaker:
    longer = b if len(b.office) >= len(a.office) else a
    org, names = b.org or a.org, a.names + b.names
    return Speaker(longer.start, longer.end, b.reach, longer.office, org, True, a.observers, True, names)


def past_name(sentence: Sentence, speaker: Speaker, words: Words) -> int:
    """Where the words after a speaker and a name beside it go on.

    Without capitals a name is what stands before the next known word, three words at most.
    """
    if not speaker.person or words.order == "svo":
        return speaker.reach
    text, known = (
        sentence.reading.folded.text,
        {h.start for h in sentence.hits} | {m.start for m in words.find(sentence.text)},
    )
    place = speaker.reach
    for word in sentence.between(speaker.reach, sentence.end).split()[:NAME_WORDS]:
        place = text.index(word, place)
        if place in known or word.strip(",:") in words.form["that"]:
            return place
        place += len(word)
        if word.endswith((",", ":")):
            return place
    return place
