"""Who did it to whom and whose toll it is, over a table of our own wordings for each kind of attack and of victim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from seamwatch.code import code_report
from seamwatch.model import Figure, make_report
from seamwatch.packs import load_pack

TABLES = Path(__file__).parent / "tables"
DAY = date(2021, 5, 10)  # a Monday


def rows(lang: str) -> list[tuple[str, str]]:
    """What is coded and the text of each line; one that begins with "?" is not yet read rightly."""
    lines = (TABLES / f"whom_{lang}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(told, text) for told, text in pairs if not told.startswith("?")]


def shown(figure: Figure) -> str:
    """ "3", "3+" or "3-5"."""
    if figure.high is None:
        return f"{figure.low}+"
    return str(figure.low) if figure.low == figure.high else f"{figure.low}-{figure.high}"


def whom(text: str, lang: str) -> str:
    """Initiators, targets and toll of the one incident, as the table writes them."""
    report = make_report("", text, source="agency", source_kind="news", day=DAY, lang=lang, external_id="t")
    (draft,) = code_report(report, load_pack()).drafts
    roles = ("+".join(sorted(c.value for c in claims)) for claims in (draft.initiator, draft.target))
    counts = [c.value for c in draft.toll if c.value.figure.high != 0]
    toll = sorted(f"{c.group}.{c.outcome}={shown(c.figure)}" for c in counts)
    return f"{'>'.join(roles)} {' '.join(toll)}".strip()


@pytest.mark.parametrize(("told", "text"), rows("en"))
def test_who_did_it_to_whom_in_english(told: str, text: str) -> None:
    assert whom(text, "en") == told


@pytest.mark.parametrize(("told", "text"), rows("ar"))
def test_who_did_it_to_whom_in_arabic(told: str, text: str) -> None:
    assert whom(text, "ar") == told


@pytest.mark.parametrize(("told", "text"), rows("ckb"))
def test_who_did_it_to_whom_in_sorani(told: str, text: str) -> None:
    assert whom(text, "ckb") == told


def persons() -> list[tuple[str, str]]:
    """Group and noun, one by one."""
    lines = (TABLES / "persons_en.txt").read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(group, noun) for group, nouns in told for noun in nouns.split(", ")]


@pytest.mark.parametrize(("group", "noun"), persons())
def test_whose_toll_a_person_is(group: str, noun: str) -> None:
    assert whom(f"A rocket killed one {noun} near Baquba on Sunday.", "en").endswith(f"{group}.killed=1")
