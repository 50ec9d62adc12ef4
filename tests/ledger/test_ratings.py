"""Ratings as entries: there and back, refused where they make no sense, undone, and kept through new codings."""

from dataclasses import replace
from pathlib import Path

import pytest
from ledger_story import coding, recoded, report

from seamwatch.errors import LedgerError, ModelError
from seamwatch.ledger import NewEntry, Node, Rating, Ruling, coding_entry, decide, decided, report_entry, verify
from seamwatch.ledger.kinds import check, rating_entry, read
from seamwatch.merge import Decision

A = report(0)
SOURCE = Rating("rate_source", "desk", "B", "analyst", "often first, seldom wrong")
REPORT = Rating("rate_report", A.id, "2", "analyst")


@pytest.fixture
def node(tmp_path: Path):
    with Node.open(tmp_path / "n.sqlite") as found:
        found.append([report_entry(A), coding_entry(coding(A))])
        yield found


def made(node: Node) -> list[Decision | None]:
    return [d.decision for d in decided(node)]


@pytest.mark.parametrize("rating", [SOURCE, REPORT])
def test_there_and_back(rating: Rating) -> None:
    new = rating_entry(rating)
    assert (new.kind, new.subject, new.body["schema"]) == ("decision", rating.about, 3)
    assert check(new) == rating == read(new.kind, new.body)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"grade": "G"}, "A reliable"),
        ({"grade": "2"}, "A reliable"),
        ({"grade": ""}, "F cannot be judged"),
        ({"kind": "rate_report"}, "1 confirmed"),
        ({"about": " "}, "a source's name"),
        ({"about": "x" * 501}, "a source's name"),
        ({"role": ""}, "never a name"),
        ({"role": "x" * 81}, "never a name"),
        ({"reason": "x" * 501}, "at most 500"),
    ],
)
def test_what_is_no_rating_is_refused_with_the_rule(wrong: dict[str, str], rule: str) -> None:
    with pytest.raises(ModelError, match=rule):
        replace(SOURCE, **wrong)


def test_a_later_schema_is_carried(node: Node) -> None:
    node.append([NewEntry("decision", "desk", {"schema": 4, "decision": {"kind": "rate_region"}})])
    assert made(node) == [] and verify(node.path).faults == ()


def test_ratings_are_in_force_until_undone_and_after_the_undoing_is(node: Node) -> None:
    first = decide(node, SOURCE)
    decide(node, REPORT)
    assert made(node) == [
        Decision("rate_source", "desk", value="B", role="analyst"),
        Decision("rate_report", A.id, value="2", role="analyst"),
    ]
    undo = decide(node, Ruling("undo", role="analyst", undoes=first))
    assert [d.ruling for d in decided(node)] == [REPORT]
    decide(node, Ruling("undo", role="analyst", undoes=undo))
    assert [d.ruling for d in decided(node)] == [SOURCE, REPORT]
    node.rebuild()
    assert [rating for _, rating in node.numbered_ratings()] == [SOURCE, REPORT]
    assert verify(node.path).faults == ()


def test_a_new_coding_leaves_them(node: Node) -> None:
    decide(node, REPORT)
    before = made(node)
    node.append([coding_entry(recoded(coding(A), "rules 2"))])
    assert made(node) == before


def test_what_the_node_does_not_hold_cannot_be_rated(node: Node) -> None:
    with pytest.raises(LedgerError, match="desk"):  # a name that is near is given
        decide(node, replace(SOURCE, about="dest"))
    with pytest.raises(LedgerError, match="no report"):
        decide(node, replace(REPORT, about="gone"))
    assert node.numbered_ratings() == ()
