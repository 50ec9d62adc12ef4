"""CSV files as rows with the line each begins on: plain or gzipped, in any encoding of `decode`, whatever their quotes.

Nothing is lost without a word: what is no row becomes a `Problem`, and the next line is read again by itself.
"""

from __future__ import annotations

import csv
import hashlib
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from seamwatch.errors import ReadError
from seamwatch.read.decode import decode_text
from seamwatch.read.limits import MEGABYTE

DELIMITERS = (",", ";", "\t", "|")
TABLE_MB = 2_000  # unpacked; it is held in memory
ROW_LINES = 200  # lines that one quoted cell may run over; a quote open for longer was left open by mistake
SHOWN = 60  # characters of a bad value in a message
_EXCEL = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row: the line it begins on (the header is 1), the column, the rule, the value got.

    ``left_out`` tells whether the row is missing from the result, or stands there without that value.
    """

    line: int
    column: str
    rule: str
    got: str
    remedy: str
    left_out: bool = False

    def __str__(self) -> str:
        """On one line: line 5, date_end: got '2017-13-01' (rule: a day); left out; write it as 2017-12-01."""
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        done = "row left out" if self.left_out else "row kept"
        return f"{where}: got {shortened(self.got)} (rule: {self.rule}); {done}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as text: ``cells[n]`` are those of the row that begins on ``lines[n]``, as many as the header's.

    ``sha256`` is that of the file as it lies there (packed, where it is packed).
    """

    header: tuple[str, ...]
    lines: list[int]
    cells: list[list[str]]
    problems: tuple[Problem, ...]
    sha256: str


def shortened(value: str) -> str:
    """A value for a message, quoted."""
    return repr(value if len(value) <= SHOWN else value[: SHOWN - 1] + "…")


def read_rows(path: Path) -> Rows:
    """The rows of a CSV file (.csv, .csv.gz; commas, semicolons, tabs or bars).

    Raises ReadError where the file cannot be opened, is no text, or has no header line.
    """
    where = str(path)
    try:
        with path.open("rb") as handle:
            raw = handle.read(TABLE_MB * MEGABYTE + 1)
    except IsADirectoryError as error:
        raise ReadError("is a folder", where=where, rule="a CSV file", remedy="name one file in it") from error
    except OSError as error:
        raise ReadError(error.strerror or str(error), where=where, rule="a CSV file that can be read") from error
    if len(raw) > TABLE_MB * MEGABYTE:
        raise ReadError("too large", where=where, rule=f"at most {TABLE_MB:,} MB", remedy="split it by year")
    if raw.startswith(_ZIP):
        remedy = "unpack it, or save the sheet as CSV, and name that file"
        raise ReadError("is a zip archive or a spreadsheet", where=where, rule="a CSV file", remedy=remedy)
    data, whole = _unpacked(raw, where) if raw.startswith(_GZIP) else (raw, True)
    if not data.strip():
        raise ReadError("is empty", where=where, rule="a header line and a row for each event", remedy="fill it")
    decoded = decode_text(data)
    if decoded is None:
        raise ReadError("is no text", where=where, rule="a CSV file", remedy="save the table as CSV in UTF-8")
    problems: list[Problem] = []
    lines = decoded.text.split("\n")
    if not whole:
        cut = lines.pop()  # it may end within a number, which would then be read as another
        problems.append(
            Problem(len(lines) + 1, "", "a whole file", cut, "the packed file is cut off: fetch it again", True)
        )
    if decoded.lost:
        got, remedy = f"{decoded.lost:,} unreadable characters", "shown as \ufffd; save the table as CSV in UTF-8"
        problems.append(Problem(1, "", f"text in {decoded.encoding}", got, remedy))
    first = next((n for n, line in enumerate(lines) if line.strip(" ,;\t|")), None)
    if first is None:
        raise ReadError("has no header", where=where, rule="the first line names the columns")
    delimiter = max(DELIMITERS, key=lines[first].count)
    if told := _EXCEL.fullmatch(lines[first]):  # "sep=;", a line that spreadsheets write before the header
        first, delimiter = first + 1, told[1]
    header = tuple(name.strip() for name in _split(lines[first] if first < len(lines) else "", delimiter))
    while header and not header[-1]:
        header = header[:-1]  # of a divider at the line's end
    numbers, cells = _rows(lines, first + 1, len(header), delimiter, problems)
    return Rows(header, numbers, cells, tuple(problems), hashlib.sha256(raw).hexdigest())


def _unpacked(raw: bytes, where: str) -> tuple[bytes, bool]:
    """What a gzip holds as far as it can be read, and whether that is all; members one after another are joined."""
    parts: list[bytes] = []
    size, rest = 0, raw
    while rest.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(rest, TABLE_MB * MEGABYTE - size + 1)
        except zlib.error as error:
            if not parts:
                remedy = "fetch it again, or unpack it first"
                raise ReadError(f"cannot be unpacked: {error}", where=where, rule="gzip", remedy=remedy) from error
            return b"".join(parts), False
        size += len(part)
        parts.append(part)
        if size > TABLE_MB * MEGABYTE:
            raise ReadError(
                "too large", where=where, rule=f"at most {TABLE_MB:,} MB unpacked", remedy="split it by year"
            )
        if not unpacker.eof:
            return b"".join(parts), False
        rest = unpacker.unused_data
    return b"".join(parts), True


def _rows(
    lines: list[str], start: int, width: int, delimiter: str, problems: list[Problem]
) -> tuple[list[int], list[list[str]]]:
    """Rows of ``width`` cells with their line numbers; each line that is no such row becomes a problem."""
    numbers: list[int] = []
    found: list[list[str]] = []
    at = start
    while at < len(lines):
        line = lines[at]
        end = at + 1
        row = line.split(delimiter)
        if '"' in line:
            end = _closing(lines, at) if line.count('"') % 2 else end
            quoted = _split("\n".join(lines[at:end]), delimiter)
            if len(quoted) == width or end == at + 1:
                row = quoted
            else:
                end = at + 1  # the quote was left open, and the lines after it are rows of their own
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            row = row[:width]  # a spreadsheet's empty columns
        if len(row) == width:
            if any(map(str.strip, row)):
                numbers.append(at + 1)
                found.append(row)
        elif line.strip():
            rule, got = f"{width} cells, as the header has", f"{len(row)} cells: {line}"
            problems.append(Problem(at + 1, "", rule, got, "put cells that hold the divider in closed quotes", True))
        at = end
    return numbers, found


def _closing(lines: list[str], at: int) -> int:
    """The line after the one on which a quote that is open on line ``at`` closes; the one after ``at`` if none does."""
    for n in range(at + 1, min(at + ROW_LINES, len(lines))):
        if lines[n].count('"') % 2:
            return n + 1
    return at + 1


def _split(record: str, delimiter: str) -> list[str]:
    """The cells of one row; none where quotes and line ends cannot be made out."""
    try:
        return next(csv.reader([record], delimiter=delimiter), [])
    except csv.Error:
        return []
