"""Lists of places that ask to be named are, in every export; the pack's own are not."""

import csv
import io
from dataclasses import replace

import pytest
from export_story import ALL, BARE, PLACED

from seamwatch.export import incidents_csv, incidents_geojson, incidents_json
from seamwatch.export.credits import place_credits, place_source
from seamwatch.model import Incident, Place
from seamwatch.packs import load_pack

LISTED = Place("Zor", "resolved", 35.1, 44.4, 3, "exact", gazetteer_id="csv:mine:7", source="mine (CC BY 4.0)")


def at(place: Place) -> Incident:
    return replace(PLACED, record=replace(PLACED.record, location=place))


@pytest.mark.parametrize(
    ("place", "credit"),
    [
        (LISTED, "mine (CC BY 4.0)"),
        (replace(LISTED, gazetteer_id="geonames:99", source="GeoNames"), "GeoNames (CC BY 4.0)"),
        (replace(LISTED, gazetteer_id=None, status="within", candidates=("csv:mine:7",)), "mine (CC BY 4.0)"),
        (replace(LISTED, gazetteer_id="daquq", source="typed as a fact"), None),
        (replace(LISTED, lat=None, lon=None), None),
        (None, None),
    ],
)
def test_who_is_named(place: Place | None, credit: str | None) -> None:
    assert place_source(place) == credit


def test_every_export_names_them() -> None:
    incidents, codes = [at(LISTED), BARE, at(LISTED)], load_pack().codes
    assert place_credits(incidents) == ("mine (CC BY 4.0)",)
    whole = incidents_geojson(incidents, codes)
    assert whole["attribution"] == ["mine (CC BY 4.0)"]
    assert whole["features"][0]["properties"]["place_source"] == "mine (CC BY 4.0)"
    assert [row["place_source"] for row in incidents_json(incidents)] == ["mine (CC BY 4.0)", None, "mine (CC BY 4.0)"]
    rows = list(csv.DictReader(io.StringIO(incidents_csv(incidents, codes))))
    assert [row["place_source"] for row in rows] == ["mine (CC BY 4.0)", "", "mine (CC BY 4.0)"]


def test_nobody_is_named_who_gave_nothing() -> None:
    assert "attribution" not in incidents_geojson(ALL, load_pack().codes)
