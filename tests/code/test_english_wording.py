"""Constructions of English news, each in wording of our own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack
from seamwatch.wire import codebook_coding

DAY = date(2020, 6, 17)  # a Wednesday


def coded(text: str, title: str = "", kind: str = "news") -> list[dict[str, Any]]:
    report = make_report(title, text, source="agency", source_kind=kind, day=DAY, lang="en", external_id="t")
    return list(codebook_coding(code_report(report, load_pack()), report)["incidents"])


def only(text: str, kind: str = "news") -> dict[str, Any]:
    (incident,) = coded(text, kind=kind)
    return incident


def test_an_attack_by_one_on_another_is_aimed_at_the_other() -> None:
    one = only("An attack by Islamic State militants on a Federal Police outpost in Rashad left three policemen dead.")
    assert (one["initiator"], one["target"]) == (["isis"], ["federal_police"])


def test_those_who_say_that_they_did_it_did_it() -> None:
    one = only("Security forces said on Tuesday they had killed four militants in Kirkuk.")
    assert one["initiator"] == ["iraqi_forces"]


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Gunmen opened fire on a mukhtar in Hawija on Tuesday, killing him.", {"civilians": {"killed": 1}}),
        (
            "A bomb in Zinana on Tuesday killed three fighters of the Hashd and maimed another.",
            {"forces": {"killed": 3, "wounded": 1}},
        ),
        ("Police arrested on Tuesday two terrorists in Hawija.", {"militants": {"arrested": 2}}),
    ],
)
def test_whose_toll(text: str, toll: dict[str, Any]) -> None:
    assert only(text)["toll"] == toll


def test_a_clause_of_its_own_day_is_another_incident() -> None:
    told = coded(
        "Gunmen shot dead a policeman in Samarra on Tuesday, police said. "
        "The attack came two days after six soldiers were killed in an ambush near Hawija."
    )
    assert [i["date_from"] for i in told] == ["2020-06-16", "2020-06-14"]


def test_the_day_is_that_of_the_clause_which_tells_the_act() -> None:
    one = only("Work at the plant went on on Wednesday after three rockets came down in Dibis the previous night.")
    assert (one["date_from"], one["date_to"]) == ("2020-06-16", "2020-06-17")


def test_items_have_the_day_and_the_doers_of_their_head() -> None:
    told = coded(
        "On Tuesday, coalition forces conducted 5 strikes against ISIL in Iraq.\n\n"
        "* Near Qayyarah, one strike destroyed an ISIL vehicle.\n* Near Fallujah, two strikes hit ISIL units.\n"
    )
    assert [(i["type"], i["date_from"], i["initiator"]) for i in told] == [
        ("air_strike", "2020-06-16", ["coalition"])
    ] * 2


def test_missiles_with_drones_are_indirect_fire() -> None:
    assert only("Iran used missiles and explosive-laden drones against a party in Koya on Tuesday.")["type"] == (
        "indirect_fire"
    )


def test_bombers_who_are_surrounded_are_cornered() -> None:
    one = only("Two ISIS bombers blew themselves up after being surrounded by security forces in Hawija on Tuesday.")
    assert one["type"] == "security_operation"


def test_a_sighting_is_of_those_seen() -> None:
    assert only("Peshmerga spotted a group of ISIS fighters near Qarachogh on Tuesday.")["initiator"] == ["isis"]


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Peshmerga denied on Tuesday reports of clashes with Iraqi forces in Makhmour.",
        "The UN mission said on Tuesday that 76 civilians were killed in Iraq in May.",
        "Two workers died on Tuesday when a wall collapsed in Kirkuk.",
        "The president met the commander of the coalition on Tuesday to discuss the fight against ISIS.",
        "Fire engulfed a hospital in Nasiriyah on Tuesday, killing 60 people, after an oxygen tank exploded.",
    ],
)
def test_what_is_no_incident(text: str) -> None:
    assert coded(text) == []
