"""Who speaks independently: near-copies of one wire text count as one source.

A text is kept as a sketch, the `KEPT` smallest hashes of its three-word shingles (bottom-k sampling), from which the
Jaccard similarity of two texts is estimated; up to `KEPT` shingles the estimate is exact.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Protocol

SHINGLE_WORDS, KEPT, COPY_AT = 3, 64, 0.8
_MIX, _MASK, _BYTES = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF, 8


class Voice(Protocol):
    """What independence is judged by; `Item` has it."""

    @property
    def report_id(self) -> str:
        """Its report."""

    @property
    def source(self) -> str:
        """Its outlet; empty where unknown."""

    @property
    def sketch(self) -> bytes:
        """Its report's words, by `sketch`."""


def sketch(text: str) -> bytes:
    """The smallest shingle hashes of a text in rising order, 8 bytes each; empty for a text without words."""
    words = re.findall(r"\w+", text.casefold())
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last)} - {""}
    hashes = sorted({zlib.crc32(s.encode("utf-8", "surrogatepass")) * _MIX & _MASK for s in shingles})[:KEPT]
    return b"".join(h.to_bytes(_BYTES, "big") for h in hashes)


def similarity(left: bytes, right: bytes) -> float:
    """Estimated Jaccard similarity of two sketched texts; 0 where one has no words."""
    a, b = _hashes(left), _hashes(right)
    if not a or not b:
        return 0.0
    union = sorted(a | b)[: KEPT if max(len(a), len(b)) == KEPT else None]
    return sum(h in a and h in b for h in union) / len(union)


def near_copies(left: bytes, right: bytes) -> bool:
    """Whether two texts are copies of one."""
    return left == right != b"" or similarity(left, right) >= COPY_AT


def independent(voices: Sequence[Voice]) -> tuple[tuple[int, ...], ...]:
    """Positions of ``voices`` by independent source: one outlet, or one text, speaks once however often it appears.

    A source without a name is as many sources as it has reports.
    """
    parent = list(range(len(voices)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, right in enumerate(voices):
        for i, left in enumerate(voices[:j]):
            if _one_voice(left, right):
                parent[max(root(i), root(j))] = min(root(i), root(j))
    return _groups(root(i) for i in range(len(voices)))


def _one_voice(left: Voice, right: Voice) -> bool:
    if left.report_id == right.report_id:
        return True
    return (left.source == right.source != "") or near_copies(left.sketch, right.sketch)


def _groups(roots: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    found: dict[int, list[int]] = {}
    for i, r in enumerate(roots):
        found.setdefault(r, []).append(i)
    return tuple(tuple(group) for group in found.values())


@functools.lru_cache(maxsize=4096)
def _hashes(packed: bytes) -> frozenset[bytes]:
    return frozenset(packed[i : i + _BYTES] for i in range(0, len(packed), _BYTES))
