import numpy as np
import pytest

from seamwatch.forecast.regime import NEVER, change_columns


def test_a_step_is_dated_and_sized():
    rng = np.random.default_rng(1)
    series = np.concatenate([rng.poisson(20, 60), rng.poisson(200, 40)]).astype(np.float32)[None]
    found = change_columns(series)
    assert found["since"][0, 99] == pytest.approx(39, abs=2)
    assert found["step"][0, 99] == pytest.approx(np.log(10), abs=0.3)


def test_an_ending_is_seen_within_a_quarter():
    series = np.concatenate([np.full(60, 300), np.zeros(6)]).astype(np.float32)[None]
    found = change_columns(series)
    assert found["step"][0, 59] == 0
    assert found["step"][0, 62] < -4


def test_a_steady_level_raises_no_alarm():
    series = np.random.default_rng(3).poisson(30, (200, 120)).astype(np.float32)
    found = change_columns(series)
    assert (found["since"][:, -1] == NEVER).mean() > 0.95


def test_nothing_later_is_seen():
    series = np.random.default_rng(4).gamma(0.3, 50, (20, 90)).astype(np.float32)
    changed = series.copy()
    changed[:, 70:] += 500
    for name, column in change_columns(series).items():
        np.testing.assert_array_equal(column[:, :70], change_columns(changed)[name][:, :70])
