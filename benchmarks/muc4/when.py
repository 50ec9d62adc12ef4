"""When: days that a text names, seen from the day of its dateline or from the month that its words suggest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.muc4.model import Floats, Judgement, score, softmax
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.register import MONTHS
from benchmarks.muc4.words import Row, document_row, normed

PERIODS = tuple((year, month) for year in (1988, 1989, 1990, 1991) for month in range(1, 13))
PERIOD_BUCKETS = 1 << 12
_MONTH = "|".join(f"{m}[a-z]*" for m in MONTHS)
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b(?:,? (?:19)?([89]\d)\b)?"
    rf"|\b({_MONTH}) (\d{{1,2}})\b(?:, 19([89]\d)\b)?"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = re.compile(
    rf"\b(today|this (?:morning|afternoon|evening)|tonight|yesterday|last night|{'|'.join(_WEEKDAYS)})\b"
)
_BACK = {"yesterday": 1, "last night": 1}


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and its sentence."""

    day: date
    sentence: int
    explicit: bool


def period_row(reading: Reading) -> Row:
    """The words of a text in the few buckets of the months' model."""
    row: Row = {}
    for at, value in document_row(reading).items():
        row[at % PERIOD_BUCKETS] = row.get(at % PERIOD_BUCKETS, 0.0) + value
    return normed(row)


def report_day(reading: Reading, months: Floats) -> tuple[date, bool]:
    """The day of the dateline, else a day in the month that the text's words suggest; whether it is known."""
    if reading.prepared.day:
        return reading.prepared.day, True
    weights = softmax(score(period_row(reading), months))
    nearby = weights + 0.5 * (np_shift(weights, 1) + np_shift(weights, -1))
    named = [m for m, _ in _months_named(reading)]
    best = max(range(len(PERIODS)), key=lambda i: float(nearby[i]) * (3.0 if PERIODS[i][1] in named else 1.0))
    year, month = PERIODS[best]
    last = max((d for m, d in _months_named(reading) if m == month), default=20)
    return date(year, month, min(max(last, 1), 28)), False


def np_shift(values: Floats, by: int) -> Floats:
    """Values moved along by one, the ends nought."""
    out = values * 0
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def days(reading: Reading, reported: date, known: bool) -> list[Day]:
    """Days that a text names, in order; words like yesterday only where the day of the report is known."""
    lower = reading.prepared.lower
    found = []
    for match in _DAY.finditer(lower):
        number, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        day = _on(int(number), MONTHS.index(name[:3]) + 1, year, reported)
        if day:
            found.append(Day(day, reading.sentence_at(match.start()), True))
    for match in _RELATIVE.finditer(lower) if known else ():
        word = match[1]
        back = (reported.weekday() - _WEEKDAYS.index(word)) % 7 if word in _WEEKDAYS else _BACK.get(word, 0)
        found.append(Day(reported - timedelta(days=back), reading.sentence_at(match.start()), False))
    return sorted(found, key=lambda d: d.sentence)


def best_days(reading: Reading, judgement: Judgement, kind: int, months: Floats) -> tuple[date, date]:
    """First and last day of an incident of a kind: the day named nearest to what tells of it, else a guess."""
    reported, known = report_day(reading, months)
    oldest = reported - timedelta(days=70 if known else 100)
    listed = [
        d for d in days(reading, reported, known) if oldest <= d.day <= reported + timedelta(days=0 if known else 45)
    ]
    tells = judgement.sentences[:, kind]
    ranked = sorted(listed, key=lambda d: (-float(tells[d.sentence]), not d.explicit))
    if ranked and float(tells[ranked[0].sentence]) >= 0.35 * float(tells.max()):
        return ranked[0].day, ranked[0].day
    if known:
        return reported, reported
    guess = reported - timedelta(days=15)
    return guess, guess


def _on(number: int, month: int, year: str | None, reported: date) -> date | None:
    """A day of a month, in the year that puts it nearest before the day of the report."""
    try:
        if year:
            return date(1900 + int(year), month, number)
        near = (date(reported.year + d, month, number) for d in (-1, 0, 1))
        return min(near, key=lambda d: abs((d - reported).days))
    except ValueError:  # 31 of June
        return None


def _months_named(reading: Reading) -> list[tuple[int, int]]:
    """Months and days of the month that a text names without a year."""
    out = []
    for match in _DAY.finditer(reading.prepared.lower):
        number, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        if not year:
            out.append((MONTHS.index(name[:3]) + 1, int(number)))
    return out
