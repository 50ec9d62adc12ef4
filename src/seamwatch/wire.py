"""The model as JSON: plain builtins out, validated types in. The codebook's own field names for what others read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from seamwatch.errors import ModelError
from seamwatch.model import Coding, Count, Draft, Figure, Record, Report, Statement

T = TypeVar("T")


def dump(value: object) -> Any:
    """Any model value as JSON builtins (dates as ISO text)."""
    return msgspec.to_builtins(value)


def load(kind: type[T], raw: object, *, where: str = "") -> T:
    """A model value from JSON builtins; raises ModelError where it breaks the model."""
    try:
        return msgspec.convert(raw, kind, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise ModelError(str(error), where=where or kind.__name__, rule="the model's schema") from error


def figure_json(figure: Figure) -> int | list[int | None]:
    """The codebook's way to write a figure: ``13`` or ``[13, null]``."""
    return figure.low if figure.low == figure.high else [figure.low, figure.high]


def record_of(draft: Draft) -> Record:
    """The flat view of one draft."""
    return Record(
        type=draft.type.value,
        date=draft.date.value if draft.date else None,
        location=draft.location,
        initiator=tuple(sorted({c.value for c in draft.initiator})),
        target=tuple(sorted({c.value for c in draft.target})),
        toll=tuple(c.value for c in draft.toll),
        means=tuple(sorted({c.value for c in draft.means})),
        duration_minutes=draft.duration_minutes.value if draft.duration_minutes else None,
        claimed_by=draft.claimed_by.value if draft.claimed_by else None,
        other_places=tuple(dict.fromkeys(c.value.name for c in draft.other_places)),
    )


def codebook_incident(record: Record) -> dict[str, Any]:
    """An incident in the codebook's fields, as `seamwatch code` and `seamwatch incidents` write it."""
    place, when = record.location, record.date
    toll: dict[str, dict[str, Any]] = {}
    for cell in record.toll:
        toll.setdefault(cell.group, {})[cell.outcome] = figure_json(cell.figure)
    return {
        "type": record.type,
        "date_from": when.first.isoformat() if when else None,
        "date_to": when.last.isoformat() if when else None,
        "date_precision": when.precision if when else None,
        "date_basis": when.basis if when else None,
        "place": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "place_precision": place.precision if place else None,
        "admin": {"governorate": place.governorate, "district": place.district} if place else None,
        "initiator": list(record.initiator),
        "target": list(record.target),
        "toll": toll,
        "means": list(record.means),
        "duration_minutes": record.duration_minutes,
        "claimed_by": record.claimed_by,
        "other_places": list(record.other_places),
    }


def evidence(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """The words that each field of a draft rests on."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, claim in draft.claims():
        found.setdefault(name, []).extend(dump(span) for span in claim.spans)
    return found


def confidence(draft: Draft) -> dict[str, Any]:
    """How sure each value of a draft is, from 0 to 1: by field, and where a field holds several values, by value."""
    found: dict[str, Any] = {}
    for name, claim in draft.claims():
        if claim.confidence is None:
            continue
        if isinstance(claim.value, Count):
            found.setdefault(name, {}).setdefault(claim.value.group, {})[claim.value.outcome] = claim.confidence
        elif name in ("initiator", "target", "means"):
            found.setdefault(name, {})[claim.value] = claim.confidence
        elif name != "other_places":
            found[name] = claim.confidence
    return found


def codebook_statement(statement: Statement) -> dict[str, Any]:
    """A statement in the codebook's fields, with its words."""
    return {
        "speaker_office": statement.speaker_office,
        "speaker_org": statement.speaker_org,
        "kind": statement.kind,
        "about": statement.about,
        "evidence": [dump(span) for span in statement.spans],
    }


def codebook_coding(coding: Coding, report: Report) -> Mapping[str, Any]:
    """One line of `seamwatch code`'s output: a report's incidents and statements, present even where empty.

    The report's day, source and language are with it, since merging asks who told it when.
    """
    incidents = [
        codebook_incident(record_of(d))
        | {"evidence": evidence(d)}
        | ({"confidence": sure} if (sure := confidence(d)) else {})
        for d in coding.drafts
    ]
    day = report.day.isoformat() if report.day else None
    line: dict[str, Any] = {"id": report.name, "published": day, "source": report.source, "lang": report.lang}
    line["incidents"] = incidents
    line["statements"] = [codebook_statement(s) for s in coding.statements]
    if coding.notes:
        line["notes"] = list(coding.notes)
    return line
