"""What offices and organisations said about security, apart from incidents: warnings, appeals, denials and the like.

A verb of speech looks for its subject; the subject makes a statement if it is an office or an organisation. The kind
is the verb's own ("warned") or that of the words said ("no guarantee").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seamwatch.code.reading import Document, Sentence
from seamwatch.code.speakers import Speaker, find_speakers, past_name
from seamwatch.code.statement_words import Mark, Words, load_words
from seamwatch.code.text import normalise
from seamwatch.model import Statement

MAX_ABOUT = 160  # characters
MAX_SENTENCE = 2000  # characters; what is longer is a list or no prose
MOST = 40  # statements of a report, and names to leave out
MAX_GAP = 160  # characters between a subject and its verb
CARRY = 2  # sentences that "he said" may be away from the words for who he is
ARMED = 2  # so many mentions of forces and militants make a report one on security
_NEAR_CHARS = 14  # to a speaker that stands after "according to"
_NEAR = {"svo": 6, "vso": _NEAR_CHARS, "sov": 0}  # characters to a subject that stands after its verb
_LAST = 12  # so few characters after a verb are the sentence's end
_PRONOUN_CHARS = 40
_OPENING = 10  # characters into a sentence that still open it
_ALSO = ("appeal", "condemnation")  # kinds that stand beside another in one sentence
_GOES_ON = ("warning", "appeal", "commitment")
_OWN = ("official", "field", "ngo")  # sources that speak for themselves


@dataclass(slots=True, eq=False)
class _Told:
    """What is known as the sentences go by."""

    first: Speaker | None = None
    last: Speaker | None = None
    at: int = -9  # the sentence of the last speaker
    names: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Spoken:
    """A sentence with its marks, as far as its verbs of speech are understood."""

    sentence: Sentence
    marks: Sequence[Mark]
    speakers: Sequence[Speaker]
    subjects: Sequence[Speaker]  # those of them that are no object
    verbs: list[tuple[Mark, Speaker | None]]


def find_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of a report, one a speaker and kind, in the order told."""
    words = load_words(document.pack, document.lang)
    sentences = [s for s in document.sentences if not s.title]
    if words is None or not sentences or not _on_security(document):
        return ()
    told = _Told()
    found: list[Statement] = []
    marks = words.find(sentences[0].reading.folded.text)
    starts = [m.start for m in marks]
    for sentence in sentences:
        if sentence.end - sentence.start > MAX_SENTENCE or len(found) >= MOST:
            continue
        own = marks[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        for statement in _in_sentence(document, sentence, own, words, told):
            if not any(_same(statement, other) for other in found):
                found.append(statement)
    return tuple(found)


def _on_security(document: Document) -> bool:
    """Whether a report names weapons, or forces and militants more than in passing."""
    actors = document.pack.codes.actors
    armed = 0
    for sentence in document.sentences:
        for hit in sentence.hits:
            if hit.term.kind == "means":
                return True
            armed += hit.term.kind == "actors" and actors[hit.term.value].group in ("forces", "militants")
    return armed >= ARMED


def _same(a: Statement, b: Statement) -> bool:
    """Whether two statements are of one kind and speaker."""
    short, long = sorted((a.speaker_office.casefold(), b.speaker_office.casefold()), key=len)
    org = a.speaker_org and a.speaker_org == b.speaker_org
    return a.kind == b.kind and bool(org or long.startswith(short))


def _in_sentence(
    document: Document, sentence: Sentence, marks: Sequence[Mark], words: Words, told: _Told
) -> Iterator[Statement]:
    """Every statement of a sentence; what it tells of speakers goes into ``told``."""
    speakers = find_speakers(sentence, marks, words)
    subjects = [s for s in speakers if not _object(sentence, s, marks, words)]
    spoken = _Spoken(sentence, marks, speakers, subjects, [])
    for speaker in speakers:
        told.names.update(dict.fromkeys(speaker.names))
        if told.first is None and speaker.person:
            told.first = speaker
    for name in list(told.names)[:-MOST]:
        del told.names[name]
    hidden = any(m.table == "hidden" for m in marks)
    for mark in marks:
        if mark.table == "aside" or (mark.table in ("say", "verb") and not _undone(sentence, mark, words)):
            subject = _subject(document, spoken, mark, words, told)
            if subject is not None or mark.table != "aside":  # "according to a plan"
                spoken.verbs.append((mark, subject))
    for mark in marks:
        verb, by = _said_by(document, spoken, mark, told)
        if by is not None and by.counts and not hidden:
            yield _statement(document, spoken, by, verb, mark, words, told)
    last = next((s for _, s in reversed(spoken.verbs) if s is not None), None)
    if last is not None and not hidden:
        told.last, told.at = last, sentence.index
    elif spoken.verbs or hidden:
        told.at = -9


def _said_by(document: Document, spoken: _Spoken, mark: Mark, told: _Told) -> tuple[Mark, Speaker | None]:
    """The verb that makes a mark a statement, and whose it is: for words said, of the last verb before or the next.

    Words after a verb of another kind are part of that statement, save what must be done. Where no verb stands, the one
    who spoke in the sentence before may go on, or the source speaks itself.
    """
    if mark.table == "verb":
        return mark, next((s for verb, s in spoken.verbs if verb is mark), None)
    if mark.table != "words":
        return mark, None
    before = [pair for pair in spoken.verbs if pair[0].start <= mark.start]
    after = [pair for pair in spoken.verbs if pair[0].start > mark.start]
    if before or after:
        verb, by = before[-1] if before else after[0]
        part = verb.table == "verb" and verb.value != mark.value and mark.value not in _ALSO
        return verb, None if part else by
    goes_on = mark.value in _GOES_ON and spoken.sentence.index - told.at == 1 and not spoken.speakers
    return mark, _own_voice(document, spoken.marks, mark.value) or (told.last if goes_on else None)


def _own_voice(document: Document, marks: Sequence[Mark], kind: str) -> Speaker | None:
    """The source itself, in a report of its own; of sources with no office only what "we" warn of and ask for."""
    report = document.report
    ours = kind in ("appeal", "warning") and any(m.table == "us" for m in marks)
    if report.source_kind not in _OWN or not report.source or not (ours or report.source_kind == "official"):
        return None
    words = load_words(document.pack, document.lang)
    orgs = (
        [m.value for m in words.find(normalise(report.source, document.lang).text) if m.table == "org"] if words else []
    )
    return Speaker(0, 0, 0, report.source, orgs[0] if orgs else report.source, True)


def _undone(sentence: Sentence, mark: Mark, words: Words) -> bool:
    before = sentence.between(max(sentence.start, mark.start - 14), mark.start).split()
    return bool(before) and before[-1] in words.form["no"]


def _subject(document: Document, spoken: _Spoken, mark: Mark, words: Words, told: _Told) -> Speaker | None:
    """Who speaks with a verb: someone named beside it, "he" or "we", the subject of the verb before."""
    sentence, marks = spoken.sentence, spoken.marks
    near = next((s for s in spoken.speakers if mark.end <= s.start <= mark.end + _NEAR_CHARS), None)
    joined = spoken.verbs[-1][1] if spoken.verbs else None
    if mark.table == "aside":
        return near
    if joined and sentence.between(mark.start, mark.end) in words.form["follows"]:
        return joined
    before = [s for s in spoken.subjects if s.end <= mark.start]
    start = mark.start - _PRONOUN_CHARS
    pronoun = max((m.end for m in marks if m.table == "pronoun" and start <= m.start <= mark.start), default=-1)
    us = max((m.end for m in marks if m.table == "us" and start <= m.start <= mark.start), default=-1)
    if near and near.start <= mark.end + _NEAR[words.order] and not _after_preposition(sentence, near, words):
        if words.order == "vso":
            return near
        inverted = mark.table == "say" and sentence.between(mark.start, mark.end) not in words.form["tell"]
        if inverted and not before and max(pronoun, us) < 0 and not _named(sentence, mark, told):
            return near
    carried = told.last if sentence.index - told.at <= CARRY else None
    chosen = (before[0] if words.order == "sov" else before[-1]) if before else None
    if words.order == "vso" and joined:
        return joined
    if us > (chosen.end if chosen else -1):
        return _own_voice(document, marks, mark.value) or carried or told.first
    if pronoun >= 0 and carried and (chosen is None or mark.start - pronoun <= 6 or not chosen.counts):
        return carried
    if chosen is None:
        if joined or (carried and (words.order != "svo" or _named(sentence, mark, told))):
            return joined or carried
        opens = mark.start <= sentence.start + _OPENING and words.order == "svo"  # "in a stark warning, the mayor …"
        after = [s for s in spoken.subjects if s.start >= mark.end]
        return after[0] if opens and after else None
    if not chosen.counts and joined and _anded(sentence, mark, words):  # "said that farmers had fled, and asked"
        return joined
    if mark.start - chosen.end > MAX_GAP or _others_between(sentence, chosen, mark, words):
        return None
    if carried and chosen.counts and carried.office.casefold().startswith(chosen.office.casefold()):
        return carried
    return chosen


def _named(sentence: Sentence, mark: Mark, told: _Told) -> bool:
    """Whether a name told beside an office stands before the verb."""
    before = sentence.reading.words(sentence.start, mark.start) if mark.start > sentence.start else ""
    return any(re.search(rf"\b{re.escape(name)}\b", before) for name in told.names)


def _object(sentence: Sentence, speaker: Speaker, marks: Sequence[Mark], words: Words) -> bool:
    """Whether words for a speaker are an object: after a preposition or a verb of appeal ("asked the army")."""
    asked = words.order == "svo" and any(m.table == "verb" and 0 <= speaker.start - m.end <= 6 for m in marks)
    return asked or _after_preposition(sentence, speaker, words)


def _after_preposition(sentence: Sentence, speaker: Speaker, words: Words) -> bool:
    before = sentence.between(max(sentence.start, speaker.start - 40), speaker.start).split()
    while before and before[-1] in words.form["article"]:
        before.pop()
    return bool(before) and before[-1] in words.form["before"]


def _others_between(sentence: Sentence, speaker: Speaker, mark: Mark, words: Words) -> bool:
    """Whether other people stand between a subject and a verb that is not joined to it ("and", a comma)."""
    if mark.table == "say" or words.order == "sov":
        return False
    others = any(
        h.term.kind in ("people", "actors") and speaker.reach <= h.start and h.end <= mark.start for h in sentence.hits
    )
    return others and not _anded(sentence, mark, words)


def _anded(sentence: Sentence, mark: Mark, words: Words) -> bool:
    before = sentence.between(max(sentence.start, mark.start - 12), mark.start).split()
    return bool(before) and (before[-1] in words.form["and"] or before[-1].endswith((",", ";")))


def _statement(
    document: Document, spoken: _Spoken, speaker: Speaker, verb: Mark, mark: Mark, words: Words, told: _Told
) -> Statement:
    sentence = spoken.sentence
    kind = "assessment" if speaker.observers else mark.value
    spans = [sentence.span(mark.start, mark.end, f"statement.{kind}")]
    if speaker in spoken.speakers:
        spans.insert(0, sentence.span(speaker.start, speaker.end, "statement.speaker"))
    about = _about(spoken, speaker, verb, mark, words, told)
    return Statement(document.report.id, kind, speaker.office, speaker.org, about, tuple(spans))


def _about(spoken: _Spoken, speaker: Speaker, verb: Mark, mark: Mark, words: Words, told: _Told) -> str:
    """What was said, in the sentence's own words: without who says it, without names, MAX_ABOUT characters at most."""
    sentence = spoken.sentence
    here = speaker in spoken.speakers
    start, end = sentence.start if verb.table == "words" else verb.end, sentence.end
    if here and words.order == "sov" and speaker.end <= verb.start and mark.end <= verb.end:
        start = past_name(sentence, speaker, words)
        end = verb.start if sentence.end - verb.end < _LAST else sentence.end
    elif verb.table != "words" and mark.start < verb.start:
        start, end = sentence.start, speaker.start if here and mark.end < speaker.start < verb.start else verb.start
    elif here and verb.end <= speaker.start and (mark is verb or speaker.start - verb.end <= _NEAR_CHARS):
        start = past_name(sentence, speaker, words)
    if start >= end:
        start, end = mark.start, sentence.end
    said, at = "", start
    for other in spoken.speakers:
        if other.person and start <= other.end < end:
            said += sentence.reading.words(at, other.end) if other.end > at else ""
            at = max(at, past_name(sentence, other, words))
            said += " "
    said += sentence.reading.words(at, end) if at < end else ""
    for name in sorted(told.names, key=len, reverse=True):
        said = re.sub(rf"\b{re.escape(name)}\b['’]?s?", "", said)
    said = re.sub(r"\s+(?=[,.;:،؛])", "", " ".join(said.split())).strip(" ,.;:،؛\"“”«»'-–")
    if not said:
        said = sentence.reading.words(mark.start, mark.end)
    return said if len(said) <= MAX_ABOUT else said[:MAX_ABOUT].rsplit(" ", 1)[0] + " …"
