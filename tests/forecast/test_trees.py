from dataclasses import replace

import numpy as np
import pytest

from seamwatch.errors import ModelError
from seamwatch.forecast.task import Panel, Task
from seamwatch.forecast.trees import BOUNDS, Settings, Trees, asked_rows, bin_of, cases, draws, fit, joined, known_of

QUICK = Settings(n_trees=60, n_leaves=5, learning_rate=0.15)
LEADS = (3, 4, 5, 8)


def two_kinds(areas: int = 40, months: int = 96, seed: int = 0) -> Panel:
    """Half of the areas never see violence, half see Poisson counts with a mean of 3, all far from each other."""
    rng = np.random.default_rng(seed)
    rate = np.where(np.arange(areas) % 2, 3.0, 0.0)
    counts = rng.poisson(rate[:, None], (areas, months)).astype(np.int32)
    return Panel(np.arange(areas), np.linspace(-60, 60, areas), np.full(areas, 10.0), 241, counts)


def task_of(panel: Panel, **more) -> Task:
    return Task(panel, LEADS, 200, 5, {}, **more)


def test_chances_of_two_kinds_of_area_are_learnt():
    made = Trees(with_pool=False, settings=QUICK).draw(task_of(two_kinds()))
    assert made.shape == (40, 4, 200) and made.dtype == np.int32
    assert (made[::2] > 0).mean() < 0.03
    assert (made[1::2] > 0).mean() == pytest.approx(1 - np.exp(-3), abs=0.04)
    assert made[1::2].mean() == pytest.approx(3, abs=0.4)


def test_the_same_task_gives_the_same_draws_and_another_seed_others():
    task = task_of(two_kinds())
    first, again = (Trees(settings=QUICK).draw(task) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert (first != Trees(settings=QUICK).draw(replace(task, seed=6))).any()


def test_a_fit_sees_nothing_after_its_last_month():
    panel = two_kinds()
    changed = panel.counts.copy()
    changed[:, 72:] = 500
    known, other = (known_of(task_of(p), QUICK) for p in (panel, replace(panel, counts=changed)))
    last = panel.first_month + 71
    one, two = (fit(k, LEADS, last, QUICK, 1) for k in (known, other))
    assert one.booster.model_to_string() == two.booster.model_to_string()
    for values, others in zip(one.values, two.values, strict=True):
        np.testing.assert_array_equal(values, others)


def test_cases_end_by_the_last_month():
    known = known_of(task_of(two_kinds()), QUICK)
    last = known.panel.last_month - 30
    rows = cases(known, LEADS, last, QUICK, np.random.default_rng(0))
    assert (known.origins[rows.origin] + rows.lead).max() <= last
    assert set(np.unique(rows.lead)) == set(LEADS)


def test_shares_of_draws_are_the_chances():
    known = known_of(task_of(two_kinds()), QUICK)
    fitted = fit(known, LEADS, known.panel.last_month, QUICK, 1)
    chances = fitted.chances(known, asked_rows(known, LEADS))
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (chances >= 0).all()
    made = draws(chances, fitted, 1000, np.random.default_rng(0))
    shares = np.stack([(bin_of(made) == k).mean(axis=1) for k in range(len(BOUNDS) + 1)], axis=1)
    np.testing.assert_allclose(shares, chances, atol=0.0021)


def test_bins_are_the_challenges():
    assert bin_of(np.array([0, 1, 2, 3, 5, 6, 1000, 1001])).tolist() == [0, 1, 1, 2, 2, 3, 9, 10]


def test_a_pool_gives_neither_the_panels_own_places_nor_places_of_later():
    panel = Panel(np.arange(2), np.array([36.25, 36.75]), np.array([44.25, 44.25]), 241, np.ones((2, 60), np.int32))
    counts = np.ones((4, 80), np.int32)
    counts[3, :60] = 0  # violence only after the panel's end
    pool = Panel(np.arange(4), np.array([36.25, 37.25, 10.0, 12.0]), np.array([44.25, 44.25, 20.0, 20.0]), 241, counts)
    joint, taken = joined(panel, pool)
    assert taken.tolist() == [False, True, True, False]
    assert joint.counts.shape == (4, 60)


def test_a_pool_that_starts_earlier_is_aligned():
    panel, pool = two_kinds(4), two_kinds(8, 108, 1)
    early = replace(pool, lon=pool.lon + 90, first_month=panel.first_month - 12)
    joint, taken = joined(panel, early)
    assert joint.first_month == panel.first_month
    np.testing.assert_array_equal(joint.counts[4:], early.counts[taken][:, 12:])


def test_a_pool_that_ends_too_early_is_refused():
    with pytest.raises(ModelError, match="pool"):
        joined(two_kinds(4), two_kinds(8, 95, 1))


def test_a_pool_teaches_how_wars_end():
    """The panel's only war is a year old; the pool's wars of the same size were all over after 15 months."""
    rng = np.random.default_rng(2)
    own, theirs = np.zeros((10, 96), np.int32), np.zeros((60, 96), np.int32)
    own[:, 84:] = rng.poisson(60, (10, 12))
    for row, start in enumerate(rng.integers(0, 75, 60)):
        theirs[row, start : start + 15] = rng.poisson(60, (15,))
    panel = Panel(np.arange(10), np.linspace(-60, 60, 10), np.zeros(10), 241, own)
    pool = Panel(np.arange(60), np.linspace(-60, 60, 60), np.full(60, 90.0), 241, theirs)
    task = replace(task_of(panel, pool=pool, pool_extra={}), leads=(8,))
    assert (Trees(settings=QUICK).draw(task) > 0).mean() < 0.5
    assert (Trees(False, QUICK).draw(task) > 0).mean() > 0.5
