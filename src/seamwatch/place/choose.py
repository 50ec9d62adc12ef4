"""Which of a name's candidates a mention means.

Candidates are scored by how the name met, by the report's own word for it (village, district, …), by the wider places
that the mention is put within, and by what else the report names. The weights were set by hand and have no unit; only
their order and the margin count.
"""

from __future__ import annotations

import math

from seamwatch.model import PlaceMention
from seamwatch.place.context import Context
from seamwatch.place.gazetteer import Candidate, Entry, Gazetteer
from seamwatch.place.mention import parse_mention
from seamwatch.place.names import fold

Areas = tuple[Entry, ...]  # what one wider name may mean

MARGIN = 0.15  # score by which the best must lead another of its kind that lies elsewhere
ELSEWHERE_KM = 25.0
LARGE_CITY = 1_000_000  # inhabitants: known abroad without a word on where it is
FAR_KM = 60.0  # from every place that the mention is put within, or that the report names
ANOTHER_KM = 120.0  # this far from all that a report names, a village of the very name is another one

UNITS = frozenset({"governorate", "district", "subdistrict"})
SETTLEMENTS = frozenset({"city", "town", "village", "site", "camp"})
_ELSEWHERE = (SETTLEMENTS | UNITS) - {"city", "governorate"}
_LONG = frozenset({"mountain", "river", "road", "region", "lake", "valley"})
_SMALL = frozenset({"village", "site", "valley"})
# What a name without a word for its kind most likely means.
_PRIOR = {"city": 0.5, "town": 0.5, "governorate": 0.3, "village": 0.4, "district": 0.1, "subdistrict": 0.05}
_OTHER_KIND = 0.4
_MATCH = {"exact": 3.0, "key": 2.5, "fuzzy": 1.5}
_NEIGHBOURS = 0.6  # for each of governorate and district that the report's other names share
_PER_DIGIT = 0.15  # of its inhabitants, below a million
_WHOLE = 0.2  # a range over its parts
_CLEAR_KM = 5.0
_LISTED = 0.3  # what reports name, the pack's list has; of two of one name, rather that one
_HERE = 0.5  # in the pack's own country


def choose(said: PlaceMention, gazetteer: Gazetteer, context: Context) -> Entry | tuple[Entry, ...]:
    """The one entry that is meant, else those that stay possible (none for an unknown name)."""
    areas = tuple(found for name in said.within if (found := wider(name, gazetteer)))
    scored: list[tuple[float, Entry]] = []
    for candidate in gazetteer.candidates(said.name):
        score = _score(candidate, said, areas, gazetteer, context)
        if score is not None:
            scored.append((score, candidate.entry))
    if not scored:
        return ()
    scored.sort(key=lambda pair: -pair[0])
    best, entry = scored[0]
    if said.kind is None and entry.kind == "subdistrict":
        return _seat(entry, [e for _, e in scored]) or entry
    rivals = [
        e
        for s, e in scored[1:]
        if best - s < MARGIN and entry.distance_km(e) > max(ELSEWHERE_KM, entry.radius_km or 0) and e.kind == entry.kind
    ]
    if not rivals:
        return entry
    # Two parts of one range, with nothing to tell them apart: the range.
    whole = next((e for _, e in scored if e.kind == entry.kind and _whole(e)), None)
    return whole or _nearest((entry, *rivals), areas, context) or (entry, *rivals)


def _seat(unit: Entry, others: list[Entry]) -> Entry | None:
    """The town of a sub-district's name: what the bare name means, whatever district a table has it in."""
    near = (unit.radius_km or 0.0) + ELSEWHERE_KM
    return next((e for e in others if e.kind in ("city", "town") and unit.distance_km(e) <= near), None)


def _nearest(rivals: tuple[Entry, ...], areas: tuple[Areas, ...], context: Context) -> Entry | None:
    """The one of several that lies far nearer than the others to the town or village said to be around it."""
    around = [e for area in areas for e in area if e.kind in SETTLEMENTS]
    around = around or [e for e in context.nearby if e not in rivals]
    if not around:
        return None
    ranked = sorted(rivals, key=lambda e: min(e.distance_km(a) for a in around))
    first, second = (min(e.distance_km(a) for a in around) for e in ranked[:2])
    return ranked[0] if first <= FAR_KM and 2 * first + _CLEAR_KM < second else None


def _whole(entry: Entry) -> bool:
    """Whether it is a range, river or road that no one governorate holds."""
    return entry.kind in _LONG and not entry.governorate


def _score(
    candidate: Candidate, said: PlaceMention, within: tuple[Areas, ...], gazetteer: Gazetteer, context: Context
) -> float | None:
    """How well a candidate fits; None where it cannot be meant."""
    entry = candidate.entry
    if _outside_stated(entry, within):
        return None
    abroad = entry.country != gazetteer.pack.country
    inside = next((n for n, areas in enumerate(within) if any(_inside(entry, area) for area in areas)), None)
    only_country = inside is not None and all(area.kind == "country" for area in within[inside])
    share = context.share(entry)
    if candidate.match == "fuzzy" and not share:  # also inside a place whose own name may mean several
        return None
    if inside is None:
        if _strays(candidate, said, within, context, abroad):
            return None
        if abroad and not _may_be_abroad(entry, said.name, context):
            return None
    score = _MATCH[candidate.match] * candidate.ratio + _kind_score(entry, said) + _NEIGHBOURS * share
    if inside is not None:
        score += 0.3 if only_country else 1.0 / (1 + 0.3 * inside)
    if abroad and entry.country in context.countries:
        score += 0.5
    if not abroad:
        score += _HERE
        score += _WHOLE if _whole(entry) else 0.0
    if entry.origin == "imported" and not abroad:
        score -= _LISTED
    elif entry.origin != "pack" and entry.kind != "country":
        score += _PER_DIGIT * (math.log10(max(1, entry.population)) - 6)  # of two abroad, the larger
    return score


def _outside_stated(entry: Entry, within: tuple[Areas, ...]) -> bool:
    """Whether a town, village or district lies far outside the narrowest unit that the mention is put within.

    Then another one is meant, listed or not: Husaybah in the district of Ramadi is not the one at the border. Cities
    are exempt: there the unit is likelier misread than the city.
    """
    if entry.kind not in _ELSEWHERE:
        return False
    stated = next((areas for areas in within if all(area.kind in UNITS for area in areas)), ())
    return bool(stated) and all(_edge_km(entry, area) > FAR_KM for area in stated)


def _strays(
    candidate: Candidate, said: PlaceMention, within: tuple[Areas, ...], context: Context, abroad: bool
) -> bool:
    """Whether a village's name would carry the report far from all that it is put within, or that the report names.

    Villages share names (nine Hawijas); what a report calls a village and a list has elsewhere is another one.
    """
    entry = candidate.entry
    obscure = entry.origin != "pack" and not abroad  # the pack's list would have it if reports named it
    if entry.kind not in _SMALL and said.kind not in _SMALL and not obscure:
        return False
    if within:
        return all(_edge_km(entry, area) > FAR_KM for areas in within for area in areas)
    if entry.origin == "imported" and context.governorates and not context.share(entry):
        return True  # lists of a whole country have most names somewhere
    reach = FAR_KM if candidate.match != "exact" or obscure else ANOTHER_KM
    return bool(context.places) and context.nearest_km(entry) > reach


def _kind_score(entry: Entry, said: PlaceMention) -> float:
    if said.relation != "at" and entry.kind in UNITS and said.kind not in UNITS:
        return -1.0  # "south of Kirkuk" is said of the city
    if said.kind is None:
        return (1.0 if entry.bare else 0.0) + _PRIOR.get(entry.kind, _OTHER_KIND)
    if said.kind == entry.kind:
        return 2.0
    if {said.kind, entry.kind} <= SETTLEMENTS or {said.kind, entry.kind} <= {"district", "subdistrict"}:
        return 1.2
    if said.kind in UNITS:
        return 0.5 if entry.kind in ("city", "town") else 0.0
    return -1.5 if entry.kind in UNITS else 0.0


def _may_be_abroad(entry: Entry, name: str, context: Context) -> bool:
    """A place abroad is meant only where the report speaks of its country, of no place here, or where all know it."""
    if entry.kind == "country":
        return True
    famous = entry.population >= LARGE_CITY and fold(entry.name) == fold(name)  # by its own name, not a lesser one
    if context.countries:
        return entry.country in context.countries or famous
    return not context.places or famous


def _edge_km(entry: Entry, area: Entry) -> float:
    return 0.0 if _inside(entry, area) else entry.distance_km(area) - (area.radius_km or 0.0)


def wider(name: str, gazetteer: Gazetteer) -> Areas:
    """What a wider place may be: units of that name first, else any place of it, else a country."""
    read = parse_mention(name, gazetteer.words, gazetteer.known)
    listed = [c.entry for c in gazetteer.candidates(read.name) if c.match != "fuzzy" and c.entry.origin != "world"]
    own = [e for e in listed if e.origin == "pack"] or listed
    if read.kind in UNITS:
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
