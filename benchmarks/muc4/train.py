"""Train the templates' model on ../shared/data/muc: ``python -m benchmarks.muc4.train [fit|train]`` (train: all).

What is built on the sentences' probabilities is trained on those of sentence models that did not see the document.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from benchmarks.muc4 import corpus
from benchmarks.muc4.model import (
    KINDS,
    SENTENCE_WEIGHT,
    Floats,
    Model,
    document,
    probability,
    save,
    score,
    signals,
)
from benchmarks.muc4.reading import Reading, read
from benchmarks.muc4.role_tokens import bare
from benchmarks.muc4.words import BUCKETS, Row, sentence_rows

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
FOLDS = 5
C_SENTENCE, C_DOCUMENT = 10.0, 3.0


def main(fold: str = "train") -> None:
    """Train on a fold and write the model."""
    gtt, keys = corpus.gtt(fold), corpus.keys(fold)
    readings = {docid: read(text) for docid, text in corpus.texts(fold).items()}
    rows = {d: sentence_rows(r) for d, r in readings.items()}
    labels = {d: sentence_labels(r, gtt[d]) for d, r in readings.items()}
    crossed = {}
    for part in range(FOLDS):
        seen = [d for d in readings if zlib.crc32(d.encode()) // 13 % FOLDS != part]
        weights = fit_sentences(rows, labels, seen)
        for d in set(readings) - set(seen):
            found = [probability(score(row, weights)) for row in rows[d]]
            crossed[d] = np.array(found).reshape(-1, len(KINDS) + 1)
    about = np.array([signals(crossed[d]) for d in readings])
    centre = np.stack([about.mean(0), np.maximum(about.std(0), 0.1)])
    about = (about - centre[0]) / centre[1] * SENTENCE_WEIGHT
    documents = matrix([document(r) for r in readings.values()], BUCKETS, about)
    target = np.array([document_labels(keys[d]) for d in readings])
    weights = logistic(documents, target, C_DOCUMENT)
    model = Model(
        sentence=fit_sentences(rows, labels, list(readings)),
        document=np.vstack([weights[:BUCKETS], weights[-1:]]),
        signals=weights[BUCKETS:-1],
        centre=centre,
    )
    save(model)


def fit_sentences(rows: dict[str, list[Row]], labels: dict[str, Floats], docids: Sequence[str]) -> Floats:
    """Weights of sentences for each type and for any."""
    return logistic(
        matrix([row for d in docids for row in rows[d]], BUCKETS), np.vstack([labels[d] for d in docids]), C_SENTENCE
    )


def sentence_labels(reading: Reading, templates: Sequence[dict[str, Any]]) -> Floats:
    """Which sentences tell of an incident: those with two of its entities or more, else those with one."""
    parted = [f" {bare(reading.text[s[0].start : s[-1].end])} " for s in reading.sentences]
    out = np.zeros((len(parted), len(KINDS) + 1))
    for template in templates:
        entities = [[f" {bare(m[0])} " for m in entity] for role in ROLES for entity in template[role]]
        counts = [sum(any(m in text for m in e) for e in entities) for text in parted]
        least = min(2, max(counts, default=0))
        kinds = [KINDS.index(k.strip()) for k in template["incident_type"].split("/") if k.strip() in KINDS]
        for i, count in enumerate(counts):
            if count >= least > 0:
                out[i, [*kinds, -1]] = 1
    return out


def kinds_of(template: dict[str, Any]) -> list[int]:
    """Types of a full key."""
    text = "/".join(template.get("INCIDENT: TYPE", [])).lower()
    return [KINDS.index(k.strip()) for k in text.split("/") if k.strip() in KINDS]


def document_labels(templates: Sequence[dict[str, Any]]) -> Floats:
    """Which types a document has, and whether it has any."""
    out = np.zeros(len(KINDS) + 1)
    for template in templates:
        out[[*kinds_of(template), -1]] = 1
    return out


def gold_places(template: dict[str, Any]) -> set[str]:
    """The most specific names of a key's location."""
    text = re.sub(r"\([^()]*\)", "", "".join(template.get("INCIDENT: LOCATION", [])))
    last = [name for chain in text.split("/") for name in re.split(r"\s-\s", chain.split(":")[-1])]
    return {plain(name) for name in last} - {""}


def plain(name: str) -> str:
    """A name without accents and punctuation."""
    letters = unicodedata.normalize("NFKD", name).replace("-", " ")
    return bare("".join(c for c in letters if not unicodedata.combining(c)))


def is_place(name: str, gold: Iterable[str]) -> bool:
    """Whether a name is one of a key's, or holds it or is held by it as whole words."""
    ours = plain(name)
    pairs = (sorted((ours, other), key=len) for other in gold)
    return any(a == b or (len(a) >= 4 and f" {a} " in f" {b} ") for a, b in pairs)


def matrix(rows: Sequence[Row], width: int, dense: Floats | None = None) -> Any:
    """Rows as a sparse matrix, dense columns after them."""
    at = np.cumsum([0, *(len(r) for r in rows)])
    indices = np.array([b for r in rows for b in r])
    values = np.array([v for r in rows for v in r.values()])
    wide = csr_matrix((values, indices, at), (len(rows), width))
    if dense is None:
        return wide
    return hstack([wide, csr_matrix(dense)]).tocsr()


def logistic(inputs: Any, target: Floats, c: float) -> Floats:
    """Weights by column of logistic regressions with a square penalty, the last row the intercepts."""
    columns = []
    turned = inputs.T.tocsr()
    for k in range(target.shape[1]):
        signs = 2 * target[:, k] - 1

        def loss(weights: Floats, signs: Floats = signs) -> tuple[float, Floats]:
            margins = signs * (inputs @ weights[:-1] + weights[-1])
            pull = -signs * probability(-margins) * c
            value = c * np.logaddexp(0, -margins).sum() + weights[:-1] @ weights[:-1] / 2
            return float(value), np.append(turned @ pull + weights[:-1], pull.sum())

        start = np.zeros(inputs.shape[1] + 1)
        columns.append(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x)
    return np.stack(columns, axis=1)


if __name__ == "__main__":
    main(*sys.argv[1:2])
