"""Reliability, ranking, places picked, gains: known values and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.forecast.skill import (
    auc,
    average_precision,
    gain_over,
    largest_gap,
    predictive_accuracy,
    reliability,
)

CHANCE = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
CAME = np.array([True, False, True, False, False])


def test_average_precision_and_auc_by_hand() -> None:
    assert average_precision(CHANCE, CAME) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert auc(CHANCE, CAME) == pytest.approx(5 / 6)
    assert average_precision(np.full(5, 0.3), CAME) == pytest.approx(0.4)
    assert auc(np.full(5, 0.3), CAME) == pytest.approx(0.5)


def test_nothing_happened_has_no_ranking() -> None:
    none = np.zeros(5, dtype=bool)
    assert np.isnan(average_precision(CHANCE, none)) and np.isnan(auc(CHANCE, none))
    assert np.isnan(predictive_accuracy(CHANCE, none.astype(float), 0.1)).all()


def test_reliability_counts_and_gaps() -> None:
    rng = np.random.default_rng(2)
    chance = rng.random(20_000)
    came = rng.random(20_000) < chance
    bins = reliability(chance, came)
    assert len(bins) == 10 and sum(b.cases for b in bins) == 20_000
    assert largest_gap(bins) < 0.04
    assert largest_gap(reliability(chance, rng.random(20_000) < chance / 2)) > 0.4
    assert np.isnan(largest_gap(reliability(chance[:50], came[:50])))


def test_places_picked() -> None:
    expected, events = np.array([5.0, 4, 3, 2, 1, 0, 0, 0, 0, 0]), np.array([6.0, 2, 0, 2, 0, 0, 0, 0, 0, 0])
    assert predictive_accuracy(expected, events, 0.1) == pytest.approx((6.0, 1.0))
    assert predictive_accuracy(expected, events, 0.3) == pytest.approx((8 / 10 / 0.3, 0.8))
    assert predictive_accuracy(expected, events, 0.05) == pytest.approx((6.0, 1.0))
    assert predictive_accuracy(np.zeros(10), events, 0.2)[0] == pytest.approx(1.0)


@given(st.integers(0, 10_000))
def test_the_truth_is_the_best_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    events = rng.poisson(1.0, 20).astype(float) + np.eye(20)[0]
    pai, pei = predictive_accuracy(rng.random(20), events, 0.1)
    best, one = predictive_accuracy(events, events, 0.1)
    assert pai <= best + 1e-9 and pei <= one + 1e-9 and one == pytest.approx(1.0)


def test_a_gain_is_found_where_there_is_one_and_not_where_there_is_none() -> None:
    rng = np.random.default_rng(4)
    theirs = rng.gamma(1.0, 1.0, (8, 150))
    better = gain_over(0.8 * theirs, theirs)
    assert better.gain == pytest.approx(0.2) and better.low == pytest.approx(0.2) and better.won == 8
    alike = [gain_over(theirs + rng.normal(0, 0.3, theirs.shape), theirs, seed) for seed in range(40)]
    assert 0 <= sum(g.low > 0 or g.high < 0 for g in alike) <= 7  # 5 % of 40 is 2
    assert all(g.low_years <= g.low + 0.02 and g.high_years >= g.high - 0.02 for g in alike)
