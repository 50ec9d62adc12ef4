"""What a brief is made from: plain model values, assembled by whoever has the node open."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from seamwatch.errors import BriefError
from seamwatch.model import Incident, Report, Statement
from seamwatch.packs import Codes, PackPlace
from seamwatch.wire import dump

Parts = Mapping[str, str]  # field of an incident -> hash of its content


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What a brief needs of a report: not its text."""

    id: str
    source: str
    title: str
    day: date | None = None
    lang: str | None = None
    source_kind: str | None = None

    @classmethod
    def of(cls, report: Report) -> ReportCard:
        """The card of a report; its day is the calendar day printed on it."""
        return cls(report.id, report.source, report.title, report.day, report.lang, report.source_kind)


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What became of the files behind the picture. ``strange``: reports in languages that the coder does not know.

    ``notes`` are the coder's other words on where it is degraded.
    """

    read: int = 0
    unreadable: int = 0
    repeated: int = 0
    uncoded: int = 0
    notes: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    strange: int = 0
    strange_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Previous:
    """What the last brief held: for each incident of the node, the content hash of each of its parts."""

    as_of: datetime
    incidents: Mapping[str, Parts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BriefInput:
    """One brief's material. ``first`` to ``last`` are local calendar days, both included.

    ``incidents``, ``reports`` and ``statements`` are all the node's, so that the weeks before can be compared.
    ``places`` are the pack's: towns for the map, and names in the reader's language. ``areas`` are the area's names by
    language, where it has any beside ``area``. ``landmarks`` are the kinds of place that the map names.
    """

    area: str
    first: date
    last: date
    as_of: datetime
    codes: Codes
    incidents: tuple[Incident, ...] = ()
    reports: Mapping[str, ReportCard] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    counts: ImportCounts = ImportCounts()
    previous: Previous | None = None
    places: tuple[PackPlace, ...] = ()
    areas: Mapping[str, str] = field(default_factory=dict)
    landmarks: tuple[str, ...] = ("city", "town")
    audience: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise BriefError(f"got {self.first}..{self.last}", where="period", rule="first day <= last day")
        if self.first - date.min <= self.last - self.first:
            rule = "an equally long time before it is on the calendar"
            raise BriefError(f"got {self.first}..{self.last}", where="period", rule=rule)
        if self.as_of.tzinfo is None:
            raise BriefError(f"got {self.as_of}", where="as_of", rule="a time carries its zone")


def snapshot(incidents: Iterable[Incident], as_of: datetime) -> Previous:
    """What a brief made now holds, for the next one to be compared with; `wire.dump` and `wire.load` keep it."""
    return Previous(as_of, {incident.id: parts(incident) for incident in incidents})


def parts(incident: Incident) -> Parts:
    """The content hash of each part of an incident that a reader would call a change."""
    record = incident.record
    content: dict[str, object] = {
        "type": record.type,
        "date": record.date,
        "place": record.location,
        "initiator": record.initiator,
        "target": record.target,
        "toll": sorted(record.toll, key=lambda c: (c.group, c.outcome)),
        "means": record.means,
        "claimed_by": record.claimed_by,
        "duration_minutes": record.duration_minutes,
        "sources": sorted(incident.sources),
        "contradictions": sorted((c.field, sorted(claim.value for claim in c.claims)) for c in incident.contradictions),
    }
    return {name: _digest(value) for name, value in content.items()}


def _digest(value: object) -> str:
    text = json.dumps(dump(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
