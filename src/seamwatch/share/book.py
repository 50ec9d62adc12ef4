"""The node's book of sharing: the entries of sharing and the tables made of them, always at one moment.

Whatever is decided from the tables is decided in a `Book.writing`: it holds the node for writing, brings the tables up
to date with the chain first, and all that is appended within it is on disk when it ends, or nothing is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from nacl import utils

from seamwatch.errors import ShareError
from seamwatch.ledger import file, views
from seamwatch.ledger.entry import Entry
from seamwatch.ledger.keys import Key
from seamwatch.ledger.node import Node
from seamwatch.share import tables
from seamwatch.share.audience import Viewer
from seamwatch.share.item import Item, feed_id, parse_item
from seamwatch.share.kinds import (
    KINDS,
    Epoch,
    Partner,
    Quarantined,
    Receipt,
    Received,
    Release,
    Retraction,
    Sent,
    Shared,
    entry_for,
    shared_of,
)

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class End:
    """The end of a feed: the number of its last item and its hash; 0 and the feed's own name for an empty one."""

    seq: int
    hash: str


class Book:
    """Sharing of one node. ``org`` is its own organisation's root key (hex), ``key`` the node's key."""

    def __init__(self, node: Node, org: str, key: Key) -> None:
        self.node, self.org, self.key = node, org, key

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the node for writing, with the tables up to date. May be nested."""
        with self.node.writing() as db:
            views.run(db, tables.SCRIPT)
            self._catch_up(db)
            yield db

    def append(self, values: Sequence[Shared]) -> tuple[Entry, ...]:
        """Append what is said and bring the tables up to date; durable when the outermost `writing` ends."""
        with self.writing() as db:
            entries = self.node.append([entry_for(value) for value in values])
            self._catch_up(db)
            return entries

    def rebuild(self) -> None:
        """Make the tables anew from the entries."""
        with self.node.writing() as db:
            views.run(db, tables.SCRIPT)
            for table in tables.TABLES:
                db.execute(f"DELETE FROM {table}")  # noqa: S608
            db.execute("DELETE FROM share_meta WHERE name = 'at'")
            self._catch_up(db)

    def secret(self) -> bytes:
        """The secret that salts come from, made at first use. It is in the node's file and nowhere else."""
        with self.writing() as db:
            row = db.execute("SELECT value FROM share_meta WHERE name = 'secret'").fetchone()
            if row is None:
                made = utils.random(SECRET_BYTES)
                db.execute("INSERT INTO share_meta VALUES ('secret', ?)", (made,))
                return made
            return bytes(row[0])

    # who

    def partner(self, org: str) -> Partner:
        """A partner as last entered. Raises ShareError where there is none."""
        with self.writing() as db:
            row = db.execute("SELECT n FROM partners WHERE org = ?", (org,)).fetchone()
            found = shared_of(self.node.entry(row[0])) if row else None
        if not isinstance(found, Partner):
            raise ShareError(f"no partner {org[:16]}", where=str(self.node.path), remedy="add it from its card")
        return found

    def partners(self) -> tuple[Partner, ...]:
        """Those that were not removed, by name."""
        with self.writing() as db:
            rows = db.execute("SELECT n FROM partners WHERE NOT removed ORDER BY name, org").fetchall()
            found = [shared_of(self.node.entry(n)) for (n,) in rows]
        return tuple(p for p in found if isinstance(p, Partner))

    def members(self) -> frozenset[str]:
        """The members of the joint centre among the partners."""
        return frozenset(p.org for p in self.partners() if p.joint)

    def viewer(self, org: str) -> Viewer:
        """A partner as one who looks. A partner that was removed, or never entered, sees what is public at the most."""
        for partner in self.partners():
            if partner.org == org:
                return Viewer(org, partner.joint)
        return Viewer()

    # feeds

    def epoch(self, owner: str, reader: str) -> int:
        """The present epoch of a feed, from 0."""
        with self.writing() as db:
            row = db.execute("SELECT epoch FROM epochs WHERE owner = ? AND reader = ?", (owner, reader)).fetchone()
        return int(row[0]) if row else 0

    def feed_for(self, partner: str) -> str:
        """The name of the present feed for a partner."""
        return feed_id(self.org, partner, self.epoch(self.org, partner))

    def feed_from(self, partner: str) -> str:
        """The name of the present feed from a partner."""
        return feed_id(partner, self.org, self.epoch(partner, self.org))

    def end_of_sent(self, feed: str) -> End:
        """The end of a feed of one's own."""
        with self.writing() as db:
            row = db.execute("SELECT seq, hash FROM sent WHERE feed = ? ORDER BY seq DESC LIMIT 1", (feed,)).fetchone()
        return End(row[0], row[1]) if row else End(0, feed)

    def end_of_received(self, feed: str) -> End:
        """The end of a partner's feed, as far as it is here without a gap."""
        with self.writing() as db:
            query = "SELECT seq, hash FROM received WHERE feed = ? AND NOT ahead ORDER BY seq DESC LIMIT 1"
            row = db.execute(query, (feed,)).fetchone()
        return End(row[0], row[1]) if row else End(0, feed)

    def line_at(self, n: int) -> bytes:
        """The line that an entry (`item` or `received`) holds."""
        value = shared_of(self.node.entry(n))
        if not isinstance(value, Sent | Received):
            raise ShareError("holds no line", where=f"entry {n}", rule="an entry of kind item or received")
        return value.line.encode("utf-8")

    # tables

    def _catch_up(self, db: sqlite3.Connection) -> None:
        with file.told(self.node.path):
            row = db.execute("SELECT value FROM share_meta WHERE name = 'at'").fetchone()
            at, head = int(row[0]) if row else 0, self.node.head().n
            if at == head:
                return
            for entry in self.node.of_kinds(KINDS, at):
                value = shared_of(entry)
                if value is not None:
                    self._apply(db, entry.n, value)
            db.execute("INSERT OR REPLACE INTO share_meta VALUES ('at', ?)", (head,))

    def _apply(self, db: sqlite3.Connection, n: int, value: Shared) -> None:
        match value:
            case Partner(org=org, name=name, joint=joint, removed=removed, address=address, tls=tls):
                row = org, n, name, joint, removed, address, tls
                db.execute("INSERT OR REPLACE INTO partners VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            case Release(of=of, root=root, audience=audience, urgent=urgent):
                db.execute("INSERT INTO releases VALUES (?, ?, ?, ?)", (n, of, root, urgent))
                db.executemany("INSERT OR IGNORE INTO audiences VALUES (?, ?)", [(n, who) for who in audience])
            case Retraction(root=root, keeps=keeps):
                db.execute("INSERT INTO retractions VALUES (?, ?)", (n, root))
                db.executemany("INSERT OR IGNORE INTO audiences VALUES (?, ?)", [(n, who) for who in keeps])
            case Epoch(owner=owner, reader=reader, epoch=epoch):
                db.execute("INSERT OR REPLACE INTO epochs VALUES (?, ?, ?, ?)", (owner, reader, epoch, n))
            case Sent(feed=feed, seq=seq, of=of, root=root, urgent=urgent, line=line):
                row_sent = feed, seq, n, of, root, _item(line).hash, urgent
                db.execute("INSERT OR IGNORE INTO sent VALUES (?, ?, ?, ?, ?, ?, ?)", row_sent)
            case Received(feed=feed, seq=seq, line=line, ahead=ahead):
                self._take(db, n, feed, seq, _item(line), ahead)
            case Receipt(feed=feed, org=org, seq=seq, head=head):
                db.execute("INSERT OR IGNORE INTO receipts VALUES (?, ?, ?, ?, ?)", (feed, org, seq, head, n))
            case Quarantined(org=org, feed=feed, seq=seq, reason=reason):
                db.execute("INSERT INTO quarantine VALUES (?, ?, ?, ?, ?)", (n, org, feed, seq, reason))

    def _take(self, db: sqlite3.Connection, n: int, feed: str, seq: int, item: Item, ahead: bool) -> None:
        record = item.record
        row = feed, seq, n, record.kind, record.root, item.hash, ahead
        db.execute(tables.TAKE, row)
        if record.kind == "retraction" and isinstance(of := record.values.get("of"), str):
            db.execute("INSERT OR IGNORE INTO hidden VALUES (?, ?, ?)", (feed, of, n))


def _item(line: str) -> Item:
    return parse_item(line.encode("utf-8"))
