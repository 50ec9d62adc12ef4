"""The trained model of the role finder and its arithmetic: document kinds, word tags by conditional random fields."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery")
LABELS = ("O", "B", "I")
LEAST = 0.005  # a weight below is left out
LEAD_SENTENCES = 2  # whose words count apart
FILE = Path(__file__).parent / "roles.npz"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RoleModel:
    """Weights: words and features by row; documents (6 columns: relevant, kinds), fields (15: roles by labels)."""

    words: dict[str, int]
    idf: Floats  # (2 words,): in the text, in its lead
    document: Floats  # (2 words + 1, 6), the last row the intercepts
    features: dict[int, int]  # row by number
    state: Floats  # (features, 15)
    steps: Floats  # (5, 3, 3): from label to label
    judge: Floats  # (5, signals + 1): is a string a filler of the role; the last column the intercepts
    hashed: Floats  # (5, buckets): the same, of the words of a string and about it

    @property
    def vocabulary(self) -> frozenset[str]:
        """Words that may be features by themselves."""
        return frozenset(self.words)


def number(feature: str) -> int:
    """A feature's number: no more than that is kept of it."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass"))


@cache
def load(path: Path = FILE) -> RoleModel:
    """The model beside this file."""
    with np.load(path, allow_pickle=False) as raw:
        words = str(raw["words"]).split("\n")
        real = {name: raw[name].astype(np.float64) for name in ("idf", "document", "steps", "judge", "hashed")}
        features = {int(n): i for i, n in enumerate(raw["features"])}
        state = np.zeros((len(features), 15))
        state[raw["rows"], raw["columns"]] = raw["weights"]
    return RoleModel(
        words={w: i for i, w in enumerate(words)},
        features=features, state=state, **real,
    )  # fmt: skip


def save(model: RoleModel, path: Path = FILE) -> None:
    """Write a model; weights as 16-bit floats, the fields' without those near nought."""
    listed = {"words": np.array("\n".join(model.words))}
    real = {n: getattr(model, n).astype(np.float16) for n in ("idf", "document", "steps", "judge", "hashed")}
    kept = np.abs(model.state).max(1) >= LEAST
    numbers = np.array(list(model.features), dtype=np.uint32)[kept]
    rows, columns = np.nonzero(np.abs(model.state[kept]) >= LEAST)
    weights = model.state[kept][rows, columns].astype(np.float16)
    field = {"features": numbers, "rows": rows.astype(np.uint32), "columns": columns.astype(np.uint8)}
    arrays: dict[str, Any] = {**field, "weights": weights, **listed, **real}
    np.savez_compressed(path, **arrays)


def bag(sentences: Sequence[Sequence[str]], words: dict[str, int]) -> dict[int, float]:
    """Weight by column of a document's known words: all of them, and those of its lead once more."""
    counts = Counter(w for s in sentences for w in s if w in words)
    row = {words[w]: 1 + math.log(n) for w, n in counts.items()}
    lead = {w for s in sentences[:LEAD_SENTENCES] for w in s if w in words}
    return row | {len(words) + words[w]: 1.0 for w in sorted(lead)}


def document_kinds(model: RoleModel, sentences: Sequence[Sequence[str]]) -> Floats:
    """Probabilities (6,): that the text has an incident, and one of each of KINDS."""
    row = bag(sentences, model.words)
    columns = np.array(sorted(row), dtype=int)
    weights = np.array([row[c] for c in columns]) * model.idf[columns]
    norm = float(np.sqrt((weights**2).sum())) or 1.0
    scores = weights / norm @ model.document[columns] + model.document[-1]
    out: Floats = 1 / (1 + np.exp(-scores))
    return out


def kind_features(kinds: Floats) -> list[str]:
    """A document's probabilities as features of its words."""
    return [f"D={min(int(kinds[0] * 5), 4)}", *(f"K={k}" for k, p in zip(KINDS, kinds[1:], strict=True) if p > 0.4)]


def marginals(model: RoleModel, features: Sequence[Sequence[str]]) -> Floats:
    """Probabilities (5, words, 3) of the labels of each word of a sentence, by forward and backward sums."""
    known = model.features
    rows = [[known[n] for f in word if (n := number(f)) in known] for word in features]
    scores = np.array([model.state[r].sum(0) for r in rows]).reshape(len(rows), len(ROLES), len(LABELS))
    forward = np.empty_like(scores)
    backward = np.zeros_like(scores)
    forward[0] = scores[0]
    for i in range(1, len(rows)):
        forward[i] = scores[i] + _log_sum(forward[i - 1][:, :, None] + model.steps, axis=1)
    for i in range(len(rows) - 2, -1, -1):
        backward[i] = _log_sum(model.steps + (scores[i + 1] + backward[i + 1])[:, None, :], axis=2)
    total = _log_sum(forward[-1], axis=1)
    out: Floats = np.exp(forward + backward - total[None, :, None]).transpose(1, 0, 2)
    return out


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    out: Floats = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return out
