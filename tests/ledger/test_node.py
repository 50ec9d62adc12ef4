"""The node: what is appended stays, is found again, and is not appended twice."""

import stat
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ledger_story import AT, coding, incident, recoded, report

from seamwatch.errors import LedgerError
from seamwatch.ledger import (
    BriefMade,
    Head,
    NewEntry,
    Node,
    Ruling,
    brief_entry,
    coding_entry,
    report_entry,
    ruling_entry,
    value_of,
    verify,
)

REPORTS = tuple(report(i) for i in range(4))


def test_appended_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "سجل node 1.sqlite"
    with Node.open(path) as node:
        assert node.head() == Head()
        entries = node.append([report_entry(r) for r in REPORTS], at=AT)
        assert [e.n for e in entries] == [1, 2, 3, 4] and not any(e.known for e in entries)
        assert entries[1].prev == entries[0].hash and entries[0].prev == "0" * 64
        assert node.append([coding_entry(coding(REPORTS[0]))])[0].n == 5
    with Node.open(path, create=False, readonly=True) as node:
        assert node.reports() == REPORTS and node.report(REPORTS[2].id) == REPORTS[2]
        assert node.reports([REPORTS[3].id, "none", REPORTS[1].id]) == (REPORTS[1], REPORTS[3])
        assert node.codings() == (coding(REPORTS[0]),) and node.statements() == coding(REPORTS[0]).statements
        assert node.report_ids() == tuple(r.id for r in REPORTS)
        assert node.known([REPORTS[0].id, "none"]) == {REPORTS[0].id}
        assert node.coded("rules 1") == {REPORTS[0].id} and node.coded("rules 2") == set()
        assert node.head() == Head(5, node.entry(5).hash)
    assert verify(path).faults == ()


def test_only_its_owner_may_read_the_file_and_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "node.sqlite"
    with Node.open(path) as node:
        node.append([report_entry(REPORTS[0])])
        for one in tmp_path.iterdir():
            assert stat.S_IMODE(one.stat().st_mode) == 0o600, one


def test_what_is_there_is_not_appended_again(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        new = [report_entry(REPORTS[0]), report_entry(replace(REPORTS[0], origin="a copy")), report_entry(REPORTS[1])]
        first = node.append(new)
        assert [(e.n, e.known) for e in first] == [(1, False), (1, True), (2, False)]
        again = node.append(new)
        assert [(e.n, e.known) for e in again] == [(1, True), (1, True), (2, True)] and again == first
        codings = [coding_entry(coding(REPORTS[0])), coding_entry(coding(REPORTS[0]))]
        assert [(e.n, e.known) for e in node.append(codings)] == [(3, False), (3, True)]
        assert node.append(codings)[0].known and node.head().n == 3
        assert node.append([]) == ()
        notes = node.append([NewEntry("note", "x", {})] * 2)
        assert [e.n for e in notes] == [4, 5], "only reports and codings are the same when they say the same"


def test_a_later_coding_supersedes_and_the_earlier_stays(tmp_path: Path) -> None:
    old = coding(REPORTS[0], drafts=2)
    new = recoded(coding(REPORTS[0], drafts=1), "rules 2")
    with Node.open(tmp_path / "n.sqlite") as node:
        node.append([coding_entry(old), coding_entry(coding(REPORTS[1])), coding_entry(new)])
        assert node.codings() == (coding(REPORTS[1]), new)
        assert [value_of(e) for e in node.log(kind="coding")] == [old, coding(REPORTS[1]), new]
        assert node.append([coding_entry(new)])[0].known and node.codings()[-1] == new


def test_the_log(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        node.append([report_entry(r) for r in REPORTS] + [NewEntry("gauge", "x", {"level": 3})])
        assert [e.n for e in node.log()] == [1, 2, 3, 4, 5]
        assert [e.n for e in node.log(last=2)] == [4, 5]
        assert [e.n for e in node.log(last=1, kind="report")] == [4]
        assert node.log(kind="gauge")[0].body == {"level": 3} and node.log(kind="none") == ()
        for call in (lambda: node.entry(9), lambda: node.report("none"), lambda: node.incident("none")):
            with pytest.raises(LedgerError, match=r"no (entry|report|incident)"):
                call()


def test_incidents_are_replaced_and_linked(tmp_path: Path) -> None:
    a, b = (f"{r.id}#0" for r in REPORTS[:2])
    early, late, undated = (
        incident("i2", a, b, day=3),
        incident("i1", b, day=9),
        incident("i0", a, day=None, place=None),
    )
    with Node.open(tmp_path / "n.sqlite") as node:
        assert node.incidents() == () and not node.incidents_stale()
        head = node.append([report_entry(r) for r in REPORTS])[-1]
        assert node.incidents_stale()
        node.put_incidents([undated, late, early], at=head.n)
        assert node.incidents() == (early, late, undated) and node.incident("i1") == late
        assert node.incidents(since=date(2022, 5, 4)) == (late,)
        assert node.incidents(until=date(2022, 5, 3)) == (early,)
        assert node.incidents_of(REPORTS[1].id) == ("i1", "i2")
        made = BriefMade(head.n, head.hash, datetime(2022, 6, 1, tzinfo=UTC), {"i1": {"toll": "00"}})
        assert value_of(node.append([brief_entry(made)])[0]) == made
        assert not node.incidents_stale(), "a brief changes no incident"
        node.rebuild()
        assert len(node.incidents()) == 3 and not node.incidents_stale()
        node.put_incidents([early])
        assert node.incidents() == (early,) and node.incidents_of(REPORTS[1].id) == ("i2",)
        with pytest.raises(LedgerError):
            node.put_incidents([late, late])
        assert node.incidents() == (early,), "all or nothing"


def test_rulings(tmp_path: Path) -> None:
    rulings = (Ruling("same", "a#0", "b#0", "duty officer"), Ruling("not_same", "a#0", "b#0", "analyst"))
    with Node.open(tmp_path / "n.sqlite") as node:
        node.append([ruling_entry(r) for r in rulings])
        assert node.rulings() == rulings


def test_a_batch_with_one_broken_record_appends_nothing(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        for broken in (NewEntry("report", "x", {"schema": 1}), NewEntry("note", "half \ud800", {})):
            with pytest.raises(LedgerError):
                node.append([report_entry(REPORTS[0]), broken])
        assert node.head() == Head() and node.report_ids() == ()
        node.append([report_entry(REPORTS[0])])  # and the node goes on


def test_a_snapshot_does_not_move(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as writer, Node.open(tmp_path / "n.sqlite", readonly=True) as reader:
        writer.append([report_entry(REPORTS[0])])
        with reader.snapshot():
            assert reader.head().n == 1
            writer.append([report_entry(REPORTS[1])])
            assert reader.head().n == 1 and len(reader.reports()) == 1
        assert reader.head().n == 2


def test_several_writers_take_turns_and_make_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"

    def write(who: int) -> None:
        with Node.open(path, wait_s=30) as node:
            for i in range(20):
                node.append([NewEntry("note", f"{who}", {"i": i})])

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify(path)
    assert (found.entries, found.faults) == (80, ())


def test_an_older_coding_can_come_into_force_again(tmp_path: Path) -> None:
    first = coding(REPORTS[0])
    second = recoded(first, "rules 2")
    with Node.open(tmp_path / "n.sqlite") as node:
        node.append([report_entry(REPORTS[0]), coding_entry(first)])
        assert node.append([coding_entry(first)])[0].known
        node.append([coding_entry(second)])
        assert node.codings() == (second,)
        assert not node.append([coding_entry(first)])[0].known
        assert node.codings() == (first,)
        there = node.append([coding_entry(second), coding_entry(first), coding_entry(first)])
        assert [e.known for e in there] == [False, False, True] and node.codings() == (first,)
