"""A near-repeat table in words a duty officer can use, as text and as a heat table on an HTML page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from seamwatch.assess.near_repeat import FEWEST_EXPECTED, NOTABLE, NearRepeat

_DEEPEST = math.log(4.0)  # ratios of 4 and 1/4 have the deepest colours
_MORE, _LESS, _EVEN = (178, 24, 43), (33, 102, 172), (247, 247, 247)
_SPELT_WITH_AN = "AEFHILMNORSX"


def headline(result: NearRepeat) -> str:
    """One sentence: the ratio over the widest reach of distance and days whose every cell is notable.

    Among the reaches from the first day after on, the one of most cells; of equals, the one of the largest ratio. Cells
    with too few pairs for a ratio (often the same place) do not stand in the way, but the outermost must be notable.
    """
    fits = result.notable | np.isnan(result.ratio)
    earliest = int(np.argmax(np.asarray(result.bands.days) > 0))
    reaches = [
        ((row + 1) * (column + 1 - earliest), float(result.reach_ratio[row, column]), row, column)
        for row in range(result.bands.shape[0])
        for column in range(earliest, result.bands.shape[1])
        if result.notable[row, column] and fits[: row + 1, earliest : column + 1].all()
    ]
    after, another = _after(result.first), _another(result)
    if not reaches:
        return f"After {after}, no stretch of distance and days stands out from the usual risk of {another}."
    _, ratio, row, column = max(reaches)
    low, high = result.reach_low[row, column], result.reach_high[row, column]
    return (
        f"After {after}, {ratio:.1f} times ({low:.1f}–{high:.1f}) the usual risk of {another} within "
        f"{_km(result.bands.distances_km[row])} for {result.bands.days[column]} days."
    )


def notes(result: NearRepeat) -> list[str]:
    """What the table rests on and what it cannot tell, in sentences."""
    within = "over the whole period" if result.window == "none" else f"within the same {result.window}"
    told = [
        f"{result.events:,} events of one day each, {result.first_day} to {result.last_day}; as of {result.as_of}, "
        f"published {result.lag_days} days after they ended. Left out: "
        + ("; ".join(f"{n:,} {why}" for why, n in result.left_out.items()) or "none")
        + ".",
        f"Usual is the count when the events exchange their days {within} and keep their places (null hypothesis: the "
        f"days are exchangeable). p rests on {result.permutations} such exchanges. Knox 1964; Townsley, Johnson and "
        "Ratcliffe 2008.",
        f"Framed: at least {NOTABLE:g} times the usual count, p at most 0.05 after correction for looking at all "
        f"{result.observed.size} cells of this table, interval above 1. Grey: too few pairs for a ratio (fewer than "
        f"{FEWEST_EXPECTED:g} usual, or all seen in one twentieth of the period).",
        "Intervals (95 %): jackknife over 20 stretches of time, each left out in turn.",
        "Same day: whole-day dates do not tell which came first, and one attack reported twice falls there.",
    ]
    if result.window == "none":
        told.append("Days were exchanged over the whole period: hot spots that moved over time look like near repeats.")
    if result.shared_points > 0.2:
        told.append(
            f"{result.shared_points:.0%} of the events share their very coordinates with another: the same place here "
            "is often the same named town, not the same spot."
        )
    return told


def near_repeat_text(result: NearRepeat) -> str:
    """Headline, table and notes as plain text; * marks notable cells."""
    names = [_distance(result, row) for row in range(result.bands.shape[0])]
    columns = [_days(result, column) for column in range(result.bands.shape[1])]
    cells = [
        [
            _figures(result, row, column) + ("*" if result.notable[row, column] else " ")
            for column in range(len(columns))
        ]
        for row in range(len(names))
    ]
    wide, first = max(len(text) for line in [columns, *cells] for text in line), max(map(len, names))
    lines = [headline(result), "", " " * first + "".join(f"  {name:>{wide}}" for name in columns)]
    lines += [
        f"{name:<{first}}" + "".join(f"  {cell:>{wide}}" for cell in line)
        for name, line in zip(names, cells, strict=True)
    ]
    return "\n".join(
        [*lines, "", *(f"- {note.replace('Framed:', '*:').replace('Grey:', '-:')}" for note in notes(result))]
    )


def near_repeat_json(result: NearRepeat) -> dict[str, Any]:
    """The table for a program: plain values, None where a cell has no ratio or no interval."""
    distances, days = (0.0, *result.bands.distances_km), (-1, *result.bands.days)
    cells = [
        {
            "over_km": distances[row] if row else None,
            "to_km": distances[row + 1],
            "from_day": days[column] + 1,
            "to_day": days[column + 1],
            "observed": int(result.observed[row, column]),
            **{
                name: number_or_none(getattr(result, name)[row, column])
                for name in ("usual", "ratio", "low", "high", "p", "p_table")
            },
            "notable": bool(result.notable[row, column]),
        }
        for row, column in np.ndindex(result.bands.shape)
    ]
    days_told = {name: getattr(result, name).isoformat() for name in ("as_of", "first_day", "last_day")}
    plain = ("first", "second", "lag_days", "window", "permutations", "events", "left_out", "shared_points")
    told = {name: getattr(result, name) for name in plain}
    return {"headline": headline(result), **told, **days_told, "cells": cells, "notes": notes(result)}


def number_or_none(value: float) -> float | None:
    """The number, None where it is none or without bound."""
    return float(value) if math.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is drawn; ``title`` says all its figures."""

    x: int
    y: int
    fill: str
    ink: str
    ratio: str
    interval: str
    notable: bool
    title: str


def near_repeat_html(results: Sequence[NearRepeat], title: str = "Near repeats") -> str:
    """A page of its own (no outside requests) with a heat table for each result."""
    page = Environment(loader=PackageLoader("seamwatch.assess"), autoescape=True, undefined=StrictUndefined)
    tables = [
        {
            "headline": headline(result),
            "rows": [_distance(result, row) for row in range(result.bands.shape[0])],
            "columns": [_days(result, column) for column in range(result.bands.shape[1])],
            "cells": _cells(result),
            "notes": notes(result),
            "after": f"Days after {_after(result.first)}",
        }
        for result in results
    ]
    scale = [(text, _fill(value)) for text, value in (("¼", 0.25), ("½", 0.5), ("1", 1.0), ("2", 2.0), ("4", 4.0))]
    return page.get_template("near_repeat.html.j2").render(title=title, tables=tables, scale=scale)


def _cells(result: NearRepeat) -> list[Cell]:
    made = []
    for row, column in np.ndindex(result.bands.shape):
        ratio = float(result.ratio[row, column])
        shown = _figures(result, row, column).partition(" ")
        title = (
            f"{_distance(result, row)}, {_days(result, column)}: {result.observed[row, column]:,} pairs, "
            f"{result.usual[row, column]:,.1f} usual; p {result.p[row, column]:.3f}, "
            f"corrected for the whole table {result.p_table[row, column]:.3f}"
        )
        ink = "#fff" if math.isfinite(ratio) and abs(math.log(ratio)) > 0.75 * _DEEPEST else "#111"
        made.append(Cell(column, row, _fill(ratio), ink, shown[0], shown[2], bool(result.notable[row, column]), title))
    return made


def _fill(ratio: float) -> str:
    if not math.isfinite(ratio):
        return "#d9d9d9"
    depth = min(1.0, abs(math.log(ratio)) / _DEEPEST) if ratio > 0 else 1.0
    full = _MORE if ratio > 1 else _LESS
    return "#" + "".join(f"{round(e + depth * (f - e)):02x}" for e, f in zip(_EVEN, full, strict=True))


def _figures(result: NearRepeat, row: int, column: int) -> str:
    ratio = result.ratio[row, column]
    if not np.isfinite(ratio):
        return "-"
    return f"{ratio:.2f} ({result.low[row, column]:.2f}–{result.high[row, column]:.2f})"


def _after(name: str) -> str:
    if not name:
        return "an attack"
    shown = name.replace("_", " ")
    an = shown[0].upper() in "AEIOU" or (shown.isupper() and shown[0] in _SPELT_WITH_AN)
    return f"{'an' if an else 'a'} {shown}"


def _another(result: NearRepeat) -> str:
    if result.first and result.first == result.second:
        return f"another {result.second.replace('_', ' ')}"
    return _after(result.second) if result.second else "another attack"


def _distance(result: NearRepeat, row: int) -> str:
    edges = result.bands.distances_km
    return f"same place (to {_km(edges[0])})" if row == 0 else f"{_number(edges[row - 1])}–{_km(edges[row])}"


def _days(result: NearRepeat, column: int) -> str:
    edges = result.bands.days
    begin, end = (edges[column - 1] + 1 if column else 0), edges[column]
    if end == 0:
        return "same day"
    return f"day {end}" if begin == end else f"days {begin}–{end}"


def _km(value: float) -> str:
    return f"{value * 1000:.0f} m" if value < 1 else f"{_number(value)} km"


def _number(value: float) -> str:
    return f"{value:.3g}"
