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
SENTENCE_WEIGHT = 0.3  # of what the sentences say, beside the words of the document of length one
ENGINE_WEIGHT = 0.45

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights by bucket, the last row the intercepts; columns: KINDS, then whether there is any."""

    sentence: Floats  # (BUCKETS + 1, 7)
    document: Floats  # (BUCKETS + 1, 7)
    signals: Floats  # (signals, 7), of `signals`
    centre: Floats  # (2, signals): mean and deviation


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


def judge(reading: Reading, model: Model) -> Judgement:
    """What sentences and words and the engine's codes say of a text."""
    by_sentence = [probability(score(row, model.sentence)) for row in sentence_rows(reading)]
    sentences = np.array(by_sentence).reshape(-1, len(KINDS) + 1)
    about = (signals(sentences) - model.centre[0]) / model.centre[1] * SENTENCE_WEIGHT
    scores = score(document(reading), model.document) + about @ model.signals
    return Judgement(sentences, probability(scores))


def document(reading: Reading) -> Row:
    """The row of a document: its words at length one, and the engine's codes."""
    coded = {b: v * ENGINE_WEIGHT for b, v in engine_row(reading).items()}
    return normed(document_row(reading)) | coded


def signals(sentences: Floats) -> Floats:
    """What the probabilities of the sentences say of the document."""
    if not len(sentences):
        return np.zeros(4 + 2 * (len(KINDS) + 1))
    top = np.sort(np.pad(sentences[:, -1], (0, 2)))[::-1]
    return np.concatenate(
        [
            logit(top[:3]),
            [np.log1p(sentences[:, -1].sum())],
            logit(sentences.max(0)),
            np.minimum(sentences.sum(0), 3),
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
