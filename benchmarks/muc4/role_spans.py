"""From tagged words to strings: which spans may fill a role, those with the same words together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.muc4.role_model import Floats
from benchmarks.muc4.role_tokens import Token, bare

MIN_SPAN = 0.008  # a span less probable is no candidate
MAX_WORDS = 14
_STOPS = frozenset((".", "?", "!", ";"))


@dataclass(frozen=True, slots=True)
class Found:
    """A span that may fill a role, at ``start:end`` of the given text."""

    key: str  # its words as the scorer compares them
    start: int
    end: int
    sentence: int
    probability: float


@dataclass(frozen=True, slots=True)
class String:
    """All spans of a document with the same words; ``score`` is the probability that they are a filler."""

    key: str
    spans: tuple[Found, ...]
    score: float

    @property
    def best(self) -> Found:
        """The most probable span, the earliest of equals."""
        return max(self.spans, key=lambda f: (f.probability, -f.start))


def spans(text: str, tokens: Sequence[Token], tags: Floats, sentence: int) -> list[Found]:
    """Spans of a sentence from its label probabilities (words, 3) for one role: the least sure word decides."""
    found = []
    for i in map(int, np.flatnonzero(tags[:, 1] >= MIN_SPAN)):
        p = float(tags[i, 1])
        for j in range(i, min(i + MAX_WORDS, len(tokens))):
            if j > i:
                p = min(p, float(tags[j, 2]))
            if p < MIN_SPAN:
                break
            ends = 1 - float(tags[j + 1, 2]) if j + 1 < len(tokens) else 1.0
            if tokens[j].word in _STOPS or min(p, ends) < MIN_SPAN:
                continue
            start, end = tokens[i].start, tokens[j].end
            if key := bare(text[start:end]):
                found.append(Found(key, start, end, sentence, min(p, ends)))
    return found


def grouped(found: Sequence[Found]) -> list[tuple[Found, ...]]:
    """Spans by their words, in order of the first."""
    groups: dict[str, list[Found]] = {}
    for span in sorted(found, key=lambda f: (f.start, f.end)):
        groups.setdefault(span.key, []).append(span)
    return [tuple(g) for g in groups.values()]


def logit(p: float) -> float:
    """Log odds of a probability, within reason."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))
