"""The node's file: opened, checked to be one of ours, and every SQLite error said in one clear line."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seamwatch.errors import LedgerError, NodeFull, NodeLocked
from seamwatch.ledger import sql

_PRIMARY = 0xFF  # SQLite's extended error codes carry the primary one in the low byte


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors as LedgerError, NodeLocked or NodeFull, with the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _said(error, path) from error
    except UnicodeDecodeError as error:  # what Python makes of a message that quotes a damaged table's name
        raise _damaged(str(error), path) from error


def _said(error: sqlite3.Error, path: Path) -> LedgerError:
    where, said = str(path), str(error)
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        remedy = "wait for the other command to end, or stop it; reading works meanwhile"
        return NodeLocked("another process is writing to this node", where=where, rule="one writer", remedy=remedy)
    if code == sqlite3.SQLITE_FULL:
        remedy = "free some space and run the command again; all that was acknowledged is safe"
        return NodeFull("no space is left for the node", where=where, remedy=remedy)
    if code == sqlite3.SQLITE_READONLY:
        remedy = "copy the node to a folder that you may write to, or mend the file's permissions"
        return NodeFull("the node is read-only", where=where, remedy=remedy)
    if code == sqlite3.SQLITE_CANTOPEN:
        remedy = "check the path and the permissions of its folder (SQLite keeps two small files beside the node)"
        return LedgerError("cannot be opened", where=where, remedy=remedy)
    if code == sqlite3.SQLITE_NOTADB:
        return _foreign("not a database", path)
    if code == sqlite3.SQLITE_CORRUPT:
        return _damaged(said, path)
    if code == sqlite3.SQLITE_IOERR:
        remedy = (
            "check the disk, its free space and quota, and run the command again; all that was acknowledged is safe"
        )
        return LedgerError(f"the disk failed: {said}", where=where, remedy=remedy)
    return LedgerError(said, where=where)


def _damaged(said: str, path: Path) -> LedgerError:
    remedy = "run `seamwatch verify` to see what can be trusted, then restore a backup"
    return LedgerError(f"the file is damaged: {said}", where=str(path), remedy=remedy)


def _foreign(what: str, path: Path) -> LedgerError:
    return LedgerError(what, where=str(path), rule="a Seamwatch node", remedy="name another file with --node")


def connect(path: Path, *, writable: bool, wait_s: float) -> sqlite3.Connection:
    """A connection to an existing file with ``synchronous=FULL``. The file is not changed."""
    mode = "rw" if writable else _reading_mode(path)
    db = sqlite3.connect(f"{path.absolute().as_uri()}?{'immutable=1' if mode == 'still' else f'mode={mode}'}", uri=True)
    try:
        db.isolation_level = None
        db.execute(f"PRAGMA busy_timeout = {int(wait_s * 1000)}")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        db.close()
        raise
    return db


def write_ahead(db: sqlite3.Connection, wait_s: float) -> None:
    """Put a node's file into WAL mode, where readers and a writer do not wait for each other."""
    # SQLite does not wait for the lock that this change needs, so two that open a new node at once would collide.
    until = time.monotonic() + wait_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = (error.sqlite_errorcode & _PRIMARY) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _reading_mode(path: Path) -> str:
    # On a stick or folder that may not be written, SQLite can read a WAL file only if told that nothing will change.
    if os.access(path.parent, os.W_OK):
        return "ro"
    wal = path.with_name(path.name + "-wal")
    return "ro" if wal.exists() and wal.stat().st_size > 0 else "still"


def make(path: Path) -> None:
    """An empty file that only its owner may read, on disk with its name. One that another process made is as good."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        remedy = "give a file in a folder that you may write to"
        raise LedgerError(error.strerror or str(error), where=str(path), remedy=remedy) from error
    if os.name == "posix":  # elsewhere a folder cannot be opened, and its names are durable without
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def state(db: sqlite3.Connection, path: Path) -> int:
    """The version of the node's views, 0 for an empty file. Raises LedgerError on a file that is not ours or newer."""
    # Tables first: another process may be making the node, and makes tables and marks in one transaction.
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if tables == 0 and application == 0:
        return 0
    if application != sql.APPLICATION_ID:
        raise _foreign("an SQLite file, but not a node", path)
    if version > sql.VIEWS_VERSION:
        rule = f"this program knows nodes up to version {sql.VIEWS_VERSION}"
        raise LedgerError(f"the node has version {version}", where=str(path), rule=rule, remedy="upgrade Seamwatch")
    return version
