"""The learned readers: small linear models that choose among what the rules propose. Their weights are the pack's.

A reader sees a candidate as a row: a set of short names of what the rules find in and around it, and of words. Of a
name no more than a 32-bit number is kept, so the file (``readers.npz``, made by ``benchmarks/coder/train_readers.py``)
holds no words. A pack without the file has the rules alone.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from seamwatch.code.features import Row, Seen
from seamwatch.packs import Pack

FILE = "readers.npz"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One linear model: a weight a known name and class, and an intercept a class. One class alone: its score."""

    classes: tuple[str, ...]
    known: npt.NDArray[np.uint32]  # numbers of names, ascending
    weights: Floats  # (known, classes)
    always: Floats  # (classes,)

    def scores(self, row: Row) -> Floats:
        """The score of each class; numbers of names the model does not know count nothing."""
        names = np.array(sorted({number(name) for name in row}), np.uint32)
        at = np.searchsorted(self.known, names)
        at[at == len(self.known)] = 0
        found = at[self.known[at] == names] if len(self.known) else at[:0]
        total: Floats = self.weights[found].sum(0, dtype=np.float32) + self.always
        return total

    def chances(self, row: Row) -> dict[str, float]:
        """The chance of each class; they sum to 1."""
        return dict(zip(self.classes, map(float, _shares(self.scores(row))), strict=True))

    def chance(self, row: Row) -> float:
        """Of a head of one class: the chance that it holds."""
        return float(1 / (1 + np.exp(-self.scores(row)[0])))

    def best(self, rows: Sequence[Row]) -> list[float]:
        """Of a head of one class: for each of some rivals the chance that it is the one; they sum to 1."""
        return list(map(float, _shares(np.array([self.scores(row)[0] for row in rows], np.float32))))


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What the readers have before them: their heads by name, and a report."""

    heads: Mapping[str, Head]
    report: Seen


def number(name: str) -> int:
    """What is kept of a name."""
    return zlib.crc32(name.encode("utf-8", "replace"))


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


@functools.cache
def load_readers(pack: Pack) -> Mapping[str, Head]:
    """The pack's readers by name; none where it has no file of them."""
    path = pack.file(FILE)
    return {} if path is None else read_readers(path)


def read_readers(path: Path) -> Mapping[str, Head]:
    """The readers of a file, by name."""
    with np.load(path, allow_pickle=False) as raw:
        names = sorted({key.partition("/")[0] for key in raw.files})
        return {name: _head({key: raw[f"{name}/{key}"] for key in _PARTS}) for name in names}


_PARTS = ("classes", "known", "weights", "scale", "always")


def _head(raw: Mapping[str, npt.NDArray[Any]]) -> Head:
    weights = raw["weights"].astype(np.float32) * raw["scale"].astype(np.float32)
    classes = tuple(str(raw["classes"]).split(","))
    return Head(classes, raw["known"], weights, raw["always"].astype(np.float32))


def save_readers(heads: Mapping[str, Head], path: Path) -> None:
    """Write readers: a weight in eight bits, with the step of its class; names without weight are left out."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, head in heads.items():
        scale = np.maximum(np.abs(head.weights).max(0, initial=0), 1e-6) / 127
        steps = np.rint(head.weights / scale).astype(np.int8)
        kept = np.any(steps != 0, axis=1)
        parts = (np.array(",".join(head.classes)), head.known[kept], steps[kept], scale, head.always)
        arrays |= {f"{name}/{key}": part for key, part in zip(_PARTS, parts, strict=True)}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def crossed(names: Iterable[str], *others: str) -> Row:
    """Each name together with each of some others."""
    return frozenset(f"{name} & {other}" for name in names for other in others)
