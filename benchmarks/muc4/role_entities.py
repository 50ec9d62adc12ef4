"""Strings of one role that name the same entity, merged."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.muc4.role_spans import String
from benchmarks.muc4.role_tokens import bare
from benchmarks.muc4.role_words import lexicon


def merged(role: str, strings: Sequence[String]) -> list[list[String]]:
    """Entities as lists of strings, best first: a string joins the first entity that holds one like it."""
    entities: list[list[String]] = []
    for string in strings:
        home = next((e for e in entities if any(same(role, string, other) for other in e)), None)
        if home is None:
            entities.append([string])
        else:
            home.append(string)
    return entities


def same(role: str, one: String, other: String) -> bool:
    """One is within the other, or both name an organisation, or a person is named shorter."""
    a, b = sorted((one.key, other.key), key=len)
    if f" {a} " in f" {b} " or _overlap(one, other):
        return True
    if role == "PerpOrg":
        return bool(_initials(one.key) & _initials(other.key))
    if role == "Victim":
        return set(a.split()) <= set(b.split())
    return False


def _overlap(one: String, other: String) -> bool:
    return any(f.start < g.end and g.start < f.end for f in one.spans for g in other.spans)


def _initials(key: str) -> set[str]:
    """The initials that an organisation goes by: those listed, those of its words, itself if it is one word."""
    words = key.split()
    listed = {bare(short) for full, short in lexicon().short.items() if f" {bare(full)} " in f" {key} "}
    if len(words) == 1:
        return listed | {key}
    return listed | {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in ("of", "for", "and"))}
