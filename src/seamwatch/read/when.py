"""A report's own date, in the many ways that people and programs write it."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from seamwatch.clock import parse_published
from seamwatch.errors import ModelError
from seamwatch.model import PublishedPrecision
from seamwatch.read.words import MONTHS

RULE = "a date such as 2018-02-25T12:00+03:00, 25 February 2018, 25/02/2018 (day first) or RFC 2822"
YEARS = range(1900, 2101)

_MONTH = {name: number for number, names in MONTHS.items() for name in names}
_MONTH_WORDS = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_DIGITS = {ord(d): str(n % 10) for n, d in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))

_ISO = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?Z?)?")
# "25 February 2018", "25th of Feb., 2018", "٢٥ فبراير/شباط ٢٠١٨", "25ی شوباتی 2018"
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|ی|ي)? ?(?:of |من |[-/ ])?({_MONTH_WORDS})(?:ی|ي)?\.?"
    rf"(?: ?/ ?(?:{_MONTH_WORDS}))?,?[-/ ]?(?:ساڵی )?(\d{{4}}|\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(rf"({_MONTH_WORDS})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_MONTH_ONLY = re.compile(rf"({_MONTH_WORDS})(?:ی|ي)?\.?(?: ?/ ?(?:{_MONTH_WORDS}))?,? (\d{{4}})")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)? ?(am|pm|a\.m\.|p\.m\.|ص|م)? ?(utc|gmt|z|[+-]\d\d:?\d\d)?(?![\d:])"
)
# Date-time group: 182230CMAR22, 191105 APR 18, 18 2230Z MAR 2022
_DTG = re.compile(
    r"(?<!\d)([0-3]\d) ?([0-2]\d)([0-5]\d) ?([A-Z])? ?([A-Z]{3})[A-Z]* ?(\d{4}|\d\d)(?!\d)", re.IGNORECASE
)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")

When = tuple[datetime | None, date | None, PublishedPrecision | None]


def read_when(raw: object, *, utc_offset_hours: float = 0.0) -> When:
    """A written date as (moment in UTC, its calendar day, precision); see `seamwatch.clock.parse_published`.

    Takes ISO 8601, RFC 2822, dates in words (English, Arabic, Sorani), in digits with the day first, date-time groups,
    and seconds since 1970. A time without zone is on the area's clock. Raises ModelError on anything else.
    """
    text = " ".join(str(raw).translate(_DIGITS).translate(_MARKS).split()) if raw is not None else ""
    if not text:
        return None, None, None
    if len(text) > 200:
        raise ModelError(f"got {len(text)} characters", where="published", rule=RULE)
    try:
        found = _iso(text, utc_offset_hours) or _epoch(raw) or read_dtg(text, utc_offset_hours=utc_offset_hours)
        found = found or _rfc(text, utc_offset_hours) or _words(text.lower(), utc_offset_hours)
        if found and found[0] and found[0].year in YEARS:
            return found
    except (ValueError, OverflowError) as error:
        raise ModelError(f"got {text!r}", where="published", rule=RULE) from error
    raise ModelError(f"got {text!r}", where="published", rule=RULE)


def read_dtg(text: str, *, utc_offset_hours: float = 0.0) -> When | None:
    """The first date-time group in a text ("182230CMAR22"), or None. No letter or J: the area's clock."""
    for found in _DTG.finditer(text):
        day, hour, minute, letter, name, year = found.groups()
        month = _MONTH.get(name.lower())
        if month is None:
            continue
        offset = _zone_letter(letter, utc_offset_hours)
        try:
            moment = datetime(_year(year), month, int(day), int(hour), int(minute), tzinfo=offset)
        except ValueError:
            continue  # digits that only look like a group
        return moment.astimezone(UTC), moment.date(), "minute"
    return None


def when_in_name(name: str) -> When:
    """The day in a file's name ("2023-12-03-raid.txt", "report_20231203.pdf"), or nothing."""
    for found in _IN_NAME.finditer(name):
        try:
            return _day(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue  # eight digits that are no date
    return None, None, None


def _iso(text: str, offset_hours: float) -> When | None:
    if text.isdigit() and len(text) == 4:
        return parse_published(text)
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, _ = compact.groups()
        if int(year) in YEARS:
            if hour is None:
                return _day(int(year), int(month), int(day))
            zone = UTC if text.endswith("Z") else _zone(offset_hours)
            return _moment(datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=zone))
    if not (found := _ISO.fullmatch(text)):
        return None
    *_, clock, zone_text = found.groups()
    if clock is None:
        return parse_published(text)
    moment = datetime.fromisoformat(f"{text[:10]}T{clock.replace(',', '.')}{zone_text or ''}")
    return _moment(moment if moment.tzinfo else moment.replace(tzinfo=_zone(offset_hours)))


def _epoch(raw: object) -> When | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 1e8 <= raw < 1e13:
        seconds = raw / 1000 if raw >= 1e11 else raw
        return _moment(datetime.fromtimestamp(seconds, UTC))
    return None


def _rfc(text: str, offset_hours: float) -> When | None:
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", text):
        return None
    moment = parsedate_to_datetime(text)
    return _moment(moment if moment.tzinfo else moment.replace(tzinfo=_zone(offset_hours)))


def _words(text: str, offset_hours: float) -> When | None:
    text = text.replace("،", ",").replace(" - ", " ").replace(" at ", " ").replace(" | ", " ")
    for pattern, read in _FORMS:
        for found in (pattern.match(text), pattern.search(text)):
            if found:
                year, month, day = read(*found.groups())
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return _with_clock(_day(year, month, day), rest, offset_hours)
    if found := _MONTH_ONLY.fullmatch(text):
        return datetime(int(found[2]), _MONTH[found[1]], 1, tzinfo=UTC), None, "month"
    return None


def _with_clock(found: When, rest: str, offset_hours: float) -> When:
    clock, day = _CLOCK.search(rest), found[1]
    if clock is None or day is None:
        return found
    hour, minute, half, zone = clock.groups()
    hours = int(hour) % 12 + (12 if half[0] in "pم" else 0) if half else int(hour)
    if zone is None:
        offset = _zone(offset_hours)
    elif zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        offset = _zone((int(digits[:2]) + int(digits[2:]) / 60) * (-1 if zone[0] == "-" else 1))
    else:
        offset = UTC
    return _moment(datetime(day.year, day.month, day.day, hours, int(minute), tzinfo=offset))


def _numeric(first: str, second: str, year: str) -> tuple[int, int, int]:
    day, month = int(first), int(second)
    if month > 12 >= day:  # month first is the only way to read it
        day, month = month, day
    return _year(year), month, day


_FORMS = (
    (_YEAR_FIRST, lambda y, m, d: (int(y), int(m), int(d))),
    (_DAY_MONTH, lambda d, m, y: (_year(y), _MONTH[m], int(d))),
    (_MONTH_DAY, lambda m, d, y: (_year(y), _MONTH[m], int(d))),
    (_NUMERIC, _numeric),
)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _day(year: int, month: int, day: int) -> When:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"no such day: {year}-{month}-{day}")
    return datetime(year, month, day, tzinfo=UTC), date(year, month, day), "day"


def _moment(moment: datetime) -> When:
    return moment.astimezone(UTC), moment.date(), "minute"


def _zone(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


def _zone_letter(letter: str | None, offset_hours: float) -> timezone:
    """Military time zones: A to M without J are +1 to +12, N to Y are -1 to -12, Z is UTC, J the local one."""
    letter = (letter or "J").upper()
    if letter in "ABCDEFGHIKLM":
        return _zone("ABCDEFGHIKLM".index(letter) + 1)
    if letter in "NOPQRSTUVWXY":
        return _zone(-("NOPQRSTUVWXY".index(letter) + 1))
    return UTC if letter == "Z" else _zone(offset_hours)
