"""GeoJSON: RFC 7946's shape, nothing dropped for want of coordinates."""

import json

from export_story import ALL, BARE, PLACED
from shapely.geometry import shape

from seamwatch.export import incidents_geojson
from seamwatch.packs import load_pack


def test_the_shape_of_rfc_7946() -> None:
    whole = incidents_geojson(ALL)
    assert json.loads(json.dumps(whole, allow_nan=False)) == whole
    assert whole["type"] == "FeatureCollection" and "crs" not in whole
    assert [f["id"] for f in whole["features"]] == ["i1", "i2", "i3"]
    assert all(set(f) == {"type", "id", "geometry", "properties"} and f["type"] == "Feature" for f in whole["features"])
    point = shape(whole["features"][0]["geometry"])
    assert (point.x, point.y) == (44.45, 35.14), "longitude first, six decimals"


def test_an_incident_without_coordinates_stays_with_a_null_geometry() -> None:
    whole = incidents_geojson(ALL)
    assert [f["geometry"] is None for f in whole["features"]] == [False, True, True]
    assert whole["features"][2]["properties"]["place"] == "گوندێک"


def test_properties() -> None:
    got = incidents_geojson([PLACED])["features"][0]["properties"]
    want = {
        "incident": "i1",
        "type": "armed_clash",
        "type_label": "armed clash",
        "date_from": "2022-05-03",
        "date_to": "2022-05-04",
        "date_precision": "night",
        "place": "Daquq, the town",
        "place_precision": "near",
        "radius_km": 3.0,
        "district": "Daquq",
        "target": ["iraqi_army", "peshmerga"],
        "forces_killed_low": 3,
        "forces_killed_high": None,
        "forces_wounded_low": 0,
        "militants_killed_high": 4,
        "sources_count": 2,
        "reports_count": 2,
        "drafts": ["r1#0", "r2#1"],
        "contradictions": ["toll.forces.killed"],
    }
    assert {key: got.get(key, "absent") for key in want} == want
    assert not any("civilians" in key for key in got), "what nobody states is not there"


def test_labels_in_another_language() -> None:
    feature = incidents_geojson([BARE], load_pack().codes, lang="ckb")["features"][0]
    assert feature["properties"]["type_label"] == load_pack().codes.label("sighting", "ckb") != "sighting"


def test_no_incidents_is_an_empty_collection() -> None:
    assert incidents_geojson([]) == {"type": "FeatureCollection", "features": []}
