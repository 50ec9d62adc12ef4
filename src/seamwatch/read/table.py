"""CSV and TSV tables, row by row: own lists of reports and event tables (ACLED, UCDP) by their column names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from seamwatch.read.decode import SAMPLE, guess_encoding
from seamwatch.read.given import Given, Outcome
from seamwatch.read.limits import LINE_MB, MEGABYTE
from seamwatch.read.row import known_field, report_from_row

DELIMITERS = (",", ";", "\t", "|")
_ENCODINGS = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
UCDP = frozenset(("type_of_violence", "date_start", "date_end"))


class _LineTooLong(Exception):
    """A line above the limit; the table ends there."""


def read_table(handle: BinaryIO, given: Given) -> Iterator[Outcome]:
    """A report for each row whose columns are named as in `words.FIELDS`, in a stream, with errors by line number.

    The separator is the one that finds most known columns in the header. Of UCDP tables the headline and the sources'
    words make the report.
    """
    sample = handle.read(SAMPLE)
    handle.seek(0)
    encoding, _ = guess_encoding(sample)
    if encoding is None:
        yield given.error("not a text table", rule="CSV in UTF-8", remedy="save it as CSV in UTF-8")
        return
    stream = io.TextIOWrapper(handle, _ENCODINGS.get(encoding, encoding), "replace", newline="")
    try:
        yield from _rows(stream, given)
    except _LineTooLong:
        rule = f"at most {LINE_MB} MB a line"
        yield given.error("a line too long; the table is read up to it", rule=rule, remedy="close its open quote")
    finally:
        stream.detach()


def _rows(stream: io.TextIOWrapper, given: Given) -> Iterator[Outcome]:
    lines = _bounded(stream)
    first = next((line for line in lines if line.strip("\ufeff \r\n\t,;|")), "").lstrip("\ufeff")
    delimiter, header = _header(first)
    known = {known_field(name) for name in header} - {None}
    if not known & {"text", "title"}:
        got = ", ".join(header)[:120]
        rule = "a header line with a column text, notes or title (and id, date, source, lang)"
        yield given.error(f"no such columns; got {got!r}", rule=rule, remedy="name the columns in the first line")
        return
    ucdp = {name.lower() for name in header} >= UCDP
    wordless, first_wordless = 0, given
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        at = given.at(f":{reader.line_num + 2}")  # the line on which the row begins; the header is line 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield at.error(f"cannot be read: {error}", rule="CSV", remedy="close its quotes")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            what = f"{len(cells)} cells for {len(header)} columns"
            yield at.error(what, rule="as many cells as columns", remedy="put cells that hold the separator in quotes")
            continue
        row: Mapping[str, object] = dict(zip(header, cells, strict=False))
        row = _ucdp(row) if ucdp else row
        if not any(str(value).strip() for name, value in row.items() if known_field(name) in ("title", "text")):
            wordless, first_wordless = wordless + 1, first_wordless if wordless else at
            continue
        yield from report_from_row(row, _acled(row, at))
        if any("\ufffd" in cell for cell in cells):
            yield at.error("unreadable characters, shown as \ufffd", rule="UTF-8", remedy="save it as UTF-8")
    if wordless:  # one error for all: event tables may leave thousands of notes empty
        what = f"{wordless:,} rows without words, this the first"
        yield first_wordless.error(what, rule="a report has a title or a text", remedy="fill or remove them")


def _bounded(stream: io.TextIOWrapper) -> Iterator[str]:
    limit = LINE_MB * MEGABYTE
    while line := stream.readline(limit):
        if len(line) >= limit:
            raise _LineTooLong
        yield line


def _header(first: str) -> tuple[str, Sequence[str]]:
    def columns(delimiter: str) -> list[str]:
        try:
            return [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        except csv.Error:
            return []

    def fitness(delimiter: str) -> tuple[int, int]:
        names = columns(delimiter)
        return sum(known_field(name) is not None for name in names), len(names)

    best = max(DELIMITERS, key=fitness)
    return best, columns(best)


def _ucdp(row: Mapping[str, object]) -> Mapping[str, object]:
    """UCDP keeps no notes, but each event's headline, its articles, and who published them when."""
    named = {"title": "source_headline", "text": "source_article", "source": "source_office"}
    when = row.get("source_date") or row.get("date_end")
    return dict(row) | {name: row.get(column, "") for name, column in named.items()} | {"published": when}


def _acled(row: Mapping[str, object], given: Given) -> Given:
    """ACLED and UCDP write in English."""
    return replace(given, lang="en") if "event_id_cnty" in row or "type_of_violence" in row else given
