"""Views: numbers to search by, and the same whether made live or anew."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from ledger_story import PLACE, coding, draft, incident, report

from seamwatch.ledger import NewEntry, Node, coding_entry, report_entry, sql
from seamwatch.ledger.cells import cell_of, day_number

R = report()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def test_drafts_are_filed_by_cell_and_day(tmp_path: Path) -> None:
    bare = replace(draft(R.id, 1, None), date=None)
    with Node.open(tmp_path / "n.sqlite") as node:
        node.append([report_entry(R), coding_entry(replace(coding(R), drafts=(draft(R.id), bare)))])
        node.put_incidents([incident("i", f"{R.id}#0")])
    first, last = day_number(date(2022, 5, 3)), day_number(date(2022, 5, 4))
    found = rows(tmp_path / "n.sqlite", "SELECT k, first_day, last_day, cell, precision FROM drafts ORDER BY k")
    assert found == [(0, first, last, cell_of(PLACE.lat, PLACE.lon), "exact"), (1, None, None, None, None)]
    plan = rows(tmp_path / "n.sqlite", "EXPLAIN QUERY PLAN SELECT * FROM drafts WHERE cell = 1 AND first_day > 2")
    assert "drafts_cell" in str(plan)
    assert rows(tmp_path / "n.sqlite", "SELECT draft, report_id FROM incident_reports") == [(f"{R.id}#0", R.id)]


def test_cells() -> None:
    assert cell_of(None, None) is None
    assert cell_of(-90, -180) == 0 and cell_of(90, 180) == 1800 * 3600 - 1
    assert cell_of(35.14, 44.45) == cell_of(35.1999, 44.4999) != cell_of(35.2, 44.45)
    assert cell_of(35.21, 44.45) == cell_of(35.14, 44.45) + 3600
    assert day_number(date(1970, 1, 2)) == 1 and day_number(None) is None


def test_a_view_holds_no_text_of_a_report(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        node.append([report_entry(report(text="A distinctive sentence."))])
    for table in sql.ENTRY_TABLES:
        assert "distinctive" not in str(rows(tmp_path / "n.sqlite", sql.select(table)))


def test_an_older_nodes_views_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "n.sqlite"
    with Node.open(path) as node:
        node.append([report_entry(R), coding_entry(coding(R)), NewEntry("gauge", "x", {"level": 3})])
        node.put_incidents([incident("i", f"{R.id}#0")])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("DROP TABLE drafts")
        db.execute("DROP TABLE incidents")
    with Node.open(path) as node:
        assert node.codings() == (coding(R),) and node.head().n == 3
        assert node.incidents() == () and node.incidents_stale()
    assert rows(path, "SELECT count(*) FROM drafts") == [(1,)]
