"""Whole reports of our own wording: quiet ones, and their like that tell of an incident."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack

TABLES = Path(__file__).parent / "tables"
DAY = date(2020, 6, 17)  # a Wednesday


def rows(lang: str) -> list[tuple[str, str, str]]:
    """Verdict, title and text of each line."""
    lines = (TABLES / f"quiet_{lang}.txt").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(verdict, title, text.replace(" ¶ ", "\n\n")) for verdict, title, text in cells]


def incidents(title: str, text: str, lang: str) -> int:
    report = make_report(title, text, source="agency", source_kind="news", day=DAY, lang=lang, external_id="t")
    return len(code_report(report, load_pack()).drafts)


CASES = [
    pytest.param(lang, verdict, title, text, id=f"{lang}-{title}")
    for lang in ("en", "ar", "ckb")
    for verdict, title, text in rows(lang)
    if not verdict.startswith("?")
]


@pytest.mark.parametrize(("lang", "verdict", "title", "text"), CASES)
def test_quiet_or_told(lang: str, verdict: str, title: str, text: str) -> None:
    assert (incidents(title, text, lang) > 0) == (verdict == "told")


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_few_rows_are_missed(lang: str) -> None:
    verdicts = [verdict for verdict, _, _ in rows(lang)]
    assert sum(v.startswith("?") for v in verdicts) <= len(verdicts) // 8
