from dataclasses import replace

import numpy as np
import pytest

from seamwatch.forecast.contagion.fit import fit
from seamwatch.forecast.contagion.kernel import Part, passed
from seamwatch.forecast.contagion.likelihood import Sample, intensities, log_likelihood, parts_of, standard_errors
from seamwatch.forecast.contagion.pairs import Reach, find_pairs
from seamwatch.forecast.contagion.simulate import Points, simulate
from seamwatch.forecast.contagion.window import Window, exposure, seen

BOX = (0.0, 40.0, 0.0, 40.0)


def everywhere(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.uniform(0, 40, n), rng.uniform(0, 40, n)


def sample_of(points: Points, window: Window, reach: Reach, kinds: int, of_parts: tuple[int, ...]) -> Sample:
    targets = points.t >= window.start
    flat = np.full(int(targets.sum()), 1 / 1600.0)
    slope = points.x[targets] / 20 / 1600.0
    return Sample(
        find_pairs(points.t, points.x, points.y, points.kind, kinds, reach, window.start),
        exposure(points.t, points.x, points.y, points.kind, window, reach),
        np.column_stack([flat, slope]), np.full(2, window.days(reach)), of_parts, reach,
    )  # fmt: skip


@pytest.mark.parametrize(("daily", "least"), [(False, 0.0), (True, 0.25)])
def test_gradient_and_hessian_are_those_of_small_steps(daily: bool, least: float) -> None:
    reach = Reach(12.0, 9.0, daily)
    points = simulate(2.0, everywhere, [Part(0, 0.4, 0.2, 3.0)], Window(0, 150, BOX), reach, 5, (0.6, 0.4))
    sample = replace(sample_of(points, Window(40.0, 150.0, BOX), reach, 2, (0, 0, 1)), least_sigma2=least)
    logs = np.log([1.1, 0.4, 0.3, 0.2, 2.0, 0.2, 0.05, 30.0, 0.5, 1.0, 0.3])
    _, gradient, hessian = log_likelihood(logs, sample)
    h = 1e-4
    for p in range(len(logs)):
        step = h * (np.arange(len(logs)) == p)
        up, down = log_likelihood(logs + step, sample), log_likelihood(logs - step, sample)
        assert gradient[p] == pytest.approx((up[0] - down[0]) / (2 * h), rel=1e-4, abs=1e-4)
        assert hessian[p] == pytest.approx((up[1] - down[1]) / (2 * h), rel=1e-3, abs=1e-3)
    _, whole = intensities(logs, sample)
    expected = np.exp(logs[:2]) @ sample.mass
    expected += sum(seen(part, sample.exposure, reach)[0] for part in parts_of(logs, sample))
    assert np.log(whole).sum() - expected == pytest.approx(log_likelihood(logs, sample)[0])


@pytest.mark.parametrize("sigma2", [0.3, 6.0, 80.0])
def test_what_falls_over_an_edge_is_what_a_count_of_points_finds(sigma2: float) -> None:
    reach, part = Reach(30.0, 10.0), Part(0, 1.0, 0.1, sigma2)
    t, x, y = np.array([0.0, 85.0]), np.array([3.0, 39.0]), np.array([2.0, 20.0])
    at = exposure(t, x, y, np.zeros(2, np.int64), Window(0, 100, BOX), reach)
    rng = np.random.default_rng(1)
    r = np.sqrt(-2 * sigma2 * np.log1p(rng.uniform(size=400_000) * np.expm1(-100 / (2 * sigma2))))
    angle = rng.uniform(0, 2 * np.pi, r.size)
    inside = [
        np.mean((a + r * np.cos(angle) >= 0) & (a + r * np.cos(angle) <= 40) & (b + r * np.sin(angle) >= 0))
        for a, b in zip(x, y, strict=True)
    ]
    assert seen(part, at, reach)[0] == pytest.approx(inside[0] + inside[1] * passed(0.1, 15.0, reach), abs=3e-3)


def test_what_came_before_the_window_counts_only_for_what_it_triggers_within() -> None:
    reach, part = Reach(30.0, 10.0, daily=True), Part(0, 1.0, 0.1, 1.0)
    at = exposure(np.array([4.0]), np.array([20.0]), np.array([20.0]), np.zeros(1, np.int64), Window(10, 14), reach)
    assert seen(part, at, reach)[0] == pytest.approx(passed(0.1, 10.0, reach) - passed(0.1, 5.0, reach))


@pytest.mark.parametrize("daily", [False, True])
def test_truth_is_found_again(daily: bool) -> None:
    reach = Reach(60.0, 10.0, daily)
    truth = Part(0, 0.4, 0.143, 4.0)
    window = Window(0.0, 2500.0, BOX)
    points = simulate(1.5, everywhere, [truth], window, reach, 6)
    sample = sample_of(points, window, reach, 1, (0,))
    found = fit(sample, [Part(0, 0.1, 0.5, 20.0)])
    errors = standard_errors(found.hessian)[2:]
    gap = np.log([found.parts[0].k, found.parts[0].decay, found.parts[0].sigma2]) - np.log([0.4, 0.143, 4.0])
    assert found.converged and np.all(np.abs(gap) < 3 * errors) and np.all(errors < 0.1)
    assert np.abs(found.gradient).max() < 0.05


def test_kinds_have_kernels_of_their_own() -> None:
    reach, window = Reach(40.0, 10.0), Window(0.0, 4000.0, BOX)
    truth = [Part(0, 0.6, 0.3, 1.0), Part(1, 0.15, 0.1, 6.0)]
    points = simulate(1.0, everywhere, truth, window, reach, 8, (0.5, 0.5))
    found = fit(sample_of(points, window, reach, 2, (0, 1)), [Part(0, 0.3, 0.2, 3.0), Part(1, 0.3, 0.2, 3.0)])
    assert found.parts[0].k == pytest.approx(0.6, abs=0.06) and found.parts[1].k == pytest.approx(0.15, abs=0.06)
    assert found.parts[0].sigma2 == pytest.approx(1.0, rel=0.2)


def test_same_places_do_not_drive_the_spread_to_nought() -> None:
    reach, window = Reach(20.0, 10.0), Window(0.0, 800.0, BOX)
    drawn = simulate(2.0, everywhere, [Part(0, 0.5, 0.3, 0.0001)], window, reach, 3)
    points = replace(drawn, x=np.round(drawn.x, 1), y=np.round(drawn.y, 1))
    found = fit(replace(sample_of(points, window, reach, 1, (0,)), least_sigma2=0.01), [Part(0, 0.3, 0.2, 3.0)])
    assert found.parts[0].sigma2 == pytest.approx(0.01, rel=0.05) and found.parts[0].k == pytest.approx(0.5, abs=0.06)


def test_events_without_contagion_give_none() -> None:
    reach, window = Reach(20.0, 10.0), Window(0.0, 1500.0, BOX)
    points = simulate(2.0, everywhere, [], window, reach, 3)
    found = fit(sample_of(points, window, reach, 1, (0,)), [Part(0, 0.3, 0.2, 3.0)])
    assert found.parts[0].k < 0.05
