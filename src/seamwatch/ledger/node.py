"""The node: one SQLite file, append-only entries, views made from them.

Readers never wait for a writer, nor a writer for readers. A writer holds the file only while it appends, so several
commands can take turns; one that cannot get its turn within ``wait_s`` gets NodeLocked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType

from seamwatch import clock
from seamwatch.errors import LedgerError, NodeFull
from seamwatch.ledger import file, sql, views
from seamwatch.ledger.cells import day_number
from seamwatch.ledger.entry import Entry, Head, NewEntry, Sealable, sealable
from seamwatch.ledger.kinds import Rating, Ruling, Value, check, value_of
from seamwatch.ledger.shelf import NodeShelf
from seamwatch.model import Coding, Draft, Incident, Report, Statement, report_of

About = tuple[str, str]  # kind, subject
_AT_ONCE = 500  # parameters in one query: every SQLite takes 999


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging made: incidents that are new or changed, ids of those that are no more, and what to shelve.

    ``anew`` where it was made from scratch, and takes the place of everything.
    """

    made: Sequence[Incident]
    dropped: Collection[str]
    shelve: Callable[[NodeShelf], None]
    anew: bool


class Node:
    """An open node. Use it in a ``with``; one thread, one node.

    Every method raises LedgerError (NodeLocked, NodeFull) in one clear line where the file cannot be used.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, *, readonly: bool) -> None:
        self.path, self.readonly, self._db = path, readonly, db
        self._holds = False  # the file for writing

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, readonly: bool = False, wait_s: float = 5.0) -> Node:
        """Open a node, making it (mode 0600) if it is not there and ``create`` is true.

        A node made by an older Seamwatch is brought up to date; one made by a newer is refused.
        """
        path = Path(path)
        if path.is_dir():
            raise LedgerError("is a folder", where=str(path), remedy="name the node's file in it")
        if not path.exists():
            if readonly or not create:
                remedy = "run `seamwatch watch FOLDER --node FILE` to make it"
                raise LedgerError("no such node", where=str(path), remedy=remedy)
            file.make(path)
        with file.told(path):
            db = file.connect(path, writable=not readonly, wait_s=wait_s)
        node = cls(path, db, readonly=readonly)
        try:
            node._prepare(create=create, wait_s=wait_s)
        except BaseException:
            db.close()
            raise
        return node

    def _prepare(self, *, create: bool, wait_s: float) -> None:
        with file.told(self.path):
            version = file.state(self._db, self.path)
            if version == 0 and (self.readonly or not create):
                raise LedgerError("the file is empty", where=str(self.path), rule="a Seamwatch node")
            if not self.readonly:
                file.write_ahead(self._db, wait_s)
        if version == sql.VIEWS_VERSION:
            return
        if self.readonly:
            remedy = "open it once for writing, with any command that adds to it"
            raise LedgerError(f"the node's views have version {version}", where=str(self.path), remedy=remedy)
        with self._writing():
            if file.state(self._db, self.path) == sql.VIEWS_VERSION:
                return  # another process prepared it meanwhile
            views.run(self._db, sql.ENTRIES)
            views.create(self._db)
            views.rebuild(self._db, self._entries(sql.ENTRY + " ORDER BY n"))
            self._db.execute(f"PRAGMA application_id = {sql.APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {sql.VIEWS_VERSION}")

    def close(self) -> None:
        """Close the file. Doing so twice does no harm."""
        with file.told(self.path):
            self._db.close()

    def __enter__(self) -> Node:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[Node]:
        """Within it every read sees the node at one moment, whatever others append."""
        with file.told(self.path):
            self._db.execute("BEGIN")
        try:
            with file.told(self.path):
                yield self
        finally:
            self._roll_back()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction over several reads and appends: all are on disk when it ends, or none if it raises.

        For tables that are kept beside the entries. Within it `append` joins the transaction.
        """
        with self._writing():
            yield self._db

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._db.in_transaction and self._holds:
            yield
            return
        if self.readonly:
            raise NodeFull("the node was opened for reading", where=str(self.path), remedy="open it without readonly")
        with file.told(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            self._holds = True
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._holds = False

    def _roll_back(self) -> None:
        if self._db.in_transaction:  # a full disk may have ended it already
            self._db.execute("ROLLBACK")

    # writing

    def append(self, records: Sequence[NewEntry], *, at: datetime | None = None) -> tuple[Entry, ...]:
        """Append entries in one transaction: when this returns they are on disk, and if it raises none is.

        A report whose id is there, and a coding equal to the one in force (same coder and version, same content), is
        not appended again but returned with ``known`` set. ``at`` is the time written in the entries (default: now).
        """
        if not records:
            return ()
        ready = [(sealable(record), check(record)) for record in records]
        with self._writing():
            head = self.head()
            there = self._there(ready)
            out: list[Entry] = []
            fresh: list[tuple[Entry, Value | None, bytes]] = []
            for one, value in ready:
                about, content = (one.kind, one.subject), _content(one, value)
                old, in_force = there.get(about, (None, None))
                if old is not None and in_force == content:
                    out.append(Entry(old.n, old.kind, old.subject, old.hash, old.data, known=True))
                    continue
                entry = one.seal(head, at or clock.now())
                head = Head(entry.n, entry.hash)
                out.append(entry)
                fresh.append((entry, value, one.digest))
                if content is not None:
                    there[about] = entry, content
            rows = [(e.n, e.kind, e.subject, bytes.fromhex(e.hash), e.data) for e, _, _ in fresh]
            self._db.executemany(sql.ADD_ENTRY, rows)
            views.apply(self._db, fresh)
        return tuple(out)

    def _there(self, ready: Sequence[tuple[Sealable, Value | None]]) -> dict[About, tuple[Entry, bytes]]:
        """The reports, and the codings in force, that are equal to one of these."""
        there: dict[About, tuple[Entry, bytes]] = {}
        reports = dict.fromkeys(one.subject for one, value in ready if isinstance(value, Report))
        for ids in _chunks(reports):
            query = f"{sql.REPORT_ENTRIES} WHERE {sql.among('v.id', len(ids))}"
            there.update((("report", e.subject), (e, b"")) for e in self._entries(query, ids))
        for one, value in ready:
            if isinstance(value, Coding):
                found = self._entries(sql.SAME_CODING, (one.subject, one.digest))
                there.update((("coding", e.subject), (e, one.digest)) for e in found)
        return there

    def put_incidents(self, incidents: Iterable[Incident], *, at: int | None = None) -> None:
        """Replace all incidents, in one transaction, by those that merging made of the node as it was at entry ``at``.

        Incidents are derived: no entry is written. ``at`` is the number of the head read (default: the present one).
        """
        with self._writing():
            self._empty_derived()
            self._put(incidents, self.head().n if at is None else at)
            self._db.execute("DELETE FROM meta WHERE name = 'merged_by'")

    def put_merged(self, merged: Merged, *, rule: int, seen: int | None, at: int) -> bool:
        """Put what merging made of the node as it was at entry ``at``, in one transaction, and say whether it was put.

        It is not where the incidents are no longer those of ``seen`` (`merged_at`), which it was made from.
        """
        with self._writing():
            if self.merged_at(rule) != seen:
                return False
            if merged.anew:
                self._empty_derived()
            old = [(i,) for i in {*merged.dropped, *(incident.id for incident in merged.made)}]
            self._db.executemany("DELETE FROM incidents WHERE id = ?", old)
            self._db.executemany("DELETE FROM incident_reports WHERE incident_id = ?", old)
            merged.shelve(self.shelf())
            self._put(merged.made, at)
            self._db.execute(sql.PUT_META, ("merged_by", rule))
        return True

    def _empty_derived(self) -> None:
        for table in sql.DERIVED_TABLES:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608

    def _put(self, incidents: Iterable[Incident], at: int) -> None:
        for incident in incidents:
            self._db.execute(sql.insert("incidents"), views.incident_row(incident))
            self._db.executemany(sql.insert("incident_reports"), views.member_rows(incident))
        self._db.execute(sql.PUT_META, ("incidents_at", at))

    def rebuild(self) -> None:
        """Make the views anew from the entries. Incidents stay; merging makes those."""
        with self._writing():
            views.rebuild(self._db, self._entries(sql.ENTRY + " ORDER BY n"))

    # reading

    def head(self) -> Head:
        """The last entry's number and hash."""
        row = self._one(sql.HEAD)
        return Head(row[0], bytes(row[1]).hex()) if row else Head()

    def of_kinds(self, kinds: Sequence[str], after: int = 0) -> Iterator[Entry]:
        """The entries of some kinds that come after a number, oldest first."""
        query = f"{sql.ENTRY} WHERE n > ? AND {sql.among('kind', len(kinds))} ORDER BY n"
        return self._entries(query, (after, *kinds))

    def log(self, last: int | None = None, kind: str | None = None) -> tuple[Entry, ...]:
        """The last so many entries (all if None), of one kind or of every kind, oldest first."""
        limit = -1 if last is None else last
        found = self._entries(sql.LOG, (limit,)) if kind is None else self._entries(sql.LOG_OF_KIND, (kind, limit))
        return tuple(reversed(list(found)))

    def entry(self, n: int) -> Entry:
        """One entry. Raises LedgerError where there is none."""
        if row := self._one(f"{sql.ENTRY} WHERE n = ?", (n,)):
            return views.entry_of(row)
        raise LedgerError(f"no entry {n}", where=str(self.path), rule=f"1 to {self.head().n}")

    def known(self, report_ids: Iterable[str]) -> set[str]:
        """Which of some reports are in the node."""
        found: set[str] = set()
        for ids in _chunks(dict.fromkeys(report_ids)):
            query = f"SELECT id FROM reports WHERE {sql.among('id', len(ids))}"  # noqa: S608  (question marks only)
            found |= {row[0] for row in self._rows(query, ids)}
        return found

    def report_ids(self) -> tuple[str, ...]:
        """The ids of all reports, oldest entry first, without their text."""
        return tuple(row[0] for row in self._rows("SELECT id FROM reports ORDER BY n"))

    def coded(self, coder: str) -> set[str]:
        """The ids of the reports whose coding in force is by this coder (name and version)."""
        return {r[0] for r in self._rows("SELECT report_id FROM codings WHERE in_force AND coder = ?", (coder,))}

    def report(self, report_id: str) -> Report:
        """One report. Raises LedgerError where there is none."""
        for report in self.reports((report_id,)):
            return report
        remedy = "`seamwatch log --kind report` lists them"
        raise LedgerError(f"no report {report_id!r}", where=str(self.path), remedy=remedy)

    def reports(self, ids: Iterable[str] | None = None) -> tuple[Report, ...]:
        """All reports with their texts, or those of some ids, oldest entry first."""
        if ids is None:
            query = f"{sql.REPORT_ENTRIES} ORDER BY v.n"
            return tuple(r for e in self._entries(query) if isinstance(r := value_of(e), Report))
        found: list[tuple[int, Report]] = []
        for some in _chunks(dict.fromkeys(ids)):
            query = f"{sql.REPORT_ENTRIES} WHERE {sql.among('v.id', len(some))}"
            found += [(e.n, r) for e in self._entries(query, some) if isinstance(r := value_of(e), Report)]
        return tuple(report for _, report in sorted(found, key=lambda pair: pair[0]))

    def codings(self, ids: Iterable[str] | None = None) -> tuple[Coding, ...]:
        """The coding in force (its last) of every coded report, or of those of some ids, oldest entry first."""
        if ids is None:
            query = f"{sql.CODINGS_IN_FORCE} ORDER BY v.n"
            return tuple(c for e in self._entries(query) if isinstance(c := value_of(e), Coding))
        found: list[tuple[int, Coding]] = []
        for some in _chunks(dict.fromkeys(ids)):
            query = f"{sql.CODINGS_IN_FORCE} AND {sql.among('v.report_id', len(some))}"
            found += [(e.n, c) for e in self._entries(query, some) if isinstance(c := value_of(e), Coding)]
        return tuple(coding for _, coding in sorted(found, key=lambda pair: pair[0]))

    def statements(self) -> tuple[Statement, ...]:
        """The statements of all codings in force."""
        return tuple(statement for coding in self.codings() for statement in coding.statements)

    def draft(self, key: str) -> Draft:
        """One draft of the codings in force, by ``report#k``. Raises LedgerError where there is none."""
        for coding in self.codings((report_of(key),)):
            for draft in coding.drafts:
                if draft.key == key:
                    return draft
        remedy = "`seamwatch incidents --json` names the drafts of each incident"
        raise LedgerError(f"no draft {key!r}", where=str(self.path), remedy=remedy)

    def rulings(self) -> tuple[Ruling, ...]:
        """What people decided about drafts, oldest first; of two on one matter the later holds."""
        return tuple(ruling for _, ruling in self.numbered_rulings())

    def numbered_rulings(self) -> tuple[tuple[int, Ruling], ...]:
        """The same, each with the number of its entry. Those that were undone are among them (`decided` leaves out)."""
        return tuple((e.n, r) for e in self._entries(sql.RULINGS) if isinstance(r := value_of(e), Ruling))

    def numbered_ratings(self) -> tuple[tuple[int, Rating], ...]:
        """How people rated sources and reports, oldest first, each with its entry's number; undone ones among them."""
        return tuple((e.n, r) for e in self._entries(sql.RATINGS) if isinstance(r := value_of(e), Rating))

    def sources(self) -> tuple[str, ...]:
        """The names of all sources, as reports give them."""
        query = "SELECT DISTINCT source FROM reports WHERE source != '' ORDER BY source"
        return tuple(row[0] for row in self._rows(query))

    def reports_from(self, source: str) -> tuple[str, ...]:
        """The ids of a source's reports, oldest entry first."""
        return tuple(row[0] for row in self._rows("SELECT id FROM reports WHERE source = ? ORDER BY n", (source,)))

    def coding_entries(self, report_id: str, n: int) -> tuple[int | None, int | None]:
        """The entries of the coding of a report that was in force at entry ``n``, and of the one in force now."""
        row = self._one(sql.CODING_AT, {"report": report_id, "n": n})
        return (row[0], row[1]) if row else (None, None)

    def incidents(self, *, since: date | None = None, until: date | None = None) -> tuple[Incident, ...]:
        """The incidents, by day and id, undated ones last; or those that lie in part between two days."""
        window = {"since": day_number(since), "until": day_number(until)}
        with file.told(self.path):
            rows = self._db.execute(sql.INCIDENTS, window).fetchall()
        return tuple(views.incident_of(data, where=str(self.path)) for (data,) in rows)

    def incident(self, incident_id: str) -> Incident:
        """One incident. Raises LedgerError where there is none."""
        row = self._one("SELECT data FROM incidents WHERE id = ?", (incident_id,))
        if row is None:
            remedy = "`seamwatch incidents` lists them"
            raise LedgerError(f"no incident {incident_id!r}", where=str(self.path), remedy=remedy)
        return views.incident_of(row[0], where=f"incident {incident_id}")

    def incidents_of(self, report_id: str) -> tuple[str, ...]:
        """The ids of the incidents that a report tells of."""
        query = "SELECT DISTINCT incident_id FROM incident_reports WHERE report_id = ? ORDER BY incident_id"
        return tuple(row[0] for row in self._rows(query, (report_id,)))

    def groups(self, drafts: Iterable[str]) -> dict[tuple[str, ...], str]:
        """The incidents that hold some drafts: all drafts of each, sorted, and its id."""
        ids: set[str] = set()
        for some in _chunks(drafts):
            query = f"SELECT incident_id FROM incident_reports WHERE {sql.among('draft', len(some))}"  # noqa: S608
            ids.update(row[0] for row in self._rows(query, some))
        members: dict[str, list[str]] = {}
        for some in _chunks(sorted(ids)):
            query = f"SELECT incident_id, draft FROM incident_reports WHERE {sql.among('incident_id', len(some))}"  # noqa: S608
            for incident_id, draft in self._rows(query, some):
                members.setdefault(incident_id, []).append(draft)
        return {tuple(sorted(drafts)): incident_id for incident_id, drafts in members.items()}

    def shelf(self) -> NodeShelf:
        """What merging keeps of each draft."""
        return NodeShelf(self._db)

    def merged_at(self, rule: int) -> int | None:
        """The entry that the incidents are up to date with, if they were merged by this rule (a number for it)."""
        row = self._one(sql.MERGED_AT, (rule,))
        return row[0] if row else None

    def coded_since(self, n: int) -> tuple[str, ...]:
        """The ids of the reports whose coding in force came after entry ``n``."""
        return tuple(row[0] for row in self._rows(sql.CODED_SINCE, (n,)))

    def count(self, view: str) -> int:
        """How many rows a view has."""
        row = self._one(sql.count(view))
        return int(row[0]) if row else 0

    def incidents_stale(self) -> bool:
        """Whether reports, codings or decisions came after the incidents were last put."""
        row = self._one(sql.CHANGED_SINCE)
        return bool(row and row[0])

    def _entries(self, query: str, parameters: Sequence[object] = ()) -> Iterator[Entry]:
        return (views.entry_of(row) for row in self._rows(query, parameters))

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> Iterator[views.Row]:
        with file.told(self.path):
            yield from self._db.execute(query, parameters)

    def _one(self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> views.Row | None:
        with file.told(self.path):
            row: views.Row | None = self._db.execute(query, parameters).fetchone()
        return row


def _content(one: Sealable, value: Value | None) -> bytes | None:
    """What a second one must equal to be the same: nothing more for a report, the content for a coding. None: never."""
    if isinstance(value, Report):
        return b""
    return one.digest if isinstance(value, Coding) else None


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    source = iter(ids)
    while some := list(islice(source, _AT_ONCE)):
        yield some
