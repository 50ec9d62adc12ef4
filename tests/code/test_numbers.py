"""Counts with their bounds, and figures that count nothing, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code.numbers import find_numbers
from seamwatch.code.text import normalise


def counts(text: str, lang: str) -> list[tuple[int, int | None]]:
    hits = find_numbers(normalise(text, lang).text, lang)
    return [(h.figure.low, h.figure.high) for h in hits if h.kind == "count"]


def kinds(text: str, lang: str) -> list[str]:
    return [h.kind for h in find_numbers(normalise(text, lang).text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "low", "high"),
    [
        ("en", "at least 13 people were killed", 13, None),
        ("en", "more than ten guards", 10, None),
        ("en", "no fewer than four fighters", 4, None),
        ("en", "nine or more died", 9, None),
        ("en", "six at least were hurt", 6, None),
        ("en", "between 3 and 5 gunmen", 3, 5),
        ("en", "3-5 gunmen", 3, 5),
        ("en", "seven or eight gunmen", 7, 8),
        ("en", "up to five farmers", 0, 5),
        ("en", "fewer than twenty wounded", 0, 19),
        ("en", "about 30 men", 30, 30),
        ("en", "nearly a dozen men", 12, 12),
        ("en", "dozens of men", 24, None),
        ("en", "several men", 2, None),
        ("en", "a number of men", 2, None),
        ("en", "one hundred and five men", 105, 105),
        ("en", "twenty-one men", 21, 21),
        ("en", "two dozen men", 24, 24),
        ("en", "1,250 men", 1250, 1250),
        ("en", "three thousand two hundred men", 3200, 3200),
        ("ar", "ما لا يقل عن 13 شخصا", 13, None),
        ("ar", "أكثر من عشرة مسلحين", 10, None),
        ("ar", "بين ثلاثة وخمسة مسلحين", 3, 5),
        ("ar", "ستة إلى ثمانية مسافرين", 6, 8),
        ("ar", "عشرات الجرحى", 24, None),
        ("ar", "عدد من الجنود", 2, None),
        ("ar", "بضعة مسلحين", 2, None),
        ("ar", "نحو ثلاثين مسلحا", 30, 30),
        ("ar", "خمسة وعشرون جنديا", 25, 25),
        ("ar", "مئة وخمسون جنديا", 150, 150),
        ("ar", "ثلاثة عشر جنديا", 13, 13),
        ("ar", "اثنا عشر جنديا", 12, 12),
        ("ar", "ثلاثة آلاف نازح", 3000, 3000),
        ("ar", "ألف ومئتا عائلة", 1200, 1200),
        ("ar", "والثلاثة أصيبوا", 3, 3),
        ("ckb", "لانیکەم ١٣ کەس", 13, None),
        ("ckb", "زیاتر لە حەوت کەس", 7, None),
        ("ckb", "لە نێوان دوو بۆ سێ کەس", 2, 3),
        ("ckb", "دەیان کەس", 24, None),
        ("ckb", "چەند کەسێک", 2, None),
        ("ckb", "نزیکەی بیست چەکدار", 20, 20),
        ("ckb", "بیست و پێنج کەس", 25, 25),
        ("ckb", "سەد و پەنجا کەس", 150, 150),
        ("ckb", "پێنجی تر", 5, 5),
        ("ckb", "دووانیان", 2, 2),
        ("ckb", "١٢یان", 12, 12),
    ],
)
def test_a_count_and_its_bounds(lang: str, text: str, low: int, high: int | None) -> None:
    assert counts(text, lang) == [(low, high)]


def test_numbers_in_a_row_stay_apart() -> None:
    assert counts("two soldiers, three farmers and four guards", "en") == [(2, 2), (3, 3), (4, 4)]
    assert counts("ثلاثة جنود وخمسة مدنيين و3 شرطة", "ar") == [(3, 3), (5, 5), (3, 3)]
    assert counts("سێ سەرباز و چوار جوتیار", "ckb") == [(3, 3), (4, 4)]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "an 81 mm shell", "calibre"),
        ("en", "a 120mm round", "calibre"),
        ("en", "30 km from the town", "distance"),
        ("en", "about thirty kilometres away", "distance"),
        ("en", "the 14th Division", "unit"),
        ("en", "Brigade 91", "unit"),
        ("en", "in 2014", "year"),
        ("en", "at 23:10", "clock"),
        ("en", "at 9 pm", "clock"),
        ("en", "on 15 March", "date"),
        ("en", "March 4, 2020", "date"),
        ("en", "12/03/2016", "date"),
        ("en", "$5,000", "money"),
        ("en", "20 percent", "percent"),
        ("en", "a 34-year-old", "age"),
        ("en", "a farmer, 52, was hit", "age"),
        ("en", "an AK-47", "label"),
        ("en", "K1 base", "label"),
        ("en", "for two hours", "duration"),
        ("en", "the third attack", "ordinal"),
        ("ar", "هاون عيار 120 ملم", "calibre"),
        ("ar", "اللواء 91", "unit"),
        ("ar", "الفرقة الرابعة عشرة", "unit"),
        ("ar", "الفوج (الثالث)", "unit"),
        ("ar", "على بعد 30 كم", "distance"),
        ("ar", "عام 2014", "year"),
        ("ar", "الساعة 21:30", "clock"),
        ("ar", "8 تشرين الأول", "date"),
        ("ar", "المادة 4 إرهاب", "unit"),
        ("ar", "خمسة آلاف دولار", "money"),
        ("ckb", "لیوای ١٤", "unit"),
        ("ckb", "دە کیلۆمەتریی باشوور", "distance"),
        ("ckb", "٣١ی تەممووز", "date"),
        ("ckb", "کاتژمێر حەوت", "clock"),
        ("ckb", "دوو کاتژمێر", "duration"),
        ("ckb", "لە سەدا ٢٠", "percent"),
    ],
)
def test_a_figure_that_counts_nobody(lang: str, text: str, kind: str) -> None:
    assert kinds(text, lang) == [kind]


@given(
    text=st.lists(
        st.sampled_from(["at least", "13", "two", "hundred", "and", "-", "to", "5", "between", "و", "عشر", "x"])
    )
)
def test_hits_stand_in_order_and_figures_are_sound(text: list[str]) -> None:
    for lang in ("en", "ar", "ckb"):
        folded = normalise(" ".join(text), lang).text
        last = 0
        for hit in find_numbers(folded, lang):
            assert last <= hit.start < hit.end <= len(folded)
            last = hit.end


@given(text=st.text(max_size=80))
def test_never_fails(text: str) -> None:
    for lang in ("en", "ar", "ckb", "tr"):
        find_numbers(normalise(text, lang).text, lang)


def test_a_figure_of_a_thousand_digits_is_a_label() -> None:
    assert kinds("9" * 5000, "en") == ["label"]
