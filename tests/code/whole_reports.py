"""Reports of our own wording through the whole coder, for the tests of each language."""

from __future__ import annotations

from datetime import date

from seamwatch.code import code_report
from seamwatch.model import Record, make_report
from seamwatch.packs import load_pack
from seamwatch.wire import figure_json, record_of

DAY = date(2021, 6, 16)  # a Wednesday


def coded(lang: str, text: str, title: str = "") -> list[Record]:
    """The incidents of a report."""
    report = make_report(title, text, day=DAY, lang=lang)
    return [record_of(draft) for draft in code_report(report, load_pack()).drafts]


def only(lang: str, text: str, title: str = "") -> Record:
    """Its one incident."""
    records = coded(lang, text, title)
    assert len(records) == 1, records
    return records[0]


def toll(record: Record) -> dict[str, object]:
    """The cells of a toll that are not a plain 0."""
    return {f"{c.group} {c.outcome}": figure_json(c.figure) for c in record.toll if c.figure != type(c.figure)(0, 0, 0)}


def check(
    record: Record, kind: str, initiator: tuple[str, ...], target: tuple[str, ...], losses: dict[str, object]
) -> None:
    """Who did what to whom, with which losses."""
    assert (record.type, record.initiator, record.target) == (kind, initiator, target)
    assert toll(record) == losses
