"""Figures in folded text: counts with their bounds, and figures that count nothing (years, ranks, distances).

Bounds follow the codebook: "at least 13" and "more than 10" are open upwards, "several" is two or more, "dozens" 24 or
more, "up to five" is none to five, "about 30" is 30.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from seamwatch.code.tokens import counted_behind, tokenise
from seamwatch.errors import PackError
from seamwatch.model import Figure

AGES = range(10, 100)
NumberKind = Literal[
    "count",
    "date",
    "clock",
    "year",
    "ordinal",
    "unit",
    "label",
    "duration",
    "distance",
    "calibre",
    "weight",
    "degree",
    "age",
    "money",
    "percent",
    "decimal",
]


@dataclass(frozen=True, slots=True)
class NumberHit:
    """A figure at ``start:end`` of the folded text. Only kind ``count`` counts people or things.

    ``bound`` is how the words bound it: plain, about, at_least, up_to, range, several.
    """

    start: int
    end: int
    figure: Figure
    kind: NumberKind
    bound: str = "plain"


def _range(values: list[int]) -> Figure:
    low, high = values[0], values[-1]
    return Figure(low, high) if low <= high else Figure.exactly(high)


_BOUNDS: Mapping[str, Callable[[list[int]], Figure]] = {
    "plain": lambda v: Figure.exactly(v[0]),
    "about": lambda v: Figure.exactly(v[0]),
    "at_least": lambda v: Figure(v[0], None),
    "several": lambda v: Figure(v[0], None),
    "up_to": lambda v: Figure(0, v[0]),
    "range": _range,
}


@functools.lru_cache(maxsize=8)
def find_numbers(text: str, lang: str) -> tuple[NumberHit, ...]:
    """All figures of a folded text, in order, without overlap."""
    found = tokenise(text, lang)
    s = found.language.symbols
    counted = (s["num"], s["year"], s["several"])
    hits: list[NumberHit] = []
    for rule, tokens, _ in found.matches("numbers"):
        values = [t.value for t in tokens if t.symbol in counted]
        if rule == "age" and tokens[0].symbol == s["comma"]:  # "a shepherd, 34, was shot"
            tokens = tokens[1:2]
            rule = "age" if tokens[0].first and values[0] in AGES else "plain"
        if rule == "date" and len(tokens) == 2 and counted_behind(found.language, tokens):
            rule, tokens = "plain", tokens[1:]
        if rule not in _BOUNDS:
            figure = Figure.exactly(values[0] if values else tokens[0].value)
            hits.append(NumberHit(tokens[0].start, tokens[-1].end, figure, _kind(rule)))
            continue
        if rule == "up_to" and tokens[0].symbol == s["less_than"]:
            values = [max(values[0] - 1, 0)]
        hits.append(NumberHit(tokens[0].start, tokens[-1].end, _BOUNDS[rule](values), "count", rule))
    return tuple(hits)


def _kind(rule: str) -> NumberKind:
    for kind in get_args(NumberKind):
        if rule == kind:
            return cast(NumberKind, kind)
    raise PackError(f"rule {rule!r}", where="language.toml numbers", rule=f"one of {', '.join(get_args(NumberKind))}")
