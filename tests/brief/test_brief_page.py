from dataclasses import replace

import pytest
from brief_cases import CODES, FIRST, cards, incident, place, story

from seamwatch.brief import summarise
from seamwatch.brief.page import claim_value, make_page, toll_words
from seamwatch.brief.words import FSI, PDI, Words
from seamwatch.model import Figure, Incident

NONE, ONE = Figure.exactly(0), Figure.exactly(1)


def words(lang: str = "en") -> Words:
    return Words(lang, CODES, {}, {})


def row(one: Incident, lang: str = "en") -> dict[str, object]:
    view = summarise(story(incidents=(one,), reports=cards((one,))))
    (found,) = make_page(view, words(lang)).rows
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


@pytest.mark.parametrize(
    ("kind", "initiator", "target", "told"),
    [
        ("armed_clash", ("isis",), ("peshmerga",), "Islamic State → Peshmerga"),
        ("armed_clash", (), ("isis", "peshmerga"), "attacker not told → Islamic State, Peshmerga"),
        ("armed_clash", (), (), "attacker not told"),
        ("security_operation", ("iraqi_army",), (), "by Iraqi army"),
        ("displacement", (), ("civilians",), "civilians"),
        ("find", (), (), ""),
    ],
)
def test_parties(kind: str, initiator: tuple[str, ...], target: tuple[str, ...], told: str) -> None:
    assert row(incident("x", FIRST, kind, initiator=initiator, target=target))["parties"] == told


def test_arrow_turns_with_the_language() -> None:
    assert "←" in str(row(incident("x", FIRST), "ar")["parties"])


@pytest.mark.parametrize(
    ("toll", "told"),
    [
        (
            [("forces", "killed", Figure(2, 4)), ("forces", "wounded", Figure.exactly(1))],
            "armed forces: 2–4 killed, 1 wounded",
        ),
        (
            [("forces", "killed", Figure.exactly(0)), ("forces", "wounded", Figure.exactly(0))],
            "armed forces: nobody killed or wounded",
        ),
        ([("unknown", "killed", Figure.exactly(0))], "nobody killed or wounded"),
        ([("unknown", "killed", Figure.exactly(3))], "3 killed"),
        (
            [("unknown", "killed", Figure.exactly(3)), ("forces", "killed", Figure.exactly(1))],
            "armed forces: 1 killed; not told who: 3 killed",
        ),
        (
            [("civilians", "killed", Figure.exactly(0)), ("civilians", "wounded", Figure.exactly(1))],
            "civilians: 1 wounded, none killed",
        ),
        ([("militants", "arrested", Figure.exactly(0))], "militants: 0 arrested"),
        ([], ""),
    ],
)
def test_toll(toll: list[tuple[str, str, Figure]], told: str) -> None:
    assert toll_words(incident("x", FIRST, toll=toll).record, words()).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("toll.forces.killed", "≥13", "at least 13"),
        ("toll.forces.killed", "10–13", "10–13"),
        ("toll.forces.killed", "8", f"{FSI}8{PDI}"),
        ("date", "2021-03-17 – 2021-03-18", "17–18 March 2021"),
        ("date", "2021-03-17", "17 March 2021"),
        ("initiator", "isis", "Islamic State"),
        ("target", "iraqi_army, peshmerga", "Iraqi army, Peshmerga"),
        ("place", "iran", f"{FSI}iran{PDI}"),
    ],
)
def test_claims_in_words(field: str, value: str, told: str) -> None:
    assert claim_value(field, value, words()) == told


def test_where_it_is_off_the_map_and_why() -> None:
    page = make_page(summarise(story()), words())
    assert page.off_map == ((3, f"{FSI}Iraq{PDI}: known to the country only"), (4, "place not told"))


def test_change_in_reporting_is_told_beside_a_change_in_counts() -> None:
    page = make_page(summarise(story()), words())
    assert "Reports read went from 2 to 5" in page.against_note


def test_place_with_its_precision_and_radius() -> None:
    told = row(incident("x", FIRST, where=place("Tal Zerin", district="Daquq")))
    assert told["where"] == f"near {FSI}Tal Zerin{PDI}"
    assert told["where_note"] == f"{FSI}Daquq{PDI}, {FSI}Kirkuk{PDI}, within 5 km"


@pytest.mark.parametrize(
    ("office", "organisation", "told"),
    [
        ("chief of staff of the Peshmerga", "Peshmerga", "chief of staff of the Peshmerga"),
        ("Iraqi army", "Iraqi army", "Iraqi army"),
        ("mayor", "Daquq council", "mayor, Daquq council"),
        ("", "Ministry of Peshmerga", "Ministry of Peshmerga"),
    ],
)
def test_an_organisation_is_not_said_twice(office: str, organisation: str, told: str) -> None:
    view = summarise(story())
    said = replace(view.said[0], office=office, organisation=organisation)
    (speech,) = make_page(replace(view, said=(said,)), words()).speeches
    assert speech.office.replace(FSI, "").replace(PDI, "") == told


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_lists_of_places_are_credited_where_they_were_used(lang: str) -> None:
    listed = place(gazetteer_id="csv:mine:7", source="mine (CC BY 4.0)")
    view = summarise(story(incidents=(incident("x", FIRST, where=listed),)))
    assert "mine (CC BY 4.0)" in make_page(view, words(lang)).method[-1]
    plain = summarise(story(incidents=(incident("x", FIRST),)))
    assert len(make_page(plain, words(lang)).method) == len(make_page(view, words(lang)).method) - 1
