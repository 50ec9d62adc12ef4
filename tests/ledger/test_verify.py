"""Verification: each way to alter a node is found and named."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import rfc8785
from ledger_story import AT, coding, incident, report

from seamwatch.errors import LedgerError
from seamwatch.ledger import Head, NewEntry, Node, Ruling, coding_entry, report_entry, ruling_entry, verify

Alter = Callable[[sqlite3.Connection], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Node.open(tmp_path / "n.sqlite") as node:
        reports = [report(i) for i in range(3)]
        node.append([report_entry(r) for r in reports], at=AT)
        node.append([coding_entry(coding(r, drafts=2)) for r in reports], at=AT)
        node.append([ruling_entry(Ruling("same", "a#0", "b#0", "analyst")), NewEntry("gauge", "x", {"l": 1})], at=AT)
        node.put_incidents([incident("i1", f"{reports[0].id}#0", f"{reports[1].id}#0")])
    return tmp_path / "n.sqlite"


def alter(path: Path, *statements: str | tuple[str, tuple[object, ...]]) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP TRIGGER IF EXISTS entries_stay")
        db.execute("DROP TRIGGER IF EXISTS entries_stay_unchanged")
        for statement in statements:
            db.execute(*((statement,) if isinstance(statement, str) else statement))
    return [(fault.n, fault.what) for fault in verify(path).faults]


def resealed(path: Path, n: int, **changes: object) -> tuple[str, tuple[object, ...]]:
    """An alteration by somebody who knows the format: bytes and hash agree."""
    with Node.open(path) as node:
        data = rfc8785.dumps(node.entry(n).content | changes)  # type: ignore[arg-type]
    return "UPDATE entries SET bytes = ?, hash = ? WHERE n = ?", (data, hashlib.sha256(data).digest(), n)


def test_a_whole_node_has_no_fault(path: Path) -> None:
    found = verify(path)
    with Node.open(path) as node:
        assert (found.entries, found.head, found.faults) == (8, node.head(), ())


def test_the_file_is_not_changed_by_looking(path: Path) -> None:
    before = path.read_bytes()
    verify(path)
    assert path.read_bytes() == before


def test_guarded_against_our_own_mistakes(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in ("DELETE FROM entries WHERE n = 8", "UPDATE entries SET kind = 'x' WHERE n = 8"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "n", "words"),
    [
        ("UPDATE entries SET bytes = CAST(replace(bytes, 'Three', 'Two') AS BLOB) WHERE n = 2", 2, "not give its hash"),
        ("UPDATE entries SET hash = zeroblob(32) WHERE n = 4", 4, "do not give its hash"),
        ("UPDATE entries SET bytes = CAST(bytes AS TEXT) WHERE n = 4", 4, "no longer bytes"),
        ("UPDATE entries SET bytes = CAST(x'ff' AS TEXT) WHERE n = 4", 4, "not JSON"),
        ("UPDATE entries SET n = -1 WHERE n = 8", 1, "number -1"),
        ("UPDATE entries SET kind = 'note' WHERE n = 7", 7, "filed under kind 'note'"),
        ("UPDATE entries SET subject = 'y' WHERE n = 8", 8, "filed under subject 'y'"),
        ("DELETE FROM entries WHERE n = 1", 1, "missing: entry 1"),
        ("DELETE FROM entries WHERE n = 3", 3, "missing: entry 3"),
        ("DELETE FROM entries WHERE n BETWEEN 3 AND 5", 3, "missing: entry 3 to 5"),
        ("UPDATE reports SET source = 'other' WHERE n = 2", 2, "view reports"),
        ("DELETE FROM drafts WHERE k = 1", 4, "view drafts lacks"),
        ("INSERT INTO reports VALUES ('made up', 99, NULL, '', NULL, NULL)", 99, "without an entry for it"),
        ("UPDATE codings SET in_force = 0", 5, "view codings"),
        ("DELETE FROM rulings", 7, "view rulings"),
        ("DELETE FROM statements WHERE n = 6", 6, "view statements"),
        ("UPDATE incidents SET lat = 1.0", 0, "filed under other values"),
        ("UPDATE incidents SET data = CAST('{}' AS BLOB)", 0, "cannot be read"),
        ("UPDATE incidents SET data = x'7bff'", 0, "cannot be read"),
        ("UPDATE incidents SET data = 3", 0, "cannot be read"),
        ("DELETE FROM incident_reports", 0, "list of reports differ"),
        ("DROP TABLE drafts", 0, "table drafts is missing"),
        ("DROP TABLE entries", 0, "table entries is missing"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(path: Path, statement: str, n: int, words: str) -> None:
    faults = alter(path, statement)
    assert any(number == n and words in what for number, what in faults), faults


def test_two_entries_swapped(path: Path) -> None:
    faults = alter(
        path,
        "UPDATE entries SET n = -2 WHERE n = 2",
        "UPDATE entries SET n = 2 WHERE n = 3",
        "UPDATE entries SET n = 3 WHERE n = -2",
    )
    assert (2, "moved: it was written as entry 3") in faults and (3, "moved: it was written as entry 2") in faults


def test_closing_a_gap_by_renumbering(path: Path) -> None:
    steps = [f"UPDATE entries SET n = {n - 1} WHERE n = {n}" for n in range(4, 9)]
    assert (3, "moved: it was written as entry 4") in alter(path, "DELETE FROM entries WHERE n = 3", *steps)


def test_an_entry_sealed_anew_no_longer_joins_the_next(path: Path) -> None:
    faults = alter(path, resealed(path, 8 - 1, at="2022-05-08T12:00:00Z"))
    assert any(n == 8 and "another hash for entry 7" in what for n, what in faults), faults


def test_a_head_noted_elsewhere_shows_a_rewritten_or_cut_end(path: Path) -> None:
    noted = verify(path).head
    assert verify(path, expect=[noted, Head()]).faults == ()
    alter(path, resealed(path, 8, at="2022-05-08T12:00:00Z"))
    assert verify(path).faults == (), "a chain alone cannot show this"
    assert [f.n for f in verify(path, expect=[noted]).faults] == [8]
    alter(path, "DELETE FROM entries WHERE n = 8")
    assert verify(path).faults == ()
    assert "the chain ends at 7" in verify(path, expect=[noted]).faults[0].what


def test_bytes_that_are_not_canonical(path: Path) -> None:
    with Node.open(path) as node:
        data = node.entry(8).data.replace(b'"l":1', b'"l":1,"l":1')
    faults = alter(path, ("UPDATE entries SET bytes = ?, hash = ? WHERE n = 8", (data, hashlib.sha256(data).digest())))
    assert faults == [(8, "altered: its bytes are not canonical")]


def test_a_body_that_no_json_says_exactly(path: Path) -> None:
    with Node.open(path) as node:
        data = node.entry(8).data.replace(b'"l":1', b'"l":99999999999999999')
    faults = alter(path, ("UPDATE entries SET bytes = ?, hash = ? WHERE n = 8", (data, hashlib.sha256(data).digest())))
    assert [n for n, _ in faults] == [8] and "RFC 8785" in faults[0][1]


def test_a_known_kind_with_a_broken_body_is_named_and_the_rest_still_checked(path: Path) -> None:
    faults = alter(path, resealed(path, 1, body={"schema": 1, "report": {}}))
    assert any(n == 1 and "schema" in what for n, what in faults)
    assert any(n == 2 and "another hash" in what for n, what in faults)


def test_a_damaged_file_is_named(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\x5a" * 64
    path.write_bytes(data)
    try:
        faults = verify(path).faults
    except LedgerError as error:
        assert "damaged" in str(error)
    else:
        assert any("damaged" in f.what for f in faults)


def test_what_is_no_node_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("not a database, but long enough to have a header of a hundred bytes" * 4)
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (a)").connection.close()
    for name, words in (
        ("none", "no such node"),
        ("empty", "empty"),
        ("text", "not a database"),
        ("other", "not a node"),
    ):
        with pytest.raises(LedgerError, match=words):
            verify(tmp_path / name)


def test_views_of_another_version_are_left_to_the_next_writer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="upgrade"):
        verify(path)
