"""Weeks and months that follow one another up to the last day known, and where a day falls among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from seamwatch.clock import month_first, month_id
from seamwatch.errors import ConfigError

WEEK, MONTH = "week", "month"
PER_YEAR = {WEEK: 365.25 / 7, MONTH: 12.0}
LONGEST_DAYS = {WEEK: 7, MONTH: 31}  # an event that spans more days than one period can be put into none


@dataclass(frozen=True, slots=True)
class Periods:
    """Consecutive weeks or months. ``starts`` has shape (n,) in datetime64[D]; ``last`` is the last day of the last.

    Weeks are counted back from the last day, so that the newest is whole; months are calendar months, whole ones only.
    """

    unit: str
    starts: NDArray[np.datetime64]
    last: date

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def per_year(self) -> float:
        """How many make a year."""
        return PER_YEAR[self.unit]

    def of(self, days: NDArray[np.datetime64]) -> NDArray[np.intp]:
        """Index of the period of each day, -1 outside of all."""
        found = np.searchsorted(self.starts, days, side="right") - 1
        return np.where(days > np.datetime64(self.last, "D"), -1, found).astype(np.intp)

    def first_day(self, index: int) -> date:
        """The first day of a period."""
        day: date = self.starts[index].item()
        return day

    def last_day(self, index: int) -> date:
        """The last day of a period."""
        return self.last if index in (-1, len(self) - 1) else self.first_day(index + 1) - timedelta(days=1)


def periods(unit: str, first: date, last: date) -> Periods:
    """The whole weeks or months from ``first`` to ``last``. Raises ConfigError where there are none."""
    if unit == WEEK:
        n = ((last - first).days + 1) // 7
        days = [last - timedelta(days=7 * k + 6) for k in range(n)][::-1]
        end = last
    elif unit == MONTH:
        low = month_id(first) + (first.day > 1)
        high = month_id(last) + ((last + timedelta(days=1)).day == 1)
        days = [month_first(m) for m in range(low, high)]
        end = month_first(high) - timedelta(days=1)
    else:
        raise ConfigError(f"got {unit!r}", where="unit", rule=f"{WEEK} or {MONTH}")
    if not days:
        raise ConfigError(f"no whole {unit} from {first} to {last}", where="periods", remedy="take more days")
    return Periods(unit, np.asarray(days, "datetime64[D]"), end)
