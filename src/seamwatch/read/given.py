"""What is known of a text before it is read, and the one way to make a report of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from seamwatch.errors import ModelError, ReadError
from seamwatch.model import PublishedPrecision, Report, make_report
from seamwatch.read.when import read_when, when_in_name

Outcome: TypeAlias = Report | ReadError
When: TypeAlias = tuple[datetime | None, date | None, PublishedPrecision | None]

UNDATED: When = (None, None, None)


@dataclass(frozen=True, slots=True)
class Given:
    """Where a text was found, and what holds where the text itself does not say.

    ``origin`` is how people find it again (path in the folder, line, address); ``name`` its file name, which may carry
    a date; ``utc_offset_hours`` the area's clock, for times without a zone; ``when``, ``source``, ``lang`` come from
    what the text arrived in (a mail, a feed); ``depth`` counts containers (a mail in a mail).
    """

    origin: str
    name: str = ""
    utc_offset_hours: float = 0.0
    when: When = UNDATED
    source: str = ""
    lang: str | None = None
    depth: int = 0

    def at(self, part: str) -> Given:
        """The same, for one part of it (a line, an entry, an attachment)."""
        return replace(self, origin=f"{self.origin}{part}")

    def error(self, what: str, *, rule: str, remedy: str = "") -> ReadError:
        """An error at this place."""
        return ReadError(what, where=self.origin, rule=rule, remedy=remedy)


def report_from(
    given: Given,
    title: str,
    text: str,
    *,
    date_raw: object = None,
    when: When = UNDATED,
    source: str = "",
    source_kind: str | None = None,
    lang: str | None = None,
    external_id: str | None = None,
) -> Iterator[Outcome]:
    """Yield the report, and an error besides where its date cannot be read: the report is kept, undated.

    The date is, in this order: ``date_raw`` (as written), ``when`` (read from the text), what is given, the date in
    the file's name. A text without words yields an error alone.
    """
    unread: ReadError | None = None
    if date_raw is not None and str(date_raw).strip():
        try:
            when = read_when(date_raw, utc_offset_hours=given.utc_offset_hours)
        except ModelError as error:
            what = f"date ignored, {_shorten(error.what)}; the report is kept without it"
            unread = given.error(what, rule=error.rule, remedy="write the date in one of these forms")
    if when == UNDATED and unread is None:
        when = given.when if given.when != UNDATED else when_in_name(given.name)
    published, day, precision = when
    try:
        yield make_report(
            title,
            text,
            source=source or given.source,
            source_kind=source_kind,
            published=published,
            published_precision=precision,
            day=day,
            lang=lang or given.lang,
            external_id=external_id,
            origin=given.origin,
        )
    except ModelError:
        yield given.error("no words", rule="a report has a title or a text", remedy="fill it or remove it")
    if unread is not None:
        yield unread


def _shorten(what: str) -> str:
    return what if len(what) <= 80 else f"{what[:77]}…"
