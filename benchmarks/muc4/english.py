"""Which words are English: a dictionary kept as bits of hashed words, and the endings of its words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.muc4.role_words import listed_words

FILE = Path(__file__).parent / "english.npz"
BITS = 1 << 23  # some 2 in 100 strange words are taken for English
_ENDS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")),
    *(("er", ""), ("ly", ""), ("d", "")),
)
_DOUBLED = re.compile(r"(.*)(.)\2(?:ed|ing)")


@dataclass(frozen=True, slots=True, eq=False)
class English:
    """A set of words: ``listed`` ones, those of the bits, and their inflected forms."""

    bits: npt.NDArray[np.uint8]  # (BITS / 8,)
    listed: frozenset[str]
    _known: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, word: str) -> bool:
        """Whether a word in small letters is English."""
        if word not in self._known:
            self._known[word] = word in self.listed or self._inflected(word)
        return self._known[word]

    def _inflected(self, word: str) -> bool:
        if len(word) < 2 or not (word.isascii() and word.isalpha()):
            return False
        stems = [word]
        if len(word) > 4:
            stems += [word.removesuffix(end) + back for end, back in _ENDS if word.endswith(end)]
        if doubled := _DOUBLED.fullmatch(word):
            stems.append(doubled[1] + doubled[2])
        return any(self._has(stem) for stem in stems)

    def _has(self, word: str) -> bool:
        at = _bit(word)
        return bool(self.bits[at >> 3] >> (7 - (at & 7)) & 1)


@cache
def load() -> English:
    """The dictionary beside this file, and the words of ``role_words.toml``."""
    with np.load(FILE, allow_pickle=False) as raw:
        return English(raw["bits"], listed_words())


def save(words: Iterable[str]) -> None:
    """Write a dictionary."""
    np.savez_compressed(FILE, bits=hashed(words))


def hashed(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    """The bits of words."""
    marks = np.zeros(BITS, np.uint8)
    marks[[_bit(w) for w in words]] = 1
    return np.packbits(marks)


def _bit(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % BITS
