from __future__ import annotations

import numpy as np
import pytest
from assess.effect.invented import CHANGE, source

from seamwatch.assess.effect.placebo import CannotTell, Placebos
from seamwatch.assess.effect.synthetic import Synthetic, synthetic
from seamwatch.errors import ModelError

RATES = [0.8, *np.linspace(0.3, 1.5, 11)]


def found(**more):
    options = {key: more.pop(key) for key in ("donors", "without") if key in more}
    made = synthetic(source(RATES, season=0.6, **more), ("a0",), CHANGE, step_days=728, **options)
    assert isinstance(made, Synthetic)
    return made


def test_a_known_change_is_measured_and_stands_out():
    made = found(times=2.0)
    low, best, high = made.ratio
    assert 1.7 < best < 2.3 and 1.2 < low < best < high
    assert made.placebo_areas.p == pytest.approx(1 / 12) and made.placebo_dates.p == pytest.approx(1 / 3)
    assert made.fit > 0.5 and np.nanmax(np.abs(made.placebo_areas.ratios - 1)) < 0.5


def test_without_a_change_nothing_stands_out():
    made = found(times=1.0, seed=5)
    assert made.ratio[0] < 1.0 < made.ratio[2] and made.placebo_areas.p > 0.1


def test_the_choice_of_comparison_areas_never_looks_after_the_change():
    calm, wild = found(times=1.0), found(times=6.0)
    assert calm.donors == wild.donors and calm.penalty == wild.penalty
    assert np.array_equal(calm.paths.weights, wild.paths.weights)
    assert np.array_equal(calm.placebo_gaps, wild.placebo_gaps)
    assert np.array_equal(calm.placebo_dates.ratios, wild.placebo_dates.ratios)


def test_neighbours_and_areas_set_apart_are_no_comparison():
    touching = np.zeros((12, 12), bool)
    touching[0, 1] = touching[1, 0] = True
    made = found(touching=touching, without=("a2",))
    assert "a1" not in made.donors and "a2" not in made.donors and len(made.donors) == 9
    named = found(touching=touching, donors=tuple(f"a{n}" for n in range(1, 10)))
    assert set(named.donors) == {f"a{n}" for n in range(1, 10)}


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ({"rates": RATES, "days_after": 76}, "0 full periods of 91 days after 2012-07-01"),
        ({"rates": RATES[:7]}, "6 comparison areas with 6 events"),
        ({"rates": [0.001, *RATES[1:]]}, "events before the change; 12 are needed"),
    ],
)
def test_what_the_data_cannot_carry_is_refused_with_the_reason(made, why):
    told = synthetic(source(**made), ("a0",), CHANGE)
    assert isinstance(told, CannotTell) and why in " ".join(told.reasons)


def test_an_effect_without_placebos_cannot_be_made():
    none = np.empty(0)
    with pytest.raises(ModelError, match="no placebo area"):
        Placebos("area", (), none, none, 1.0, 0)


def test_rank_counts_the_true_one_and_either_sign():
    one = Placebos("date", ("a", "b", "c"), np.ones(3), np.array([-3.0, 1.0, 2.0]), 2.0, 0)
    assert one.p == 3 / 4
    assert Placebos("date", ("a",), np.ones(1), np.array([0.5]), -2.0, 0).p == 1 / 2


def test_nine_in_ten_placebos_and_the_next_one_are_within_reach():
    ranked = Placebos("date", tuple("abcdefghijk"), np.ones(11), np.arange(11.0) - 20.0, 2.0, 0)
    assert ranked.reach(0.9) == 20.0 and ranked.reach(0.5) == 15.0
    assert Placebos("date", ("a",), np.ones(1), np.ones(1), 2.0, 0).reach(0.9) == float("inf")
