"""No field for a private person, a track or a unit's position in the node's schema or in what entries hold."""

import dataclasses
import re
import sqlite3

from seamwatch.ledger import kinds, sql

FORBIDDEN = re.compile(
    r"person|victim|perpetrator|first_?name|last_?name|surname|full_?name|\bname\b|birth|\bage\b|gender|ethnic|relig|"
    r"phone|e?mail|passport|photo|face|address|track|heading|speed|unit_?position|live|officer|user"
)


def columns() -> list[str]:
    db = sqlite3.connect(":memory:")
    db.executescript(sql.ENTRIES + sql.ENTRY_VIEWS + sql.DERIVED_VIEWS)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = [f"{table}.{row[1]}" for table in tables for row in db.execute(f"PRAGMA table_info({table})")]
    db.close()
    return found


def test_no_column_can_hold_a_private_person_a_track_or_a_unit_position() -> None:
    assert len(columns()) > 45
    assert [c for c in columns() if FORBIDDEN.search(c) and c != "meta.name"] == []


def test_the_law_above_would_see_one() -> None:
    for name in ("reports.victim", "drafts.unit_position", "incidents.track", "rulings.officer", "reports.name"):
        assert FORBIDDEN.search(name)


def test_the_columns_checked_are_the_columns_written() -> None:
    declared = {f"{t}.{c}" for t, names in (sql.ENTRY_TABLES | sql.DERIVED_TABLES).items() for c in names}
    assert declared == {c for c in columns() if not c.startswith(("entries.", "meta."))}


def test_nor_can_a_field_of_an_entrys_body() -> None:
    for kind in (kinds.Ruling, kinds.Rating, kinds.BriefMade, kinds.ImportMade):
        assert [f.name for f in dataclasses.fields(kind) if FORBIDDEN.search(f.name)] == []
