"""When: the days that a text may mean, named, counted back from its own day, or told of by texts like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.muc4 import alike as likes
from benchmarks.muc4.closeness import Closeness, closeness, near_signals
from benchmarks.muc4.model import Floats, Judgement, probability, softmax
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.register import MONTHS
from benchmarks.muc4.roles import Candidate

RECENT = 62  # days that a report looks back
LEAST = 0.1  # probability below which no day is given
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_NOW = "today|this morning|this afternoon|this evening|tonight|tomorrow|gmt on"
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = "|".join(_WEEK)
_DAY = re.compile(
    rf"(?:\b(?P<now>{_NOW})[, ]{{1,3}})?(?:\b(?P<week>{_WEEKDAYS})[, ]{{1,3}})?\b(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_MONTH})\b(?:,? (?:of )?(?:19)?(?P<y1>[789]\d)\b)?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})\b(?:, 19(?P<y2>[789]\d)\b)?)"
)
_RELATIVE = re.compile(
    rf"\b(today|this morning|this afternoon|this evening|at dawn|at noon|tonight|yesterday|last night|last evening"
    rf"|{_WEEKDAYS})\b"
)
_BACK = {"yesterday": 1, "last night": 1, "last evening": 1}
_BEFORE = ("on", "since", "until", "of", "the", "before", "after")
SOURCES = ("year", "named", "now", "week", "back", "today", "report", "eve", "recent", "alike")


@dataclass(frozen=True, slots=True)
class Named:
    """A day and month that a text names, with the days that they may be, and how it stands there."""

    days: tuple[int, ...]
    agreeing: tuple[bool, ...]  # whether each day is of the weekday given with it
    start: int
    year: bool
    now: bool
    week: bool
    before: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A day that an incident may be of: why, and in what sentence (-1: in none)."""

    day: int
    source: str
    sentence: int
    before: str = ""


def named_days(lower: str) -> list[Named]:
    """The days and months that a text names, in order, each with the days that they may be."""
    found = []
    for match in _DAY.finditer(lower):
        number = int(match["d1"] or match["d2"])
        month = MONTHS.index((match["m1"] or match["m2"])[:3]) + 1
        short = match["y1"] or match["y2"]
        days = []
        for year in (1900 + int(short),) if short else (1986, 1987, 1988, 1989, 1990):
            try:
                day = date(year, month, number).toordinal() - likes.FIRST_DAY
            except ValueError:  # 31 of June
                continue
            days.append(day)
        agreeing = tuple(not match["week"] or _weekday(d) == _WEEK.index(match["week"]) for d in days)
        words = lower[max(0, match.start() - 20) : match.start()].split()
        if days:
            before = words[-1] if words else ""
            found.append(
                Named(
                    tuple(days), agreeing, match.start(), bool(short), bool(match["now"]), bool(match["week"]), before
                )
            )
    return found


def report_signals(named: Sequence[Named], votes: Floats) -> Floats:
    """For each day what speaks for its being the day of the text: (DAYS, signals)."""
    marks = np.zeros((3, likes.DAYS))
    week = np.zeros(likes.DAYS)
    for mention in named:
        for day, agrees in zip(mention.days, mention.agreeing, strict=True):
            if 0 <= day < likes.DAYS:
                marks[0, day] = 1
                marks[1, day] = max(marks[1, day], mention.now)
                marks[2, day] += 1 if not mention.year else 0
                if mention.week:
                    week[day : day + 30] = 1.0 if agrees else -1.0
    back = [_moved(marks[0], k) for k in range(7)]
    older = np.max([_moved(marks[0], k) for k in range(7, 32)], axis=0)
    ahead = np.max([_moved(marks[0], -k) for k in range(1, 8)], axis=0)
    often = np.max([_moved(np.minimum(marks[2], 4), k) for k in range(5)], axis=0)
    logs = np.log(votes + 1e-5)
    rows = [*logs, *back, older, ahead, marks[1], _moved(marks[1], 1), often, week]
    return np.stack(rows, axis=1)


def report_days(reading: Reading, named: Sequence[Named], likenesses: Floats, model: likes.Alike) -> Floats:
    """The probability of each day's being that of the text: certain with a dateline."""
    if reading.prepared.day:
        at = reading.prepared.day.toordinal() - likes.FIRST_DAY
        if 0 <= at < likes.DAYS:
            return only(at)
    scores: Floats = report_signals(named, likes.day_votes(likenesses, model)) @ model.report
    return softmax(scores)


def only(day: int) -> Floats:
    """The probabilities of the days where one is certain."""
    out = np.zeros(likes.DAYS)
    out[day] = 1
    return out


def guesses(reading: Reading, named: Sequence[Named], report: Floats, events: dict[int, float]) -> list[Guess]:
    """The days that an incident of a text may be of."""
    found = []
    likely = np.convolve(report, np.ones(RECENT), "same")
    for mention in named:
        rank = {d: (a, _at(likely, d)) for d, a in zip(mention.days, mention.agreeing, strict=True)}
        day = max(mention.days, key=lambda d: rank[d])
        source = "year" if mention.year else "now" if mention.now else "week" if mention.week else "named"
        found.append(Guess(day, source, reading.sentence_at(mention.start), mention.before))
    own = int(report.argmax())
    for match in _RELATIVE.finditer(reading.prepared.text.lower()):
        word, sentence = match[1], reading.sentence_at(match.start())
        if word in _WEEK:
            found.append(Guess(own - (_weekday(own) - _WEEK.index(word)) % 7, "week", sentence))
        else:
            back = _BACK.get(word, 0)
            found.append(Guess(own - back, "back" if back else "today", sentence))
    middle = int(np.searchsorted(report.cumsum(), 0.5))
    found += [Guess(own, "report", -1), Guess(own - 1, "eve", -1), Guess(middle - 15, "recent", -1)]
    best = sorted(events, key=lambda d: -events[d])[:4]
    return found + [Guess(day, "alike", -1) for day in best]


def day_signals(listed: Sequence[Guess], close: Closeness, report: Floats, events: dict[int, float]) -> Floats:
    """For each guess what speaks for its being right, guesses of one day together."""
    own, peak = int(report.argmax()), float(report.max())
    told = np.cumsum(np.concatenate([[0], report]))
    around = [told[min(own + w + 1, likes.DAYS)] - told[max(0, own - w)] for w in (3, 31)]
    stated = {g.sentence for g in listed if g.sentence >= 0}
    best = max(stated, key=lambda s: close.kind[s] + 2 * close.held[s], default=-1)
    rows = []
    for guess in listed:
        same = [g for g in listed if g.day == guess.day]
        sources = {g.source for g in same}
        placed = [g for g in same if g.sentence >= 0]
        nearest = max(placed, key=lambda g: _telling(close, g), default=None)
        near = near_signals(close, nearest.sentence) if nearest else [0.0] * 11
        last = told[min(max(guess.day + RECENT + 1, 0), likes.DAYS)]
        within = float(last - told[min(max(guess.day, 0), likes.DAYS)])
        gap = own - guess.day
        rival = max((_telling(close, g) for g in listed if g.sentence >= 0 and g.day != guess.day), default=-8.0)
        lead = _telling(close, nearest) - rival if nearest else -rival
        unstated = float(not stated)
        rows.append(
            [
                *(float(s in sources) for s in SOURCES),
                *near, float(nearest is not None and nearest.sentence == best), float(bool(placed)),
                within, _at(report, guess.day), _at(report, guess.day + 1), np.log(events.get(guess.day, 0) + 0.01),
                peak, *around, peak * float("report" in sources), around[0] * float(not placed),
                float(gap < 0), float(0 <= gap <= 3), float(gap > RECENT), min(max(gap, 0), 90) / 90,
                unstated * float("report" in sources), unstated * float("eve" in sources),
                unstated * float("alike" in sources), unstated * float("recent" in sources),
                min(len(same), 4) / 4, float(nearest is not None and nearest.source in ("back", "today")),
                float(nearest is not None and nearest.before == "on"), float(nearest is not None and nearest.before
                in ("since", "until", "after", "before", "from")), min(len(listed), 12) / 12,
                lead / 8 * float(nearest is not None), lead / 8 * float(nearest is None),
                float(nearest is not None and lead > 0), lead / 8 * float("report" in sources),
                float(nearest is not None and lead > 0) * float(nearest.source in ("back", "week")) if nearest else 0.0,
                1.0,
            ]
        )  # fmt: skip
    return np.array(rows)


def best_days(
    reading: Reading, judgement: Judgement, kind: int, own: Sequence[Candidate]
) -> tuple[date, date] | tuple[None, None]:
    """First and last day of an incident of a kind with these fillers; nothing where no day is likely enough."""
    model = likes.load()
    named = named_days(reading.prepared.text.lower())
    likenesses = likes.likeness(likes.word_buckets(reading), model)
    report = report_days(reading, named, likenesses, model)
    events = likes.event_votes(likenesses, model, kind).days
    listed = guesses(reading, named, report, events)
    signals = day_signals(listed, closeness(reading, judgement, kind, own), report, events)
    scores = probability(signals @ model.chosen[int(reading.prepared.day is not None)])
    at = int(scores.argmax())
    if scores[at] < LEAST:
        return None, None
    day = date.fromordinal(likes.FIRST_DAY + listed[at].day)
    return day, day


def _telling(close: Closeness, guess: Guess) -> float:
    return float(close.kind[guess.sentence] + 2 * close.held[guess.sentence])


def _moved(values: Floats, by: int) -> Floats:
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    elif by < 0:
        out[:by] = values[-by:]
    else:
        out[:] = values
    return out


def _at(values: Floats, day: int) -> float:
    return float(values[day]) if 0 <= day < len(values) else 0.0


def _weekday(day: int) -> int:
    return (date.fromordinal(likes.FIRST_DAY + day)).weekday()
