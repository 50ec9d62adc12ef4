"""Shapes of the types on the map and in its legend, as matplotlib takes them."""

from __future__ import annotations

import math
from typing import Any

NAMES = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "pentagon": "p",
    "triangle": "^",
    "triangle_down": "v",
    "plus": "P",
    "cross": "X",
}
# Drawn area differs from shape to shape at one size; this evens out how large they look.
WEIGHT = {
    "star": 2.2,
    "burst": 1.6,
    "triangle": 1.8,
    "triangle_down": 1.8,
    "plane": 1.7,
    "chevron": 1.5,
    "cross": 1.5,
    "plus": 1.5,
}


def marker(name: str) -> Any:
    """A marker by its name in `style.toml`."""
    if name == "star":
        return _spiked(5, 0.5)
    if name == "burst":
        return _spiked(8, 0.66)
    if name == "plane":
        return [(0, 1), (1, -0.55), (0.4, -0.55), (0.4, -1), (-0.4, -1), (-0.4, -0.55), (-1, -0.55), (0, 1)]
    if name == "chevron":
        return [(-1, 0.8), (0.35, 0.8), (1, 0), (0.35, -0.8), (-1, -0.8), (-0.5, 0), (-1, 0.8)]
    return NAMES[name]


def _spiked(points: int, inner: float) -> list[tuple[float, float]]:
    radii = [1.0 if i % 2 == 0 else inner for i in range(2 * points)]
    turn = math.pi / points
    ring = [(r * math.sin(i * turn), r * math.cos(i * turn)) for i, r in enumerate(radii)]
    return [*ring, ring[0]]
