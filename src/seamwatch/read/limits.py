"""How much is read at most, so that no file can eat the machine. Sizes are checked before a byte is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from seamwatch.read.given import Given, Outcome

MEGABYTE = 1_000_000
TEXT_MB = 20  # text, HTML, mail, feed, one JSON document
PDF_MB = 50
LINE_MB = 5  # one line of JSON Lines or of a table; such files themselves may be of any size
PDF_PAGES = 300
PDF_SECONDS = 60
PDF_MEMORY_MB = 2_000
HTML_TAGS = 60_000  # a long news page has some 10,000
HTML_TAG_CHARS = 50_000
FEED_ENTRIES = 20_000
BROKEN_FEED_MB = 1
XML_DEPTH = 200
ATTACHMENTS = 100
CONTAINER_DEPTH = 3  # a mail in a mail in a mail
FORM_CHARS = 5_000
URL_SECONDS = 30

CHUNK = 1 << 16


def too_large(given: Given, size: int, limit_mb: int) -> Outcome | None:
    """The error for a file above its limit, or None."""
    if size <= limit_mb * MEGABYTE:
        return None
    what = f"{size / MEGABYTE:,.1f} MB"
    return given.error(what, rule=f"at most {limit_mb} MB for this kind", remedy="split it or keep only its text")


def bounded_lines(handle: BinaryIO, *, limit: int = LINE_MB * MEGABYTE) -> Iterator[bytes | None]:
    """Lines of a binary stream with their ends; None in place of a line longer than ``limit`` bytes.

    At most ``limit`` bytes are held at once.
    """
    while line := handle.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = handle.readline(CHUNK)
        yield None
