"""Train the fields that tag the words of fillers, on ../shared/data/muc: part of `train`.

Needs python-crfsuite and scikit-learn for the training, english-words for the word list; to run, none.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.muc4 import corpus, english
from benchmarks.muc4.role_features import tells
from benchmarks.muc4.role_model import (
    KINDS,
    LABELS,
    ROLES,
    Floats,
    RoleModel,
    bag,
    document_kinds,
    number,
)
from benchmarks.muc4.role_spans import Found
from benchmarks.muc4.role_tokens import Token, bare, sentences
from benchmarks.muc4.role_words import listed_words
from benchmarks.muc4.roles import document_features, tagged

MIN_COUNT = 5
PARTS = 3  # of the texts, each left out in turn
PENALTIES = {"c1": 0.1, "c2": 0.05, "max_iterations": 50, "feature.minfreq": 3}


def save_english() -> None:
    """Write the dictionary: words that are no names."""
    from english_words import get_english_words_set

    web = get_english_words_set(["web2"], lower=False)
    english.save(w for w in web if w.islower() and w.isascii() and 2 <= len(w) <= 14 and w.capitalize() not in web)


def vocabulary(texts: Iterable[str], gold: Mapping[str, list[Any]]) -> frozenset[str]:
    """Words of five occurrences or more that may be features: English or listed, and seldom part of a victim's name."""
    counts = Counter(t.word for text in texts for s in sentences(text) for t in s)
    named = Counter(
        w for ts in gold.values() for t in ts for e in t["Victim"] for m in e for w in set(bare(m[0]).split())
    )
    listed, known = listed_words(), english.load()
    return frozenset(
        w
        for w, c in counts.items()
        if w in listed
        or (
            c >= MIN_COUNT
            and (w in known or all(p in known for p in w.split("-")))
            and named[w] <= 0.03 * c
            and len(w) > 1
        )
    )


def labels(tokens: list[list[Token]], mentions: Iterable[str]) -> list[list[str]]:
    """O, B, I for every occurrence of a mention, longest first."""
    want: dict[tuple[str, ...], None] = {}
    for m in mentions:
        words = tuple(
            w for s in sentences(re.sub(r"\s+", " ", m)) for t in s if (w := t.word)[0].isalnum() or w == "'s"
        )
        while words and words[0] in ("a", "an", "the"):
            words = words[1:]
        if words:
            want[words] = None
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(want, key=lambda w: -len(w)):
        by_first.setdefault(words[0], []).append(words)
    out = []
    for sentence in tokens:
        row = ["O"] * len(sentence)
        alnum = [(i, t.word) for i, t in enumerate(sentence) if t.word[0].isalnum() or t.word == "'s"]
        k = 0
        while k < len(alnum):
            for words in by_first.get(alnum[k][1], ()):
                if tuple(w for _, w in alnum[k : k + len(words)]) == words:
                    first, last = alnum[k][0], alnum[k + len(words) - 1][0]
                    row[first : last + 1] = ["B"] + ["I"] * (last - first)
                    k += len(words) - 1
                    break
            k += 1
        out.append(row)
    return out


@dataclass(frozen=True, slots=True)
class Document:
    """A training text in sentences of words, with its gold templates."""

    text: str
    parted: list[list[Token]]
    gold: list[Any]

    @property
    def words(self) -> list[list[str]]:
        """The words of its sentences."""
        return [[t.word for t in s] for s in self.parted]

    def mentions(self, role: str) -> list[str]:
        """All gold mentions of a role, whatever the template."""
        return [m[0] for t in self.gold for e in t[role] for m in e]


def documents(fold: str) -> list[Document]:
    """The documents of a fold."""
    gold = corpus.gtt(fold)
    return [Document(text, sentences(text), gold[d]) for d, text in corpus.texts(fold).items() if sentences(text)]


def kind_targets(docs: Sequence[Document]) -> Floats:
    """Relevant or not, and each of KINDS, by document."""
    rows = [[bool(d.gold), *(any(k in t["incident_type"] for t in d.gold) for k in KINDS)] for d in docs]
    return np.array(rows, dtype=float)


def fit_documents(docs: Sequence[Document], words: dict[str, int]) -> tuple[Floats, Floats]:
    """The idf of the words, the weights of the document model."""
    from sklearn.linear_model import LogisticRegression

    bags = [bag(d.words, words) for d in docs]
    counts = Counter(c for b in bags for c in b)
    idf = np.array([np.log((1 + len(docs)) / (1 + counts[c])) + 1 for c in range(2 * len(words))])
    matrix = np.zeros((len(docs), len(idf)))
    for i, row in enumerate(bags):
        for column, weight in row.items():
            matrix[i, column] = weight * idf[column]
    matrix /= np.maximum(np.sqrt((matrix**2).sum(1, keepdims=True)), 1e-9)
    targets = kind_targets(docs)
    weights = np.zeros((len(idf) + 1, targets.shape[1]))
    for k in range(targets.shape[1]):
        fitted = LogisticRegression(C=10, max_iter=300).fit(matrix, targets[:, k])
        weights[:-1, k], weights[-1, k] = fitted.coef_[0], fitted.intercept_[0]
    return idf, weights


def fit_field(role: str, rows: Sequence[Any], wanted: Sequence[list[list[str]]]) -> tuple[dict[int, Floats], Floats]:
    """Weights of one role's field: by feature (3,), and from label to label (3, 3)."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(PENALTIES)
    for document, labelled in zip(rows, wanted, strict=True):
        for items, tags in zip(document, labelled, strict=True):
            if len(items):
                trainer.append(items, tags)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/{role}.crf"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    state: dict[int, Floats] = {}
    for (feature, label), weight in info.state_features.items():
        state.setdefault(int(feature), np.zeros(3))[LABELS.index(label)] = weight
    steps = np.zeros((3, 3))
    for (one, other), weight in info.transitions.items():
        steps[LABELS.index(one), LABELS.index(other)] = weight
    steps[0, 2] = -30  # no inside after an outside
    return state, steps


def fit_fields(docs: Sequence[Document], kinds: Sequence[Floats], base: RoleModel) -> RoleModel:
    """The model with its fields trained."""
    rows = []
    for document, about in zip(docs, kinds, strict=True):
        features = document_features(document.parted, about, base.vocabulary)
        told = [tells([t.word for t in s]) for s in document.parted]
        rows.append([pycrfsuite_items(s) if t else () for s, t in zip(features, told, strict=True)])
    wanted = {role: [labels(d.parted, d.mentions(role)) for d in docs] for role in ROLES}
    fields = [fit_field(role, rows, wanted[role]) for role in ROLES]
    known = sorted(set().union(*(state for state, _ in fields)))
    weights = np.zeros((len(known), 15))
    at = {f: i for i, f in enumerate(known)}
    for k, (state, _) in enumerate(fields):
        for feature, row in state.items():
            weights[at[feature], 3 * k : 3 * k + 3] = row
    return replace(base, features=at, state=weights, steps=np.array([s for _, s in fields]))


def pycrfsuite_items(sentence: Sequence[Sequence[str]]) -> Any:
    """A sentence's features by number, as the trainer takes them."""
    import pycrfsuite

    return pycrfsuite.ItemSequence([[str(number(f)) for f in word] for word in sentence])


def fitted_base(docs: Sequence[Document]) -> RoleModel:
    """A model with the document part only."""
    gold = {str(i): d.gold for i, d in enumerate(docs)}
    words = {w: i for i, w in enumerate(sorted(vocabulary((d.text for d in docs), gold)))}
    idf, weights = fit_documents(docs, words)
    none = np.zeros((0, 15))
    return RoleModel(words, idf, weights, {}, none, np.zeros((5, 3, 3)), np.zeros((5, 1)), np.zeros((5, 1)))


def held_out_kinds(docs: Sequence[Document], base: RoleModel, folds: int = PARTS) -> list[Floats]:
    """Document probabilities of each by a model that did not see it."""
    out: list[Floats] = [np.zeros(6)] * len(docs)
    for fold in range(folds):
        idf, weights = fit_documents([d for i, d in enumerate(docs) if i % folds != fold], base.words)
        model = replace(base, idf=idf, document=weights)
        for i in range(fold, len(docs), folds):
            out[i] = document_kinds(model, docs[i].words)
    return out


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans by role of each training text by fields that did not see it, its kinds so too; the last fields."""

    spans: list[dict[str, list[Found]]]
    kinds: list[Floats]
    model: RoleModel


def crossed() -> Spans:
    """Train the fields on all texts but each part.

    The last are the ones that are kept: what is built on the spans has seen spans of such fields only.
    """
    docs = documents("train")
    save_english()
    english.load.cache_clear()
    base = fitted_base(docs)
    kinds = held_out_kinds(docs, base)
    jobs = [[i for i in range(len(docs)) if i % PARTS != part] for part in range(PARTS)]
    given = [([docs[i] for i in job], [kinds[i] for i in job], base) for job in jobs]
    with ProcessPoolExecutor(2) as pool:
        models = list(pool.map(fit_fields, *zip(*given, strict=True)))
    found = [tagged(d.text, d.parted, k, models[i % PARTS]) for i, (d, k) in enumerate(zip(docs, kinds, strict=True))]
    return Spans(found, kinds, models[-1])
