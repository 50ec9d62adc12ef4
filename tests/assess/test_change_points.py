"""Change points: none in a changeless series at the stated rate, the true one found and held by its interval."""

from datetime import date, timedelta

import numpy as np
import pytest
from assess.tables import negative_binomial
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.assess.change_points import ChangePoints, change_points
from seamwatch.assess.periods import Periods, periods

LAST = date(2017, 12, 31)


def weeks(n: int) -> Periods:
    return periods("week", LAST - timedelta(days=7 * n - 1), LAST)


def found(counts: np.ndarray, **more: int) -> ChangePoints:
    return change_points(counts, weeks(len(counts)), **more)


def test_a_tripled_rate_is_found_where_it_is() -> None:
    rng = np.random.default_rng(1)
    counts = negative_binomial(rng, np.where(np.arange(150) < 90, 2.0, 6.0), 0.2)
    (change,) = (made := found(counts)).changes
    truth = weeks(150).first_day(90)
    assert change.earliest <= truth <= change.latest and (change.latest - change.earliest).days < 200
    assert abs((change.day - truth).days) <= 28 and made.p == 0.005
    before, after = made.segments
    assert before.low < 2 < before.high < after.low < 6 < after.high
    assert before.last + timedelta(days=1) == after.first == change.day


def test_up_and_down_again_are_two_changes() -> None:
    rng = np.random.default_rng(2)
    counts = rng.poisson(np.repeat([1.0, 5.0, 1.0], 50))
    assert len(found(counts).changes) == 2


def test_false_alarms_come_at_the_stated_rate() -> None:
    rng = np.random.default_rng(3)
    alarms = sum(
        bool(found(negative_binomial(rng, np.full(100, 2.0), 0.5), n_shuffles=39, seed=k).changes) for k in range(100)
    )
    assert alarms <= 12  # 5 expected; more than 12 with a chance of 0.2 %


def test_too_few_events_are_not_judged() -> None:
    counts = np.zeros(100, np.int64)
    counts[:19] = 1
    none = found(counts)
    assert none.p is None and none.changes == () and "not enough: 19 events" in none.word
    assert found(np.full(20, 9)).p is None


@settings(max_examples=15)
@given(st.lists(st.integers(0, 9), min_size=40, max_size=60), st.integers(0, 3))
def test_segments_cover_the_series_and_keep_its_sum(values: list[int], seed: int) -> None:
    counts = np.array(values)
    made = found(counts, n_shuffles=19, seed=seed)
    if made.p is None:
        return
    assert len(made.segments) == len(made.changes) + 1
    assert made.segments[0].first == weeks(len(values)).first_day(0) and made.segments[-1].last == LAST
    days = [(s.last - s.first).days + 1 for s in made.segments]
    assert min(days) >= 42 and sum(s.rate * d / 7 for s, d in zip(made.segments, days, strict=True)) == pytest.approx(
        counts.sum()
    )
    assert all(c.earliest <= c.day <= c.latest for c in made.changes)


def test_the_same_seed_gives_the_same_answer() -> None:
    counts = np.random.default_rng(5).poisson(np.repeat([1.0, 3.0], 40))
    assert found(counts, seed=3) == found(counts, seed=3)
