"""A model's answer as drafts and statements: a value whose quote is not in the report is dropped and counted.

Whatever the answer holds, only values of the schema and the pack's codes with words of the report get through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast, get_args

from seamwatch.code.reading import Document, Sentence
from seamwatch.code.speakers import Speaker, find_speakers
from seamwatch.code.statement_words import load_words
from seamwatch.model import (
    Claim,
    Coding,
    Count,
    DateSpan,
    Draft,
    Figure,
    Part,
    PlaceMention,
    Relation,
    Report,
    Span,
    Statement,
)
from seamwatch.packs import Codes

MOST = 60  # incidents and statements of one answer: more is a model gone round in circles
RULE = "llm"
_PARTS: tuple[Part, ...] = ("text", "title")


@dataclass(slots=True)
class Sifted:
    """What got through and, by reason, how many values did not."""

    coder: str
    drafts: list[Draft] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def notes(self) -> tuple[str, ...]:
        """The losses in words, for the coding."""
        return tuple(
            f"{count} values of the model dropped: {why}" for why, count in sorted(self.dropped.items()) if count
        )


NO_QUOTE, NOT_OF_SCHEMA, NO_OFFICE = "their quote is not in the report", "not of the schema", "no office speaks in them"


def sift(raw: object, document: Document, coder: str) -> Coding:
    """The coding that an answer makes. Raises nothing, whatever the answer is."""
    report, codes = document.report, document.pack.codes
    sifted = Sifted(coder)
    answer = raw if isinstance(raw, dict) else {}
    for told in _rows(answer, "incidents", sifted)[:MOST]:
        _incident(told, report, codes, sifted)
    for told in _rows(answer, "statements", sifted)[:MOST]:
        _statement(told, document, sifted)
    return Coding(report.id, coder, tuple(sifted.drafts), tuple(sifted.statements), sifted.notes())


def find_quote(report: Report, quote: object) -> Span | None:
    """Where a report says these words: as they stand, or with other blanks between them; the first place counts."""
    words = quote.split() if isinstance(quote, str) else []
    if not words:
        return None
    flexible = re.compile(r"\s+".join(map(re.escape, words)))
    for part in _PARTS:
        text = report.title if part == "title" else report.text
        if match := flexible.search(text):
            return Span(part, match.start(), match.end(), match[0], RULE)
    return None


def _rows(raw: Mapping[str, Any], name: str, sifted: Sifted) -> list[dict[str, Any]]:
    """The objects of a list; anything else in its place is counted."""
    listed = raw.get(name)
    if listed is None:
        return []
    if not isinstance(listed, list):
        sifted.dropped[NOT_OF_SCHEMA] += 1
        return []
    good = [row for row in listed if isinstance(row, dict)]
    sifted.dropped[NOT_OF_SCHEMA] += len(listed) - len(good)
    return good


def _quoted(raw: object, report: Report, sifted: Sifted) -> tuple[dict[str, Any], Span] | None:
    """A value's object with the span of its quote, or None and a count. A null is no value and no loss."""
    if raw is None:
        return None
    if not isinstance(raw, dict):
        sifted.dropped[NOT_OF_SCHEMA] += 1
        return None
    span = find_quote(report, raw.get("quote"))
    if span is None:
        sifted.dropped[NO_QUOTE] += 1
        return None
    return raw, span


def _coded(raw: object, table: Mapping[str, object], report: Report, sifted: Sifted) -> Claim[str] | None:
    found = _quoted(raw, report, sifted)
    if found is None:
        return None
    value = found[0].get("value")
    if not isinstance(value, str) or value not in table:
        sifted.dropped[NOT_OF_SCHEMA] += 1
        return None
    return Claim(value, (found[1],), by=sifted.coder)


def _all_coded(
    raw: Mapping[str, Any], name: str, table: Mapping[str, object], report: Report, sifted: Sifted
) -> tuple[Claim[str], ...]:
    claims = (_coded(row, table, report, sifted) for row in _rows(raw, name, sifted))
    return tuple({claim.value: claim for claim in claims if claim is not None}.values())


def _incident(raw: dict[str, Any], report: Report, codes: Codes, sifted: Sifted) -> None:
    kind = _coded(raw.get("type"), codes.types, report, sifted)
    if kind is None:  # no incident without a type in the report's words
        return
    cells = {(c.value.group, c.value.outcome): c for c in _toll(raw, report, codes, sifted)}
    draft = Draft(
        report_id=report.id,
        index=len(sifted.drafts),
        type=kind,
        date=_days(raw.get("date"), report, sifted) or _report_day(kind, report),
        place=_place(raw.get("place"), report, sifted),
        initiator=_all_coded(raw, "initiator", codes.actors, report, sifted),
        target=_all_coded(raw, "target", codes.actors, report, sifted),
        toll=tuple(cells.values()),
        means=_all_coded(raw, "means", codes.means, report, sifted),
        duration_minutes=_minutes(raw.get("duration_minutes"), report, sifted),
        claimed_by=_coded(raw.get("claimed_by"), codes.actors, report, sifted),
    )
    if any(_same(draft, other) for other in sifted.drafts):
        sifted.dropped["told twice"] += 1
    else:
        sifted.drafts.append(draft)


def _same(a: Draft, b: Draft) -> bool:
    """Whether a model repeats itself: type, day, place and words alike."""
    return all(x == y for x, y in ((a.type, b.type), (a.date, b.date), (a.place, b.place), (a.toll, b.toll)))


def _days(raw: object, report: Report, sifted: Sifted) -> Claim[DateSpan] | None:
    found = _quoted(raw, report, sifted)
    if found is None:
        return None
    try:
        first, last = date.fromisoformat(str(found[0].get("first"))), date.fromisoformat(str(found[0].get("last")))
        days = DateSpan(first, last, "day" if first == last else "span", "text")
    except ValueError:  # a ModelError is one
        sifted.dropped[NOT_OF_SCHEMA] += 1
        return None
    return Claim(days, (found[1],), by=sifted.coder)


def _report_day(kind: Claim[str], report: Report) -> Claim[DateSpan] | None:
    """No day told: the report's own, by the codebook."""
    if report.day is None:
        return None
    return Claim(DateSpan(report.day, report.day, "day", "report"), kind.spans, by=kind.by)


def _place(raw: object, report: Report, sifted: Sifted) -> Claim[PlaceMention] | None:
    found = _quoted(raw, report, sifted)
    if found is None:
        return None
    told = found[0]
    span, relation, to = find_quote(report, told.get("name")), told.get("relation"), told.get("to")
    if span is None or (to is not None and find_quote(report, to) is None):
        sifted.dropped[NO_QUOTE] += 1
        return None
    if relation not in get_args(Relation) or (relation == "between" and to is None):
        sifted.dropped[NOT_OF_SCHEMA] += 1
        relation, to = "at", None
    listed = told.get("within")
    wider = [find_quote(report, name) for name in listed] if isinstance(listed, list) else []
    sifted.dropped[NO_QUOTE] += sum(w is None for w in wider)
    mention = PlaceMention(
        span.quote, cast(Relation, relation), to=to, within=tuple(dict.fromkeys(w.quote for w in wider if w))
    )
    return Claim(mention, (span,), by=sifted.coder)


def _toll(raw: dict[str, Any], report: Report, codes: Codes, sifted: Sifted) -> Iterator[Claim[Count]]:
    for row in _rows(raw, "toll", sifted):
        found = _quoted(row, report, sifted)
        if found is None:
            continue
        group, outcome, low, high = (row.get(name) for name in ("group", "outcome", "low", "high"))
        coded = (
            isinstance(group, str) and isinstance(outcome, str) and group in codes.groups and outcome in codes.outcomes
        )
        if not coded or type(low) is not int or low < 0 or not (high is None or (type(high) is int and high >= low)):
            sifted.dropped[NOT_OF_SCHEMA] += 1
            continue
        figure = Figure(low, high, low if low == high else None)
        yield Claim(Count(str(group), str(outcome), figure), (found[1],), by=sifted.coder)


def _minutes(raw: object, report: Report, sifted: Sifted) -> Claim[int] | None:
    found = _quoted(raw, report, sifted)
    if found is None:
        return None
    value = found[0].get("value")
    if type(value) is not int or value <= 0:
        sifted.dropped[NOT_OF_SCHEMA] += 1
        return None
    return Claim(value, (found[1],), by=sifted.coder)


def _statement(raw: dict[str, Any], document: Document, sifted: Sifted) -> None:
    """A statement of an office: who speaks is taken from the words by our own rules, so that no name gets in."""
    found = _quoted(raw, document.report, sifted)
    if found is None:
        return
    kind, span = raw.get("kind"), found[1]
    if not isinstance(kind, str) or kind not in document.pack.codes.statements:
        sifted.dropped[NOT_OF_SCHEMA] += 1
        return
    speaker = _speaker(document, span)
    if speaker is None:
        sifted.dropped[NO_OFFICE] += 1
        return
    about = span.quote
    for name in speaker.names:
        about = re.sub(rf"\b{re.escape(name)}\b", "", about)
    told = Statement(document.report.id, kind, speaker.office, speaker.org, " ".join(about.split()), (span,))
    if told not in sifted.statements:
        sifted.statements.append(told)


def _speaker(document: Document, span: Span) -> Speaker | None:
    """The office whose words a quote holds, if one speaks in it."""
    words, sentence = load_words(document.pack, document.lang), _sentence_at(document, span)
    if not words or sentence is None:
        return None
    folded = sentence.reading.folded
    marks = [m for m in words.find(folded.text) if sentence.start <= m.start < sentence.end]
    for speaker in find_speakers(sentence, marks, words):
        start, end = folded.original(speaker.start, speaker.end)
        if speaker.counts and span.start <= start and end <= span.end:
            return speaker
    return None


def _sentence_at(document: Document, span: Span) -> Sentence | None:
    for sentence in document.sentences:
        if sentence.reading.part == span.part:
            start, end = sentence.reading.folded.original(sentence.start, sentence.end)
            if start <= span.start < end:
                return sentence
    return None
