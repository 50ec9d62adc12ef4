"""Whether a node is what was written: every edit, gap, swap and cut inside the chain is found and named.

What a chain alone cannot show: that its end was cut off, or that everything from some entry on was written anew. Give
``expect`` a head noted elsewhere (on paper, by a partner), and both are found up to that head.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from seamwatch.errors import LedgerError, ModelError
from seamwatch.ledger import file, sql, views
from seamwatch.ledger.canonical import canonical, sha256
from seamwatch.ledger.entry import VERSION, Entry, Head, parse
from seamwatch.ledger.kinds import value_of
from seamwatch.ledger.views import Row

_MOST_PER_VIEW = 20  # faults named one by one; the rest of a broken view is counted


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which entry (0: in no single one)."""

    n: int
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: how many entries there are, where the chain ends, and each fault."""

    entries: int
    head: Head
    faults: tuple[Fault, ...]


def verify(path: Path | str, *, expect: Sequence[Head] = ()) -> Verification:
    """Check a node's entries, chain and views, at one moment, without changing the file.

    ``expect`` are heads known from elsewhere. Raises LedgerError where the file is no node or cannot be opened.
    """
    path = Path(path)
    if not path.is_file():
        raise LedgerError("no such node", where=str(path), remedy="name the node's file")
    with file.told(path), closing(file.connect(path, writable=False, wait_s=5.0)) as db:
        if (version := file.state(db, path)) == 0:
            raise LedgerError("the file is empty", where=str(path), rule="a Seamwatch node")
        db.text_factory = _text
        db.execute("BEGIN")
        checker = _Checker(expect)
        try:
            if checker.tables(db):
                with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
                    views.run(fresh, sql.ENTRIES)
                    views.create(fresh)
                    views.rebuild(fresh, filter(checker.readable, checker.chain(db)))
                    if version == sql.VIEWS_VERSION:
                        checker.compare(db, fresh)
            checker.pages(db)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            checker.fault(checker.head.n + 1, f"the file is damaged and cannot be read from here on: {error}")
    return Verification(checker.count, checker.head, tuple(checker.faults))


def _text(data: bytes) -> str:
    """Text as it is, even where an alteration left no UTF-8: it then differs from every text that was written."""
    return data.decode("utf-8", "surrogateescape")


class _Checker:
    def __init__(self, expect: Sequence[Head]) -> None:
        self.expect = {head.n: head.hash for head in expect if head.n}
        self.faults: list[Fault] = []
        self.head = Head()
        self.count = 0

    def fault(self, n: int, what: str) -> None:
        self.faults.append(Fault(n, what))

    def chain(self, db: sqlite3.Connection) -> Iterator[Entry]:
        """Follow the chain; gives the entries that can be read, for the views."""
        for row in db.execute(sql.ENTRY + " ORDER BY n"):
            self.count += 1
            entry = self._row(row)
            if entry is not None:
                yield entry
        for n in sorted(n for n in self.expect if n > self.head.n):
            self.fault(n, f"missing: the chain ends at {self.head.n}, but a head was noted at {n}")

    def _row(self, row: Row) -> Entry | None:
        n, kind, subject, stored, data = row
        following = self.head.n + 1
        if not isinstance(n, int) or n < following:
            self.fault(following, f"out of place: no entry can have the number {n!r} here")
            return None
        if not isinstance(data, bytes) or not isinstance(stored, bytes):
            self.fault(n, "altered: its bytes or hash are no longer bytes")
            data = data if isinstance(data, bytes) else str(data).encode("utf-8", "surrogateescape")
        if n > following:
            self.fault(following, f"missing: entry {following if n == following + 1 else f'{following} to {n - 1}'}")
        previous = self.head.hash if n == following else None
        self.head = Head(n, sha256(data).hex())
        if self.head.hash != (stored.hex() if isinstance(stored, bytes) else ""):
            self.fault(n, "altered: its bytes do not give its hash")
        if self.expect.get(n, self.head.hash) != self.head.hash:
            self.fault(n, "altered: its hash is not the one noted elsewhere")
        return self._content(Entry(n, kind, subject, self.head.hash, data), previous)

    def _content(self, entry: Entry, previous: str | None) -> Entry | None:
        n = entry.n
        try:
            content = parse(entry.data, where=f"entry {n}")
            if content["v"] <= VERSION and canonical(content) != entry.data:
                self.fault(n, "altered: its bytes are not canonical")
        except LedgerError as error:
            self.fault(n, f"altered: {error.what} (rule: {error.rule})")
            return None
        if content["n"] != n:
            self.fault(n, f"moved: it was written as entry {content['n']}")
        if previous is not None and content["prev"] != previous:
            self.fault(n, f"does not follow: it names another hash for entry {n - 1}, so one of the two was altered")
        for name, column in (("kind", entry.kind), ("subject", entry.subject)):
            if content[name] != column:
                self.fault(n, f"altered: filed under {name} {column!r}, its bytes say {content[name]!r}")
        return Entry(n, content["kind"], content["subject"], entry.hash, entry.data)

    def readable(self, entry: Entry) -> bool:
        """Whether an entry can be used for the views; a known kind that breaks its schema is a fault."""
        try:
            value_of(entry)
        except LedgerError as error:
            self.fault(entry.n, f"breaks its kind's schema: {error.what}")
            return False
        return True

    def tables(self, db: sqlite3.Connection) -> bool:
        """Whether every table is there; one that is missing is a fault."""
        there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        lost = [name for name in ("entries", "meta", *sql.ENTRY_TABLES, *sql.DERIVED_TABLES) if name not in there]
        for name in lost:
            self.fault(0, f"the table {name} is missing")
        return not lost

    def compare(self, db: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
        """Compare the node's views, row by row, with those made anew."""
        for table in sql.ENTRY_TABLES:
            want, have = (set(c.execute(sql.select(table)).fetchall()) for c in (fresh, db))
            self._differ(table, want, have)
        self._incidents(db)

    def _differ(self, table: str, want: set[Row], have: set[Row]) -> None:
        at = sql.ENTRY_TABLES[table].index("n")
        wrong = [(r[at], "lacks or differs in", r) for r in want - have] + [
            (r[at], "has, without an entry for it,", r) for r in have - want
        ]
        for n, how, row in sorted(wrong, key=repr)[:_MOST_PER_VIEW]:
            self.fault(n if isinstance(n, int) else 0, f"view {table} {how} the row of {row[0]!r}; rebuild the views")
        if len(wrong) > _MOST_PER_VIEW:
            self.fault(0, f"view {table} differs in {len(wrong) - _MOST_PER_VIEW} more rows; rebuild the views")

    def _incidents(self, db: sqlite3.Connection) -> None:
        members = set()
        for row in db.execute(sql.select("incidents")):
            try:
                incident = views.incident_of(row[-1], where=f"incident {row[0]}")
            except (LedgerError, ModelError) as error:
                self.fault(0, f"incident {row[0]!r} cannot be read: {error}; merge again")
                continue
            if views.incident_row(incident)[:-1] != row[:-1]:
                self.fault(0, f"incident {row[0]!r} is filed under other values than it holds; merge again")
            members |= set(views.member_rows(incident))
        have = set(db.execute(sql.select("incident_reports")).fetchall())
        for incident_id, draft, _ in sorted(members ^ have, key=repr)[:_MOST_PER_VIEW]:
            self.fault(0, f"incident {incident_id!r} and its list of reports differ on {draft!r}; merge again")

    def pages(self, db: sqlite3.Connection) -> None:
        """SQLite's own check of the file."""
        for (said,) in db.execute("PRAGMA quick_check(20)"):
            if said != "ok":
                self.fault(0, f"the file is damaged: {said}")
