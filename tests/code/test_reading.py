"""What a sentence is known to hold: words of the lexicon, phrases of persons with their number, places."""

from datetime import date

import pytest

from seamwatch.code.mentions import Mention, find_mentions
from seamwatch.code.reading import Document, read
from seamwatch.model import make_report
from seamwatch.packs import load_pack

DAY = date(2021, 6, 10)


def document(text: str, title: str = "Report") -> Document:
    return read(make_report(title, text, lang="en", day=DAY, source="agency", source_kind="news"), load_pack())


def mention(text: str) -> Mention:
    return find_mentions(document(text))[1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two Iraqi soldiers died.", [("iraqi_army", 2)]),
        ("Islamic State (ISIS) militants attacked.", [("isis", None)]),
        ("At least four members of the Peshmerga were killed.", [("peshmerga", 4)]),
        ("A villager and three policemen were hurt.", [("civilians", 1), ("police", 3)]),
        ("Four of the seven attackers died.", [("militants", 4)]),
        ("Several farmers fled.", [("civilians", 2)]),
    ],
)
def test_persons(text: str, wanted: list[tuple[str, int | None]]) -> None:
    got = [(w.code, w.figure.low if w.figure else None) for w in mention(text).who]
    assert got == wanted


def test_who_only_tells_does_nothing() -> None:
    who = {w.code: w.speaker for w in mention("Gunmen attacked a post, the army said.").who}
    assert who == {"militants": False, "iraqi_army": True}


def test_letters_that_must_be_exact() -> None:
    hits = [h.term.words for s in document("IS is near.").sentences[1:] for h in s.of("actors")]
    assert hits == ["is"], "the group, not the verb"


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("A bomb went off near Daquq.", "Daquq", "near"),
        ("A bomb went off 30 km south-west of Kirkuk.", "Kirkuk", "offset"),
        ("A bomb went off between Daquq and Tuz Khurmatu.", "Daquq", "between"),
        ("A bomb went off in Xyzabad, a village of Daquq.", "Xyzabad", "at"),
        ("A bomb went off in the village of Xyzabad.", "Xyzabad", "at"),
    ],
)
def test_places(text: str, name: str, relation: str) -> None:
    place = mention(text).places[0]
    assert (place.name, place.relation) == (name, relation)


def test_an_offset_has_its_distance_and_bearing() -> None:
    place = mention("A bomb went off 30 km south-west of Kirkuk.").places[0]
    assert (place.distance_km, place.bearing_deg) == (30.0, 225.0)


def test_both_ends_of_between() -> None:
    place = mention("A bomb went off between Daquq and Tuz Khurmatu.").places[0].mention(())
    assert (place.name, place.to) == ("Daquq", "Tuz Khurmatu")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gunmen attacked a post.", "real"),
        ("Gunmen did not attack a post; no shots were fired at it.", "negated"),
        ("Gunmen could have attacked the post.", "hypothetical"),
        ("Gunmen planned to ambush the convoy.", "planned"),
    ],
)
def test_truth(text: str, wanted: str) -> None:
    assert wanted in {f.truth for f in mention(text).frames}


def test_active_and_passive_have_the_same_roles() -> None:
    for text in ("ISIS attacked the Peshmerga.", "The Peshmerga were attacked by ISIS."):
        frame = mention(text).frames[0]
        assert [w.code for w in frame.doers] == ["isis"], text
        assert [w.code for w in frame.sufferers] == ["peshmerga"], text


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("A bomb killed two soldiers.", "blast"),
        ("Rockets struck the base.", "shell"),
        ("Turkish jets hit a village.", "air"),
        ("A drone killed two fighters.", "drone"),
        ("Gunmen killed two soldiers.", "kill"),
        ("A tractor hit a landmine.", "blast"),
    ],
)
def test_the_weapon_makes_the_act(text: str, act: str) -> None:
    assert mention(text).frames[0].act.name == act


def test_background_and_fresh() -> None:
    assert mention("In 2014 ISIS attacked Sinjar.").background
    assert mention("ISIS has often attacked villages there.").background
    assert not mention("On Sunday ISIS attacked a village.").background


def test_the_announcement_is_not_the_day() -> None:
    told = mention("Gunmen killed two farmers near Daquq on Sunday, police said on Monday.")
    assert told.date is not None and told.announced is not None
    assert (told.date.span.first, told.announced.span.first) == (date(2021, 6, 6), date(2021, 6, 7))
    only = mention("Two farmers were killed near Daquq, police said on Monday.")
    assert only.date is None and only.announced is not None


def test_a_dateline_is_apart() -> None:
    sentences = document("KIRKUK, Iraq, June 9 - Gunmen killed two farmers near Daquq on Sunday.").sentences
    assert sentences[1].dateline and not sentences[2].dateline
