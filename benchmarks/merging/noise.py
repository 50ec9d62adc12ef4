"""Harder worlds than the gold: every incident within one season; and codes spoiled as a coder errs.

Spoiled means values missed, types confused with their kin, days off by one, places lost.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from seamwatch.merge import Item
from seamwatch.merge.pairs import kinship
from seamwatch.model import Record
from seamwatch.packs import load_pack

INITIATOR_MISSED, TARGET_MISSED, MEANS_MISSED = 0.15, 0.2, 0.25
TOLL_CUT, TYPE_CONFUSED, DAY_OFF, DAY_LOST, PLACE_LOST, COORDINATES_LOST = 0.2, 0.12, 0.1, 0.05, 0.1, 0.12


def spoiled(item: Item, rng: random.Random) -> Item:
    """An item as a middling coder would have it."""
    record = item.record
    record = record if rng.random() >= INITIATOR_MISSED else replace(record, initiator=())
    record = record if rng.random() >= TARGET_MISSED else replace(record, target=())
    record = record if rng.random() >= MEANS_MISSED else replace(record, means=())
    if rng.random() < TOLL_CUT:
        record = replace(record, toll=record.toll[: rng.randrange(len(record.toll) + 1)])
    if rng.random() < TYPE_CONFUSED:
        kin = [t for t in load_pack().codes.types if 0 < kinship(t, record.type) < 1]
        record = replace(record, type=rng.choices(kin, [kinship(t, record.type) for t in kin])[0]) if kin else record
    return replace(item, record=_displaced(_misdated(record, rng), rng))


def _misdated(record: Record, rng: random.Random) -> Record:
    if record.date is None or rng.random() < DAY_LOST:
        return replace(record, date=None)
    if rng.random() < DAY_OFF:
        off = timedelta(days=rng.choice((-1, 1)))
        return replace(record, date=replace(record.date, first=record.date.first + off, last=record.date.last + off))
    return record


def _displaced(record: Record, rng: random.Random) -> Record:
    if record.location is None or rng.random() < PLACE_LOST:
        return replace(record, location=None)
    if rng.random() < COORDINATES_LOST:
        return replace(record, location=replace(record.location, lat=None, lon=None, status="unknown"))
    return record


def crowded(items: Sequence[Item], incident: Mapping[str, str], rng: random.Random, days: int = 90) -> list[Item]:
    """The same incidents as if all had happened within one season, each with its reports' delays as they were."""
    start = date(2020, 1, 1)
    shift: dict[str, timedelta] = {}
    found = []
    for item in items:
        when = item.record.date
        if when and incident[item.key] not in shift:
            shift[incident[item.key]] = start + timedelta(days=rng.randrange(days)) - when.first
        by = shift.get(incident[item.key], timedelta(0))
        moved = when and replace(when, first=when.first + by, last=when.last + by)
        found.append(replace(item, record=replace(item.record, date=moved), day=item.day and item.day + by))
    return found
