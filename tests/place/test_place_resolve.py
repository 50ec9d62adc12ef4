"""Mentions to places: homonyms, units, offsets, pairs, abroad, and what is not known."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from seamwatch.geo import distance_km
from seamwatch.model import Place, PlaceMention, make_report
from seamwatch.place import Gazetteer, context_of, resolve


def at(gazetteer: Gazetteer, name: str, text: str = "", **said: object) -> Place:
    """The place of a mention in a report of that text."""
    context = context_of(make_report("", text or "Nothing else."), gazetteer)
    return resolve(PlaceMention(name, **said), gazetteer, context=context)  # type: ignore[arg-type]


# Homonyms


@pytest.mark.parametrize(("within", "expected"), [("Alma", "hamlet-alma"), ("Cala district", "hamlet-cala")])
def test_the_district_decides_between_villages(realm: Gazetteer, within: str, expected: str) -> None:
    place = at(realm, "Lindar", within=(within,))
    assert (place.status, place.gazetteer_id) == ("resolved", expected)


@pytest.mark.parametrize(("text", "expected"), [("Shots in Boro, Nord.", "hamlet-alma"), ("From Cala.", "hamlet-cala")])
def test_else_the_reports_other_places_decide(realm: Gazetteer, text: str, expected: str) -> None:
    assert at(realm, "Lindar", text).gazetteer_id == expected
    assert at(realm, "لندار", text).gazetteer_id == expected


def test_else_it_is_ambiguous_and_says_between_what(realm: Gazetteer) -> None:
    place = at(realm, "Lindar")
    assert (place.status, place.lat, place.governorate) == ("ambiguous", None, None)
    assert set(place.candidates) == {"hamlet-alma", "hamlet-cala"}


def test_a_village_far_from_all_it_is_put_within_is_another_one(realm: Gazetteer) -> None:
    place = at(realm, "Karsten", kind="village", within=("Cala",))
    assert (place.status, place.candidates) == ("within", ("cala",))
    assert (place.governorate, place.district) == ("Sued", "Cala")


def test_a_town_is_itself_wherever_the_report_came_from(realm: Gazetteer) -> None:
    assert at(realm, "Boro", within=("Cala", "Portugal")).gazetteer_id == "boro"


def test_a_town_far_outside_the_district_it_is_put_in_is_another_one(realm: Gazetteer) -> None:
    place = at(realm, "Boro", within=("Cala district",), kind="town")
    assert (place.status, place.gazetteer_id) != ("resolved", "boro")
    assert place.lat is None or place.lat == pytest.approx(33.1, abs=0.2)  # where it is said to be, if anywhere
    assert at(realm, "Boro", within=("Alma district",), kind="town").gazetteer_id == "boro"  # near enough
    assert at(realm, "Nord city", within=("Cala district",)).gazetteer_id == "nord-city"


def test_a_range_with_a_part_in_each_governorate(realm: Gazetteer) -> None:
    assert at(realm, "Sarn", "Clash in Cala.").gazetteer_id == "ridge-sued"
    assert at(realm, "Sarn", "Clash in Boro.").gazetteer_id == "ridge-nord"
    whole = at(realm, "Sarn", "Clash in Boro and Cala.")
    assert (whole.gazetteer_id, whole.precision, whole.radius_km) == ("ridge", "near", 70.0)


# Units and precision


@pytest.mark.parametrize(
    ("name", "said", "expected", "precision"),
    [
        ("Alma", {}, "alma", "exact"),
        ("Alma", {"kind": "district"}, "alma-district", "district"),
        ("Alma district", {}, "alma-district", "district"),
        ("Alma", {"relation": "near"}, "alma", "near"),
        ("Alma", {"relation": "near", "kind": "district"}, "alma-district", "near"),
        ("Nord", {}, "nord-governorate", "governorate"),
        ("Nord", {"kind": "city"}, "nord-city", "exact"),
        ("Nord city", {}, "nord-city", "exact"),
        ("نورد", {"relation": "near"}, "nord-city", "near"),
        ("Nord", {"relation": "offset", "bearing_deg": 180.0}, "nord-city", "near"),
        ("Sued", {"relation": "near"}, "sued-governorate", "near"),
        ("Ridge Sarn", {}, "ridge", "near"),
    ],
)
def test_precision(realm: Gazetteer, name: str, said: dict[str, object], expected: str, precision: str) -> None:
    place = at(realm, name, **said)
    assert (place.status, place.gazetteer_id, place.precision) == ("resolved", expected, precision)
    assert place.name == name


@pytest.mark.parametrize("name", ["Realm", "Highlands", "Portugal"])
def test_a_country_or_wide_region_is_no_point(realm: Gazetteer, name: str) -> None:
    place = at(realm, name)
    assert (place.status, place.precision, place.lat, place.radius_km) == ("resolved", "country", None, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kirkuk", "kirkuk-governorate"),
        ("كركوك", "kirkuk-governorate"),
        ("کەرکووک", "kirkuk-governorate"),
        ("Diyala", "diyala-governorate"),
        ("Sulaimani", "sulaymaniyah-governorate"),
        ("Slemani", "sulaymaniyah-governorate"),
        ("Kirkuk city", "kirkuk-city"),
        ("مدينة كركوك", "kirkuk-city"),
        ("Erbil", "erbil"),
        ("أربيل", "erbil"),
        ("Baghdad", "baghdad"),
        ("Hawija", "hawija"),
        ("Hawija district", "hawija-district"),
        ("قضاء الحويجة", "hawija-district"),
        ("Rashad sub-district", "rashad-subdistrict"),
        ("Mexmûr", "makhmour"),
        ("مەخموور", "makhmour"),
        ("Qara Chokh mountain", "qarachogh"),
        ("Wadi al-Shai", "wadi-al-shay"),
    ],
)
def test_bare_names_of_the_area(iraq: Gazetteer, name: str, expected: str) -> None:
    assert at(iraq, name).gazetteer_id == expected


def test_wide_names_of_the_area(iraq: Gazetteer) -> None:
    assert {at(iraq, n).precision for n in ("Kurdistan Region", "northern Iraq", "شمال العراق", "Syria")} == {"country"}


# Relations


def test_an_offset_moves_the_point(realm: Gazetteer) -> None:
    place = at(realm, "Nord", relation="offset", distance_km=30.0, bearing_deg=225.0)
    assert place.lat is not None and place.lon is not None and place.radius_km is not None
    assert distance_km(35.4, 44.4, place.lat, place.lon) == pytest.approx(30, abs=0.1)
    assert place.lat < 35.4 and place.lon < 44.4
    assert place.radius_km == 8.0
    assert place.precision == "near"


def test_a_distance_without_direction_widens_the_radius(realm: Gazetteer) -> None:
    place = at(realm, "Alma", relation="offset", distance_km=20.0)
    assert (place.lat, place.radius_km) == (35.0, 25.0)


def test_words_left_in_the_name_are_read(realm: Gazetteer) -> None:
    place = at(realm, "30 km south-west of Nord city")
    assert place.lat is not None and place.lat < 35.25
    assert place.name == "30 km south-west of Nord city"


@pytest.mark.parametrize("relation", ["between", "road"])
def test_between_two_places_is_the_midpoint(realm: Gazetteer, relation: str) -> None:
    place = at(realm, "Alma", relation=relation, to="Boro")
    assert place.lat == pytest.approx(35.3, abs=0.01)
    assert place.lon == pytest.approx(44.3, abs=0.01)
    assert place.radius_km == pytest.approx(43, abs=1)
    assert (place.precision, place.governorate, place.district) == ("near", "Nord", None)


def test_between_a_known_and_an_unknown_place_is_near_the_known_one(realm: Gazetteer) -> None:
    place = at(realm, "Quintana", relation="between", to="Boro")
    assert (place.status, place.lat, place.precision) == ("resolved", 35.6, "near")
    assert place.name == "Quintana – Boro"


def test_between_unknown_places_is_unknown(realm: Gazetteer) -> None:
    place = at(realm, "Quintana", relation="road", to="Ruritana", within=("Cala",))
    assert (place.status, place.lat, place.governorate) == ("unknown", None, "Sued")


# Not known


def test_an_unknown_name_is_not_guessed(realm: Gazetteer) -> None:
    place = at(realm, "Quintana", kind="village", within=("Nord", "Portugal"))
    assert (place.status, place.lat, place.lon, place.radius_km) == ("unknown", None, None, None)
    assert (place.precision, place.governorate, place.district) == ("exact", "Nord", None)


def test_an_unknown_name_is_put_where_the_report_puts_it(realm: Gazetteer) -> None:
    place = at(realm, "Quintana", kind="village", within=("Alma district", "Nord"))
    assert (place.status, place.candidates, place.radius_km) == ("within", ("alma",), 20.0)
    assert (place.name, place.precision) == ("Quintana", "exact")
    assert (place.governorate, place.district) == ("Nord", "Alma")
    assert at(realm, "Quintana", "Shots in Boro.").candidates == ("boro",)  # the district of all that it names


def test_an_unknown_name_with_no_word_on_where(realm: Gazetteer) -> None:
    assert at(realm, "Quintana").governorate is None
    assert at(realm, "Quintana", "Men fled to Cala.").governorate == "Sued"
    assert at(realm, "Quintana", "Men fled to Cala and Boro.").governorate is None


def test_a_name_that_only_looks_like_one_needs_a_word_on_where(realm: Gazetteer) -> None:
    assert at(realm, "Karstin").status == "unknown"
    assert at(realm, "Karstin", "In Boro, Nord.").gazetteer_id == "karsten"


def test_a_quarter_is_where_its_town_is(realm: Gazetteer) -> None:
    place = at(realm, "Freedom Square", within=("Boro",))
    assert (place.gazetteer_id, place.name, place.precision) == ("boro", "Freedom Square", "exact")
    assert at(realm, "Freedom Square").status == "unknown"


def test_a_small_town_that_only_the_world_has_must_not_stray(realm: Gazetteer) -> None:
    assert at(realm, "Quarry", "Shots in Boro and Alma.").status == "unknown"
    place = at(realm, "Quarry", within=("Realm",))
    assert (place.country, place.gazetteer_id) == ("XX", "geonames:8")


def test_a_town_that_only_the_world_has_takes_its_unit_from_the_report(realm: Gazetteer) -> None:
    assert at(realm, "Quarry", within=("Realm", "Sued")).governorate == "Sued"


# Abroad


def test_a_place_abroad_needs_its_country_or_an_empty_context(realm: Gazetteer) -> None:
    assert at(realm, "Vila Nova", "In Boro and Alma.").status == "unknown"
    assert at(realm, "Vila Nova", "In Boro. From Portugal.").country == "PT"
    assert at(realm, "Vila Nova", "A report.").country == "PT"
    assert at(realm, "Vila Nova", "In Boro.", within=("Portugal",)).country == "PT"
    assert at(realm, "Vila Nova", "In Japan.").status == "unknown"


def test_what_everybody_knows_needs_neither(realm: Gazetteer) -> None:
    assert at(realm, "Tokyo", "In Boro and Alma.").country == "JP"


def test_towns_abroad_that_share_a_name_are_ambiguous(realm: Gazetteer) -> None:
    place = at(realm, "Springfield", "In the United States.")
    assert (place.status, place.candidates) == ("ambiguous", ("geonames:4", "geonames:3"))


def test_the_real_world(whole: Gazetteer) -> None:
    place = at(whole, "Maiduguri", "Attack in Nigeria.")
    assert (place.country, place.status, place.precision) == ("NG", "resolved", "exact")
    assert place.lat == pytest.approx(11.85, abs=0.1)
    assert at(whole, "Kirkuk city").gazetteer_id == "kirkuk-city"
    assert at(whole, "Rashad", "Clash in Daquq, Kirkuk.").country == "IQ"


SAID = "Alma Boro Lindar Quintana the of and between near road district 30 km south-west - – , ( ) علما بين و قضاء كم"
WORDS = st.sampled_from(SAID.split())


@given(st.one_of(st.text(min_size=1, max_size=40), st.lists(WORDS, min_size=1, max_size=8).map(" ".join)))
@example("30 km")
@example("-")
@example("between and")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_give_a_place_or_say_why_not(realm: Gazetteer, words: str) -> None:
    place = at(realm, words)
    assert place.name == words or place.name.startswith(words)
    if place.status == "resolved":
        assert place.gazetteer_id and place.source
        assert place.precision == "country" or (place.lat is not None and (place.radius_km or 0) > 0)
    elif place.status == "within":
        assert place.lat is not None and (place.radius_km or 0) >= 20 and len(place.candidates) == 1
    else:
        assert place.lat is None and place.radius_km is None
        assert (place.status == "ambiguous") == bool(place.candidates)
    assert place == at(realm, words)
