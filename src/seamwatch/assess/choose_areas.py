"""From what a user asks for ("by district", "by the seam", a file of polygons) to the areas of a table's events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seamwatch.assess.areas import Placing, by_cell, by_district, by_governorate, by_polygons, by_set
from seamwatch.errors import ConfigError
from seamwatch.events import Events
from seamwatch.packs import Pack
from seamwatch.place import Areas, imported_areas, load_area_sets, read_areas
from seamwatch.place.areas import DISTRICT
from seamwatch.single import imported_in_use

KINDS = ("district", "governorate", "cell", "seam", "area")


def placer(kind: str, pack: Pack, polygons: Path | None = None) -> Callable[[Events], Placing]:
    """How events are put into areas of that kind (one of KINDS).

    "area" are the polygons of the file. "district" is told by that file's districts, else by the names in the table,
    else by districts imported into the user's gazetteer. "seam" is the pack's first set of districts, told likewise.
    Raises ConfigError for another kind, for "area" without a file, for "seam" with a pack that has no set.
    """
    if kind not in KINDS:
        raise ConfigError(f"got {kind!r}", where="--by", rule=f"one of {', '.join(KINDS)}")
    if kind == "cell":
        return by_cell
    if kind == "governorate":
        return by_governorate
    if kind == "area":
        if polygons is None:
            raise ConfigError("no file of polygons", where="--by area", remedy="name one by --areas FILE.geojson")
        own = read_areas(polygons)
        return lambda events: by_polygons(events, own)
    if kind == "seam":
        sets = load_area_sets(pack)
        if not sets:
            raise ConfigError("the pack has no set of districts", where=pack.name, remedy="--by district, or area")
        drawn = _drawn(polygons)
        return lambda events: by_set(events, sets[0], pack, drawn)
    return lambda events: _districts(events, polygons)


def _districts(events: Events, polygons: Path | None) -> Placing:
    if polygons is None and bool((events.adm2 != "").any()):
        return by_district(events)
    drawn = _drawn(polygons)
    if drawn is None:
        raise ConfigError(
            "the table names no districts", where="--by district", remedy="--areas FILE.geojson, or --by cell"
        )
    return by_polygons(events, drawn, level=DISTRICT)


def _drawn(polygons: Path | None) -> Areas | None:
    """The file's polygons, else those imported, if any."""
    if polygons is not None:
        return read_areas(polygons)
    imported = imported_in_use()
    found = imported_areas(imported) if imported is not None else None
    return found if found is not None and len(found) else None
