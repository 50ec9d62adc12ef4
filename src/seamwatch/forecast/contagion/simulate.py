"""Events drawn from the model: a background and, generation by generation, what each event triggers.

Method: the branching form of Hawkes & Oakes (1974), so that the cost is linear in the events drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.pairs import Floats, Reach
from seamwatch.forecast.contagion.window import Window


@dataclass(frozen=True, slots=True)
class Points:
    """Events in order of time: days, km east and north, kind, and whether each came of the background; shapes (n,)."""

    t: Floats
    x: Floats
    y: Floats
    kind: NDArray[np.int64]
    background: NDArray[np.bool_]
    kinds: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.t)


Place = Callable[[np.random.Generator, int], tuple[Floats, Floats]]


def simulate(
    rate: float,
    place: Place,
    parts: Sequence[Part],
    window: Window,
    reach: Reach,
    seed: int,
    shares: Sequence[float] = (1.0,),
) -> Points:
    """Draw a whole history: ``rate`` background events a day at places drawn by ``place``, and all their descendants.

    What is triggered outside the window's box or days is not seen and triggers nothing. ``shares`` are those of the
    kinds, the same in each generation.
    """
    rng = np.random.default_rng(seed)
    n = int(rng.poisson(rate * window.days(reach)))
    x, y = place(rng, n)
    t = rng.uniform(window.start, window.end + (1.0 if reach.daily else 0.0), n)
    born = (np.floor(t) if reach.daily else t, x, y, rng.choice(len(shares), n, p=shares))
    generations = [born]
    while len(born[0]):
        t, x, y = triggered(*born, parts, reach, rng)
        keep = t <= window.end
        if window.box:
            west, east, south, north = window.box
            keep &= (x >= west) & (x <= east) & (y >= south) & (y <= north)
        born = (t[keep], x[keep], y[keep], rng.choice(len(shares), int(keep.sum()), p=shares))
        generations.append(born)
    t, x, y, kind = (np.concatenate(column) for column in zip(*generations, strict=True))
    own = np.arange(len(t)) < n
    order = np.argsort(t, kind="stable")
    return Points(t[order], x[order], y[order], kind[order], own[order], ("",) * len(shares))


def triggered(
    t: Floats, x: Floats, y: Floats, kind: NDArray[np.int64], parts: Sequence[Part], reach: Reach,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Times and places of the direct offspring of events, within the reach."""
    found = []
    for part in parts:
        mine = np.flatnonzero(kind == part.kind)
        parent = mine[np.repeat(np.arange(len(mine)), rng.poisson(part.k, len(mine)))]
        lag, dx, dy = spread(part, len(parent), reach, rng)
        found.append((t[parent] + lag, x[parent] + dx, y[parent] + dy))
    t, x, y = (np.concatenate(column) for column in zip(*found, strict=True)) if found else (np.zeros(0),) * 3
    return t, x, y


def spread(part: Part, n: int, reach: Reach, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Lags in days, km east and km north of ``n`` events that a part triggers."""
    lag = -np.log1p(rng.uniform(size=n) * np.expm1(-part.decay * reach.days)) / part.decay
    if reach.daily:
        lag = np.clip(np.ceil(lag), 1, reach.days)
    r = np.sqrt(-2 * part.sigma2 * np.log1p(rng.uniform(size=n) * np.expm1(-(reach.km**2) / (2 * part.sigma2))))
    angle = rng.uniform(0, 2 * np.pi, n)
    return lag, r * np.cos(angle), r * np.sin(angle)
