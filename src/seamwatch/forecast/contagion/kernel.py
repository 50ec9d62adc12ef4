"""The kernel: how the risk that one event adds decays in days and spreads in km, normalised within the reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from seamwatch.forecast.contagion.pairs import Reach

TWO_PI = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a kernel: ``k`` events expected within the reach after one of ``kind``, by decay and spread.

    The density at a lag u and distance r is k * decay * exp(-decay * u) * exp(-r**2 / (2 * sigma2)) / (2 pi sigma2),
    cut at the reach and normalised there. ``decay`` is per day, ``sigma2`` in km squared, each way.
    """

    kind: int
    k: float
    decay: float
    sigma2: float

    @property
    def half_life_days(self) -> float:
        """Days after which the added risk has halved."""
        return math.log(2) / self.decay

    @property
    def radius_km(self) -> float:
        """Km within which half of what it triggers lies (the median of a Rayleigh distance)."""
        return math.sqrt(2 * math.log(2) * self.sigma2)

    def cut_off(self, reach: Reach) -> float:
        """Share of the kernel, were it followed to infinity, that lies beyond the reach."""
        return 1 - (1 - math.exp(-self.decay * reach.days)) * (1 - math.exp(-(reach.km**2) / (2 * self.sigma2)))


class Scale(NamedTuple):
    """Log of a normaliser with its first and second derivative by the log of its parameter."""

    log: float
    first: float
    second: float


def _cut(a: float) -> Scale:
    """-log(1 - exp(-a)) and its derivatives by log a."""
    if a > 700:
        return Scale(0.0, 0.0, 0.0)
    e = 1 / math.expm1(a)
    return Scale(-math.log(-math.expm1(-a)), -a * e, -a * e + a * a * e * (1 + e))


def time_scale(decay: float, reach: Reach) -> Scale:
    """Log normaliser of exp(-decay * lag) over the reach; with whole days over lags of 1, 2, ... days."""
    cut = _cut(decay * reach.days)
    if not reach.daily:
        return Scale(math.log(decay) + cut.log, 1 + cut.first, cut.second)
    day = _cut(decay)  # sum over d >= 1 of exp(-decay d) is exp(-decay) / (1 - exp(-decay))
    return Scale(decay - day.log + cut.log, decay - day.first + cut.first, decay - day.second + cut.second)


def space_scale(sigma2: float, reach: Reach) -> Scale:
    """Log normaliser of exp(-r**2 / (2 * sigma2)) over the disc of the reach."""
    cut = _cut(reach.km**2 / (2 * sigma2))  # its argument falls with sigma2: odd derivatives change sign
    return Scale(-math.log(TWO_PI * sigma2) + cut.log, -1 - cut.first, cut.second)


def passed(decay: float, age: float, reach: Reach) -> float:
    """Share of an event's kernel that lies within ``age`` days after it (whole days if the reach counts so)."""
    if age <= 0:
        return 0.0
    return math.expm1(-decay * min(age, reach.days)) / math.expm1(-decay * reach.days)
