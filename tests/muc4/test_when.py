"""Days of incidents: those that a text names, and those that its wording counts back from its own day."""

import pytest

from benchmarks.muc4.alike import FIRST_DAY
from benchmarks.muc4.templates import templates
from benchmarks.muc4.when import named_days

BOMB = "a powerful bomb exploded {} at a bank in downtown lima, police reported.  two passersby were wounded."
DAYS = [
    ("on 5 september", "1989-09-05"),
    ("on tuesday 5 september", "1989-09-05"),
    ("on 5 september 1989", "1989-09-05"),
    ("yesterday", "1989-09-05"),
    ("last night", "1989-09-05"),
    ("on tuesday", "1989-09-05"),
    ("this morning", "1989-09-06"),
]


@pytest.mark.parametrize(("wording", "day"), DAYS)
def test_a_day_told_in_a_text_with_a_dateline(wording: str, day: str) -> None:
    text = "LIMA, 6 SEP 89 (RADIO) -- [TEXT] " + BOMB.format(wording).upper()
    assert day in {t["date_to"] for t in templates(text)}


NAMED = [
    ("on 5 september 1989", ["1989-09-05"], True),
    ("on september 5, 1989", ["1989-09-05"], True),
    ("on tuesday, 5 september 89", ["1989-09-05"], True),
    ("the 19th of july", ["1986-07-19", "1987-07-19", "1988-07-19", "1989-07-19", "1990-07-19"], False),
    ("on 29 february", ["1988-02-29"], False),
]


@pytest.mark.parametrize(("wording", "days", "year"), NAMED)
def test_days_named_with_and_without_their_year(wording: str, days: list[str], year: bool) -> None:
    from datetime import date

    (named,) = named_days(wording)
    assert [date.fromordinal(FIRST_DAY + d).isoformat() for d in named.days] == days
    assert named.year is year


@pytest.mark.parametrize("wording", ["31 june", "2 marches", "in may", "0 jan"])
def test_what_is_no_day(wording: str) -> None:
    assert named_days(wording) == []


def test_a_weekday_tells_which_year_a_day_is_of() -> None:
    (named,) = named_days("sunday 12 november")
    assert named.agreeing == (False, False, False, True, False)
