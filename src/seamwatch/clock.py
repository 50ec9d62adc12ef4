"""Time: UTC inside, local calendar days of the report outside. No wall clock is read but through `now`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from seamwatch.errors import ModelError
from seamwatch.model import PublishedPrecision


def now() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def parse_published(raw: str | None) -> tuple[datetime | None, date | None, PublishedPrecision | None]:
    """A report's own date as (moment in UTC, its calendar day, precision) from ISO 8601 text.

    "2018-02-25T12:00+03:00" is a minute, "2018-02-25" a day, "2018-02" a month and "2018" a year; a month or year gives
    no day, since nothing may be dated by it. A time without zone is taken as UTC. Raises ModelError on anything else.
    """
    if raw is None or not raw.strip():
        return None, None, None
    text = raw.strip()
    try:
        if len(text) == 4 and text.isdigit():
            return datetime(int(text), 1, 1, tzinfo=UTC), None, "year"
        if len(text) == 7 and text[4] == "-":
            return datetime(int(text[:4]), int(text[5:]), 1, tzinfo=UTC), None, "month"
        moment = datetime.fromisoformat(text)
        day = moment.date()
        if len(text) == 10:
            return datetime(day.year, day.month, day.day, tzinfo=UTC), day, "day"
        return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)), day, "minute"
    except (ValueError, OverflowError) as error:
        rule = "ISO 8601: 2018-02-25T12:00+03:00, 2018-02-25, 2018-02 or 2018"
        raise ModelError(f"got {raw!r}", where="published", rule=rule) from error


def week_start(day: date) -> date:
    """The Sunday on or before a day: the week runs Sunday to Saturday (codebook, small rulings)."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def month_id(day: date) -> int:
    """VIEWS' number of a month: January 1980 is 1."""
    return (day.year - 1980) * 12 + day.month


def month_first(number: int) -> date:
    """The first day of the month of a month_id."""
    return date(1980 + (number - 1) // 12, (number - 1) % 12 + 1, 1)
