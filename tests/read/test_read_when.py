"""Dates as people and programs write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.errors import ModelError
from seamwatch.read.when import read_dtg, read_when, when_in_name

DAY = date(2018, 2, 25)


@pytest.mark.parametrize(
    "raw",
    [
        *("2018-02-25", "20180225", 20180225, "2018/02/25", "25/02/2018", "25.2.2018", "25-02-2018", "25/02/18"),
        *("02/25/2018", "25 February 2018", "25 Feb. 2018", "Sunday, 25th of February 2018", "February 25, 2018"),
        *("25 شباط 2018", "٢٥ فبراير/شباط ٢٠١٨", "الأحد، 25 فبراير 2018", "٢٥ی شوباتی ٢٠١٨", "25ی شوباتی ساڵی 2018"),
        *("\u200f25/02/2018\u200f", "25-Feb-2018"),
    ],
)
def test_days(raw):
    assert read_when(raw, utc_offset_hours=3) == (datetime(2018, 2, 25, tzinfo=UTC), DAY, "day")


@pytest.mark.parametrize(
    "raw",
    [
        *("2018-02-25T22:30+03:00", "2018-02-25 22:30 +0300", "2018-02-25T22:30:00", "2018-02-25T19:30Z"),
        *("Sun, 25 Feb 2018 22:30:00 +0300", "25 February 2018 at 10:30 pm", "25/02/2018 22:30", "252230CFEB18"),
        *("252230 FEB 18", "251930Z FEB 2018", "25 شباط 2018 10:30 م", 1519587000, 1519587000000),
    ],
)
def test_moments_on_the_areas_clock(raw):
    published, day, precision = read_when(raw, utc_offset_hours=3)
    assert (published, day, precision) == (datetime(2018, 2, 25, 19, 30, tzinfo=UTC), DAY, "minute")


def test_a_moment_keeps_the_day_of_its_own_zone():
    assert read_when("2018-02-26T01:00+03:00")[:2] == (datetime(2018, 2, 25, 22, tzinfo=UTC), date(2018, 2, 26))


@pytest.mark.parametrize(("raw", "precision"), [("2018", "year"), ("2018-02", "month"), ("شباط 2018", "month")])
def test_a_month_or_year_gives_no_day(raw, precision):
    assert read_when(raw)[1:] == (None, precision)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u200f"])
def test_nothing(raw):
    assert read_when(raw) == (None, None, None)


@pytest.mark.parametrize("raw", ["soon", "31/02/2018", "99999999", "0202-02-02", "2018-13-01", {"a": 1}, "x" * 300, 7])
def test_what_is_no_date_says_so(raw):
    with pytest.raises(ModelError, match="rule: a date such as"):
        read_when(raw)


@settings(deadline=None)
@given(st.one_of(st.text(), st.from_regex(r"[0-9/:.T+ -]{1,25}"), st.integers(), st.floats()))
def test_nothing_but_a_model_error_comes_out(raw):
    try:
        published, day, _ = read_when(raw, utc_offset_hours=3)
    except ModelError:
        return
    assert published is None or published.tzinfo is UTC
    assert day is None or abs((datetime.combine(day, datetime.min.time(), UTC) - published).days) <= 2


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2069, 12, 31)))
def test_every_day_reads_back(day):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y"):
        assert read_when(day.strftime(form))[1] == day


def test_groups_of_other_zones_and_false_groups():
    assert read_dtg("UNIT 5, TIME 182230ZMAR22.")[0] == datetime(2022, 3, 18, 22, 30, tzinfo=UTC)
    assert read_dtg("182230RMAR22")[0] == datetime(2022, 3, 19, 3, 30, tzinfo=UTC)
    assert read_dtg("312599 FEB 22, 182230 XXX 22") is None


def test_names_of_files():
    assert when_in_name("2023-12-03-raid.txt")[1] == date(2023, 12, 3)
    assert when_in_name("report_20231203 (2).pdf")[1] == date(2023, 12, 3)
    assert when_in_name("2023-13-99 and 12345678901.txt") == (None, None, None)
