"""The CSV table: stable columns, ranges apart, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import pytest
from export_story import ALL, BARE, PLACED
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.export import incidents_csv
from seamwatch.model import Count, Figure, Incident, Place, Record
from seamwatch.packs import load_pack


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_columns_are_the_same_whatever_is_in_them() -> None:
    header = incidents_csv([]).splitlines()[0]
    assert header == incidents_csv(ALL).splitlines()[0]
    names = header.split(",")
    codes = load_pack().codes
    assert names[:2] == ["id", "type"] and names[-1] == "contradictions"
    assert [n for n in names if n.endswith("_low")] == [f"{g}_{o}_low" for g in codes.groups for o in codes.outcomes]
    assert len(names) == len(set(names))


def test_cells() -> None:
    placed, bare, unplaced = rows(incidents_csv(ALL))
    assert (placed["forces_killed_low"], placed["forces_killed_high"]) == ("3", ""), "open: at least three"
    assert (placed["forces_wounded_low"], placed["forces_wounded_high"]) == ("0", "0"), "nought is not nothing"
    assert (placed["civilians_killed_low"], placed["civilians_killed_high"]) == ("", "")
    assert (placed["place"], placed["lat"], placed["radius_km"]) == ("Daquq, the town", "35.1400001234", "3.0")
    assert (placed["target"], placed["sources"], placed["sources_count"]) == (
        "iraqi_army; peshmerga",
        "desk; wire",
        "2",
    )
    assert (bare["id"], bare["lat"], bare["date_from"], bare["drafts"]) == ("i2", "", "", "r3#0")
    assert unplaced["place"] == "گوندێک"


def test_ratings_stand_beside_sources_and_drafts_in_their_order() -> None:
    desk, wire = PLACED.claims
    rated = (replace(desk, source_reliability="B"), replace(wire, information_credibility="2"))
    row = rows(incidents_csv([replace(PLACED, claims=rated)]))[0]
    assert (row["sources"], row["source_reliability"]) == ("desk; wire", "B; not rated")
    assert (row["drafts"], row["information_credibility"]) == ("r1#0; r2#1", "not rated; 2")
    copies = replace(PLACED, claims=rated, sources=("desk / wire",))
    assert rows(incidents_csv([copies]))[0]["source_reliability"] == "B / not rated"


def test_lines_end_as_the_standard_says_and_the_mark_is_optional() -> None:
    assert incidents_csv(ALL).count("\r\n") == 4
    assert not incidents_csv(ALL).startswith("\ufeff")
    assert incidents_csv(ALL, bom=True) == "\ufeff" + incidents_csv(ALL)


def test_a_group_that_the_pack_does_not_know_gets_a_column_of_its_own() -> None:
    strange = Incident("i", ("r#0",), Record("unrest", toll=(Count("rebels", "killed", Figure.exactly(2)),)))
    assert rows(incidents_csv([BARE, strange]))[1]["rebels_killed_low"] == "2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "＠"])
def test_words_that_a_spreadsheet_would_run_are_disarmed(start: str) -> None:
    evil = f"{start}HYPERLINK(1)"
    incident = replace(PLACED, record=replace(PLACED.record, location=Place(evil, "unknown")), sources=(evil, "desk"))
    row = rows(incidents_csv([incident]))[0]
    assert row["place"] == f"'{evil}" and row["sources"] == f"'{evil}; desk"


def test_a_negative_number_stays_a_number() -> None:
    south = replace(PLACED, record=replace(PLACED.record, location=Place("x", "resolved", -3.5, -60.0)))
    assert rows(incidents_csv([south]))[0]["lat"] == "-3.5"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=3))
def test_any_words_survive_the_way_there_and_back(names: list[str]) -> None:
    incidents = [replace(BARE, record=Record("find", location=Place(name, "unknown"))) for name in names]
    got = [row["place"] for row in rows(incidents_csv(incidents))]
    assert [g.removeprefix("'") if not n.startswith("'") else g for g, n in zip(got, names, strict=True)] == names
