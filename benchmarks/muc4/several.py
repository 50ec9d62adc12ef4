"""Whether a text tells of several incidents of one kind, and which entities are of which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from benchmarks.muc4.model import Floats, Judgement, logit, probability
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.roles import Candidate
from benchmarks.muc4.where import names

SEVERAL = 0.4  # probability of a second incident of a kind from which one is told of
HIT = ("Target", "Victim")
_WORDS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "another|second|third|other (?:bombs?|attacks?|explosions?|actions?|incidents?)|separate|different",
        "also|in addition|moreover|furthermore|likewise|too",
        "meanwhile|at the same time|simultaneous(?:ly)?|hours later|earlier|later",
        "attacks|bombings|explosions|kidnappings|murders|assassinations|bombs|incidents|actions",
        "series of|wave of|several|various|chain of|at least (?:two|three|four|five|six)",
        "yesterday|today|last night|this morning",
        "on \\d{1,2} [a-z]{3,9}|in [a-z]{3,9} 19\\d\\d",
    )
)


def several_signals(reading: Reading, judgement: Judgement, kind: int, own: Sequence[Candidate]) -> Floats:
    """What speaks for a second incident of a kind, of which these entities are."""
    told, any_ = judgement.sentences[:, kind], judgement.sentences[:, -1]
    lower = reading.prepared.lower
    hit = sorted({c.sentences[0] for c in own if c.role in HIT})
    gaps = [b - a for a, b in pairwise(hit)]
    telling = np.flatnonzero(told >= 0.2)
    spread = float(telling[-1] - telling[0]) if len(telling) else 0.0
    towns = {n.text for n in names(reading) if n.level != "country" and any(told[m.sentence] >= 0.2 for m in n.at)}
    counted = [min(len(p.findall(lower)), 5) / 5 for p in _WORDS]
    return np.array(
        [
            float(logit(judgement.document[kind : kind + 1])[0]), float(np.log1p(told.sum())), len(telling) / 5,
            spread / 10, float((any_ >= 0.4).sum()) / 5, float(np.log(len(told))), min(len(hit), 6) / 3,
            min(sum(c.role in HIT for c in own), 8) / 4, min(max(gaps, default=0), 8) / 4, float(len(hit) > 1),
            min(len(towns), 8) / 4, float(kind == 0), float(kind == 1), float(kind == 2), *counted,
        ]
    )  # fmt: skip


def several(signals: Floats, weights: Floats) -> float:
    """The probability of a second incident; the last weight is the intercept."""
    return float(probability(signals @ weights[:-1] + weights[-1]))


def parted(own: Sequence[Candidate]) -> list[list[Candidate]]:
    """The entities of two incidents: what was hit parted where it is told farthest apart, weapons with the nearer.

    Who did it is taken to be the same. Where nothing hit parts them, the second has those who did it alone.
    """
    at = sorted({c.sentences[0] for c in own if c.role in HIT})
    by = [c for c in own if c.role in ("PerpInd", "PerpOrg")]
    if len(at) < 2:
        return [list(own), by]
    cut = max(range(1, len(at)), key=lambda i: (at[i] - at[i - 1], -i))
    first, last = at[:cut], at[cut:]
    groups: list[list[Candidate]] = [[], []]
    for c in own:
        if c in by:
            groups[0].append(c)
            groups[1].append(c)
        else:
            near = [min(abs(c.sentences[0] - s) for s in side) for side in (first, last)]
            groups[int(near[1] < near[0])].append(c)
    return groups
