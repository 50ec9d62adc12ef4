import numpy as np
import pytest

from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.model import fit_model
from seamwatch.forecast.contagion.pairs import Reach
from seamwatch.forecast.contagion.simulate import simulate
from seamwatch.forecast.contagion.window import Window

BOX = (0.0, 100.0, 0.0, 100.0)
SPOTS = np.random.default_rng(3).uniform(10, 90, (8, 2))


def half_in_spots(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    in_spot = rng.uniform(size=n) < 0.5
    spot = SPOTS[rng.integers(0, 8, n)] + rng.normal(0, 2.0, (n, 2))
    place = np.where(in_spot[:, None], spot, rng.uniform(0, 100, (n, 2)))
    return place[:, 0], place[:, 1]


def test_hot_spots_are_not_taken_for_contagion() -> None:
    window, reach, begin = Window(0.0, 6000.0, BOX), Reach(), [Part(0, 0.2, 0.3, 2.0)]
    drawn = simulate(2.0, half_in_spots, [Part(0, 0.4, 0.143, 4.0)], window, reach, 1)
    found = fit_model(drawn, window, reach, begin, BOX)
    assert found.parts[0].k == pytest.approx(0.40, abs=0.02)
    assert found.parts[0].decay == pytest.approx(0.143, rel=0.1) and found.parts[0].sigma2 == pytest.approx(4, rel=0.1)
    assert found.background.rate == pytest.approx(2.0, rel=0.04)
    assert found.own.mean() == pytest.approx(drawn.background.mean(), abs=0.02)
    even = fit_model(drawn, window, reach, begin, BOX, bands_km=())
    assert even.parts[0].k > 0.6  # what comes of ignoring them


def test_fixed_hot_spots_alone_are_no_contagion() -> None:
    window, reach = Window(0.0, 2000.0, BOX), Reach()
    drawn = simulate(3.0, half_in_spots, [], window, reach, 2)
    found = fit_model(drawn, window, reach, [Part(0, 0.2, 0.3, 2.0)], BOX)
    assert found.parts[0].k < 0.05


def test_background_reads_alike_at_any_point_and_sums_to_its_rate() -> None:
    window, reach = Window(0.0, 500.0, BOX), Reach()
    drawn = simulate(3.0, half_in_spots, [Part(0, 0.3, 0.2, 1.0)], window, reach, 3)
    found = fit_model(drawn, window, reach, [Part(0, 0.2, 0.3, 2.0)], BOX)
    side = np.linspace(0.25, 99.75, 200)
    x, y = (grid.ravel() for grid in np.meshgrid(side, side))
    assert found.background.at(x, y).sum() * 0.25 == pytest.approx(found.background.rate, rel=0.05)
    assert np.all(found.background.at(x, y) > 0) and np.all((found.own > 0) & (found.own <= 1))
