"""What a backtest found, as tables: overall, by year, by lead, by class of cell, and gains over the benchmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.backtest import CLASSES, MANY, Backtest
from seamwatch.forecast.models import BENCHMARKS
from seamwatch.forecast.skill import (
    Gain,
    auc,
    average_precision,
    gain_over,
    largest_gap,
    predictive_accuracy,
    reliability,
)

REFERENCES = ("conflictology12", "neighbours12", "zero")
SHARES = (0.01, 0.05, 0.10)  # of area, for PAI and PEI
SCORES = ("crps", "ign")
TITLES = {
    "crps": "CRPS", "ign": "IGN, bits", "mis": "MIS 90 %", "brier": "Brier > 0", f"brier_{MANY}": f"Brier ≥ {MANY}",
    "tail_crps_10": "twCRPS 10", "tail_crps_25": "twCRPS 25", "coverage_50": "coverage 50 %",
    "coverage_90": "coverage 90 %", "ap": "AP", "auc": "AUC", "gap": "largest gap",
    **{f"pai_{share:g}": f"PAI {share:.0%}" for share in SHARES},
    **{f"pei_{share:g}": f"PEI {share:.0%}" for share in SHARES},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A model's gain over a benchmark in one score, and what that amounts to in words."""

    model: str
    reference: str
    score: str
    gain: Gain

    @property
    def verdict(self) -> str:
        """Beats: in these years, the interval above 0 and most years won. Worse: it is below 0. Else none is shown."""
        if self.gain.low > 0 and 2 * self.gain.won > self.gain.years:
            return "beats"
        return "worse than" if self.gain.high < 0 else "not shown to beat"


def overall(result: Backtest, name: str) -> dict[str, float]:
    """Every figure of TITLES over all windows: means, or of all cases together for the chance of any."""
    mean = {key: float(np.nanmean(result.figure(name, key))) for key in TITLES if key in result.scored[0].figures}
    chance, came = result.chance(name).ravel(), result.happened.ravel() > 0
    ranked = {"ap": average_precision(chance, came), "auc": auc(chance, came)}
    picked: dict[str, float] = {}
    expected, months = result.chance(name).sum(axis=2), (result.happened > 0).sum(axis=2).astype(np.float64)
    for share in SHARES:
        both = np.array([predictive_accuracy(e, m, share) for e, m in zip(expected, months, strict=True)])
        picked[f"pai_{share:g}"], picked[f"pei_{share:g}"] = _means(both)
    return mean | ranked | {"gap": largest_gap(reliability(chance, came))} | picked


def by_year(result: Backtest, name: str, score: str) -> NDArray[np.float64]:
    """Shape (years,)."""
    return np.asarray(result.figure(name, score).mean(axis=(1, 2)))


def by_lead(result: Backtest, name: str, score: str) -> NDArray[np.float64]:
    """Shape (leads,)."""
    return np.asarray(result.figure(name, score).mean(axis=(0, 1)))


def by_class(result: Backtest, name: str, score: str) -> dict[str, tuple[int, float]]:
    """For each of CLASSES the number of cell-years, and the mean score; NaN without any."""
    kinds, values = np.stack([w.kind for w in result.windows]), result.figure(name, score).mean(axis=2)
    found: dict[str, tuple[int, float]] = {}
    for index, kind in enumerate(CLASSES):
        inside = kinds == index
        found[kind] = int(inside.sum()), float(values[inside].mean()) if inside.any() else float("nan")
    return found


def compared(result: Backtest) -> tuple[Compared, ...]:
    """Every model against every other of REFERENCES that was run, in SCORES."""
    return tuple(
        Compared(name, other, score, gain_over(_by_cell(result, name, score), _by_cell(result, other, score)))
        for name in result.models
        for other in REFERENCES
        if other in result.models and other != name
        for score in SCORES
    )


def losses(found: tuple[Compared, ...]) -> tuple[str, ...]:
    """A sentence for each model, other than a benchmark, that does not beat one."""
    return tuple(
        f"{c.model} is {c.verdict} {c.reference} in {TITLES[c.score].split(',')[0]}: {signed(c.gain.gain)} "
        f"({signed(c.gain.low)} to {signed(c.gain.high)}), {c.gain.won} of {c.gain.years} years."
        for c in found
        if c.model not in BENCHMARKS and c.verdict != "beats"
    )


def signed(gain: float) -> str:
    """A relative gain in per cent, with its sign."""
    return f"{100 * gain:+.1f} %"


def _by_cell(result: Backtest, name: str, score: str) -> NDArray[np.float64]:
    return np.asarray(result.figure(name, score).mean(axis=2))


def _means(pairs: NDArray[np.float64]) -> tuple[float, float]:
    """Over the years in which something happened."""
    known = pairs[np.isfinite(pairs).all(axis=1)]
    return (float(known[:, 0].mean()), float(known[:, 1].mean())) if len(known) else (float("nan"), float("nan"))
