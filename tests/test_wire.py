"""The model as JSON: there and back, and the codebook's own fields."""

from datetime import date

import pytest

from seamwatch import wire
from seamwatch.errors import ModelError
from seamwatch.model import (
    Claim,
    Coding,
    Count,
    DateSpan,
    Draft,
    Figure,
    Place,
    PlaceMention,
    Span,
    Statement,
    make_report,
)

WORDS = (Span("text", 3, 9, "killed", "harm"),)
DRAFT = Draft(
    "r1",
    0,
    Claim("armed_clash", WORDS),
    date=Claim(DateSpan(date(2022, 3, 9), date(2022, 3, 10), "night"), WORDS),
    place=Claim(PlaceMention("Kirkuk", "offset", distance_km=30, bearing_deg=225, within=("Hawija",)), WORDS),
    initiator=(Claim("isis", WORDS),),
    target=(Claim("police", WORDS), Claim("iraqi_army", WORDS), Claim("police", WORDS)),
    toll=(
        Claim(Count("forces", "killed", Figure(2, None)), WORDS),
        Claim(Count("forces", "wounded", Figure(0, 0)), ()),
    ),
    duration_minutes=Claim(60, WORDS),
    location=Place("Kirkuk", "resolved", 35.3, 44.2, 6.0, "near", governorate="Kirkuk"),
)
CODING = Coding(
    "r1", "rules-1", (DRAFT,), (Statement("r1", "warning", "mayor", "district", "more", WORDS),), ("a note",)
)


def test_there_and_back() -> None:
    assert wire.load(Coding, wire.dump(CODING)) == CODING


@pytest.mark.parametrize(
    "raw", [None, [], {"report_id": 3}, {"report_id": "r", "coder": "c", "drafts": [{"index": "x"}]}]
)
def test_what_breaks_the_model_is_one_clear_error(raw: object) -> None:
    with pytest.raises(ModelError, match="schema"):
        wire.load(Coding, raw, where="line 3")


def test_a_value_that_breaks_a_rule_is_refused_on_the_way_in() -> None:
    raw = wire.dump(DRAFT)
    raw["date"]["value"]["last"] = "2022-03-01"
    with pytest.raises(ModelError, match="first <= last"):
        wire.load(Draft, raw)


def test_codebook_fields() -> None:
    report = make_report("t", "", source="a desk", day=date(2022, 3, 10), external_id="mine")
    line = wire.codebook_coding(CODING, report)
    assert (line["published"], line["source"], line["lang"]) == ("2022-03-10", "a desk", None)
    assert line["id"] == "mine" and line["notes"] == ["a note"]
    incident = line["incidents"][0]
    assert incident["toll"] == {"forces": {"killed": [2, None], "wounded": 0}}
    assert incident["target"] == ["iraqi_army", "police"]
    assert (incident["date_from"], incident["date_to"]) == ("2022-03-09", "2022-03-10")
    assert (incident["place"], incident["lat"], incident["place_precision"]) == ("Kirkuk", 35.3, "near")
    assert incident["evidence"]["type"][0]["quote"] == "killed"
    assert line["statements"][0]["kind"] == "warning"
