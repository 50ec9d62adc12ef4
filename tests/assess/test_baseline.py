"""Expected counts: the truth of simulated series is recovered, and nothing is made up where events are too few."""

import numpy as np
import pytest
from assess.tables import negative_binomial

from seamwatch.assess.baseline import Baseline, NotEnough, fit_baseline, shared_window_alpha


def fitted(counts: np.ndarray, n_now: int = 8, **more: object) -> Baseline:
    found = fit_baseline(counts, n_now, unit="week", **more)  # type: ignore[arg-type]
    assert isinstance(found, Baseline)
    return found


def test_the_level_is_found_and_the_interval_is_that_of_the_total() -> None:
    counts = np.random.default_rng(3).poisson(5.0, 164)
    base = fitted(counts)
    assert abs(base.expected - 40) < 9  # three standard errors: a trend is carried on
    low, high = base.interval(0.9)
    assert 18 <= low <= 34 and 42 <= high <= 60  # Poisson 40: 30 to 51, and the parameters' uncertainty
    assert base.exceedance(low) >= 0.95 > 0.9 and base.exceedance(high + 1) <= 0.05
    assert base.exceedance(0) == 1.0


def test_the_window_itself_is_not_in_its_baseline() -> None:
    counts = np.random.default_rng(3).poisson(5.0, 164)
    other = counts.copy()
    other[-8:] = 50
    assert np.array_equal(fitted(counts).draws, fitted(other).draws)


def test_trend_and_season_are_followed() -> None:
    t = np.arange(216)
    mean = np.exp(1.5 + 0.3 * (t - 208) / 52.18 + 0.7 * np.sin(2 * np.pi * (t - 208) / 52.18))
    base = fitted(np.random.default_rng(5).poisson(mean))
    assert base.terms == ("level", "trend", "season")
    assert abs(base.expected - mean[-8:].sum()) < 0.2 * mean[-8:].sum()


def test_reporting_elsewhere_moves_what_is_expected() -> None:
    rng = np.random.default_rng(7)
    loud = np.where(np.arange(164) % 20 < 10, 3.0, 1.0)
    loud[-8:] = 3.0
    base = fitted(rng.poisson(3 * loud), elsewhere=rng.poisson(40 * loud))
    assert "reporting elsewhere" in base.terms and abs(base.expected - 72) < 12


def test_counts_that_scatter_widen_the_interval() -> None:
    rng = np.random.default_rng(9)
    even, rough = rng.poisson(6.0, 164), negative_binomial(rng, np.full(164, 6.0), 1.0)
    (a, b), (c, d) = fitted(even).interval(), fitted(rough).interval()
    assert d - c > 1.4 * (b - a) and fitted(rough).alpha > 0.06


def test_weeks_that_move_together_widen_it_too() -> None:
    rng = np.random.default_rng(11)
    waves = np.repeat(rng.gamma(2.0, 0.5, 21), 8)[:164]  # alpha 0.5 of a window, not 0.5 / 8
    assert fitted(rng.poisson(6 * waves)).alpha > 0.2


def test_too_few_events_give_a_constant_rate_or_nothing() -> None:
    counts = np.zeros(164, np.int64)
    counts[10:20] = 1
    base = fitted(counts)
    assert base.terms == ("constant",) and base.expected == pytest.approx(8 * 10.5 / 156, rel=0.05)
    counts[13:] = 0
    none = fit_baseline(counts, 8, unit="week")
    assert isinstance(none, NotEnough) and "not enough: 3 events" in none.word
    short = fit_baseline(np.full(20, 9), 8, unit="week")
    assert isinstance(short, NotEnough) and "12 weeks before" in short.word


def test_a_quiet_area_that_is_newly_hit_can_be_judged() -> None:
    counts = np.zeros(164, np.int64)
    counts[-8:] = 1
    assert fitted(counts).exceedance(8) < 1e-6
    assert fitted(counts, shared_alpha=1.0).exceedance(8) > fitted(counts).exceedance(8)


def test_the_shared_overdispersion_is_that_of_windows() -> None:
    rng = np.random.default_rng(13)
    rates = np.repeat(rng.gamma(2.0, 0.5, (40, 20)), 8, axis=1)
    assert 0.3 < shared_window_alpha(rng.poisson(2 * rates), 8) < 0.7
    assert shared_window_alpha(rng.poisson(2.0, (40, 160)), 8) < 0.05
