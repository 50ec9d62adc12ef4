"""A report's own date: moment, calendar day in its own zone, precision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.clock import month_first, month_id, now, parse_published, week_start
from seamwatch.errors import ModelError


def test_local_day_is_kept_and_the_moment_is_utc() -> None:
    moment, day, precision = parse_published("2022-03-10T01:30+03:00")
    assert moment == datetime(2022, 3, 9, 22, 30, tzinfo=UTC)
    assert (day, precision) == (date(2022, 3, 10), "minute")


@pytest.mark.parametrize(
    ("raw", "day", "precision"),
    [("2022-03-10", date(2022, 3, 10), "day"), ("2022-03", None, "month"), ("2022", None, "year"), ("", None, None)],
)
def test_precisions(raw: str, day: date | None, precision: str | None) -> None:
    assert parse_published(raw)[1:] == (day, precision)


@pytest.mark.parametrize("raw", ["yesterday", "2022-13-01", "12/03/2016", "2022-02-30", "0000"])
def test_anything_else_is_one_clear_error(raw: str) -> None:
    with pytest.raises(ModelError, match="ISO 8601"):
        parse_published(raw)


@given(st.dates(date(1900, 1, 8), date(2100, 1, 1)))
def test_weeks_run_sunday_to_saturday(day: date) -> None:
    start = week_start(day)
    assert start.strftime("%A") == "Sunday" and timedelta(0) <= day - start < timedelta(7)


def test_now_is_utc() -> None:
    assert now().tzinfo is UTC


def test_months_as_views_counts_them() -> None:
    assert month_id(date(1980, 1, 31)) == 1
    assert month_id(date(2017, 10, 16)) == 454
    assert month_first(454) == date(2017, 10, 1)
    assert all(month_id(month_first(n)) == n for n in range(1, 700))
