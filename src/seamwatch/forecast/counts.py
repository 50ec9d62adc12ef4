"""Count models with few numbers in them: an exponentially weighted mean, and a zero-inflated regression.

Both shrink an area towards those around it, and both are fitted from the months before the origin alone.
"""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.features import AROUND_KM, around_weights, distances_km, ewma, months_since
from seamwatch.forecast.task import Panel, Task

log = logging.getLogger(__name__)
Doubles = NDArray[np.float64]
Draws = NDArray[np.int32]
MOST = 20_000  # deaths in an area-month: beyond what any month has seen, so that a draw of a heavy tail stays a count


@dataclass(frozen=True, slots=True)
class EwmaNegativeBinomial:
    """Negative binomial about an exponentially weighted mean that is drawn towards the surroundings' mean.

    The mean is that of the area's months, ``half_life_months`` back counting half, and worth as many months as their
    weights sum to; the surroundings (Gaussian, 150 km) count as ``prior_months`` more. One dispersion for all areas, by
    moments over the last ``moment_months`` months: (count - mean)² in excess of the mean, over mean² (Cameron & Trivedi
    2013, section 3.3), means being those of twelve months earlier: what a forecast of a year sees.
    """

    half_life_months: float = 9.0
    prior_months: float = 3.0
    moment_months: int = 60
    name: str = "ewma_nb"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws), alike for all leads."""
        rng = np.random.default_rng((task.seed, 21))
        means = shrunk_means(task.panel, self.half_life_months, self.prior_months)
        alpha = self._dispersion(task.panel, means)
        return _negative_binomial(np.repeat(means[:, -1][:, None], len(task.leads), axis=1), alpha, task.n_draws, rng)

    def _dispersion(self, panel: Panel, means: Doubles) -> float:
        earlier = 12
        if panel.counts.shape[1] <= earlier + 1:
            return 1.0
        mean = means[:, :-earlier][:, -self.moment_months :]
        came = panel.counts[:, earlier:][:, -self.moment_months :]
        excess, square = float(((came - mean) ** 2 - mean).sum()), float((mean**2).sum())
        return max(0.1, excess / square) if square > 0 else 1.0


@dataclass(frozen=True, slots=True)
class ZeroInflated:
    """Zero-inflated negative binomial (Lambert 1992; Greene 1994) on the logs of the own and the surroundings' means.

    One regression for all areas and leads, on what came after each quarter of the last ten years (at every fourth of
    the leads asked); the count part knows both means, the part of extra zeros the own one and how long all has been
    quiet. Where it does not converge, the draws are those of `EwmaNegativeBinomial`, and a warning is logged.
    """

    years: int = 10
    name: str = "zinb"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws)."""
        from statsmodels.discrete.count_model import ZeroInflatedNegativeBinomialP

        rng = np.random.default_rng((task.seed, 22))
        x, y = self._cases(task)
        shape = len(task.panel.areas), len(task.leads)
        if int((y > 0).sum()) < 50:
            return self._instead(task, f"{int((y > 0).sum())} cases with violence, and 50 are needed")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is told by `converged` and by values that are none
            model = ZeroInflatedNegativeBinomialP(y, x, exog_infl=x[:, [0, 1, 3]], p=2)
            found = model.fit(method="bfgs", maxiter=200, disp=0)
        params = np.asarray(found.params, dtype=np.float64)
        if not found.mle_retvals["converged"] or not np.isfinite(params).all() or params[7] <= 0:
            return self._instead(task, "the regression did not converge")
        now = self._features(task.panel)[:, -1]
        extra = 1 / (1 + np.exp(-np.clip(now[:, [0, 1, 3]] @ params[:3], -30, 30)))
        mean = np.exp(np.clip(now @ params[3:7], -20, 7))
        made = _negative_binomial(np.repeat(mean[:, None], shape[1], axis=1), float(params[7]), task.n_draws, rng)
        made[rng.random(made.shape) < extra[:, None, None]] = 0
        return made

    def _instead(self, task: Task, why: str) -> Draws:
        log.warning("zinb: %s; the draws are those of ewma_nb", why)
        return EwmaNegativeBinomial().draw(task)

    def _features(self, panel: Panel) -> Doubles:
        """Shape (areas, months, 4): one, log own mean, log mean around, log of the months of quiet."""
        counts = panel.counts.astype(np.float32)
        own, around = ewma(counts, 9.0), _around(panel, counts)
        quiet = months_since(counts > 0, 120)
        columns = [np.ones(counts.shape), np.log1p(own), np.log1p(around), np.log1p(quiet)]
        return np.stack(columns, axis=2).astype(np.float64)

    def _cases(self, task: Task) -> tuple[Doubles, NDArray[np.int32]]:
        features, counts = self._features(task.panel), task.panel.counts
        months = counts.shape[1]
        first = max(12, months - 12 * self.years)
        pairs = [(o, o + lead) for o in range(first, months, 3) for lead in task.leads[::4] if o + lead < months]
        if not pairs:
            return np.empty((0, features.shape[2])), np.empty(0, np.int32)
        origin, target = np.array(pairs).T
        return features[:, origin].reshape(-1, features.shape[2]), counts[:, target].ravel()


def shrunk_means(panel: Panel, half_life_months: float, prior_months: float) -> Doubles:
    """Exponentially weighted means up to each month, drawn to the surroundings'; shape (areas, months)."""
    counts = panel.counts.astype(np.float32)
    own, around = ewma(counts, half_life_months), _around(panel, counts, half_life_months)
    keep = 0.5 ** (1 / half_life_months)
    worth = (1 - keep ** np.arange(1, counts.shape[1] + 1)) / (1 - keep)
    return np.asarray((own * worth + around * prior_months) / (worth + prior_months), np.float64)


def _around(panel: Panel, counts: NDArray[np.float32], half_life_months: float = 9.0) -> NDArray[np.float32]:
    """The weighted mean of the areas around each, itself among them, of their exponentially weighted means."""
    weights = around_weights(distances_km(panel.lat, panel.lon), AROUND_KM, own=True)
    total = np.asarray(weights.sum(axis=1)).reshape(-1, 1)
    return np.asarray((weights @ ewma(counts, half_life_months)) / np.maximum(total, 1e-9), np.float32)


def _negative_binomial(mean: Doubles, alpha: float, n_draws: int, rng: np.random.Generator) -> Draws:
    """Draws with variance mean + alpha * mean², as Poissons of gamma rates; shape (*mean.shape, n_draws)."""
    rates = rng.gamma(1 / alpha, alpha, (*mean.shape, n_draws)) * mean[..., None]
    return rng.poisson(np.minimum(rates, MOST)).astype(np.int32)
