"""Training texts that share words with a text, and the days that they were of and told of.

A text without a dateline still tells its time by what it speaks of: the texts of the same days name the same
persons and acts. Kept are buckets of hashed words, no words (`train_slots` makes them).
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.muc4.model import Floats
from benchmarks.muc4.reading import Reading

FILE = Path(__file__).parent / "alike.npz"
BUCKETS = 1 << 20
FIRST_DAY = 725_000  # ordinal of day 0: 25 December 1985
DAYS = 1_700  # up to August 1990
POWER = 3  # of a likeness, as its vote
WIDTHS = (1, 5, 15)  # days over which votes spread

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Texts by bucket of their words, and their days, counted from FIRST_DAY."""

    buckets: Ints  # in order
    ends: Ints  # end in `texts` of each bucket's
    texts: Ints
    lengths: Floats  # by text, of its weighted row
    days: Ints  # by text, the day it was of; -1: not known
    events: Ints  # (events, 5): text, kind, first, last day, bucket of the place's name or -1
    report: Floats  # weights of `day_signals`
    chosen: Floats  # (2, signals): weights of `when.day_signals`, without a dateline and with one


@cache
def load() -> Alike:
    """The texts beside this file."""
    with np.load(FILE, allow_pickle=False) as raw:
        whole = ("buckets", "ends", "texts", "days", "events")
        return Alike(**{n: raw[n].astype(np.int64 if n in whole else np.float64) for n in Alike.__slots__})


def with_weights(model: Alike, report: Floats | None = None, chosen: Floats | None = None) -> Alike:
    """The same texts with other weights."""
    return replace(
        model, report=model.report if report is None else report, chosen=model.chosen if chosen is None else chosen
    )


def save(model: Alike, path: Path = FILE) -> None:
    """Write a model in as few bytes as it needs."""
    np.savez_compressed(
        path,
        buckets=model.buckets.astype(np.int32),
        ends=model.ends.astype(np.int32),
        texts=model.texts.astype(np.int16),
        lengths=model.lengths.astype(np.float32),
        days=model.days.astype(np.int16),
        events=model.events.astype(np.int32),
        report=model.report.astype(np.float32),
        chosen=model.chosen.astype(np.float32),
    )


def word_buckets(reading: Reading) -> list[int]:
    """The buckets of a text's words and pairs of words, in order."""
    found = set()
    for sentence in reading.sentences:
        words = [t.word for t in sentence]
        found |= {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return sorted({zlib.crc32(f.encode("utf-8", "surrogatepass")) % BUCKETS for f in found})


def likeness(row: list[int], alike: Alike, without: int = -1) -> Floats:
    """How much a text shares with each: 0 to 1; `without` is a text of the training that is not to find itself."""
    out = np.zeros(len(alike.days))
    if not len(out):
        return out
    at = np.searchsorted(alike.buckets, row)
    at = np.minimum(at, len(alike.buckets) - 1)
    hit = at[alike.buckets[at] == np.array(row, np.int64)] if row else at
    length = 0.0
    for i in hit:
        texts = alike.texts[alike.ends[i - 1] if i else 0 : alike.ends[i]]
        weight = np.log(len(out) / len(texts)) ** 2
        out[texts] += weight
        length += weight
    out /= alike.lengths * np.sqrt(max(length, 1e-9))
    if without >= 0:
        out[without] = 0
    return out


def day_votes(likenesses: Floats, alike: Alike) -> Floats:
    """For each day how the texts of about that day speak for it: (WIDTHS, DAYS), each adding up to 1."""
    votes = np.zeros(DAYS)
    dated = alike.days >= 0
    best = np.argsort(-np.where(dated, likenesses, 0), kind="stable")[:40]
    np.add.at(votes, alike.days[best], np.maximum(likenesses[best], 1e-6) ** POWER * dated[best])
    return np.stack([_spread(votes / max(votes.sum(), 1e-12), width) for width in WIDTHS])


@dataclass(frozen=True, slots=True)
class Votes:
    """Shares of the most alike texts' incidents, by day and by bucket of the name of their place."""

    days: dict[int, float]
    places: dict[int, float]


def event_votes(likenesses: Floats, alike: Alike, kind: int) -> Votes:
    """When and where the most alike texts tell of incidents, those of the kind counting twice."""
    days: dict[int, float] = {}
    places: dict[int, float] = {}
    total = 1e-12
    near = set(np.argsort(-likenesses, kind="stable")[:25].tolist())
    for text, other, first, last, place in alike.events.tolist():
        if text in near:
            vote = float(likenesses[text]) ** POWER * (2 if other == kind else 1)
            total += vote
            places[place] = places.get(place, 0.0) + vote
            if first == last:
                days[first] = days.get(first, 0.0) + vote
    return Votes({d: v / total for d, v in days.items()}, {p: v / total for p, v in places.items() if p >= 0})


def place_bucket(name: str) -> int:
    """The bucket of a place's name, whatever its accents and blanks."""
    letters = unicodedata.normalize("NFKD", name.lower()).replace("-", " ")
    bare = " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
    return zlib.crc32(bare.encode("utf-8", "surrogatepass")) % BUCKETS


def _spread(votes: Floats, width: int) -> Floats:
    reach = np.arange(-3 * width, 3 * width + 1) / width
    kernel = np.exp(-0.5 * reach**2)
    out: Floats = np.convolve(votes, kernel / kernel.sum(), "same")
    return out
