"""Where something happened, said in relation to other places, as the coder reads it in a sentence."""

import csv
from datetime import date
from pathlib import Path

import pytest

from seamwatch.model import PlaceMention, make_report
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place

TABLE = Path(__file__).parents[1] / "place" / "relative.tsv"
SENTENCES = {
    "en": "Two soldiers were killed on Sunday when a roadside bomb exploded {}, police said.",
    "ar": "قتل جنديان يوم الأحد بانفجار عبوة ناسفة {} بحسب مصدر أمني.",
    "ckb": "ڕۆژی یەکشەممە دوو سەرباز بە تەقینەوەی بۆمبێک {} کوژران.",
}
# What a phrase needs before it to stand in such a sentence.
LEADS = {
    "en": (
        ("the road", "on "),
        ("the area", "in "),
        ("the ", "on "),
        ("a village", "in "),
        ("southern", "in "),
        ("eastern", "on the "),
    ),
    "ar": (
        ("الطريق", "على "),
        ("طريق", "على "),
        ("المنطقة", "في "),
        ("الحدود", "على "),
        ("أقصى", "في "),
        ("محيط", "في "),
        ("الأطراف", "في "),
    ),
    "ckb": (
        ("ڕێگ", "لە "),
        ("شاڕ", "لەسەر "),
        ("باش", "لە "),
        ("باک", "لە "),
        ("ڕۆژ", "لە "),
        ("نێوان", "لە "),
        ("ناوچە", "لە "),
        ("سنوور", "لە "),
    ),
}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        found = [r for r in csv.DictReader(lines, delimiter="\t") if r["relation"] in ("offset", "between", "road")]
    return [r for r in found if "ern " not in r["phrase"]]  # "southern Kirkuk" is read as near it


def coded(row: dict[str, str]) -> PlaceMention:
    lead = next((lead for start, lead in LEADS[row["lang"]] if row["phrase"].startswith(start)), "")
    text = SENTENCES[row["lang"]].format(lead + row["phrase"])
    report = make_report("", text, lang=row["lang"], day=date(2020, 1, 6), source="agency", source_kind="news")
    (draft,) = code_and_place(report, load_pack()).drafts
    assert draft.place is not None
    return draft.place.value


@pytest.mark.parametrize("row", rows(), ids=lambda r: r["phrase"])
def test_distance_direction_and_pairs(row: dict[str, str]) -> None:
    told = coded(row)
    km, deg = (float(row[part]) if row[part] else None for part in ("km", "deg"))
    assert told.name.endswith(row["name"]) and (told.to or "").endswith(row["to"])
    assert (told.distance_km, told.bearing_deg) == (km, deg)
    assert bool(told.to) == bool(row["to"])
