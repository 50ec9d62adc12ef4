"""Files of events (UCDP GED, ACLED, a list of one's own) as `Events`, checked column by column.

Every value that cannot be used is told with its line, and nothing else is lost for it: a bad value in a column that may
be empty leaves the row with that value unknown. Left out are only rows without a day, with coordinates that are none,
and those that repeat an id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seamwatch.clock import now
from seamwatch.events import ABROAD, COUNTRY, EXACT, UNKNOWN, VIOLENCE, Events, sorted_events
from seamwatch.read.csv_rows import Problem, Rows, read_rows
from seamwatch.read.day_column import RULE, Order, days_of, is_month_first, order_of
from seamwatch.read.event_kinds import ACLED_PREC, Kind, acled_side, acled_violence, kind_of, plain_name

TARGETS = ("forces", "villagers")
MOST_DEATHS = 10_000_000  # of one event
_NUMERALS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


@dataclass(frozen=True, slots=True)
class EventTable:
    """What a file holds: its events, its problems in order of lines, what kind it is, rows read, the file's SHA-256."""

    events: Events
    problems: tuple[Problem, ...]
    kind: str
    rows: int
    sha256: str
    name: str

    @property
    def left_out(self) -> int:
        """How many rows are not among the events."""
        return self.rows - len(self.events)


def read_events(path: Path, *, today: date | None = None) -> EventTable:
    """The events of a CSV file (.csv, .csv.gz), with one `Problem` for each value or row that breaks a rule.

    Kinds are told by their columns: "ucdp" (GED, with or without `where_prec`), "acled", or "own" (docs/events.md). An
    event is dated by both its days; days after ``today`` (by default the present one) are told and kept, since whoever
    asks as of a day does not see them. Raises ReadError where the file holds no such table.
    """
    rows = read_rows(path)
    kind, at = kind_of(rows.header, where=str(path))
    table = _Table(kind, at, rows)
    columns = _columns(table, today or now().date())
    keep = ~table.left_out
    events = sorted_events({name: column[keep] for name, column in columns.items()})
    problems = sorted((*rows.problems, *table.problems), key=lambda p: (p.line, not p.left_out))
    broken = sum(p.left_out for p in rows.problems)
    return EventTable(events, tuple(problems), kind.name, len(rows.cells) + broken, rows.sha256, path.name)


class _Table:
    """The columns of a file as text, and what was found wrong with them."""

    def __init__(self, kind: Kind, at: dict[str, int], rows: Rows) -> None:
        self.kind, self.at, self.n = kind, at, len(rows.cells)
        self._rows = rows
        self.left_out = np.zeros(self.n, dtype=bool)
        names = [plain_name(column) for column in rows.header]
        rule, remedy = "each column once", "the first is read; rename the other"
        self.problems = [
            Problem(1, rows.header[n], rule, rows.header[n], remedy) for n in at.values() if names.count(names[n]) > 1
        ]

    def text(self, field: str) -> NDArray[np.object_]:
        """A column's cells without blanks around them; empty where the table has no such column."""
        if field not in self.at:
            return np.full(self.n, "", dtype=object)
        column = self.at[field]
        return np.array([row[column].strip() for row in self._rows.cells] or [], dtype=object)

    def tell(
        self,
        bad: NDArray[np.bool_],
        field: str,
        got: Callable[[int], object],
        rule: str,
        remedy: str,
        *,
        out: bool = False,
    ) -> None:
        """A problem for each row of ``bad`` that is still in; with ``out`` these rows are left out."""
        column = self._rows.header[self.at[field]] if field in self.at else field
        for n in np.flatnonzero(bad & ~self.left_out).tolist():
            self.problems.append(Problem(self._rows.lines[n], column, rule, str(got(n)), remedy, out))
        if out:
            self.left_out |= bad

    def line(self, n: int) -> int:
        """The line that a row begins on."""
        return self._rows.lines[n]


def _columns(table: _Table, today: date) -> dict[str, NDArray[np.generic]]:
    start, end = _days(table, today)
    lat, lon, where_prec = _points(table)
    ids = _ids(table)
    words = {name: table.text(name) for name in ("type", "country", "adm1", "adm2")}
    columns: dict[str, NDArray[np.generic]] = {"ids": ids, "start": start, "end": end, "lat": lat, "lon": lon}
    columns |= {"where_prec": where_prec, **{name: column.astype(np.str_) for name, column in words.items()}}
    columns |= {name: _deaths(table, name) for name in ("deaths", "deaths_low", "deaths_high")}
    best, low, high = columns["deaths"], columns["deaths_low"], columns["deaths_high"]
    crossed = ((low != UNKNOWN) & (high != UNKNOWN) & (low > high)) | (  # type: ignore[operator]
        (best != UNKNOWN) & (((low != UNKNOWN) & (best < low)) | ((high != UNKNOWN) & (best > high)))  # type: ignore[operator]
    )
    rule, remedy = "low, best and high in this order", "check the figures; they stay as given"
    table.tell(crossed, "deaths", lambda n: f"{low[n]}, {best[n]}, {high[n]}", rule, remedy)
    return columns | _parties(table)


def _days(table: _Table, today: date) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """First and last day of each event; a lone day is both, of ACLED's months (time_precision 3) the whole month is."""
    order = _order(table)
    if "day" in table.at and not {"start", "end"} <= set(table.at):
        start = _day(table, "day", order)
        end = start.copy()
        monthly = np.isin(table.text("time_prec"), ("3", "3.0"))
        start[monthly] = start[monthly].astype("datetime64[M]").astype("datetime64[D]")
        end[monthly] = (start[monthly].astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    else:
        start, end = _day(table, "start", order), _day(table, "end", order)
        turned, first, last = start > end, start, end
        rule, remedy = "the first day is not after the last", "they are read the other way round"
        table.tell(turned, "start", lambda n: f"{first[n]} to {last[n]}", rule, remedy)
        start, end = np.where(turned, last, first), np.where(turned, first, last)
    late = end > np.datetime64(today, "D")
    table.tell(
        late,
        "day" if "day" in table.at else "end",
        lambda n: end[n],
        "not after today",
        "correct the year, or leave it",
    )
    return start, end


def _day(table: _Table, field: str, order: Order) -> NDArray[np.datetime64]:
    """A column of days; rows without one are left out."""
    text = table.text(field)
    found = days_of(text, order)
    table.tell(np.isnat(found), field, text.__getitem__, RULE, "give the day", out=True)
    if order != "day first":
        odd = np.array([is_month_first(raw) for raw in text], dtype=bool)
        alone = order == "mixed"
        remedy = "read month first, other rows day first" if alone else "the whole column is read month first"
        told = odd if alone else odd & (np.cumsum(odd) == 1)
        table.tell(told, field, text.__getitem__, "day/month/year", f"{remedy}; write 2017-03-01")
    return found


def _order(table: _Table) -> Order:
    """One order of day and month for all columns of days."""
    return order_of(raw for field in ("day", "start", "end") if field in table.at for raw in set(table.text(field)))


def _points(table: _Table) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int8]]:
    """Coordinates, and how exact they are on UCDP's scale. No point at all is the country's precision, or coarser."""
    texts = {field: table.text(field) for field in ("lat", "lon")}
    given = {field: text != "" for field, text in texts.items()}
    values = {field: _numbers(text) for field, text in texts.items()}
    for field, limit in (("lat", 90.0), ("lon", 180.0)):
        bad = given[field] & ~(np.abs(values[field]) <= limit)
        rule = f"degrees from -{limit:.0f} to {limit:.0f}"
        table.tell(bad, field, texts[field].__getitem__, rule, "give decimal degrees, or leave both empty", out=True)

    def both(n: int) -> str:
        return f"{texts['lat'][n]}, {texts['lon'][n]}"

    half = given["lat"] != given["lon"]
    table.tell(half, "lat", both, "both coordinates or neither", "give the other; the event stays without a point")
    nowhere = (values["lat"] == 0) & (values["lon"] == 0)
    table.tell(nowhere, "lat", both, "0, 0 is no place", "leave both empty; the event stays without a point")
    pointless = half | nowhere | ~given["lat"]
    lat, lon = (np.where(pointless, np.nan, values[field]) for field in ("lat", "lon"))
    return lat, lon, _precisions(table, pointless)


def _precisions(table: _Table, pointless: NDArray[np.bool_]) -> NDArray[np.int8]:
    raw = table.text("where_prec")
    value = _numbers(raw)
    scale = ACLED_PREC if table.kind.name == "acled" else {n: n for n in range(EXACT, ABROAD + 1)}
    rule = f"a precision from {min(scale)} to {max(scale)}"
    known = np.isin(value, list(scale))
    table.tell(
        (raw != "") & ~known,
        "where_prec",
        raw.__getitem__,
        rule,
        "see docs/events.md; the place counts as the country's",
    )
    lone = table.kind.default_prec if "where_prec" not in table.at else COUNTRY
    prec = np.full(table.n, lone, dtype=np.int8)
    for written, ours in scale.items():
        prec[value == written] = ours
    prec[(raw == "") & ~pointless & (table.kind.name == "own")] = table.kind.default_prec
    return np.where(pointless & (prec < COUNTRY), COUNTRY, prec).astype(np.int8)


def _ids(table: _Table) -> NDArray[np.str_]:
    """Ids; of a table without any, the lines. A row that repeats an earlier id is left out."""
    if "ids" not in table.at:
        return np.array([f"line {table.line(n):08d}" for n in range(table.n)], dtype=np.str_)
    ids = table.text("ids")
    ids = np.array([cell.removesuffix(".0") if cell[:-2].isdecimal() else cell for cell in ids], dtype=object)
    table.tell(ids == "", "ids", ids.__getitem__, "every event has an id", "give it one; the line stands for it")
    first: dict[str, int] = {}
    repeated = np.zeros(table.n, dtype=bool)
    for n in np.flatnonzero(~table.left_out).tolist():
        if not ids[n]:
            ids[n] = f"line {table.line(n):08d}"
        repeated[n] = first.setdefault(ids[n], n) != n
    table.tell(
        repeated,
        "ids",
        lambda n: f"{ids[n]}, as on line {table.line(first[ids[n]])}",
        "no id twice",
        "give another event another id, or drop the copy",
        out=True,
    )
    return ids.astype(np.str_)


def _deaths(table: _Table, field: str) -> NDArray[np.int32]:
    raw = table.text(field)
    value = _numbers(raw)
    good = (value >= 0) & (value <= MOST_DEATHS) & (value == np.floor(value))
    rule = f"a whole number from 0 to {MOST_DEATHS:,}, or empty"
    table.tell((raw != "") & ~good, field, raw.__getitem__, rule, "give a whole number; it counts as unknown")
    return np.where(good, value, UNKNOWN).astype(np.int32)


def _parties(table: _Table) -> dict[str, NDArray[np.generic]]:
    """Kind of violence and target. UCDP's target is told only by one-sided violence, which is against civilians."""
    if table.kind.name == "acled":
        return _acled_parties(table)
    codes = {str(n): name for n, name in enumerate(VIOLENCE, 1)} | {name: name for name in VIOLENCE}
    violence = _word(table, "violence", codes, f"{', '.join(VIOLENCE)} (or 1, 2, 3)")
    if table.kind.name == "own":
        return {
            "violence": violence,
            "target": _word(table, "target", {name: name for name in TARGETS}, "forces, villagers"),
        }
    return {"violence": violence, "target": np.where(violence == "os", "villagers", "").astype(np.str_)}


def _word(table: _Table, field: str, codes: dict[str, str], rule: str) -> NDArray[np.str_]:
    raw = table.text(field)
    keys = [cell.casefold().removesuffix(".0") for cell in raw]
    bad = np.array([cell != "" and cell not in codes for cell in keys], dtype=bool)
    table.tell(bad, field, raw.__getitem__, f"one of {rule}, or empty", "give one of these; it counts as not told")
    return np.array([codes.get(cell, "") for cell in keys], dtype=np.str_)


def _acled_parties(table: _Table) -> dict[str, NDArray[np.generic]]:
    side = _remembered(acled_side)
    pairs = [(table.text(f"actor{n}"), table.text(f"inter{n}")) for n in (1, 2)]
    sides = [[side(actor, inter) for actor, inter in zip(*pair, strict=True)] for pair in pairs]
    kinds = table.text("event_type")
    violence = [acled_violence(kind, one, other) for kind, one, other in zip(kinds, *sides, strict=True)]
    target = [
        "villagers" if v == "os" else "forces" if v == "sb" and "armed" in both else ""
        for v, both in zip(violence, zip(*sides, strict=True), strict=True)
    ]
    return {"violence": np.array(violence, dtype=np.str_), "target": np.array(target, dtype=np.str_)}


def _remembered(function: Callable[[str, str], str]) -> Callable[[str, str], str]:
    known: dict[tuple[str, str], str] = {}

    def remembered(a: str, b: str) -> str:
        if (a, b) not in known:
            known[a, b] = function(a, b)
        return known[a, b]

    return remembered


def _numbers(text: NDArray[np.object_]) -> NDArray[np.float64]:
    """Numbers, NaN for what is none: with a decimal point or comma, in Western or Arabic digits."""
    value = pl.Series(text, dtype=pl.String).cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy().copy()
    odd = np.isnan(value) & (text != "")
    read = {raw: _number(raw) for raw in set(text[odd])}
    for n in np.flatnonzero(odd):
        value[n] = read[text[n]]
    return value


def _number(raw: str) -> float:
    plain = raw.translate(_NUMERALS)
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    try:
        return float(plain)
    except ValueError:
        return float("nan")
