"""The one day that words name, and the time of day, reckoned from the report's day."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from seamwatch.code.tokens import YEARS, Token, Tokens
from seamwatch.model import DateSpan

DateKind = Literal["absolute", "relative", "weekday", "vague", "past"]

BACKGROUND_DAYS = 60  # what lies further back is background (codebook)
YEAR_NEAR_CHARS = 300  # a date takes its year from one this near
NIGHT, NIGHT_BEFORE = 100, -101  # values of words that are a night in themselves: tonight, last night


@dataclass(frozen=True, slots=True)
class DateHit:
    """Days told at ``start:end`` of the folded text. ``clock`` is the local time in minutes where one is told."""

    start: int
    end: int
    span: DateSpan
    kind: DateKind
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at: the report's day, the hits before, the years told in the text."""

    text: Tokens
    day: date | None
    hits: Sequence[DateHit]
    years: Sequence[tuple[int, int]]  # place, year

    def is_a(self, token: Token, *names: str) -> bool:
        """Whether a token is of one of some classes."""
        symbols = self.text.language.symbols
        return token.symbol in [symbols[name] for name in names]

    def pick(self, tokens: Sequence[Token], *names: str) -> list[Token]:
        """The tokens of some classes."""
        symbols = self.text.language.symbols
        wanted = {symbols[name] for name in names}
        return [t for t in tokens if t.symbol in wanted]


def calendar_day(context: Context, tokens: Sequence[Token]) -> date | None:
    """The calendar day of a day, month and perhaps year; the nearest past one where the year is not told."""
    for token in context.pick(tokens, "ymd", "dtg"):
        if not token.value:
            return context.day and nearest_past(context.day, token.first, token.second)
        return _in_figures(context, token.value, token.first, token.second)
    months = context.pick(tokens, "month")
    if not months and (slashed := _slashed(context, tokens) or _counted_month(context, tokens)):
        return slashed
    numbers = [t for t in context.pick(tokens, "num", "ord") if not _inclock_minutes(context, tokens, t)]
    if not months or not numbers:
        return None
    month, number = months[0].value, min(numbers, key=lambda t: abs(t.start - months[0].start)).value
    years = context.pick(tokens, "year")
    if years:
        return day_of(years[0].value, month, number)
    if (short := _short_year(context, tokens, months[0])) is not None:
        return day_of(short, month, number)
    if context.day is not None:
        return nearest_past(context.day, month, number)
    near = [(abs(place - months[0].start), year) for place, year in context.years]
    near = [pair for pair in near if pair[0] <= YEAR_NEAR_CHARS]
    return day_of(min(near)[1], month, number) if near else None


def _in_figures(context: Context, year: int, month: int, number: int) -> date | None:
    """A date in figures: the day first, unless only the other order gives a day that has been."""
    told, turned = day_of(year, month, number), day_of(year, number, month)
    if told and turned and context.day and turned <= context.day < told:
        return turned
    return told or turned


def _slashed(context: Context, tokens: Sequence[Token]) -> date | None:
    """ "12/7", "12 / 07 / 2018"."""
    at = next((i for i, t in enumerate(tokens) if context.is_a(t, "slash")), None)
    if at is None or not context.is_a(tokens[at - 1], "num") or not context.is_a(tokens[at + 1], "num"):
        return None
    number, month = tokens[at - 1].value, tokens[at + 1].value
    if len(tokens) > at + 3 and context.is_a(tokens[at + 2], "slash"):
        year = tokens[at + 3].value
        return _in_figures(context, year if year > 99 else 2000 + year, month, number)
    if context.day is None:
        return None
    return nearest_past(context.day, month, number) or nearest_past(context.day, number, month)


def _counted_month(context: Context, tokens: Sequence[Token]) -> date | None:
    """The day and the number of a month side by side, as in Kurdish: "the 14th of the 7th of 2018", "of month 7"."""
    numbers = context.pick(tokens, "num")
    if len(numbers) != 2 or not context.pick(tokens, "year", "month_word"):
        return None
    number, month = numbers[0].value, numbers[1].value
    years = context.pick(tokens, "year")
    if years:
        return day_of(years[0].value, month, number)
    return context.day and nearest_past(context.day, month, number)


def _short_year(context: Context, tokens: Sequence[Token], month: Token) -> int | None:
    """The year of "12-Jul-18"."""
    at = tokens.index(month)
    after = tokens[at + 1 : at + 3]
    if at and len(after) == 2 and context.is_a(tokens[at - 1], "dash") and context.is_a(after[0], "dash"):
        return 2000 + after[1].value if context.is_a(after[1], "num") and after[1].value < 100 else None
    return None


def _inclock_minutes(context: Context, tokens: Sequence[Token], token: Token) -> bool:
    """Whether a number is an hour: beside am, pm, o'clock."""
    at = tokens.index(token)
    after = tokens[at + 1 : at + 2]
    before = tokens[max(at - 2, 0) : at]
    return bool(context.pick(after, "am", "pm", "oclock") or context.pick(before, "oclock_before"))


def day_of(year: int, month: int, number: int) -> date | None:
    """A calendar day, None where there is none. A month above 99 is one that begins on a day of another: 421 is the
    Kurdish month that begins on 21 April.
    """
    if month > 99:
        begins = day_of(year, month // 100, month % 100)
        return begins + timedelta(days=number - 1) if begins and 1 <= number <= 31 else None
    valid = 1 <= month <= 12 and year in YEARS and 1 <= number <= calendar.monthrange(year, month)[1]
    return date(year, month, number) if valid else None


def nearest_past(day: date, month: int, number: int) -> date | None:
    """The last such day on or before a day."""
    for year in range(day.year, day.year - 9, -1):  # nine years hold a 29 February
        found = day_of(year, month, number)
        if found is not None and found <= day:
            return found
    return None


def named_day(context: Context, tokens: Sequence[Token]) -> tuple[date, DateKind, bool] | None:
    """The day that words name: a date, else a weekday, else today or yesterday; and whether it is a night in itself."""
    dated = calendar_day(context, tokens)
    relative = context.pick(tokens, "today")
    is_night = any(t.value in (NIGHT, NIGHT_BEFORE) for t in relative)
    if dated is not None:
        return dated, "absolute", is_night
    if context.day is None or context.pick(tokens, "month", "ymd", "dtg"):
        return None
    weekdays = context.pick(tokens, "weekday")
    if weekdays:
        if context.pick(tokens, "next"):
            return None
        return weekday_of(context.day, weekdays[0].value, bool(context.pick(tokens, "last"))), "weekday", is_night
    if relative:
        offset = {NIGHT: 0, NIGHT_BEFORE: -1}.get(relative[0].value, relative[0].value)
        return context.day + timedelta(days=offset), "relative", is_night
    return None


def weekday_of(day: date, weekday: int, before: bool) -> date:
    """The latest such weekday on or before a day; ``before`` rules out the day itself."""
    back = (day.isoweekday() - weekday) % 7
    return day - timedelta(days=7 if before and back == 0 else back)


def clock_minutes(context: Context, tokens: Sequence[Token]) -> int | None:
    """The local time told, in minutes after midnight."""
    for at, token in enumerate(tokens):
        beside = tokens[at + 1 : at + 2]
        lead = tokens[max(at - 2, 0) : at]
        hourly = context.pick(beside, "am", "pm", "oclock") or context.pick(lead, "oclock_before")
        if context.is_a(token, "clock"):
            minutes = token.value
        elif context.is_a(token, "military") or context.pick(beside, "hrs"):
            minutes = token.value // 100 * 60 + token.value % 100
        elif context.is_a(token, "num", "ord") and (hourly or _at_hour(context, tokens, at)) and token.value <= 24:
            minutes = token.value * 60
        elif context.is_a(token, "decimal") and hourly and token.value <= 24 and token.first < 60:
            minutes = token.value * 60 + token.first
        else:
            continue
        rest = tokens[at + 1 : at + 4]
        if context.pick(rest, "half") and context.pick(rest, "and"):
            minutes += 30
        afternoon = context.pick(tokens, "pm", "evening") or (context.pick(tokens, "night") and minutes >= 6 * 60)
        if afternoon and minutes < 12 * 60:
            minutes += 12 * 60
        return minutes if minutes < 24 * 60 else 0
    return None


def _at_hour(context: Context, tokens: Sequence[Token], at: int) -> bool:
    """Whether an ordinal is an hour, as in Arabic "at the ninth"."""
    return context.is_a(tokens[at], "ord") and bool(context.pick(tokens[max(at - 1, 0) : at], "at"))
