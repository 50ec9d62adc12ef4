"""Areas as polygons: which district a point lies in, by whose drawing, and when.

A boundary is somebody's claim. An `Area` says who draws it so (``claimant``) and for which days; where two of them draw
differently, both are given, side by side. Nothing here draws a line of its own. The polygons are not part of Seamwatch:
`read_areas` reads a GeoJSON file (OCHA's COD-AB, or one with ``name``, ``level``, ``claimant`` …), `imported_areas`
what `seamwatch gazetteer import` has stored.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from seamwatch.errors import GazetteerError
from seamwatch.geo import equal_area_km
from seamwatch.place.imports.ocha import OchaFile
from seamwatch.place.imports.records import AreaRow, RowError
from seamwatch.place.names import fold, key
from seamwatch.place.store import guarded

COUNTRY, GOVERNORATE, DISTRICT, SUBDISTRICT = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A polygon that somebody draws.

    ``level`` is 0 country, 1 governorate, 2 district, 3 sub-district; ``parent`` the id of the next wider unit (or its
    name, where the source has no ids); ``valid_from`` to ``valid_to`` the days it is said to hold for, both within,
    None where open; ``note`` what its source says of it, shown wherever the area is.
    """

    id: str
    name: str
    names: tuple[str, ...]
    level: int
    country: str
    parent: str
    claimant: str
    valid_from: date | None
    valid_to: date | None
    source: str
    note: str
    shape: BaseGeometry

    def valid_on(self, day: date | None) -> bool:
        """Whether it is said to hold on a day; on no day in particular, whether it has not ended."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def km2(self) -> float:
        """Its size in km², on the WGS 84 ellipsoid."""
        return area_km2(self.shape)

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude of a point that surely lies in it, near its middle."""
        point = self.shape.representative_point()
        return point.y, point.x


class Areas:
    """Areas, looked up by point and by name. Those of other days and other claimants stand beside each other."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.all = tuple(areas)
        self._tree = shapely.STRtree([a.shape for a in self.all])
        self._by_id = {(a.claimant, a.id): a for a in self.all}
        self._by_name: dict[str, list[Area]] = {}
        for area in self.all:
            for form in {f for name in area.names for f in (fold(name), key(name)) if f}:
                self._by_name.setdefault(form, []).append(area)

    def __len__(self) -> int:
        return len(self.all)

    def at(self, lat: float, lon: float, *, level: int | None = None, day: date | None = None) -> tuple[Area, ...]:
        """All areas that hold a point, wide to narrow, by every claimant; a point on a line lies in both."""
        hits = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        found = (self.all[int(n)] for n in hits)
        kept = [a for a in found if (level is None or a.level == level) and a.valid_on(day)]
        return tuple(sorted(kept, key=lambda a: (a.level, a.claimant, a.id)))

    def district(self, lat: float, lon: float, *, day: date | None = None) -> tuple[Area, ...]:
        """The districts of a point: one for each claimant who draws one there."""
        return self.at(lat, lon, level=DISTRICT, day=day)

    def units(self, lat: float, lon: float, *, day: date | None = None) -> Mapping[str, tuple[Area, ...]]:
        """Governorate, district and sub-district of a point by claimant."""
        found: dict[str, list[Area]] = {}
        for area in self.at(lat, lon, day=day):
            found.setdefault(area.claimant, []).append(area)
        return {claimant: tuple(areas) for claimant, areas in found.items()}

    def named(self, name: str, *, level: int | None = None, day: date | None = None) -> tuple[Area, ...]:
        """All areas of that name (in any script, by its strict form, else its loose one), wide to narrow."""
        found = self._by_name.get(fold(name)) or self._by_name.get(key(name)) or []
        kept = [a for a in found if (level is None or a.level == level) and a.valid_on(day)]
        return tuple(sorted(kept, key=lambda a: (a.level, a.claimant, a.id)))

    def parent(self, area: Area) -> Area | None:
        """The next wider unit, by the same claimant."""
        by_id = self._by_id.get((area.claimant, area.parent))
        if by_id is not None or not area.parent:
            return by_id
        wider = [a for a in self.named(area.parent, level=area.level - 1) if a.claimant == area.claimant]
        return wider[0] if len(wider) == 1 else None

    def within(self, outer: Area) -> tuple[Area, ...]:
        """The next narrower units of an area, by the same claimant."""
        return tuple(a for a in self.all if a.level == outer.level + 1 and self.parent(a) is outer)

    def disagreements(self, level: int, *, day: date | None = None, least_km2: float = 1.0) -> list[Disagreement]:
        """Where two claimants put the same ground into units of different names, largest first."""
        mine = [a for a in self.all if a.level == level and a.valid_on(day)]
        tree = shapely.STRtree([a.shape for a in mine])
        found = []
        for one, other in tree.query([a.shape for a in mine], predicate="intersects").T.tolist():
            a, b = mine[one], mine[other]
            if a.claimant < b.claimant and not {key(n) for n in a.names} & {key(n) for n in b.names}:
                km2 = area_km2(shapely.intersection(a.shape, b.shape))
                if km2 >= least_km2:
                    found.append(Disagreement(a, b, km2))
        return sorted(found, key=lambda d: (-d.km2, d.one.id, d.other.id))


@dataclass(frozen=True, slots=True, eq=False)
class Disagreement:
    """Ground that one claimant counts into one unit and another into a unit of another name, with its size in km²."""

    one: Area
    other: Area
    km2: float


def area_km2(shape: BaseGeometry) -> float:
    """The size of a shape in degrees, in km²."""
    return float(shapely.area(shapely.transform(shape, _project)))


def _project(points: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([equal_area_km(lat, lon) for lon, lat in points]).reshape(-1, 2)


def read_areas(path: Path, *, country: str = "", claimant: str = "", note: str = "") -> Areas:
    """The polygons of a GeoJSON file (also .gz, .zip).

    OCHA's columns (ADM2_EN, ADM2_PCODE, validOn …) or ``id, name, names, level, country, parent, claimant, valid_from,
    valid_to, note``. ``claimant`` and ``note`` are for files that name none. Raises GazetteerError, with the number of
    the feature, on one that cannot be used: half a map would tell the wrong district.
    """
    file = OchaFile(path, country)
    found = []
    for number, properties, drawn in file.records():
        try:
            row = _own(number, properties, drawn, country) or file.parse((number, properties, drawn))
            if isinstance(row, AreaRow):
                told = {str(k).casefold(): str(v) for k, v in properties.items() if v}
                by_whom = told.get("claimant") or claimant or row.claimant
                found.append(_area(row, by_whom, path.name, told.get("note") or note))
        except (RowError, ValueError) as error:
            where = f"{path.name}, feature {number}"
            raise GazetteerError(str(error), where=where, remedy="mend the feature, or take it out") from error
    if not found:
        raise GazetteerError("no polygons in it", where=str(path), remedy="name a file of areas")
    return Areas(found)


def imported_areas(path: Path) -> Areas:
    """The polygons that the user's gazetteer holds, maybe none. Raises GazetteerError where it is no gazetteer."""
    with guarded(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT a.ref, a.name, a.level, a.shape, a.names, a.country, a.parent, a.claimant, a.valid_from, "
            "a.valid_to, s.name FROM area a JOIN source s ON s.id = a.source WHERE s.state = 'ready' ORDER BY a.id"
        )
        return Areas(_stored(rows))


def _stored(rows: Iterable[Sequence[Any]]) -> Iterator[Area]:
    for ref, name, level, shape, names, country, parent, claimant, since, until, source in rows:
        spelled = tuple((str(lang), str(text)) for lang, text in json.loads(names))
        row = AreaRow(ref, name, level, shape, (0, 0, 0, 0), country, parent, claimant, since, until, spelled)
        yield _area(row, claimant, source, "")


def _own(number: int, properties: Mapping[str, Any], drawn: Any, country: str) -> AreaRow | None:
    """The area of a feature in our own columns; None for one of others."""
    if drawn is None or "name" not in properties or "level" not in properties:
        return None
    geometry = shapely.geometry.shape(drawn)
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        raise ValueError(f"a {geometry.geom_type}, not a polygon")
    names = tuple(("", str(n)) for n in properties.get("names") or ())
    return AreaRow(
        str(properties.get("id") or number),
        str(properties["name"]),
        int(properties["level"]),
        shapely.to_wkb(geometry if geometry.is_valid else shapely.make_valid(geometry)),
        geometry.bounds,
        str(properties.get("country") or country),
        str(properties.get("parent") or ""),
        str(properties.get("claimant") or ""),
        str(properties.get("valid_from") or ""),
        str(properties.get("valid_to") or ""),
        names,
    )


def _area(row: AreaRow, claimant: str, source: str, note: str) -> Area:
    names = tuple(dict.fromkeys((row.name, *(text for _, text in row.names))))
    since, until = _day(row.valid_from), _day(row.valid_to)
    if since and until and until < since:
        raise ValueError(f"valid to {until}, before it begins on {since}")
    where = row.country, row.parent, claimant, since, until, source, note
    return Area(str(row.ref), row.name, names, row.level, *where, shapely.from_wkb(row.shape))


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
