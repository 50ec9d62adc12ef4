"""What of an item is compared, worked out once: days as numbers, radii, folded names, actors' sides, toll sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from seamwatch.merge.items import Item
from seamwatch.merge.names import skeleton
from seamwatch.model import Place, Record
from seamwatch.packs import Codes
from seamwatch.place.names import fold

RADIUS_KM = {"exact": 5.0, "near": 12.0, "district": 25.0, "governorate": 60.0, "country": 400.0}
LONGEST_DAYS = 45  # a longer span does not date an incident
LOOKBACK_DAYS = 7  # an undated draft is looked for in the week up to its report
TELLING = 2  # a toll from here on may tell an incident from others of its day
WIDEST_KM = 100.0  # a wider place does not place an incident

Ends = tuple[int, float]  # a figure's low and high


@dataclass(frozen=True, slots=True)
class Facts:
    """``first..last`` are proleptic day numbers, None where neither draft nor report has a day; ``dated`` tells whether
    the draft has its own. ``told`` is its report's day. ``lat`` is None without coordinates or where the place is wider
    than `WIDEST_KM`. ``toll`` is summed by (militants or not, outcome); ``harm`` are its sums from `TELLING` on.
    """

    report_id: str
    type: str
    first: int | None
    last: int | None
    dated: bool
    told: int | None
    lat: float | None
    lon: float | None
    radius_km: float
    names: frozenset[str]
    district: str
    governorate: str
    initiator: frozenset[str]
    target: frozenset[str]
    actors: frozenset[str]
    covered: frozenset[str]
    initiator_sides: frozenset[str]
    target_sides: frozenset[str]
    toll: Mapping[tuple[bool, str], Ends]
    harm: frozenset[tuple[bool, str, int]]
    means: frozenset[str]

    @property
    def anchored(self) -> bool:
        """Whether it has a day of its own and a place narrower than a governorate."""
        return self.dated and (self.radius_km < RADIUS_KM["governorate"])


def facts_of(item: Item, codes: Codes) -> Facts:
    """The facts of one item; actors are put on sides by the pack's codes."""
    record, place = item.record, item.record.location
    told = item.day.toordinal() if item.day else None
    first, last, dated = _days(record, told)
    radius = radius_km(place) if place else WIDEST_KM
    placed = place is not None and place.lat is not None and radius <= WIDEST_KM
    toll = _toll(record)
    initiator, target = frozenset(record.initiator) - {"unknown"}, frozenset(record.target) - {"unknown"}
    return Facts(
        report_id=item.report_id,
        type=record.type,
        first=first,
        last=last,
        dated=dated,
        told=told,
        lat=place.lat if placed and place else None,
        lon=place.lon if placed and place else None,
        radius_km=radius,
        names=_names(record),
        district=fold(place.district) if place and place.district else "",
        governorate=fold(place.governorate) if place and place.governorate else "",
        initiator=initiator,
        target=target,
        actors=initiator | target,
        covered=_covered(initiator | target, codes),
        initiator_sides=sides(initiator, codes),
        target_sides=sides(target, codes),
        toll=toll,
        harm=frozenset((*key, low) for key, (low, _) in toll.items() if low >= TELLING),
        means=frozenset(record.means),
    )


def radius_km(place: Place) -> float:
    """The radius a place is good to: its own, else the usual one of its precision."""
    if place.radius_km is not None:
        return place.radius_km
    return RADIUS_KM.get(place.precision or "near", RADIUS_KM["near"])


def sides(actors: Iterable[str], codes: Codes) -> frozenset[str]:
    """The sides that actors stand on; a code that the pack does not have, or whose side is "other", is its own."""
    found = set()
    for code in actors:
        actor = codes.actors.get(code)
        found.add(actor.side if actor and actor.side != "other" else code)
        found.update({codes.actors[c].side for c in (actor.covers if actor else ())} - {"other"})
    return frozenset(found)


def _covered(actors: Iterable[str], codes: Codes) -> frozenset[str]:
    return frozenset(c for code in actors if code in codes.actors for c in codes.actors[code].covers)


def _days(record: Record, told: int | None) -> tuple[int | None, int | None, bool]:
    when = record.date
    if when and (when.last - when.first).days <= LONGEST_DAYS:
        return when.first.toordinal(), when.last.toordinal(), True
    return (None, None, False) if told is None else (told - LOOKBACK_DAYS, told, False)


def _names(record: Record) -> frozenset[str]:
    names = [record.location.name] if record.location else []
    return frozenset(key for name in [*names, *record.other_places] if (key := skeleton(name) or fold(name)))


def _toll(record: Record) -> dict[tuple[bool, str], Ends]:
    """Sums by (militants or not, outcome): reports split the harm over groups in different ways."""
    sums: dict[tuple[bool, str], Ends] = {}
    for cell in record.toll:
        key = cell.group == "militants", cell.outcome
        low, high = sums.get(key, (0, 0.0))
        top = float("inf") if cell.figure.high is None else cell.figure.high
        sums[key] = low + cell.figure.low, high + top
    return sums
