"""Clusters of drafts -> incidents with every claim, the preferred record and the contradictions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from seamwatch.merge.claims import claims_of
from seamwatch.merge.clusters import Decision, cluster
from seamwatch.merge.conflicts import contradictions
from seamwatch.merge.items import Item
from seamwatch.merge.prefer import preferred
from seamwatch.merge.voices import names_of, voices_of
from seamwatch.model import Incident
from seamwatch.packs import Codes


def merge(items: Iterable[Item], codes: Codes, *, decisions: Sequence[Decision] = ()) -> tuple[Incident, ...]:
    """All incidents behind some drafts, sorted by id. The same drafts in any order give the same incidents."""
    held = list(items)
    known = {item.key: item for item in held}
    groups = cluster(held, decisions=decisions, codes=codes)
    return tuple(sorted((incident_of([known[key] for key in group], codes) for group in groups), key=lambda i: i.id))


def incident_of(members: Sequence[Item], codes: Codes) -> Incident:
    """One incident from the drafts that tell of it."""
    ordered = sorted(members, key=lambda item: item.key)
    voices = voices_of(ordered)
    claims = tuple(claim for item in ordered for claim in claims_of(item))
    record, reasons = preferred(voices, codes)
    return Incident(
        id=incident_id(ordered),
        members=tuple(item.key for item in ordered),
        record=record,
        claims=claims,
        contradictions=contradictions(voices, claims, codes),
        sources=names_of(voices),
        reasons=reasons,
    )


def incident_id(members: Iterable[Item]) -> str:
    """``i-`` and 12 hex digits of the hash of the member that was told first (by its report's day, then by key).

    Later reports that join leave it as it is. It changes only when a report with an earlier day joins (or one of that
    day whose key sorts first), when that member leaves for another incident, or when its report is coded anew into
    drafts of other numbers. Reports without a day count as the last.
    """
    first = min(members, key=lambda item: (item.day or date.max, item.key))
    return "i-" + hashlib.sha256(first.key.encode()).hexdigest()[:12]
