"""How good draws were, cell by cell and month by month: the scores of the VIEWS challenge, and coverage.

Draws have shape (cells, months, draws), what happened (cells, months); each figure has the shape of what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

BIN_STARTS = (0, 1, 3, 6, 11, 26, 51, 101, 251, 501, 1001)  # VIEWS' eleven bins of deaths (Hegre et al. 2025)
ALPHA = 0.1  # of the interval: 90 %
PROPER = ("crps", "ign", "mis", "brier")  # smaller is better

Floats = NDArray[np.float64]
Counts = NDArray[np.int32]


def figures(draws: Counts, happened: Counts) -> Mapping[str, Floats]:
    """CRPS, ignorance (bits), interval score and Brier score of P(> 0), and where the 50 and 90 % intervals held.

    Coverage is that of active cell-months alone (something happened), NaN elsewhere: among zeros every forecast covers.
    """
    low, high = np.quantile(draws, (ALPHA / 2, 1 - ALPHA / 2), axis=2)
    width = high - low + 2 / ALPHA * (np.maximum(low - happened, 0) + np.maximum(happened - high, 0))
    return {
        "crps": crps(draws, happened),
        "ign": ignorance(draws, happened),
        "mis": width,
        "brier": brier(draws, happened, 1),
        "coverage_50": _covered(draws, happened, 0.5),
        "coverage_90": _covered(draws, happened, 0.9),
    }


def crps(draws: Counts, happened: Counts) -> Floats:
    """Continuous ranked probability score of the draws' own distribution (Gneiting & Raftery 2007, equation 20)."""
    ordered = np.sort(draws, axis=2).astype(np.float64)
    n = draws.shape[2]
    ranks = 2.0 * np.arange(1, n + 1) - n - 1
    score: Floats = np.abs(ordered - happened[:, :, None]).sum(axis=2) / n - ordered @ ranks / n**2
    return score


def brier(draws: Counts, happened: Counts, least: int) -> Floats:
    """Brier score of the chance of at least so many (Brier 1950)."""
    score: Floats = ((draws >= least).mean(axis=2) - (happened >= least)) ** 2
    return score


def tail_crps(draws: Counts, happened: Counts, above: int) -> Floats:
    """CRPS of what exceeds ``above``, that is with weight on the tail alone (Gneiting & Ranjan 2011)."""
    return crps(np.maximum(draws, above), np.maximum(happened, above))


def ignorance(draws: Counts, happened: Counts) -> Floats:
    """Minus log2 of the share of draws in the bin of what happened, one draw added to each bin."""
    bins = np.searchsorted(BIN_STARTS, draws, side="right")
    hit = np.searchsorted(BIN_STARTS, happened, side="right")
    share = ((bins == hit[:, :, None]).sum(axis=2) + 1) / (draws.shape[2] + len(BIN_STARTS))
    bits: Floats = -np.log2(share)
    return bits


def recent_draws(recent: Sequence[Sequence[int]], n_months: int, n_draws: int) -> Counts:
    """Conflictology: each cell's own recent months (oldest first) as its forecast for every month, in equal shares.

    Where the draws are no multiple of the months, the newest months have one draw more. Without months all are 0.
    """
    cells = np.array(recent, dtype=np.int32)
    if not cells.size:
        return np.zeros((len(recent), n_months, n_draws), dtype=np.int32)
    row = cells[:, ::-1][:, np.arange(n_draws) % cells.shape[1]]
    return np.repeat(row[:, None, :], n_months, axis=1)


def _covered(draws: Counts, happened: Counts, level: float) -> Floats:
    low, high = np.quantile(draws, ((1 - level) / 2, (1 + level) / 2), axis=2)
    inside = (low <= happened) & (happened <= high)
    return np.where(happened > 0, inside, np.nan)
