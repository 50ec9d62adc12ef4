"""What is known of each word of a MUC text: its own form and classes, its phrase, the acts beside it, its document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.muc4.english import English
from benchmarks.muc4.role_tokens import Token
from benchmarks.muc4.role_words import Lexicon, lexicon

WINDOW = 3
_EDGES = frozenset(("prep", "conj", "be", "say", "pronoun", "act"))
_NEAR, _FAR = 3, 9  # words between a word and an act


@dataclass(frozen=True, slots=True)
class Act:
    """An act at a word of a sentence."""

    at: int
    kind: str
    voice: str  # active, passive or noun


def find_acts(words: Sequence[str]) -> list[Act]:
    """The acts of a sentence, in order, with their voices."""
    lex, found = lexicon(), []
    for at, word in enumerate(words):
        kind, noun = lex.acts.get(word), lex.nouns.get(word)
        if kind is None and noun is None:
            continue
        before = words[max(0, at - 3) : at]
        helped = any("be" in lex.classes.get(w, ()) for w in before)
        if noun and (
            kind is None or not (before[-1:] == ["to"] or (before and "pronoun" in lex.classes.get(before[-1], ())))
        ):
            found.append(Act(at, noun, "noun"))
        elif kind:
            by = "by" in words[at + 1 : at + 4]
            found.append(Act(at, kind, "passive" if (helped or by) and not word.endswith("ing") else "active"))
    return found


def tells(words: Sequence[str]) -> bool:
    """Whether a sentence tells of an act or names a weapon: from such the fields are learned."""
    lex = lexicon()
    return any(w in lex.acts or w in lex.nouns or "weapon" in lex.classes.get(w, ()) for w in words)


def form(word: str, vocabulary: frozenset[str], english: English) -> str:
    """A word as a feature: itself, or only the kind of word that it is."""
    if word in vocabulary:
        return word
    if word[0].isdigit():
        return "#4" if word.isdigit() and len(word) == 4 else "#"
    if not word[0].isalnum():
        return word
    if word in english:
        return "~e"
    return "~u"


def sentence_features(
    tokens: Sequence[Token],
    at_sentence: str,
    counts: Counter[str],
    vocabulary: frozenset[str],
    english: English,
    document: Sequence[str],
) -> list[list[str]]:
    """The features of each word of a sentence."""
    lex = lexicon()
    words = [t.word for t in tokens]
    n = len(words)
    forms = [form(w, vocabulary, english) for w in words]
    acts = find_acts(words)
    act_at = {a.at: a for a in acts}
    tags = [_tag(w, f, act_at.get(i), lex) for i, (w, f) in enumerate(zip(words, forms, strict=True))]
    phrases = _phrases(words, tags, lex)
    common = [f"S={k}" for k in sorted({a.kind for a in acts})] or ["S=none"]
    common += [f"at={at_sentence}", *document]
    common += [f"{d}+{s}" for d in document for s in common[:1]]
    out = []
    for i, word in enumerate(words):
        row = ["b", *common]
        for d in range(-WINDOW, WINDOW + 1):
            j = i + d
            if 0 <= j < n:
                row.append(f"w{d}={forms[j]}")
                if abs(d) <= 2:
                    row.append(f"t{d}={tags[j]}")
            else:
                row.append(f"w{d}=|")
        here, left, right = forms[i], forms[i - 1] if i else "|", forms[i + 1] if i + 1 < n else "|"
        row += [f"w-1,0={left},{here}", f"w0,1={here},{right}"]
        tl, tr = tags[i - 1] if i else "|", tags[i + 1] if i + 1 < n else "|"
        row += [f"t-1,0={tl},{tags[i]}", f"t0,1={tags[i]},{tr}", f"t-1,0,1={tl},{tags[i]},{tr}"]
        if i > 1:
            row.append(f"w-2,-1={forms[i - 2]},{left}")
        if i + 2 < n:
            row.append(f"w1,2={right},{forms[i + 2]}")
        row += _own(word, here, counts)
        row += _beside(i, acts, words, tags[i])
        row += phrases[i]
        out.append(row)
    return out


def _tag(word: str, shape: str, act: Act | None, lex: Lexicon) -> str:
    """One class of a word: the first of its lists, or its shape."""
    if act:
        return f"act:{act.kind}:{act.voice}"
    classes = lex.classes.get(word)
    if classes:
        return "+".join(classes[:2])
    if shape[0] in "~#" or not shape[0].isalnum():
        return shape
    if word.endswith("ly"):
        return "ly"
    if word.endswith(("ed", "ing")):
        return word[-2:]
    return "s" if word.endswith("s") else "w"


def _own(word: str, shape: str, counts: Counter[str]) -> list[str]:
    """Form features of the word alone; parts of words not in the vocabulary, never a whole one."""
    row = []
    if shape.startswith("~") and len(word) >= 4:
        row += [f"p3={word[:3]}", f"s3={word[-3:]}", f"s2={word[-2:]}", f"many={min(counts[word], 4)}"]
        if "-" in word:
            row.append("dash")
    elif shape.startswith("~"):
        row.append(f"len={len(word)}")
    else:
        row.append(f"s3={word[-3:]}")
    return row


def _beside(i: int, acts: Sequence[Act], words: Sequence[str], tag: str) -> list[str]:
    """The nearest acts to the left and right: kind, voice, distance, and a "by" between."""
    row = []
    left = next((a for a in reversed(acts) if a.at < i), None)
    right = next((a for a in acts if a.at > i), None)
    for side, act in (("L", left), ("R", right)):
        if act is None:
            row.append(f"{side}=none")
            continue
        gap = abs(act.at - i)
        near = "near" if gap <= _NEAR else "mid" if gap <= _FAR else "far"
        between = words[min(i, act.at) + 1 : max(i, act.at)]
        by = "by" if "by" in between[-4:] and side == "L" else ""
        cut = "," if "," in between else ""
        row += [
            f"{side}={act.kind}:{act.voice}{by}", f"{side}={act.kind}:{act.voice}{by}:{near}{cut}",
            f"{side}w={words[act.at]}{by}", f"{side}={act.kind}:{act.voice}{by}/{tag}",
        ]  # fmt: skip
    return row


def _phrases(words: Sequence[str], tags: Sequence[str], lex: Lexicon) -> list[list[str]]:
    """For each word its phrase: the words on both sides of it, its head and the head's class."""
    out: list[list[str]] = [["P=out"]] * len(words)
    start = 0
    for i in range(len(words) + 1):
        edge = i == len(words) or _is_edge(words[i], tags[i])
        if not edge:
            continue
        if i > start:
            head, tag = words[i - 1], tags[i - 1]
            before = words[start - 1] if start else "|"
            earlier = tags[start - 2] if start > 1 else "|"
            after = tags[i] if i < len(words) else "|"
            named = head if not tag.startswith(("~", "#")) else tag
            row = [
                f"Ph={named}",
                f"Pt={tag}",
                f"Pb={before}",
                f"Pe={earlier},{before}",
                f"Pa={after}",
                f"Pb/Pt={before}/{tag}",
                f"Pa/Pt={after}/{tag}",
            ]
            for j in range(start, i):
                out[j] = [*row, f"Pi={min(j - start, 3)},{min(i - 1 - j, 3)}"]
        start = i + 1
    return out


def _is_edge(word: str, tag: str) -> bool:
    """Whether a word ends a phrase."""
    return tag.split("+")[0].split(":")[0] in _EDGES or (not word[0].isalnum() and word not in ("'s", '"', "-"))
