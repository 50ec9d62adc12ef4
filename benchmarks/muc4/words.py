"""What is counted in a text: hashed words and pairs of sentences and of the document, and the engine's codes.

Features are kept as numbers of buckets only, so that the model holds no list of the words of anybody's texts.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from benchmarks.muc4.reading import Reading

BUCKETS = 1 << 16
NEIGHBOUR = 0.5  # weight of the words of the sentences beside

Row = dict[int, float]


@lru_cache(maxsize=1 << 18)
def bucket(feature: str) -> int:
    """The bucket of a feature."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


def shape(word: str) -> str:
    """A word as counted: figures are all one."""
    return "#" if re.match(r"\d", word) else word


def sentence_rows(reading: Reading) -> list[Row]:
    """For each sentence its words, pairs and pairs with a word between, and the words beside it."""
    parted = [[shape(t.word) for t in s] for s in reading.sentences]
    rows = []
    for i, words in enumerate(parted):
        weights = dict.fromkeys((bucket(f) for f in _grams(words)), 1.0)
        weights[bucket(f"at={min(i, 5)}")] = 1.0
        for sign, j in (("<", i - 1), (">", i + 1)):
            if 0 <= j < len(parted):
                weights |= dict.fromkeys((bucket(sign + w) for w in parted[j]), NEIGHBOUR)
        rows.append(normed(weights))
    return rows


def document_row(reading: Reading) -> Row:
    """The words and pairs of the whole text."""
    counts: Counter[int] = Counter()
    for sentence in reading.sentences:
        words = [shape(t.word) for t in sentence]
        counts.update(bucket(f) for f in words)
        counts.update(bucket(f"{a} {b}") for a, b in pairwise(words))
    return {b: 1 + math.log(n) for b, n in counts.items()}


def engine_row(reading: Reading) -> Row:
    """The engine's codes: types, actors and targets alone and with the type, harm, how many incidents."""
    features: dict[str, float] = {"e:n": min(len(reading.drafts), 5) / 2}
    for draft in reading.drafts:
        kind = draft.type.value
        names = ["e:any", f"e:t={kind}", f"e:placed={bool(draft.place)}"]
        for side, claims in (("i", draft.initiator), ("g", draft.target), ("m", draft.means)):
            names += [n for c in claims for n in (f"e:{side}={c.value}", f"e:{kind}/{side}={c.value}")]
        names += [f"e:h={c.value.group}/{c.value.outcome}" for c in draft.toll if c.value.figure.low]
        features |= dict.fromkeys(names, 1.0)
    return {bucket(f): v for f, v in features.items()}


def normed(row: Row) -> Row:
    """A row of length one."""
    length = math.sqrt(sum(v * v for v in row.values())) or 1.0
    return {b: v / length for b, v in row.items()}


def _grams(words: Sequence[str]) -> Iterable[str]:
    yield from words
    yield from (f"{a} {b}" for a, b in pairwise(words))
    yield from (f"{a} _ {b}" for a, b in zip(words, words[2:], strict=False))
