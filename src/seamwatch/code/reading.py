"""A report as the coder sees it: parts, sentences, and in each the words that the lexicon knows, numbers and dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from seamwatch.code.dates import DateHit, DurationHit, find_dates, find_durations
from seamwatch.code.gate import blanked, telling
from seamwatch.code.hits import Finder, Hit, capital, load_finder
from seamwatch.code.numbers import NumberHit, find_numbers
from seamwatch.code.sentences import cut
from seamwatch.code.text import Folded, normalise, report_language
from seamwatch.model import Part, Report, Span
from seamwatch.packs import Pack

_DATELINE = re.compile(r"[^\W\d_][^\n.!?:;()]{1,50}?(?:\([^()\n]{1,30}\)\s?)?\s(?:--?|[–—])\s(?=\S)")
_ITEM = re.compile(r"\(?\d{1,2}[.)]\s|[-*–—]\s")
_LOGGED = re.compile(r"(?:(?:[01]\d|2[0-3])[:.]?[0-5]\d)\s?(?:[A-Z]{1,2}|h|hrs)?\s?[-–:]?\s")
_LABEL = re.compile(r"[A-Z]{1,12}\s?[:–-]\s")
_LINE_LABEL = re.compile(r"[\u0600-\u06ff]{2,14}(?: [\u0600-\u06ff]{2,14})?\s?:\s")  # scripts with no capitals
_BULLETS = ("•", "▪", "●", "◦")
LOG_LINES = 3  # lines that begin with a clock time make a text a log
DATELINE_DAYS = 7  # that a dateline may lie before the day of publication
MAX_HITS = 160  # known words of one sentence that are looked at; a sentence of people has a third of it
_VIOLENT = ("act", "harm")  # tables whose words an idiom takes for itself
MAX_CHARS = 200_000  # what a report has beyond this is not read; the coding says so


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One part of a report, folded, with all its hits in order."""

    part: Part
    original: str
    folded: Folded
    sentences: tuple[Sentence, ...] = ()
    joined: frozenset[str] = frozenset()  # conjunctions written onto the word that they join

    def span(self, start: int, end: int, rule: str) -> Span:
        """The report's own words at a place of the folded text."""
        a, b = self.folded.original(start, end)
        return Span(self.part, a, b, self.original[a:b], rule)

    def words(self, start: int, end: int) -> str:
        """The report's own spelling."""
        a, b = self.folded.original(start, end)
        return self.original[a:b]


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence, at ``start:end`` of its part's folded text. ``index`` 0 is the title or the first sentence."""

    reading: Reading
    index: int
    start: int
    end: int
    hits: tuple[Hit, ...]
    numbers: tuple[NumberHit, ...]
    dates: tuple[DateHit, ...]
    durations: tuple[DurationHit, ...]
    paragraph: int = 0
    tables: dict[str, list[Hit]] = field(init=False)  # hits by table
    rows: dict[tuple[str, str], list[Hit]] = field(init=False)  # and by table and key

    def __post_init__(self) -> None:
        tables: dict[str, list[Hit]] = {}
        rows: dict[tuple[str, str], list[Hit]] = {}
        for hit in self.hits:
            tables.setdefault(hit.kind, []).append(hit)
            rows.setdefault((hit.kind, hit.value), []).append(hit)
        object.__setattr__(self, "tables", tables)
        object.__setattr__(self, "rows", rows)

    item: bool = False  # begins an item of a list
    dateline: bool = False  # only says where and when it was written
    logged: bool = False  # a line of a log, after a clock time
    label: bool = False  # a labelled line of a form: "L - ", "TIME: "
    crowded: bool = False  # has more known words than MAX_HITS; the rest was not looked at

    @property
    def text(self) -> str:
        """Its folded words."""
        return self.reading.folded.text[self.start : self.end]

    @property
    def title(self) -> bool:
        """Whether it is the report's title."""
        return self.reading.part == "title"

    def of(self, kind: str, *values: str) -> list[Hit]:
        """Hits of a table, of some keys or of all."""
        found = self.rows.get((kind, values[0])) if len(values) == 1 else self.tables.get(kind)
        if not found:
            return []
        return [hit for hit in found if hit.value in values] if len(values) > 1 else list(found)

    def between(self, start: int, end: int) -> str:
        """Folded text between two places."""
        return self.reading.folded.text[start:end]

    def joins(self, at: int) -> bool:
        """Whether the word at a place has a conjunction written onto it."""
        text = self.reading.folded.text
        for letters in self.reading.joined:
            edge = at - len(letters)
            if edge >= 0 and text.startswith(letters, edge) and not text[edge - 1 : edge].isalnum():
                return True
        return False

    def span(self, start: int, end: int, rule: str) -> Span:
        """The report's own words at a place of the folded text."""
        return self.reading.span(start, end, rule)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A report read: its sentences, title first."""

    report: Report
    pack: Pack
    lang: str
    finder: Finder
    sentences: tuple[Sentence, ...]
    truncated: bool


def read(report: Report, pack: Pack, *, fast: bool = False) -> Document:
    """A report as sentences with their hits; ``fast`` leaves out sentences that cannot tell of an incident."""
    lang = report_language(report)
    report = _dated(report, lang)
    finder = load_finder(pack, lang)
    sentences: list[Sentence] = []
    for part in ("title", "text"):
        original = report.title if part == "title" else report.text
        if original.strip():
            sentences += _part(part, original[:MAX_CHARS], lang, finder, report.day, len(sentences), fast)
    truncated = max(len(report.title), len(report.text)) > MAX_CHARS
    return Document(report, pack, lang, finder, tuple(sentences), truncated)


def _dated(report: Report, lang: str) -> Report:
    """The report on the day that its dateline tells: "KIRKUK, July 17 - ..."."""
    match = _DATELINE.match(report.text)
    if match is None:
        return report
    told = find_dates(normalise(match[0], lang).text, lang, report.day)
    days = [h.span.first for h in told if h.kind == "absolute" and h.span.first == h.span.last]
    if len(days) != 1 or (report.day and not days[0] < report.day <= days[0] + timedelta(days=DATELINE_DAYS)):
        return report
    return replace(report, day=days[0])


def _part(
    part: Part, original: str, lang: str, finder: Finder, day: date | None, index: int, fast: bool
) -> list[Sentence]:
    folded = normalise(original, lang)
    reading = Reading(part, original, folded, joined=finder.lexicon.form["joined"])
    hits = _literal(finder.find(folded.text, lambda hit: _spelled(hit, reading)))
    bounds = list(cut(original)) if part == "text" else [(0, len(original))]
    if part == "text" and bounds:
        head = _dateline(original, *bounds[0])
        ends = folded.position(head[0][1]) if len(head) > 1 else 0
        if not any(h.kind in ("act", "harm", "people") and h.end <= ends for h in hits):  # "killed on the A - B road"
            bounds[:1] = head
    places = [(folded.position(a), folded.position(b) if b < len(original) else len(folded.text)) for a, b in bounds]
    kept = telling([start for start, _ in places], hits) if fast else [True] * len(bounds)
    if not any(kept):
        return []
    looked_at = blanked(folded.text, places, kept) if fast else folded.text
    numbers, dates = find_numbers(looked_at, lang), find_dates(looked_at, lang, day)
    durations = find_durations(looked_at, lang)
    keys = [[h.start for h in listed] for listed in (hits, numbers, dates, durations)]
    sentences: list[Sentence] = []
    dateline = part == "text" and len(bounds) > 1 and bounds[0][1] == bounds[1][0]
    logged = {a for a, b in bounds if part == "text" and _LOGGED.match(original, a, b)}
    if len(logged) < LOG_LINES:
        logged = set()
    paragraph, last = 0, 0
    for (a, b), (start, end), keep in zip(bounds, places, kept, strict=True):
        if "\n" in original[last:a]:
            paragraph += 1
        last = b
        if not keep:
            continue

        def inside(listed: Sequence[Any], at: int, start: int = start, end: int = end) -> tuple[Any, ...]:
            return tuple(listed[bisect_left(keys[at], start) : bisect_left(keys[at], end)])

        known = inside(hits, 0)
        sentences.append(
            Sentence(
                reading,
                index + len(sentences),
                start,
                end,
                known[:MAX_HITS],
                inside(numbers, 1),
                inside(dates, 2),
                inside(durations, 3),
                paragraph,
                bool(part == "text" and _ITEM.match(original, a, b)) or _after_bullet(original, a),
                dateline and a == bounds[0][0],
                a in logged,
                part == "text" and _labelled(original, a, b),
                len(known) > MAX_HITS,
            )
        )
    return sentences


def _literal(hits: list[Hit]) -> list[Hit]:
    """The hits without the words of violence that stand in a phrase which tells of none: "a price war"."""
    idioms = [h for h in hits if h.kind == "cues" and h.value == "idiom"]
    if not idioms:
        return hits
    inner = {at for i in idioms for at in range(i.start, i.end)}
    return [h for h in hits if h.kind not in _VIOLENT or h.start not in inner or h.end - 1 not in inner]


def _labelled(original: str, a: int, b: int) -> bool:
    """Whether a sentence begins with the label of a form's line."""
    line = a == 0 or original[a - 1] == "\n"
    return bool(_LABEL.match(original, a, b) or (line and _LINE_LABEL.match(original, a, b)))


def _after_bullet(original: str, at: int) -> bool:
    """Whether a bullet stands before a place, with nothing but space between."""
    while at > 0 and original[at - 1].isspace():
        at -= 1
    return original[at - 1 : at] in _BULLETS


def _dateline(original: str, start: int, end: int) -> list[tuple[int, int]]:
    """The first sentence without "KIRKUK, Iraq, Oct 21 - ", which says where and when it was written."""
    match = _DATELINE.match(original, start, end)
    return [(start, match.end()), (match.end(), end)] if match and match.end() < end else [(start, end)]


def _spelled(hit: Hit, reading: Reading) -> bool:
    """Place names need a capital; terms of exact letters need these."""
    words = reading.words(hit.start, hit.end)
    return words == hit.term.exact if hit.term.exact else capital(words)
