"""A report cut into sentences: the title is one of its own, bullets and lines end one. Places in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The end of a sentence: a stop and space before what may begin one, or a line's end. Bounded, so linear.
_STOP = re.compile(r"[.!?؟۔](?:[\"'”’»)\]]{0,3})(?=\s)|\n|[•▪●◦]|;(?=\s)|:(?=\s*\n)")
_SHORT = re.compile(
    r"(?:^|[\s(\"'])(?:[A-Za-z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Gen|Maj|Lt|Col|Capt|Sgt|Brig|Brg|St|No|Nos|vs|approx|est|ca|vic|km|Jan|Feb|Mar"
    r"|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Gov|Pres|Inc|Ltd|etc|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N|U\.K)$"
)
_NEXT = re.compile(r"\s*[\"'“‘«(\[-]{0,3}\s?(\S)")
MAX_CHARS = 1500  # a "sentence" longer than this is cut, so that work stays linear


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text, without the space around it."""
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        if end - start > MAX_CHARS:
            yield from _chunks(text, start, end)
            start = end
            continue
        char = match[0][0]
        if char in ".!?":
            before = text[max(start, end - 12) : match.start()]
            if char == "." and before.isdigit() and len(before) < 3 and before == text[start : match.start()].strip():
                continue  # "1. …" is an item of a list
            follows = _NEXT.match(text, end)
            letter = follows[1] if follows else ""
            if char == "." and (letter.islower() or (_SHORT.search(before) and not _stands_alone(before, letter))):
                continue
        yield from _trim(text, start, match.start() if char in "\n•▪●◦" else end)
        start = end
    yield from _chunks(text, start, len(text))


def _stands_alone(before: str, letter: str) -> bool:
    """ "5 p.m. Police said": a capital after a clock time begins a sentence only where no day or name may follow."""
    return before.endswith(("a.m", "p.m")) and letter.isupper()


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, MAX_CHARS):
        yield from _trim(text, at, min(end, at + MAX_CHARS))


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
