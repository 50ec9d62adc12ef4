import numpy as np
import pytest

from seamwatch.forecast.contagion.background import Surface, density, left_out, sharpened, surface
from seamwatch.forecast.contagion.cloud import Cloud

BOX = (0.0, 60.0, -10.0, 30.0)


def points(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 60, n), rng.uniform(-10, 30, n), rng.uniform(0.1, 1, n)


def direct(at_x, at_y, x, y, w, h):
    """The sum over all points and their mirror images."""
    total = np.zeros(len(at_x))
    for mx in (x, -x, 120 - x):
        for my in (y, -20 - y, 60 - y):
            r2 = (at_x[:, None] - mx) ** 2 + (at_y[:, None] - my) ** 2
            total += (w * np.exp(-r2 / (2 * h * h))).sum(1)
    return total / (2 * np.pi * h * h)


@pytest.mark.parametrize("h", [1.0, 4.0])
def test_surface_is_the_sum_of_kernels(h: float) -> None:
    x, y, w = points(400, 1)
    gx, gy = np.random.default_rng(2).uniform(0, 60, 300), np.random.default_rng(3).uniform(-10, 30, 300)
    true = direct(gx, gy, x, y, w, h) / w.sum()
    made = surface(x, y, w, h, BOX).at(gx, gy)
    assert np.corrcoef(made, true)[0, 1] > 0.998
    assert np.abs(made - true).mean() < 0.03 * true.mean()


def test_surface_holds_all_within_its_box() -> None:
    x, y, w = points(50, 4)
    made = surface(x, y, w, 3.0, BOX)
    assert made.values.sum() * made.step_x * made.step_y == pytest.approx(1, rel=1e-3)
    assert made.at(np.array([-1.0]), np.array([0.0]))[0] == 0


@pytest.mark.parametrize("h", [0.7, 5.0])
def test_leaving_out_is_what_a_surface_without_the_event_says(h: float) -> None:
    x, y, w = points(40, 5)
    x[0], y[0] = 0.1, 29.9  # in a corner, where its mirror images count
    got = left_out(surface(x, y, w, h, BOX), x, y, w)
    for i in (0, 7, 23):
        rest = np.arange(40) != i
        without = surface(x[rest], y[rest], w[rest], h, BOX).at(x[i : i + 1], y[i : i + 1])[0]
        assert got[i] == pytest.approx(without, rel=1e-6, abs=1e-9)


def test_a_sharpened_kernel_does_not_widen() -> None:
    side = np.linspace(18, 42, 121)
    x, y = (grid.ravel() for grid in np.meshgrid(side, side - 20))
    spot = np.exp(-((x - 30) ** 2 + (y - 10) ** 2) / 8)
    line = np.linspace(24, 36, 25)
    narrow, wide = (surface(x, y, spot, h, BOX).at(line, np.full(25, 10.0)) for h in (1.0, 2.0))
    true = np.exp(-((line - 30) ** 2) / 8) / (8 * np.pi)
    assert np.abs(sharpened(narrow, wide) - true).max() < 0.6 * np.abs(narrow - true).max()
    assert np.all(sharpened(narrow, 100 * narrow) > 0)


def test_narrow_kernels_over_a_wide_area_are_summed_point_by_point() -> None:
    x, y, w = points(200, 7)
    x[:30], y[:30] = 12.0, 3.0  # a place given again and again
    made = density(x, y, w, 0.01, BOX)
    assert isinstance(made, Cloud) and isinstance(density(x, y, w, 1.0, BOX), Surface)
    r2 = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    kernels = w * np.exp(-r2 / 0.0002) / (2 * np.pi * 0.0001)
    assert made.at(x, y) == pytest.approx(kernels.sum(1) / w.sum(), rel=1e-3)
    others = (kernels.sum(1) - kernels.diagonal()) / (w.sum() - w)
    assert left_out(made, x, y, w) == pytest.approx(others, rel=1e-3, abs=1e-3)
    assert made.at(np.array([1e6, -1e6]), np.array([0.0, 0.0])).tolist() == [0.0, 0.0]
