"""One mention to one place, or to an honest "unknown" or "ambiguous".

Candidates are scored by how the name met, by the report's own word for it (village, district, …), by the wider places
that the mention puts it in, and by what else the report names. A mention that says where in relation to a place (30 km
south of, between, on the road) becomes a point with a radius.
"""

from __future__ import annotations

import math
from dataclasses import replace

from seamwatch.geo import destination, distance_km, midpoint
from seamwatch.model import Place, PlaceMention, PlacePrecision
from seamwatch.place.context import NOWHERE, Context
from seamwatch.place.gazetteer import Candidate, Entry, Gazetteer
from seamwatch.place.mention import parse_mention

Areas = tuple[Entry, ...]  # what one wider name may mean

MARGIN = 0.15  # score by which the best must lead another that lies elsewhere
ELSEWHERE_KM = 25.0
WIDE_REGION_KM = 100.0  # a region wider than this is coded as the codebook codes a country
LARGE_CITY = 1_000_000  # inhabitants: known abroad without a word on where it is
FAR_KM = 60.0  # from every place that the report names
NEAR_KM, ROAD_KM, QUARTER_KM = 10.0, 15.0, 4.0
OFFSET_SHARE = 0.25  # of a stated distance: how sure "30 km south-west of" is

_SETTLEMENTS = frozenset({"city", "town", "village", "site", "camp"})
_NOT_POINTS = frozenset({"mountain", "lake", "river", "road", "valley", "region"})
_UNITS = frozenset({"governorate", "district", "subdistrict"})
_SMALL = frozenset({"village", "site", "valley"})
# What a name without a word for its kind most likely means.
_PRIOR = {"city": 0.5, "town": 0.5, "governorate": 0.3, "village": 0.4, "district": 0.1, "subdistrict": 0.05}
_MATCH = {"exact": 3.0, "key": 2.5, "fuzzy": 1.5}


def resolve(mention: PlaceMention, gazetteer: Gazetteer, *, context: Context = NOWHERE) -> Place:
    """The place that a mention means.

    ``status`` is "resolved", "unknown" (no such name, or only where the report says it is not: no coordinates) or
    "ambiguous" (several, too close to call: no coordinates, their ids in ``candidates``). Countries and wide regions
    are resolved without coordinates: they are no points. Governorate and district of an unknown name are those that
    the mention is put within.
    """
    said = _read(mention, gazetteer)
    if said.to is not None:
        return _pair(mention, said, gazetteer, context)
    found = _choose(said, gazetteer, context)
    if isinstance(found, Entry):
        return _at(mention, said, found)
    quarter = _settlement_around(said, gazetteer, context) if not found else None
    if quarter:
        return replace(_at(mention, replace(said, kind=None), quarter), radius_km=quarter.radius_km or QUARTER_KM)
    governorate, district = _unit_of(said, found, gazetteer, context)
    return Place(
        mention.name,
        "ambiguous" if found else "unknown",
        precision=_precision(said, None),
        country=None
        if context.countries - {gazetteer.pack.country or ""} and not governorate
        else gazetteer.pack.country,
        governorate=governorate,
        district=district,
        candidates=tuple(e.id for e in found),
    )


def _read(mention: PlaceMention, gazetteer: Gazetteer) -> PlaceMention:
    """The mention with the words in its name read ("Makhmour district"), where the coder left them in."""
    if mention.relation != "at" or gazetteer.known(mention.name):
        return mention
    read = parse_mention(mention.name, gazetteer.words, gazetteer.known)
    if read.name == mention.name:
        return mention
    return replace(read, kind=mention.kind or read.kind, within=(*mention.within, *read.within))


def _choose(said: PlaceMention, gazetteer: Gazetteer, context: Context) -> Entry | tuple[Entry, ...]:
    """The one entry that is meant, else those that stay possible (none for an unknown name)."""
    wider = tuple(entries for name in said.within if (entries := _wider(name, gazetteer)))
    scored: list[tuple[float, Entry]] = []
    for candidate in gazetteer.candidates(said.name):
        score = _score(candidate, said, wider, gazetteer, context)
        if score is not None:
            scored.append((score, candidate.entry))
    if not scored:
        return ()
    scored.sort(key=lambda pair: -pair[0])
    best, entry = scored[0]
    rivals = [
        e
        for s, e in scored[1:]
        if best - s < MARGIN and entry.distance_km(e) > max(ELSEWHERE_KM, entry.radius_km or 0) and e.kind == entry.kind
    ]
    if not rivals:
        return entry
    # Two parts of one range, with nothing to tell them apart: the range.
    whole = next((e for _, e in scored if e.kind == entry.kind and not e.governorate and not e.population), None)
    return whole or (entry, *rivals)


def _score(
    candidate: Candidate, said: PlaceMention, wider: tuple[Areas, ...], gazetteer: Gazetteer, context: Context
) -> float | None:
    """How well a candidate fits; None where it cannot be meant."""
    entry = candidate.entry
    abroad = entry.country != gazetteer.pack.country
    inside = next((n for n, areas in enumerate(wider) if any(_inside(entry, area) for area in areas)), None)
    only_country = inside is not None and all(area.kind == "country" for area in wider[inside])
    share = context.share(entry)
    if inside is None:
        if candidate.match == "fuzzy" and not share:
            return None
        if _strays(candidate, said, wider, context):
            return None
        if abroad and not _may_be_abroad(entry, context):
            return None
    score = _MATCH[candidate.match] * candidate.ratio + _kind_score(entry, said) + 0.6 * share
    if inside is not None:
        score += 0.3 if only_country else 1.0 / (1 + 0.3 * inside)
    if abroad and entry.country in context.countries:
        score += 0.5
    if not abroad:
        score += 0.5
        score += 0.2 if not entry.governorate else 0.0  # a range over its parts
    return score + 0.15 * math.log10(max(1, entry.population))


def _strays(candidate: Candidate, said: PlaceMention, wider: tuple[Areas, ...], context: Context) -> bool:
    """Whether a village's name would carry the report far from all that it is put within, or that the report names.

    Villages share names (nine Hawijas); what a report calls a village and a list has elsewhere is another one.
    """
    entry = candidate.entry
    if entry.kind not in _SMALL and said.kind not in _SMALL:
        return False
    if wider:
        return all(_edge_km(entry, area) > FAR_KM for areas in wider for area in areas)
    return candidate.match != "exact" and bool(context.places) and context.nearest_km(entry) > FAR_KM


def _kind_score(entry: Entry, said: PlaceMention) -> float:
    if said.relation != "at" and entry.kind in _UNITS and said.kind not in _UNITS:
        return -1.0  # "south of Kirkuk" is said of the city
    if said.kind is None:
        return (1.0 if entry.bare else 0.0) + _PRIOR.get(entry.kind, 0.4)
    if said.kind == entry.kind:
        return 2.0
    if {said.kind, entry.kind} <= _SETTLEMENTS or {said.kind, entry.kind} <= {"district", "subdistrict"}:
        return 1.2
    if said.kind in _UNITS:
        return 0.5 if entry.kind in ("city", "town") else 0.0
    return -1.5 if entry.kind in _UNITS else 0.0


def _may_be_abroad(entry: Entry, context: Context) -> bool:
    """A place abroad is meant only where the report speaks of its country, of no place here, or where all know it."""
    if entry.kind == "country":
        return True
    if context.countries:
        return entry.country in context.countries or entry.population >= LARGE_CITY
    return not context.places or entry.population >= LARGE_CITY


def _edge_km(entry: Entry, area: Entry) -> float:
    return 0.0 if _inside(entry, area) else entry.distance_km(area) - (area.radius_km or 0.0)


def _wider(name: str, gazetteer: Gazetteer) -> Areas:
    """What a wider place may be: units of that name first, else any place of it, else a country."""
    read = parse_mention(name, gazetteer.words, gazetteer.known)
    own = [c.entry for c in gazetteer.candidates(read.name) if c.match != "fuzzy" and c.entry.source != "GeoNames"]
    if read.kind in _UNITS:
        own = [e for e in own if e.kind == read.kind] or own
    if own:
        return tuple(own)
    return tuple(c.entry for c in gazetteer.candidates(read.name) if c.entry.kind == "country")


def _inside(entry: Entry, area: Entry) -> bool:
    if area.kind == "country":
        return entry.country == area.country
    if area.kind == "governorate" and entry.governorate:
        return entry.governorate == area.governorate
    if area.kind in ("district", "subdistrict") and (entry.governorate, entry.district) == (
        area.governorate,
        area.district,
    ):
        return True
    # Units on the ground and in a table of one year differ, and "in Daquq" is said of its surroundings.
    reach = (area.radius_km or 0.0) * 1.3 + (entry.radius_km or 0.0) + 10.0
    return entry.distance_km(area) <= reach


def _settlement_around(said: PlaceMention, gazetteer: Gazetteer, context: Context) -> Entry | None:
    """The town that a quarter, street or market is said to be in."""
    if said.kind != "part":
        return None
    for name in said.within:
        around = _choose(PlaceMention(name, kind="town"), gazetteer, context)
        if isinstance(around, Entry) and around.kind in _SETTLEMENTS:
            return around
    around_it = set(context.nearby)
    return around_it.pop() if len(around_it) == 1 else None


def _at(mention: PlaceMention, said: PlaceMention, entry: Entry) -> Place:
    """The place of an entry, moved by what the mention says."""
    precision = _precision(said, entry)
    lat, lon, radius_km = entry.lat, entry.lon, entry.radius_km
    if precision == "country":
        lat = lon = radius_km = None
    elif lat is not None and lon is not None and radius_km is not None:
        if said.relation == "offset" and said.distance_km is not None:
            radius_km = max(radius_km, said.distance_km * OFFSET_SHARE)
            if said.bearing_deg is not None:
                lat, lon = destination(lat, lon, said.bearing_deg, said.distance_km)
            else:
                radius_km += said.distance_km
        elif said.relation == "road":
            radius_km = max(radius_km, ROAD_KM)
        elif said.relation != "at":
            radius_km = max(radius_km, NEAR_KM)
    return Place(
        mention.name,
        "resolved",
        lat if lat is None else round(lat, 4),
        lon if lon is None else round(lon, 4),
        radius_km if radius_km is None else round(radius_km, 1),
        precision,
        entry.country,
        entry.governorate or None,
        entry.district or None,
        entry.id,
        entry.source,
    )


def _precision(said: PlaceMention, entry: Entry | None) -> PlacePrecision:
    if entry and (entry.kind == "country" or (entry.kind == "region" and (entry.radius_km or 0) > WIDE_REGION_KM)):
        return "country"
    if said.relation != "at":
        return "near"
    kind = said.kind if said.kind in _UNITS else (entry.kind if entry else said.kind)
    if kind == "governorate":
        return "governorate"
    if kind in ("district", "subdistrict"):
        return "district"
    return "near" if kind in _NOT_POINTS else "exact"


def _pair(mention: PlaceMention, said: PlaceMention, gazetteer: Gazetteer, context: Context) -> Place:
    """Between two places, or on the road that joins them: the midpoint, and half the way as radius."""
    ends = [
        _choose(replace(said, name=name, to=None), gazetteer, context)
        for name in (said.name, said.to)
        if name is not None
    ]
    known = [e for e in ends if isinstance(e, Entry) and e.lat is not None and e.lon is not None]
    name = mention.name if mention.to is None else f"{mention.name} – {mention.to}"
    if not known:
        governorate, district = _unit_of(said, (), gazetteer, context)
        return Place(
            name,
            "unknown",
            precision="near",
            country=gazetteer.pack.country,
            governorate=governorate,
            district=district,
        )
    first, last = known[0], known[-1]
    if len(known) == 1:
        return replace(_at(mention, replace(said, to=None), first), name=name)
    assert first.lat is not None and first.lon is not None and last.lat is not None and last.lon is not None  # noqa: S101
    lat, lon = midpoint(first.lat, first.lon, last.lat, last.lon)
    half_km = distance_km(first.lat, first.lon, last.lat, last.lon) / 2
    same = first.governorate == last.governorate
    return Place(
        name,
        "resolved",
        round(lat, 4),
        round(lon, 4),
        round(max(half_km, 3.0), 1),
        "near",
        first.country,
        (first.governorate or None) if same else None,
        (first.district or None) if same and first.district == last.district else None,
        f"{first.id}+{last.id}",
        first.source if first.source == last.source else f"{first.source}; {last.source}",
    )


def _unit_of(
    said: PlaceMention, possible: tuple[Entry, ...], gazetteer: Gazetteer, context: Context
) -> tuple[str | None, str | None]:
    """Governorate and district of what has no point: from what it is within, else where all the report names lie."""
    governorate = district = None
    for name in said.within:
        areas = [e for e in _wider(name, gazetteer) if e.kind != "country"]
        units = {(e.governorate, e.district) for e in areas if e.governorate}
        if governorate is None and len({g for g, _ in units}) == 1:
            governorate = next(iter(units))[0]
        inner = {d for g, d in units if d and g == governorate}
        if district is None and len(inner) == 1 and not any(e.kind == "governorate" for e in areas):
            district = inner.pop()
    if governorate is None and possible:
        shared = {e.governorate for e in possible}
        governorate = shared.pop() or None if len(shared) == 1 else None
    if governorate is None and not possible:
        governorate, district = context.main_unit()
    return governorate, district
