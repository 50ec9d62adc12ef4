"""The default area's place list: its facts hold together."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from seamwatch.errors import PackError
from seamwatch.geo import distance_km
from seamwatch.packs import PackPlace, load_pack, load_places

UNITS = ("governorate", "district", "subdistrict")
PLACES = load_places(load_pack("iraq"))
BY_ID = {p.id: p for p in PLACES}


def test_it_is_a_list_worth_having() -> None:
    assert len(PLACES) >= 2500
    kinds = Counter(p.kind for p in PLACES)
    assert kinds["governorate"] == 19  # Halabja too
    assert kinds["district"] >= 101 and kinds["subdistrict"] >= 290  # all of the 2019 table
    for kind in (
        "village",
        "town",
        "mountain",
        "road",
        "valley",
        "oilfield",
        "base",
        "dam",
        "river",
        "lake",
        "crossing",
    ):
        assert kinds[kind] >= 3, kind


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.id)
def test_each_row_is_whole(place: PackPlace) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", place.id)
    assert place.names.get("en")
    assert place.known_from.strip()
    assert 0 < place.radius_km <= 1000
    assert re.fullmatch(r"[A-Z]{2}", place.country)
    for lang, names in place.names.items():
        arabic = lang in ("ar", "ckb")
        assert len(set(names)) == len(names)
        for name in names:
            assert bool(re.search(r"[\u0600-\u06ff]", name)) == arabic or re.search(r"\d", name), (lang, name)
    assert not place.district or place.governorate


def test_points_lie_where_their_unit_is() -> None:
    units: dict[tuple[str, str, str], PackPlace] = {}
    for unit in (p for p in PLACES if p.kind in ("governorate", "district")):
        units.setdefault((unit.kind, unit.governorate, unit.district), unit)
    for place in PLACES:
        if place.country != "IQ" or place.kind in ("river", "road"):
            continue
        around = units.get(("district", place.governorate, place.district)) or units.get(
            ("governorate", place.governorate, "")
        )
        if around is not None:
            away = distance_km(place.lat, place.lon, around.lat, around.lon)
            assert away < 2.2 * around.radius_km + 25, (place.id, around.id, away)


def test_units_are_spelled_one_way() -> None:
    governorates = {p.governorate for p in PLACES if p.kind == "governorate"}
    assert {
        "Kirkuk",
        "Diyala",
        "Salah Al-Din",
        "Ninewa",
        "Erbil",
        "Al-Sulaymaniyah",
        "Duhok",
        "Al-Anbar",
    } <= governorates
    assert {p.governorate for p in PLACES if p.governorate} <= governorates
    districts = {p.district for p in PLACES if p.kind == "district"}
    assert {"Al-Hawiga", "Makhmour", "Tooz Khurmato", "Daquq", "Dibis", "Khanaqin", "Sinjar"} <= districts


def test_one_place_is_not_listed_twice() -> None:
    for one, other in combinations([p for p in PLACES if p.kind in ("town", "village", "city")], 2):
        if set(one.spellings()) & set(other.spellings()):
            assert distance_km(one.lat, one.lon, other.lat, other.lon) > 2, (one.id, other.id)


def test_a_village_that_shares_a_towns_name_says_so() -> None:
    """Mahmoudiya alone is the town near Baghdad; the village in Hawija is found where it is called a village."""
    mahmudiyah = {name for p in PLACES if p.kind in ("town", "district") for name in p.spellings()}
    village = BY_ID["mahmudiya"]
    assert village.kind == "village" and village.district == "Al-Hawiga"
    assert not mahmudiyah & set(village.spellings())


def test_no_name_is_an_everyday_word() -> None:
    """A list of places is searched for in running text: such names would be found everywhere."""
    everyday = {"بلد", "عنه", "السلام", "الحرية", "النصر", "الشعب", "الأكراد", "الأحمر", "الأحرار", "الإمام", "العدل"}
    everyday |= {"السنية", "الهندية", "لك", "تسعين", "الصدور", "البنوك", "المعامل", "البلديات", "الطبقة", "معبدة"}
    everyday |= {"دوري", "بصل", "حلوة", "آيات", "جنديان", "رايات", "عنب", "سوني", "اللهيب", "سكران", "المحولة"}
    everyday |= {"پردی", "خۆی", "هاوار", "دووری", "بلێ", "وێنە", "مەرگە", "لەک", "کۆشک", "تەناهی"}
    everyday |= {"hit", "ana", "link", "sole", "fao", "sedan", "sine", "halva", "hero", "maya"}
    assert not everyday & {name.casefold() for p in PLACES for name in p.spellings()}


@pytest.mark.parametrize(
    ("one", "other", "low_km", "high_km"),
    [
        ("kirkuk-city", "daquq", 33, 41),
        ("kirkuk-city", "hawija", 52, 64),
        ("erbil", "makhmour", 55, 65),
        ("mosul", "qayyarah", 55, 66),
        ("tuz-khurmatu", "amerli", 14, 22),
        ("khanaqin", "jalawla", 18, 26),
        ("makhmour", "qarachogh", 3, 16),
        ("sinjar", "sinuni", 15, 27),
        ("zakho", "duhok", 36, 50),
        ("baiji", "tikrit", 33, 44),
        ("kalar", "kifri", 28, 40),
        ("ain-al-asad", "baghdadi", 8, 18),
    ],
)
def test_distances_that_a_map_shows(one: str, other: str, low_km: float, high_km: float) -> None:
    a, b = BY_ID[one], BY_ID[other]
    assert low_km < distance_km(a.lat, a.lon, b.lat, b.lon) < high_km


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("a,town,A,,,,95,44,1,IQ,,,x", "WGS 84"),
        ("a,planet,A,,,,35,44,1,IQ,,,x", "kind 'planet'"),
        ("a,town,A,,,,north,44,1,IQ,,,x", "cannot use this row"),
        ("a,town,A,,,,35,44,1,IQ,,,x\na,town,B,,,,35,44,1,IQ,,,x", "twice"),
    ],
)
def test_a_row_that_breaks_the_rules_is_named_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    (tmp_path / "pack.toml").write_text('name = "x"\nextends = "iraq"\n', "utf-8")
    head = "id,kind,en,ar,ckb,ku,lat,lon,radius_km,country,governorate,district,known_from"
    (tmp_path / "places.csv").write_text(f"{head}\n{row}\n", "utf-8")
    with pytest.raises(PackError, match=says) as caught:
        load_places(load_pack(tmp_path))
    assert "places.csv:" in str(caught.value)
