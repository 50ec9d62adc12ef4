"""Golden reports and sentences in English, all of our own wording, and what they are coded as."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seamwatch.code import code_report
from seamwatch.model import Draft, make_report
from seamwatch.packs import load_pack
from seamwatch.wire import figure_json

HERE = Path(__file__).parent
REPORTS = [json.loads(line) for line in (HERE / "reports_en.jsonl").read_text("utf-8").splitlines()]
TYPES = [
    tuple(line.split("|", 1))
    for line in (HERE / "types_en.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def codes(draft: Draft) -> dict[str, Any]:
    return {
        "type": draft.type.value,
        "first": draft.date.value.first.isoformat() if draft.date else None,
        "last": draft.date.value.last.isoformat() if draft.date else None,
        "place": draft.place.value.name if draft.place else None,
        "initiator": sorted(c.value for c in draft.initiator),
        "target": sorted(c.value for c in draft.target),
        "toll": {f"{c.value.group}.{c.value.outcome}": figure_json(c.value.figure) for c in draft.toll},
        "means": sorted(c.value for c in draft.means),
        "duration": draft.duration_minutes.value if draft.duration_minutes else None,
    }


@pytest.mark.parametrize("golden", REPORTS, ids=lambda g: g["id"])
def test_report(golden: dict[str, Any]) -> None:
    report = make_report(
        golden["title"],
        golden["text"],
        source=golden["source"],
        source_kind=golden["source_kind"],
        day=date.fromisoformat(golden["day"]),
        lang="en",
    )
    got = [codes(draft) for draft in code_report(report, load_pack()).drafts]
    assert [g["type"] for g in got] == [e["type"] for e in golden["expect"]]
    for mine, wanted in zip(got, golden["expect"], strict=True):
        for name, value in wanted.items():
            have = mine[name]
            if name == "toll":
                assert {k: have.get(k) for k in value} == value
            elif name == "means":
                assert set(value) <= set(have)
            else:
                assert have == (sorted(value) if isinstance(value, list) else value), name


@pytest.mark.parametrize(("kind", "sentence"), TYPES, ids=lambda t: t[:60])
def test_type(kind: str, sentence: str) -> None:
    report = make_report("Report", sentence, source="agency", source_kind="news", day=date(2021, 6, 10), lang="en")
    got = [draft.type.value for draft in code_report(report, load_pack()).drafts]
    assert got == ([] if kind == "none" else [kind])
