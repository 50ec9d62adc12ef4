"""Entries as bytes that were written once: they must be readable for ever. Never make the files anew."""

from pathlib import Path

from ledger_story import AT, coding, report

from seamwatch.ledger import BriefMade, Head, ImportMade, Node, Rating, Ruling, decided, value_of, verify
from seamwatch.ledger.canonical import sha256
from seamwatch.ledger.entry import Entry, parse
from seamwatch.ledger.sql import ADD_ENTRY
from seamwatch.model import Coding, Report

DATA = Path(__file__).parent / "data"
LINES = (DATA / "entries_v1.jsonl").read_bytes().splitlines()
HEAD = Head(6, "529303cb4cd7c94903d5ae8cda530db721674a7ee654db85f7f0a580d393f65c")


def entries(lines: list[bytes] = LINES) -> list[Entry]:
    contents = [parse(line) for line in lines]
    pairs = zip(lines, contents, strict=True)
    return [Entry(c["n"], c["kind"], c["subject"], sha256(line).hex(), line) for line, c in pairs]


def test_what_was_written_in_schema_1_is_read_today() -> None:
    a_report, a_coding, a_ruling, a_brief, a_look, unknown = (value_of(entry) for entry in entries())
    assert isinstance(a_report, Report) and a_report == report(0)
    assert isinstance(a_coding, Coding) and a_coding == coding(report(0), drafts=2)
    assert isinstance(a_ruling, Ruling) and (a_ruling.kind, a_ruling.role) == ("prefer", "duty officer")
    assert a_brief == BriefMade(3, "ab" * 32, AT, {"i1": {"toll": "00ff"}})
    assert a_look == ImportMade("inbox", 7, 2, ("broken.pdf: cannot be read",))
    assert unknown is None and entries()[5].body == {"level_m": 3.25}


def test_a_node_with_those_entries_is_whole_and_its_views_can_be_made(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        rows = [(e.n, e.kind, e.subject, bytes.fromhex(e.hash), e.data) for e in entries()]
        node._db.executemany(ADD_ENTRY, rows)
        node.rebuild()
        assert node.reports() == (report(0),) and len(node.codings()[0].drafts) == 2
    found = verify(tmp_path / "n.sqlite", expect=[HEAD])
    assert (found.head, found.faults) == (HEAD, ())


def test_ratings_as_schema_3_had_them_first_are_read_today(tmp_path: Path) -> None:
    written = entries((DATA / "ratings_v3.jsonl").read_bytes().splitlines())
    of_source = Rating("rate_source", "desk", "B", "duty officer", "seldom wrong")
    of_report = Rating("rate_report", report(0).id, "2", "analyst")
    assert [value_of(entry) for entry in written[1:3]] == [of_source, of_report]
    with Node.open(tmp_path / "n.sqlite") as node:
        rows = [(e.n, e.kind, e.subject, bytes.fromhex(e.hash), e.data) for e in written]
        node._db.executemany(ADD_ENTRY, rows)
        node.rebuild()
        assert [d.ruling for d in decided(node)] == [of_report], "the other was undone"
    head = Head(4, "5d19cb9085f514bd6a4b57dcb00ce0e6ac1621f33cf5241f5e8498cc479da136")
    assert verify(tmp_path / "n.sqlite", expect=[head]).faults == ()
