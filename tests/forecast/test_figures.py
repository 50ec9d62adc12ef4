"""Scores of draws against known values and against a library's."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.forecast.figures import crps, figures, ignorance, recent_draws


def one(draws: list[int], happened: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array(draws, dtype=np.int32)[None, None, :], np.array([[happened]], dtype=np.int32)


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=40), st.integers(0, 2000))
def test_crps_is_the_librarys(draws: list[int], happened: int) -> None:
    theirs = scoringrules.crps_ensemble(float(happened), np.array(draws, dtype=float), estimator="nrg")
    assert crps(*one(draws, happened))[0, 0] == pytest.approx(theirs, abs=1e-9)


def test_a_zero_forecast_loses_what_happened_and_a_sure_right_one_nothing() -> None:
    assert crps(*one([0] * 9, 7))[0, 0] == 7 and crps(*one([7] * 9, 7))[0, 0] == 0
    assert figures(*one([7] * 9, 7))["mis"][0, 0] == 0 and figures(*one([0] * 9, 7))["mis"][0, 0] == 140


def test_ignorance_has_the_floor_of_the_challenge() -> None:
    assert ignorance(*one([0] * 1000, 0))[0, 0] == pytest.approx(-np.log2(1001 / 1011))
    assert ignorance(*one([0] * 12, 0))[0, 0] == pytest.approx(0.823, abs=5e-4)
    assert ignorance(*one([0] * 1000, 5000))[0, 0] == pytest.approx(np.log2(1011))
    assert ignorance(*one([1, 2], 2)) < ignorance(*one([1, 3], 2))


def test_brier_and_coverage_of_active_cells() -> None:
    told = figures(*one([0, 0, 0, 4], 3))
    assert told["brier"][0, 0] == pytest.approx(0.75**2)
    assert told["coverage_90"][0, 0] == 1 and told["coverage_50"][0, 0] == 0
    assert np.isnan(figures(*one([0], 0))["coverage_90"][0, 0])


def test_recent_months_come_in_equal_shares_newest_first() -> None:
    draws = recent_draws([[1, 2, 3], [0, 0, 9]], 2, 7)
    assert draws.shape == (2, 2, 7)
    assert np.bincount(draws[0, 1]).tolist() == [0, 2, 2, 3] and (draws[1, 0] == 9).sum() == 3
    assert recent_draws([[], []], 3, 4).sum() == 0
