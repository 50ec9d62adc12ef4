"""What offices and organisations said about security, apart from incidents: warnings, appeals, denials and the like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from seamwatch.code.reading import Document, Sentence
from seamwatch.code.speakers import Speaker, find_speakers
from seamwatch.code.statement_words import Mark, Words, load_words
from seamwatch.model import Span, Statement

MAX_ABOUT = 160  # characters
MAX_GAP = 160  # characters between a subject and its verb
CARRY = 2  # sentences that "he said" may be away from the words for who he is
_OWN = ("official", "field", "ngo")  # sources that speak for themselves
ARMED = 3  # so many mentions of forces and militants make a report one on security


@dataclass(slots=True)
class _Told:
    """What is known as the sentences go by."""

    first: Speaker | None = None
    last: Speaker | None = None
    at: int = -9
    names: set[str] = field(default_factory=set)


def find_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of a report, one a speaker and kind, in the order told."""
    words = load_words(document.pack, document.lang)
    if words is None or not _on_security(document):
        return ()
    sentences = [s for s in document.sentences if not s.title] or list(document.sentences)
    told = _Told()
    found: list[Statement] = []
    marks: list[Mark] = words.find(sentences[0].reading.folded.text) if sentences else []
    starts = [m.start for m in marks]
    for sentence in sentences:
        own = marks[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        for speaker, mark, kind in _kinds(document, sentence, own, words, told):
            statement = _statement(document, sentence, speaker, mark, kind, words, told)
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
    offices = sorted((a.speaker_office.casefold(), b.speaker_office.casefold()), key=len)
    org = a.speaker_org and a.speaker_org == b.speaker_org
    return a.kind == b.kind and bool(org or offices[1].startswith(offices[0]))


def _kinds(
    document: Document, sentence: Sentence, marks: Sequence[Mark], words: Words, told: _Told
) -> Iterable[tuple[Speaker, Mark, str]]:
    """Speaker, words and kind of every statement of a sentence."""
    speakers = find_speakers(sentence, marks, words)
    for speaker in speakers:
        told.names.update(speaker.names)
        if told.first is None and speaker.counts:
            told.first = speaker
    hidden = any(m.table == "hidden" for m in marks)
    speech = [m for m in marks if m.table in ("say", "aside", "verb")]
    subjects: list[tuple[Mark, Speaker | None]] = []
    for mark in speech:
        if mark.table != "aside" and _undone(sentence, mark, words):
            continue
        subject = _subject(document, sentence, mark, speakers, marks, words, told, subjects)
        subjects.append((mark, None if hidden else subject))
    explicit = [s for _, s in subjects if s is not None]
    for mark, subject in subjects:
        if subject is None or not subject.counts:
            continue
        if mark.table == "verb":
            yield subject, mark, "assessment" if subject.observers else mark.value
    for mark in marks:
        if mark.table == "words":
            by = _said_by(mark, subjects)
            if by is None and not subjects:
                by = _own_voice(document, marks, mark.value)
            if by is not None and by.counts:
                yield by, mark, "assessment" if by.observers else mark.value
    if explicit:
        told.last, told.at = explicit[-1], sentence.index
    elif subjects:
        told.at = -9
    if hidden:
        told.at = -9


def _said_by(mark: Mark, subjects: Sequence[tuple[Mark, Speaker | None]]) -> Speaker | None:
    """Who says some words: the subject of the last verb of speech before them, else of the first after."""
    before = [s for verb, s in subjects if verb.start <= mark.start]
    after = [s for verb, s in subjects if verb.start > mark.start]
    return before[-1] if before else after[0] if after else None


def _own_voice(document: Document, marks: Sequence[Mark], kind: str) -> Speaker | None:
    """The source itself, in a report of its own."""
    if document.report.source_kind not in _OWN:
        return None
    if document.report.source_kind != "official":
        if kind not in ("appeal", "warning") or not any(m.table == "us" for m in marks):
            return None
    return Speaker(0, 1, 1, document.report.source or "statement", document.report.source, True)


def _undone(sentence: Sentence, mark: Mark, words: Words) -> bool:
    before = sentence.between(max(sentence.start, mark.start - 14), mark.start).split()
    return bool(before) and before[-1] in words.form["no"]


def _subject(
    document: Document,
    sentence: Sentence,
    mark: Mark,
    speakers: Sequence[Speaker],
    marks: Sequence[Mark],
    words: Words,
    told: _Told,
    subjects: Sequence[tuple[Mark, Speaker | None]],
) -> Speaker | None:
    """Who speaks with a verb."""
    if mark.table == "aside":
        near = [s for s in speakers if mark.end <= s.start <= mark.end + 12]
        return near[0] if near else None
    if words.order == "vso":
        near = [s for s in speakers if mark.end <= s.start <= mark.end + 14]
        if near:
            return near[0]
    elif mark.table == "say":
        near = [s for s in speakers if mark.end <= s.start <= mark.end + 6]
        told_to = sentence.between(mark.start, mark.end).startswith("told")
        if near and not told_to and not any(s.end <= mark.start for s in speakers):
            return near[0]
    before = [s for s in speakers if s.end <= mark.start and not _object(sentence, s, marks, words)]
    chosen = (before[0] if words.order == "sov" else before[-1]) if before else None
    carried = told.last if sentence.index - told.at <= CARRY else None
    pronouns = [m for m in marks if m.table == "pronoun" and m.end <= mark.start and m.start >= mark.start - 40]
    us = [m for m in marks if m.table == "us" and m.end <= mark.start and m.start >= mark.start - 40]
    if us and (chosen is None or us[-1].start > chosen.end):
        return _own_voice(document, marks, mark.value) or carried or told.first
    if pronouns and carried and (chosen is None or mark.start - pronouns[-1].end <= 6 or not chosen.counts):
        return carried
    if chosen is None:
        if subjects and subjects[-1][1] is not None:
            return subjects[-1][1]
        return carried if words.order != "svo" or _named(sentence, mark, told) else None
    if carried and carried.office.casefold().startswith(chosen.office.casefold()):
        return carried
    if mark.start - chosen.end > MAX_GAP or _others_between(sentence, chosen, mark, words):
        return None
    return chosen


def _named(sentence: Sentence, mark: Mark, told: _Told) -> bool:
    """Whether a name told beside an office stands before the verb."""
    before = sentence.reading.words(sentence.start, mark.start) if mark.start > sentence.start else ""
    return any(re.search(rf"\b{re.escape(name)}\b", before) for name in told.names)


def _object(sentence: Sentence, speaker: Speaker, marks: Sequence[Mark], words: Words) -> bool:
    """Whether words for a speaker are an object: after a preposition or a verb of appeal."""
    before = sentence.between(max(sentence.start, speaker.start - 40), speaker.start).split()
    while before and before[-1] in words.form["article"]:
        before.pop()
    if before and before[-1] in words.form["before"]:
        return True
    return any(m.table == "verb" and 0 <= speaker.start - m.end <= 6 for m in marks)


def _others_between(sentence: Sentence, speaker: Speaker, mark: Mark, words: Words) -> bool:
    """Whether other people stand between a subject and a verb that is not joined by "and"."""
    if mark.table == "say":
        return False
    others = [
        h
        for h in sentence.hits
        if h.term.kind in ("people", "actors") and speaker.reach <= h.start and h.end <= mark.start
    ]
    before = sentence.between(max(sentence.start, mark.start - 12), mark.start).split()
    return bool(others) and not (before and (before[-1] in words.form["and"] or before[-1].endswith((",", ";"))))


def _statement(
    document: Document, sentence: Sentence, speaker: Speaker, mark: Mark, kind: str, words: Words, told: _Told
) -> Statement:
    spans = [sentence.span(mark.start, mark.end, f"statement.{kind}")]
    if sentence.start <= speaker.start and speaker.end <= sentence.end and speaker.end > 1:
        spans.insert(0, sentence.span(speaker.start, speaker.end, "statement.speaker"))
    about = _about(sentence, mark, told)
    return Statement(document.report.id, kind, speaker.office, speaker.org, about, tuple(spans))


def _about(sentence: Sentence, mark: Mark, told: _Told) -> str:
    """The words of a statement without names, at most MAX_ABOUT characters."""
    start = mark.end if mark.table == "verb" else sentence.start
    said = sentence.reading.words(start, sentence.end) if start < sentence.end else ""
    for name in sorted(told.names, key=len, reverse=True):
        said = re.sub(rf"\b{re.escape(name)}\b['’]?s?", "", said)
    said = " ".join(said.split()).strip(" ,.;:\"“”'")
    return said if len(said) <= MAX_ABOUT else said[:MAX_ABOUT].rsplit(" ", 1)[0] + " …"


def spans_of(statements: Iterable[Statement]) -> list[Span]:
    """All words of some statements."""
    return [span for statement in statements for span in statement.spans]
