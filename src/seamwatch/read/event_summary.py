"""What a table of events holds, in figures and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from seamwatch.events import CELL_PREC, UNKNOWN
from seamwatch.read.event_table import EventTable

PRECISIONS = {
    1: "exact", 2: "near", 3: "district", 4: "governorate", 5: "a range or road", 6: "country", 7: "sea or abroad",
}  # fmt: skip
VIOLENCE = {"sb": "state-based", "ns": "non-state", "os": "one-sided", "": "not told"}
KINDS = {"ucdp": "UCDP GED", "acled": "ACLED", "own": "own table", "node": "node"}


def event_summary(table: EventTable) -> dict[str, Any]:
    """Counts for a program: rows, events, first and last day, by violence, by precision, deaths, problems."""
    events = table.events
    known = events.deaths != UNKNOWN
    prec = dict(zip(*np.unique(events.where_prec, return_counts=True), strict=True))
    violence = dict(zip(*np.unique(events.violence, return_counts=True), strict=True))
    return {
        "file": table.name,
        "kind": table.kind,
        "sha256": table.sha256,
        "rows": table.rows,
        "events": len(events),
        "left_out": table.left_out,
        "first_day": str(events.start.min()) if len(events) else None,
        "last_day": str(events.end[-1]) if len(events) else None,
        "by_violence": {name: int(violence[name]) for name in VIOLENCE if name in violence},
        "by_where_prec": {str(n): int(prec[n]) for n in PRECISIONS if n in prec},
        "without_point": int((~np.isfinite(events.lat)).sum()),
        "too_coarse_for_a_cell": int((~events.placed(CELL_PREC)).sum()),
        "deaths_known": int(known.sum()),
        "deaths": int(events.deaths[known].sum()),
    }


def summary_lines(told: dict[str, Any], problems: int) -> Iterator[str]:
    """The same in words, a line each."""
    yield f"{KINDS[told['kind']]}: {_counted(told['rows'], 'row')}, {_counted(told['events'], 'event')}"
    if not told["events"]:
        yield "no event in it"
    else:
        yield f"days: {told['first_day']} to {told['last_day']}"
        yield "violence: " + ", ".join(f"{VIOLENCE[name]} {n:,}" for name, n in told["by_violence"].items())
        yield "places: " + ", ".join(f"{PRECISIONS[int(p)]} {n:,}" for p, n in told["by_where_prec"].items())
        coarse = told["too_coarse_for_a_cell"]
        yield f"  {coarse:,} too coarse for a cell of half a degree, of which {told['without_point']:,} without a point"
        yield f"deaths: {told['deaths']:,} in {_counted(told['deaths_known'], 'event')} with a figure"
    left_out = _counted(told["left_out"], "row")
    yield f"{_counted(problems, 'problem')}, {left_out} left out" if problems or told["left_out"] else "no problems"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
