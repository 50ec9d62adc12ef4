"""A table of dated, located events: what `assess` and `forecast` reckon with, in columns.

It comes from a node's incidents or from a file (UCDP GED, ACLED, a list of one's own). It is the only thing that the
statistics see, and `known` is the only way back in time: what was not yet known on a day is not in that day's table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seamwatch.errors import ModelError

UNKNOWN = -1  # a death toll that nobody gives
EXACT, NEAR, DISTRICT, GOVERNORATE, FEATURE, COUNTRY, ABROAD = range(1, 8)  # UCDP's where_prec
CELL_PREC = DISTRICT  # the coarsest location that still tells a cell of half a degree
VIOLENCE = ("sb", "ns", "os")  # UCDP's 1, 2, 3: state-based, non-state, one-sided


@dataclass(frozen=True, slots=True)
class Events:
    """One row an event, in order of the day it ended; every column has shape (n,).

    ``start`` and ``end`` are calendar days (datetime64[D]); ``lat`` and ``lon`` WGS 84 degrees, NaN where no place is
    given; ``where_prec`` is UCDP's scale from 1 (exact) to 7; ``violence`` one of VIOLENCE or ""; ``type`` the table's
    own name of the attack ("ied", "armed_attack", "SAF") or ""; ``target`` "forces", "villagers" or ""; ``deaths`` the
    best figure with its ``deaths_low`` and ``deaths_high``, UNKNOWN where none is given.
    """

    ids: NDArray[np.str_]
    start: NDArray[np.datetime64]
    end: NDArray[np.datetime64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    where_prec: NDArray[np.int8]
    violence: NDArray[np.str_]
    type: NDArray[np.str_]
    target: NDArray[np.str_]
    deaths: NDArray[np.int32]
    deaths_low: NDArray[np.int32]
    deaths_high: NDArray[np.int32]
    country: NDArray[np.str_]
    adm1: NDArray[np.str_]
    adm2: NDArray[np.str_]

    def __post_init__(self) -> None:
        """Refuse columns of unequal length, and an order that is not of time."""
        lengths = {f.name: len(getattr(self, f.name)) for f in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ModelError(f"columns of unequal length: {lengths}", where="events", rule="one value an event")
        if len(self.end) and bool(np.any(self.end[1:] < self.end[:-1])):
            raise ModelError("rows out of order", where="events", rule="in order of the day an event ended")

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> Self:
        """The rows of a mask or of ascending indices."""
        return type(self)(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})

    def known(self, as_of: date, lag_days: int = 0) -> Self:
        """What had ended, and had been published ``lag_days`` later, by the end of the day ``as_of``."""
        last = np.datetime64(as_of, "D") - np.timedelta64(lag_days, "D")
        return self.where(self.end <= last)

    def placed(self, coarsest: int = CELL_PREC) -> NDArray[np.bool_]:
        """Mask of the events that have a point no coarser than ``coarsest`` on UCDP's scale."""
        return np.isfinite(self.lat) & np.isfinite(self.lon) & (self.where_prec <= coarsest)


def sorted_events(columns: dict[str, Sequence[object] | NDArray[np.generic]]) -> Events:
    """Events of columns in any order; ties of the same last day are ordered by first day, then id.

    Columns that are left out are empty text, or UNKNOWN deaths; ids, start, end, lat, lon and where_prec must be there.
    """
    n = len(columns["ids"])
    kinds: dict[str, tuple[object, object]] = {
        "ids": (str, ""), "start": ("datetime64[D]", None), "end": ("datetime64[D]", None), "lat": (np.float64, np.nan),
        "lon": (np.float64, np.nan), "where_prec": (np.int8, COUNTRY), "violence": (str, ""), "type": (str, ""),
        "target": (str, ""), "deaths": (np.int32, UNKNOWN), "deaths_low": (np.int32, UNKNOWN),
        "deaths_high": (np.int32, UNKNOWN), "country": (str, ""), "adm1": (str, ""), "adm2": (str, ""),
    }  # fmt: skip
    full = {
        name: np.asarray(columns[name] if name in columns else [empty] * n, dtype=kind)  # type: ignore[call-overload]
        for name, (kind, empty) in kinds.items()
    }
    order = np.lexsort((full["ids"], full["start"], full["end"]))
    return Events(**{name: column[order] for name, column in full.items()})
