"""Decisions in force: undone ones are not, and they follow drafts through new codings."""

from dataclasses import replace
from pathlib import Path

import pytest
from ledger_story import coding, draft, report

from seamwatch.errors import LedgerError
from seamwatch.ledger import Node, Ruling, coding_entry, decide, decided, report_entry, ruling_entry, verify
from seamwatch.merge import Decision
from seamwatch.model import Claim, Coding, Span

A, B = report(0), report(1)
SAME = Ruling("same", f"{A.id}#0", f"{B.id}#0", "duty officer")


@pytest.fixture
def node(tmp_path: Path):
    with Node.open(tmp_path / "n.sqlite") as found:
        found.append([report_entry(A), report_entry(B), coding_entry(coding(A)), coding_entry(coding(B))])
        yield found


def made(node: Node) -> list[Decision | None]:
    return [d.decision for d in decided(node)]


def test_a_decision_can_be_undone_and_the_undoing_too(node: Node) -> None:
    first = decide(node, SAME)
    second = decide(node, replace(SAME, kind="not_same"))
    undo = decide(node, Ruling("undo", role="analyst", undoes=second))
    assert [d.n for d in decided(node)] == [first] and made(node)[0].kind == "same"
    decide(node, Ruling("undo", role="analyst", undoes=undo))
    assert [d.n for d in decided(node)] == [first, second]
    assert len(node.rulings()) == 4, "nothing is deleted"
    assert verify(node.path).faults == ()


def test_what_is_not_there_cannot_be_decided_about(node: Node) -> None:
    for ruling in (
        replace(SAME, right="gone#0"),
        Ruling("reject", f"{A.id}#7", role="x"),
        Ruling("undo", role="x", undoes=1),
        Ruling("undo", role="x", undoes=99),
    ):
        with pytest.raises(LedgerError):
            decide(node, ruling)
    assert node.rulings() == ()


def test_an_undoing_of_what_comes_later_does_nothing(node: Node) -> None:
    node.append([ruling_entry(Ruling("undo", role="x", undoes=6)), ruling_entry(SAME)])
    assert len(decided(node)) == 1


def other_words(k: int) -> Coding:
    """A's incident as draft ``k`` of a newer coding, after others that rest on other words."""
    elsewhere = (Span("text", 24, 29, "Daquq", "x"),)
    drafts = [replace(draft(A.id, i), type=Claim("find", elsewhere), date=None, target=(), toll=()) for i in range(k)]
    drafts = [replace(d, place=Claim(d.place.value, elsewhere)) for d in drafts]
    return Coding(A.id, "rules 2", (*drafts, draft(A.id, k)))


def test_a_decision_follows_its_draft_through_a_new_coding(node: Node) -> None:
    decide(node, SAME)
    node.append([coding_entry(other_words(1))])
    (after,) = made(node)
    assert after is not None and (after.left, after.right) == (f"{A.id}#1", f"{B.id}#0")
    node.append([coding_entry(Coding(A.id, "rules 3"))])
    assert made(node) == [None], "it waits"
    node.append([coding_entry(replace(coding(A), coder="rules 4"))])
    assert made(node)[0].left == f"{A.id}#0", "and holds again"


def test_each_kind_comes_back_as_it_was_entered(node: Node) -> None:
    rulings = [
        SAME,
        Ruling("prefer", f"{A.id}#0", f"{B.id}#0", "analyst", "type", "nearer"),
        Ruling("reject", f"{B.id}#0", role="analyst"),
        Ruling("recode", f"{A.id}#0", role="analyst", field="toll.forces.killed", value="3"),
    ]
    for ruling in rulings:
        decide(node, ruling)
    node.rebuild()
    assert list(node.rulings()) == rulings
    assert made(node)[3] == Decision("recode", f"{A.id}#0", "", "toll.forces.killed", "3", "analyst")
