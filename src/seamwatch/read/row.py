"""A row of named values (a JSON object, a line of a table) to a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from seamwatch.read.form import form_when
from seamwatch.read.given import UNDATED, Given, Outcome, report_from
from seamwatch.read.text import clean_lang
from seamwatch.read.words import FIELDS

_NAMES = {name: (part, rank) for part, names in FIELDS.items() for rank, name in enumerate(names)}
_SURROGATE = re.compile("[\ud800-\udfff]")


def known_field(name: object) -> str | None:
    """Which part of a report a column or field of this name holds (id, date, title, text, source …), if any."""
    found = _NAMES.get(str(name).strip().lower())
    return found[0] if found else None


def report_from_row(row: Mapping[str, object], given: Given) -> Iterator[Outcome]:
    """The report in a row; errors where title or text are no text, where there are no words, or on a bad date.

    Title and text stay as they are, to the letter: a coder's spans count characters in them.
    """
    values: dict[str, object] = {}
    ranks: dict[str, int] = {}
    for name, value in row.items():
        part, rank = _NAMES.get(str(name).strip().lower(), (None, 0))
        if part and value is not None and value != "" and rank < ranks.get(part, 99):
            values[part], ranks[part] = value, rank
    for part in ("title", "text"):
        if not isinstance(values.get(part, ""), str):
            got = type(values[part]).__name__
            yield given.error(f"{part} is {got}", rule="title and text are strings", remedy="put it in quotes")
            return
    title, text = _sound(values.get("title", "")), _sound(values.get("text", ""))
    is_form, when = form_when(title, text, given.utc_offset_hours) if "date" not in values else (False, UNDATED)
    kind = _sound(values.get("source_kind", "")).strip().lower()
    yield from report_from(
        given,
        title,
        text,
        date_raw=values.get("date"),
        when=when,
        source=_sound(values["source"]).strip() if isinstance(values.get("source"), str) else "",
        source_kind=kind or ("field" if is_form else None),
        lang=clean_lang(values.get("lang")),
        external_id=_sound(values["id"]).strip() or None if isinstance(values.get("id"), str | int) else None,
    )


def _sound(value: object) -> str:
    """Text that can be written as UTF-8: half of a surrogate pair, as cut-off JSON has it, becomes \ufffd."""
    return _SURROGATE.sub("\ufffd", value if isinstance(value, str) else str(value))
