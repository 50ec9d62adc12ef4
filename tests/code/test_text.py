"""Folding with a way back, and the language of a report."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code.text import fold_word, language_of, normalise

LANGS = ("en", "ar", "ckb", "ku")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)  # lone surrogates too


@given(text=ANY_TEXT, lang=st.sampled_from(LANGS))
def test_any_text_folds_and_every_character_knows_its_origin(text: str, lang: str) -> None:
    folded = normalise(text, lang)
    last = 0
    for place in range(len(folded.text)):
        start, end = folded.original(place, place + 1)
        assert last <= start < end <= len(text)
        assert end == start + 1
        again = normalise(text[start:end], lang).text
        assert folded.text[place] in again or not again
        last = start


@given(text=ANY_TEXT, lang=st.sampled_from(LANGS))
def test_a_place_in_the_original_is_found_in_the_folded_text(text: str, lang: str) -> None:
    folded = normalise(text, lang)
    places = [folded.position(origin) for origin in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(folded.text) for place in places)
    for place in range(len(folded.text)):
        assert folded.position(folded.original(place, place + 1)[0]) <= place


@given(text=ANY_TEXT, lang=st.sampled_from(LANGS))
def test_folding_twice_changes_nothing(text: str, lang: str) -> None:
    once = normalise(text, lang).text
    assert normalise(once, lang).text == once


def test_ascii_folds_to_lower_case_in_place() -> None:
    folded = normalise("Two SOLDIERS\tdied", "en")
    assert folded.text == "two soldiers died"
    assert folded.original(4, 12) == (4, 12)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("ar", "أُصيبَ", "اصيب"),
        ("ar", "القوّات المسلّحة", "القوات المسلحه"),
        ("ar", "كركوك", "کرکوک"),
        ("ar", "على", "علي"),
        ("ar", "قـــوة", "قوة"),
        ("ar", "مسؤول", "مسوول"),
        ("ar", "٢٣", "23"),
        ("ar", "ﻻ", "لا"),
        ("ckb", "پێشمه‌رگه", "پێشمەرگە"),
        ("ckb", "هاووڵاتی", "هاوڵاتی"),
        ("ckb", "ھێرش", "هێرش"),
        ("ckb", "كوژران", "کوژران"),
        ("ckb", "ڕۆژ", "رۆژ"),
        ("ckb", "۲۳", "٢٣"),
        ("en", "Makhmûr", "makhmur"),
        ("en", "Tuz–Khurmatu’s “gap”", 'tuz-khurmatu\'s "gap"'),
        ("en", "zero\u200bwidth\u00ad", "zerowidth"),
    ],
)
def test_spellings_that_mean_one_thing_fold_alike(lang: str, one: str, other: str) -> None:
    assert fold_word(one, lang) == fold_word(other, lang)


@pytest.mark.parametrize(("one", "other"), [("بۆ", "بوو"), ("سێ", "سی")])
def test_sorani_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold_word(one, "ckb") != fold_word(other, "ckb")


def test_spans_come_back_with_their_marks() -> None:
    text = "هَاجَمَ مسلحون نقطةً للجيش … أمس"
    folded = normalise(text, "ar")
    at = folded.text.index("نقطه")
    start, end = folded.original(at, at + 4)
    assert text[start:end] == "نقطة"
    assert folded.original(at, at) == (start, start)


def test_ten_megabytes_take_a_linear_time() -> None:
    times = []
    for size in (20_000, 200_000):
        text = "أُصيب جُنديّ … ﻻ " * size
        begin = time.process_time()
        normalise(text, "ar")
        times.append(time.process_time() - begin)
    assert times[1] < 40 * max(times[0], 0.01)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Two soldiers were wounded when a bomb hit their vehicle south of the town.", "en"),
        ("أصيب جنديان بانفجار عبوة ناسفة استهدفت عجلتهما جنوب القضاء", "ar"),
        ("دوو سەرباز لە تەقینەوەی بۆمبێکدا لە باشووری شارەکە بریندار بوون", "ckb"),
        ("دوو سه‌رباز له‌ ته‌قینه‌وه‌ی بۆمبێکدا بریندار بوون", "ckb"),
        ("Du leşker di teqîna bombeyekê de li başûrê bajêr birîndar bûn û yek jî hat kuştin", "ku"),
        ("Deux soldats ont été blessés dans l'explosion d'une bombe au sud de la ville", "fr"),
        ("IED, 2 WIA", "en"),
        ("", "en"),
        ("1234 !!", "en"),
    ],
)
def test_the_language_of_a_report(text: str, lang: str) -> None:
    assert language_of(text) == lang


@given(text=ANY_TEXT)
def test_language_never_fails(text: str) -> None:
    assert language_of(text)
