"""Incidents for other programs: one file a format, pure functions."""

from seamwatch.export.geojson import incidents_geojson
from seamwatch.export.json import incidents_json
from seamwatch.export.table import incidents_csv

__all__ = ["incidents_csv", "incidents_geojson", "incidents_json"]
