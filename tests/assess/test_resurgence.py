"""Resurgence: false alarms at the stated rate, rises found, the unjudged told."""

import numpy as np
from assess.tables import negative_binomial, table

from seamwatch.assess.resurgence import judge


def test_a_doubled_rate_is_found_and_stands_first() -> None:
    rng = np.random.default_rng(1)
    counts = negative_binomial(rng, np.full((12, 164), 3.0), 0.2)
    counts[4, -8:] = negative_binomial(rng, np.full(8, 9.0), 0.2)
    found = judge(table(counts), 8)
    assert found[0].area == "area 4" and found[0].rises()
    assert found[0].p_more is not None and found[0].p_more > 0.95
    assert sum(r.rises() for r in found) == 1


def test_q_is_benjamini_and_hochbergs() -> None:
    counts = np.random.default_rng(2).poisson(3.0, (9, 164))
    found = judge(table(counts), 8)
    p = [r.p for r in found if r.p is not None]
    steps = [p[k] * 9 / (k + 1) for k in range(9)]
    assert np.allclose([r.q for r in found if r.q is not None], [min(1.0, *steps[k:]) for k in range(9)])


def test_false_alarms_come_at_the_stated_rate() -> None:
    rng = np.random.default_rng(4)
    counts = negative_binomial(rng, np.full((120, 164), 2.0), 0.5)
    found = judge(table(counts), 8, reporting=False)
    alarms = sum(r.p is not None and r.p <= 0.05 for r in found)
    assert alarms <= 12  # 6 expected; more than 12 with a chance of 0.7 %


def test_an_area_that_cannot_be_judged_says_so_and_has_no_figure() -> None:
    counts = np.zeros((2, 164), np.int64)
    counts[0] = np.random.default_rng(3).poisson(3.0, 164)
    counts[1, 5] = 2
    *_, last = judge(table(counts), 8)
    assert last.area == "area 1" and last.expected is last.p is last.p_more is None and "not enough" in last.word
    assert not last.rises()
