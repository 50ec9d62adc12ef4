"""Train the role finder's models on ../shared/data/muc: ``.venv/bin/python -m benchmarks.muc4.train_roles``.

Needs python-crfsuite and scikit-learn for the training, english-words and wordfreq for the word list; to run, none.
A fold and a file may be named behind it ("fit", to choose by the tuning fold).
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.muc4 import corpus
from benchmarks.muc4.role_features import lexicon
from benchmarks.muc4.role_model import (
    FILE,
    KINDS,
    LABELS,
    ROLES,
    Floats,
    RoleModel,
    bag,
    document_kinds,
    number,
    save,
)
from benchmarks.muc4.role_spans import grouped, signals
from benchmarks.muc4.role_tokens import Token, bare, sentences
from benchmarks.muc4.roles import document_features, tagged

MIN_COUNT = 5
PENALTIES = {"c1": 0.1, "c2": 0.05, "max_iterations": 100, "feature.minfreq": 3}


def english_words() -> frozenset[str]:
    """Common English words that are no names."""
    from english_words import get_english_words_set
    from wordfreq import top_n_list, zipf_frequency

    web = get_english_words_set(["web2"], lower=False)
    plain = {w for w in web if w.islower()}
    plain = {w for w in plain if w.capitalize() not in web or zipf_frequency(w, "en") >= 5}

    def known(word: str) -> bool:
        if word in plain:
            return True
        for end, back in (
            ("s", ""),
            ("es", ""),
            ("ies", "y"),
            ("ed", ""),
            ("ed", "e"),
            ("ing", ""),
            ("ing", "e"),
            ("er", ""),
            ("ly", ""),
            ("d", ""),
        ):
            if len(word) > 4 and word.endswith(end) and word.removesuffix(end) + back in plain:
                return True
        doubled = re.fullmatch(r"(.*)(.)\2(?:ed|ing)", word)
        return bool(doubled and doubled[1] + doubled[2] in plain)

    listed = set(lexicon().classes) | set(lexicon().acts) | set(lexicon().nouns) | lexicon().extra
    return (
        frozenset(w for w in top_n_list("en", 60000) if w.isascii() and w.isalpha() and len(w) > 1 and known(w))
        | listed
    )


def vocabulary(texts: Iterable[str], gold: Mapping[str, list[Any]], english: frozenset[str]) -> frozenset[str]:
    """Words of five occurrences or more that may be features: English or listed, and seldom part of a victim's name."""
    counts = Counter(t.word for text in texts for s in sentences(text) for t in s)
    named = Counter(
        w for ts in gold.values() for t in ts for e in t["Victim"] for m in e for w in set(bare(m[0]).split())
    )
    listed = set(lexicon().classes) | set(lexicon().acts) | set(lexicon().nouns) | lexicon().extra
    return frozenset(
        w
        for w, c in counts.items()
        if w in listed
        or (
            c >= MIN_COUNT
            and (w in english or all(p in english for p in w.split("-")))
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
        features = document_features(document.parted, about, base.vocabulary, base.english)
        rows.append([pycrfsuite_items(s) for s in features])
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


def fitted_base(docs: Sequence[Document], english: frozenset[str]) -> RoleModel:
    """A model with the document part only."""
    gold = {str(i): d.gold for i, d in enumerate(docs)}
    words = {w: i for i, w in enumerate(sorted(vocabulary((d.text for d in docs), gold, english)))}
    idf, weights = fit_documents(docs, words)
    none = np.zeros((0, 15))
    return RoleModel(english, words, idf, weights, {}, none, np.zeros((5, 3, 3)), np.zeros((5, 1)))


def held_out_kinds(docs: Sequence[Document], base: RoleModel, folds: int = 8) -> list[Floats]:
    """Document probabilities of each by a model that did not see it."""
    out: list[Floats] = [np.zeros(6)] * len(docs)
    for fold in range(folds):
        idf, weights = fit_documents([d for i, d in enumerate(docs) if i % folds != fold], base.words)
        model = replace(base, idf=idf, document=weights)
        for i in range(fold, len(docs), folds):
            out[i] = document_kinds(model, docs[i].words)
    return out


def fit_judge(docs: Sequence[Document], kinds: Sequence[Floats], models: Sequence[RoleModel]) -> Floats:
    """Weights of the judge of strings, from fields that did not see the document: one of ``models`` in turn."""
    from sklearn.linear_model import LogisticRegression

    signs: dict[str, list[list[float]]] = {role: [] for role in ROLES}
    right: dict[str, list[bool]] = {role: [] for role in ROLES}
    for i, (document, about) in enumerate(zip(docs, kinds, strict=True)):
        found = tagged(document.text, document.parted, about, models[i % len(models)])
        for role in ROLES:
            gold = {bare(m) for m in document.mentions(role)}
            for group in grouped(found[role]):
                signs[role].append(signals(group, len(document.parted), about))
                right[role].append(group[0].key in gold)
    weights = []
    for role in ROLES:
        fitted = LogisticRegression(C=1, max_iter=1000).fit(np.array(signs[role]), right[role])
        weights.append([*fitted.coef_[0], fitted.intercept_[0]])
    return np.array(weights)


def train(docs: Sequence[Document], parts: int = 3) -> RoleModel:
    """The whole model; the judge learns from fields trained on the other parts."""
    base = fitted_base(docs, english_words())
    kinds = held_out_kinds(docs, base)
    jobs: list[list[int]] = [[i for i in range(len(docs)) if i % parts != part] for part in range(parts)]
    jobs.append(list(range(len(docs))))
    with ProcessPoolExecutor(2) as pool:
        models = list(
            pool.map(
                fit_fields, *zip(*(([docs[i] for i in j], [kinds[i] for i in j], base) for j in jobs), strict=True)
            )
        )
    return replace(models[-1], judge=fit_judge(docs, kinds, models[:-1]))


if __name__ == "__main__":
    fold = sys.argv[1] if len(sys.argv) > 1 else "train"
    save(train(documents(fold)), Path(sys.argv[2]) if len(sys.argv) > 2 else FILE)
