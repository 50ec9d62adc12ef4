"""Train the templates' and the roles' models on ../shared/data/muc: ``python -m benchmarks.muc4.train [CROSSED]``.

What is built on the answers of other models is trained on the answers of models that did not see the document: the
texts are in three parts. CROSSED is a file that keeps the spans found so, for the fields take longest to train.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

from benchmarks.muc4 import corpus, model, role_model, train_roles, train_slots
from benchmarks.muc4.alike import Ints
from benchmarks.muc4.fills import chosen, fills
from benchmarks.muc4.model import KINDS, SIGNAL_WEIGHT, Floats, Judgement, Model, document, probability, signals
from benchmarks.muc4.reading import Reading, read
from benchmarks.muc4.role_model import ROLES, RoleModel
from benchmarks.muc4.role_signals import BUCKETS as WORDS
from benchmarks.muc4.role_signals import Group, Page, groups
from benchmarks.muc4.role_tokens import bare
from benchmarks.muc4.roles import Candidate, Strings, candidates, judged
from benchmarks.muc4.several import several_signals
from benchmarks.muc4.train_keys import distinct, document_labels, mentions, sentence_labels
from benchmarks.muc4.words import BUCKETS, Row, document_row, sentence_rows

PARTS = train_roles.PARTS
C_SENTENCE, C_STRING, C_DOCUMENT, C_FILL = 5.0, 0.3, 10.0, 1.0
SEED = 7
WORD_WEIGHT = 0.5  # of a word of a string, beside its figures
LEAST_KIND = 0.1  # kinds less probable are not learned from when entities are given to kinds


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """What models that did not see a text say of each."""

    judgements: list[Judgement]
    entities: list[list[Candidate]]


def main(file: str = "") -> None:
    """Train on all and write the models."""
    found = _kept(Path(file)) if file else train_roles.crossed()
    readings = [read(text) for text in corpus.texts("train").values()]
    gold, keys = list(corpus.gtt("train").values()), list(corpus.keys("train").values())
    trained, roles, crossed = fit(readings, gold, keys, found)
    model.save(trained)
    role_model.save(roles)
    cases = train_slots.cases_of(readings, crossed.judgements, crossed.entities, keys, trained.fill)
    train_slots.fit(cases, readings, keys)


def fit(
    readings: Sequence[Reading], gold: Sequence[Any], keys: Sequence[Any], found: train_roles.Spans
) -> tuple[Model, RoleModel, Crossed]:
    """The models, and what models that did not see a text say of it."""
    parts: Ints = np.arange(len(readings)) % PARTS
    told, sentence = fit_sentences(readings, gold, parts)
    base = found.model
    pages = [Page(r.sentences, t, k, base.vocabulary) for r, t, k in zip(readings, told, found.kinds, strict=True)]
    parted = [groups(spans, page) for spans, page in zip(found.spans, pages, strict=True)]
    strings, judge, hashed = fit_strings(parted, gold, parts)
    scores = [[[s.score for s in one[role]] for role in ROLES] for one in strings]
    trained, judgements = fit_documents(readings, told, scores, keys, parts)
    entities = [candidates(r.text, s) for r, s in zip(readings, strings, strict=True)]
    fill = fit_fills(judgements, entities, gold)
    more = fit_several(readings, judgements, entities, gold, fill)
    whole = replace(trained, sentence=sentence, fill=fill, several=more)
    return whole, replace(base, judge=judge, hashed=hashed), Crossed(judgements, entities)


def _kept(file: Path) -> train_roles.Spans:
    """The spans in a file of our own making; made and kept there if it is not there."""
    if not file.exists():
        file.write_bytes(pickle.dumps(train_roles.crossed()))
    spans: train_roles.Spans = pickle.loads(file.read_bytes())  # noqa: S301
    return spans


def fit_sentences(readings: Sequence[Reading], gold: Sequence[Any], parts: Ints) -> tuple[list[Floats], Floats]:
    """Probabilities of sentences of texts not seen, and the weights from all texts."""
    by_text = [sentence_rows(r) for r in readings]
    inputs = matrix([row for rows in by_text for row in rows], BUCKETS)
    labels = np.vstack([sentence_labels(r, g) for r, g in zip(readings, gold, strict=True)])
    text = np.repeat(np.arange(len(readings)), [len(rows) for rows in by_text])
    out = np.zeros_like(labels)
    for part in range(PARTS):
        held = parts[text] == part
        weights = logistic(inputs[~held], labels[~held], C_SENTENCE)
        out[held] = probability(inputs[held] @ weights[:-1] + weights[-1])
    return [out[text == n] for n in range(len(readings))], logistic(inputs, labels, C_SENTENCE)


def fit_strings(
    parted: Sequence[dict[str, list[Group]]], gold: Sequence[Any], parts: Ints
) -> tuple[list[Strings], Floats, Floats]:
    """Strings of texts not seen, and the weights from all texts: of the rows, of the words."""
    judges, hashes = [], []
    for part in [*range(PARTS), -1]:
        judge, hashed = [], []
        for role in ROLES:
            listed = [(g, t) for n, t in enumerate(gold) if parts[n] != part for g in parted[n][role]]
            inputs = matrix(
                [dict.fromkeys(g.words, WORD_WEIGHT) for g, _ in listed], WORDS, np.array([g.row for g, _ in listed])
            )
            right = np.array([[float(g.spans[0].key in mentions(t, role))] for g, t in listed])
            weights = logistic(inputs, right, C_STRING)[:, 0]
            judge.append(weights[WORDS:])
            hashed.append(weights[:WORDS] * WORD_WEIGHT)
        judges.append(np.array(judge))
        hashes.append(np.array(hashed))
    strings = [judged(groups_, judges[int(p)], hashes[int(p)]) for groups_, p in zip(parted, parts, strict=True)]
    return strings, judges[-1], hashes[-1]


def fit_documents(
    readings: Sequence[Reading], told: Sequence[Floats], scores: Sequence[Any], keys: Sequence[Any], parts: Ints
) -> tuple[Model, list[Judgement]]:
    """The model of documents from all texts, and the judgements of texts not seen."""
    about = np.array([signals(t, s) for t, s in zip(told, scores, strict=True)])
    centre = np.stack([about.mean(0), np.maximum(about.std(0), 0.1)])
    seen = Counter(b for r in readings for b in document_row(r))
    rarity = np.zeros(BUCKETS)
    for bucket, count in seen.items():
        rarity[bucket] = np.log((1 + len(readings)) / (1 + count)) + 1 if count > 1 else 0
    inputs = matrix([document(r, rarity) for r in readings], BUCKETS, (about - centre[0]) / centre[1] * SIGNAL_WEIGHT)
    labels = np.array([document_labels(k) for k in keys])
    out = np.zeros_like(labels)
    for part in range(PARTS):
        held = parts == part
        weights = logistic(inputs[~held], labels[~held], C_DOCUMENT)
        out[held] = probability(inputs[held] @ weights[:-1] + weights[-1])
    weights = logistic(inputs, labels, C_DOCUMENT)
    none = np.zeros((0, 0))
    trained = Model(none, rarity, np.vstack([weights[:BUCKETS], weights[-1:]]), weights[BUCKETS:-1], centre, none, none)
    return trained, [Judgement(t, p) for t, p in zip(told, out, strict=True)]


def fit_fills(judgements: Sequence[Judgement], entities: Sequence[Sequence[Candidate]], gold: Sequence[Any]) -> Floats:
    """Weights by role of what gives entities to kinds."""
    inputs: dict[str, list[Any]] = {role: [] for role in ROLES}
    right: dict[str, list[float]] = {role: [] for role in ROLES}
    for judgement, own, templates in zip(judgements, entities, gold, strict=True):
        kinds = [k for k in range(len(KINDS)) if judgement.document[k] >= LEAST_KIND]
        for kind in kinds:
            likely = [k for k in kinds if k == kind or judgement.document[k] >= 2 * LEAST_KIND]
            for fill in fills(judgement, kind, likely, own):
                role = fill.candidate.role
                inputs[role].append(fill.row)
                right[role].append(float(bare(fill.candidate.mentions[0]) in mentions(templates, role, KINDS[kind])))
    weights = []
    for role in ROLES:
        fitted = logistic(csr_matrix(np.array(inputs[role])), np.array(right[role])[:, None], C_FILL)[:, 0]
        fitted[-2] += fitted[-1]  # the last signal is constant
        weights.append(fitted[:-1])
    return np.array(weights)


def fit_several(
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    entities: Sequence[Sequence[Candidate]],
    gold: Sequence[Any],
    fill: Floats,
) -> Floats:
    """Weights of what tells that there are several incidents of a kind, from the texts that have one."""
    inputs, right = [], []
    for reading, judgement, own, templates in zip(readings, judgements, entities, gold, strict=True):
        counts = Counter(KINDS.index(t["incident_type"].split("/")[0].strip()) for t in distinct(templates))
        for kind, count in sorted(counts.items()):
            held = chosen(judgement, kind, sorted(counts), own, fill)
            inputs.append(several_signals(reading, judgement, kind, held))
            right.append(float(count > 1))
    return logistic(csr_matrix(np.array(inputs)), np.array(right)[:, None], C_FILL)[:, 0]


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
    from sklearn.linear_model import LogisticRegression

    out = np.zeros((inputs.shape[1] + 1, target.shape[1]))
    out[-1] = -6.0
    for k in range(target.shape[1]):
        if target[:, k].any():
            fitted = LogisticRegression(
                C=c, solver="liblinear", dual=inputs.shape[1] > 1000, tol=0.02, max_iter=300, random_state=SEED,
                intercept_scaling=3,
            ).fit(inputs, target[:, k])  # fmt: skip
            out[:-1, k], out[-1, k] = fitted.coef_[0], fitted.intercept_[0]
    return out


if __name__ == "__main__":
    main(*sys.argv[1:2])
