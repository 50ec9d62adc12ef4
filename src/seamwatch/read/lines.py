"""Printed lines made paragraphs again: in PDF pages, and in texts and mails broken at a fixed width."""

from __future__ import annotations

import itertools
import re

FULL = 0.7  # of the longest line on the page: such a line is full, and the next goes on with it
_BULLET = re.compile(r"\s*(?:[•▪●◦*–-]\s|\(?\d{1,2}[.)]\s|[A-Z][A-Za-z/ ]{0,20}:\s)")
_STOP = re.compile(r"[.!?؟:۔][\"'”’»)\]]*$")
WIDTHS = range(50, 101)  # where programs break the lines of a text


def is_wrapped(text: str) -> bool:
    """Whether a text was broken at a fixed width: its lines go on in the next, in mid-sentence, at one length."""
    lines = text.split("\n")
    goes_on = [a.rstrip() for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(goes_on) < 3 or max(map(len, lines)) not in WIDTHS:
        return False
    even = sum(len(line) > FULL * max(map(len, lines)) for line in goes_on)
    middle = sum(not _STOP.search(line) for line in goes_on)
    return even >= 0.8 * len(goes_on) and middle >= 0.6 * len(goes_on)


def unwrap(page: str) -> str:
    """A page's printed lines as paragraphs: a line goes on in the next if it is nearly full, or breaks off in one."""
    page = re.sub(r"[\ufffe\u0002\u00ad]\s*", "", page.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.strip() for line in page.split("\n")]
    full = FULL * max(map(len, lines), default=0)
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        broken_off = line[:1].islower() and not _STOP.search(before)
        if line and before and (len(before) >= full or broken_off) and not _BULLET.match(line):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        before = line
    return "\n\n".join(paragraphs)
