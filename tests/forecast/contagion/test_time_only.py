import numpy as np
import pytest

from seamwatch.errors import ModelError
from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.pairs import Reach
from seamwatch.forecast.contagion.simulate import simulate
from seamwatch.forecast.contagion.time_only import fit_times, times_likelihood
from seamwatch.forecast.contagion.window import Window


def history(rate: float, k: float, decay: float, end: float, seed: int) -> np.ndarray:
    def origin(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros(n), np.zeros(n)

    return simulate(rate, origin, [Part(0, k, decay, 1.0)] if k else [], Window(0, end), Reach(500.0), seed).t


def test_likelihood_is_that_of_the_double_sum() -> None:
    t = np.array([0.5, 1.0, 1.0, 4.0, 9.0])
    rate, k, decay, end = 0.3, 0.6, 0.7, 12.0
    direct = sum(np.log(rate + k * decay * np.exp(-decay * (a - t[t < a])).sum()) for a in t)
    direct -= rate * end + k * (1 - np.exp(-decay * (end - t))).sum()
    assert times_likelihood(np.log([rate, k, decay]), t, end)[0] == pytest.approx(direct)


def test_gradient_and_hessian_are_those_of_small_steps() -> None:
    t = history(1.0, 0.5, 0.3, 300.0, 3)
    logs, h = np.log([0.8, 0.3, 0.6]), 1e-5
    _, gradient, hessian = times_likelihood(logs, t, 300.0)
    for p in range(3):
        step = h * (np.arange(3) == p)
        up, down = times_likelihood(logs + step, t, 300.0), times_likelihood(logs - step, t, 300.0)
        assert gradient[p] == pytest.approx((up[0] - down[0]) / (2 * h), rel=1e-5)
        assert hessian[p] == pytest.approx((up[1] - down[1]) / (2 * h), rel=1e-4, abs=1e-4)


def test_truth_is_found_again() -> None:
    found = fit_times(history(2.0, 0.5, 0.4, 6000.0, 1), 6000.0)
    gap = np.log([found.rate, found.k, found.decay]) - np.log([2.0, 0.5, 0.4])
    assert found.converged and np.all(np.abs(gap) < 3 * found.log_errors) and np.all(found.log_errors < 0.1)


def test_no_contagion_is_found_as_none() -> None:
    assert fit_times(history(1.0, 0.0, 1.0, 3000.0, 5), 3000.0).k < 0.05


@pytest.mark.parametrize("times", [[1.0, 2.0], [3.0, *range(1, 12)], [*range(12), 99.0]])
def test_times_that_cannot_be_used_are_refused(times: list[float]) -> None:
    with pytest.raises(ModelError, match="time-only fit"):
        fit_times(np.array(times, float), 50.0)
