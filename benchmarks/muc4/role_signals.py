"""What speaks for each string's being a filler of a role: its spans, its rivals, its words, its sentences."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.muc4 import english
from benchmarks.muc4.role_features import Act, find_acts, form
from benchmarks.muc4.role_model import ROLES, Floats
from benchmarks.muc4.role_spans import Found, grouped, logit
from benchmarks.muc4.role_tokens import Token
from benchmarks.muc4.role_words import lexicon

BUCKETS = 1 << 12  # of the words of a string and about it, by role
FAR = 6  # words from a string to an act that still counts as near


@dataclass(frozen=True)
class Page:
    """A text as the strings are judged in it."""

    sentences: Sequence[Sequence[Token]]
    told: Floats  # (sentences, 7): probabilities of the kinds and of any, by sentence
    kinds: Floats  # (6,): probabilities that the document is relevant, and of kinds
    vocabulary: frozenset[str]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(t.word for s in self.sentences for t in s)

    @cached_property
    def acts(self) -> list[list[Act]]:
        """The acts of each sentence."""
        return [find_acts([t.word for t in s]) for s in self.sentences]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The spans of a text with the same words, and what speaks for them: a row of figures, and hashed words."""

    spans: tuple[Found, ...]
    row: list[float]
    words: list[int]


def groups(found: Mapping[str, Sequence[Found]], page: Page) -> dict[str, list[Group]]:
    """The strings that may fill each role."""
    parted = {role: grouped(found[role]) for role in ROLES}
    tops = {role: {g[0].key: max(f.probability for f in g) for g in parted[role]} for role in ROLES}
    best = [logit(max(tops[role].values(), default=0.0)) for role in ROLES]
    return {role: [_group(role, g, tops, best, page) for g in parted[role]] for role in ROLES}


def _group(
    role: str, spans: tuple[Found, ...], tops: Mapping[str, Mapping[str, float]], best: Sequence[float], page: Page
) -> Group:
    key = spans[0].key
    top = tops[role][key]
    missed = float(np.prod([1 - f.probability for f in spans]))
    first = min(f.sentence for f in spans)
    words = key.split()
    others = [(k, p) for k, p in tops[role].items() if k != key]
    around = max((p for k, p in others if f" {key} " in f" {k} "), default=0.0)
    inside = max((p for k, p in others if f" {k} " in f" {key} "), default=0.0)
    apart = [p for k, p in others if f" {key} " not in f" {k} " and f" {k} " not in f" {key} "]
    elsewhere = max((tops[r].get(key, 0.0) for r in ROLES if r != role), default=0.0)
    held = sorted({f.sentence for f in spans})
    peak = max(spans, key=lambda f: (f.probability, -f.start))
    any_ = page.told[:, -1]
    row = [
        logit(top), logit(1 - missed), math.log(len(spans)), float(first == 0), first / len(page.sentences),
        float(len(words) == 1), float(len(words) >= 5), logit(float(page.kinds[0])), logit(top) * float(page.kinds[0]),
        logit(top) - logit(max(apart, default=0.0)), min(sum(p > top for p in apart), 4) / 4,
        logit(around), logit(inside), float(around > top), float(inside > top), logit(elsewhere),
        logit(float(any_[peak.sentence])), logit(float(any_[held].max())), logit(float(any_.max())),
        logit(float(any_[held].max())) - logit(float(any_.max())),
        *(logit(float(p)) for p in page.kinds[1:]), *best, math.log(1 + page.counts[words[-1]]),
    ]  # fmt: skip
    return Group(spans, row, _words(peak, page))


def _words(span: Found, page: Page) -> list[int]:
    tokens = page.sentences[span.sentence]
    words = [t.word for t in tokens]
    start = next((i for i, t in enumerate(tokens) if t.end > span.start), 0)
    end = next((i for i, t in enumerate(tokens) if t.end >= span.end), len(tokens) - 1)
    shown = [form(w, page.vocabulary, english.load()) for w in words]
    head, classes = shown[end], lexicon().classes
    before, after = shown[start - 1] if start else "|", shown[end + 1] if end + 1 < len(words) else "|"
    listed = [
        f"h={head}",
        f"f={shown[start]}",
        f"b={before}",
        f"a={after}",
        f"b2={' '.join(shown[max(0, start - 2) : start])}",
    ]
    listed += [f"c={c}" for c in classes.get(words[end], ("none",))]
    listed += [f"in={c}" for w in words[start:end] for c in classes.get(w, ())]
    listed.append(f"all={' '.join(shown[start : end + 1])}")
    acts = page.acts[span.sentence]
    left = next((a for a in reversed(acts) if a.at < start), None)
    right = next((a for a in acts if a.at > end), None)
    for side, act, gap in (("L", left, start - left.at if left else 0), ("R", right, right.at - end if right else 0)):
        if act is None:
            listed.append(f"{side}=none")
            continue
        near = "near" if gap <= FAR else "far"
        by = "by" if side == "L" and "by" in words[max(act.at, start - 3) : start] else ""
        listed += [f"{side}={act.kind}:{act.voice}{by}:{near}", f"{side}w={words[act.at]}{by}:{near}"]
    listed.append(f"n={min(end - start, 6)}")
    return sorted({zlib.crc32(f.encode("utf-8", "surrogatepass")) % BUCKETS for f in listed})
