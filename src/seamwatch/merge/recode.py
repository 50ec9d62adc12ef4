"""A field's value as a person types it, put into a record: the same words in which claims are shown.

    type, claimed_by               a code
    initiator, target, means       codes with commas between them
    other_places                   names with semicolons between them
    date                           2022-03-17, or 2022-03-17/2022-03-18 for a night or a span
    place                          35.10, 44.20 or NAME: 35.10, 44.20, with ± KM after it for a radius; a NAME alone
                                   for a place that nobody can put on a map
    toll.<group>.<outcome>         13, 10-13, or 13+ for at least 13
    duration_minutes               minutes

Nothing at all, or "none", takes the value away (the type always stays).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from seamwatch.errors import ModelError
from seamwatch.merge.claims import days_text, values_of
from seamwatch.merge.facts import radius_km
from seamwatch.model import Count, DateSpan, Figure, Place, Record
from seamwatch.packs import Codes

FIELDS = ("type", "date", "place", "other_places", "initiator", "target", "means", "duration_minutes", "claimed_by")
TOLL = re.compile(r"toll\.(\w+)\.(\w+)")
_DAY = r"(\d{4}-\d{2}-\d{2})"
_DAYS = re.compile(rf"{_DAY}(?:\s*[/–]\s*{_DAY})?")
_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,12})?)"
_PLACE = re.compile(rf"(?:(.{{1,200}}):)?\s*{_NUMBER}\s*,\s*{_NUMBER}\s*(?:±\s*(\d{{1,4}}(?:\.\d{{1,6}})?)(?:\s*km)?)?")
_FIGURE = re.compile(r"(≥)?\s*(\d{1,6})\s*(?:(\+)|[-–]\s*(\d{1,6}))?")
EXACT_KM = 5.0  # of a place given without its radius


def recoded(record: Record, field: str, value: str) -> Record:
    """The record with one field as the words say. Raises ModelError where they cannot be read or name no field."""
    text = value.strip()
    given = "" if text.casefold() == "none" else text
    try:
        return _put(record, field, given)
    except ValueError as error:  # of which ModelError is one: a day that is not on the calendar, a point off the globe
        rule = error.rule if isinstance(error, ModelError) else _RULES.get(field, _RULES["toll"])
        raise ModelError(f"got {value!r}", where=f"value of {field}", rule=rule or _RULES[field]) from error


def check_recode(field: str, value: str, codes: Codes) -> None:
    """Raise ModelError where a field, value or code cannot be."""
    record = recoded(Record("", location=Place("", "unknown")), field, value)
    used: list[tuple[tuple[str, ...], Mapping[str, object]]] = [
        ((record.type,) if field == "type" else (), codes.types),
        ((*record.initiator, *record.target, *filter(None, [record.claimed_by])), codes.actors),
        (record.means, codes.means),
    ]
    if toll := TOLL.fullmatch(field):
        used += [((toll[1],), codes.groups), ((toll[2],), codes.outcomes)]
    for given, table in used:
        for code in given:
            if code not in table:
                raise ModelError(f"got {code!r}", where=f"value of {field}", rule=f"one of {', '.join(table)}")


def value_text(record: Record, field: str) -> str:
    """A field's value as `recoded` takes it: what a person confirms is entered as this."""
    if field == "date" and record.date:
        return days_text(record.date)
    if field == "place" and record.location:
        place = record.location
        if place.lat is None or place.lon is None:
            return place.name
        point = f"{place.lat:.5f}, {place.lon:.5f} ± {radius_km(place):g}"
        return f"{place.name}: {point}" if place.name else point
    joined = [value for name, value in values_of(record) if name == field]
    return ("; " if field == "other_places" else ", ").join(joined) or "none"


_RULES = {
    "type": "a type's code",
    "claimed_by": "an actor's code",
    "date": "2022-03-17 or 2022-03-17/2022-03-18",
    "place": "35.10, 44.20 or NAME: 35.10, 44.20, with ± KM after it for a radius",
    "toll": "13, 10-13 or 13+",
    "duration_minutes": "minutes",
}


def _put(record: Record, field: str, text: str) -> Record:
    match field:
        case "type":
            return replace(record, type=_required(text))
        case "date":
            return replace(record, date=_days(text))
        case "place":
            return replace(record, location=_place(text, record.location))
        case "other_places":
            return replace(record, other_places=_parts(text, ";"))
        case "initiator":
            return replace(record, initiator=tuple(sorted(_parts(text, ","))))
        case "target":
            return replace(record, target=tuple(sorted(_parts(text, ","))))
        case "means":
            return replace(record, means=tuple(sorted(_parts(text, ","))))
        case "duration_minutes":
            return replace(record, duration_minutes=int(text) if text else None)
        case "claimed_by":
            return replace(record, claimed_by=text or None)
    if toll := TOLL.fullmatch(field):
        return replace(record, toll=_toll(record.toll, toll[1], toll[2], text))
    rule = f"one of {', '.join(FIELDS)}, toll.<group>.<outcome>"
    raise ModelError(f"got {field!r}", where="field", rule=rule)


def _required(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


def _parts(text: str, between: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for piece in text.split(between) if (part := piece.strip())))


def _days(text: str) -> DateSpan | None:
    if not text:
        return None
    found = _DAYS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first = date.fromisoformat(found[1])
    last = date.fromisoformat(found[2]) if found[2] else first
    return DateSpan(first, last, {0: "day", 1: "night"}.get((last - first).days, "span"))  # type: ignore[arg-type]


def _place(text: str, before: Place | None) -> Place | None:
    if not text:
        return None
    found = _PLACE.fullmatch(text)
    if found is None:
        if len(text) > 200 or re.search(r"\d\s*,\s*[+-]?\d", text):
            raise ValueError(text)
        return Place(text, "unknown")
    name = (found[1] or "").strip() or (before.name if before else "")
    radius_km = float(found[4]) if found[4] else EXACT_KM
    lat, lon = float(found[2]), float(found[3])
    return Place(name, "resolved", lat, lon, radius_km, "exact" if radius_km <= EXACT_KM else "near")


def _toll(toll: tuple[Count, ...], group: str, outcome: str, text: str) -> tuple[Count, ...]:
    rest = tuple(cell for cell in toll if (cell.group, cell.outcome) != (group, outcome))
    if not text:
        return rest
    found = _FIGURE.fullmatch(text)
    if found is None or (found[1] and (found[3] or found[4])):
        raise ValueError(text)
    low = int(found[2])
    if found[1] or found[3]:
        return (*rest, Count(group, outcome, Figure(low, None)))
    high = int(found[4]) if found[4] else low
    return (*rest, Count(group, outcome, Figure(low, high, low if low == high else None)))
