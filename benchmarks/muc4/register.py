"""The register of the texts: all capitals or all small letters, datelines, paragraphs parted by blanks.

The engine reads names by their capitals and sentences by stops before capitals; `restore` writes a text so, letter by
letter, so that every place in it stays what it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from seamwatch.code.hits import load_finder
from seamwatch.packs import Pack
from seamwatch.packs.places import KINDS

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATELINE = re.compile(
    rf"\s{{0,9}}([a-z][a-z .,'-]{{1,60}}), (\d{{1,2}}) ({'|'.join(MONTHS)})[a-z]{{0,6}} (?:19)?(\d\d)"
    r"(?:\s{0,3}\([^()]{1,60}\))?\s{0,3}-{1,2}\s{0,3}"
)
_TAG = re.compile(r"\[[a-z][a-z ]{2,60}\]")  # [TEXT], [REPORT]
_BEGIN = re.compile(r"(?:^|[.?!][\"')\]]{0,3}\s{1,9}|\n\s{0,9}|\s{3,9})[\"'(\[-]{0,3}\s?([a-z])")
_PARAGRAPH = re.compile(r"(?<=\S)\s{3,9}(?=\S)")
_KIND_NAME = re.compile(
    r"\b(?:town|village|municipality|canton|hamlet|township|jurisdiction|neighborhood|district|province|department"
    r"|farm|port|city)"
    r" of (?:the )?([a-z]{3,20}(?: (?:de|del|la|las|los|el|san|santa|santo|[a-z]{4,20})){0,3})\b"
)
_NAME_KIND = re.compile(
    r"\b((?:san|santa|santo|el|la|los|las|villa|nueva|ciudad|puerto) [a-z]{3,20}(?: (?:de|del|la|las|los) [a-z]{3,20})?"
    r"|[a-z]{4,20})"
    r" (?:town|village|municipality|canton|hamlet|neighborhood|province|department|farm|jurisdiction|district)\b"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text written as the engine reads, of the same length as it was given; ``day`` and ``city`` of its dateline."""

    text: str
    lower: str
    day: date | None = None
    city: str = ""


def restore(text: str, pack: Pack) -> Prepared:
    """A text with sentences begun by capitals, names written as names, paragraphs on lines of their own.

    A text in mixed case already is left as it is, but for its paragraphs.
    """
    lower = text.lower()
    if len(lower) != len(text):  # letters that grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    day, city, start = _dateline(lower)
    letters = list(lower if _one_case(text) else text)
    for match in _PARAGRAPH.finditer(lower):
        letters[match.start()] = "\n"
    letters[:start] = " " * start
    for match in _TAG.finditer(lower[: start + 80]):
        letters[match.start() : match.end()] = " " * (match.end() - match.start())
    if _one_case(text):
        _capitals(letters, lower, pack)
    return Prepared("".join(letters), lower, day, city)


def _one_case(text: str) -> bool:
    small = sum(c.islower() for c in text)
    large = sum(c.isupper() for c in text)
    return min(small, large) <= 0.01 * (small + large)


def _dateline(lower: str) -> tuple[date | None, str, int]:
    match = _DATELINE.match(lower)
    if not match:
        return None, "", 0
    try:
        day = date(1900 + int(match[4]), MONTHS.index(match[3]) + 1, int(match[2]))
    except ValueError:  # 31 SEP
        day = None
    return day, match[1].split("(")[0].strip(), match.end()


def _capitals(letters: list[str], lower: str, pack: Pack) -> None:
    for match in _BEGIN.finditer(lower):
        letters[match.start(1)] = lower[match.start(1)].upper()
    finder = load_finder(pack, "en")
    known = finder.find(lower, lambda hit: True)
    common = {(h.start, h.end) for h in known if h.kind not in ("place", "actors", "orgs")}
    for hit in known:
        if hit.term.exact and hit.kind in ("actors", "orgs"):
            letters[hit.start : hit.end] = hit.term.exact
        elif hit.kind in ("place", "orgs") or (hit.kind == "places" and hit.value == "never"):
            _title(letters, lower, hit.start, hit.end)
    for pattern in (_KIND_NAME, _NAME_KIND):
        for match in pattern.finditer(lower):
            first, last = match.span(1)
            words = [(m.start() + first, m.end() + first) for m in re.finditer(r"\S+", match[1])]
            if not any(w in common for w in words) and lower[words[-1][0] : words[-1][1]] not in KINDS:
                _title(letters, lower, first, last)


def _title(letters: list[str], lower: str, start: int, end: int) -> None:
    for match in re.finditer(r"[a-z][^\s-]*", lower[start:end]):
        at = start + match.start()
        letters[at] = lower[at].upper()
