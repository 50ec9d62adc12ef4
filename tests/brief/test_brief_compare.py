import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.brief.compare import LEAST_TOTAL, compare, ratio_interval

COUNTS = st.integers(0, 60)


@settings(max_examples=40)
@given(COUNTS, COUNTS)
def test_interval_holds_the_ratio_and_turns_round(now: int, before: int) -> None:
    low, high = ratio_interval(now, before)
    ratio = now / before if before else math.inf
    assert now + before == 0 or low <= ratio <= high
    back = ratio_interval(before, now)
    assert low == pytest.approx(1 / back[1] if back[1] else math.inf, rel=1e-6)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        (5, 1, 0.5594916942, 236.4876929),
        (12, 4, 0.9092319809, 12.76234447),
        (0, 7, 0.0, 0.6938139801),
        (7, 0, 1.441308519, math.inf),
        (30, 10, 1.427408470, 6.879301771),
    ],
)
def test_interval_is_clopper_and_pearsons(now: int, before: int, low: float, high: float) -> None:
    # reference: quantiles of scipy.stats.beta, turned from shares into ratios
    assert ratio_interval(now, before) == (pytest.approx(low, rel=1e-8), pytest.approx(high, rel=1e-8))


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (0, 0, "too_few"),
        (5, 0, "too_few"),
        (6, 0, "more"),
        (0, 6, "fewer"),
        (10, 8, "no_clear_change"),
        (40, 10, "more"),
    ],
)
def test_verdicts(now: int, before: int, verdict: str) -> None:
    assert compare("attacks", now, before, covered=True).verdict == verdict


def test_no_verdict_without_reports_of_the_time_before() -> None:
    assert compare("attacks", 40, 0, covered=False).verdict == "not_covered"


def test_below_the_least_total_no_split_could_be_told_from_chance() -> None:
    most = ratio_interval(LEAST_TOTAL - 1, 0)
    assert most[0] <= 1
    assert ratio_interval(LEAST_TOTAL, 0)[0] > 1
