"""The coder: reading, mentions, assembly (rules propose, the judge decides), drafts, statements."""

from __future__ import annotations

from seamwatch.code.assembly import MAX_INCIDENTS, assemble
from seamwatch.code.drafts import draft
from seamwatch.code.features import sentence_features
from seamwatch.code.judge import Judge, load_judge
from seamwatch.code.mentions import find_mentions
from seamwatch.code.reading import MAX_CHARS, MAX_HITS, Document, read
from seamwatch.code.statements import find_statements
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack


def code_report(report: Report, pack: Pack) -> Coding:
    """A report's incidents and statements. Pure and deterministic; raises on no text."""
    return code_with(report, pack, load_judge(pack))


def code_with(report: Report, pack: Pack, judge: Judge | None) -> Coding:
    """The same with a judge of one's own, or by rules alone (None)."""
    document = read(report, pack)
    mentions = find_mentions(document)
    built = assemble(document, mentions)
    if judge is not None:
        rows = sentence_features(mentions, built)
        opening = {m.sentence.index for m, row in zip(mentions, rows, strict=True) if judge.opens(row)}
        built = assemble(document, mentions, lambda mention: mention.sentence.index in opening)
    drafts = tuple(draft(document, building, k) for k, building in enumerate(built))
    coder = "rules and judge" if judge else "rules"
    return Coding(report.id, coder, drafts, find_statements(document), _notes(document, len(drafts)))


def _notes(document: Document, incidents: int) -> tuple[str, ...]:
    """Where a limit left something of the report out."""
    crowded = sum(sentence.crowded for sentence in document.sentences)
    left_out = (
        (document.truncated, f"only the first {MAX_CHARS} characters were read"),
        (crowded > 0, f"of {crowded} overlong sentences only the first {MAX_HITS} known words were looked at"),
        (incidents >= MAX_INCIDENTS, f"only the first {MAX_INCIDENTS} incidents were coded"),
    )
    return tuple(note for holds, note in left_out if holds)
