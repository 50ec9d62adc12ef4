"""Events of whatever a user names: a table in a file, or a node."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from datetime import date
from pathlib import Path

from seamwatch.assess.from_node import node_events
from seamwatch.events import Events
from seamwatch.ledger import Node
from seamwatch.packs import Pack
from seamwatch.read.event_table import EventTable, read_events

NODE = "node"
_SQLITE = b"SQLite format 3\x00"


def load_events(path: Path, pack: Pack, *, today: date | None = None) -> EventTable:
    """The events of a table (see `read_events`) or of a node's file, whose kind is NODE and whose rows are incidents.

    Of a node the hash is that of its events; incidents without a day are the rows left out. Raises ReadError where the
    file is no such table, LedgerError where it is a database but no node.
    """
    if not is_node(path):
        return read_events(path, today=today)
    with Node.open(path, create=False, readonly=True) as memory:
        incidents = memory.incidents()
    found = node_events(incidents, pack.codes)
    return EventTable(found.events, (), NODE, len(incidents), events_sha256(found.events), path.name)


def is_node(path: Path) -> bool:
    """Whether a file is a SQLite database, as a node is."""
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return handle.read(len(_SQLITE)) == _SQLITE


def events_sha256(events: Events) -> str:
    """A hash of the events' values, whatever they came from."""
    digest = hashlib.sha256()
    for field in fields(events):
        column = getattr(events, field.name).astype(str).tolist()
        digest.update("\x1f".join([field.name, *column, "\x1e"]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
