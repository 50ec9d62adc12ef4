"""SALUTE and SPOTREP forms in text: recognised by their labels, so that their time dates the report.

The text itself stays whole, labels and all, so that the coder's words hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from seamwatch.read.given import UNDATED, When
from seamwatch.read.limits import FORM_CHARS
from seamwatch.read.when import read_dtg
from seamwatch.read.words import FORM

_LABEL = {label: part for part, labels in FORM.items() for label in labels}
_LINE = re.compile(
    r"^[ \t]*(?:[-•*] *|\(?\d{1,2}[.)] *|\(?[A-Z][.)] +)?([^\W\d_][^:\n]{0,24}?)[ \t]*(?::|[ \t][-–=][ \t])[ \t]*(.*)$",
    re.M,
)
_HEAD = re.compile(r"^\W*(?:SPOT ?REP|SALUTE|SALTR?|INCREP|SITREP|CONTACT REPORT)\b", re.IGNORECASE)
KEYS = 3  # labels that make a form


def form_fields(text: str) -> Mapping[str, str]:
    """The labelled parts of a form (size, activity, location, unit, time, equipment, remarks); empty for other text.

    A form has at least three of the parts besides remarks, or one and a heading that says what it is.
    """
    found: dict[str, str] = {}
    for label, value in _LINE.findall(text[:FORM_CHARS]):
        part = _LABEL.get(label.strip().lower())
        if part and part not in found:
            found[part] = value.strip()
    core = len(found.keys() - {"remarks"})
    return found if core >= KEYS or (core and is_headed(text)) else {}


def is_headed(text: str) -> bool:
    """Whether the text opens as a military report form does ("SPOTREP 031/22")."""
    return _HEAD.match(text) is not None


def form_when(title: str, text: str, utc_offset_hours: float) -> tuple[bool, When]:
    """Whether a report is a form, and the moment of its first date-time group, its time line before its heading."""
    fields = form_fields(text)
    if not fields and not is_headed(title) and not is_headed(text):
        return False, UNDATED
    for words in (fields.get("time", ""), title, text[:FORM_CHARS]):
        if found := read_dtg(words, utc_offset_hours=utc_offset_hours):
            return True, found
    return True, UNDATED
