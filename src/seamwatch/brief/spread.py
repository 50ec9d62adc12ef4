"""Moves map signs that lie on one another apart, and finds room for names. Pixels in, pixels out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.top <= other.bottom or other.top <= self.bottom)

    def inside(self, other: Box) -> bool:
        """Whether it lies wholly in another."""
        wide = other.left <= self.left and self.right <= other.right
        return wide and other.bottom <= self.bottom and self.top <= other.top


def spread(points: Sequence[Point], radii: Sequence[float], frame: Box, rounds: int = 80) -> list[Point]:
    """Positions near ``points`` at which discs of ``radii`` hardly overlap, within the frame. Same input, same output.

    Each round pushes overlapping pairs half apart; points on one spot first part along a spiral.
    """
    placed = [
        (
            x + 0.5 * math.sqrt(i + 1) * math.cos(i * GOLDEN_ANGLE),
            y + 0.5 * math.sqrt(i + 1) * math.sin(i * GOLDEN_ANGLE),
        )
        for i, (x, y) in enumerate(points)
    ]
    for _ in range(rounds):
        moved = False
        for i in range(len(placed)):
            for j in range(i):
                dx, dy = placed[i][0] - placed[j][0], placed[i][1] - placed[j][1]
                gap, need = math.hypot(dx, dy) or 0.01, radii[i] + radii[j]
                if gap < need:
                    push = (need - gap) / 2 / gap
                    placed[i] = (placed[i][0] + dx * push, placed[i][1] + dy * push)
                    placed[j] = (placed[j][0] - dx * push, placed[j][1] - dy * push)
                    moved = True
        if not moved:
            break
    return [
        (min(max(x, frame.left + r), frame.right - r), min(max(y, frame.bottom + r), frame.top - r))
        for (x, y), r in zip(placed, radii, strict=True)
    ]


def text_box(x: float, y: float, text: str, size_px: float, anchor: str) -> Box:
    """Roughly the room that a text takes, its baseline at y; anchor is start, middle or end."""
    width = 0.58 * size_px * len(text)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - 0.3 * size_px, left + width, y + 0.85 * size_px)


def disc_box(x: float, y: float, radius: float) -> Box:
    """The square around a disc."""
    return Box(x - radius, y - radius, x + radius, y + radius)
