"""Incidents as a CSV table (RFC 4180) with stable columns, safe to open in a spreadsheet.

The words come from reports, which anybody may have written: a text cell that a spreadsheet would run as a formula gets
a leading apostrophe. Lists are joined by "; ".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from seamwatch.export.flat import FIELDS, TAIL, Value, flat, toll, toll_columns
from seamwatch.model import Incident
from seamwatch.packs import Codes, load_pack

BOM = "\ufeff"  # some spreadsheets take UTF-8 for a local code page without it
_FORMULA = ("=", "+", "-", "@", "|", "＝", "＋", "－", "＠")
_CONTROL = ("\t", "\r", "\n")


def incidents_csv(incidents: Iterable[Incident], codes: Codes | None = None, *, bom: bool = False) -> str:
    """The incidents as CSV text, in their order; header always there. ``codes`` give the toll's columns."""
    rows = list(incidents)
    tolls = toll_columns(rows, codes or load_pack().codes)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*FIELDS, *tolls, *TAIL])
    for incident in rows:
        cells: dict[str, Value] = {**flat(incident), **toll(incident)}
        writer.writerow([safe_cell(cells.get(column)) for column in (*FIELDS, *tolls, *TAIL)])
    return (BOM if bom else "") + out.getvalue()


def safe_cell(value: Value) -> str | int | float:
    """What stands in a cell: lists joined, text that a spreadsheet would run behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else "; ".join(value)
    return f"'{text}" if text.startswith(_CONTROL) or text.lstrip().startswith(_FORMULA) else text
