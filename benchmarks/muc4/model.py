"""The learned pieces of the templates: which sentences tell of an incident, which documents, of what types.

Logistic regressions, kept as 16-bit weights beside this file; `train` makes them. To run needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.muc4.reading import Reading
from benchmarks.muc4.words import Row, document_row, engine_row, normed, sentence_rows

KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
FILE = Path(__file__).parent / "templates.npz"
SIGNAL_WEIGHT = 0.05  # of what sentences and strings say, beside the words of the document of length one
LEAST_STRING = 0.05  # a string less probable counts for nothing
ENGINE_WEIGHT = 0.1

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights by bucket, the last row the intercepts; columns: KINDS, then whether there is any."""

    sentence: Floats  # (BUCKETS + 1, 7)
    rarity: Floats  # (BUCKETS,): inverse document frequencies of words; 0 of those in less than two documents
    document: Floats  # (BUCKETS + 1, 7)
    signals: Floats  # (signals, 7), of `signals`
    centre: Floats  # (2, signals): mean and deviation
    fill: Floats  # (5, signals), of `fills.Fill`, by role
    several: Floats  # (signals + 1,), of `several.several_signals`


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Probabilities of KINDS and of any: by sentence (sentences, 7), and for the document (7,)."""

    sentences: Floats
    document: Floats


@cache
def load() -> Model:
    """The model beside this file."""
    with np.load(FILE, allow_pickle=False) as raw:
        return Model(**{name: raw[name].astype(np.float64) for name in Model.__slots__})


def save(model: Model, path: Path = FILE) -> None:
    """Write a model; weights that hardly count become nought."""
    parts: dict[str, Any] = {}
    for name in Model.__slots__:
        values = getattr(model, name)
        hashed = name in ("sentence", "document")
        parts[name] = np.where(hashed & (np.abs(values) < 0.02), 0, values).astype(np.float16)
    np.savez_compressed(path, **parts)


def told(reading: Reading, model: Model) -> Floats:
    """Probabilities (sentences, 7) that sentences tell of incidents of KINDS, and of any."""
    found = [probability(score(row, model.sentence)) for row in sentence_rows(reading)]
    return np.array(found).reshape(-1, len(KINDS) + 1)


def judge(reading: Reading, sentences: Floats, scores: Sequence[Sequence[float]], model: Model) -> Judgement:
    """What a text's words, the engine's codes, its sentences and the scores of its strings by role say of it."""
    about = (signals(sentences, scores) - model.centre[0]) / model.centre[1] * SIGNAL_WEIGHT
    return Judgement(
        sentences, probability(score(document(reading, model.rarity), model.document) + about @ model.signals)
    )


def document(reading: Reading, rarity: Floats) -> Row:
    """The row of a document: its words by their ``rarity`` at length one, and the engine's codes."""
    coded = {b: v * ENGINE_WEIGHT for b, v in engine_row(reading).items()}
    return normed({b: v * float(rarity[b]) for b, v in document_row(reading).items() if rarity[b]}) | coded


def signals(sentences: Floats, scores: Sequence[Sequence[float]]) -> Floats:
    """What the probabilities of the sentences, and of the strings by role (best first), say of the document."""
    if not len(sentences):
        sentences = np.zeros((1, len(KINDS) + 1))
    top = np.sort(np.pad(sentences[:, -1], (0, 2)))[::-1]
    strings = [
        value
        for row in scores
        for value in (*logit(np.array([*row, 0.0, 0.0][:2])), np.log1p(sum(s for s in row if s >= LEAST_STRING)))
    ]
    return np.concatenate(
        [
            logit(top[:3]),
            [np.log1p(sentences[:, -1].sum())],
            logit(sentences.max(0)),
            np.minimum(sentences.sum(0), 3),
            strings,
        ]
    )


def score(row: Row, weights: Floats) -> Floats:
    """Weighted sums of a row by column."""
    at = sorted(row)
    out: Floats = np.array([row[b] for b in at]) @ weights[at] + weights[-1] if at else weights[-1]
    return out


def logit(p: Floats) -> Floats:
    """Log odds of probabilities, within reason."""
    bounded = np.clip(p, 0.003, 0.997)
    out: Floats = np.log(bounded / (1 - bounded))
    return out


def probability(scores: Floats) -> Floats:
    """Log odds to probabilities."""
    out: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return out


def softmax(scores: Sequence[float] | Floats) -> Floats:
    """Probabilities of rival classes."""
    raised = np.exp(np.asarray(scores) - np.max(scores))
    out: Floats = raised / raised.sum()
    return out
