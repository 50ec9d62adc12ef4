"""Fillers of the five roles of a MUC text: persons and organisations that did it, what and whom they hit, with what.

Words are tagged by conditional random fields (one a role), spans with the same words are judged together for the whole
document, and strings of the same entity are merged. `train_roles` makes the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.muc4.role_entities import merged
from benchmarks.muc4.role_features import sentence_features
from benchmarks.muc4.role_model import ROLES, Floats, RoleModel, document_kinds, kind_features, load, marginals
from benchmarks.muc4.role_spans import Found, String, judged, spans
from benchmarks.muc4.role_tokens import Token, sentences

MIN_SCORE = 0.15  # candidates below are left out
THRESHOLDS = {"PerpInd": 0.2, "PerpOrg": 0.2, "Target": 0.2, "Victim": 0.35, "Weapon": 0.2}  # best on the fold "tune"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may fill a role; ``start:end`` of the given text is its best mention, ``mentions`` best first."""

    role: str
    start: int
    end: int
    text: str
    score: float
    mentions: tuple[str, ...]


def role_candidates(text: str) -> list[Candidate]:
    """The entities of a text that may fill a role, by role, best first; none for an empty text."""
    parted = sentences(text)
    if not parted:
        return []
    model = load()
    kinds = document_kinds(model, [[t.word for t in s] for s in parted])
    found = tagged(text, parted, kinds, model)
    out = []
    for at, role in enumerate(ROLES):
        strings = judged(found[role], len(parted), kinds, model.judge[at])
        out += [_candidate(text, role, e) for e in merged(role, strings) if e[0].score >= MIN_SCORE]
    return out


def document_features(
    parted: Sequence[Sequence[Token]], kinds: Floats, vocabulary: frozenset[str], english: frozenset[str]
) -> list[list[list[str]]]:
    """Features of every word of every sentence."""
    counts = Counter(t.word for s in parted for t in s)
    about = kind_features(kinds)
    rows = []
    for i, sentence in enumerate(parted):
        place = str(i) if i < 3 else "early" if i < len(parted) / 2 else "late"
        rows.append(sentence_features(sentence, place, counts, vocabulary, english, about))
    return rows


def tagged(text: str, parted: Sequence[Sequence[Token]], kinds: Floats, model: RoleModel) -> dict[str, list[Found]]:
    """The spans of a text that may fill each role."""
    found: dict[str, list[Found]] = {role: [] for role in ROLES}
    features = document_features(parted, kinds, model.vocabulary, model.english)
    for i, (sentence, rows) in enumerate(zip(parted, features, strict=True)):
        tags = marginals(model, rows)
        for at, role in enumerate(ROLES):
            found[role] += spans(text, sentence, tags[at], i)
    return found


def _candidate(text: str, role: str, entity: Sequence[String]) -> Candidate:
    best = entity[0].best
    mentions = tuple(" ".join(text[s.best.start : s.best.end].split()) for s in entity)
    return Candidate(role, best.start, best.end, text[best.start : best.end], entity[0].score, mentions)
