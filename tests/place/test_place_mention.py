"""Phrases around a name, in three languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from seamwatch.model import PlaceMention
from seamwatch.place import Gazetteer, parse_mention


def read(gazetteer: Gazetteer, text: str) -> PlaceMention:
    return parse_mention(text, gazetteer.words, gazetteer.known)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Makhmour district", "Makhmour", "district"),
        ("the district of Makhmour", "Makhmour", "district"),
        ("Rashad sub-district", "Rashad", "subdistrict"),
        ("village of Nowhere", "Nowhere", "village"),
        ("Nowhere village", "Nowhere", "village"),
        ("Mount Nowhere", "Nowhere", "mountain"),
        ("قضاء مخمور", "مخمور", "district"),
        ("ناحية الرشاد", "الرشاد", "subdistrict"),
        ("قرية كذا", "كذا", "village"),
        ("قەزای داقووق", "داقووق", "district"),
        ("گوندی فڵان", "فڵان", "village"),
        ("Freedom Square", "Freedom", "part"),
        ("حي الجمهورية", "الجمهورية", "part"),
    ],
)
def test_a_word_for_the_kind(iraq: Gazetteer, text: str, name: str, kind: str) -> None:
    assert read(iraq, text) == PlaceMention(name, kind=kind)


@pytest.mark.parametrize(
    ("text", "name", "distance_km", "bearing_deg"),
    [
        ("30 km south-west of Kirkuk", "Kirkuk", 30.0, 225.0),
        ("12.5 kilometres north of the village of Bashir", "Bashir", 12.5, 0.0),
        ("5km from Daquq", "Daquq", 5.0, None),
        ("south of Samarra", "Samarra", None, 180.0),
        ("southeastern Daquq", "Daquq", None, 135.0),
        ("20 كم جنوب غرب كركوك", "كركوك", 20.0, 225.0),
        ("جنوبي كركوك", "كركوك", None, 180.0),
        ("10 کیلۆمەتر باشووری داقووق", "داقووق", 10.0, 180.0),
    ],
)
def test_offsets(iraq: Gazetteer, text: str, name: str, distance_km: float | None, bearing_deg: float | None) -> None:
    mention = read(iraq, text)
    assert (mention.relation, mention.name) == ("offset", name)
    assert (mention.distance_km, mention.bearing_deg) == (distance_km, bearing_deg)


@pytest.mark.parametrize(
    ("text", "relation", "name", "to"),
    [
        ("between Daquq and Tuz Khurmatu", "between", "Daquq", "Tuz Khurmatu"),
        ("between the villages of Bashir and Taza", "between", "Bashir", "Taza"),
        ("the road between Makhmour and Gwer", "road", "Makhmour", "Gwer"),
        ("Daquq-Riyadh road", "road", "Daquq", "Riyadh"),
        ("Riyadh – Rashad", "between", "Riyadh", "Rashad"),
        ("بين داقوق وطوزخورماتو", "between", "داقوق", "طوزخورماتو"),
        ("الطريق الرابط بين مخمور والكوير", "road", "مخمور", "الكوير"),
        ("نێوان داقووق و پردێ", "between", "داقووق", "پردێ"),
        ("خط (دبس – كركوك)", "between", "دبس", "كركوك"),
    ],
)
def test_pairs(iraq: Gazetteer, text: str, relation: str, name: str, to: str) -> None:
    mention = read(iraq, text)
    assert (mention.relation, mention.name, mention.to) == (relation, name, to)


@pytest.mark.parametrize(
    "text", ["near Daquq", "outskirts of Daquq", "the outskirts of Daquq", "Daquq area", "the foothills of Daquq"]
)
def test_nearness(iraq: Gazetteer, text: str) -> None:
    assert read(iraq, text) == PlaceMention("Daquq", "near")


@pytest.mark.parametrize(
    "text", ["Mount Qarachogh", "Maktab Khalid crossing", "Hamrin Lake", "northern Iraq", "Tal Afar"]
)
def test_a_known_name_is_never_taken_apart(iraq: Gazetteer, text: str) -> None:
    assert read(iraq, text) == PlaceMention(text)


@pytest.mark.parametrize(
    "text", ["Mpondwe-Lhubiriha", "Nowhere", "the road", "district", "30 km", "…", "between", "a-b-c"]
)
def test_what_says_nothing_comes_back_as_it_is(iraq: Gazetteer, text: str) -> None:
    assert read(iraq, text).to is None
    assert read(iraq, text).name


def test_wider_places_after_commas(iraq: Gazetteer) -> None:
    assert read(iraq, "Nowhere village, Daquq district, Kirkuk") == PlaceMention(
        "Nowhere", kind="village", within=("Daquq district", "Kirkuk")
    )


TABLE = Path(__file__).with_name("relative.tsv")


@pytest.mark.parametrize("row", csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t"), ids=lambda r: r["phrase"])
def test_where_in_relation_to_others(row: dict[str, str], iraq: Gazetteer) -> None:
    read_as = read(iraq, row["phrase"])
    km, deg = (float(row[part]) if row[part] else None for part in ("km", "deg"))
    wanted = PlaceMention(row["name"], row["relation"], row["to"] or None, km, deg, row["kind"] or None)  # type: ignore[arg-type]
    assert read_as == wanted
