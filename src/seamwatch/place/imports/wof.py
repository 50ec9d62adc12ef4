"""Who's On First: the table with a place a row, names in many scripts as JSON."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from seamwatch.place.imports.records import Names, PlaceRow, RowError, degrees, whole

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
TOWN, CITY = 5_000, 100_000  # inhabitants, at least


class WofTable:
    """A CSV file, plain or gzipped. Columns: id, placetype, name, lat, lon, names (JSON), hier (JSON), and others.

    The rows of countries, regions and counties are read first, for the names of the units that places lie in.
    """

    title, licence, url = "Who's On First", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country = path, country
        self._units: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        with opened(path) as lines:
            for row in csv.DictReader(lines):
                if row.get("placetype") in _UNITS:
                    self._units[str(row.get("id"))] = str(row.get("name") or "")
                if row.get("placetype") == "country":
                    self._countries[str(row.get("id"))] = iso_of(row)

    def records(self) -> Iterator[dict[str, str]]:
        """Each row, as a mapping of column to text."""
        with opened(self._path) as lines:
            yield from csv.DictReader(lines)

    def parse(self, raw: Mapping[str, str]) -> PlaceRow | None:
        """The place of a row; None for what is deprecated, superseded, gone, or of a kind that is no place of ours."""
        if gone(raw):
            return None
        try:
            hierarchy = (json.loads(raw.get("hier") or "[]") or [{}])[0]
            spelled = names_of(json.loads(raw.get("names") or "{}"))
            ref = int(raw["id"])
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise RowError(f"cannot be read: {error!r}", rule="id, and names and hier as JSON") from error
        lat, lon = degrees(raw.get("lat"), raw.get("lon"))
        kind = kind_of(str(raw.get("placetype")), whole(raw.get("population")))
        name = str(raw.get("name") or "").strip() or next((n for _, n in spelled), "")
        if kind is None or not name:
            return None
        unit = {level: self._units.get(str(hierarchy.get(f"{level}_id")), "") for level in _UNITS}
        country = iso_of(raw) or self._countries.get(str(hierarchy.get("country_id")), "") or self._country
        population = whole(raw.get("population"))
        return PlaceRow(ref, name, kind, lat, lon, country, unit["region"], unit["county"], population, None, spelled)


def opened(path: Path) -> TextIO:
    """A text file, gzipped or not, as `csv` wants it."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def gone(row: Mapping[str, Any]) -> bool:
    """Whether the place was deprecated or superseded. "Not current" alone (-1) is what most villages are."""
    told = str(row.get("deprecated") or "").strip().lower()
    superseded = str(row.get("superseded") or row.get("is_superseded") or "").strip().lower()
    return told not in ("", "0", "false", "uuuu", "u") or superseded not in ("", "0", "false")


def kind_of(placetype: str, population: int) -> str | None:
    """Our word for their type of place."""
    kind = _KINDS.get(placetype)
    if kind != "":
        return kind
    return "city" if population >= CITY else "town" if population >= TOWN else "village"


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
