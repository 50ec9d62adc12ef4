"""Weights by which places and figures are chosen; `train_slots` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.muc4.model import Floats

FILE = Path(__file__).parent / "slots.npz"


@dataclass(frozen=True, slots=True, eq=False)
class SlotWeights:
    """Weights of `where.place_signals` and of `tolls.figure_signals` for the killed and the wounded."""

    place: Floats
    killed: Floats
    wounded: Floats


@cache
def load() -> SlotWeights:
    """The weights beside this file."""
    with np.load(FILE, allow_pickle=False) as raw:
        return SlotWeights(**{name: raw[name].astype(np.float64) for name in SlotWeights.__slots__})


def save(weights: SlotWeights, path: Path = FILE) -> None:
    """Write weights."""
    np.savez_compressed(path, **{n: getattr(weights, n).astype(np.float32) for n in SlotWeights.__slots__})
