"""GeoNames dumps: a country's or the world's table of 19 columns, and alternateNamesV2 that adds names to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from seamwatch.place.imports.opened import opened_text
from seamwatch.place.imports.records import NameRow, PlaceRow, RowError, degrees, settlement, whole

LICENCE, URL = "CC BY 4.0", "https://www.geonames.org"
COLUMNS, NAME_COLUMNS = 19, 4
# What is no name: links, codes of airports, ports, posts and railways.
NO_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "fr_1793", "unlc", "tcid", "phon", "piny"})
_UNITS = {"ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict", "PCLI": "country", "PCLD": "country"}
# By feature code; other codes of class P are settlements, and others are passed over: no report names a well or hotel.
_KINDS = _UNITS | {
    **dict.fromkeys(("MT", "MTS", "HLL", "HLLS", "RDGE", "PK", "PKS"), "mountain"),
    **dict.fromkeys(("VAL", "VALS", "WAD", "WADS", "GRGE"), "valley"),
    **dict.fromkeys(("LK", "LKS", "RSV", "LGN"), "lake"),
    **dict.fromkeys(("STM", "STMS", "CNL", "CNLA"), "river"),
    **dict.fromkeys(("DAM", "BRGE"), "dam"),
    **dict.fromkeys(("AIRP", "AIRF", "AIRH"), "airport"),
    **dict.fromkeys(("AIRB", "MILB", "NVB", "INSM", "FT"), "base"),
    **dict.fromkeys(("CMP", "CMPRF", "PPLR"), "camp"),
    **dict.fromkeys(("OILF", "GASF", "OILR", "OILW"), "oilfield"),
    **dict.fromkeys(("RGN", "RGNH", "AREA", "DSRT", "PLN"), "region"),
    **dict.fromkeys(("RD", "RDJCT", "PASS"), "road"),
    **dict.fromkeys(("PSTB", "CSTM"), "crossing"),
    **dict.fromkeys(("PS", "PSH", "MNMT", "SHRN", "RUIN", "MNQ", "INDS", "PRN"), "site"),
}
_RADIUS_KM = {"mountain": 10.0, "valley": 10.0, "river": 20.0, "lake": 8.0, "region": 50.0, "road": 10.0}
_SECTION = {"PPLX": "site", "PPLQ": None, "PPLH": None, "PPLW": None}  # parts of towns; what is gone


class GeonamesDump:
    """A table of places. Units are named from its own ADM1 and ADM2 rows, and from the code tables beside it.

    The tables are ``admin1CodesASCII.txt`` and ``admin2Codes.txt``, where they lie in the dump's folder.
    """

    title, licence, url = "GeoNames dump", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path, self._country = path, country
        self._units: dict[str, str] = {}
        for table in ("admin1CodesASCII.txt", "admin2Codes.txt"):
            if (beside := path.parent / table).is_file():
                with opened_text(beside, "utf-8-sig") as lines:
                    rows = (line.split("\t") for line in lines)
                    self._units |= {row[0]: row[1] for row in rows if len(row) > 1}
        with opened_text(path, "utf-8-sig") as lines:
            for line in lines:
                if "\tA\tADM1\t" in line or "\tA\tADM2\t" in line:
                    row = line.split("\t")
                    if len(row) == COLUMNS:
                        codes = (row[8], row[10]) if row[7] == "ADM1" else (row[8], row[10], row[11])
                        self._units.setdefault(".".join(codes), row[1])

    def records(self) -> Iterator[str]:
        """Each line."""
        with opened_text(self._path, "utf-8-sig") as lines:
            yield from lines

    def parse(self, raw: str) -> PlaceRow | None:
        """The place of a line; None for features that no report names."""
        row = raw.rstrip("\r\n").split("\t")
        if len(row) != COLUMNS:
            if row == [""]:
                return None
            raise RowError(f"{len(row)} columns", rule=f"GeoNames' {COLUMNS} columns, divided by tabs")
        (ref, name, ascii_name, others, lat, lon, group, code, country, _, first, second, _, _, inhabitants) = row[:15]
        if not ref.isdecimal():
            raise RowError(f"got {ref[:40]!r}", rule="a geonameid is a number")
        population = whole(inhabitants)
        kind = (
            _SECTION[code]
            if code in _SECTION
            else _KINDS.get(code) or (settlement(population) if group == "P" else None)
        )
        if kind is None:
            return None
        if not name.strip():
            raise RowError("no name", rule="a place has a name")
        point = degrees(lat, lon)
        country = country.strip().upper() or self._country
        names = tuple(("", n) for n in dict.fromkeys((ascii_name, *others.split(","))) if n.strip() and n != name)
        return PlaceRow(
            int(ref),
            name,
            kind,
            *point,
            country,
            self._units.get(f"{country}.{first}", ""),
            self._units.get(f"{country}.{first}.{second}", ""),
            population,
            _RADIUS_KM.get(kind),
            names,
        )


class AlternateNames:
    """alternateNamesV2: further names of places that a dump brought, each with its language."""

    title, licence, url = "GeoNames alternate names", LICENCE, URL

    def __init__(self, path: Path, country: str) -> None:
        self._path = path

    def records(self) -> Iterator[str]:
        """Each line."""
        with opened_text(self._path, "utf-8-sig") as lines:
            yield from lines

    def parse(self, raw: str) -> NameRow | None:
        """The name of a line; None for links, codes and the names of places that no dump could have."""
        row = raw.rstrip("\r\n").split("\t")
        if len(row) < NAME_COLUMNS:
            if row == [""]:
                return None
            raise RowError(f"{len(row)} columns", rule="alternateNameId, geonameid, isolanguage, name")
        _, ref, lang, name = row[:4]
        if not ref.isdecimal():
            raise RowError(f"got {ref[:40]!r}", rule="a geonameid is a number")
        if lang in NO_NAMES:
            return None
        if not name.strip():
            raise RowError("no name", rule="an alternate name is not empty")
        return NameRow(int(ref), lang, name.strip())
