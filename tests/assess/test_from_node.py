"""Incidents of a node as events: precision, kind of violence, target, deaths; and back through a CSV file."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from seamwatch.assess.from_node import node_events, place_prec, target_of, violence_of
from seamwatch.events import COUNTRY, DISTRICT, EXACT, FEATURE, GOVERNORATE, NEAR, UNKNOWN, Events
from seamwatch.export.events import events_csv
from seamwatch.model import Count, DateSpan, Figure, Incident, Place, Record
from seamwatch.packs import load_pack
from seamwatch.read.event_table import read_events

CODES = load_pack("iraq").codes
KILLED = (Count("forces", "killed", Figure(3, None)), Count("militants", "killed", Figure(2, 4)))
DAYS = DateSpan(date(2022, 5, 3), date(2022, 5, 4), "night")
DAQUQ = Place("Daquq", "resolved", 35.14, 44.45, 3.0, "exact", "IQ", "Kirkuk", "Daquq")


def incident(name: str = "i1", **fields: object) -> Incident:
    given = {"type": "armed_clash", "date": DAYS, "location": DAQUQ, "initiator": ("isis",), "target": ("iraqi_army",)}
    return Incident(name, ("r#0",), Record(**(given | fields)))  # type: ignore[arg-type]


def test_an_incident_becomes_an_event() -> None:
    found = node_events([incident(toll=KILLED), incident("i2", date=None)], CODES)
    events = found.events
    assert found.undated == ("i2",) and events.ids.tolist() == ["i1"]
    assert (str(events.start[0]), str(events.end[0])) == ("2022-05-03", "2022-05-04")
    assert (events.lat[0], events.lon[0], events.where_prec[0]) == (35.14, 44.45, EXACT)
    assert (events.violence[0], events.type[0], events.target[0]) == ("sb", "armed_clash", "forces")
    assert (events.deaths_low[0], events.deaths[0], events.deaths_high[0]) == (5, 5, UNKNOWN)
    assert (events.country[0], events.adm1[0], events.adm2[0]) == ("IQ", "Kirkuk", "Daquq")


def test_deaths_are_best_where_there_is_one_and_unknown_where_nothing_is_stated() -> None:
    agreed = (Count("civilians", "killed", Figure(2, 6, 3)),)
    events = node_events([incident("a", toll=agreed), incident("b"), incident("c", location=None)], CODES).events
    assert events.deaths.tolist() == [3, UNKNOWN, UNKNOWN] and events.deaths_high.tolist() == [6, UNKNOWN, UNKNOWN]
    assert np.isnan(events.lat[2]) and events.where_prec[2] == COUNTRY


@pytest.mark.parametrize(
    ("precision", "radius_km", "prec"),
    [
        ("exact", 1.0, EXACT),
        ("near", 10.0, NEAR),
        ("near", 40.0, DISTRICT),
        ("near", 90.0, FEATURE),
        ("district", 30.0, DISTRICT),
        ("governorate", 80.0, GOVERNORATE),
        ("country", None, COUNTRY),
        (None, None, COUNTRY),
    ],
)
def test_precision_on_ucdps_scale(precision: str | None, radius_km: float | None, prec: int) -> None:
    place = Place("x", "resolved", 35.0, 44.0, radius_km, precision)  # type: ignore[arg-type]
    assert place_prec(place) == prec
    assert place_prec(None) == place_prec(Place("x", "unknown")) == COUNTRY


@pytest.mark.parametrize(
    ("kind", "initiator", "target", "violence", "whom"),
    [
        ("armed_clash", ("isis",), ("iraqi_army",), "sb", "forces"),
        ("explosion", (), ("peshmerga",), "sb", "forces"),
        ("air_strike", ("coalition",), ("isis",), "sb", ""),
        ("armed_clash", ("peshmerga",), ("pmf",), "sb", "forces"),
        ("armed_clash", (), ("isis", "pkk"), "ns", ""),
        ("attack_on_civilians", (), (), "os", "villagers"),
        ("indirect_fire", (), ("civilians",), "os", "villagers"),
        ("explosion", ("isis",), ("civilians", "police"), "sb", "forces"),
        ("explosion", ("isis",), (), "", ""),
        ("air_strike", ("turkish_army",), ("infrastructure",), "", ""),
        ("find", ("iraqi_army",), ("isis",), "", ""),
        ("arrest", ("police",), ("isis",), "", ""),
    ],
)
def test_violence_and_target_by_who_met_whom(
    kind: str, initiator: tuple[str, ...], target: tuple[str, ...], violence: str, whom: str
) -> None:
    record = Record(kind, DAYS, None, initiator, target)
    assert (violence_of(record, CODES), target_of(record, CODES)) == (violence, whom)


def test_an_operation_counts_where_somebody_was_killed() -> None:
    record = Record("security_operation", DAYS, None, ("iraqi_army",), ("isis",), KILLED)
    assert violence_of(record, CODES) == "sb"
    none = (Count("forces", "killed", Figure(0, 0)),)
    assert violence_of(Record("security_operation", DAYS, None, ("iraqi_army",), ("isis",), none), CODES) == ""


def test_a_nodes_table_is_read_back_as_it_was_and_passes_its_check(tmp_path: Path) -> None:
    strange = Place("x", "resolved", 35.0, 44.0, 3.0, "near", "IQ", "كركوك", 'Al "Multaqa", north')
    found = node_events(
        [incident("a", toll=KILLED), incident("b", location=None), incident("c", location=strange)], CODES
    )
    path = tmp_path / "events.csv"
    path.write_bytes(events_csv(found.events).encode())
    table = read_events(path)
    assert table.kind == "own" and not table.problems
    for name in Events.__slots__:
        assert np.array_equal(
            getattr(table.events, name), getattr(found.events, name), equal_nan=name in ("lat", "lon")
        )
    path.write_bytes(events_csv(node_events([], CODES).events).encode())
    assert len(read_events(path).events) == 0
