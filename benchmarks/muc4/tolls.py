"""How many were killed and wounded in an incident: the engine's figures, else the victims named beside the harm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.muc4.model import KINDS, Judgement
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.roles import Candidate

_KILLED = re.compile(r"kill|murder|assassin|dead\b|death|\bdied|massacre|slain|slaying|shot to|executed")
_WOUNDED = re.compile(r"wound|injur|\bhurt\b")
_OURS = ("civilians", "forces", "unknown", "other")


def tolls(reading: Reading, judgement: Judgement, kind: int, victims: Sequence[Candidate]) -> tuple[int, int]:
    """Killed and wounded of an incident of a kind; 0 where nobody is told of."""
    return (
        _figure(reading, judgement, kind, victims, "killed", _KILLED),
        _figure(reading, judgement, kind, victims, "wounded", _WOUNDED),
    )


def _figure(
    reading: Reading,
    judgement: Judgement,
    kind: int,
    victims: Sequence[Candidate],
    outcome: str,
    words: re.Pattern[str],
) -> int:
    if KINDS[kind] in ("arson", "robbery"):
        return 0
    best, told = 0, 0.0
    for draft in reading.drafts:
        cells = [c for c in draft.toll if c.value.outcome == outcome and c.value.group != "militants"]
        total = sum(c.value.figure.best or c.value.figure.low for c in cells)
        starts = [s.start for c in cells for s in c.spans]
        if total and starts:
            probability = float(judgement.sentences[reading.sentence_at(min(starts))][kind])
            if probability > told:
                best, told = total, probability
    if best:
        return best
    harmed = {c.mentions[0] for c in victims if words.search(_sentence(reading, c.start))}
    return len(harmed)


def _sentence(reading: Reading, offset: int) -> str:
    words = reading.sentences[reading.sentence_at(offset)]
    return reading.prepared.lower[words[0].start : words[-1].end]
