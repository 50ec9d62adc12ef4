"""Incidents as a GeoJSON FeatureCollection (RFC 7946): WGS 84, longitude first, one point a feature.

A point is where the report's words put the incident, within ``radius_km``: no claim to exactness. An incident without
coordinates stays in the collection with a null geometry, so that a map's reader can count what the map cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seamwatch.export.credits import place_credits
from seamwatch.export.flat import flat, toll
from seamwatch.model import Incident
from seamwatch.packs import Codes, load_pack

_DECIMALS = 6  # about 0.1 m; RFC 7946 section 11.2 warns of more


def incidents_geojson(incidents: Iterable[Incident], codes: Codes | None = None, *, lang: str = "en") -> dict[str, Any]:
    """The incidents as a FeatureCollection, in their order. ``codes`` (default: the default pack's) give the labels.

    A foreign member ``attribution`` names the lists of places that ask for it.
    """
    words = codes or load_pack().codes
    rows = list(incidents)
    credits = place_credits(rows)
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": [_feature(row, words, lang) for row in rows]}
    return whole | ({"attribution": list(credits)} if credits else {})


def _feature(incident: Incident, codes: Codes, lang: str) -> dict[str, Any]:
    place = incident.record.location
    point = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)]}
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in flat(incident).items()}
    del fields["id"], fields["lat"], fields["lon"]  # told by the feature itself
    properties = {"type_label": codes.label(incident.record.type, lang), **fields, **toll(incident)}
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": point,
        "properties": {"incident": incident.id} | properties,
    }
