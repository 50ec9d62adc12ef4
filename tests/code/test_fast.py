"""The fast mode: what the gate keeps, and that what it codes keeps its words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code import code_report
from seamwatch.code.gate import blanked, telling
from seamwatch.code.hits import Hit, load_finder
from seamwatch.model import Draft, Report, make_report
from seamwatch.packs import load_pack
from seamwatch.single import FULL, Rules, coder_name

PACK = load_pack()

BEFORE = "The ministry of trade met the chamber of commerce. Prices of flour fell. The harvest was good this year."
INCIDENT = (
    "A roadside bomb struck an army patrol near Daquq on Tuesday. Two soldiers were killed and a third was wounded."
)
AFTER = "The council spoke of water. A new school will open. The road to the airport is being widened."


def _report(text: str, lang: str = "en") -> Report:
    return make_report("", text, lang=lang, source="wire", day=date(2017, 3, 8))


def _values(draft: Draft) -> list[tuple[str, object]]:
    return [(name, claim.value) for name, claim in draft.claims()]


STARTS = [0, 20, 40, 60, 80, 100]


def _hits(words: str, kind: str, at: int) -> list[Hit]:
    found = load_finder(PACK, "en").find(words, lambda hit: True)
    return [Hit(at, at + 5, h.term, h.kind, h.value) for h in found if h.kind == kind][:1]


def test_a_sentence_that_tells_of_harm_is_kept_with_its_neighbours() -> None:
    assert telling(STARTS, _hits("he was wounded", "harm", 65)) == [False, False, True, True, True, False]


def test_an_act_tells_at_the_head_or_with_a_place() -> None:
    act, place = _hits("they attacked it", "act", 65), _hits("daquq", "place", 70)
    assert not any(telling(STARTS, act))
    assert telling(STARTS, act + place) == [False, False, True, True, True, False]
    assert telling(STARTS, _hits("they attacked it", "act", 5))[:3] == [True, True, False]


def test_without_an_act_nothing_is_kept() -> None:
    assert telling([0, 10], []) == [False, False]


@given(st.lists(st.text(max_size=12), max_size=8), st.data())
def test_blanked_keeps_length_and_every_kept_sentence_in_its_place(parts: list[str], data: st.DataObject) -> None:
    text, bounds = "", []
    for part in parts:
        bounds.append((len(text), len(text) + len(part)))
        text += part
    kept = [data.draw(st.booleans()) for _ in parts]
    got = blanked(text, bounds, kept)
    assert len(got) == len(text)
    for (start, end), keep in zip(bounds, kept, strict=True):
        assert got[start:end] == (text[start:end] if keep else " " * (end - start))


@pytest.mark.parametrize("text", [f"{BEFORE} {INCIDENT} {AFTER}", f"{INCIDENT} {AFTER}", INCIDENT])
def test_fast_finds_what_full_finds_among_sentences_that_tell_of_nothing(text: str) -> None:
    report = _report(text)
    fast, full = (code_report(report, PACK, fast=f) for f in (True, False))
    assert full.drafts and [_values(d) for d in fast.drafts] == [_values(d) for d in full.drafts]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ar",
            "اجتمع المجلس. انفجرت عبوة ناسفة على دورية للجيش قرب داقوق وقتل جنديان. وناقش المجلس المياه.",
        ),
        (
            "ckb",
            "ئەنجوومەن کۆبووەوە. بۆمبێک بە گەشتێکی سوپادا لە نزیک داقوق تەقییەوە و دوو سەرباز کوژران. باسی ئاو کرا.",
        ),
    ],
)
def test_fast_finds_it_in_arabic_and_sorani(lang: str, text: str) -> None:
    report = _report(text, lang)
    assert [d.type.value for d in code_report(report, PACK, fast=True).drafts] == ["explosion"]


def test_fast_looks_for_no_statements() -> None:
    report = _report(f"{INCIDENT} The prime minister condemned the attack and vowed to pursue the attackers.")
    assert code_report(report, PACK).statements
    assert code_report(report, PACK, fast=True).statements == ()


def test_every_span_of_fast_is_of_the_text_as_given() -> None:
    report = _report(f"{BEFORE} {INCIDENT} {AFTER}")
    (draft,) = code_report(report, PACK, fast=True).drafts
    spans = [span for _, claim in draft.claims() for span in claim.spans]
    assert len(spans) > 3
    assert all(getattr(report, s.part)[s.start : s.end] == s.quote for s in spans)


def test_the_two_speeds_sign_differently() -> None:
    assert coder_name(PACK, Rules(fast=True)) != coder_name(PACK, FULL)
