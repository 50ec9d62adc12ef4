"""What a change did, by all that can be said of it: counts, interrupted series, synthetic control, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from seamwatch.assess.effect.interrupted import Interrupted, interrupted
from seamwatch.assess.effect.placebo import CannotTell
from seamwatch.assess.effect.series import Source
from seamwatch.assess.effect.synthetic import Synthetic, synthetic
from seamwatch.errors import ModelError

YEAR_BEFORE_DAYS = 364
FEWEST_AFTER_DAYS = 168
ONE_IN = 0.1  # a rank among placebos at most this stands out


@dataclass(frozen=True, slots=True)
class Seen:
    """Events in the ``days`` from a change on, in as many days just before, and in the same days a year before.

    Each is (in the areas, in all other areas). They tell what was counted, not what the change did.
    """

    days: int
    after: tuple[int, int]
    before: tuple[int, int]
    year_before: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything about one change; each of the two reckonings holds its placebos, or says why it cannot be made."""

    areas: tuple[str, ...]
    change: date
    source: Source
    seen: Seen
    series: Interrupted | CannotTell
    control: Synthetic | CannotTell


def effect_of(
    source: Source,
    areas: Sequence[str],
    change: date,
    *,
    donors: Sequence[str] = (),
    without: Sequence[str] = (),
    before_days: int = 1092,
    after_days: int = 364,
    fewest_after_days: int = FEWEST_AFTER_DAYS,
) -> Effect:
    """Reckon what ``change`` did to the events in ``areas``; see `interrupted` and `synthetic` for what is assumed.

    ``donors`` names the comparison areas, ``without`` areas that are none. Fewer than ``fewest_after_days`` days after
    the change carry no finding; whoever lowers this sees what the placebos do with so few. Raises ModelError for a
    change outside the days that the table covers, and for areas it does not have.
    """
    if not source.first < change <= source.last:
        raise ModelError(
            f"got {change}", where="date", rule=f"within the table's days, {source.first} to {source.last}",
            remedy="take another date, or a table that covers it",
        )  # fmt: skip
    named = tuple(source.names[row] for row in source.index(areas))
    series = interrupted(
        source, named, change, before_days=before_days, after_days=after_days, fewest_after=-(-fewest_after_days // 28)
    )
    control = synthetic(
        source, named, change, donors=tuple(donors) or None, without=tuple(without), before_days=before_days,
        after_days=after_days, fewest_after=-(-fewest_after_days // 91),
    )  # fmt: skip
    return Effect(named, change, source, _seen(source, named, change, after_days), series, control)


def _seen(source: Source, areas: tuple[str, ...], change: date, after_days: int) -> Seen:
    days = min(after_days, (source.last - change).days + 1)
    rows = source.index(areas)

    def counted(start: date) -> tuple[int, int]:
        counts = source.counts(start, 1, days)
        inside = int(counts[rows].sum())
        return inside, int(counts.sum()) - inside

    just_before, year_before = (change - timedelta(days=back) for back in (days, YEAR_BEFORE_DAYS))
    return Seen(days, counted(change), counted(just_before), counted(year_before))
