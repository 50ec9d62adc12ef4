"""Which entities are of which incident: the probability that an entity fills its role in a template of a kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.muc4.model import KINDS, Floats, Judgement, logit, probability
from benchmarks.muc4.role_model import ROLES
from benchmarks.muc4.roles import Candidate

THRESHOLD = 0.24  # about half the F1 that is reached: a filler as probable raises it


@dataclass(frozen=True, slots=True)
class Fill:
    """An entity with what speaks for its being of an incident of a kind."""

    candidate: Candidate
    row: tuple[float, ...]


def fills(judgement: Judgement, kind: int, kinds: Sequence[int], candidates: Sequence[Candidate]) -> list[Fill]:
    """The entities of a text as fillers of the template of a kind, where it has templates of ``kinds``."""
    told, out = logit(judgement.sentences), []
    others = [k for k in kinds if k != kind]
    document = logit(judgement.document)
    for one in candidates:
        at = list(one.sentences)
        best, here = float(told[at, kind].max()), float(told[at[0], kind])
        rival = float(told[at][:, others].max()) if others else -4.0
        beside = float(told[at[0]][others].max()) if others else -4.0
        score = math.log(one.score / (1 - one.score)) if 0 < one.score < 1 else 0.0
        stronger = sum(c.role == one.role and c.score > one.score for c in candidates)
        several = float(bool(others))
        out.append(
            Fill(
                one,
                (
                    score, score * several, float(document[kind]), float(document[-1]), best, here,
                    float(told[at[0], -1]), several, float(len(kinds) > 2), several * (best - rival),
                    several * (here - beside),
                    several * float(best >= rival), several * float(here >= beside),
                    several * (float(document[kind]) - float(document[others].max()) if others else 0.0),
                    best - float(told[:, kind].max()), *(float(kind == k) for k in range(len(KINDS))),
                    float(stronger == 0), min(stronger, 4) / 4, math.log(len(at)), math.log(len(one.mentions)),
                    float(at[0] == 0), at[0] / len(told), 1.0,
                ),
            )
        )  # fmt: skip
    return out


def rows(listed: Sequence[Fill]) -> Floats:
    """The signals of some fills, a row each."""
    return np.array([f.row for f in listed])


def chosen(
    judgement: Judgement, kind: int, kinds: Sequence[int], candidates: Sequence[Candidate], weights: Floats
) -> list[Candidate]:
    """The entities that fill the template of a kind; ``weights`` by role (5, signals)."""
    listed = fills(judgement, kind, kinds, candidates)
    return [f.candidate for f in listed if probable(f, weights) >= THRESHOLD]


def probable(fill: Fill, weights: Floats) -> float:
    """The probability of a fill."""
    return float(probability(np.array(fill.row) @ weights[ROLES.index(fill.candidate.role)]))
