"""Which reader a file is for: its name's ending, checked against its first bytes."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from seamwatch.read.given import Given, Outcome
from seamwatch.read.limits import PDF_MB, TEXT_MB, too_large

KINDS = {
    "text": (".txt", ".text", ".log", ".asc"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "pdf": (".pdf",),
    "jsonl": (".jsonl", ".ndjson"),
    "json": (".json",),
    "table": (".csv", ".tsv", ".tab"),
    "mail": (".eml",),
    "feed": (".xml", ".rss", ".atom", ".rdf"),
}
_KIND = {ending: kind for kind, endings in KINDS.items() for ending in endings}
_STREAMED = ("jsonl", "table")
RULE = f"one of {' '.join(endings[0] for endings in KINDS.values())}"
HEAD = 4096

_PACKED = (
    (b"PK\x03\x04", "a ZIP archive or office document", "unpack it first, or save the document as PDF or text"),
    (b"\x1f\x8b", "packed with gzip", "unpack it first"),
    (b"BZh", "packed with bzip2", "unpack it first"),
    (b"\xfd7zXZ\x00", "packed with xz", "unpack it first"),
    (b"(\xb5/\xfd", "packed with zstd", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document or Outlook mail", "save it as PDF, text or .eml"),
    (b"{\\rtf", "a rich text document", "save it as PDF or text"),
    (b"SQLite format 3", "a database", "export its reports as CSV"),
    (b"\x89PNG", "a picture", "run text recognition (OCR) over it and save the text"),
    (b"\xff\xd8\xff", "a picture", "run text recognition (OCR) over it and save the text"),
    (b"GIF8", "a picture", "run text recognition (OCR) over it and save the text"),
)
_ARCHIVES = (".zip", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst")
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|rss|feed|rdf:rdf|!doctype\s+\w+)\b", re.I | re.S
)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")


def read_file(path: Path, *, origin: str | None = None, utc_offset_hours: float = 0.0) -> Iterator[Outcome]:
    """Everything in one file: reports, and an error for each thing that cannot be read. Raises nothing.

    ``origin`` is how people find the file again, by default the path as given.
    """
    given = Given(origin or printable(path), path.name, utc_offset_hours)
    try:
        if not path.is_file():
            yield given.error("not a file", rule="a file that can be read", remedy="check the path")
            return
        with path.open("rb") as handle:
            yield from _guarded(handle, os.fstat(handle.fileno()).st_size, given)
    except OSError as error:
        what = error.strerror or type(error).__name__
        yield given.error(what, rule="a file that can be read", remedy="check its permissions and its disk")


def read_bytes(data: bytes, given: Given) -> Iterator[Outcome]:
    """Everything in a file held in memory (an attachment, a download); ``given.name`` is its name. Raises nothing."""
    yield from _guarded(io.BytesIO(data), len(data), given)


def kind_of(name: str, head: bytes) -> str | None:
    """The kind of a file (a key of `KINDS`) by its name's ending and its first bytes; None for what is not read.

    What the bytes show goes before what the name says. A name without ending is text if its bytes are.
    """
    ending = Path(name).suffix.lower()
    named = _KIND.get(ending)
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if named in (None, "text", "markdown", "html", "feed", "pdf"):
        if found := _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
            tag = found[1].lower()
            if b"html" in tag:
                return "html"
            return "feed" if named != "html" else named
        if named is None and _MAIL.match(head) and re.search(rb"^(?:from|subject|message-id):", head, re.I | re.M):
            return "mail"
    if named is None and not ending and b"\x00" not in head:
        return "text"
    return named


def printable(path: Path | str) -> str:
    """A path as text that can be written anywhere: undecodable bytes become \ufffd."""
    return os.fsencode(path).decode("utf-8", "replace")


def _guarded(handle: BinaryIO, size: int, given: Given) -> Iterator[Outcome]:
    """Read, and turn what a parser throws at hostile bytes into an error of this file."""
    try:
        yield from _dispatch(handle, size, given)
    except OSError as error:
        what = error.strerror or type(error).__name__
        yield given.error(what, rule="a file that can be read", remedy="check its permissions and its disk")
    except Exception as error:
        what = f"{type(error).__name__}: {str(error)[:200]}" if str(error) else type(error).__name__
        yield given.error(what, rule="a sound file of its kind", remedy="open it, save it anew, or save its text")


def _dispatch(handle: BinaryIO, size: int, given: Given) -> Iterator[Outcome]:
    head = handle.read(HEAD)
    if not head:
        yield given.error("empty, 0 bytes", rule="a file with content", remedy="get the file again or remove it")
        return
    for mark, what, remedy in _PACKED:
        if head.startswith(mark):
            yield given.error(what, rule=RULE, remedy=remedy)
            return
    kind = kind_of(given.name, head)
    if kind is None:
        ending = Path(given.name).suffix.lower()
        packed = ending in _ARCHIVES
        remedy = "unpack it first" if packed else "save it as PDF or text, or remove it"
        yield given.error(f"{ending or 'no known kind'} is not read", rule=RULE, remedy=remedy)
        return
    if kind not in _STREAMED and (error := too_large(given, size, PDF_MB if kind == "pdf" else TEXT_MB)):
        yield error
        return
    handle.seek(0)
    yield from _read(kind, handle, given)


def _read(kind: str, handle: BinaryIO, given: Given) -> Iterator[Outcome]:
    # each reader is loaded when a file needs it: some bring large libraries
    if kind == "jsonl":
        from seamwatch.read.jsonl import read_jsonl_file

        return read_jsonl_file(handle, given)
    if kind == "table":
        from seamwatch.read.table import read_table

        return read_table(handle, given)
    data = handle.read()
    if kind == "pdf":
        from seamwatch.read.pdf import read_pdf

        return read_pdf(data, given)
    if kind == "html":
        from seamwatch.read.html import read_html

        return read_html(data, given)
    if kind == "json":
        from seamwatch.read.jsonl import read_json

        return read_json(data, given)
    if kind == "mail":
        from seamwatch.read.mail import read_mail

        return read_mail(data, given, read_bytes)
    if kind == "feed":
        from seamwatch.read.feed import read_feed

        return read_feed(data, given)
    from seamwatch.read.text import read_text

    return read_text(data, given, markdown=kind == "markdown")
