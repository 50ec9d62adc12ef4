"""One draft as merging sees it: its flat record, and who told it when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from seamwatch.errors import ModelError
from seamwatch.merge.copies import sketch
from seamwatch.model import Coding, Draft, Place, Record, Report
from seamwatch.wire import record_of


@dataclass(frozen=True, slots=True)
class Item:
    """A draft to be merged. ``key`` is ``report#k``; ``day`` the calendar day of its report; ``sketch`` its report's
    words in brief (`seamwatch.merge.copies`), empty where unknown. ``draft`` is absent where only the record is known.
    ``by`` names the fields that people coded anew, and the role that did. ``reliability`` is the source's rating (A to
    F), ``credibility`` the report's (1 to 6), both empty where nobody rated.
    """

    key: str
    record: Record
    report_id: str
    source: str = ""
    day: date | None = None
    lang: str | None = None
    sketch: bytes = b""
    draft: Draft | None = None
    by: tuple[tuple[str, str], ...] = ()
    reliability: str = ""
    credibility: str = ""


def items_of(codings: Iterable[Coding], reports: Iterable[Report]) -> tuple[Item, ...]:
    """The drafts of all codings with their reports' source, day and words.

    Raises ModelError where a coding's report is not among ``reports``.
    """
    known = {report.id: report for report in reports}
    found: list[Item] = []
    for coding in codings:
        report = known.get(coding.report_id)
        if report is None:
            raise ModelError(
                "its report is missing", where=f"coding {coding.report_id}", rule="a report for each coding"
            )
        words = sketch(f"{report.title}\n{report.text}") if coding.drafts else b""
        found.extend(
            Item(d.key, _record(d), report.id, report.source, report.day, report.lang, words, d) for d in coding.drafts
        )
    return tuple(found)


def _record(draft: Draft) -> Record:
    """The flat view; a place that was never looked up keeps its name, which may still tell that two are one."""
    record = record_of(draft)
    if record.location is None and draft.place is not None:
        return replace(record, location=Place(draft.place.value.name, "unknown"))
    return record
