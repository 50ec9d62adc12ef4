import numpy as np
import pytest

from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.pairs import Reach
from seamwatch.forecast.contagion.simulate import simulate, triggered
from seamwatch.forecast.contagion.window import Window


def at_zero(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(n), np.zeros(n)


def test_each_background_event_brings_one_over_one_minus_k() -> None:
    points = simulate(3.0, at_zero, [Part(0, 0.5, 0.5, 1.0)], Window(0, 4000), Reach(), 4)
    assert len(points) / points.background.sum() == pytest.approx(2.0, rel=0.04)
    assert points.background.sum() == pytest.approx(12_000, rel=0.03)
    assert np.all(np.diff(points.t) >= 0) and points.t.max() <= 4000


@pytest.mark.parametrize("daily", [False, True])
def test_offspring_have_the_kernels_lags_and_distances(daily: bool) -> None:
    n, reach = 60_000, Reach(20.0, 6.0, daily)
    t, x, y = triggered(
        np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n, np.int64), [Part(0, 0.7, 0.1, 9.0)], reach,
        np.random.default_rng(2),
    )  # fmt: skip
    r2 = x * x + y * y
    assert len(t) == pytest.approx(0.7 * n, rel=0.02)
    assert t.max() <= 20 and r2.max() <= 36 and (t.min() >= 1 if daily else t.min() > 0)
    assert np.mean(t <= 7) == pytest.approx(np.expm1(-0.7) / np.expm1(-2.0), abs=0.01)
    assert np.mean(r2 <= 9) == pytest.approx(np.expm1(-0.5) / np.expm1(-2.0), abs=0.01)


def test_one_seed_one_history_and_a_box_holds() -> None:
    draw = [
        simulate(2.0, at_zero, [Part(0, 0.6, 0.5, 4.0)], Window(0, 200, (-1, 1, -1, 1)), Reach(), s) for s in (1, 1, 2)
    ]
    assert np.array_equal(draw[0].x, draw[1].x) and not np.array_equal(draw[0].t[:20], draw[2].t[:20])
    assert np.abs(draw[0].x).max() <= 1
