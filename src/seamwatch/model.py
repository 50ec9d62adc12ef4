"""The vocabulary of Seamwatch: the codebook as frozen, validated types. No I/O.

A `Report` is one text from one source. The coder turns it into a `Coding`: `Draft`s (incidents as this one report
tells them, every value a `Claim` with the words it rests on) and `Statement`s. Merging makes `Incident`s out of drafts
and keeps every claim. A `Record` is the flat codebook view of either. Codes (types, actors, means, groups) are plain
strings here: the pack says which exist (`seamwatch.packs.Codes.check`).

There is no field for a private person, and `tests/test_model.py` fails if one is added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Generic, Literal, TypeVar

from seamwatch.errors import ModelError

T = TypeVar("T")

Part = Literal["title", "text"]
PublishedPrecision = Literal["minute", "day", "month", "year"]
DatePrecision = Literal["hour", "day", "night", "span", "week", "month"]
DateBasis = Literal["text", "report", "announced"]
PlacePrecision = Literal["exact", "near", "district", "governorate", "country"]
Relation = Literal["at", "near", "between", "offset", "road"]
PlaceStatus = Literal["resolved", "within", "ambiguous", "unknown"]


def _require(holds: bool, what: str, *, where: str, rule: str) -> None:
    if not holds:
        raise ModelError(what, where=where, rule=rule)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a report: ``getattr(report, part)[start:end] == quote``. ``rule`` names the rule that took them."""

    part: Part
    start: int
    end: int
    quote: str
    rule: str = ""

    def __post_init__(self) -> None:
        _require(0 <= self.start < self.end, f"got {self.start}..{self.end}", where="span", rule="0 <= start < end")


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """A value and the words it rests on. ``by`` says who decided: a coder's name, or a role (never a person)."""

    value: T
    spans: tuple[Span, ...]
    by: str = "rules"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One text from one source.

    ``id`` is the hash of the content, so reading the same thing twice changes nothing; ``external_id`` is what the
    source or the input file calls it. ``published`` is in UTC; ``day`` is the calendar day printed on the report, in
    its own time zone, and is None when only a month or year (or nothing) is known, as ``published_precision`` tells.
    """

    id: str
    title: str
    text: str
    source: str = ""
    source_kind: str | None = None
    published: datetime | None = None
    published_precision: PublishedPrecision | None = None
    day: date | None = None
    lang: str | None = None
    external_id: str | None = None
    origin: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.title.strip() or self.text.strip()), "no words", where=self.name, rule="title or text")
        aware = self.published is None or self.published.tzinfo is not None
        _require(aware, f"got {self.published}", where=f"{self.name}.published", rule="a time carries its zone")

    @property
    def name(self) -> str:
        """How people refer to it: the source's own id, else the content hash."""
        return self.external_id or self.id

    def words(self, span: Span) -> str:
        """The report's words at a span."""
        return (self.title if span.part == "title" else self.text)[span.start : span.end]


def make_report(
    title: str,
    text: str,
    *,
    source: str = "",
    source_kind: str | None = None,
    published: datetime | None = None,
    published_precision: PublishedPrecision | None = None,
    day: date | None = None,
    lang: str | None = None,
    external_id: str | None = None,
    origin: str = "",
) -> Report:
    """A report with its content hash as id. Where it was found (``origin``, ``external_id``) is not content."""
    stamp = published.astimezone(UTC).isoformat() if published else ""
    content = "\x1f".join((source, stamp, day.isoformat() if day else "", title, text))
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return Report(
        digest, title, text, source, source_kind, published, published_precision, day, lang, external_id, origin
    )


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Local calendar days from ``first`` to ``last``; a night that crosses midnight spans both."""

    first: date
    last: date
    precision: DatePrecision = "day"
    basis: DateBasis = "text"

    def __post_init__(self) -> None:
        _require(self.first <= self.last, f"got {self.first}..{self.last}", where="date", rule="first <= last")

    def overlaps(self, other: DateSpan) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as the report states it: ``high`` None is open ("at least 13" is 13..None)."""

    low: int
    high: int | None
    best: int | None = None

    def __post_init__(self) -> None:
        closed = self.high is None or self.low <= self.high
        _require(self.low >= 0 and closed, f"got {self.low}..{self.high}", where="figure", rule="0 <= low <= high")

    @classmethod
    def exactly(cls, count: int) -> Figure:
        """A plain count."""
        return cls(count, count, count)

    def words(self) -> str:
        """Digits for people: 13, 10–13, or 13+ where it is open."""
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"

    def overlaps(self, other: Figure) -> bool:
        """Whether one number could satisfy both."""
        return (other.high is None or self.low <= other.high) and (self.high is None or other.low <= self.high)

    def hull(self, other: Figure) -> Figure:
        """The narrowest figure that holds both; no best where they differ."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Figure(min(self.low, other.low), high, self.best if self == other else None)


def report_of(draft_key: str) -> str:
    """The report's id in a draft's key ``report#k``; "" where it is none."""
    return draft_key.rpartition("#")[0]


@dataclass(frozen=True, slots=True)
class Count:
    """One cell of the toll: so many of a group came to such harm."""

    group: str
    outcome: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as the report names it, before it is looked up.

    ``relation`` "offset" is "30 km south-west of": ``distance_km`` and ``bearing_deg`` say how far and whereto (either
    may be None). "between" and "road" have a second name in ``to``. ``kind`` is the report's own word for it (village,
    district, governorate, mountain, road …). ``within`` are the wider places that the report puts it in, nearest
    first.
    """

    name: str
    relation: Relation = "at"
    to: str | None = None
    distance_km: float | None = None
    bearing_deg: float | None = None
    kind: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place looked up: WGS 84 degrees, and the radius within which the report's words put the incident."""

    name: str
    status: PlaceStatus
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: PlacePrecision | None = None
    country: str | None = None
    governorate: str | None = None
    district: str | None = None
    gazetteer_id: str | None = None
    source: str | None = None
    candidates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        both = (self.lat is None) == (self.lon is None)
        globe = -90 <= (self.lat or 0) <= 90 and -180 <= (self.lon or 0) <= 180
        _require(both and globe, f"got {self.lat}, {self.lon}", where=f"place {self.name!r}", rule="WGS 84 degrees")


@dataclass(frozen=True, slots=True)
class Draft:
    """One incident as one report tells it. ``place`` is what the report says, ``location`` what was looked up."""

    report_id: str
    index: int
    type: Claim[str]
    date: Claim[DateSpan] | None = None
    place: Claim[PlaceMention] | None = None
    other_places: tuple[Claim[PlaceMention], ...] = ()
    initiator: tuple[Claim[str], ...] = ()
    target: tuple[Claim[str], ...] = ()
    toll: tuple[Claim[Count], ...] = ()
    means: tuple[Claim[str], ...] = ()
    duration_minutes: Claim[int] | None = None
    claimed_by: Claim[str] | None = None
    location: Place | None = None

    @property
    def key(self) -> str:
        """Its name everywhere: ``report#k``."""
        return f"{self.report_id}#{self.index}"

    def claims(self) -> tuple[tuple[str, Claim[Any]], ...]:
        """Every claim with the name of its field, in the codebook's order."""
        single = (("type", self.type), ("date", self.date), ("place", self.place))
        rest = (("duration_minutes", self.duration_minutes), ("claimed_by", self.claimed_by))
        several: tuple[tuple[str, tuple[Claim[Any], ...]], ...] = (
            ("other_places", self.other_places),
            ("initiator", self.initiator),
            ("target", self.target),
            ("toll", self.toll),
            ("means", self.means),
        )
        found = [(name, claim) for name, claim in single if claim]
        found += [(name, claim) for name, claims in several for claim in claims]
        return tuple(found + [(name, claim) for name, claim in rest if claim])


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody with an office said, apart from incidents. Offices and organisations only, never a name."""

    report_id: str
    kind: str
    speaker_office: str
    speaker_org: str
    about: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """What a coder made of one report. ``notes`` say where it is degraded, in words for the reader."""

    report_id: str
    coder: str
    drafts: tuple[Draft, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The codebook's flat view of an incident."""

    type: str
    date: DateSpan | None = None
    location: Place | None = None
    initiator: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    toll: tuple[Count, ...] = ()
    means: tuple[str, ...] = ()
    duration_minutes: int | None = None
    claimed_by: str | None = None
    other_places: tuple[str, ...] = ()

    def figure(self, outcome: str, group: str | None = None) -> Figure | None:
        """The toll of an outcome, of one group or summed over all; None where nothing is stated."""
        cells = [c.figure for c in self.toll if c.outcome == outcome and group in (None, c.group)]
        return add_figures(cells)


def add_figures(figures: Iterable[Figure]) -> Figure | None:
    """Sum of figures, open where one is open; None for no figures."""
    parts = list(figures)
    if not parts:
        return None
    highs = [f.high for f in parts if f.high is not None]
    bests = [f.best for f in parts if f.best is not None]
    return Figure(
        sum(f.low for f in parts),
        sum(highs) if len(highs) == len(parts) else None,
        sum(bests) if len(bests) == len(parts) else None,
    )


@dataclass(frozen=True, slots=True)
class SourcedClaim:
    """One report's value for one field of an incident, as people read it side by side.

    ``field`` is ``type``, ``date``, ``place``, ``other_places``, ``initiator``, ``target``, ``toll.<group>.<outcome>``,
    ``means``, ``duration_minutes`` or ``claimed_by``. ``value`` is a name as reported, digits ("8", "≥13", "10–13"),
    days ("2022-03-17 – 2022-03-18"), or a code, which `Codes.label` puts into the reader's language. ``by`` is the role
    that coded it anew, empty for the coder; ``confidence`` is the coder's, 0 to 1. ``source_reliability`` (A to F) and
    ``information_credibility`` (1 to 6, of the report) are as people rated them, empty where nobody did.
    """

    field: str
    value: str
    draft: str
    source: str
    spans: tuple[Span, ...]
    by: str = ""
    confidence: float | None = None
    source_reliability: str = ""
    information_credibility: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field on which independent sources cannot all be right, with every claim on it."""

    field: str
    claims: tuple[SourcedClaim, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened, from all reports that tell of it. ``record`` is the preferred view, computed.

    ``sources`` has one entry an independent source: names that carry one wire text are joined by " / ". ``reasons``
    say, field by field, why the record prefers what it does.
    """

    id: str
    members: tuple[str, ...]
    record: Record
    claims: tuple[SourcedClaim, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    sources: tuple[str, ...] = field(default=())
    reasons: tuple[tuple[str, str], ...] = ()
