"""Interrupted series: level and slope of one area's counts before and after a date, with placebo dates.

Wagner et al. (2002), "Segmented regression analysis of interrupted time series studies", Journal of Clinical Pharmacy
and Therapeutics 27: counts have a trend, a yearly season, and from the change on another level and slope. The model is
negative binomial with logarithmic link; errors allow for serial dependence (Newey and West 1987, Econometrica 55). The
null hypothesis is that level and slope went on as before. What it cannot see is anything else that happened at the same
time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy.stats import t as student

from seamwatch.assess.effect.placebo import FEWEST, CannotTell, Placebos
from seamwatch.assess.effect.series import Source

YEAR_DAYS = 365.25
FEWEST_BEFORE_YEARS = 2
FEWEST_EVENTS_BEFORE = 30
FEWEST_EXPECTED_AFTER = 10.0
_TERMS = ("constant", "trend", "sine", "cosine", "level", "slope")


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted series; arrays have shape (periods,). Ratios are (low, best, high), 95 %.

    ``level`` is the ratio at the change, ``slope`` the further ratio a year, ``ratio`` the count after the change over
    what it would have been: the sum of ``fitted`` over the sum of ``without``.
    """

    counts: NDArray[np.int64]
    fitted: NDArray[np.float64]
    without: NDArray[np.float64]
    without_low: NDArray[np.float64]
    without_high: NDArray[np.float64]
    before: int
    dispersion: float
    lags: int
    level: tuple[float, float, float]
    slope: tuple[float, float, float]
    ratio: tuple[float, float, float]
    p: float


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A fit of the summed counts of ``areas`` around ``change``, with placebo dates beside it."""

    areas: tuple[str, ...]
    change: date
    period_days: int
    fit: Fit
    placebo_dates: Placebos

    @property
    def placebo_ratio(self) -> tuple[float, float, float]:
        """The ratio (low, best, high) give or take what nine in ten placebo dates showed, in either direction."""
        off = self.placebo_dates.reach()
        return _ratio(self.placebo_dates.statistic, off, 1.0)


def fit_series(counts: NDArray[np.int64], before: int, change: date, period_days: int) -> Fit:
    """Fit one series of which the first ``before`` periods lie before ``change``. Shape of ``counts``: (periods,).

    The dispersion comes from the moments of a Poisson fit (Cameron and Trivedi 1986). Errors are those of Newey and
    West over 4 (n/100)^(2/9) lags, rounded down, or the model's own where these are larger: with some fifty periods
    the former alone are too small.
    """
    years = (np.arange(len(counts)) - before + 0.5) * period_days / YEAR_DAYS
    begin = change.timetuple().tm_yday / YEAR_DAYS
    after = (np.arange(len(counts)) >= before).astype(np.float64)
    turn = 2 * np.pi * (years + begin)
    design = np.column_stack((np.ones_like(years), years, np.sin(turn), np.cos(turn), after, after * years))
    lags = int(4 * (len(counts) / 100) ** (2 / 9))
    mean = sm.GLM(counts, design, family=sm.families.Poisson()).fit().fittedvalues
    spare = len(counts) - design.shape[1]
    dispersion = max(float(np.sum((counts - mean) ** 2 / mean - 1) / spare / np.mean(mean)), 1e-6)
    family = sm.families.NegativeBinomial(alpha=dispersion)
    model = sm.GLM(counts, design, family=family)
    robust = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
    beta = np.asarray(robust.params)
    covs = np.stack((robust.cov_params(), model.fit().cov_params()))
    width = float(student.ppf(0.975, spare))

    never = design.copy()
    never[:, 4:] = 0.0
    with_it, without = np.exp(design @ beta), np.exp(never @ beta)
    error = _errors(never, covs)
    on, off = with_it[before:], without[before:]
    slope_of_log = (on / on.sum()) @ design[before:] - (off / off.sum()) @ never[before:]
    log_ratio, log_error = float(np.log(on.sum() / off.sum())), float(_errors(slope_of_log[None], covs)[0])
    terms = dict(zip(_TERMS, zip(beta.tolist(), _errors(np.eye(len(beta)), covs).tolist(), strict=True), strict=True))
    return Fit(
        counts, with_it, without, without * np.exp(-width * error), without * np.exp(width * error), before, dispersion,
        lags, _ratio(*terms["level"], width), _ratio(*terms["slope"], width), _ratio(log_ratio, log_error, width),
        float(2 * student.sf(abs(log_ratio) / log_error, spare)),
    )  # fmt: skip


def _errors(gradients: NDArray[np.float64], covs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The larger standard error of each row of ``gradients`` by the covariances ``covs`` (2, terms, terms)."""
    larger: NDArray[np.float64] = np.sqrt(np.einsum("ij,cjk,ik->ci", gradients, covs, gradients).max(axis=0))
    return larger


def _ratio(log: float, error: float, width: float) -> tuple[float, float, float]:
    with np.errstate(over="ignore"):  # no upper bound
        low, best, high = np.exp((log - width * error, log, log + width * error)).tolist()
    return low, best, high


def interrupted(
    source: Source,
    areas: tuple[str, ...],
    change: date,
    *,
    before_days: int = 1092,
    after_days: int = 364,
    period_days: int = 28,
    fewest_after: int = 6,
    step_days: int = 56,
) -> Interrupted | CannotTell:
    """The effect on the summed counts of ``areas`` over up to ``after_days``, or why it cannot be told.

    Placebo dates lie before the change, ``step_days`` apart, each with as many periods before and after it as the true
    one, none of them touched by the true change; other real changes may be among them, so their rank asks whether more
    happened than happens anyhow. Refused are series with fewer than ``fewest_after`` periods after the change, two
    years before, FEWEST_EVENTS_BEFORE events before, FEWEST_EXPECTED_AFTER expected after, or FEWEST placebo dates.
    """
    rows = source.index(areas)
    after = min(source.periods_after(change, period_days), after_days // period_days)
    before = min(source.periods_before(change, period_days), before_days // period_days)
    reasons = []
    if after < fewest_after:
        reasons.append(
            f"{after} full periods of {period_days} days after {change} (the table is complete to {source.last}); "
            f"{fewest_after} are needed"
        )
    if before * period_days < FEWEST_BEFORE_YEARS * 364:
        reasons.append(f"{before} periods before {change}; a trend and a season need {FEWEST_BEFORE_YEARS} years")
    if reasons:
        return CannotTell("interrupted series", tuple(reasons))

    def series(day: date) -> NDArray[np.int64]:
        start = day - timedelta(days=before * period_days)
        summed: NDArray[np.int64] = source.counts(start, before + after, period_days)[rows].sum(axis=0)
        return summed

    counts = series(change)
    reasons = _too_few(counts, before)
    dates = [
        change - timedelta(days=days)
        for days in range(after * period_days, (change - source.first).days - before * period_days + 1, step_days)
    ]
    usable = {day: series(day) for day in dates}
    usable = {day: held for day, held in usable.items() if not _too_few(held, before)}
    if len(usable) < FEWEST:
        reasons.append(f"{len(usable)} placebo dates before {change} with enough events; {FEWEST} are needed")
    if reasons:
        return CannotTell("interrupted series", tuple(reasons))
    fit = fit_series(counts, before, change, period_days)
    ratios = np.array([fit_series(held, before, day, period_days).ratio[1] for day, held in usable.items()])
    placebos = Placebos(
        "date", tuple(day.isoformat() for day in usable), ratios, np.log(ratios), float(np.log(fit.ratio[1])),
        len(dates) - len(usable),
    )  # fmt: skip
    return Interrupted(areas, change, period_days, fit, placebos)


def _too_few(counts: NDArray[np.int64], before: int) -> list[str]:
    """Why a series cannot carry the model: judged by what lies before, and by nothing at all after."""
    seen, expected = int(counts[:before].sum()), float(counts[max(0, before - 13) : before].mean())
    expected *= len(counts) - before
    reasons = []
    if seen < FEWEST_EVENTS_BEFORE:
        reasons.append(f"{seen} events before the change; {FEWEST_EVENTS_BEFORE} are needed")
    if expected < FEWEST_EXPECTED_AFTER:
        reasons.append(
            f"{expected:.1f} events to be expected after the change at the rate of the 13 periods before it; "
            f"{FEWEST_EXPECTED_AFTER:g} are needed"
        )
    if counts[before:].sum() == 0 and not reasons:
        reasons.append("no event at all after the change, for which a ratio has no interval")
    return reasons
