import tomllib
from datetime import date
from importlib import resources
from string import Formatter

import pytest
from brief_cases import AS_OF, CODES, TOWNS, place
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.brief.words import FSI, PDI, Words, clean, isolate, languages
from seamwatch.errors import BriefError
from seamwatch.model import DateSpan, Figure

STRINGS = tomllib.loads((resources.files("seamwatch.brief") / "strings.toml").read_text("utf-8"))
NAMES = {p.id: p.names for p in TOWNS}
ENGLISH = {p.names["en"][0]: p.names for p in TOWNS}


def words(lang: str) -> Words:
    return Words(lang, CODES, NAMES, ENGLISH)


def holes(text: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_every_language_has_every_string_with_the_same_holes(lang: str) -> None:
    assert STRINGS[lang].keys() == STRINGS["en"].keys()
    free = {"date_tick"}  # a number of the month in one, its name in another
    for key, text in STRINGS["en"].items():
        assert key in free or holes(STRINGS[lang][key]) == holes(text), key


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_right_to_left_languages_are_written_in_their_script(lang: str) -> None:
    latin = {
        key for key, text in STRINGS[lang].items() if isinstance(text, str) and text.isascii() and text[:1].isalpha()
    }
    assert latin == {"dir", "lang"}


def test_unknown_language_is_refused() -> None:
    assert languages() == ("en", "ar", "ckb")
    with pytest.raises(BriefError, match="one of en, ar, ckb"):
        words("fr")


@pytest.mark.parametrize(
    ("lang", "figure", "text"),
    [
        ("en", Figure.exactly(4), "4"),
        ("en", Figure(4, 6), "4–6"),
        ("en", Figure(13, None), "at least 13"),
        ("ar", Figure(4, 6), "4 إلى 6"),
        ("ckb", Figure(13, None), "لانیکەم 13"),
    ],
)
def test_figures(lang: str, figure: Figure, text: str) -> None:
    assert words(lang).figure(figure) == text


@pytest.mark.parametrize(
    ("lang", "span", "text"),
    [
        ("en", DateSpan(date(2021, 3, 4), date(2021, 3, 4)), "4 March 2021"),
        ("en", DateSpan(date(2021, 3, 4), date(2021, 3, 5), "night"), "night of 4–5 March 2021"),
        ("en", DateSpan(date(2020, 12, 31), date(2021, 1, 1), "night"), "night of 31 December 2020 – 1 January 2021"),
        ("en", DateSpan(date(2021, 3, 1), date(2021, 3, 31), "month"), "in March 2021"),
        ("en", DateSpan(date(2021, 3, 28), date(2021, 4, 3), "week"), "in the week of 28 March – 3 April 2021"),
        ("ar", DateSpan(date(2021, 3, 7), date(2021, 3, 13), "week"), "في أسبوع 7 إلى 13 آذار 2021"),
        ("ckb", DateSpan(date(2021, 3, 4), date(2021, 3, 4)), "4ی ئازاری 2021"),
    ],
)
def test_dates_with_their_precision(lang: str, span: DateSpan, text: str) -> None:
    assert words(lang).when(span) == text


def test_date_says_what_it_rests_on() -> None:
    told = words("en").when(DateSpan(date(2021, 3, 4), date(2021, 3, 4), basis="announced"))
    assert told == "4 March 2021 (day of the announcement)"
    assert words("en").when(None) == "date not told"


def test_moment_in_the_zone_asked_for() -> None:
    assert clean(words("en").moment(AS_OF)) == "29 March 2021, 06:00 UTC"
    assert clean(words("en").moment(AS_OF, 3)) == "29 March 2021, 09:00 UTC+3"


def test_places_by_the_packs_name_in_the_language() -> None:
    town = place("Arbil", gazetteer_id="hewler", precision="near", governorate="Erbil", district="Kirkuk")
    assert clean(words("ckb").where(town)) == "نزیک هەولێر"
    assert clean(words("ar").where_note(town)) == "كركوك، أربيل، ضمن 5 كم"
    assert clean(words("en").where(place("Tal Zerin", precision="district"))) == "Tal Zerin (district)"


def test_a_place_between_two_is_spelled_by_both_and_its_district_not_said_twice() -> None:
    assert clean(words("ar").where(place("Kirkuk – Daquq"))) == "قرب كركوك – داقوق"
    assert (
        clean(words("en").where_note(place("كركوك", gazetteer_id="kirkuk", district="Kirkuk"))) == "Kirkuk, within 5 km"
    )


def test_place_that_was_not_found_says_so() -> None:
    lost = place("Tal Zerin", None, None, status="unknown", precision=None)
    assert words("en").where_note(lost) == "place not found on our lists"
    assert words("en").where(None) == "place not told"


@given(st.text())
def test_cleaned_text_has_no_control_and_turns_nothing(text: str) -> None:
    plain = clean(text)
    assert clean(plain) == plain
    assert not set(plain) & set("\u202e\u202d\u2066\u2067\u2068\u2069\u200f\n\x00")
    assert isolate(text) == (f"{FSI}{plain}{PDI}" if plain else "")


def test_ratio_with_its_interval() -> None:
    assert words("en").ratio(4.0, 1.1, 22.04) == "4× (1.1× to 22×)"
    assert words("en").ratio(float("inf"), 1.44, float("inf")) == "1.4× or more"
    assert words("ar").ratio(4.0, 1.1, 22.04) == "4 (1.1 إلى 22)"
    assert words("en").ratio(None, None, None) == ""
