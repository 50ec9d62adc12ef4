"""Sets of districts that a pack names ("usually counted as disputed"): a list somebody made, never a line.

They are in the pack's ``areas.toml``, each with who makes it so and for which days; a proxy says on its face that it is
one. A set has no polygons of its own: with imported ones it has the shape of its districts, without any it still
tells, by the names of governorate and district, whether a place counts in.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from seamwatch.errors import PackError
from seamwatch.geo import distance_km
from seamwatch.model import Place
from seamwatch.packs import Pack, load_places
from seamwatch.place.areas import DISTRICT, Areas
from seamwatch.place.names import key

RULE = "[[area]] with id, title, proxy, claimant, note and units = [[governorate, district], ...]"


@dataclass(frozen=True, slots=True)
class AreaSet:
    """Districts that somebody counts together. ``label`` is what must be shown with it."""

    id: str
    title: str
    proxy: bool
    claimant: str
    note: str
    valid_from: date | None
    valid_to: date | None
    units: frozenset[tuple[str, str]]

    @property
    def label(self) -> str:
        """Its title, and that it is a proxy."""
        return f"{self.title} (PROXY: {self.note})" if self.proxy else self.title

    def holds(self, place: Place) -> bool | None:
        """Whether a place's district is one of them; None where its district is not known."""
        if not place.governorate or not place.district:
            return None
        return (place.governorate, place.district) in self.units

    def shape(self, areas: Areas, *, claimant: str | None = None, day: date | None = None) -> BaseGeometry | None:
        """The union of its districts as one claimant draws them; None where not all of them are drawn."""
        wanted = {(key(governorate), key(district)) for governorate, district in self.units}
        found: dict[tuple[str, tuple[str, str]], BaseGeometry] = {}
        for area in areas.all:
            outer = areas.parent(area) if area.level == DISTRICT and area.valid_on(day) else None
            if outer is not None and (claimant is None or area.claimant == claimant):
                named = {(key(a), key(b)) for a in outer.names for b in area.names} & wanted
                found |= {(area.claimant, unit): area.shape for unit in named}
        for one in sorted({drawn_by for drawn_by, _ in found}):
            shapes = [shape for (drawn_by, _), shape in found.items() if drawn_by == one]
            if len(shapes) == len(wanted):
                return shapely.union_all(shapes)
        return None


@functools.cache
def load_area_sets(pack: Pack) -> tuple[AreaSet, ...]:
    """The sets of a pack. Raises PackError where one breaks the rules or names a district that places.csv has not."""
    known = {(p.governorate, p.district) for p in load_places(pack) if p.kind == "district"}
    return tuple(_set(raw, known, pack) for raw in pack.table("areas.toml").get("area", ()))


def nearest_district(lat: float, lon: float, pack: Pack) -> tuple[str, str, float] | None:
    """Governorate and district whose middle is nearest for its size, and the distance in km: a guess without polygons.

    None for a point far from all of them (more than twice a district's radius).
    """
    best: tuple[float, str, str, float] | None = None
    for place in load_places(pack):
        if place.kind == "district":
            km = distance_km(lat, lon, place.lat, place.lon)
            share = km / max(1.0, place.radius_km)
            if share <= 2.0 and (best is None or share < best[0]):
                best = share, place.governorate, place.district, km
    return best[1:] if best else None


def _set(raw: Mapping[str, Any], known: set[tuple[str, str]], pack: Pack) -> AreaSet:
    where = f"{pack.name}/areas.toml"
    try:
        units = frozenset((str(governorate), str(district)) for governorate, district in raw["units"])
        found = AreaSet(
            str(raw["id"]),
            str(raw["title"]),
            bool(raw["proxy"]),
            str(raw["claimant"]),
            str(raw["note"]),
            raw.get("valid_from"),
            raw.get("valid_to"),
            units,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"cannot use this area: {error}", where=where, rule=RULE) from error
    if strange := units - known:
        raise PackError(f"{found.id}: no district {sorted(strange)[0]}", where=where, rule="as in places.csv")
    return found
