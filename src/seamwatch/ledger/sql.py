"""All SQL of the node in one place. Entries are for ever; views may be dropped and made again from them.

A change of the views raises `VIEWS_VERSION` (SQLite's ``user_version``): the next writer that opens an older node
rebuilds them. The tables `entries` and `meta` never change shape; a later step adds tables beside them.
"""

from __future__ import annotations

APPLICATION_ID = 0x5365616D  # "Seam": tells a node from any other SQLite file
VIEWS_VERSION = 4

ENTRIES = """
CREATE TABLE IF NOT EXISTS entries (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    bytes BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_kind ON entries (kind, n);
CREATE TRIGGER IF NOT EXISTS entries_stay_unchanged BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""

# Rows say where things are (n), not what they say: the text stays in the entry. Days are days since 1970-01-01.
ENTRY_VIEWS = """
CREATE TABLE reports (
    id TEXT PRIMARY KEY, n INTEGER NOT NULL, external_id TEXT, source TEXT NOT NULL, lang TEXT, day INTEGER
) WITHOUT ROWID;
CREATE TABLE codings (
    n INTEGER PRIMARY KEY, report_id TEXT NOT NULL, coder TEXT NOT NULL, digest BLOB NOT NULL, in_force INTEGER NOT NULL
);
CREATE INDEX codings_same ON codings (report_id, digest);
CREATE INDEX codings_in_force ON codings (n) WHERE in_force;
CREATE TABLE drafts (
    report_id TEXT NOT NULL, k INTEGER NOT NULL, n INTEGER NOT NULL, type TEXT NOT NULL,
    first_day INTEGER, last_day INTEGER, lat REAL, lon REAL, radius_km REAL, precision TEXT, cell INTEGER,
    PRIMARY KEY (report_id, k)
) WITHOUT ROWID;
CREATE INDEX drafts_cell ON drafts (cell, first_day);
CREATE TABLE statements (
    report_id TEXT NOT NULL, k INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL,
    speaker_office TEXT NOT NULL, speaker_org TEXT NOT NULL, about TEXT NOT NULL,
    PRIMARY KEY (report_id, k)
) WITHOUT ROWID;
CREATE TABLE rulings (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, left_draft TEXT NOT NULL, right_draft TEXT NOT NULL, role TEXT NOT NULL,
    field TEXT NOT NULL, value TEXT NOT NULL, undoes INTEGER
);
CREATE TABLE ratings (
    n INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, grade TEXT NOT NULL, role TEXT NOT NULL
);
CREATE INDEX reports_source ON reports (source);
"""

# Computed by merging, kept here so that readers need not merge; `data` is the whole incident as JSON. The tables
# merged_… are what the next merging needs of the last one (`shelf`). Key columns come first: SQLite 3.40's quick_check
# finds NULLs that are not there where they do not.
DERIVED_VIEWS = """
CREATE TABLE incidents (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, first_day INTEGER, last_day INTEGER,
    lat REAL, lon REAL, radius_km REAL, precision TEXT, cell INTEGER, data BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX incidents_cell ON incidents (cell, first_day);
CREATE INDEX incidents_day ON incidents (first_day);
CREATE TABLE incident_reports (
    incident_id TEXT NOT NULL, draft TEXT NOT NULL, report_id TEXT NOT NULL, PRIMARY KEY (incident_id, draft)
) WITHOUT ROWID;
CREATE INDEX incident_reports_report ON incident_reports (report_id);
CREATE INDEX incident_reports_draft ON incident_reports (draft);
CREATE TABLE merged_drafts (draft TEXT PRIMARY KEY, neighbourhood INTEGER NOT NULL, facts BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX merged_drafts_neighbourhood ON merged_drafts (neighbourhood);
CREATE TABLE merged_places (
    place INTEGER NOT NULL, first_day INTEGER NOT NULL, draft TEXT NOT NULL, last_day INTEGER NOT NULL,
    PRIMARY KEY (place, first_day, draft)
) WITHOUT ROWID;
CREATE TABLE merged_decisions (k INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""

ENTRY_TABLES = {
    "reports": ("id", "n", "external_id", "source", "lang", "day"),
    "codings": ("n", "report_id", "coder", "digest", "in_force"),
    "drafts": (
        *("report_id", "k", "n", "type", "first_day", "last_day"),
        *("lat", "lon", "radius_km", "precision", "cell"),
    ),
    "statements": ("report_id", "k", "n", "kind", "speaker_office", "speaker_org", "about"),
    "rulings": ("n", "kind", "left_draft", "right_draft", "role", "field", "value", "undoes"),
    "ratings": ("n", "kind", "about", "grade", "role"),
}
DERIVED_TABLES = {
    "incidents": (
        *("id", "type", "first_day", "last_day", "lat", "lon", "radius_km", "precision", "cell"),
        *("data",),
    ),
    "incident_reports": ("incident_id", "draft", "report_id"),
    "merged_drafts": ("draft", "neighbourhood", "facts"),
    "merged_places": ("place", "first_day", "draft", "last_day"),
    "merged_decisions": ("k", "data"),
}

ADD_ENTRY = "INSERT INTO entries (n, kind, subject, hash, bytes) VALUES (?, ?, ?, ?, ?)"
ENTRY = "SELECT n, kind, subject, hash, bytes FROM entries"
HEAD = "SELECT n, hash FROM entries ORDER BY n DESC LIMIT 1"
LOG = f"{ENTRY} ORDER BY n DESC LIMIT ?"
LOG_OF_KIND = f"{ENTRY} WHERE kind = ? ORDER BY n DESC LIMIT ?"
REPORT_ENTRIES = "SELECT e.n, e.kind, e.subject, e.hash, e.bytes FROM reports v JOIN entries e ON e.n = v.n"
SAME_CODING = """
SELECT n, kind, subject, hash, bytes FROM entries
WHERE n = (SELECT n FROM codings WHERE in_force AND report_id = ? AND digest = ?)
"""
CODINGS_IN_FORCE = (
    "SELECT e.n, e.kind, e.subject, e.hash, e.bytes FROM codings v JOIN entries e ON e.n = v.n WHERE v.in_force"
)
RULINGS = "SELECT e.n, e.kind, e.subject, e.hash, e.bytes FROM rulings v JOIN entries e ON e.n = v.n ORDER BY v.n"
RATINGS = "SELECT e.n, e.kind, e.subject, e.hash, e.bytes FROM ratings v JOIN entries e ON e.n = v.n ORDER BY v.n"
CODING_AT = """
SELECT max(n), (SELECT n FROM codings WHERE in_force AND report_id = :report)
FROM codings WHERE report_id = :report AND n < :n
"""
INCIDENTS = """
SELECT data FROM incidents
WHERE (:since IS NULL OR last_day >= :since) AND (:until IS NULL OR first_day <= :until)
ORDER BY first_day IS NULL, first_day, id
"""
NEAR = "SELECT draft FROM merged_places WHERE place = ? AND first_day BETWEEN ? AND ? AND last_day >= ?"
DRAFTS_OF = "SELECT draft FROM merged_drafts WHERE draft >= ? AND draft < ?"
CODED_SINCE = "SELECT report_id FROM codings WHERE in_force AND n > ?"
MERGED_AT = """
SELECT value FROM meta WHERE name = 'incidents_at' AND (SELECT value FROM meta WHERE name = 'merged_by') = ?
"""
PUT_META = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"
CHANGED_SINCE = """
SELECT count(*) FROM entries WHERE n > (SELECT coalesce(max(value), 0) FROM meta WHERE name = 'incidents_at')
AND kind IN ('report', 'coding', 'decision')
"""


def insert(table: str) -> str:
    """The statement that writes one row of a view."""
    columns = (ENTRY_TABLES | DERIVED_TABLES)[table]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def select(table: str, schema: str = "main") -> str:
    """The statement that reads every row of a view, columns in their order."""
    return f"SELECT {', '.join((ENTRY_TABLES | DERIVED_TABLES)[table])} FROM {schema}.{table}"  # noqa: S608


def count(table: str) -> str:
    """The statement that counts a view's rows."""
    return f"SELECT count(*) FROM {table}" if table in ENTRY_TABLES | DERIVED_TABLES else "SELECT 0"  # noqa: S608


def among(column: str, count: int) -> str:
    """A condition: the column is one of so many values."""
    return f"{column} IN ({', '.join('?' * count)})"
