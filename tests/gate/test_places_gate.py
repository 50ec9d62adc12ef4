"""The figures of places hold their floors, with the default gazetteer alone."""

import json
from pathlib import Path

import pytest

from benchmarks.development import SHARED
from benchmarks.places import ged, toponyms
from benchmarks.places.corpora import corpora_hash
from benchmarks.places.run import SHARED as REPORTS
from benchmarks.places.run import error_km, placed
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer

FLOORS = Path(__file__).with_name("places.json")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared: no corpora of places here"),
]


def measure() -> dict[str, float]:
    """All gated figures."""
    gazetteer = Gazetteer.open(load_pack())
    found = toponyms.figures()
    found["ged.within_25_km"] = ged.share(ged.by_name(gazetteer))
    found["ged.as_toponyms.within_25_km"] = ged.share(ged.by_text(gazetteer))
    cases = [c for file in sorted(REPORTS.glob("*_reports.jsonl")) for c in placed(file, gazetteer)]
    off = [error_km(c.gold, c.place) for c in cases if c.gold["lat"] is not None]
    for km in (10, 25):
        found[f"development.within_{km}_km"] = sum(error <= km for error in off) / len(off)
    return found


def test_no_figure_of_places_is_below_its_floor() -> None:
    pinned = json.loads(FLOORS.read_text("utf-8"))
    assert pinned["corpora_sha256"] == corpora_hash()
    found = measure()
    assert {name: found[name] for name, floor in pinned["floors"].items() if found[name] < floor} == {}
