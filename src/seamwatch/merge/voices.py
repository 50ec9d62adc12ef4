"""The independent sources of one incident, and what each of them says last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from seamwatch.merge.copies import independent
from seamwatch.merge.items import Item
from seamwatch.model import Record

T = TypeVar("T")

Voice = tuple[Item, ...]  # the drafts of one independent source, oldest first


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value and the draft that gives it."""

    value: T
    item: Item


def voices_of(items: Iterable[Item]) -> tuple[Voice, ...]:
    """Drafts by independent source, the source that spoke first before the others. A report without a day is oldest."""
    ordered = sorted(items, key=age)
    return tuple(tuple(ordered[i] for i in group) for group in independent(ordered))


def standing(
    voices: Sequence[Voice], get: Callable[[Record], T | None], over: Iterable[tuple[str, str]] = ()
) -> list[Said[T]]:
    """What each source that gives a value says: its newest report supersedes its own earlier ones. Oldest first.

    ``over`` are claims, as drafts, that people preferred, each with the one it is preferred to: the latter is left out
    while the former gives a value. Preferences in a ring cancel each other.
    """
    giving = {item.key for voice in voices for item in voice if _gives(get(item.record))}
    left_out = {loser for winner, loser in over if winner in giving and loser in giving}
    if left_out == giving:
        left_out = set()
    said: list[Said[T]] = []
    for voice in voices:
        for item in reversed(voice):
            value = get(item.record)
            if value is not None and _gives(value) and item.key not in left_out:
                said.append(Said(value, item))
                break
    return sorted(said, key=lambda s: age(s.item))


def _gives(value: object) -> bool:
    return value is not None and value != ()


def names_of(voices: Sequence[Voice]) -> tuple[str, ...]:
    """One name an independent source, those of copies joined by " / "; a report stands for a source without name."""
    joined = (" / ".join(sorted({i.source or f"report {i.report_id}" for i in voice})) for voice in voices)
    return tuple(sorted(joined))


def age(item: Item) -> tuple[date, str]:
    """What items are sorted by from oldest to newest: the report's day, then the key."""
    return item.day or date.min, item.key
