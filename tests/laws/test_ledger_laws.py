"""Laws of the ledger: order and repeats, views made live or anew, and that no byte of an entry can change unseen."""

import hashlib
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.errors import LedgerError
from seamwatch.ledger import (
    NewEntry,
    Node,
    Ruling,
    coding_entry,
    report_entry,
    ruling_entry,
    sql,
    verify,
)
from seamwatch.ledger.canonical import canonical
from seamwatch.model import Claim, Coding, Count, DateSpan, Draft, Figure, Place, Report, Span, Statement, make_report

AT = datetime(2022, 5, 7, tzinfo=UTC)
WORDS = (Span("text", 0, 3, "Two", "number"),)
REPORTS = [make_report(f"Blast {i}", "Two were hurt. جريحان", day=date(2022, 5, 1 + i)) for i in range(5)]


def a_coding(of: Report, coder: str, drafts: int, lat: float | None) -> Coding:
    place = Place("Daquq", "resolved", lat, 44.4, 3.0) if lat is not None else None
    told = tuple(
        Draft(
            *(of.id, k, Claim("explosion", WORDS), Claim(DateSpan(date(2022, 5, 1), date(2022, 5, 2)), WORDS)),
            toll=(Claim(Count("forces", "killed", Figure(k, None)), WORDS),),
            location=place,
        )
        for k in range(drafts)
    )
    return Coding(of.id, coder, told, tuple(Statement(of.id, "warning", "mayor", "", "x", WORDS) for _ in told))


reports = st.sampled_from(REPORTS).map(report_entry)
codings = st.builds(
    a_coding,
    st.sampled_from(REPORTS),
    st.sampled_from(["rules 1", "rules 2"]),
    st.integers(0, 2),
    st.sampled_from([None, 35.0, 35.14, -0.04]),
).map(coding_entry)
others = st.sampled_from(
    [
        ruling_entry(Ruling("same", "a#0", "b#0", "analyst")),
        NewEntry("gauge", "x", {"level": 1.5}),
        NewEntry("coding", "x", {"schema": 7, "sealed": True}),
    ]
)
known_kinds = st.lists(reports | codings, max_size=14)
entries = st.lists(reports | codings | others, max_size=14)
cuts = st.lists(st.integers(0, 14), max_size=4)


@contextmanager
def a_node() -> Iterator[Node]:
    with tempfile.TemporaryDirectory() as folder, Node.open(Path(folder) / "n.sqlite") as node:
        node._db.execute("PRAGMA synchronous = OFF")  # only for speed: durability is test_kill's matter
        yield node


def in_batches(new: Sequence[NewEntry], at: Sequence[int]) -> list[Sequence[NewEntry]]:
    bounds = [0, *sorted(at), len(new)]
    return [new[a:b] for a, b in pairwise(bounds)]


def views(node: Node) -> dict[str, set[tuple[object, ...]]]:
    return {table: set(node._db.execute(sql.select(table)).fetchall()) for table in sql.ENTRY_TABLES}


def chain(node: Node) -> list[tuple[int, str]]:
    return [(e.n, e.hash) for e in node.log()]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
@settings(max_examples=500, deadline=None)
def test_canonical_bytes_are_those_of_the_reference(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(entries, cuts)
@settings(max_examples=40, deadline=None)
def test_however_it_is_cut_into_batches_the_chain_is_the_same(new: list[NewEntry], at: list[int]) -> None:
    with a_node() as whole, a_node() as cut:
        whole.append(new, at=AT)
        for batch in in_batches(new, at):
            cut.append(batch, at=AT)
        assert chain(whole) == chain(cut) and views(whole) == views(cut)


@given(known_kinds, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_saying_again_what_is_in_force_changes_nothing(new: list[NewEntry], rng: random.Random) -> None:
    with a_node() as node:
        node.append(new, at=AT)
        before, seen = chain(node), views(node)
        last = {(entry.kind, entry.subject): entry for entry in new}
        in_force = [entry for entry in new if entry.kind != "coding" or last[entry.kind, entry.subject] is entry]
        again = node.append(rng.sample(in_force, len(in_force)) + in_force)
        assert all(e.known for e in again)
        assert (chain(node), views(node)) == (before, seen)


@given(st.lists(reports, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_reports_are_the_same_set_in_whatever_order_they_come(new: list[NewEntry], rng: random.Random) -> None:
    with a_node() as one, a_node() as other:
        one.append(new)
        other.append(rng.sample(new, len(new)))
        assert set(one.reports()) == set(other.reports()) and one.head().n == other.head().n == len(
            {e.subject for e in new}
        )


@given(entries, cuts)
@settings(max_examples=60, deadline=None)
def test_views_made_anew_equal_views_made_live(new: list[NewEntry], at: list[int]) -> None:
    with a_node() as node:
        for batch in in_batches(new, at):
            node.append(batch)
        live = views(node)
        node.rebuild()
        assert views(node) == live
        last = {e.subject: e for e in new if e.kind == "coding" and e.body["schema"] == 1}
        assert {c.report_id for c in node.codings()} == set(last)
        assert verify(node.path).faults == ()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("laws") / "n.sqlite"
    with Node.open(path) as node:
        node.append([report_entry(r) for r in REPORTS], at=AT)
        node.append([coding_entry(a_coding(r, "rules 1", 1, 35.14)) for r in REPORTS], at=AT)
        node.append([NewEntry("gauge", "x", {"level": 1.5}), ruling_entry(Ruling("same", "a#0", "b#0", "analyst"))])
    return path


@contextmanager
def a_copy(path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        with closing(sqlite3.connect(copy, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("DROP TRIGGER entries_stay")
            db.execute("DROP TRIGGER entries_stay_unchanged")
            yield copy, db


COLUMNS = st.sampled_from(["bytes", "hash", "kind", "subject"])


@given(n=st.integers(1, 12), column=COLUMNS, place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@settings(max_examples=120, deadline=None)
def test_any_single_byte_altered_in_any_entry_is_found(
    written: Path, n: int, column: str, place: float, change: int
) -> None:
    with a_copy(written) as (path, db):
        was = db.execute(f"SELECT CAST({column} AS BLOB), typeof({column}) FROM entries WHERE n = ?", (n,)).fetchone()
        data = bytearray(was[0])
        data[int(place * len(data))] ^= change
        db.execute(f"UPDATE entries SET {column} = CAST(? AS {was[1]}) WHERE n = ?", (bytes(data), n))
        assert n in {fault.n for fault in verify(path).faults}


@given(n=st.integers(1, 11), place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@settings(max_examples=40, deadline=None)
def test_nor_can_it_be_hidden_by_sealing_the_entry_anew(written: Path, n: int, place: float, change: int) -> None:
    with a_copy(written) as (path, db):
        data = bytearray(db.execute("SELECT bytes FROM entries WHERE n = ?", (n,)).fetchone()[0])
        data[int(place * len(data))] ^= change
        new = bytes(data), hashlib.sha256(data).digest(), n
        db.execute("UPDATE entries SET bytes = ?, hash = ? WHERE n = ?", new)
        assert {fault.n for fault in verify(path).faults} & {n, n + 1}


@given(st.permutations(range(1, 13)), st.integers(0, 11))
@settings(max_examples=60, deadline=None)
def test_any_drop_or_reordering_inside_is_found(written: Path, order: list[int], dropped: int) -> None:
    whole = order == sorted(order)
    with a_copy(written) as (path, db):
        db.execute("UPDATE entries SET n = -n")
        db.executemany("UPDATE entries SET n = ? WHERE n = ?", [(to, -n) for n, to in enumerate(order, 1)])
        if dropped:
            db.execute("DELETE FROM entries WHERE n = ?", (dropped,))
        found = verify(path).faults
        assert bool(found) == (not whole or dropped > 0)


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=20))
@settings(max_examples=80, deadline=None)
def test_a_file_damaged_anywhere_is_named_or_still_says_the_same(
    written: Path, damage: list[tuple[float, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "n.sqlite"
        data = bytearray(written.read_bytes())
        for place, change in damage:
            data[int(place * len(data))] ^= change
        path.write_bytes(data)
        try:
            faults = verify(path).faults
        except LedgerError:
            return  # one clear line
        if not faults:
            with Node.open(path, readonly=True) as node, Node.open(written, readonly=True) as whole:
                assert [e.data for e in node.log()] == [e.data for e in whole.log()]
