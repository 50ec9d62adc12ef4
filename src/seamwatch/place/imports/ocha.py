"""OCHA's common operational data sets: populated places as points, administrative boundaries as polygons.

GeoJSON (plain, .gz, .zip), or shapefiles and geopackages through pyogrio, an extra.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from seamwatch.errors import ConfigError, GazetteerError
from seamwatch.place.imports.opened import features
from seamwatch.place.imports.records import AreaRow, Names, PlaceRow, RowError, degrees, settlement, whole

LICENCE = "CC BY-IGO, as OCHA usually publishes; check the data set's page"
URL = "https://data.humdata.org (OCHA common operational data sets)"
VECTOR_FILES = (".shp", ".gpkg", ".fgb")
CLAIMANT = "OCHA COD-AB"  # unless the polygon says who claims it, or that it is a proxy
_CHUNK = 5_000  # features read from a shapefile at once
_LANGUAGES = {"en": "en", "ar": "ar", "ku": "ckb", "ckb": "ckb", "kmr": "ku", "fr": "fr", "es": "es"}
_POINT_NAMES: tuple[str, ...] = (
    "name_en",
    "featurenam",
    "featurename",
    "featureref",
    "featurerefname",
    "ppl_name",
    "p_name_en",
)
_POINT_NAMES += ("place_name", "name", "village", "loc_name", "settlement")
_POINT_REFS = ("pcode", "ppl_pcode", "p_code", "placecode", "feature_id", "featureid", "uniqueid", "id", "objectid")

Feature = tuple[int, Mapping[str, Any], Any]  # number in the file, properties, geometry as GeoJSON or WKB


class OchaFile:
    """Points become places, polygons areas. The case of properties does not matter (ADM2_EN, adm2_en)."""

    title, licence, url = "OCHA", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country = path, country

    def records(self) -> Iterator[Feature]:
        """Each feature."""
        if self._path.suffix.lower() in VECTOR_FILES:
            yield from _vector_features(self._path)
            return
        for number, feature in enumerate(features(self._path), 1):
            yield number, feature.get("properties") or {}, feature.get("geometry")

    def parse(self, raw: Feature) -> PlaceRow | AreaRow | None:
        """The place or area of a feature; None for one without geometry."""
        number, properties, drawn = raw
        if drawn is None:
            return None
        told = {str(k).casefold(): str(v).strip() for k, v in properties.items() if v is not None and str(v).strip()}
        geometry = _geometry(drawn)
        if geometry.geom_type in ("Polygon", "MultiPolygon"):
            return _area(number, told, geometry, self._country)
        if geometry.geom_type in ("Point", "MultiPoint"):
            return _place(number, told, geometry, self._country)
        raise RowError(f"a {geometry.geom_type}", rule="points or polygons")


def _geometry(drawn: Any) -> BaseGeometry:
    try:
        geometry = shapely.from_wkb(drawn) if isinstance(drawn, bytes) else shape(drawn)
    except (shapely.errors.ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise RowError(f"no geometry: {error}", rule="a GeoJSON geometry") from error
    if geometry.is_empty:
        raise RowError("an empty geometry", rule="a point or polygon")
    west, south, east, north = geometry.bounds
    degrees(south, west)
    degrees(north, east)
    return geometry


def _area(number: int, told: Mapping[str, str], geometry: BaseGeometry, country: str) -> AreaRow:
    level = max((n for n in range(5) if _named(told, n)), default=None)
    if level is None:
        raise RowError("no name", rule="a polygon has ADM1_EN, ADM2_EN … or adm1_name, adm2_name …")
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    names = _named(told, level)
    outer = _named(told, level - 1) if level else ()
    code = told.get("adm0_pcode", "")[:2].upper()
    west, south, east, north = geometry.bounds
    return AreaRow(
        told.get(f"adm{level}_pcode") or number,
        names[0][1],
        level,
        shapely.to_wkb(geometry),
        (west, south, east, north),
        code if len(code) == 2 else country,
        told.get(f"adm{level - 1}_pcode") or (outer[0][1] if outer else ""),
        told.get("claimant") or told.get("note", "")[:200] or CLAIMANT,
        (told.get("validon") or told.get("valid_on") or told.get("date") or "")[:10],
        (told.get("validto") or told.get("valid_to") or "")[:10],
        names,
    )


def _named(told: Mapping[str, str], level: int) -> Names:
    """The names of a unit in the columns of both editions of the data set, the English one first."""
    found = [(lang, told.get(f"adm{level}_{code}", "")) for code, lang in _LANGUAGES.items()]
    found += [("", told.get(f"adm{level}_name", ""))]
    found += [(lang, told.get(f"adm{level}_name_{code}", "")) for code, lang in _LANGUAGES.items()]
    found += [("", told.get(f"adm{level}_name{n}", "")) for n in (1, 2, 3)]
    for n in (1, 2):
        found += [(lang, told.get(f"adm{level}alt{n}{code}", "")) for code, lang in _LANGUAGES.items()]
    return tuple(dict.fromkeys(pair for pair in found if pair[1]))


def _place(number: int, told: Mapping[str, str], geometry: BaseGeometry, country: str) -> PlaceRow:
    name = next((told[n] for n in _POINT_NAMES if n in told), "")
    if not name:
        raise RowError("no name", rule=f"a point has one of {', '.join(_POINT_NAMES[:6])}")
    spelled = [(code[-2:], told[code]) for code in ("name_ar", "p_name_ar", "ppl_name_ar") if code in told]
    spelled += [("ckb", told[code]) for code in ("name_ku", "p_name_ku") if code in told]
    spelled += [
        ("", told[code]) for code in ("featureren", "featurealt", "alt_name", "name_alt", "featurear") if code in told
    ]
    population = whole(told.get("population") or told.get("pop") or "")
    point = geometry.centroid
    units = [(_named(told, n) or (("", ""),))[0][1] for n in (1, 2)]
    ref = next((told[n] for n in _POINT_REFS if n in told), number)
    code = told.get("adm0_pcode", "")[:2].upper() or country
    return PlaceRow(
        ref, name, settlement(population), point.y, point.x, code, units[0], units[1], population, None, tuple(spelled)
    )


def _vector_features(path: Path) -> Iterator[Feature]:
    """Features of a shapefile or geopackage, a few thousand at once."""
    try:
        import pyogrio
        from pyogrio.raw import read
    except ImportError as error:
        remedy = "pip install 'seamwatch[shp]', or convert the file to GeoJSON"
        raise ConfigError("shapefiles need pyogrio", where=str(path), remedy=remedy) from error
    try:
        info = pyogrio.read_info(path)
        crs = str(info.get("crs") or "EPSG:4326")
        if crs not in ("EPSG:4326", "OGC:CRS84"):
            remedy = "reproject it to WGS 84 (EPSG:4326)"
            raise GazetteerError(f"in {crs[:60]}", where=str(path), rule="WGS 84 degrees", remedy=remedy)
        for start in range(0, int(info["features"]), _CHUNK):
            meta, _, shapes, columns = read(path, skip_features=start, max_features=_CHUNK)
            for at, drawn in enumerate(shapes):
                told = {f: columns[n][at] for n, f in enumerate(meta["fields"])}
                yield start + at + 1, told, None if drawn is None else bytes(drawn)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise GazetteerError(
            f"cannot be read: {error}", where=str(path), remedy="fetch it again, with .dbf and .shx"
        ) from error
