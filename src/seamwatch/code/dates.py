"""Dates in folded text, reckoned from the report's day, and how long things lasted."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from seamwatch.code.date_rules import RULES
from seamwatch.code.day_words import Context, DateHit, DateKind, clock_minutes
from seamwatch.code.tokens import Token, counted_behind, tokenise

__all__ = ["DateHit", "DateKind", "DurationHit", "find_dates", "find_durations"]


@dataclass(frozen=True, slots=True)
class DurationHit:
    """How long something lasted, told at ``start:end`` of the folded text."""

    start: int
    end: int
    minutes: int


@functools.lru_cache(maxsize=8)
def find_dates(text: str, lang: str, day: date | None) -> tuple[DateHit, ...]:
    """All dates of a folded text, in order, without overlap. ``day`` is the report's day (None where not known)."""
    found = tokenise(text, lang)
    symbols = found.language.symbols
    years = [(t.start, t.value) for t in found.tokens if t.symbol in (symbols["year"], symbols["ymd"], symbols["dtg"])]
    hits: list[DateHit] = []
    for rule, tokens, at in found.matches("dates"):
        context = Context(found, day, hits, years)
        counted = counted_behind(found.language, tokens)
        rule, tokens = ("month", tokens[:counted]) if counted else (rule, tokens)
        try:
            got = RULES[rule](context, tokens, at)
        except (OverflowError, ValueError):  # days before year 1 or after 9999: no date of a report
            got = None
        if got is not None:
            core = _without_edges(context, tokens)
            hits.append(DateHit(core[0].start, core[-1].end, got[0], got[1], clock_minutes(context, tokens)))
    return tuple(hits)


def _without_edges(context: Context, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without punctuation at the end."""
    while len(tokens) > 1 and context.is_a(tokens[-1], "comma", "dash", "of", "the", "on", "at", "in"):
        tokens = tokens[:-1]
    return tokens


@functools.lru_cache(maxsize=8)
def find_durations(text: str, lang: str) -> tuple[DurationHit, ...]:
    """How long things lasted: "for about twenty minutes", "an hour-long clash", "for an hour and a half"."""
    found = tokenise(text, lang)
    context = Context(found, None, (), ())
    hits: list[DurationHit] = []
    for _, tokens, at in found.matches("durations"):
        after = found.tokens[at + len(tokens) : at + len(tokens) + 1]
        minutes = _minutes(context, tokens)
        if minutes and not context.pick(after, "ago", "later", "last"):
            core = [t for t in tokens if not context.is_a(t, "for", "lasting", "word")]
            hits.append(DurationHit(core[0].start, core[-1].end, minutes))
    return tuple(hits)


def _minutes(context: Context, tokens: Sequence[Token]) -> int:
    units = context.pick(tokens, "time_unit")
    unit = units[0].value
    at = tokens.index(units[0])
    before, after = tokens[:at], tokens[at + 1 :]
    numbers = context.pick(before, "num", "several")
    halves = context.pick(before, "half")
    total = numbers[0].value * unit if numbers else 0 if halves else unit
    if halves:
        total += unit // 2
    if context.pick(after, "half"):
        total += unit // 2
    elif context.pick(after, "quarter"):
        total += unit // 4
    elif extra := context.pick(after, "num"):
        total += extra[0].value * (units[1].value if len(units) > 1 else 1)
    return total
