"""The pinned floors hold on the development reports."""

import json

import pytest

from benchmarks.development import SHARED, data_hash
from tests.gate import gate

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared: no development reports here")


def test_the_data_is_what_the_floors_were_pinned_on() -> None:
    assert json.loads(gate.FLOORS.read_text("utf-8"))["sha256"] == data_hash()


def test_no_figure_is_below_its_floor() -> None:
    floors = json.loads(gate.FLOORS.read_text("utf-8"))["floors"]
    assert floors["incident_score.en"] >= 0.55
    found = gate.measure()
    below = {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor}
    assert below == {}
