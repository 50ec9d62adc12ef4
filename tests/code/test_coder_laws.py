"""Laws of the coder: every span is its words, any text is coded without an error, work is bounded, runs agree."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.code import code_report
from seamwatch.model import Coding, Report, make_report
from seamwatch.packs import load_pack

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
WORDS = (
    *(
        [
            "ISIS",
            "gunmen",
            "attacked",
            "killed",
            "wounded",
            "two",
            "three",
            "soldiers",
            "policemen",
            "villagers",
            "near",
            "Kirkuk",
            "Daquq",
            "on",
            "Sunday",
        ]
    ),
    *(
        [
            "a",
            "the",
            "of",
            "and",
            ",",
            ".",
            ";",
            ":",
            "(",
            ")",
            '"',
            "'",
            "who",
            "after",
            "bomb",
            "rocket",
            "mortar",
            "at",
            "least",
            "no",
            "casualties",
            "were",
            "was",
            "by",
            "in",
            "2014",
        ]
    ),
    *("\n", "•", "1.", "—", "كركوك", "هاجم", "جنود", "پێشمەرگە", "\u200f", "é", "\ud800", "\x00", "IS", "PMF"),
)
PIECES = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def check_spans(report: Report, coding: Coding) -> None:
    spans = [s for d in coding.drafts for _, claim in d.claims() for s in claim.spans]
    spans += [s for statement in coding.statements for s in statement.spans]
    for span in spans:
        assert report.words(span) == span.quote, span
        assert span.rule, span
    for draft in coding.drafts:
        load_pack().codes.check(draft)
        for name, claim in draft.claims():
            assert claim.spans, name


@settings(max_examples=150, deadline=None)
@given(title=PIECES, text=PIECES, lang=st.sampled_from(["en", "ar", "ckb", None]), dated=st.booleans())
def test_words_in_any_order(title: str, text: str, lang: str | None, dated: bool) -> None:
    if not (title.strip() or text.strip()):
        return
    report = make_report(title, text, lang=lang, day=date(2021, 6, 10) if dated else None)
    coding = code_report(report, load_pack())
    check_spans(report, coding)
    assert code_report(report, load_pack()) == coding


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_text(text: str) -> None:
    report = make_report("", text, lang="en")
    check_spans(report, code_report(report, load_pack()))


@pytest.mark.parametrize("file", ["dev_reports.jsonl", "real_reports.jsonl"])
def test_the_development_reports(file: str) -> None:
    if not (REPORTS / file).exists():
        pytest.skip(f"needs ../shared/reports/{file}")
    for line in (REPORTS / file).read_text("utf-8").splitlines():
        raw = json.loads(line)
        day = date.fromisoformat(raw["published"][:10]) if raw["published"] and len(raw["published"]) > 9 else None
        report = make_report(raw["title"], raw["text"], source=raw["source"], day=day, lang=raw["lang"])
        check_spans(report, code_report(report, load_pack()))


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a post near Daquq on Sunday, killing two soldiers. " * 20_000,
        "killed two soldiers and three policemen and " * 3_000,
        "1" * 100_000,
        "1 " * 50_000,
        "Al-Abc " * 10_000,
        "," * 100_000,
        "- In Daquq: two killed\n" * 5_000,
        "who killed " * 10_000,
        "near Kirkuk and Daquq " * 5_000,
        "Kirkuk - " * 10_000,
        "(" * 50_000,
    ],
    ids=lambda t: t[:20],
)
def test_work_is_bounded(text: str) -> None:
    report = make_report("Report", text, lang="en", day=date(2021, 6, 10))
    start = time.process_time()
    coding = code_report(report, load_pack())
    assert time.process_time() - start < 30
    if len(text) > 200_000:
        assert coding.notes, "what was not read is said"
