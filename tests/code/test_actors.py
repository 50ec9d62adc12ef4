"""Who began it and at whom it was aimed: the codebook's rulings on sentences of our own, in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack

PACK = load_pack()


def actors(text: str, title: str = "", lang: str = "en", **told: str) -> list[tuple[set[str], set[str]]]:
    """Initiators and targets of each incident of a text, by rules alone."""
    report = make_report(
        title,
        text,
        source=told.get("source", "news agency"),
        source_kind=told.get("source_kind", "news"),
        day=date(2021, 5, 12),
        lang=lang,
    )
    return [({c.value for c in d.initiator}, {c.value for c in d.target}) for d in code_report(report, PACK).drafts]


@pytest.mark.parametrize(
    ("text", "initiators", "targets"),
    [
        # those who came to help or fought back are no targets where others were aimed at
        (
            "Islamic State fighters attacked a village near Hawija on Monday and killed two farmers. "
            "Coalition aircraft struck the attackers as they fled.",
            {"isis"},
            {"civilians"},
        ),
        ("The Peshmerga repelled an attack by ISIS militants near Kifri on Tuesday.", {"isis"}, {"peshmerga"}),
        # named nowhere, only usual, only feared
        ("A roadside bomb killed two soldiers near Daquq on Sunday. ISIS is active there.", set(), {"iraqi_army"}),
        (
            "Gunmen shot dead a farmer near Jalawla on Friday. Police could not rule out Islamic State.",
            {"militants"},
            {"civilians"},
        ),
        # blamed or suspected for this very attack
        (
            "Gunmen shot dead a farmer near Jalawla on Friday. Officials blamed Islamic State for the attack.",
            {"isis"},
            {"civilians"},
        ),
        (
            "A bomb wounded two policemen near Tuz Khurmatu on Friday. Islamic State claimed responsibility.",
            {"isis"},
            {"police"},
        ),
        # forces act, militants are the object, told elsewhere in the report
        (
            "ISIS keeps hideouts in the hills. The army launched an operation around Wadi al-Shay on Monday.",
            {"iraqi_army"},
            {"isis"},
        ),
        (
            "Warplanes of the Iraqi Air Force killed three ISIS men near Makhmour on Monday.",
            {"iraqi_air_force"},
            {"isis"},
        ),
        ("Police arrested four ISIS suspects in Kirkuk on Wednesday.", {"police"}, {"isis"}),
        # a fight with no known starter
        (
            "Clashes broke out between the Peshmerga and the Hashd al-Shaabi in Tuz Khurmatu on Sunday; "
            "two Peshmerga and a Hashd fighter were killed.",
            set(),
            {"peshmerga", "pmf"},
        ),
        # a report from elsewhere: the pack's services are not meant
        ("Jihadists attacked a camp of the army at Dounkou on Friday and killed six soldiers.", {"militants"}, set()),
        # both who leave and who take over; deployments are aimed at nobody
        ("The army handed over three posts near Bartella to the police on Friday.", {"iraqi_army", "police"}, set()),
    ],
)
def test_roles_in_english(text: str, initiators: set[str], targets: set[str]) -> None:
    assert actors(text)[:1] == [(initiators, targets)]


def test_who_announces_a_find_made_it() -> None:
    text = "A store of rockets was found near Rashad on Monday, the Federal Police said."
    assert actors(text)[0][0] == {"federal_police"}


def test_our_forces_are_those_of_the_source() -> None:
    text = "Three terrorists were arrested in the Laylan area on Monday morning."
    found = actors(text, source="Asayish, Kirkuk", source_kind="official")
    assert found == [({"asayish"}, {"militants"})]


def test_partners_of_an_operation() -> None:
    text = "The army and the Federal Police launched an operation against ISIS near Rashad on Monday."
    assert actors(text) == [({"iraqi_army", "federal_police"}, {"isis"})]


def test_an_official_who_only_tells_is_no_target() -> None:
    text = "Militants killed two shepherds near Qara Tapa on Monday, the mayor of the sub-district said."
    assert actors(text) == [({"militants"}, {"civilians"})]


def test_kin_of_an_official_are_civilians() -> None:
    text = "Militants shot dead the son of the mukhtar of a village near Daquq on Monday."
    assert actors(text) == [({"militants"}, {"civilians"})]


def test_a_headman_is_a_state_official() -> None:
    text = "Gunmen shot dead the mukhtar of a village near Daquq on Monday."
    assert actors(text)[0] == ({"militants"}, {"state_officials"})


def test_the_title_names_the_group() -> None:
    text = "Gunmen attacked a post of the Federal Police near Rashad on Monday, killing one policeman."
    assert actors(text, title="ISIS attack on Federal Police near Rashad") == [({"isis"}, {"federal_police"})]


def test_drones_on_an_oil_field_are_aimed_at_infrastructure() -> None:
    text = "Two attack drones fell inside the Khurmala oil field on Monday; a fire broke out and nobody was hurt."
    assert actors(text)[0] == (set(), {"infrastructure"})


def test_gunmen_of_another_attack_did_not_fly_the_drone() -> None:
    text = (
        "A drone bombed a camp of the Hashd al-Shaabi near Amerli on Monday and wounded two fighters. "
        "Nobody knows who sent it."
    )
    assert actors(text)[0] == (set(), {"pmf"})


def test_who_has_not_claimed_is_not_named() -> None:
    text = "Gunmen shot dead a farmer near Jalawla on Friday. ISIS had not claimed the attack by Saturday."
    assert actors(text)[0] == ({"militants"}, {"civilians"})


def test_a_unit_is_of_the_service_named_with_it() -> None:
    text = "An intelligence unit of the Federal Police arrested three ISIS suspects in Hawija on Monday."
    assert actors(text)[0] == ({"federal_police"}, {"isis"})


@pytest.mark.parametrize(
    ("lang", "text", "initiators", "targets"),
    [
        ("ar", "هاجم مسلحون من داعش نقطة للجيش العراقي قرب داقوق يوم الاثنين وقتلوا جنديين.", {"isis"}, {"iraqi_army"}),
        ("ar", "انفجرت عبوة ناسفة قرب جلولاء يوم الاثنين وأصيب ثلاثة مدنيين.", set(), {"civilians"}),
        (
            "ar",
            "ألقت الشرطة الاتحادية القبض على ثلاثة من عناصر داعش في الحويجة يوم الاثنين.",
            {"federal_police"},
            {"isis"},
        ),
        (
            "ckb",
            "چەکدارانی داعش هێرشیان کردە سەر بنکەیەکی پێشمەرگە لە نزیک کفری و دوو پێشمەرگە کوژران.",
            {"isis"},
            {"peshmerga"},
        ),
        ("ckb", "بۆمبێکی چێندراو لە نزیک داقوق تەقییەوە و دوو هاووڵاتی بریندار بوون.", set(), {"civilians"}),
    ],
)
def test_roles_in_arabic_and_sorani(lang: str, text: str, initiators: set[str], targets: set[str]) -> None:
    assert actors(text, lang=lang)[:1] == [(initiators, targets)]


def test_every_code_rests_on_words() -> None:
    text = "ISIS fighters attacked a village near Hawija on Monday and killed two farmers."
    report = make_report("", text, source="news agency", day=date(2021, 5, 12), lang="en")
    for draft in code_report(report, PACK).drafts:
        for claim in (*draft.initiator, *draft.target):
            assert claim.spans
            assert all(text[s.start : s.end] == s.quote for s in claim.spans)
