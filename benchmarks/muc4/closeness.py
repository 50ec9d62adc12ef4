"""How near the sentences of a text are to an incident: those that name its fillers, those that tell of its type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.muc4.model import Floats, Judgement, logit
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.roles import Candidate

REACH = 4  # sentences


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """By sentence: share of the incident's fillers named in it, log odds of telling of its type, of any incident."""

    held: Floats
    kind: Floats
    any: Floats
    away: Floats  # sentences from the nearest that holds a filler, REACH at most


SIGNALS = 11


def closeness(reading: Reading, judgement: Judgement, kind: int, own: Sequence[Candidate]) -> Closeness:
    """What speaks for each sentence's telling of an incident of a kind with these fillers."""
    held = np.zeros(len(reading.sentences))
    lower = reading.prepared.lower
    for candidate in own:
        named = {reading.sentence_at(candidate.start)}
        mention = candidate.mentions[0].lower()
        at = lower.find(mention)
        while at >= 0 and len(named) < 8 and len(mention) > 3:
            named.add(reading.sentence_at(at))
            at = lower.find(mention, at + len(mention))
        for i in named:
            held[i] += 1 / len(named)
    held /= max(1.0, float(held.max(initial=0)))
    away = np.full(len(held), float(REACH))
    for i in np.flatnonzero(held).tolist():
        away = np.minimum(away, np.abs(np.arange(len(held)) - i))
    return Closeness(held, logit(judgement.sentences[:, kind]), logit(judgement.sentences[:, -1]), away)


def near_signals(close: Closeness, sentence: int) -> list[float]:
    """What speaks for a value that stands in a sentence."""
    kind, any_ = close.kind, close.any
    beside = slice(max(0, sentence - 1), sentence + 2)
    return [
        float(close.held[sentence]), float(close.held[sentence] >= close.held.max() - 1e-9),
        float(close.away[sentence]) / REACH, float(close.away[sentence] == 0),
        float(kind[sentence]), float(kind[sentence] - kind.max()), float(kind[beside].max()),
        float(any_[sentence]), float(kind[sentence] >= kind.max() - 1e-9),
        float(sentence == 0), min(sentence, 10) / 10,
    ]  # fmt: skip
