"""What offices and organisations said about security, apart from incidents: warnings, appeals, denials and the like."""

from __future__ import annotations

from seamwatch.code.reading import Document, Sentence
from seamwatch.model import Statement

MAX_ABOUT = 160  # characters


def find_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of a report, one a speaker and kind, in the order told."""
    found: dict[tuple[str, str], Statement] = {}
    for sentence in document.sentences:
        statement = None if sentence.title else _statement(document, sentence)
        if statement is not None:
            found.setdefault((statement.speaker_office, statement.kind), statement)
    return tuple(found.values())


def _statement(document: Document, sentence: Sentence) -> Statement | None:
    offices = sentence.of("offices", "office")
    kinds = [h for h in sentence.of("speech") if h.value in ("warning", "appeal", "denial", "condemnation")]
    if not offices or not kinds or sentence.of("offices", "anonymous"):
        return None
    office, kind = offices[0], kinds[0]
    reading = sentence.reading
    about = reading.words(kind.end, sentence.end).strip()[:MAX_ABOUT]
    spans = tuple(sentence.span(h.start, h.end, h.term.rule) for h in (office, kind))
    words = reading.words(office.start, office.end)
    return Statement(document.report.id, kind.value, words, "", about, spans) if about else None
