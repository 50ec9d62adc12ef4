import numpy as np
import pytest
from scipy.integrate import quad

from seamwatch.forecast.contagion.kernel import Part, passed, space_scale, time_scale
from seamwatch.forecast.contagion.pairs import Reach


@pytest.mark.parametrize("decay", [0.003, 0.143, 2.0])
def test_time_kernel_is_one_within_the_reach(decay: float) -> None:
    reach = Reach(30.0, 5.0)
    whole, _ = quad(lambda u: np.exp(time_scale(decay, reach).log - decay * u), 0, 30)
    assert whole == pytest.approx(1)
    half, _ = quad(lambda u: np.exp(time_scale(decay, reach).log - decay * u), 0, 12)
    assert passed(decay, 12.0, reach) == pytest.approx(half)
    daily = Reach(30.0, 5.0, daily=True)
    by_day = np.exp(time_scale(decay, daily).log - decay * np.arange(1, 31))
    assert by_day.sum() == pytest.approx(1) and by_day[:12].sum() == pytest.approx(passed(decay, 12.0, daily))


@pytest.mark.parametrize("sigma2", [0.04, 4.0, 300.0])
def test_space_kernel_is_one_within_the_reach(sigma2: float) -> None:
    whole, _ = quad(
        lambda r: 2 * np.pi * r * np.exp(space_scale(sigma2, Reach()).log - r * r / 2 / sigma2), 0, 10, limit=200
    )
    assert whole == pytest.approx(1)


def test_slopes_of_the_normalisers_are_those_of_small_steps() -> None:
    h = 1e-4
    for reach in (Reach(20, 6), Reach(20, 6, daily=True)):
        for scale, value in ((time_scale, 0.07), (space_scale, 9.0)):
            low, mid, high = (scale(value * np.exp(d), reach) for d in (-h, 0, h))
            assert mid.first == pytest.approx((high.log - low.log) / (2 * h), rel=1e-5)
            assert mid.second == pytest.approx((high.first - low.first) / (2 * h), rel=1e-5)


def test_words_of_a_part() -> None:
    part = Part(0, 0.4, np.log(2) / 5, 4.0)
    assert part.half_life_days == pytest.approx(5)
    assert 1 - np.exp(-(part.radius_km**2) / 8) == pytest.approx(0.5)
    assert part.cut_off(Reach(5, 1e6)) == pytest.approx(0.5)
    assert part.cut_off(Reach(1e6, part.radius_km)) == pytest.approx(0.5)
