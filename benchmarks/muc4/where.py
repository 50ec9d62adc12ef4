"""Where: names of places in a text with what speaks for each; the best one for a type of incident."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.muc4.model import Floats, Judgement, logit, probability
from benchmarks.muc4.reading import PACK, Reading, pack
from seamwatch.code.hits import load_finder
from seamwatch.packs.places import load_places

_KIND = (
    "department|province|municipality|jurisdiction|town|village|canton|hamlet|neighborhood|district|farm|city|sector"
)
_NAMED = (
    re.compile(
        rf"\b(?:{_KIND}) of (?:the )?([a-z]{{3,20}}(?: (?:de|del|la|las|los|el) [a-z]{{3,20}}| [a-z]{{4,20}})?)"
    ),
    re.compile(rf"\b((?:san|santa|el|la|los|las|villa) [a-z]{{3,20}}|[a-z]{{4,20}}) (?:{_KIND})\b"),
)
_COMMON = frozenset(
    [
        "this",
        "same",
        "that",
        "capital",
        "other",
        "another",
        "entire",
        "whole",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
    ]
)
_BEFORE = ("in", "of", "near", "at", "from", "on", "to")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place: where it stands, what kind of place it is (empty: on no list)."""

    text: str
    kind: str
    at: tuple[tuple[int, int], ...]  # (offset, sentence), in order


def names(reading: Reading) -> tuple[Name, ...]:
    """Names of places in a text, the pack's and those that the text calls a town or a farm, in order."""
    lower = reading.prepared.lower
    found: dict[str, list[tuple[int, str]]] = {}
    for hit in load_finder(pack(), "en").find(lower, lambda hit: True):
        if hit.kind == "place":
            text = " ".join(lower[hit.start : hit.end].split())
            found.setdefault(text, []).append((hit.start, _kinds().get(text, "city")))
    for match in _demonym().finditer(lower):
        for country in _countries()[match[1]]:
            found.setdefault(country, []).append((match.start(), "country"))
    for pattern in _NAMED:
        for match in pattern.finditer(lower):
            if match[1].split()[0] not in _COMMON:
                found.setdefault(" ".join(match[1].split()), []).append((match.start(1), ""))
    out = []
    for text, places in found.items():
        at = tuple((start, reading.sentence_at(start)) for start in sorted({start for start, _ in places}))
        out.append(Name(text, max((kind for _, kind in places), key=len), at))
    return tuple(sorted(out, key=lambda n: n.at))


def place_signals(reading: Reading, judgement: Judgement, kind: int, listed: tuple[Name, ...]) -> Floats:
    """For each name what speaks for its being the most specific place of an incident of a kind."""
    total = sum(len(n.at) for n in listed)
    of_kind, of_any = judgement.sentences[:, kind], judgement.sentences[:, -1]
    drafts = Counter(d.place.value.name.lower() for d in reading.drafts if d.place)
    within = Counter(w.lower() for d in reading.drafts if d.place for w in d.place.value.within)
    rows = []
    for name in listed:
        sentences = [s for _, s in name.at]
        best = max(sentences, key=lambda s: float(of_kind[s]))
        before = {_word_before(reading.prepared.lower, start) for start, _ in name.at}
        finer = any(_finer(name, other) and best in {s for _, s in other.at} for other in listed)
        near = float(of_any[max(0, best - 1) : best + 2].max())
        rows.append(
            [
                float(logit(of_kind[best : best + 1])[0]), float(logit(of_any[best : best + 1])[0]), near,
                float(of_kind[best] >= of_kind.max() - 1e-9), len(name.at) / total, np.log(len(name.at)),
                min(sentences) / len(of_any), float(min(sentences) == 0), float(min(sentences) == 1),
                float(name.kind == "country"), float(name.kind == "governorate"), float(name.kind == ""),
                float(finer), float(finer and name.kind == "country"), float(name.text in drafts),
                float(name.text in within), float(name is listed[0]), float(len(listed) == 1),
                *(float(word in before) for word in _BEFORE),
            ]
        )  # fmt: skip
    return np.array(rows)


def best_place(reading: Reading, judgement: Judgement, kind: int, weights: Floats) -> list[tuple[str, float]]:
    """Names with the probability that an incident of the kind was there, best first."""
    listed = names(reading)
    if not listed or not len(judgement.sentences):
        return []
    scores = probability(place_signals(reading, judgement, kind, listed) @ weights[:-1] + weights[-1])
    return sorted(((n.text, float(p)) for n, p in zip(listed, scores, strict=True)), key=lambda e: -e[1])


def _finer(name: Name, other: Name) -> bool:
    rank = {"country": 0, "governorate": 1}
    return rank.get(other.kind, 2) > rank.get(name.kind, 2)


def _word_before(lower: str, start: int) -> str:
    words = lower[max(0, start - 20) : start].split()
    return words[-1] if words else ""


@cache
def _kinds() -> dict[str, str]:
    """Kind of place by name, the widest where several share it."""
    order = {"country": 0, "governorate": 1}
    out: dict[str, str] = {}
    for place in load_places(pack()):
        for text in place.spellings():
            key = text.lower()
            if key not in out or order.get(place.kind, 2) < order.get(out[key], 2):
                out[key] = place.kind
    return out


@cache
def _countries() -> dict[str, list[str]]:
    """Countries by the words that tell of them."""
    out: dict[str, list[str]] = {}
    for country, words in tomllib.loads((PACK / "countries.toml").read_text("utf-8"))["words"].items():
        for word in words:
            out.setdefault(word, []).append(country)
    return out


@cache
def _demonym() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, _countries()), key=len, reverse=True))})\b")
