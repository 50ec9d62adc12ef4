from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from assess.effect.invented import CHANGE, source

from seamwatch.assess.effect.interrupted import Interrupted, fit_series, interrupted
from seamwatch.assess.effect.placebo import CannotTell


def test_a_known_change_is_measured_and_stands_out():
    found = interrupted(source([1.0], times=0.4, season=0.3), ("a0",), CHANGE)
    assert isinstance(found, Interrupted)
    low, best, high = found.fit.ratio
    assert 0.3 < best < 0.52 and low < best < high < 0.7
    assert found.fit.p < 0.001 and found.placebo_dates.p == 1 / (1 + len(found.placebo_dates.names))
    assert found.placebo_ratio[1] == pytest.approx(best) and found.placebo_ratio[0] < best < found.placebo_ratio[2]


def test_the_model_recovers_level_slope_and_season():
    n, before = 130, 78
    years = (np.arange(n) - before + 0.5) * 28 / 365.25
    after = np.arange(n) >= before
    turn = 2 * np.pi * (years + CHANGE.timetuple().tm_yday / 365.25)
    mean = 4000 * np.exp(0.1 * years + 0.3 * np.sin(turn) + after * (np.log(0.5) + 0.4 * years))
    fit = fit_series(np.random.default_rng(0).poisson(mean), before, CHANGE, 28)
    assert fit.level[1] == pytest.approx(0.5, rel=0.01) and fit.slope[1] == pytest.approx(np.exp(0.4), rel=0.01)
    assert np.allclose(fit.fitted, mean, rtol=0.02)
    without = mean[before:] / np.exp(np.log(0.5) + 0.4 * years[before:])
    assert fit.ratio[1] == pytest.approx(mean[before:].sum() / without.sum(), rel=0.02)
    assert np.all(fit.without_low < fit.without) and np.all(fit.without < fit.without_high)


def test_intervals_hold_the_truth_where_periods_are_independent():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(120):
        mean = 15 * np.exp(0.1 * np.arange(52) / 13) * np.where(np.arange(52) < 39, 1.0, 0.7)
        low, _, high = fit_series(rng.poisson(mean * rng.gamma(8, 1 / 8, 52)), 39, CHANGE, 28).ratio
        held += low <= 0.7 <= high
    assert 105 <= held <= 120  # 114 expected


def test_placebo_dates_never_see_what_comes_after_the_change():
    one, other = (interrupted(source([1.0], times=times), ("a0",), CHANGE) for times in (1.0, 1.0))
    wild = interrupted(source([1.0], times=5.0), ("a0",), CHANGE)
    assert isinstance(one, Interrupted) and isinstance(wild, Interrupted) and isinstance(other, Interrupted)
    assert np.array_equal(one.placebo_dates.ratios, wild.placebo_dates.ratios)
    last = max(one.placebo_dates.names)
    assert last <= (CHANGE - timedelta(days=13 * 28)).isoformat()


def test_without_a_change_the_rank_is_no_rarer_than_it_says():
    ranks = []
    for seed in range(30):
        found = interrupted(source([0.5], seed=seed), ("a0",), CHANGE, step_days=112)
        assert isinstance(found, Interrupted)
        ranks.append(found.placebo_dates.p)
    assert sum(p <= 0.2 for p in ranks) <= 13  # 6 expected


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ({"rates": [1.0], "days_after": 77}, "2 full periods of 28 days after 2012-07-01"),
        ({"rates": [0.01]}, "events before the change; 30 are needed"),
        ({"rates": [1.0], "first": CHANGE - timedelta(days=500)}, "need 2 years"),
        ({"rates": [1.0], "first": CHANGE - timedelta(days=1300)}, "0 placebo dates"),
        ({"rates": [1.0], "times": 0.0}, "no event at all after the change"),
    ],
)
def test_what_the_data_cannot_carry_is_refused_with_the_reason(made, why):
    found = interrupted(source(**made), ("a0",), CHANGE)
    assert isinstance(found, CannotTell) and why in " ".join(found.reasons)
