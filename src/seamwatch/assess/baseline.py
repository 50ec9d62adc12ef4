"""What was to be expected: counts of the periods judged, had the area gone on as before them.

A negative-binomial regression (NB2, log link) on the periods before those judged, with trend, season and reporting
intensity as far as the events carry them: ten events a term. It is the model of surveillance practice (Farrington et
al. 1996; Noufaily et al. 2013), and differs in this: one overdispersion estimated by likelihood instead of
quasi-Poisson; the window's total is judged and not one week; its overdispersion is also measured on past windows, since
counts of neighbouring weeks move together; past outbreaks are not weighted down. Where the events are too few for a
regression a constant rate stands in, and where even that would be made up nothing is given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

DRAWS = 2000
FEWEST_PERIODS = {"week": 26, "month": 12}  # of a baseline
FEWEST_EVENTS = 5  # in the baseline and the window together: with fewer nothing is judged
EVENTS_A_TERM = 10
FEWEST_TO_FIT = 20  # events in the baseline for a regression
YEARS_FOR_SEASON = 3
YEARS_FOR_TREND = 1
POISSON_ALPHA = 1e-8  # overdispersion that is none

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The expected total of a window. ``draws`` are of its mean (parameters' uncertainty), shape (DRAWS,).

    ``alpha`` is the overdispersion of the window's total: variance = mean + alpha mean². ``terms`` are those of the
    regression, ("constant",) for a constant rate; ``word`` says what the events carried. ``by_period`` is the mean of
    each period of the window.
    """

    draws: Floats
    alpha: float
    by_period: Floats
    terms: tuple[str, ...]
    n_events: int
    n_periods: int
    word: str

    @property
    def expected(self) -> float:
        """The mean of the total."""
        return float(self.draws.mean())

    def interval(self, level: float = 0.9) -> tuple[int, int]:
        """The counts between which a total falls with that probability (prediction, parameters' uncertainty in it)."""
        tail = (1 - level) / 2
        return self._quantile(tail), self._quantile(1 - tail)

    def exceedance(self, observed: int) -> float:
        """P(total >= observed) under the null hypothesis that the area went on as before."""
        if observed <= 0:
            return 1.0
        return float(np.mean(_survival(observed - 1, self.draws, self.alpha)))

    def _quantile(self, q: float) -> int:
        low, high = -1, max(4, int(4 * self.draws.max()))
        while 1 - self.exceedance(high + 1) < q:
            high *= 2
        while high - low > 1:  # the smallest count with P(total <= count) >= q
            middle = (low + high) // 2
            low, high = (low, middle) if 1 - self.exceedance(middle + 1) >= q else (middle, high)
        return high


@dataclass(frozen=True, slots=True)
class NotEnough:
    """The events do not carry a baseline; ``word`` says what is lacking. No number is made up."""

    n_events: int
    n_periods: int
    word: str


def fit_baseline(
    counts: NDArray[np.int64],
    n_now: int,
    *,
    unit: str,
    elsewhere: NDArray[np.int64] | None = None,
    shared_alpha: float = 0.0,
    seed: int = 0,
) -> Baseline | NotEnough:
    """The baseline of the last ``n_now`` periods of an area's ``counts`` (periods,), fitted on those before them only.

    ``elsewhere`` (periods,) is the reporting intensity: events counted elsewhere; its values in the window are used
    too, so the null hypothesis is that the area moves with the others as it did. ``shared_alpha`` is the
    overdispersion of windows over all areas, for those too quiet to have one of their own.
    """
    past = counts[:-n_now].astype(float)
    n, events, together = len(past), int(past.sum()), int(counts.sum())
    if n < FEWEST_PERIODS[unit]:
        return NotEnough(events, n, f"not enough: {n} {unit}s before the window, {FEWEST_PERIODS[unit]} are needed")
    if together < FEWEST_EVENTS:
        return NotEnough(events, n, f"not enough: {together} events in {len(counts)} {unit}s")
    rng = np.random.default_rng(seed)
    if events < FEWEST_TO_FIT:
        return _constant(events, n, n_now, shared_alpha, unit, rng)
    per_year = 365.25 / 7 if unit == "week" else 12.0
    design, terms = _design(len(counts), n_now, per_year, events, elsewhere)
    fit = _negative_binomial(past, design[:n])
    drawn = _coefficients(fit, design, n_now, rng)
    by_draw = np.exp(np.clip(drawn @ design[n:].T, -20.0, 12.0))
    window = _window_alpha(past, fit.mean, n_now, design.shape[1])
    alpha = max(fit.alpha / n_now, window, shared_alpha if window <= 0 and fit.alpha <= POISSON_ALPHA else 0.0)
    word = f"negative binomial on {events} events in {n} {unit}s: {', '.join(terms)}"
    return Baseline(by_draw.sum(axis=1), alpha, by_draw.mean(axis=0), terms, events, n, word)


def shared_window_alpha(counts: NDArray[np.int64], n_now: int) -> float:
    """Overdispersion of windows of ``n_now`` periods over all areas before the one judged (moments); 0 if none.

    ``counts`` has shape (areas, periods); every area has its own constant rate.
    """
    past = counts[:, :-n_now]
    n = past.shape[1] // n_now
    if n < 3:
        return 0.0
    sums = past[:, past.shape[1] - n * n_now :].reshape(len(past), n, n_now).sum(axis=2)
    means = sums.mean(axis=1)
    excess = sums.var(axis=1, ddof=1) - means
    return float(max(0.0, excess.sum() / max(1e-9, float(np.sum(means**2)))))


def _constant(events: int, n: int, n_now: int, alpha: float, unit: str, rng: np.random.Generator) -> Baseline:
    """A constant rate with its posterior under Jeffreys' prior: gamma(events + 1/2, periods)."""
    rates = rng.gamma(events + 0.5, 1 / n, DRAWS)
    word = f"only {events} events in {n} {unit}s: a constant rate, without trend and season"
    by_period = np.full(n_now, float(rates.mean()))
    return Baseline(rates * n_now, alpha, by_period, ("constant",), events, n, word)


def _design(
    n: int, n_now: int, per_year: float, events: int, elsewhere: NDArray[np.int64] | None
) -> tuple[Floats, tuple[str, ...]]:
    """Columns of the regression for all periods, those judged included; each term has to be carried by ten events."""
    years = (np.arange(n) - (n - n_now)) / per_year  # 0 where the window begins
    past = slice(0, n - n_now)
    columns, terms = [np.ones(n)], ["level"]
    left = events // EVENTS_A_TERM - 1
    if left >= 1 and (n - n_now) >= YEARS_FOR_TREND * per_year:
        columns.append(years - years[past].mean())
        terms.append("trend")
        left -= 1
    if left >= 1 and elsewhere is not None:
        told = np.log(elsewhere + 0.5)
        told = np.clip(told, told[past].min(), told[past].max())  # no reaching beyond what was seen
        if told[past].std() > 1e-9:
            columns.append(told - told[past].mean())
            terms.append("reporting elsewhere")
            left -= 1
    if left >= 2 and (n - n_now) >= YEARS_FOR_SEASON * per_year:
        columns += [np.sin(2 * np.pi * years), np.cos(2 * np.pi * years)]
        terms.append("season")
    return np.column_stack(columns), tuple(terms)


@dataclass(frozen=True, slots=True)
class _Fit:
    coefficients: Floats
    mean: Floats
    alpha: float
    plain: Floats  # covariance by the model
    robust: Floats  # Newey-West


def _negative_binomial(y: Floats, x: Floats) -> _Fit:
    """NB2 by turns: coefficients by iterated least squares, overdispersion by its profile likelihood."""
    import statsmodels.api as sm

    alpha = POISSON_ALPHA
    model: Any = None
    for _ in range(8):
        family = sm.families.NegativeBinomial(alpha=alpha) if alpha > POISSON_ALPHA else sm.families.Poisson()
        model = sm.GLM(y, x, family=family).fit(maxiter=50)
        found = _alpha(y, np.asarray(model.mu))
        if abs(found - alpha) < 1e-3 * max(found, 1e-3):
            break
        alpha = found
    lags = max(1, int(4 * (len(y) / 100) ** (2 / 9)))
    robust = _newey_west(y, x, np.asarray(model.mu), alpha, np.asarray(model.cov_params()), lags)
    return _Fit(np.asarray(model.params), np.asarray(model.mu), alpha, np.asarray(model.cov_params()), robust)


def _alpha(y: Floats, mean: Floats) -> float:
    """Overdispersion of largest likelihood given the means; POISSON_ALPHA where the counts scatter as Poisson."""

    def minus(log_alpha: float) -> float:
        size = math.exp(-log_alpha)
        return -float(np.sum(special.gammaln(y + size) - special.gammaln(size)
                             + size * np.log(size / (size + mean)) + y * np.log(mean / (size + mean))))  # fmt: skip

    mean = np.maximum(mean, 1e-9)
    found = optimize.minimize_scalar(minus, bounds=(math.log(1e-4), math.log(50.0)), method="bounded")
    alpha = math.exp(float(found.x))
    return alpha if alpha > 2e-4 else POISSON_ALPHA


def _newey_west(y: Floats, x: Floats, mean: Floats, alpha: float, bread: Floats, lags: int) -> Floats:
    """Covariance of the coefficients that allows for scores of neighbouring periods moving together."""
    score = x * ((y - mean) / (1 + alpha * mean))[:, None]
    meat = score.T @ score
    for lag in range(1, lags + 1):
        both = score[lag:].T @ score[:-lag]
        meat += (1 - lag / (lags + 1)) * (both + both.T)
    n, k = x.shape
    found: Floats = bread @ meat @ bread * (n / (n - k))
    return found


def _coefficients(fit: _Fit, design: Floats, n_now: int, rng: np.random.Generator) -> Floats:
    """Draws from the coefficients' normal, by the covariance that leaves the window's mean the more uncertain."""
    ahead = design[-n_now:].mean(axis=0)
    robust = float(ahead @ fit.robust @ ahead) > float(ahead @ fit.plain @ ahead)
    values, vectors = np.linalg.eigh(fit.robust if robust else fit.plain)
    spread = vectors * np.sqrt(np.maximum(values, 0.0))
    drawn: Floats = fit.coefficients + rng.standard_normal((DRAWS, len(values))) @ spread.T
    return drawn


def _window_alpha(y: Floats, mean: Floats, n_now: int, n_terms: int) -> float:
    """Overdispersion of past windows' totals around their means (moments over all windows that overlap)."""
    if n_now == 1 or len(y) < 4 * n_now:
        return 0.0
    ones = np.ones(n_now)
    total, expected = np.convolve(y, ones, "valid"), np.convolve(mean, ones, "valid")
    blocks = len(y) / n_now
    correction = blocks / max(1.0, blocks - n_terms)
    excess = float(np.sum((total - expected) ** 2) * correction - np.sum(expected))
    return max(0.0, excess / float(np.sum(expected**2)))


def _survival(count: int, mean: Floats, alpha: float) -> Floats:
    """P(N > count), N negative binomial of those means."""
    if alpha <= POISSON_ALPHA:
        found: Floats = stats.poisson.sf(count, mean)
        return found
    size = 1 / alpha
    upper: Floats = stats.nbinom.sf(count, size, size / (size + mean))
    return upper
