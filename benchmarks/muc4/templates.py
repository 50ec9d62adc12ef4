"""Templates of a text: whether it tells of an incident, of what types, with whom and what, when, where, how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.muc4.model import KINDS, Judgement, judge, load
from benchmarks.muc4.reading import Reading, read
from benchmarks.muc4.roles import THRESHOLDS, Candidate, role_candidates
from benchmarks.muc4.tolls import tolls
from benchmarks.muc4.when import best_days
from benchmarks.muc4.where import best_place

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
RELEVANT = 0.45
SECOND = {"attack": 0.5, "bombing": 0.4, "kidnapping": 0.35, "arson": 0.4, "robbery": 0.5, "forced work stoppage": 0.9}
SHARE = 0.45  # of its best type's probability that a mention's sentence needs for another type

Template = dict[str, Any]  # as the scorer reads it


def templates(text: str) -> list[Template]:
    """The templates of a text; none if it tells of no incident."""
    reading = read(text)
    if not reading.sentences:
        return []
    judgement = judge(reading, load())
    if judgement.document[-1] < RELEVANT:
        return []
    kinds = chosen_kinds(judgement)
    candidates = [c for c in role_candidates(text) if c.score >= THRESHOLDS[c.role]]
    return [_template(reading, judgement, kind, kinds, candidates) for kind in kinds]


def chosen_kinds(judgement: Judgement) -> list[int]:
    """Types of the incidents: the most probable, and others that are probable enough by themselves."""
    order = sorted(range(len(KINDS)), key=lambda k: -float(judgement.document[k]))
    return [k for n, k in enumerate(order) if n == 0 or judgement.document[k] >= SECOND[KINDS[k]]]


def _template(
    reading: Reading, judgement: Judgement, kind: int, kinds: Sequence[int], candidates: Sequence[Candidate]
) -> Template:
    own = [c for c in candidates if _fills(reading, judgement, kind, kinds, c)]
    first, last = best_days(reading, judgement, kind, own)
    killed, wounded = tolls(reading, judgement, kind, own)
    roles = {role: [list(c.mentions) for c in own if c.role == role] for role in ROLES}
    return {
        "incident_type": KINDS[kind],
        **roles,
        "date_from": first.isoformat() if first else None,
        "date_to": last.isoformat() if last else None,
        "place": best_place(reading, judgement, kind, own),
        "killed": killed,
        "wounded": wounded,
    }


def _fills(reading: Reading, judgement: Judgement, kind: int, kinds: Sequence[int], candidate: Candidate) -> bool:
    """Whether a candidate is of the incident of a kind: the sentence of its best mention tells of that kind."""
    at = judgement.sentences[reading.sentence_at(candidate.start)]
    odds = {k: float(at[k]) * float(judgement.document[k]) for k in kinds}
    return odds[kind] >= SHARE * max(odds.values())
