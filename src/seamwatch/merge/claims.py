"""Every value that every draft gives, as people read them side by side; nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seamwatch.merge.items import Item
from seamwatch.model import Claim, DateSpan, Figure, Record, SourcedClaim, Span

Value = tuple[str, str]  # field, value in words


def claims_of(item: Item) -> tuple[SourcedClaim, ...]:
    """The claims of one draft, in the order of the codebook's fields, each with its words where the draft has them."""
    drafted, roles = _drafted_values(item), dict(item.by)
    found = []
    for field, value in values_of(item.record):
        spans, sure = drafted.get((field, value), ((), None))
        role = roles.get(field, "")
        told = (field, value, item.key, item.source, spans, role, None if role else sure)
        found.append(SourcedClaim(*told, item.reliability, item.credibility))
    return tuple(found)


def values_of(record: Record) -> Iterator[Value]:
    """Field and value of everything that a record states."""
    yield "type", record.type
    if record.date:
        yield "date", days_text(record.date)
    if record.location:
        yield "place", record.location.name
    for field, many in (
        ("other_places", record.other_places),
        ("initiator", record.initiator),
        ("target", record.target),
        ("means", record.means),
    ):
        for value in many:
            yield field, value
    for cell in record.toll:
        yield f"toll.{cell.group}.{cell.outcome}", figure_text(cell.figure)
    if record.duration_minutes is not None:
        yield "duration_minutes", str(record.duration_minutes)
    if record.claimed_by:
        yield "claimed_by", record.claimed_by


def days_text(when: DateSpan) -> str:
    """ISO days: "2022-03-17", or "2022-03-17 – 2022-03-18"."""
    return when.first.isoformat() if when.first == when.last else f"{when.first} – {when.last}"


def figure_text(figure: Figure) -> str:
    """Digits: "8", "≥13" or "10–13"."""
    if figure.high is None:
        return f"≥{figure.low}"
    return str(figure.low) if figure.low == figure.high else f"{figure.low}–{figure.high}"


def _drafted_values(item: Item) -> dict[Value, tuple[tuple[Span, ...], float | None]]:
    """The words behind each value of the draft, and the coder's confidence; those of equal values together."""
    found: dict[Value, tuple[tuple[Span, ...], float | None]] = {}
    for field, value, claim in _drafted(item):
        spans, sure = found.get((field, value), ((), None))
        both = [c for c in (sure, claim.confidence) if c is not None]
        found[field, value] = tuple(dict.fromkeys((*spans, *claim.spans))), max(both, default=None)
    return found


def _drafted(item: Item) -> Iterator[tuple[str, str, Claim[Any]]]:
    draft, place = item.draft, item.record.location
    if draft is None:
        return
    yield "type", draft.type.value, draft.type
    if draft.date:
        yield "date", days_text(draft.date.value), draft.date
    if draft.place and place:
        yield "place", place.name, draft.place
    for other in draft.other_places:
        yield "other_places", other.value.name, other
    for field, many in (("initiator", draft.initiator), ("target", draft.target), ("means", draft.means)):
        for claim in many:
            yield field, claim.value, claim
    for cell in draft.toll:
        yield f"toll.{cell.value.group}.{cell.value.outcome}", figure_text(cell.value.figure), cell
    if draft.duration_minutes:
        yield "duration_minutes", str(draft.duration_minutes.value), draft.duration_minutes
    if draft.claimed_by:
        yield "claimed_by", draft.claimed_by.value, draft.claimed_by
