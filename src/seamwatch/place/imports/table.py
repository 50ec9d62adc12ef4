"""A plain table of places: whatever its encoding, its divider and the case of its headers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from seamwatch.errors import ConfigError
from seamwatch.packs.places import KINDS
from seamwatch.place.imports.opened import opened_text
from seamwatch.place.imports.records import PlaceRow, RowError, degrees, settlement, whole

_HEADERS = {
    "ref": ("id", "ref", "pcode", "code", "place_id"),
    "name": ("name", "name_en", "place", "place_name", "village", "settlement", "location", "الاسم", "اسم", "ناو"),
    "names": ("names", "other_names", "alternate_names", "alternatenames", "altnames", "alt_names", "aliases"),
    "lat": ("lat", "latitude", "y", "lat_dd", "latitude_dd", "ycoord", "point_y"),
    "lon": ("lon", "long", "lng", "longitude", "x", "lon_dd", "longitude_dd", "xcoord", "point_x"),
    "kind": ("kind", "type", "place_type", "class", "placetype"),
    "district": ("district", "admin2", "adm2", "adm2_en", "qada", "qadha", "county"),
    "governorate": ("governorate", "province", "admin1", "adm1", "adm1_en", "muhafazah", "region", "state"),
    "country": ("country", "iso", "iso2", "country_code", "adm0"),
    "population": ("population", "pop", "inhabitants"),
    "radius_km": ("radius_km", "radius"),
}  # fmt: skip
_LANGUAGE = ("name_", "name:", "names_")  # name_ar, name:ckb


class PlainTable:
    """A CSV file with a header: name, lat, lon; and if they are told, other names, kind, units, country, inhabitants.

    Columns ``name_ar``, ``name_ckb``, … hold names in a language; other names are divided by ``|`` or ``;``.
    """

    title, licence, url = "Place table", "not told", "not told"

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country, self.title = path, country, path.name.split(".")[0]
        with opened_text(path) as text:
            self._header = text.readline()
        self._divider = max(",;\t|", key=self._header.count)
        written = next(csv.reader([self._header], delimiter=self._divider), [])
        self._columns = {_plain(column): n for n, column in reversed(list(enumerate(written)))}
        self._at = {
            field: next(self._columns[h] for h in headers if h in self._columns)
            for field, headers in _HEADERS.items()
            if any(h in self._columns for h in headers)
        }
        lacking = {"name", "lat", "lon"} - set(self._at)
        if lacking:
            known = "; ".join(f"{f}: {', '.join(_HEADERS[f][:4])}" for f in sorted(lacking))
            raise ConfigError(
                f"no column for {', '.join(sorted(lacking))}", where=str(path), rule=f"a header names {known}"
            )

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number, the header left out."""
        with opened_text(self._path) as text:
            rows = csv.reader((line.replace("\x00", "") for line in text), delimiter=self._divider)
            next(rows, None)
            yield from enumerate(rows, 1)

    def parse(self, raw: tuple[int, list[str]]) -> PlaceRow | None:
        """The place of a row; None for an empty one."""
        number, row = raw
        if not any(map(str.strip, row)):
            return None
        told: Mapping[str, str] = {f: row[n].strip() for f, n in self._at.items() if n < len(row)}
        if not (name := told.get("name", "")):
            raise RowError("no name", rule="a place has a name")
        point = degrees(_dotted(told.get("lat", "")), _dotted(told.get("lon", "")))
        population = whole(told.get("population", "").replace(" ", "").replace(",", ""))
        kind = told.get("kind", "").lower() or settlement(population)
        if kind not in KINDS:
            raise RowError(f"kind {kind[:40]!r}", rule=f"one of {', '.join(KINDS)}")
        country = told.get("country", "").upper()
        try:
            radius = float(_dotted(told["radius_km"])) if told.get("radius_km") else None
        except ValueError as error:
            raise RowError(f"got {told['radius_km'][:40]!r}", rule="radius_km is a number of kilometres") from error
        others = [("", n.strip()) for n in told.get("names", "").replace("|", ";").split(";") if n.strip()]
        for column, n in self._columns.items():
            if column.startswith(_LANGUAGE) and n < len(row) and row[n].strip():
                others.append((column[5:].strip(":_"), row[n].strip()))
        return PlaceRow(
            told.get("ref") or number,
            name,
            kind,
            *point,
            country if len(country) == 2 else self._country,
            told.get("governorate", ""),
            told.get("district", ""),
            population,
            radius,
            tuple(others),
        )


def _plain(header: str) -> str:
    return header.strip().strip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def _dotted(number: str) -> str:
    """A number with a decimal point, where the table writes a comma."""
    return number.replace(",", ".") if number.count(",") == 1 and "." not in number else number
