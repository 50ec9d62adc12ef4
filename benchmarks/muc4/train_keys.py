"""What the keys say of the training texts: which sentences tell of incidents, types, mentions, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from benchmarks.muc4.model import KINDS, Floats
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.role_model import ROLES
from benchmarks.muc4.role_tokens import bare


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


def mentions(templates: Sequence[Any], role: str, kind: str = "") -> set[str]:
    """The gold mentions of a role in the templates (of a kind)."""
    return {bare(m[0]) for t in templates if kind in t["incident_type"] for e in t[role] for m in e}


def distinct(templates: Sequence[Any]) -> list[Any]:
    """The templates of the five-role gold without repeats."""
    out: list[Any] = []
    for template in templates:
        plain = {**template, **{r: [[m[0] for m in e] for e in template[r]] for r in ROLES}}
        if plain not in out:
            out.append(plain)
    return out
