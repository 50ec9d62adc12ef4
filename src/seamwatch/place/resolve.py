"""One mention to one place, or to an honest "unknown" or "ambiguous".

A mention that says where in relation to a place (30 km south of, between, on the road) becomes a point with a radius.
"""

from __future__ import annotations

from dataclasses import replace

from seamwatch.geo import destination, distance_km, midpoint
from seamwatch.model import Place, PlaceMention, PlacePrecision
from seamwatch.place.choose import SETTLEMENTS, UNITS, choose, wider
from seamwatch.place.context import NOWHERE, Context
from seamwatch.place.gazetteer import Entry, Gazetteer
from seamwatch.place.mention import parse_mention

WIDE_REGION_KM = 100.0  # a region wider than this is coded as the codebook codes a country
NEAR_KM, ROAD_KM, QUARTER_KM = 10.0, 15.0, 4.0  # radii, at least
WITHIN_KM = 60.0  # radius of the widest place that says where an unknown name in it is
AROUND_KM = 20.0  # how far from a town a village said to be of it may lie
OFFSET_SHARE = 0.25  # of a stated distance: how sure "30 km south-west of" is

_TOO_WIDE = frozenset({"governorate", "country", "region"})
_NOT_POINTS = frozenset({"mountain", "lake", "river", "road", "valley", "region"})


def resolve(mention: PlaceMention, gazetteer: Gazetteer, *, context: Context = NOWHERE) -> Place:
    """The place that a mention means.

    ``status`` is "resolved"; "within" (no such name: the point of the town or district that the report puts it in,
    its id in ``candidates``); "unknown" (no such name, or only where the report says it is not, nothing around it:
    no coordinates) or "ambiguous" (several, too close to call: no coordinates, their ids in ``candidates``). Countries
    and wide regions are resolved without coordinates: they are no points. Governorate and district of an unknown name
    are those that the mention is put within.
    """
    said = _read(mention, gazetteer)
    if said.to is not None:
        return _pair(mention, said, gazetteer, context)
    found = choose(said, gazetteer, context)
    if isinstance(found, Entry):
        place = _at(mention, said, found)
        if not found.governorate and found.origin != "pack" and found.country == gazetteer.pack.country:
            governorate, district = _unit_of(said, (), gazetteer, context)
            place = replace(place, governorate=governorate, district=district)
        return place
    quarter = _settlement_around(said, gazetteer, context) if not found else None
    if quarter:
        return replace(_at(mention, replace(said, kind=None), quarter), radius_km=quarter.radius_km or QUARTER_KM)
    governorate, district = _unit_of(said, found, gazetteer, context)
    around = _around(said, district, gazetteer, context) if not found else None
    if around is not None:
        place = _at(mention, replace(said, relation="at"), around)
        return replace(
            place,
            status="within",
            radius_km=max(place.radius_km or 0.0, AROUND_KM),
            precision=_precision(said, None),
            governorate=governorate,
            district=district,
            gazetteer_id=None,
            candidates=(around.id,),
        )
    foreign = context.countries - {gazetteer.pack.country}
    return Place(
        mention.name,
        "ambiguous" if found else "unknown",
        precision=_precision(said, None),
        country=gazetteer.pack.country if governorate or not foreign else None,
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


def _settlement_around(said: PlaceMention, gazetteer: Gazetteer, context: Context) -> Entry | None:
    """The town that a quarter, street or market is said to be in."""
    if said.kind != "part":
        return None
    for name in said.within:
        around = choose(PlaceMention(name, kind="town"), gazetteer, context)
        if isinstance(around, Entry) and around.kind in SETTLEMENTS:
            return around
    around_it = set(context.nearby)
    return around_it.pop() if len(around_it) == 1 else None


def _around(said: PlaceMention, district: str | None, gazetteer: Gazetteer, context: Context) -> Entry | None:
    """The smallest place on the list that an unknown name is said to lie in or by; none wider than a district."""
    names = [*said.within, *([district] if district else [])]
    for at, name in enumerate(names):  # a district's seat rather than its middle: that is where people live
        for kind in (None, "town") if said.kind in ("site", "part") else (None,):  # a quarter of Kirkuk is of the city
            found = choose(PlaceMention(name, kind=kind, within=tuple(names[at + 1 :])), gazetteer, context)
            if isinstance(found, Entry) and found.point and found.kind not in _TOO_WIDE:
                if (found.radius_km or WITHIN_KM + 1) <= WITHIN_KM:
                    return found
    if said.kind in ("site", "part"):  # "the Azadi quarter", in a report that names one town: by its police
        towns = {e for e in context.places if e.kind in ("city", "town")}
        return towns.pop() if len(towns) == 1 else None
    return None


def _at(mention: PlaceMention, said: PlaceMention, entry: Entry) -> Place:
    """The place of an entry, moved by what the mention says."""
    precision = _precision(said, entry)
    if precision == "country" or entry.point is None or entry.radius_km is None:
        lat = lon = radius_km = None
    else:
        lat, lon, radius_km = _moved(entry.point, entry.radius_km, said)
    return Place(
        mention.name,
        "resolved",
        lat,
        lon,
        radius_km,
        precision,
        entry.country,
        entry.governorate or None,
        entry.district or None,
        entry.id,
        entry.source,
    )


def _moved(point: tuple[float, float], radius_km: float, said: PlaceMention) -> tuple[float, float, float]:
    """Latitude, longitude and radius in km where the mention puts it in relation to a point."""
    lat, lon = point
    if said.relation == "offset" and said.distance_km is not None:
        radius_km = max(radius_km, said.distance_km * OFFSET_SHARE)
        if said.bearing_deg is not None:
            lat, lon = destination(lat, lon, said.bearing_deg, said.distance_km)
        else:
            radius_km += said.distance_km
    elif said.relation != "at":
        radius_km = max(radius_km, ROAD_KM if said.relation == "road" else NEAR_KM)
    return round(lat, 4), round(lon, 4), round(radius_km, 1)


def _precision(said: PlaceMention, entry: Entry | None) -> PlacePrecision:
    if entry and (entry.kind == "country" or (entry.kind == "region" and (entry.radius_km or 0) > WIDE_REGION_KM)):
        return "country"
    if said.relation != "at":
        return "near"
    kind = said.kind if said.kind in UNITS else (entry.kind if entry else said.kind)
    if kind == "governorate":
        return "governorate"
    if kind in ("district", "subdistrict"):
        return "district"
    return "near" if kind in _NOT_POINTS else "exact"


def _pair(mention: PlaceMention, said: PlaceMention, gazetteer: Gazetteer, context: Context) -> Place:
    """Between two places, or on the road that joins them: the midpoint, and half the way as radius."""
    name = mention.name if mention.to is None else f"{mention.name} – {mention.to}"
    ends = [choose(replace(said, name=end, to=None), gazetteer, context) for end in (said.name, said.to or "")]
    points = [(end, end.point) for end in ends if isinstance(end, Entry) and end.point]
    if not points:
        governorate, district = _unit_of(said, (), gazetteer, context)
        country = gazetteer.pack.country
        return Place(name, "unknown", precision="near", country=country, governorate=governorate, district=district)
    (first, (lat1, lon1)), (last, (lat2, lon2)) = points[0], points[-1]
    if first is last:
        return replace(_at(mention, replace(said, to=None), first), name=name)
    lat, lon = midpoint(lat1, lon1, lat2, lon2)
    half_km = distance_km(lat1, lon1, lat2, lon2) / 2
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
        areas = [e for e in wider(name, gazetteer) if e.kind != "country"]
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
