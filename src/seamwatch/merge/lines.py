"""Items from the JSON lines that `seamwatch code` writes (and from gold lines, whose fields sit under ``gold``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from seamwatch.clock import parse_published
from seamwatch.errors import ModelError, ReadError
from seamwatch.merge.copies import sketch
from seamwatch.merge.items import Item
from seamwatch.model import Count, DateSpan, Figure, Place, Record
from seamwatch.wire import load


def items_from_lines(lines: Iterable[str], *, where: str = "lines") -> tuple[tuple[Item, ...], tuple[ReadError, ...]]:
    """All incidents of coded reports, keyed ``id#k``, and one error for each line that cannot be used.

    Uses ``source``, ``published``, ``lang``, ``title`` and ``text`` of a line where it has them.
    """
    items: list[Item] = []
    errors: list[ReadError] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = _items(json.loads(line), seen)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            what, rule = _said(error)
            errors.append(ReadError(what, where=f"{where}, line {number}", rule=rule, remedy="the line is left out"))
        else:
            items.extend(found)
    return tuple(items), tuple(errors)


def _said(error: Exception) -> tuple[str, str]:
    """What is wrong with a line, and the rule that it breaks."""
    rule = "one JSON object a line: id, incidents in the codebook's fields"
    if isinstance(error, ModelError):
        return f"{error.where}: {error.what}", error.rule or rule
    if isinstance(error, KeyError):
        return f"no {error}", rule
    return ("not JSON" if isinstance(error, json.JSONDecodeError) else str(error)), rule


def _items(raw: Mapping[str, Any], seen: set[str]) -> list[Item]:
    if not isinstance(raw, dict):
        raise ModelError(f"got {type(raw).__name__}", where="line", rule="a JSON object")
    name = str(raw["id"])
    if name in seen:
        raise ModelError("appears twice", where=f"id {name!r}", rule="one line a report")
    coding = raw["gold"] if isinstance(raw.get("gold"), dict) else raw
    _, day, _ = parse_published(raw.get("published") or raw.get("date"))
    words = sketch(f"{raw.get('title') or ''}\n{raw.get('text') or ''}")
    source = str(raw.get("source") or "")
    found = [
        Item(
            f"{name}#{k}",
            record_from_codebook(incident, where=f"{name}#{k}"),
            name,
            source,
            day,
            raw.get("lang"),
            words,
        )
        for k, incident in enumerate(coding["incidents"])
    ]
    seen.add(name)
    return found


def record_from_codebook(raw: Mapping[str, Any], *, where: str = "") -> Record:
    """The record behind an incident in the codebook's fields: `wire.codebook_incident` the other way round."""
    return Record(
        type=_text(raw["type"], "type", where),
        date=_dates(raw, where),
        location=_place(raw, where),
        initiator=_codes(raw.get("initiator"), where),
        target=_codes(raw.get("target"), where),
        toll=_toll(raw.get("toll") or {}, where),
        means=_codes(raw.get("means"), where),
        duration_minutes=None if raw.get("duration_minutes") is None else round(float(raw["duration_minutes"])),
        claimed_by=raw.get("claimed_by"),
        other_places=tuple(str(p) for p in raw.get("other_places") or ()),
    )


def _text(value: object, field: str, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise ModelError(f"got {value!r}", where=f"{where} {field}", rule="a code")
    return value


def _dates(raw: Mapping[str, Any], where: str) -> DateSpan | None:
    start, end = raw.get("date_from") or raw.get("date_to"), raw.get("date_to") or raw.get("date_from")
    if start is None or end is None:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    usual = {timedelta(0): "day", timedelta(1): "night"}.get(last - first, "span")
    fields = {"first": start, "last": end, "precision": raw.get("date_precision") or usual}
    return load(DateSpan, fields | {"basis": raw.get("date_basis") or "text"}, where=f"{where} date")


def _place(raw: Mapping[str, Any], where: str) -> Place | None:
    name, lat, lon = raw.get("place"), raw.get("lat"), raw.get("lon")
    if name is None and lat is None:
        return None
    admin = raw.get("admin") or {}
    fields = {
        "name": name or "",
        "status": "resolved" if lat is not None else "unknown",
        "lat": lat,
        "lon": lon,
        "radius_km": raw.get("radius_km"),
        "precision": raw.get("place_precision"),
        "governorate": admin.get("governorate"),
        "district": admin.get("district"),
    }
    return load(Place, fields, where=f"{where} place")


def _codes(raw: object, where: str) -> tuple[str, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, (list, str)):
        raise ModelError(f"got {raw!r}", where=where, rule="a list of codes")
    return tuple(sorted({str(code) for code in ([raw] if isinstance(raw, str) else raw)}))


def _toll(raw: Mapping[str, Any], where: str) -> tuple[Count, ...]:
    cells = []
    for group, outcomes in raw.items():
        for outcome, value in (outcomes or {}).items():
            if value is not None:
                cells.append(Count(group, outcome, _figure(value, f"{where} toll {group}.{outcome}")))
    return tuple(cells)


def _figure(value: object, where: str) -> Figure:
    low, high = value if isinstance(value, list) and len(value) == 2 else (value, value)
    if not (low is None or type(low) is int) or not (high is None or type(high) is int):
        raise ModelError(f"got {value!r}", where=where, rule="a count or [low, high]")
    return Figure(low or 0, high, low if low == high else None)
