import logging
from dataclasses import replace

import numpy as np
import pytest

from seamwatch.forecast import trees
from seamwatch.forecast.stack import (
    PRIOR,
    Blend,
    Memory,
    Stack,
    blend_of,
    memories,
    pool_weights,
    recalibrated,
    recalibration_of,
    too_little,
)
from seamwatch.forecast.task import Panel, Task

QUICK = trees.Settings(n_trees=40, n_leaves=5, learning_rate=0.15)
LEADS = (3, 6, 9)


def two_kinds(areas: int = 30, months: int = 120, seed: int = 0) -> Panel:
    rng = np.random.default_rng(seed)
    rate = np.where(np.arange(areas) < areas // 2, 0.02, 3.0)
    counts = rng.poisson(rate[:, None], (areas, months)).astype(np.int32)
    return Panel(np.arange(areas), np.linspace(-60, 60, areas), np.full(areas, 10.0), 241, counts)


def grid(side: int = 4, months: int = 60) -> Panel:
    lat, lon = (m.ravel() for m in np.meshgrid(35.25 + 0.5 * np.arange(side), 43.25 + 0.5 * np.arange(side)))
    counts = np.random.default_rng(1).poisson(0.4, (side * side, months)).astype(np.int32)
    return Panel(np.arange(side * side), lat, lon, 241, counts)


def test_draws_tell_quiet_areas_from_violent_ones():
    task = Task(two_kinds(), LEADS, 200, 5, {})
    made = Stack(QUICK).draw(task)
    assert made.shape == (30, 3, 200) and made.dtype == np.int32 and made.min() == 0
    assert (made[:14] > 0).mean() < 0.06
    assert (made[16:] > 0).mean() == pytest.approx(1 - np.exp(-3), abs=0.05)
    np.testing.assert_array_equal(made, Stack(QUICK).draw(task))


def test_nothing_after_the_panel_is_seen():
    panel = two_kinds()
    later = Panel(panel.areas, panel.lat, panel.lon, 241, np.hstack([panel.counts, np.full((30, 9), 700, np.int32)]))
    pool = replace(later, lon=later.lon + 90)
    one = Task(panel, LEADS, 50, 5, {}, pool.until(panel.last_month), {})
    two = Task(later.until(panel.last_month), LEADS, 50, 5, {}, pool, {})
    np.testing.assert_array_equal(Stack(QUICK).draw(one), Stack(QUICK).draw(two))


def test_the_better_member_gets_the_weight():
    rng = np.random.default_rng(0)
    likelihood = np.column_stack([rng.uniform(0.1, 0.3, 4000), rng.uniform(0.4, 0.6, 4000)])
    weights = pool_weights(likelihood, np.array([0.5, 0.5]), worth=100)
    assert weights.sum() == pytest.approx(1) and weights[1] > 0.95
    np.testing.assert_allclose(pool_weights(np.ones((50, 2)), np.array([0.7, 0.3]), worth=10), [0.7, 0.3])


def test_a_steady_world_trusts_its_memory_and_a_short_one_its_prior():
    task = Task(two_kinds(), LEADS, 50, 5, {})
    blend = blend_of(trees.known_of(task, QUICK), task, QUICK)
    assert sum(blend.weights) == pytest.approx(1) and min(blend.weights) >= 0
    assert min(blend.weights[0], blend.weights[1]) > 0.1
    short = replace(task, panel=Panel(np.arange(30), task.panel.lat, task.panel.lon, 241, task.panel.counts[:, :66]))
    assert blend_of(trees.known_of(short, QUICK), short, QUICK) == Blend(tuple(PRIOR.values()), 0.0, 1.0)


def test_a_recalibration_keeps_the_order_and_the_shares_of_the_bins():
    rng = np.random.default_rng(0)
    chances = rng.dirichlet([4, 1, 0.5], 300)
    some = 1 - chances[:, 0]
    for shift, power in ((0.0, 1.0), (0.5, 0.8), (-0.5, 1.2)):
        made = recalibrated(chances, shift, power)
        np.testing.assert_allclose(made.sum(axis=1), 1)
        assert (np.diff(1 - made[np.argsort(some), 0]) >= -1e-12).all()
        np.testing.assert_allclose(made[:, 1] / made[:, 2], chances[:, 1] / chances[:, 2], rtol=1e-6)
    np.testing.assert_allclose(recalibrated(chances, 0.0, 1.0), chances, atol=1e-8)
    odds = recalibrated(np.array([[0.5, 0.5]]), 1.0, 1.0)[0]
    assert np.log(odds[1] / odds[0]) == pytest.approx(1)


def test_forecasts_that_were_too_high_or_too_bold_are_mended():
    rng = np.random.default_rng(1)
    truth = rng.beta(0.5, 2, 20_000)
    came, odds = rng.random(20_000) < truth, np.log(truth / (1 - truth))
    high, bold = (1 / (1 + np.exp(-z)) for z in (odds + 1, 1.5 * odds))
    assert recalibration_of(high, came, 1)[0] == pytest.approx(-1, abs=0.15)
    assert recalibration_of(bold, came, 1)[1] < 0.8
    assert recalibration_of(truth, came, 1) == pytest.approx((0, 1), abs=0.06)
    few = slice(0, 20)
    assert abs(recalibration_of(high[few], came[few], 12)[0]) < 0.3  # little told, little done


def test_a_memory_is_the_share_of_its_months():
    panel = grid()
    member = Memory(panel, 12, np.eye(16, dtype=bool))
    chances = member.chances(np.array([5, 5]), np.array([panel.last_month, 270]))
    assert chances[0, 0] == pytest.approx((panel.counts[5, -12:] == 0).mean())
    assert chances[1, 0] == pytest.approx((panel.counts[5, 18:30] == 0).mean())
    made = member.draw(2, 1200, np.random.default_rng(0)).reshape(16, 2, 1200)
    np.testing.assert_array_equal(np.sort(made[5, 0])[50::100], np.sort(panel.counts[5, -12:]))


def test_neighbours_on_a_grid_are_the_eight_around():
    near = memories(grid())[1].near
    assert near.sum(axis=1).tolist() == [4, 6, 6, 4, 6, 9, 9, 6, 6, 9, 9, 6, 4, 6, 6, 4]


def test_too_little_history_is_said_and_answered_with_the_own_months(caplog):
    one = Panel(np.array([1]), np.array([36.0]), np.array([44.0]), 241, np.array([[0, 4, 0, 4, 4]], np.int32))
    task = Task(one, LEADS, 100, 1, {})
    assert "5 months" in too_little(task)
    with caplog.at_level(logging.WARNING):
        made = Stack().draw(task)
    assert "5 months" in caplog.text and "conflictology" in caplog.text
    assert set(np.unique(made)) == {0, 4} and (made > 0).mean() == pytest.approx(0.6, abs=0.03)
    quiet = Panel(np.arange(4), np.arange(4.0), np.zeros(4), 241, np.zeros((4, 90), np.int32))
    assert "0 area-months" in too_little(Task(quiet, LEADS, 10, 1, {}))


def test_districts_without_a_middle_are_forecast_too():
    panel = two_kinds()
    lat = panel.lat.copy()
    lat[20] = np.nan
    made = Stack(QUICK).draw(Task(replace(panel, lat=lat), LEADS, 50, 5, {}, replace(panel, lon=panel.lon + 90), {}))
    assert (made[20] > 0).mean() > 0.7
