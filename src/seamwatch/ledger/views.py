"""Views: what the entries add up to. Always made by the same code, entry by entry, live and when rebuilt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from seamwatch import wire
from seamwatch.errors import LedgerError
from seamwatch.ledger import sql
from seamwatch.ledger.canonical import canonical, sha256
from seamwatch.ledger.cells import cell_of, day_number
from seamwatch.ledger.entry import Entry
from seamwatch.ledger.kinds import Rating, Ruling, Value, value_of
from seamwatch.model import Coding, DateSpan, Incident, Place, Report, report_of

Row = tuple[Any, ...]
_AT_ONCE = 500


def entry_of(row: Row) -> Entry:
    """An entry from its row."""
    n, kind, subject, digest, data = row
    return Entry(n, kind, subject, bytes(digest).hex(), bytes(data))


def create(db: sqlite3.Connection) -> None:
    """Make every view, empty, in place of what is there."""
    for table in (*sql.ENTRY_TABLES, *sql.DERIVED_TABLES):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    run(db, sql.ENTRY_VIEWS)
    run(db, sql.DERIVED_VIEWS)
    db.execute("DELETE FROM meta WHERE name IN ('incidents_at', 'merged_by')")


def run(db: sqlite3.Connection, script: str) -> None:
    """A script's statements inside the transaction that is open (``executescript`` would commit it)."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def rebuild(db: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Make the views of entries anew. Incidents are merging's and stay as they are."""
    for table in sql.ENTRY_TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608
    source = iter(entries)
    while batch := list(islice(source, _AT_ONCE)):
        apply(db, [(entry, value_of(entry), _digest(entry)) for entry in batch])


def _digest(entry: Entry) -> bytes:
    return sha256(canonical(entry.body)) if entry.kind == "coding" else b""  # of no use to any other view


def apply(db: sqlite3.Connection, said: Iterable[tuple[Entry, Value | None, bytes]]) -> None:
    """Bring the views up to date with entries that follow those already in them.

    Each comes with the value that it records and the hash of its body: who appends has both at hand.
    """
    reports: list[Row] = []
    rulings: list[Row] = []
    ratings: list[Row] = []
    codings: dict[str, tuple[int, Coding]] = {}
    rows: list[Row] = []
    for entry, value, digest in said:
        match value:
            case Report() as report:
                reports.append(_report_row(entry.n, report))
            case Coding() as coding:
                rows.append((entry.n, coding.report_id, coding.coder, digest, 0))
                codings[coding.report_id] = entry.n, coding  # the later supersedes the earlier
            case Ruling() as ruling:
                about = ruling.left, ruling.right, ruling.role, ruling.field, ruling.value, ruling.undoes
                rulings.append((entry.n, ruling.kind, *about))
            case Rating() as rating:
                ratings.append((entry.n, rating.kind, rating.about, rating.grade, rating.role))
            case _:
                pass  # a brief has no view; what is unknown stays in the chain
    db.executemany(sql.insert("reports").replace("INSERT", "INSERT OR IGNORE"), reports)
    db.executemany(sql.insert("codings"), rows)
    db.executemany(sql.insert("rulings"), rulings)
    db.executemany(sql.insert("ratings"), ratings)
    _supersede(db, codings)


def _supersede(db: sqlite3.Connection, codings: dict[str, tuple[int, Coding]]) -> None:
    ids = [(report_id,) for report_id in codings]
    db.executemany("UPDATE codings SET in_force = 0 WHERE report_id = ? AND in_force", ids)
    db.executemany("UPDATE codings SET in_force = 1 WHERE n = ?", [(n,) for n, _ in codings.values()])
    db.executemany("DELETE FROM drafts WHERE report_id = ?", ids)
    db.executemany("DELETE FROM statements WHERE report_id = ?", ids)
    db.executemany(sql.insert("drafts"), [row for n, c in codings.values() for row in _draft_rows(n, c)])
    db.executemany(sql.insert("statements"), [row for n, c in codings.values() for row in _statement_rows(n, c)])


def _report_row(n: int, report: Report) -> Row:
    return report.id, n, report.external_id, report.source, report.lang, day_number(report.day)


def _draft_rows(n: int, coding: Coding) -> Iterator[Row]:
    for draft in coding.drafts:
        when, where = _when(draft.date.value if draft.date else None), _where(draft.location)
        yield coding.report_id, draft.index, n, draft.type.value, *when, *where


def _statement_rows(n: int, coding: Coding) -> Iterator[Row]:
    for k, s in enumerate(coding.statements):
        yield coding.report_id, k, n, s.kind, s.speaker_office, s.speaker_org, s.about


def _when(span: DateSpan | None) -> Row:
    return (day_number(span.first), day_number(span.last)) if span else (None, None)


def _where(place: Place | None) -> Row:
    if place is None:
        return (None,) * 5
    return place.lat, place.lon, place.radius_km, place.precision, cell_of(place.lat, place.lon)


def incident_row(incident: Incident) -> Row:
    """An incident's row: what is searched by, and all of it as JSON."""
    record = incident.record
    data = msgspec.json.encode(wire.dump(incident))
    return incident.id, record.type, *_when(record.date), *_where(record.location), data


def member_rows(incident: Incident) -> list[Row]:
    """Which drafts, of which reports, an incident is made of."""
    return [(incident.id, draft, report_of(draft)) for draft in dict.fromkeys(incident.members)]


def incident_of(data: bytes, *, where: str = "incident") -> Incident:
    """An incident from its row's JSON. Raises LedgerError or ModelError where it holds none."""
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError, TypeError, RecursionError) as error:
        raise LedgerError(f"cannot be read: {error}", where=where, remedy="merge again") from error
    return wire.load(Incident, raw, where=where)
