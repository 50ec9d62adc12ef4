"""The coder: reading, mentions, scene, assembly, drafts, statements."""

from __future__ import annotations

from collections.abc import Mapping

from seamwatch.code.assembly import MAX_INCIDENTS, assemble
from seamwatch.code.drafts import draft
from seamwatch.code.features import seen
from seamwatch.code.mentions import find_mentions
from seamwatch.code.readers import Head, Sight, load_readers
from seamwatch.code.reading import MAX_CHARS, MAX_HITS, Document, read
from seamwatch.code.scene import settle
from seamwatch.code.statements import find_statements
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack

RULES = "rules"  # what a coding by the rules is signed with


def code_report(report: Report, pack: Pack, *, fast: bool = False, heads: Mapping[str, Head] | None = None) -> Coding:
    """A report's incidents and statements. Pure and deterministic; raises on no text.

    ``fast`` is for archives: a gate leaves out sentences that hardly tell of an incident, and with them whole texts;
    statements are not looked for, and no learned reader looks on. ``heads`` are the learned readers that choose among
    what the rules propose: the pack's unless others are given, or none of them ({}).
    """
    document = read(report, pack, fast=fast)
    mentions = settle(document, find_mentions(document))
    built = assemble(document, mentions)
    heads = {} if fast else load_readers(pack) if heads is None else heads
    sight = Sight(heads, seen(document, mentions, built)) if heads and built else None
    drafts = tuple(draft(document, building, k, sight) for k, building in enumerate(built))
    return Coding(report.id, RULES, drafts, () if fast else find_statements(document), _notes(document, len(drafts)))


def _notes(document: Document, incidents: int) -> tuple[str, ...]:
    """Where a limit left something of the report out."""
    crowded = sum(sentence.crowded for sentence in document.sentences)
    left_out = (
        (document.truncated, f"only the first {MAX_CHARS} characters were read"),
        (crowded > 0, f"of {crowded} overlong sentences only the first {MAX_HITS} known words were looked at"),
        (incidents >= MAX_INCIDENTS, f"only the first {MAX_INCIDENTS} incidents were coded"),
    )
    return tuple(note for holds, note in left_out if holds)
