"""A table of wordings for each language: a report of one sentence, the day it was published, the event's days."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack

TABLES = sorted((Path(__file__).parent / "tables").glob("dates_*.tsv"))


def rows() -> list[tuple[str, str, str, str, str]]:
    found = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = row["text"].replace("\\n", "\n")
                found.append((table.stem.split("_")[1], text, row["published"], row["from"], row["to"]))
    return found


@pytest.mark.parametrize(("lang", "text", "published", "first", "last"), rows())
def test_the_days_of_an_event(lang: str, text: str, published: str, first: str, last: str) -> None:
    day = date.fromisoformat(published) if published else None
    report = make_report("", text, lang=lang, day=day, source="agency", source_kind="news")
    spans = [d.date.value if d.date else None for d in code_report(report, load_pack("iraq")).drafts]
    wanted = (date.fromisoformat(first), date.fromisoformat(last)) if first else None
    assert wanted in [(s.first, s.last) if s else None for s in spans]
