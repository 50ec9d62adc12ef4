"""Layers of the basemap that ships with Seamwatch: see `basemap/SOURCE.md`."""

from __future__ import annotations

import functools
import json
from importlib import resources

from seamwatch.errors import BriefError

WEST, SOUTH, EAST, NORTH = 38.0, 29.0, 49.0, 38.5  # what the layers cover, degrees
Line = tuple[tuple[float, float], ...]


def covers(lat: float, lon: float) -> bool:
    """Whether the basemap reaches a point."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


@functools.cache
def layer(name: str) -> tuple[Line, ...]:
    """All lines or rings of a layer as (longitude, latitude), outer rings and holes alike."""
    try:
        raw = json.loads((resources.files("seamwatch.brief") / "basemap" / f"{name}.geojson").read_text("utf-8"))
    except (OSError, ValueError) as error:
        remedy = "install Seamwatch again; developers: tools/make_basemap.py"
        raise BriefError(
            str(error), where=f"basemap layer {name!r}", rule="GeoJSON of the package", remedy=remedy
        ) from error
    found: list[Line] = []
    for feature in raw["features"]:
        _collect(feature["geometry"]["coordinates"], found)
    return tuple(found)


def _collect(coordinates: list[object], found: list[Line]) -> None:
    first = coordinates[0]
    if isinstance(first, list) and first and not isinstance(first[0], list):
        found.append(tuple((float(p[0]), float(p[1])) for p in coordinates if isinstance(p, list)))
        return
    for part in coordinates:
        if isinstance(part, list):
            _collect(part, found)
