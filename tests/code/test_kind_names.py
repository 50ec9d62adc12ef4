"""Names that no list knows, in a script without capitals."""

from __future__ import annotations

from datetime import date

import pytest

from seamwatch.code.kind_names import names_by_kind
from seamwatch.code.reading import read
from seamwatch.model import make_report
from seamwatch.packs import load_pack


def names(text: str, lang: str) -> list[tuple[str, str]]:
    document = read(make_report("", text, day=date(2021, 6, 16), lang=lang), load_pack())
    return [
        (sentence.reading.words(one.start, one.end), one.kind)
        for sentence in document.sentences
        for one in names_by_kind(document, sentence, [])
    ]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ar", "هاجموا قرية النخيلات جنوب القضاء", [("النخيلات", "village")]),
        ("ar", "هاجموا قرية أبو شجرة فجراً", [("أبو شجرة", "village")]),
        ("ar", "هاجموا قرية «تل النخيل الأعلى» فجراً", [("تل النخيل الأعلى", "village")]),
        ("ar", "هاجموا القرية ثم انسحبوا", []),
        ("ar", "هاجموا قرية في أطراف القضاء", []),
        ("ckb", "هێرشیان کردە سەر گوندی نەخیلات لە سنوورەکە", [("نەخیلات", "village")]),
        ("ckb", "گوندەکە چۆڵ بوو", []),
        ("en", "they raided the village of Nukhaylat", []),
    ],
)
def test_names_by_their_kind(lang: str, text: str, found: list[tuple[str, str]]) -> None:
    assert names(text, lang) == found
