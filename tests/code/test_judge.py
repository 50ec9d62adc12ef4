"""The learned reader of whole reports: it follows its coefficients, and without them the rules stand alone."""

from __future__ import annotations

import math
from datetime import date

import pytest

import seamwatch.code.judge as judge
from seamwatch.code.assembly import assemble
from seamwatch.code.building import Building
from seamwatch.code.features import of_incident, seen
from seamwatch.code.mentions import Mention, find_mentions
from seamwatch.code.reading import Document, read
from seamwatch.code.scene import settle
from seamwatch.model import make_report
from seamwatch.packs import load_pack

TEXT = "Gunmen attacked an army post near Daquq on Tuesday, killing two soldiers."


def built(pack: str = "iraq") -> tuple[Document, list[Mention], list[Building]]:
    document = read(make_report("", TEXT, lang="en", day=date(2017, 3, 8)), load_pack(pack))
    mentions = settle(document, find_mentions(document))
    return document, mentions, assemble(document, mentions)


def test_a_plain_attack_is_likely() -> None:
    document, mentions, found = built()
    assert judge.chances(document, mentions, found)[0] > 0.9
    assert not judge.is_quiet(document, mentions, found)


def test_nothing_drafted_is_nothing_to_judge() -> None:
    document, mentions, _ = built()
    assert not judge.is_quiet(document, mentions, [])


def test_it_is_the_logistic_of_the_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    document, mentions, found = built()
    monkeypatch.setattr(judge, "load_judge", lambda _: {"always": -2.0, "lang en": 0.5, "lang ar": 9.0})
    assert judge.chances(document, mentions, found) == [pytest.approx(1 / (1 + math.exp(1.5)))]
    assert judge.is_quiet(document, mentions, found)


def test_a_pack_without_coefficients_has_the_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judge.load_judge(load_pack("base")) == {}
    document, mentions, found = built()
    monkeypatch.setattr(judge, "load_judge", lambda _: {})
    assert judge.chances(document, mentions, found) == [1.0]


def test_no_name_of_a_place_or_number_is_a_feature() -> None:
    document, mentions, found = built()
    words = {word for name in of_incident(seen(document, mentions, found), found[0]) for word in name.split()}
    assert "soldiers" in words and not words & {"daquq", "Daquq", "tuesday"}
