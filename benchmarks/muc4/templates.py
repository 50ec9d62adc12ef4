"""Templates of a text: whether it tells of an incident, of what types, with whom and what, when, where, how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.muc4 import role_model
from benchmarks.muc4.fills import chosen
from benchmarks.muc4.model import KINDS, Judgement, judge, load, told
from benchmarks.muc4.reading import Reading, read
from benchmarks.muc4.role_model import ROLES
from benchmarks.muc4.roles import Candidate, candidates, role_strings
from benchmarks.muc4.several import SEVERAL, parted, several, several_signals
from benchmarks.muc4.tolls import tolls
from benchmarks.muc4.when import best_days
from benchmarks.muc4.where import best_place

RELEVANT = 0.42  # probability of an incident from which a text has templates
SECOND = 0.2  # probability of a type from which it has a template beside the likeliest

Template = dict[str, Any]  # as the scorer reads it


def templates(text: str) -> list[Template]:
    """The templates of a text; none if it tells of no incident."""
    reading = read(text)
    if not reading.sentences:
        return []
    model = load()
    sentences = told(reading, model)
    strings = role_strings(reading, sentences, role_model.load())
    judgement = judge(reading, sentences, [[s.score for s in strings[role]] for role in ROLES], model)
    if judgement.document[-1] < RELEVANT:
        return []
    kinds = chosen_kinds(judgement)
    entities = candidates(text, strings)
    out = []
    for kind in kinds:
        own = chosen(judgement, kind, kinds, entities, model.fill)
        twice = several(several_signals(reading, judgement, kind, own), model.several) >= SEVERAL
        out += [_template(reading, judgement, kind, some) for some in (parted(own) if twice else [own])]
    return out


def chosen_kinds(judgement: Judgement) -> list[int]:
    """Types of the incidents: the most probable, and others that are probable enough by themselves."""
    order = sorted(range(len(KINDS)), key=lambda k: -float(judgement.document[k]))
    return [k for n, k in enumerate(order) if n == 0 or judgement.document[k] >= SECOND]


def _template(reading: Reading, judgement: Judgement, kind: int, own: Sequence[Candidate]) -> Template:
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
