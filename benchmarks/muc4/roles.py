"""Fillers of the five roles of a MUC text: persons and organisations that did it, what and whom they hit, with what.

Words are tagged by conditional random fields (one a role), spans with the same words are judged together for the whole
document, and strings of the same entity are merged. `train_roles` and `train` make the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.muc4 import english
from benchmarks.muc4.model import Floats, probability
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.role_entities import merged
from benchmarks.muc4.role_features import sentence_features
from benchmarks.muc4.role_model import ROLES, RoleModel, document_kinds, kind_features, marginals
from benchmarks.muc4.role_signals import Group, Page, groups
from benchmarks.muc4.role_spans import Found, String, spans
from benchmarks.muc4.role_tokens import Token

MIN_SCORE = 0.04  # candidates below are left out

Strings = dict[str, list[String]]  # by role, best first


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may fill a role; ``start:end`` of the given text is its best mention, ``mentions`` best first."""

    role: str
    start: int
    end: int
    text: str
    score: float
    mentions: tuple[str, ...]
    sentences: tuple[int, ...] = (0,)  # that of the best mention, then the others


def role_strings(reading: Reading, told: Floats, model: RoleModel) -> Strings:
    """The strings of a text that may fill each role, ``told`` the probabilities of its sentences (sentences, 7)."""
    if not reading.sentences:
        return {role: [] for role in ROLES}
    kinds = document_kinds(model, [[t.word for t in s] for s in reading.sentences])
    page = Page(reading.sentences, told, kinds, model.vocabulary)
    return judged(groups(tagged(reading.text, reading.sentences, kinds, model), page), model.judge, model.hashed)


def judged(parted: Mapping[str, Sequence[Group]], judge: Floats, hashed: Floats) -> Strings:
    """Strings with their probabilities of being fillers, best first."""
    out: Strings = {}
    for at, role in enumerate(ROLES):
        scored = [
            String(
                g.spans[0].key,
                g.spans,
                float(probability(judge[at, :-1] @ g.row + judge[at, -1] + hashed[at, g.words].sum())),
            )
            for g in parted[role]
        ]
        out[role] = sorted(scored, key=lambda s: (-s.score, s.best.start, s.key))
    return out


def candidates(text: str, strings: Strings) -> list[Candidate]:
    """The entities of a text that may fill a role, by role, best first."""
    entities = [(role, e) for role in ROLES for e in merged(role, strings[role])]
    return [_candidate(text, role, e) for role, e in entities if e[0].score >= MIN_SCORE]


def document_features(
    parted: Sequence[Sequence[Token]], kinds: Floats, vocabulary: frozenset[str]
) -> list[list[list[str]]]:
    """Features of every word of every sentence."""
    counts = Counter(t.word for s in parted for t in s)
    about = kind_features(kinds)
    rows = []
    for i, sentence in enumerate(parted):
        place = str(i) if i < 3 else "early" if i < len(parted) / 2 else "late"
        rows.append(sentence_features(sentence, place, counts, vocabulary, english.load(), about))
    return rows


def tagged(text: str, parted: Sequence[Sequence[Token]], kinds: Floats, model: RoleModel) -> dict[str, list[Found]]:
    """The spans of a text that may fill each role."""
    found: dict[str, list[Found]] = {role: [] for role in ROLES}
    features = document_features(parted, kinds, model.vocabulary)
    for i, (sentence, rows) in enumerate(zip(parted, features, strict=True)):
        tags = marginals(model, rows)
        for at, role in enumerate(ROLES):
            found[role] += spans(text, sentence, tags[at], i)
    return found


def _candidate(text: str, role: str, entity: Sequence[String]) -> Candidate:
    best = entity[0].best
    mentions = tuple(" ".join(text[s.best.start : s.best.end].split()) for s in entity)
    others = sorted({f.sentence for s in entity if s.score >= MIN_SCORE for f in s.spans} - {best.sentence})
    return Candidate(
        role, best.start, best.end, text[best.start : best.end], entity[0].score, mentions, (best.sentence, *others)
    )
