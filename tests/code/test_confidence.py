"""Confidence: every claim has one where the pack has coefficients, and it follows them."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from seamwatch.code.confidence import load_weights, traits, with_confidence
from seamwatch.model import make_report
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place

PACK = load_pack()
TEXT = (
    "A roadside bomb hit an army patrol near Daquq on Tuesday, killing two soldiers and wounding at least three others."
)
CODING = code_and_place(make_report("", TEXT, lang="en", day=date(2017, 3, 8)), PACK)


def test_every_claim_has_a_confidence() -> None:
    claims = [claim for draft in CODING.drafts for _, claim in draft.claims()]
    assert len(claims) >= 6
    assert all(claim.confidence is not None and 0 < claim.confidence < 1 for claim in claims)


def test_it_is_the_logistic_of_the_sum() -> None:
    (draft,) = with_confidence(CODING, {"type": 1.0, "type first": 0.5, "type later": -9.0}, "en", 100).drafts
    assert draft.type.confidence == round(1 / (1 + math.exp(-1.5)), 2)


def test_without_coefficients_nothing_changes() -> None:
    bare = replace(CODING, drafts=tuple(replace(d, type=replace(d.type, confidence=None)) for d in CODING.drafts))
    assert with_confidence(bare, {}, "en", 100) is bare
    assert load_weights(load_pack("base")) == {}


def test_traits_name_the_rule_and_not_the_words() -> None:
    draft = CODING.drafts[0]
    known = list(traits("toll", draft.toll[0], draft, ["lang en"]))
    assert "toll" in known and "toll lang en" in known and "toll cells 2" in known
    assert all("Daquq" not in trait and "patrol" not in trait for trait in known)


def test_a_plain_exact_value_is_surer_than_a_place_of_no_list() -> None:
    sure = CODING.drafts[0].place
    vague = (
        code_and_place(make_report("", TEXT.replace("Daquq", "Tal Zzyzzabad"), lang="en", day=date(2017, 3, 8)), PACK)
        .drafts[0]
        .place
    )
    assert sure and sure.confidence and (vague is None or (vague.confidence or 0) < sure.confidence)
