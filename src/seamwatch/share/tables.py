"""Tables of sharing beside the entries: views of them, made anew by emptying them and catching up from entry 0."""

from __future__ import annotations

SCRIPT = """
CREATE TABLE IF NOT EXISTS share_meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS partners (
    org TEXT PRIMARY KEY, n INTEGER NOT NULL, name TEXT NOT NULL, joint INTEGER NOT NULL, removed INTEGER NOT NULL,
    address TEXT NOT NULL, tls TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS releases (
    n INTEGER PRIMARY KEY, of_n INTEGER NOT NULL, root TEXT NOT NULL, urgent INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS releases_root ON releases (root);
CREATE INDEX IF NOT EXISTS releases_of ON releases (of_n);
CREATE TABLE IF NOT EXISTS audiences (n INTEGER NOT NULL, who TEXT NOT NULL, PRIMARY KEY (n, who)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS retractions (n INTEGER PRIMARY KEY, root TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS epochs (
    owner TEXT NOT NULL, reader TEXT NOT NULL, epoch INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (owner, reader)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sent (
    feed TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, of_n INTEGER NOT NULL, root TEXT NOT NULL,
    hash TEXT NOT NULL, urgent INTEGER NOT NULL, PRIMARY KEY (feed, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sent_of ON sent (feed, of_n);
CREATE INDEX IF NOT EXISTS sent_urgent ON sent (feed, seq) WHERE urgent;
CREATE TABLE IF NOT EXISTS received (
    feed TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, root TEXT NOT NULL,
    hash TEXT NOT NULL, ahead INTEGER NOT NULL, PRIMARY KEY (feed, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS received_root ON received (root);
CREATE TABLE IF NOT EXISTS hidden (feed TEXT NOT NULL, root TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (feed, root))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS receipts (
    feed TEXT NOT NULL, org TEXT NOT NULL, seq INTEGER NOT NULL, head TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (feed, org, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarantine (
    n INTEGER PRIMARY KEY, org TEXT NOT NULL, feed TEXT NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL
);
"""
TABLES = (
    *("partners", "releases", "audiences", "retractions", "epochs", "sent", "received", "hidden", "receipts"),
    "quarantine",
)

# A line that came ahead of its turn stays one row when the chain reaches it.
TAKE = """
INSERT INTO received VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ahead = min(ahead, excluded.ahead)
"""
