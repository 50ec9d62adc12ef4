"""Clusters of drafts -> incidents with every claim, the preferred record and the contradictions."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Sequence
from datetime import date

from seamwatch.merge.claims import claims_of
from seamwatch.merge.clusters import cluster
from seamwatch.merge.conflicts import contradictions
from seamwatch.merge.decisions import Decision, decided_items, standing_decisions
from seamwatch.merge.items import Item
from seamwatch.merge.prefer import Preference, Preferences, preferred
from seamwatch.merge.voices import names_of, voices_of
from seamwatch.model import Incident
from seamwatch.packs import Codes


def merge(items: Iterable[Item], codes: Codes, *, decisions: Sequence[Decision] = ()) -> tuple[Incident, ...]:
    """All incidents behind some drafts, sorted by id. The same drafts in any order give the same incidents.

    Of two ``decisions`` on one matter the later holds.
    """
    held = decided_items(items, decisions)
    known = {item.key: item for item in held}
    groups = cluster(held, decisions=decisions, codes=codes)
    found = (incident_of([known[key] for key in group], codes, decisions=decisions) for group in groups)
    return tuple(sorted(found, key=lambda incident: incident.id))


def incident_of(members: Sequence[Item], codes: Codes, *, decisions: Sequence[Decision] = ()) -> Incident:
    """One incident from the drafts that tell of it, as people left them (`decided_items`).

    Of ``decisions``, those that prefer one claim to another are heeded here.
    """
    ordered = sorted(members, key=lambda item: item.key)
    voices = voices_of(ordered)
    claims = tuple(claim for item in ordered for claim in claims_of(item))
    record, reasons = preferred(voices, codes, preferences(decisions, {item.key for item in ordered}))
    return Incident(
        id=incident_id(ordered),
        members=tuple(item.key for item in ordered),
        record=record,
        claims=claims,
        contradictions=contradictions(voices, claims, codes),
        sources=names_of(voices),
        reasons=reasons,
    )


def preferences(decisions: Iterable[Decision], members: Container[str]) -> Preferences:
    """By field, which member's claim people preferred to which, and the role that did."""
    found: dict[str, list[Preference]] = {}
    for d in standing_decisions(d for d in decisions if d.kind == "prefer"):
        if d.left in members and d.right in members:
            found.setdefault(d.field, []).append(Preference(d.left, d.right, d.role))
    return found


def incident_id(members: Iterable[Item]) -> str:
    """``i-`` and 12 hex digits of the hash of the member that was told first (by its report's day, then by key).

    Later reports that join leave it as it is. It changes only when a report with an earlier day joins (or one of that
    day whose key sorts first), when that member leaves for another incident, or when its report is coded anew into
    drafts of other numbers. Reports without a day count as the last.
    """
    first = min(members, key=lambda item: (item.day or date.max, item.key))
    return "i-" + hashlib.sha256(first.key.encode()).hexdigest()[:12]
