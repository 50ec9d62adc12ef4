"""A column of days as text, read at once: ISO or whatever `read_when` reads, in one order of day and month for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seamwatch.errors import ModelError
from seamwatch.read.when import YEARS, read_when

Order = Literal["day first", "month first", "mixed"]
RULE = f"a day, as 2017-03-01 (or 1 March 2017, or 01/03/2017), {YEARS.start} to {YEARS.stop - 1}"
_DIGITS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})(?=\2\d)")


def order_of(texts: Iterable[str]) -> Order:
    """In which order days in digits stand ("01/13/2017"): told by those that can be read in one way alone.

    Day first where none tells; mixed where some tell the one and some the other.
    """
    found = {_only(raw) for raw in texts} - {None}
    return "mixed" if len(found) > 1 else "month first" if found == {"month first"} else "day first"


def is_month_first(raw: str) -> bool:
    """Whether days in digits can be read with the month first alone."""
    return _only(raw) == "month first"


def days_of(text: NDArray[np.object_], order: Order) -> NDArray[np.datetime64]:
    """The days, NaT for what is none (a month or a year is none); shape (n,)."""
    column = pl.Series(text, dtype=pl.String)
    found = column.str.head(10).str.to_date("%Y-%m-%d", strict=False).to_numpy().astype("datetime64[D]")
    year = found.astype("datetime64[Y]").astype(int) + 1970
    plain = column.str.contains(r"^.{10}(?:$|[ T])").to_numpy()
    doubtful = np.isnat(found) | ~plain | (year < YEARS.start) | (year >= YEARS.stop)
    read = {raw: _written(raw, order) for raw in set(text[doubtful])}
    for n in np.flatnonzero(doubtful):
        found[n] = read[text[n]]
    return found


def _only(raw: str) -> Order | None:
    digits = _DIGITS.match(raw)
    if digits is None:
        return None
    first, second = int(digits[1]), int(digits[3])
    return "month first" if first <= 12 < second else "day first" if second <= 12 < first else None


def _written(raw: str, order: Order) -> np.datetime64:
    if order == "month first":
        raw = _DIGITS.sub(r"\3\2\1", raw, count=1)
    try:
        day = read_when(raw)[1]
    except ModelError:
        day = None
    return np.datetime64(day, "D") if day else np.datetime64("NaT", "D")
