"""Where: names of places in a text with what speaks for each; the likeliest for an incident."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.muc4 import alike as likes
from benchmarks.muc4 import english as english_words
from benchmarks.muc4 import slot_weights
from benchmarks.muc4.alike import place_bucket
from benchmarks.muc4.closeness import Closeness, closeness, near_signals
from benchmarks.muc4.english import English
from benchmarks.muc4.model import Floats, Judgement, softmax
from benchmarks.muc4.reading import PACK, Reading, pack
from benchmarks.muc4.roles import Candidate
from seamwatch.code.hits import load_finder
from seamwatch.packs.places import load_places

_KIND = (
    "department|province|municipality|jurisdiction|town|village|canton|hamlet|neighborhood|district|farm|city|sector"
    "|township|community|region|valley|housing project|residential area|slum|suburb|settlement|port|estate|colony"
)
_SMALL = "(?:de|del|la|las|los|el|san|santa|santo)"
_NAMED = (
    re.compile(
        rf"\b(?:{_KIND})s? (?:of|called|known as) (?:the )?\"?"
        rf"((?:{_SMALL} ){{0,2}}[a-z]{{3,20}}(?: {_SMALL}(?: {_SMALL})? [a-z]{{3,20}}| [a-z]{{4,20}})?)"
    ),
    re.compile(rf"\b({_SMALL} (?:{_SMALL} )?[a-z]{{3,20}}|[a-z]{{4,20}}(?: de [a-z]{{3,20}})?)\"?,? (?:{_KIND})\b"),
)
_LED = re.compile(
    rf"\b(?:in|at|near|from|to|toward|between|outside|around|and) (?:the )?\"?((?:{_SMALL} ){{0,2}}[a-z]{{4,20}}"
    rf"(?: (?:{_SMALL} ){{0,2}}[a-z]{{4,20}})?)"
)
_KIND_WORDS = frozenset(_KIND.split("|"))
LEVELS = ("country", "governorate", "city", "town", "site", "named", "led")
_BEFORE = (
    "in",
    "of",
    "near",
    "at",
    "from",
    "on",
    "to",
    "and",
    "the",
    "between",
    ",",
    "northern",
    "southern",
    "downtown",
)
CONTEXT = 512  # buckets of names and of the words beside them
LEAST = 0.12  # probability below which no place is given


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands; ``derived`` where it is told of by another word, as a country by its people."""

    start: int
    end: int
    sentence: int
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place, its level (LEVELS), its mentions in order."""

    text: str
    level: str
    at: tuple[Mention, ...]


def names(reading: Reading) -> tuple[Name, ...]:
    """Names of places in a text: the pack's, those that it calls a town or a farm, unknown words led by "in"."""
    lower = reading.prepared.lower
    found: dict[str, list[tuple[str, Mention]]] = {}
    taken: set[int] = set()

    def add(text: str, level: str, start: int, end: int, derived: bool = False) -> None:
        mention = Mention(start, end, reading.sentence_at(start), derived)
        found.setdefault(" ".join(text.split()), []).append((level, mention))

    for hit in load_finder(pack(), "en").find(lower, lambda hit: True):
        if hit.kind == "place":
            text = " ".join(lower[hit.start : hit.end].split())
            add(text, _kinds().get(text, "city"), hit.start, hit.end)
            taken |= set(range(hit.start, hit.end))
    for match in _demonym().finditer(lower):
        for country in _countries()[match[1]]:
            add(country, "country", match.start(), match.end(), derived=True)
    english = english_words.load()
    for level, patterns in (("named", _NAMED), ("led", (_LED,))):
        for pattern in patterns:
            for match in pattern.finditer(lower):
                text = _unknown(match[1], english)
                at = match.start(1) + match[1].find(text) if text else 0
                if text and at not in taken and at + len(text) - 1 not in taken:
                    add(text, level, at, at + len(text))
                    taken |= set(range(at, at + len(text)))
    out = [
        Name(text, min((level for level, _ in entries), key=LEVELS.index), tuple(m for _, m in entries))
        for text, entries in found.items()
    ]
    return tuple(sorted(out, key=lambda n: (n.at[0].start, n.text)))


def place_signals(reading: Reading, close: Closeness, listed: Sequence[Name], alike: dict[int, float]) -> Floats:
    """For each name what speaks for its being the most specific place of an incident; `alike`: votes of texts alike."""
    lower, english = reading.prepared.lower, english_words.load()
    total = sum(len(n.at) for n in listed)
    drafts = {d.place.value.name.lower() for d in reading.drafts if d.place}
    best = [max(n.at, key=lambda m: _telling(close, m)) for n in listed]
    telling = [_telling(close, m) for m in best]
    ranks = [_rank(n) for n in listed]
    taken = {at for n in listed for m in n.at for at in range(m.start, m.end)}
    rows = []
    for i, name in enumerate(listed):
        mention = best[i]
        finer = [telling[j] for j in range(len(listed)) if ranks[j] > ranks[i]]
        peers = [telling[j] for j in range(len(listed)) if ranks[j] == ranks[i] and j != i]
        wider = [telling[j] for j in range(len(listed)) if ranks[j] < ranks[i]]
        inside = any(
            ranks[j] > ranks[i] and any(abs(m.start - mention.start) < 60 for m in listed[j].at)
            for j in range(len(listed))
        )
        before = lower[max(0, mention.start - 30) : mention.start].replace(",", " , ").split()
        after = lower[mention.end : mention.end + 30].replace(",", " , ").split()
        word, next_ = (before[-1] if before else ""), (after[0].strip(".\"'") if after else "")
        levels = [float(name.level == level) for level in LEVELS]
        lead = [telling[i] - max(other, default=-8.0) for other in (finer, peers, wider)]
        row = [
            *levels, *near_signals(close, mention.sentence),
            len(name.at) / total, float(np.log(len(name.at))), float(i == 0), float(len(listed) == 1),
            *(max(-8.0, min(8.0, x)) / 8 for x in lead), *(float(x >= 0) for x in lead),
            float(inside), float(all(m.derived for m in name.at)), float(mention.derived),
            float(name.text in drafts), float(any(lower.startswith(name.text, m.start) for m in name.at[:1])),
            *(float(word == b) for b in _BEFORE), float(next_ in _KIND_WORDS), float(next_ == ","),
            levels[0] * len(finer) / 10, levels[0] * max(-8.0, lead[0]) / 8, levels[0] * float(close.held.max() > 0),
            alike.get(place_bucket(name.text), 0.0), float(np.log(alike.get(place_bucket(name.text), 0.0) + 0.02)),
            float(word.isalpha() and word not in english and mention.start - 1 not in taken) * (1 - levels[0]),
            float(next_.isalpha() and next_ not in english and mention.end + 1 not in taken),
            min((abs(m.start - name.at[0].start) for m in name.at[1:]), default=0) / max(1, len(lower)),
        ]  # fmt: skip
        beside = np.zeros(CONTEXT)
        side = "c" if name.level == "country" else "p"
        for feature in (f"{side}<{word}", f"{side}>{next_}", f"{side}<<{' '.join(before[-2:])}", f"={name.text}"):
            beside[zlib.crc32(feature.encode("utf-8", "surrogatepass")) % CONTEXT] = 1
        rows.append(np.concatenate([row, beside, [1.0]]))
    return np.array(rows)


def best_place(reading: Reading, judgement: Judgement, kind: int, own: Sequence[Candidate]) -> str | None:
    """The place of an incident of a kind with these fillers; nothing where no name is likely enough."""
    listed = names(reading)
    if not listed or not reading.sentences:
        return None
    likenesses = likes.likeness(likes.word_buckets(reading), likes.load())
    votes = likes.event_votes(likenesses, likes.load(), kind).places
    signals = place_signals(reading, closeness(reading, judgement, kind, own), listed, votes)
    scores = softmax(signals @ slot_weights.load().place)
    at = int(scores.argmax())
    return listed[at].text if scores[at] >= LEAST else None


def _telling(close: Closeness, mention: Mention) -> float:
    return float(close.kind[mention.sentence] + 2 * close.held[mention.sentence]) - 0.5 * mention.derived


def _rank(name: Name) -> int:
    return {"country": 0, "governorate": 1}.get(name.level, 2)


def _unknown(words: str, english: English) -> str:
    """The words at the front of a name up to the first common one; nothing if they are but small words."""
    kept: list[str] = []
    for word in words.split():
        if word in english and not re.fullmatch(_SMALL, word):
            break
        kept.append(word)
    while kept and re.fullmatch(_SMALL, kept[-1]):
        kept.pop()
    return " ".join(kept)


@cache
def _kinds() -> dict[str, str]:
    """Kind of place by name, the widest where several share it."""
    out: dict[str, str] = {}
    for place in load_places(pack()):
        for text in place.spellings():
            key, kind = text.lower(), place.kind if place.kind in LEVELS else "town"
            if key not in out or LEVELS.index(kind) < LEVELS.index(out[key]):
                out[key] = kind
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
