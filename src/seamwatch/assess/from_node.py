"""A node's incidents as a table of events: the preferred view, in the words of `Events`.

A day is needed; incidents without one are named and left out. Everything else may be unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from seamwatch.events import COUNTRY, DISTRICT, EXACT, FEATURE, GOVERNORATE, NEAR, UNKNOWN, Events, sorted_events
from seamwatch.model import Incident, Place, Record
from seamwatch.packs import Codes

NEAR_KM = 25.0  # UCDP's own limit of "near"
CELL_KM = 50.0  # about the side of a cell of half a degree
PRECISIONS = {"exact": EXACT, "near": NEAR, "district": DISTRICT, "governorate": GOVERNORATE, "country": COUNTRY}
ATTACKS = frozenset(
    ("suicide_attack", "attack_on_civilians", "armed_clash", "explosion", "indirect_fire", "air_strike")
)  # the codebook's types that are violence in themselves; others are where somebody was killed


@dataclass(frozen=True, slots=True)
class NodeEvents:
    """The events, and the ids of the incidents that have no day."""

    events: Events
    undated: tuple[str, ...]


def node_events(incidents: Iterable[Incident], codes: Codes) -> NodeEvents:
    """One event an incident; ``type`` is the codebook's, ``country``, ``adm1`` and ``adm2`` are the place's.

    ``where_prec`` is the place's precision (exact 1, near 2, district 3, governorate 4, country or none 6); a place
    that is "near" with a radius above NEAR_KM, a mountain or a long road, counts as 3, above CELL_KM as 5. ``deaths``
    are all killed: the best figure where sources agree on one, else the lowest stated, with the range beside it.
    """
    rows: list[tuple[object, ...]] = []
    undated: list[str] = []
    for incident in incidents:
        record = incident.record
        if record.date is None:
            undated.append(incident.id)
            continue
        place = record.location
        point = (place.lat, place.lon) if place and place.lat is not None else (np.nan, np.nan)
        units = (place.country or "", place.governorate or "", place.district or "") if place else ("", "", "")
        days = np.datetime64(record.date.first, "D"), np.datetime64(record.date.last, "D")
        told = violence_of(record, codes), record.type, target_of(record, codes)
        rows.append((incident.id, *days, *point, place_prec(place), *told, *_deaths(record), *units))
    columns = list(zip(*rows, strict=True)) or [()] * len(Events.__slots__)
    return NodeEvents(sorted_events(dict(zip(Events.__slots__, columns, strict=True))), tuple(undated))


def violence_of(record: Record, codes: Codes) -> str:
    """UCDP's kind of violence by who met whom, "" where it is none or not told.

    One-sided: an attack on civilians, or any attack aimed at civilians alone. State-based: forces on one side, and on
    the other militants, other forces, or somebody who is not told (a bomb beside a patrol). Non-state: militants on
    both sides. UCDP asks for a death and a named group besides; here neither is asked, so that its counts differ.
    """
    killed = record.figure("killed")
    if record.type not in ATTACKS and (killed is None or killed.high == 0):
        return ""
    began, met = _groups(record.initiator, codes), _groups(record.target, codes)
    if record.type == "attack_on_civilians" or (met and met <= {"civilians"}):
        return "os"
    if "forces" in began | met:
        return "sb" if (began | met) & {"militants"} or not began or len(_sides(record, codes)) > 1 else ""
    return "ns" if met == {"militants"} and (began == met or len(record.target) > 1) else ""


def target_of(record: Record, codes: Codes) -> str:
    """Whom it was aimed at: "forces" where any of them were, else "villagers" where civilians were, else ""."""
    met = _groups(record.target, codes)
    if "forces" in met:
        return "forces"
    return "villagers" if "civilians" in met or record.type == "attack_on_civilians" else ""


def place_prec(place: Place | None) -> int:
    """A place's precision on UCDP's scale."""
    if place is None or place.lat is None:
        return COUNTRY
    radius = place.radius_km or 0.0
    if place.precision == "near" and radius > NEAR_KM:
        return DISTRICT if radius <= CELL_KM else FEATURE
    return PRECISIONS.get(place.precision or "country", COUNTRY)


def _groups(actors: Iterable[str], codes: Codes) -> set[str]:
    return {codes.actors[actor].group for actor in actors if actor in codes.actors} - {"unknown"}


def _sides(record: Record, codes: Codes) -> set[str]:
    """The sides of the armed that took part."""
    actors = (codes.actors[a] for a in (*record.initiator, *record.target) if a in codes.actors)
    return {actor.side for actor in actors if actor.group in ("forces", "militants")}


def _deaths(record: Record) -> tuple[int, int, int]:
    killed = record.figure("killed")
    if killed is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    return (
        killed.low if killed.best is None else killed.best,
        killed.low,
        UNKNOWN if killed.high is None else killed.high,
    )
