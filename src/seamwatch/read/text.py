"""Plain text and Markdown: header lines, title, body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from seamwatch.errors import ModelError
from seamwatch.read.decode import Decoded, decode_text
from seamwatch.read.form import form_fields, form_when
from seamwatch.read.given import UNDATED, Given, Outcome, When, report_from
from seamwatch.read.lines import is_wrapped, unwrap
from seamwatch.read.when import read_when
from seamwatch.read.words import HEADERS

TITLE_CHARS = 160
HEADER_LINES = 12
DATELINES = 8  # lines from the top among which a date may stand alone
_LABEL = {label: part for part, labels in HEADERS.items() for label in labels}
_HEADER = re.compile(r"^\s*(?:\*\*|__)?([^\W\d_][^:\n*]{0,30}?)(?:\*\*|__)?\s*[::](?:\*\*|__)?\s*(.*?)\s*$")
_ENDS_SENTENCE = (".", ":", ";", "،", ",", "۔")
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Who keeps a mail box there says nothing about whom they speak for.
_MAIL_HOSTS = frozenset(("gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com"))


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart: what its header lines say, its title, and its body."""

    title: str
    body: str
    fields: Mapping[str, str] = field(default_factory=dict)


def read_text(data: bytes, given: Given, *, markdown: bool = False) -> Iterator[Outcome]:
    """The report in a text file, and an error where letters were lost or the date cannot be read."""
    decoded = decode_text(data)
    if decoded is None:
        yield given.error("not text in any known encoding", rule="UTF-8 text", remedy="save it as UTF-8 or as PDF")
        return
    yield from report_of_text(decoded.text, given, markdown=markdown)
    if error := lost_letters(decoded, given):
        yield error


def lost_letters(decoded: Decoded, given: Given) -> Outcome | None:
    """The error that says how many letters were lost in decoding, if any."""
    if not decoded.lost:
        return None
    what = f"{decoded.lost} unreadable characters, shown as \ufffd; the rest is kept"
    return given.error(
        what, rule=f"sound {decoded.encoding.upper()} text", remedy="get the file again or save it as UTF-8"
    )


def report_of_text(text: str, given: Given, *, markdown: bool = False, title: str = "") -> Iterator[Outcome]:
    """The report in a text; ``title`` where it is known from elsewhere (a PDF's own title, a mail's subject)."""
    parts = _front_matter(text) if markdown else None
    parts = parts or split_headers(text)
    body = strip_marks(parts.body) if markdown else parts.body.strip("\n").rstrip()
    heading = parts.title or parts.fields.get("title", "") or title
    if not heading:
        heading, body = split_title(body, marked=markdown and parts.body.lstrip().startswith("#"))
    elif body.startswith(heading) and body[len(heading) :].lstrip(" ")[:1] == "\n":
        body = body[len(heading) :].strip("\n ")
    body = unwrap(body) if is_wrapped(body) else body
    is_form, when = form_when(heading, body, given.utc_offset_hours)
    if when == UNDATED:
        when = next(filter(None, (dateline(line, given) for line in body[:1000].split("\n")[:DATELINES])), UNDATED)
    source = parts.fields.get("source", "") or organisation(parts.fields.get("from", ""))
    yield from report_from(
        given,
        heading,
        body,
        date_raw=parts.fields.get("date"),
        when=when if given.when == UNDATED else UNDATED,
        source=source,
        source_kind=parts.fields.get("source_kind", "").lower() or ("field" if is_form else None),
        lang=clean_lang(parts.fields.get("lang")),
        external_id=parts.fields.get("id"),
    )


def split_headers(text: str) -> Parts:
    """Take header lines ("Source: …", "Date: …") off the head of a text, before or after an unlabelled first line.

    Header lines count where a blank line follows them or there are two of them. A form that starts at once keeps all
    its lines.
    """
    lines = text.lstrip("\n\ufeff").split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    title, at = "", first
    if not _header(lines[first]) and len(lines) > first + 1 and len(lines[first]) <= TITLE_CHARS:
        following = next((i for i in range(first + 1, min(first + 3, len(lines))) if lines[i].strip()), None)
        if following is not None and _header(lines[following]):
            title, at = lines[first].strip(), following
    fields: dict[str, str] = {}
    start = at
    while at < len(lines) and at - start < HEADER_LINES and (found := _header(lines[at])):
        fields.setdefault(*found)
        at += 1
    ends = at >= len(lines) or not lines[at].strip()
    body = "\n".join(lines[at:])
    if not fields or not (ends or len(fields) >= 2) or (not ends and form_fields(text)):
        return Parts("", "\n".join(lines), fields if form_fields(text) else {})
    unread = [line for line in lines[start:at] if _is_unread_date(line)]
    return Parts(title, "\n".join([body.rstrip(), "", *unread]) if unread else body, fields)


def _header(line: str) -> tuple[str, str] | None:
    found = _HEADER.match(line) if len(line) <= 300 else None
    part = _LABEL.get(found[1].strip().lower()) if found else None
    return (part, found[2]) if found and part else None


def _is_unread_date(line: str) -> bool:
    """A date line that cannot be read stays in the text, so that its words are not lost."""
    found = _header(line)
    if not found or found[0] != "date":
        return False
    try:
        read_when(found[1])
    except ModelError:
        return True
    return False


def split_title(body: str, *, marked: bool = False) -> tuple[str, str]:
    """A short first line with a blank line after it is the title, if it does not end as a sentence does."""
    first, _, rest = body.partition("\n")
    first = first.strip()
    short = 0 < len(first) <= TITLE_CHARS and not first.endswith(_ENDS_SENTENCE)
    second = rest.split("\n", 1)[0].strip()
    if rest.strip() and (
        marked or (short and (not second or (dateline(second, Given("")) and not dateline(first, Given("")))))
    ):
        return first, rest.strip("\n")
    return "", body


def dateline(line: str, given: Given) -> When | None:
    """The date in a line that holds little else ("Erbil, 24 June 2022"), or None."""
    line = line.strip()
    if len(line) > 40 or len(line.split()) > 6 or not any(map(str.isdigit, line)) or line.isdigit():
        return None
    try:
        return read_when(line, utc_offset_hours=given.utc_offset_hours)
    except ModelError:
        return None  # most short lines are no dates


def organisation(sender: str) -> str:
    """Of a sender only the organisation's domain, never a name or an address."""
    found = _ADDRESS.search(sender)
    domain = found[1].lower() if found else ""
    return "" if domain in _MAIL_HOSTS else domain


def clean_lang(raw: object) -> str | None:
    """A language as the input gives it, as its short code ("en-GB" is "en"); None where it gives none."""
    code = re.split(r"[-_]", str(raw).strip().lower())[0] if raw else ""
    return code if code.isalpha() and 2 <= len(code) <= 3 else None


def _front_matter(text: str) -> Parts | None:
    """Markdown's head between ``---`` lines, read as plain ``key: value`` lines."""
    found = re.match(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    if not found:
        return None
    pairs = [
        (k.strip().lower(), v.strip().strip("\"'")) for k, s, v in (x.partition(":") for x in found[1].split("\n")) if s
    ]
    fields: dict[str, str] = {}
    for key, value in pairs:
        if value and key in _LABEL:
            fields.setdefault(_LABEL[key], value)
    return Parts("", text[found.end() :], fields)


# Lengths are bounded, since a search that may run to the end from every mark takes time by the square of them.
_MARKS = (
    (re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,500}\)"), r"\1"),
    (re.compile(r"^ {0,3}#{1,6} +([^\n]*?)(?: +#{1,6})?$", re.M), r"\1"),
    (re.compile(r"^ {0,3}(?:> ?){1,9}", re.M), ""),
    (re.compile(r"^ {0,3}(?:```|~~~).*\n?", re.M), ""),
    (re.compile(r"^ {0,3}(?:[-*_] ?){3,80}$", re.M), ""),
    (re.compile(r"(\*\*|__)(?=[^\s*_])([^\n]{1,300}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,300}?)(?<=\S)_(?![\w_])"), r"\1"),
)


def strip_marks(markdown: str) -> str:
    """Markdown without its marks for headings, stress, links, quotes and code; lists and words stay."""
    markdown = _without_comments(markdown)
    for pattern, kept in _MARKS:
        markdown = pattern.sub(kept, markdown)
    return re.sub(r"\n{3,}", "\n\n", markdown).strip()


def _without_comments(markdown: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := markdown.find("<!--", at)) >= 0 and (end := markdown.find("-->", start + 4)) >= 0:
        kept.append(markdown[at:start])
        at = end + 3
    return "".join([*kept, markdown[at:]])
