"""How each kind of date word is reckoned from the report's day: one function a rule of ``language.toml``.

The codebook rules: a night spans that day and the next; an evening, "late Thursday" or a clock time is one day; a
weekday is the latest one on or before the report's day; a missing year is the nearest past one; a month, a year or
"last month" alone is background. Without the report's day, relative words give nothing.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from seamwatch.clock import week_start
from seamwatch.code.day_words import (
    BACKGROUND_DAYS,
    Context,
    DateKind,
    calendar_day,
    clock_minutes,
    day_of,
    named_day,
    weekday_of,
)
from seamwatch.code.tokens import Token
from seamwatch.model import DateSpan

SENTENCE_TOKENS = 40  # a clock time belongs to the day named this many tokens before, in its sentence

Found = tuple[DateSpan, DateKind] | None


# ---- single days


def _one_day(context: Context, tokens: Sequence[Token], at: int) -> Found:
    named = named_day(context, tokens)
    if named is None:
        return None
    first, kind, is_night = named
    if clock_minutes(context, tokens) is not None:
        return DateSpan(first, first, "hour"), kind
    if is_night or context.pick(tokens, "night", "overnight"):
        if context.pick(tokens, "overnight") and (first == context.day or context.pick(tokens, "into", "to")):
            first -= timedelta(days=1)  # "overnight into Wednesday"
        return DateSpan(first, first + timedelta(days=1), "night"), kind
    return DateSpan(first, first), kind


def _day_of_week(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """A weekday of a week: "on Monday of last week"."""
    weekday, week = context.pick(tokens, "weekday"), context.pick(tokens, "week_word")
    named = context.day and _week(context, tokens, at)
    if not named or not weekday or not week:
        return None
    found = week_start(named[0].first) + timedelta(days=weekday[0].value % 7)
    if context.day and found > context.day:
        return None
    night = bool(context.pick(tokens, "night"))
    return DateSpan(found, found + timedelta(days=int(night)), "night" if night else "day"), "weekday"


def _week_of(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """ "In the week to 14 July", "the week of 8 July"."""
    named = calendar_day(context, tokens)
    if named is None:
        return None
    ends = bool(context.pick(tokens, "to"))
    first, last = (named - timedelta(days=6), named) if ends else (named, named + timedelta(days=6))
    if context.day and first <= context.day < last:
        last = context.day
    return DateSpan(first, last, "week"), "vague"


# ---- several days


def _span(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """From one day to another: two weekdays, two dates, or two numbers and a month."""
    ends = _ends(context, tokens)
    if ends is None:
        return None
    first, last, kind = ends
    if first > last or (last - first).days > 366:
        return None
    night = (last - first).days == 1 and bool(context.pick(tokens, "night", "overnight", "evening"))
    return DateSpan(first, last, "night" if night else "span" if first < last else "day"), kind


def _ends(context: Context, tokens: Sequence[Token]) -> tuple[date, date, DateKind] | None:
    months, numbers = context.pick(tokens, "month"), context.pick(tokens, "num", "ord")
    years = context.pick(tokens, "year")
    anchors = context.pick(tokens, "weekday", "month", "today", "ymd", "dtg")
    if len(months) == 1 and len(numbers) >= 2 and not context.pick(tokens, "weekday", "today"):
        last = calendar_day(context, [numbers[1], months[0], *years])
        first = last and day_of(last.year, last.month, numbers[0].value)
        if last and not first:
            return None
        return (first, last, "absolute") if first and last else None
    divider = _divider(context, tokens, anchors)
    if divider is None:
        return None
    left, right = tokens[:divider], tokens[divider + 1 :]
    ending = named_day(context, right)
    if ending is None:
        return None
    beginning = named_day(replace(context, day=ending[0]) if context.day else context, left)
    if beginning is None:
        return None
    first = beginning[0]
    if context.pick(left, "weekday") and not context.pick(left, "month") and first == ending[0]:
        first -= timedelta(days=7)
    return first, ending[0], ending[1]


def _divider(context: Context, tokens: Sequence[Token], anchors: Sequence[Token]) -> int | None:
    """Where the first day ends and the second begins: the joining word before the last anchor."""
    if len(anchors) < 2:
        return None
    low, high = tokens.index(anchors[0]), tokens.index(anchors[-1])
    for names in (("to", "into", "onto"), ("and",), ("dash",)):
        for at in range(high - 1, low, -1):
            if context.is_a(tokens[at], *names):
                return at
    return None


def _since(context: Context, tokens: Sequence[Token], at: int) -> Found:
    named = named_day(context, tokens)
    if named is None:
        return None
    first, kind, _ = named
    if context.day is None or first > context.day or (context.day - first).days > BACKGROUND_DAYS:
        return DateSpan(first, first), "past"
    return DateSpan(first, context.day, "span" if first < context.day else "day"), kind


def _past_span(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """From so long before, as in "over the past 48 hours", to the report's day."""
    days = _days(context, tokens)
    told = context.pick(tokens, "num", "several", "last", "recent") or any(
        t.value for t in context.pick(tokens, "past_span")
    )
    if context.day is None or days is None or not told:  # "within a week" says nothing of when
        return None
    if days > BACKGROUND_DAYS:
        return DateSpan(context.day - timedelta(days=days), context.day, "span"), "past"
    vague = bool(context.pick(tokens, "several")) or not context.pick(tokens, "num", "several", "time_unit")
    span = DateSpan(context.day - timedelta(days=max(days, 1)), context.day, "span")
    return span, "vague" if vague else "relative"


def _ago(context: Context, tokens: Sequence[Token], at: int) -> Found:
    days = _days(context, tokens)
    if context.day is None or days is None:
        return None
    if context.pick(tokens, "month_word", "year_word"):
        return DateSpan(context.day - timedelta(days=days), context.day - timedelta(days=days), "month"), "past"
    units = context.pick(tokens, "day_word", "week_word")
    counted = context.pick(tokens, "num", "a", "time_unit") or all(u.value > 0 for u in units)
    several = context.pick(tokens, "several")
    if several or not counted:  # "several days ago", "days ago"
        unit = context.pick(tokens, "week_word")
        return DateSpan(context.day - timedelta(days=30 if unit else 7), context.day, "span"), "vague"
    return DateSpan(context.day - timedelta(days=days), context.day - timedelta(days=days)), "relative"


def _days(context: Context, tokens: Sequence[Token]) -> int | None:
    """A number and a unit as days, rounded up; hours within a day are that day (0)."""
    units = context.pick(tokens, "time_unit", "day_word", "week_word", "month_word", "year_word")
    if not units:
        return None
    numbers = context.pick(tokens, "num", "several")
    amount = numbers[0].value if numbers else 1
    if context.is_a(units[0], "time_unit"):
        minutes = amount * units[0].value
        return 0 if minutes < 12 * 60 else -(-minutes // (24 * 60))
    return amount * abs(units[0].value)  # below nought: a plural, which says "some days" where no number does


def _week(context: Context, tokens: Sequence[Token], at: int) -> Found:
    if context.day is None or context.pick(tokens, "next"):
        return None
    start = week_start(context.day)
    if context.pick(tokens, "last"):
        return DateSpan(start - timedelta(days=7), start - timedelta(days=1), "week"), "vague"
    if start == context.day and context.pick(tokens, "early"):  # said on a Sunday, it means the week before
        start -= timedelta(days=7)
    return DateSpan(start, context.day, "week"), "vague"


def _weekend(context: Context, tokens: Sequence[Token], at: int) -> Found:
    if context.day is None or context.pick(tokens, "next"):
        return None
    saturday = weekday_of(context.day, 6, bool(context.pick(tokens, "last")))
    return DateSpan(saturday, min(saturday + timedelta(days=1), context.day), "span"), "vague"


def _month(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """A month alone, named or counted from the report's: background."""
    months, years = context.pick(tokens, "month"), context.pick(tokens, "year")
    if context.pick(tokens, "next"):
        return None
    if months:
        if years:
            year = years[0].value
        elif context.day is not None:
            number = months[0].value
            year = context.day.year - ((number // 100 if number > 99 else number) > context.day.month)
        else:
            return None
        month = months[0].value
    elif context.day is not None:
        back = 0 if context.pick(tokens, "this") else 1
        year, month = divmod(context.day.year * 12 + context.day.month - 1 - back, 12)
        month += 1
    else:
        return None
    if month > 99:
        begins = day_of(year, month // 100, month % 100)
        return (DateSpan(begins, begins + timedelta(days=30), "month"), "past") if begins else None
    end = calendar.monthrange(year, month)[1]
    first, last = 1, end
    if early := context.pick(tokens, "early"):
        last = end if early[0].value == EARLIER else 10
    elif context.pick(tokens, "middle"):
        first, last = 10, 20
    elif context.pick(tokens, "late"):
        first = 20
    begins, ends = date(year, month, first), date(year, month, last)
    if context.day is not None and begins <= context.day and (year, month) == (context.day.year, context.day.month):
        return DateSpan(begins, min(ends, context.day), "month"), "vague"
    return DateSpan(begins, ends, "month"), "past"


def _day_of_month(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """A day of the current or last month: "the fifth of this month"."""
    numbers = context.pick(tokens, "num", "ord")
    if context.day is None or not numbers:
        return None
    back = 1 if context.pick(tokens, "last") else 0
    if not context.pick(tokens, "this", "last") and numbers[0].value > context.day.day:
        back = 1
    year, month = divmod(context.day.year * 12 + context.day.month - 1 - back, 12)
    found = day_of(year, month + 1, numbers[0].value)
    if found is None or found > context.day:
        return None
    night = bool(context.pick(tokens, "night"))
    return DateSpan(found, found + timedelta(days=int(night)), "night" if night else "day"), "absolute"


def _year(context: Context, tokens: Sequence[Token], at: int) -> Found:
    years = context.pick(tokens, "year")
    if years:
        year = years[0].value
    elif context.day is not None and not context.pick(tokens, "next"):
        year = context.day.year - (0 if context.pick(tokens, "this") else 1)
    else:
        return None
    return DateSpan(date(year, 1, 1), date(year, 12, 31), "span"), "past"


def _recent(context: Context, tokens: Sequence[Token], at: int) -> Found:
    if context.day is None:
        return None
    units = context.pick(tokens, "day_word", "week_word")
    counted = units[0].value if units[0].value not in (1, 7) else 0  # a dual says how many
    days = counted if counted > 0 else 30 if context.is_a(units[0], "week_word") else 7
    return DateSpan(context.day - timedelta(days=days), context.day, "span"), "vague"


def _overnight(context: Context, tokens: Sequence[Token], at: int) -> Found:
    if context.day is None:
        return None
    return DateSpan(context.day - timedelta(days=1), context.day, "night"), "relative"


EARLIER = 1  # value of "earlier", which leaves open how early
SAME_NIGHT = 10  # value of "that night"
PREVIOUS_NIGHT = -10  # of "the previous night"


def _same(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """Words like "the same day", "the next day": reckoned from the date told before; the report's where none is."""
    word = context.pick(tokens, "same")[0].value
    before = [h for h in context.hits if h.kind != "past" and (h.span.last - h.span.first).days <= 1]
    nights = [h for h in before if h.span.precision == "night"]
    if nights and word == SAME_NIGHT:
        base = nights[-1].span.first
    elif before:
        base = before[-1].span.first
    elif context.day is not None and word in (0, SAME_NIGHT, PREVIOUS_NIGHT):
        base = context.day
    else:
        return None
    if word == PREVIOUS_NIGHT:
        return DateSpan(base - timedelta(days=1), base, "night"), "relative"
    if word == SAME_NIGHT or (word == 0 and context.pick(tokens, "night")):
        return DateSpan(base, base + timedelta(days=1), "night"), "relative"
    return DateSpan(base + timedelta(days=word), base + timedelta(days=word)), "relative"


def _clock_alone(context: Context, tokens: Sequence[Token], at: int) -> Found:
    """A clock time: on the day that its sentence named before, else on the report's."""
    if clock_minutes(context, tokens) is None:
        return None
    ends = (context.text.language.symbols["stop"], context.text.language.symbols["line"])
    since = max(at - SENTENCE_TOKENS, 0)
    for place in range(at - 1, since - 1, -1):
        if context.text.tokens[place].symbol in ends:
            since = place
            break
    begin = context.text.tokens[since].start
    for hit in reversed(context.hits):
        if hit.start < begin:
            break
        if hit.kind in ("absolute", "weekday", "relative"):
            return DateSpan(hit.span.first, hit.span.first, "hour"), "relative"
    return (DateSpan(context.day, context.day, "hour"), "relative") if context.day else None


RULES: Mapping[str, Callable[[Context, Sequence[Token], int], Found]] = {
    "day": _one_day,
    "day_of_week": _day_of_week,
    "week_of": _week_of,
    "span": _span,
    "since": _since,
    "past_span": _past_span,
    "ago": _ago,
    "week": _week,
    "weekend": _weekend,
    "month": _month,
    "day_of_month": _day_of_month,
    "year": _year,
    "recent": _recent,
    "overnight": _overnight,
    "same": _same,
    "clock": _clock_alone,
}
