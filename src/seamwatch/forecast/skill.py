"""How good forecasts were as a set: reliability, ranking, places picked, and gains over a benchmark with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Doubles = NDArray[np.float64]
BINS = 10  # of the reliability diagram, of equal width
LEAST_IN_BIN = 100  # cases below which a bin's gap is noise and is not counted
RESAMPLES = 2000
INTERVAL = 0.95


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose chance fell in one tenth: how many, the mean chance, and the share in which it happened."""

    cases: int
    chance: float
    share: float

    @property
    def gap(self) -> float:
        """Mean chance less share: above 0 the forecast said too much."""
        return self.chance - self.share


@dataclass(frozen=True, slots=True)
class Gain:
    """Relative gain over a benchmark (0.1: a tenth lower), years in which it is lower, of how many; 95 % intervals.

    ``low`` and ``high`` hold for these years: whole cells (with all their months and years) are drawn with replacement.
    ``low_years`` and ``high_years`` draw years too, and so say what other years of this kind may bring.
    """

    gain: float
    low: float
    high: float
    low_years: float
    high_years: float
    won: int
    years: int


def reliability(chance: Doubles, happened: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """The bins that have cases, in order of the chance (Murphy & Winkler 1977)."""
    at = np.minimum((chance * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(int(inside.sum()), float(chance[inside].mean()), float(happened[inside].mean()))
        for inside in (at == k for k in range(BINS))
        if inside.any()
    )


def largest_gap(bins: tuple[Bin, ...]) -> float:
    """The largest distance of chance and share among bins of at least LEAST_IN_BIN cases; NaN without any."""
    return max((abs(b.gap) for b in bins if b.cases >= LEAST_IN_BIN), default=float("nan"))


def average_precision(chance: Doubles, happened: NDArray[np.bool_]) -> float:
    """Area under precision and recall, in steps; cases of one chance count together. NaN where nothing happened."""
    if not happened.any():
        return float("nan")
    order = np.argsort(-chance, kind="stable")
    hits, ends = np.cumsum(happened[order]), np.flatnonzero(np.append(np.diff(chance[order]) != 0, True))
    recall, precision = hits[ends] / hits[-1], hits[ends] / (ends + 1)
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def auc(chance: Doubles, happened: NDArray[np.bool_]) -> float:
    """The chance that a case that happened ranks above one that did not (Mann & Whitney 1947). NaN without both."""
    some, none = int(happened.sum()), int((~happened).sum())
    if not some or not none:
        return float("nan")
    ranks = rankdata(chance)
    return float((ranks[happened].sum() - some * (some + 1) / 2) / (some * none))


def predictive_accuracy(expected: Doubles, events: Doubles, share: float) -> tuple[float, float]:
    """(PAI, PEI) of the ``share`` of areas of highest expectation; both have shape (areas,).

    PAI is the share of events there over the share of area (Chainey, Tompson & Uhlig 2008), PEI the PAI over the best
    that was possible (Hunt 2016). A share that is no whole number of areas takes part of the next; areas of one
    expectation share alike. NaN where nothing happened.
    """
    total = float(events.sum())
    if total == 0:
        return float("nan"), float("nan")
    caught, best = _caught(expected, events, share), _caught(events, events, share)
    return caught / total / share, caught / best


def _caught(order_by: Doubles, events: Doubles, share: float) -> float:
    """Events in the first ``share`` of areas; a group of equals that is cut gives its mean for each area taken."""
    wanted, caught = share * len(events), 0.0
    for value in np.unique(order_by)[::-1]:
        group = events[order_by == value]
        taken = min(len(group), wanted)
        caught += float(group.mean()) * taken
        wanted -= taken
        if wanted <= 0:
            break
    return caught


def gain_over(ours: Doubles, theirs: Doubles, seed: int = 0) -> Gain:
    """``ours`` and ``theirs`` are mean scores (lower is better) of shape (years, areas), of the same cases.

    Null hypothesis: the benchmark scores alike. A gain is shown where the interval excludes 0 (paired bootstrap of
    Efron & Tibshirani 1993 over blocks, since months of a cell hang together).
    """
    years, areas = ours.shape
    rng = np.random.default_rng(seed)
    within, over = np.empty(RESAMPLES), np.empty(RESAMPLES)
    for turn in range(RESAMPLES):
        cells = rng.integers(0, areas, areas)
        a, b = ours[:, cells].mean(axis=1), theirs[:, cells].mean(axis=1)
        drawn = rng.integers(0, years, years)
        within[turn], over[turn] = _gain(a, b), _gain(a[drawn], b[drawn])
    tails = ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2)
    low, high = np.nanquantile(within, tails)
    low_years, high_years = np.nanquantile(over, tails)
    a, b = ours.mean(axis=1), theirs.mean(axis=1)
    return Gain(_gain(a, b), float(low), float(high), float(low_years), float(high_years), int((a < b).sum()), years)


def _gain(ours: Doubles, theirs: Doubles) -> float:
    theirs_mean = float(theirs.mean())
    return 1 - float(ours.mean()) / theirs_mean if theirs_mean > 0 else float("nan")
