"""Who's On First: as a table with a place a row, as its SQLite distribution, as a repository's folder of GeoJSON."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from seamwatch.errors import GazetteerError
from seamwatch.place.imports.opened import opened_text, unbroken
from seamwatch.place.imports.records import Names, PlaceRow, RowError, degrees, settlement, whole

LICENCE = "CC0 1.0 and licences of the contained sources; points from GeoNames under CC BY 4.0"
URL = "https://whosonfirst.org"
# Languages whose names a program translated for the most part: "Air Base" for every one of them.
MACHINE_MADE = frozenset({"ceb", "swe", "war", "arz", "lld", "min"})
_LANGUAGES = {"ara": "ar", "eng": "en", "kur": "ku", "fas": "fa", "tur": "tr", "und": "", "fra": "fr", "spa": "es"}
_KINDS = {
    "country": "country",
    "dependency": "country",
    "macroregion": "region",
    "region": "governorate",
    "macrocounty": "district",
    "county": "district",
    "localadmin": "subdistrict",
    "borough": "site",
    "locality": "",  # by its inhabitants
    "neighbourhood": "site",
    "macrohood": "site",
    "microhood": "site",
    "campus": "site",
}
_UNITS = ("country", "region", "county")

_PLACES = (
    "SELECT s.id, s.name, s.placetype, s.country, s.latitude, s.longitude, s.is_deprecated, s.is_superseded, {} "
    "FROM spr s ORDER BY s.id"
)
_INHABITANTS = (
    "(SELECT coalesce(json_extract(g.body, '$.properties.\"wof:population\"'), "
    "json_extract(g.body, '$.properties.\"gn:population\"')) FROM geojson g WHERE g.id = s.id "
    "AND json_valid(g.body) LIMIT 1)"
)


class WofTable:
    """A CSV file, plain or gzipped. Columns: id, placetype, name, lat, lon, names (JSON), hier (JSON), and others.

    The rows of countries, regions and counties are read first, for the names of the units that places lie in.
    """

    title, licence, url = "Who's On First", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country = path, country
        self._units: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        with opened_text(path) as lines:
            for row in csv.DictReader(lines):
                if row.get("placetype") in _UNITS:
                    self._units[str(row.get("id"))] = str(row.get("name") or "")
                if row.get("placetype") == "country":
                    self._countries[str(row.get("id"))] = iso_of(row)

    def records(self) -> Iterator[dict[str, str]]:
        """Each row, as a mapping of column to text."""
        with opened_text(self._path) as lines:
            yield from csv.DictReader(lines)

    def parse(self, raw: Mapping[str, Any]) -> PlaceRow | None:
        """The place of a row; None for what is deprecated, superseded, gone, or of a kind that is no place of ours."""
        try:
            hierarchy = (json.loads(raw.get("hier") or "[]") or [{}])[0]
            names = json.loads(raw.get("names") or "{}")
            units = {level: self._units.get(str(hierarchy.get(f"{level}_id")), "") for level in _UNITS}
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise RowError(f"cannot be read: {error!r}", rule="names and hier as JSON") from error
        country = self._countries.get(str(hierarchy.get("country_id")), "") or self._country
        return _place(raw, names, units, country)


class WofSqlite:
    """The SQLite distribution: tables ``spr`` and ``names``; units from ``ancestors``, inhabitants from ``geojson``."""

    title, licence, url = "Who's On First", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country = path, country

    def records(self) -> Iterator[dict[str, Any]]:
        """Each row of ``spr`` in the order of its ids, as the table's columns name it, with its names and units."""
        with unbroken(self._path), closing(sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"spr", "names"} <= tables:
                raise GazetteerError("no tables spr and names", where=str(self._path), rule="WOF's SQLite distribution")
            rows = db.execute(_PLACES.format(_INHABITANTS if "geojson" in tables else "NULL"))
            for ref, name, placetype, country, lat, lon, deprecated, superseded, population in rows:
                names: dict[str, list[str]] = {}
                for lang, spelled in db.execute("SELECT language, name FROM names WHERE id = ? ORDER BY rowid", (ref,)):
                    names.setdefault(str(lang), []).append(str(spelled))
                units: dict[str, str] = {}
                if "ancestors" in tables:
                    units = dict(
                        db.execute(
                            "SELECT a.ancestor_placetype, s.name FROM ancestors a JOIN spr s ON s.id = a.ancestor_id "
                            "WHERE a.id = ?",
                            (ref,),
                        )
                    )
                yield {
                    **{"id": ref, "name": name, "placetype": placetype, "country": country, "lat": lat, "lon": lon},
                    **{"deprecated": deprecated, "superseded": superseded, "population": population},
                    **{"names": names, "units": units},
                }

    def parse(self, raw: Mapping[str, Any]) -> PlaceRow | None:
        """The place of a row, as that of the table."""
        return _place(raw, raw["names"], raw["units"], self._country)


class WofFolder:
    """A repository's folder: a GeoJSON file a place, those with ``-alt-`` in their name left out."""

    title, licence, url = "Who's On First", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country = path, country
        self._files = geojson_files(path)
        self._units: dict[str, str] = {}
        for file in self._files:
            told = self._properties(file)
            if told.get("wof:placetype") in _UNITS:
                self._units[str(told.get("wof:id"))] = str(told.get("wof:name") or "")

    def records(self) -> Iterator[dict[str, Any]]:
        """The properties of each file, in the order of the files' names."""
        for file in self._files:
            yield self._properties(file)

    def parse(self, raw: Mapping[str, Any]) -> PlaceRow | None:
        """The place of a file. Raises RowError on one that is no GeoJSON."""
        if "broken" in raw:
            raise RowError(raw["broken"], rule="a GeoJSON feature")
        hierarchy = (raw.get("wof:hierarchy") or [{}])[0]
        spelled: dict[str, list[str]] = {}
        for field, names in raw.items():
            if field.startswith("name:") and isinstance(names, list):
                spelled.setdefault(field[5:8], []).extend(map(str, names))
        row = {
            "id": raw.get("wof:id"),
            "name": raw.get("wof:name"),
            "placetype": raw.get("wof:placetype"),
            "country": raw.get("iso:country") or raw.get("wof:country"),
            "lat": raw.get("lbl:latitude") or raw.get("geom:latitude"),
            "lon": raw.get("lbl:longitude") or raw.get("geom:longitude"),
            "deprecated": raw.get("edtf:deprecated"),
            "superseded": "1" if raw.get("wof:superseded_by") else "",
            "population": raw.get("wof:population") or raw.get("gn:population"),
        }
        units = {level: self._units.get(str(hierarchy.get(f"{level}_id")), "") for level in _UNITS}
        return _place(row, spelled, units, self._country)

    def _properties(self, file: Path) -> dict[str, Any]:
        try:
            told = json.loads(file.read_text("utf-8-sig"))["properties"]
            return dict(told)
        except (OSError, ValueError, KeyError, TypeError) as error:
            return {"broken": f"{file.name}: {error!r}"}


def geojson_files(folder: Path) -> list[Path]:
    """The GeoJSON files of a Who's On First folder, sorted, so that an import can go on where it stood."""
    return sorted(p for p in folder.rglob("*.geojson") if "-alt-" not in p.name)


def _place(
    raw: Mapping[str, Any], names: Mapping[str, Iterable[str]], units: Mapping[str, str], country: str
) -> PlaceRow | None:
    if gone(raw):
        return None
    try:
        ref, spelled = int(raw["id"]), names_of(names)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RowError(f"cannot be read: {error!r}", rule="a number as id, names by language") from error
    population = whole(raw.get("population"))
    kind = _KINDS.get(str(raw.get("placetype")))
    name = str(raw.get("name") or "").strip() or next((n for _, n in spelled), "")
    if kind is None or not name:
        return None
    return PlaceRow(
        ref,
        name,
        kind or settlement(population),
        *degrees(raw.get("lat"), raw.get("lon")),
        iso_of(raw) or country,
        units.get("region", ""),
        units.get("county", ""),
        population,
        None,
        spelled,
    )


def gone(row: Mapping[str, Any]) -> bool:
    """Whether the place was deprecated or superseded. "Not current" alone (-1) is what most villages are."""
    told = str(row.get("deprecated") or "").strip().lower()
    superseded = str(row.get("superseded") or row.get("is_superseded") or "").strip().lower()
    return told not in ("", "0", "false", "uuuu", "u") or superseded not in ("", "0", "false")


def names_of(by_language: Mapping[str, Iterable[str]]) -> Names:
    """(language, name) pairs, without codes such as "IQA" and without names that a program made."""
    return tuple(
        (_LANGUAGES.get(lang, lang), name.strip())
        for lang, names in by_language.items()
        if lang not in MACHINE_MADE
        for name in names
        if name.strip() and not (name.isascii() and name.isupper() and len(name) <= 4)
    )


def iso_of(row: Mapping[str, Any]) -> str:
    """The country's code of two letters, from the columns that editions of the list have it in; else empty."""
    for column in ("iso", "iso_country", "country", "wof_country"):
        if len(told := str(row.get(column) or "").strip()) == 2:
            return told.upper()
    if row.get("placetype") == "country":
        listed = json.loads(row.get("names") or "{}").get("eng", [])
        return next((name for name in listed if len(name) == 2 and name.isupper()), "")
    return ""
