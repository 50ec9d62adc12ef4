"""Augmented synthetic control: what an area's counts would have been, from areas that moved alike before.

Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105; augmented by a ridge
regression for what the weights leave over: Ben-Michael, Feller and Rothstein (2021), "The augmented synthetic control
method", the same, 116 (pysyncon's `AugSynth`). The null hypothesis is that the change did nothing to the area; its
reference are the placebo areas: every comparison area reckoned as if it had been the one changed. It assumes that the
change did not reach the comparison areas, and that nothing else set the area apart from them at the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pysyncon import AugSynth, Dataprep

from seamwatch.assess.effect.placebo import FEWEST, CannotTell, Placebos
from seamwatch.assess.effect.series import Source

FEWEST_BEFORE = 8
FEWEST_EVENTS = 6  # of a comparison area before the change
FEWEST_OWN = 12
MOST_DONORS = 25
LEAST_MADE = 0.05  # of the mean before: below it a ratio means nothing
WORST_FIT = 1.0  # error before the change, over the area's own spread around its mean
_PENALTIES = np.logspace(0, -4, 9)  # of the largest squared singular value


@dataclass(frozen=True, slots=True)
class Paths:
    """One area and its synthetic control, as multiples of the area's own mean before the change.

    ``seen`` and ``made``, the synthetic one, have shape (periods,), the first ``before`` of them before the change;
    ``weights`` (comparison areas,) may lie outside 0 to 1, since they are augmented; ``made`` is kept at 0 or more.
    """

    seen: NDArray[np.float64]
    made: NDArray[np.float64]
    before: int
    weights: NDArray[np.float64]

    @property
    def error_before(self) -> float:
        """Root mean square gap before the change."""
        return float(np.sqrt(np.mean((self.seen - self.made)[: self.before] ** 2)))

    @property
    def means_after(self) -> tuple[float, float]:
        """Mean after the change, seen and synthetic."""
        return float(self.seen[self.before :].mean()), float(self.made[self.before :].mean())

    @property
    def ratio(self) -> float:
        """Seen over synthetic after the change; NaN where the synthetic one has run out."""
        seen, made = self.means_after
        return seen / made if made >= LEAST_MADE else float("nan")

    @property
    def statistic(self) -> float:
        """The mean gap after the change in units of the error before it."""
        seen, made = self.means_after
        return (seen - made) / max(self.error_before, 1e-9)


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The synthetic control of the summed counts of ``areas``, with placebo areas and placebo dates beside it.

    ``ratio`` is (low, best, high) at 90 %: the synthetic mean may be off by what nine in ten placebo areas show,
    in units of the error before; high is infinite where that reaches down to nothing. ``fit`` is the share of the
    area's variance before the change that the control explains; ``placebo_gaps`` has shape (comparison areas, periods).
    """

    areas: tuple[str, ...]
    change: date
    period_days: int
    before: int
    mean_before: float
    paths: Paths
    donors: tuple[str, ...]
    penalty: float
    fit: float
    ratio: tuple[float, float, float]
    placebo_gaps: NDArray[np.float64]
    placebo_areas: Placebos
    placebo_dates: Placebos


def synthetic(
    source: Source,
    areas: tuple[str, ...],
    change: date,
    *,
    donors: tuple[str, ...] | None = None,
    without: tuple[str, ...] = (),
    before_days: int = 1092,
    after_days: int = 364,
    period_days: int = 91,
    fewest_after: int = 2,
    step_days: int = 182,
) -> Synthetic | CannotTell:
    """The effect on the summed counts of ``areas`` against comparison areas, or why it cannot be told.

    Comparison areas are ``donors``, or by default all that do not touch ``areas`` (a change spills over) and are not in
    ``without``. Of these only areas with FEWEST_EVENTS before the change count, and the MOST_DONORS whose counts before
    it, each over its own mean, were closest; nothing after the change is looked at. Placebo areas are these, each
    against the others; placebo dates lie before the change, ``step_days`` apart, each with the same rules applied anew.
    """
    rows = source.index(areas)
    if donors is not None:
        pool = source.index(donors)
    else:
        near = np.flatnonzero(source.touching[rows].any(axis=0))
        pool = np.setdiff1d(np.arange(len(source.names)), near)
        pool = np.setdiff1d(pool, source.index(without)) if without else pool
    pool = np.setdiff1d(pool, rows)
    after = min(source.periods_after(change, period_days), after_days // period_days)
    before = min(source.periods_before(change, period_days), before_days // period_days)
    reasons = []
    if after < fewest_after:
        reasons.append(
            f"{after} full periods of {period_days} days after {change} (the table is complete to {source.last}); "
            f"{fewest_after} are needed"
        )
    if before < FEWEST_BEFORE:
        reasons.append(f"{before} periods of {period_days} days before {change}; {FEWEST_BEFORE} are needed")
    if reasons:
        return CannotTell("synthetic control", tuple(reasons))
    found = _at(source, rows, pool, change, before, after, period_days, everyone=True)
    if isinstance(found, str):
        return CannotTell("synthetic control", (found,))
    paths, others, chosen, penalty, mean = found
    spread = float(paths.seen[:before].std())
    if not np.isfinite(paths.ratio):
        reasons.append("the synthetic control runs down to nothing after the change, for which there is no ratio")
    if paths.error_before > WORST_FIT * spread:
        reasons.append(
            f"no mix of the {len(chosen)} comparison areas runs like the area before the change: error "
            f"{paths.error_before:.2f}, its own spread {spread:.2f}"
        )
    dates, skipped = [], 0
    for days in range(after * period_days, (change - source.first).days - before * period_days + 1, step_days):
        day = change - timedelta(days=days)
        earlier = _at(source, rows, pool, day, before, after, period_days, everyone=False)
        if isinstance(earlier, str):
            skipped += 1
        else:
            dates.append((day.isoformat(), earlier[0]))
    if not dates:
        reasons.append("no placebo date: too few years, or too few comparison areas, before the change")
    if reasons:
        return CannotTell("synthetic control", tuple(reasons))
    names = tuple(source.names[row] for row in chosen)
    placebo_areas = _placebos("area", list(zip(names, others, strict=True)), paths, 0)
    low, high = _unrejected(paths, placebo_areas)
    return Synthetic(
        areas, change, period_days, before, mean, paths, names, penalty,
        1 - paths.error_before**2 / spread**2, (low, paths.ratio, high),
        np.array([other.seen - other.made for other in others]),
        placebo_areas, _placebos("date", dates, paths, skipped),
    )  # fmt: skip


def _placebos(kind: str, made: list[tuple[str, Paths]], true: Paths, skipped: int) -> Placebos:
    return Placebos(
        kind,
        tuple(name for name, _ in made),
        np.array([paths.ratio for _, paths in made]),
        np.array([paths.statistic for _, paths in made]),
        true.statistic,
        skipped,
    )


def _unrejected(paths: Paths, placebos: Placebos) -> tuple[float, float]:
    seen, made = paths.means_after
    off = placebos.reach() * paths.error_before
    return seen / (made + off), seen / (made - off) if made - off >= LEAST_MADE else float("inf")


def _at(
    source: Source,
    rows: NDArray[np.intp],
    pool: NDArray[np.intp],
    change: date,
    before: int,
    after: int,
    period_days: int,
    *,
    everyone: bool,
) -> tuple[Paths, list[Paths], NDArray[np.intp], float, float] | str:
    """The area's paths around a date, those of each comparison area if ``everyone``, and which ones; or why not."""
    start = change - timedelta(days=before * period_days)
    counts = source.counts(start, before + after, period_days)
    own = counts[rows].sum(axis=0)
    if own[:before].sum() < FEWEST_OWN:
        return f"{own[:before].sum()} events before the change; {FEWEST_OWN} are needed"
    chosen = pool[counts[pool][:, :before].sum(axis=1) >= FEWEST_EVENTS]
    series = np.vstack((own, counts[chosen]))
    series = series / series[:, :before].mean(axis=1, keepdims=True)
    closest = np.argsort(((series[1:, :before] - series[0, :before]) ** 2).sum(axis=1), kind="stable")[:MOST_DONORS]
    if len(closest) < FEWEST:
        return f"{len(closest)} comparison areas with {FEWEST_EVENTS} events before the change; {FEWEST} are needed"
    series, chosen = np.vstack((series[0], series[1:][closest])), chosen[closest]
    penalty = _penalty(series[:, :before])
    paths = _paths(series, before, penalty)
    others = [_paths(np.roll(series[1:], -k, axis=0), before, penalty) for k in range(len(chosen))] if everyone else []
    return paths, others, chosen, penalty, float(own[:before].mean())


def _fitted(series: NDArray[np.float64], before: int, penalty: float) -> AugSynth:
    """Fit by pysyncon of the first row of ``series`` (areas, periods) by the others, over the first periods."""
    areas, periods = np.indices(series.shape)
    table = pd.DataFrame({"area": areas.ravel(), "period": periods.ravel(), "count": series.ravel()})
    prepared = Dataprep(
        foo=table, predictors=[], predictors_op="mean", dependent="count", unit_variable="area", time_variable="period",
        treatment_identifier=0, controls_identifier=list(range(1, len(series))),
        time_predictors_prior=range(before), time_optimize_ssr=range(before),
    )  # fmt: skip
    model = AugSynth()
    model.fit(prepared, lambda_=penalty, use_covariates=False)
    return model


def _paths(series: NDArray[np.float64], before: int, penalty: float) -> Paths:
    weights = np.asarray(_fitted(series, before, penalty).W, dtype=np.float64)
    return Paths(series[0], np.maximum(weights @ series[1:], 0.0), before, weights)


def _penalty(series: NDArray[np.float64]) -> float:
    """The ridge's penalty that foretells the last third of the periods before the change best, over all areas alike."""
    early = 2 * series.shape[1] // 3
    error = np.zeros(len(_PENALTIES))
    largest = float(np.linalg.svd(series[:, :early] - series[:, :early].mean(axis=0), compute_uv=False)[0] ** 2)
    for k in range(len(series)):
        turned = np.roll(series, -k, axis=0)
        own, others = turned[0], turned[1:]
        weights = np.asarray(_fitted(turned, early, largest).synw, dtype=np.float64)
        middle = others.mean(axis=0)
        for n, share in enumerate(_PENALTIES):
            ridge = AugSynth.solve_ridge(
                own[:early] - middle[:early], (others - middle)[:, :early].T, weights, share * largest
            )
            error[n] += float(np.sum((own[early:] - (weights + ridge) @ others[:, early:]) ** 2))
    return float(_PENALTIES[int(np.argmin(error))] * largest)
