"""What a brief says, before any language: codes, numbers and names. `summarise` makes it, `page` words it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from seamwatch.brief.input import ImportCounts
from seamwatch.model import DateSpan, Figure, Incident
from seamwatch.packs import Codes, PackPlace

Verdict = Literal["more", "fewer", "no_clear_change", "too_few", "not_covered", "context"]
Confidence = Literal["one", "two", "several"]


@dataclass(frozen=True, slots=True)
class Line:
    """One incident of the period. ``number`` is its number in the list and on the map; ``targets`` groups it by whom
    it hit. ``located`` is false where it has no coordinates or is known to the country only.
    """

    number: int
    incident: Incident
    targets: tuple[str, ...]
    is_attack: bool
    located: bool
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Week:
    """One week, Sunday to Saturday: attacks by the group that they hit. ``inside`` tells the period from before it."""

    sunday: date
    inside: bool
    attacks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A count against the equally long time before. ``low`` and ``high`` are the 95 % interval of the ratio.

    Verdict "context" is a count that is shown beside the others and not tested (reports read).
    """

    what: str
    now: int
    before: int
    verdict: Verdict
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TollCell:
    """The sum of what is stated for a group and outcome, and by how many incidents it is stated."""

    group: str
    outcome: str
    figure: Figure
    stated_by: int


@dataclass(frozen=True, slots=True)
class Quote:
    """One side of a contradiction: a source's value with its words."""

    value: str
    source: str
    words: tuple[str, ...]
    lang: str | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which independent sources differ."""

    number: int
    field: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement by an office."""

    kind: str
    office: str
    organisation: str
    about: str
    words: tuple[str, ...]
    source: str
    day: date | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """An incident that is new, changed or gone since the last brief; ``number`` where it is in this one's list."""

    kind: Literal["new", "changed", "gone"]
    incident_id: str
    number: int | None
    parts: tuple[str, ...] = ()
    incident: Incident | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with the reports of the period read from it, and the incidents that rest on one of its reports."""

    name: str
    kinds: tuple[str, ...]
    langs: tuple[str, ...]
    reports: int
    incidents: int


@dataclass(frozen=True, slots=True)
class BriefView:
    """A whole brief. Everything in it is computed; nothing is worded but what reports themselves say.

    ``names`` are the pack's place names by language, by gazetteer id; ``english`` the same by English name.
    """

    area: str
    areas: Mapping[str, str]
    audience: str
    first: date
    last: date
    before: DateSpan
    as_of: datetime
    codes: Codes
    counts: ImportCounts
    lines: tuple[Line, ...]
    weeks: tuple[Week, ...]
    off_the_weeks: int
    comparisons: tuple[Comparison, ...]
    toll: tuple[TollCell, ...]
    conflicts: tuple[Conflict, ...]
    said: tuple[Said, ...]
    previous_as_of: datetime | None
    changes: tuple[Change, ...]
    sources: tuple[SourceRow, ...]
    reports_in_period: int
    reports_without_day: int
    undated: int
    landmarks: tuple[PackPlace, ...]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    english: Mapping[str, Mapping[str, tuple[str, ...]]]
