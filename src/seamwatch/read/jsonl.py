"""JSON Lines, in a stream of any length, and single JSON documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from seamwatch.read.decode import decode_text, guess_encoding
from seamwatch.read.given import Given, Outcome
from seamwatch.read.limits import LINE_MB, TEXT_MB, bounded_lines
from seamwatch.read.row import report_from_row

RULE = 'one JSON object a line: {"id", "date", "lang", "source", "title", "text"}'
LISTS = ("reports", "items", "articles", "data", "results")


def read_jsonl(lines: Iterable[str | bytes | None], where: str, *, utc_offset_hours: float = 0.0) -> Iterator[Outcome]:
    """Reports of JSON Lines, one at a time, in constant memory; a bad line gives an error with its number.

    Fields: ``id, date`` or ``published, lang, source, source_kind, title, text``; others are ignored. Blank lines, a
    byte-order mark and CRLF are fine. None stands for a line that was too long to be read (`bounded_lines`).
    """
    for number, line in enumerate(lines, 1):
        given = Given(f"{where}:{number}", utc_offset_hours=utc_offset_hours)
        if line is None:
            yield given.error("line too long", rule=f"at most {LINE_MB} MB a line", remedy="cut the text")
            continue
        lost = 0
        if isinstance(line, bytes):
            text = line.decode("utf-8", "replace")
            lost = text.count("\ufffd") - line.count("\ufffd".encode())
        else:
            text = line
        text = text.lstrip("\ufeff").strip()
        if not text:
            continue
        row = _object(text)
        if isinstance(row, str):
            yield given.error(row, rule=RULE, remedy="mend this line")
            continue
        yield from report_from_row(row, given)
        if lost > 0:
            yield given.error(
                f"{lost} bytes are not UTF-8, shown as \ufffd", rule="JSON is in UTF-8", remedy="save it as UTF-8"
            )


def read_jsonl_file(handle: BinaryIO, given: Given) -> Iterator[Outcome]:
    """Reports of a JSON Lines file; one error where it does not begin as such."""
    start = handle.read(4096)
    handle.seek(0)
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield given.error("does not begin with {", rule=RULE, remedy="save it as JSON Lines in UTF-8")
        return
    yield from read_jsonl(bounded_lines(handle), given.origin, utc_offset_hours=given.utc_offset_hours)


def read_json(data: bytes, given: Given) -> Iterator[Outcome]:
    """Reports of one JSON document: an object, a list of objects, or ``{"reports": [...]}``."""
    remedy = "mend it or save one object a line as .jsonl"
    decoded = decode_text(data)
    if decoded is None or guess_encoding(data)[0] is None:
        yield given.error("not JSON text", rule="JSON in UTF-8", remedy=remedy)
        return
    try:
        document = json.loads(decoded.text.lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError) as error:
        if "Extra data" in str(error) and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            lines = decoded.text.split("\n")
            yield from read_jsonl(lines, given.origin, utc_offset_hours=given.utc_offset_hours)
            return
        yield given.error(f"not JSON: {error}", rule=f"JSON of at most {TEXT_MB} MB", remedy=remedy)
        return
    rows = _rows(document)
    if not rows:
        yield given.error("no reports in it", rule='an object, a list of objects or {"reports": [...]}', remedy=remedy)
        return
    single = len(rows) == 1 and isinstance(document, Mapping)
    for number, row in enumerate(rows, 1):
        one = given if single else given.at(f"#{number}")
        if isinstance(row, Mapping):
            yield from report_from_row(row, one)
        else:
            yield one.error(f"got {type(row).__name__}", rule="each report is an object", remedy="mend it")


def _rows(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return []
    for name in LISTS:
        if isinstance(document.get(name), list) and "text" not in document:
            return list(document[name])
    return [document]


def _object(text: str) -> Mapping[str, object] | str:
    """The object on a line, or what is wrong with it."""
    try:
        row = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    return row if isinstance(row, Mapping) else f"got {type(row).__name__}, not an object"
