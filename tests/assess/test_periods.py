"""Weeks and months up to the last day known."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.assess.periods import periods
from seamwatch.errors import ConfigError


def test_weeks_are_counted_back_from_the_last_day() -> None:
    span = periods("week", date(2017, 1, 1), date(2017, 1, 17))
    assert len(span) == 2 and span.first_day(0) == date(2017, 1, 4) and span.last_day(1) == date(2017, 1, 17)
    days = np.array(["2017-01-03", "2017-01-04", "2017-01-10", "2017-01-11", "2017-01-18"], "datetime64[D]")
    assert span.of(days).tolist() == [-1, 0, 0, 1, -1]


def test_months_are_whole_ones() -> None:
    span = periods("month", date(2016, 11, 2), date(2017, 2, 27))
    assert [str(d) for d in span.starts] == ["2016-12-01", "2017-01-01"] and span.last == date(2017, 1, 31)
    assert len(periods("month", date(2016, 11, 1), date(2017, 2, 28))) == 4


@given(st.dates(date(1990, 1, 1), date(2010, 1, 1)), st.integers(62, 900), st.sampled_from(["week", "month"]))
def test_each_day_of_a_period_is_in_it(first: date, days: int, unit: str) -> None:
    last = date.fromordinal(first.toordinal() + days)
    span = periods(unit, first, last)
    for i in range(len(span)):
        ends = np.array([span.first_day(i), span.last_day(i)], "datetime64[D]")
        assert span.of(ends).tolist() == [i, i]
    assert first <= span.first_day(0) and span.last <= last


def test_no_whole_period_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no whole month"):
        periods("month", date(2017, 1, 2), date(2017, 2, 2))
