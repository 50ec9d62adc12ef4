"""The rule coder: reading, mentions, assembly, drafts, statements."""

from __future__ import annotations

from seamwatch.code.assembly import assemble
from seamwatch.code.drafts import draft
from seamwatch.code.mentions import find_mentions
from seamwatch.code.reading import MAX_CHARS, read
from seamwatch.code.statements import find_statements
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack

CODER = "rules"


def code_report(report: Report, pack: Pack) -> Coding:
    """A report's incidents and statements. Pure and deterministic; raises on no text."""
    document = read(report, pack)
    mentions = find_mentions(document)
    drafts = tuple(draft(document, building, k) for k, building in enumerate(assemble(document, mentions)))
    notes = (f"only the first {MAX_CHARS} characters were read",) if document.truncated else ()
    return Coding(report.id, CODER, drafts, find_statements(document), notes)
