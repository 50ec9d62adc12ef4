"""The type of an incident, over a table of our own wordings for each of the codebook's types and rulings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack

TABLES = Path(__file__).parent / "tables"
DAY = date(2020, 6, 17)  # a Wednesday


def rows(lang: str) -> list[tuple[str, str]]:
    """Type and text of each line; one that begins with "?" is not yet read rightly."""
    lines = (TABLES / f"kinds_{lang}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(kind, text) for kind, text in pairs]


def known(lang: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in rows(lang) if not kind.startswith("?")]


def types(text: str, lang: str) -> list[str]:
    """The types coded; a line without a full stop is a title that stands alone."""
    title, body = ("", text) if text.endswith(".") else (text, "")
    report = make_report(title, body, source="agency", source_kind="news", day=DAY, lang=lang, external_id="t")
    return [d.type.value for d in code_report(report, load_pack()).drafts]


def wanted(kind: str) -> list[str]:
    """The types of a line: none where it tells of no incident."""
    return [] if kind == "none" else [kind]


@pytest.mark.parametrize(("kind", "text"), known("en"))
def test_the_type_in_english(kind: str, text: str) -> None:
    assert types(text, "en") == wanted(kind)


@pytest.mark.parametrize(("kind", "text"), known("ar"))
def test_the_type_in_arabic(kind: str, text: str) -> None:
    assert types(text, "ar") == wanted(kind)


@pytest.mark.parametrize(("kind", "text"), known("ckb"))
def test_the_type_in_sorani(kind: str, text: str) -> None:
    assert types(text, "ckb") == wanted(kind)
