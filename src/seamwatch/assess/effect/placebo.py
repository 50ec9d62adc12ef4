"""Placebos: the same reckoning for dates on which, and areas in which, nothing of the kind happened.

Where nothing happened an honest method finds little. The rank of the true effect among the placebos asks how often as
much is found for no reason (Abadie, Diamond and Hainmueller 2010, "Synthetic control methods for comparative case
studies", Journal of the American Statistical Association 105; for dates, Abadie 2021, Journal of Economic Literature).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.errors import ModelError

FEWEST = 9  # with fewer, no rank can be below 0.1


@dataclass(frozen=True, slots=True)
class Placebos:
    """What the same reckoning gave elsewhere or at other times.

    ``names`` are the dates (ISO) or areas; ``ratios`` (placebos,) the rate ratios; ``statistics`` (placebos,) what they
    are ranked by, in the units of the true ``statistic``. ``skipped`` counts those that could not be reckoned. Raises
    ModelError with fewer than one placebo: an effect without placebos is none.
    """

    kind: str
    names: tuple[str, ...]
    ratios: NDArray[np.float64]
    statistics: NDArray[np.float64]
    statistic: float
    skipped: int

    def __post_init__(self) -> None:
        """Refuse an effect without placebos, and columns of unequal length."""
        if not self.names:
            raise ModelError(f"no placebo {self.kind}", where="effect", rule="one placebo or more beside each effect")
        if not len(self.names) == len(self.ratios) == len(self.statistics):
            raise ModelError("columns of unequal length", where="effect", rule="one value a placebo")

    @property
    def p(self) -> float:
        """Share of all, the true one included, with at least as large a statistic, whichever its sign."""
        as_large = int(np.sum(np.abs(self.statistics) >= abs(self.statistic) - 1e-12))
        return (1 + as_large) / (1 + len(self.statistics))

    def reach(self, share: float = 0.9) -> float:
        """The size that ``share`` of the placebos and one more stay within: the k-th, k = share (n + 1) rounded up.

        Infinite where there are too few for that.
        """
        sizes = np.sort(np.abs(self.statistics))
        k = math.ceil(share * (len(sizes) + 1) - 1e-9)
        return float(sizes[k - 1]) if k <= len(sizes) else math.inf


@dataclass(frozen=True, slots=True)
class CannotTell:
    """A reckoning that the data cannot carry, and why."""

    what: str
    reasons: tuple[str, ...]
