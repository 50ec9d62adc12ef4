"""Words of strangers, made safe to show on a terminal or a page: nothing in them moves a cursor or turns a line."""

from __future__ import annotations

import re

FSI, PDI = "\u2068", "\u2069"
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # embeddings, overrides, isolates; plain marks are kept
_RIGHTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Text with its lines, control characters as their pictures (␛), and without marks that turn what follows."""
    return _CONTROL.sub(_picture, _TURNING.sub("", text))


def on_one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(visible(text).split())


def isolated(text: str) -> str:
    """A name that runs from right to left, set apart so that what stands after it keeps its place; others unchanged."""
    return f"{FSI}{text}{PDI}" if _RIGHTWARD.search(text) else text


def safe_json(text: str) -> str:
    """JSON text in which what a terminal might obey is escaped; to a program it says the same."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] in "\t\r":
        return " " if found[0] == "\t" else ""
    if found[0] in "\u2028\u2029":
        return "\n"
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
