"""Sorani reports, of our own wording, through the whole coder."""

from __future__ import annotations

import functools
from datetime import date

import pytest
import whole_reports
from whole_reports import DAY, check, toll

from seamwatch.code import code_report
from seamwatch.code.hits import load_finder
from seamwatch.code.text import normalise
from seamwatch.model import make_report
from seamwatch.packs import load_pack
from seamwatch.wire import figure_json

coded = functools.partial(whole_reports.coded, "ckb")
only = functools.partial(whole_reports.only, "ckb")


def place(text: str) -> str:
    drafts = code_report(make_report("", text, day=DAY, lang="ckb"), load_pack()).drafts
    assert drafts[0].place is not None
    return drafts[0].place.value.name


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("پێشمه‌رگه‌كان", ("actors", "peshmerga")),
        ("سەربازێکیان", ("actors", "iraqi_army")),
        ("چەکدارەکانیش", ("actors", "militants")),
        ("هێرشەکەیان", ("act", "attack")),
        ("هاوڵاتیان", ("actors", "civilians")),
        ("كوژران", ("harm", "killed")),
    ],
)
def test_endings_and_spellings_do_not_hide_a_word(text: str, term: tuple[str, str]) -> None:
    folded = normalise(text, "ckb").text
    assert term in {(h.kind, h.value) for h in load_finder(load_pack(), "ckb").find(folded, lambda hit: True)}


@pytest.mark.parametrize(
    ("text", "kind", "initiator", "target", "losses"),
    [
        (
            "شەوی ڕابردوو چەکدارانی داعش هێرشیان کردە سەر خاڵێکی پشکنینی سوپای عێراق لە سنووری داقووق، "
            "بەهۆیەوە دوو سەرباز کوژران و سێی دیکە بریندار بوون.",
            "armed_clash",
            ("isis",),
            ("iraqi_army",),
            {"forces killed": 2, "forces wounded": 3},
        ),
        (
            "چەکدارانی نەناسراو جوتیارێکیان لە گوندێکی کەرکووک کوشت.",
            "attack_on_civilians",
            ("militants",),
            ("civilians",),
            {"civilians killed": 1},
        ),
        (
            "چەکدارانی داعش لە سنووری خانەقین دوو هاووڵاتییان ڕفاند.",
            "abduction",
            ("isis",),
            ("civilians",),
            {"civilians abducted": 2},
        ),
        (
            "فڕۆکەکانی هاوپەیمانان بۆردوومانی حەشارگەیەکی داعشیان لە چیای قەرەچووغ کرد و سێ تیرۆریست کوژران.",
            "air_strike",
            ("coalition",),
            ("isis",),
            {"militants killed": 3},
        ),
        (
            "هێزەکانی ئاسایش لە هەولێر تۆمەتبارێکی سەر بە داعشیان دەستگیر کرد.",
            "arrest",
            ("asayish",),
            ("isis",),
            {"militants arrested": 1},
        ),
        (
            "هێزێکی حەشدی شەعبی حەشارگەیەکی داعشی لە دۆڵی شای دۆزییەوە.",
            "find",
            ("pmf",),
            ("isis",),
            {},
        ),
        (
            "سوپای تورکیا دوێنێ ناوچە سنوورییەکانی ئامێدی تۆپباران کرد و هاووڵاتییەک بریندار بوو.",
            "indirect_fire",
            ("turkish_army",),
            ("civilians",),
            {"civilians wounded": 1},
        ),
    ],
)
def test_an_incident(
    text: str, kind: str, initiator: tuple[str, ...], target: tuple[str, ...], losses: dict[str, object]
) -> None:
    check(only(text), kind, initiator, target, losses)


def test_a_night_spans_two_days() -> None:
    record = only("شەوی دووشەممە چەکدارانی داعش هێرشیان کردە سەر بنکەیەکی پێشمەرگە لە سنووری کفری.")
    assert record.date is not None
    assert (record.date.first, record.date.last) == (date(2021, 6, 14), date(2021, 6, 15))


def test_bounds() -> None:
    record = only("لە تەقینەوەی ئۆتۆمبێلێکی بۆمبڕێژکراودا لە کەرکووک لانیکەم نۆ کەس کوژران و دەیانی تر بریندار بوون.")
    assert record.type == "explosion"
    assert {c.outcome: figure_json(c.figure) for c in record.toll} == {"killed": [9, None], "wounded": [24, None]}


@pytest.mark.parametrize(
    "text",
    [
        "سێ کەس لە ڕووداوێکی هاتوچۆدا لەسەر ڕێگای هەولێر گیانیان لەدەستدا.",
        "یانەی هەولێر لە یارییەکەدا بە دوو گۆڵ سەرکەوت و یاریزانێک بریندار بوو.",
        "پارێزگار داوای کرد هێزی زیاتر بنێردرێت بۆ ئەوەی ڕێگە لە هێرشی داعش بگیرێت.",
        "داعش لە حوزەیرانی ٢٠١٤ مووسڵی داگیر کرد.",
    ],
)
def test_what_is_no_incident(text: str) -> None:
    assert coded(text) == []


@pytest.mark.parametrize("verb", ["فڕاند", "فڕاندیان", "ڕفاندیان"])
def test_both_spellings_of_kidnapping(verb: str) -> None:
    record = only(f"چەکدارانی داعش دوێنێ دوو جووتیاریان لە گوندی ئاوبارە {verb}.")
    assert record.type == "abduction"
    assert record.initiator == ("isis",)


@pytest.mark.parametrize("verb", ["زامدار بوون", "بریندار کران", "برینداربوون"])
def test_words_for_the_wounded(verb: str) -> None:
    record = only(f"لە تەقینەوەی بۆمبێکدا لە داقووق سێ سەرباز {verb}.")
    assert toll(record) == {"forces wounded": 3}


@pytest.mark.parametrize(
    "text",
    [
        "یانەی کەرکووک لە نیوەی یەکەمدا گۆڵێکی تۆمار کرد و گۆڵچییەکە تەقەیەکی گرتەوە.",
        "یەکەیەکی پێشمەرگە لە دهۆک مەشقیان لەسەر تێکشکاندنی هێرش و تەقەکردن کرد.",
        "لە ساڵیادی کیمیابارانکردنی شارەکەدا بە هەزاران شەهید یاد کرانەوە.",
    ],
)
def test_sport_drills_and_memory_are_no_incidents(text: str) -> None:
    assert coded(text) == []


def test_a_name_that_ends_in_a_word_that_begins_names() -> None:
    named = place("چەکدارانی داعش هێرشیان کردە سەر گوندی شێخ پیر و دوو هاووڵاتی کوژران.")
    assert named == "شێخ پیر"


def test_according_to_is_no_town() -> None:
    named = place("بە گوێرەی سەرچاوەیەک، داعش لە داقووق تەقەی لە دوو شوان کرد و کوشتیانن.")
    assert named == "داقووق"
