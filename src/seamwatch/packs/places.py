"""The pack's own place list: ``places.csv``, typed as facts, each with a note of how it is known."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seamwatch.errors import PackError
from seamwatch.packs.loader import Pack

KINDS = (
    *("city", "town", "village", "governorate", "district", "subdistrict", "country", "region"),
    *("mountain", "lake", "river", "road", "valley", "oilfield", "base", "dam", "airport", "camp", "crossing", "site"),
)


@dataclass(frozen=True, slots=True)
class PackPlace:
    """A place of the pack. ``names`` maps a language (en, ar, ckb, ku) to its spellings, the usual one first."""

    id: str
    kind: str
    names: Mapping[str, tuple[str, ...]]
    lat: float
    lon: float
    radius_km: float
    country: str
    governorate: str
    district: str
    known_from: str

    def spellings(self) -> tuple[str, ...]:
        """All spellings in all languages."""
        return tuple(dict.fromkeys(name for names in self.names.values() for name in names))


@functools.cache
def load_places(pack: Pack) -> tuple[PackPlace, ...]:
    """All places of a pack and of what it extends. Raises PackError, with the line, on a row that breaks the rules.

    Columns: ``id, kind, en, ar, ckb, ku, lat, lon, radius_km, country, governorate, district, known_from``; several
    spellings are divided by ``|``.
    """
    found: dict[str, PackPlace] = {}
    for folder in pack.folders:
        if (path := folder / "places.csv").exists():
            with path.open(encoding="utf-8", newline="") as lines:
                for number, row in enumerate(csv.DictReader(lines), 2):
                    place = _place(row, path, number)
                    if place.id in found:
                        raise PackError(f"id {place.id!r} twice", where=f"{path}:{number}", rule="one row a place")
                    found[place.id] = place
    return tuple(found.values())


@functools.cache
def places_by_id(pack: Pack) -> Mapping[str, PackPlace]:
    """The same by id."""
    return {place.id: place for place in load_places(pack)}


def _place(row: Mapping[str, str], path: Path, number: int) -> PackPlace:
    where = f"{path}:{number}"
    try:
        langs = ("en", "ar", "ckb", "ku")
        names = {lang: tuple(n.strip() for n in row[lang].split("|") if n.strip()) for lang in langs}
        place = PackPlace(
            row["id"],
            row["kind"],
            {lang: spelled for lang, spelled in names.items() if spelled},
            float(row["lat"]),
            float(row["lon"]),
            float(row["radius_km"]),
            row["country"],
            row["governorate"],
            row["district"],
            row["known_from"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackError(f"cannot use this row: {error}", where=where, rule="columns of load_places") from error
    if place.kind not in KINDS:
        raise PackError(f"kind {place.kind!r}", where=where, rule=f"one of {', '.join(KINDS)}")
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        raise PackError(f"got {place.lat}, {place.lon}", where=where, rule="WGS 84 degrees")
    return place
