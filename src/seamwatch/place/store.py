"""The user's own gazetteer: one SQLite file that imports fill and `seamwatch.place.imported` reads.

A batch of rows and the count of records read stand in one transaction: killed at any moment, a second run goes on
where the first stood, and no row is there twice. A source is looked up only when all of it is in and indexed.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from seamwatch.errors import ConfigError, GazetteerError
from seamwatch.place.imports.records import AreaRow, NameRow, PlaceRow, Record
from seamwatch.place.names import FORMS, consonants, fold, key
from seamwatch.place.words import PlaceWords, folded_words, kind_heads, starts_with

SCHEMA = 2
VARIABLE = "SEAMWATCH_GAZETTEER"
NONE = "none"  # its value where nothing imported is to be used
CACHE_MB = 256
INDEX_CHUNK = 400_000  # names indexed in one transaction
READY = "ready"
_CEDILLA = re.compile("[zZ]\u0327")

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, file TEXT NOT NULL,
    sha256 TEXT NOT NULL, licence TEXT NOT NULL, url TEXT NOT NULL, imported_at TEXT NOT NULL, state TEXT NOT NULL,
    read INTEGER NOT NULL DEFAULT 0, indexed INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0,
    names INTEGER NOT NULL DEFAULT 0, areas INTEGER NOT NULL DEFAULT 0, bad INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, ref NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT NOT NULL, governorate TEXT NOT NULL, district TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    population INTEGER NOT NULL, radius_km REAL
);
CREATE UNIQUE INDEX place_ref ON place (source, ref);
CREATE TABLE spelling (
    id INTEGER PRIMARY KEY, place INTEGER NOT NULL, source INTEGER NOT NULL, lang TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE form (form TEXT, country TEXT, spelling INTEGER, PRIMARY KEY (form, country, spelling)) WITHOUT ROWID;
CREATE TABLE consonants (
    country TEXT, bones TEXT, form TEXT, spelling INTEGER, PRIMARY KEY (country, bones, form, spelling)
) WITHOUT ROWID;
CREATE TABLE area (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, ref NOT NULL, name TEXT NOT NULL, names TEXT NOT NULL,
    level INTEGER NOT NULL, country TEXT NOT NULL, parent TEXT NOT NULL, claimant TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, west REAL, south REAL, east REAL, north REAL, shape BLOB NOT NULL,
    UNIQUE (source, ref)
);
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A list that was imported, or is half-way in (``state`` "reading" or "indexing", else "ready").

    ``read`` counts the records taken from the file, ``bad`` those that could not be used.
    """

    id: int
    slug: str
    name: str
    kind: str
    file: str
    sha256: str
    licence: str
    url: str
    imported_at: str
    state: str
    read: int
    indexed: int
    rows: int
    names: int
    areas: int
    bad: int


def user_gazetteer() -> Path:
    """The user's gazetteer: the file that SEAMWATCH_GAZETTEER names, else the one in the user's data folder."""
    named = os.environ.get(VARIABLE, "")
    if named not in ("", NONE):
        return Path(named).expanduser()
    return user_data_path("seamwatch", appauthor=False) / "gazetteer.sqlite"


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, with what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        told = str(error)
        if "full" in told or "I/O" in told:
            remedy = "free some space and run the same import again: it goes on where it stood"
        elif "locked" in told:
            remedy = "another import is writing to it; wait for it"
        else:
            remedy = "is the folder there, and can you write to it?"
        raise GazetteerError(told, where=str(path), remedy=remedy) from error
    except sqlite3.DatabaseError as error:
        remedy = "name your gazetteer's own file with --gazetteer; if it is this one and broken, import into a new one"
        raise GazetteerError(f"no gazetteer: {error}", where=str(path), remedy=remedy) from error


def check_versions(db: sqlite3.Connection, path: Path) -> None:
    """Raise GazetteerError where the file is no gazetteer, or one of other tables or normal forms than ours."""
    found = dict(db.execute("SELECT key, value FROM meta"))
    if found.get("schema") != SCHEMA:
        told, remedy = found.get("schema"), "import the lists again into a new file"
        raise GazetteerError(f"tables of version {told}", where=str(path), rule=f"version {SCHEMA}", remedy=remedy)
    if found.get("forms") != FORMS:
        raise GazetteerError(
            f"names indexed by forms of version {found.get('forms')}",
            where=str(path),
            rule=f"version {FORMS}",
            remedy="run: seamwatch gazetteer reindex",
        )


class Store:
    """The file, open for writing. Every method is one transaction."""

    def __init__(self, path: Path, *, any_forms: bool = False) -> None:
        self.path = path
        with guarded(path):
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise GazetteerError(str(error), where=str(path), remedy="name another with --gazetteer") from error
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._db.execute(f"PRAGMA cache_size = -{CACHE_MB * 1024}")
                with self._write():
                    if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
                        for statement in filter(str.strip, _TABLES.split(";")):
                            self._db.execute(statement)
                        versions = [("schema", SCHEMA), ("forms", FORMS)]
                        self._db.executemany("INSERT INTO meta VALUES (?, ?)", versions)
                if not any_forms:
                    check_versions(self._db, path)
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, and leave it as one file, so that it can be read from where nothing can be written."""
        try:
            self._db.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            pass  # somebody reads it; the next to close does it
        finally:
            self._db.close()

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def sources(self) -> tuple[Source, ...]:
        """All sources, oldest first."""
        with guarded(self.path):
            return sources(self._db)

    def begin(self, slug: str, name: str, kind: str, file: str, sha256: str, licence: str, url: str, at: str) -> Source:
        """The source that an import of this file fills: the one begun or finished earlier, else a new one."""
        with guarded(self.path), self._write() as db:
            held = next((s for s in sources(db) if s.sha256 == sha256 and s.kind == kind), None)
            if held:
                return held
            taken = {s.slug for s in sources(db)}
            slug = next(s for n in range(1, len(taken) + 2) if (s := slug if n == 1 else f"{slug}-{n}") not in taken)
            db.execute(
                "INSERT INTO source (slug, name, kind, file, sha256, licence, url, imported_at, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'reading')",
                (slug, name, kind, file, sha256, licence, url, at),
            )
            return next(s for s in sources(db) if s.slug == slug)

    def append(self, source: Source, records: Sequence[Record], *, read: int, bad: int, lists: Sequence[int]) -> Source:
        """Keep one batch: ``read`` records of the file were taken for it, ``bad`` of them in vain.

        ``lists`` are the sources whose places a `NameRow` may mean. Raises GazetteerError where another process has
        moved the source on meanwhile.
        """
        with guarded(self.path), self._write() as db:
            moved = db.execute(
                "UPDATE source SET read = read + ?, bad = bad + ? WHERE id = ? AND read = ? AND state = 'reading'",
                (read, bad, source.id, source.read),
            ).rowcount
            if not moved:
                raise GazetteerError("another import of the same file goes on", where=str(self.path), remedy="wait")
            places = [r for r in records if isinstance(r, PlaceRow)]
            names = _put_places(db, source.id, places)
            names += _put_names(db, source.id, [r for r in records if isinstance(r, NameRow)], lists)
            areas = _put_areas(db, source.id, [r for r in records if isinstance(r, AreaRow)])
            db.execute(
                "UPDATE source SET names = names + ?, areas = areas + ?, rows = rows + ? WHERE id = ?",
                (names, areas, len(places), source.id),
            )
            return _source(db, source.id)

    def forget_unread(self, source: Source) -> None:
        """Drop a source of which nothing was read: a file that cannot be used leaves no half import behind."""
        with guarded(self.path), self._write() as db:
            db.execute("DELETE FROM source WHERE id = ? AND read = 0 AND state = 'reading'", (source.id,))

    def supersede(self, source: Source) -> Source:
        """Have a ready source stand in the place of those that were read from a file of its name, and bear their id."""
        with guarded(self.path), self._write() as db:
            old = [s for s in sources(db) if s.file == source.file and s.kind == source.kind and s.id != source.id]
            for one in old:
                _remove(db, one)
            if old:
                db.execute("UPDATE source SET slug = ? WHERE id = ?", (old[0].slug, source.id))
            return _source(db, source.id)

    def remove(self, slug: str) -> Source:
        """Take a source out, with the names that other lists added to its places. Raises ConfigError for none of it."""
        with guarded(self.path), self._write() as db:
            held = {s.slug: s for s in sources(db)}
            if slug not in held:
                told = ", ".join(held) or "none is loaded"
                raise ConfigError(f"no source {slug!r}", where=str(self.path), rule=f"one of: {told}")
            _remove(db, held[slug])
            return held[slug]

    def reindex(self, words: PlaceWords) -> Iterator[Source]:
        """Index all names anew, by the forms of this version. Cut off, a second call goes on."""
        with guarded(self.path), self._write() as db:
            (forms,) = db.execute("SELECT value FROM meta WHERE key = 'forms'").fetchone()
            if forms != FORMS:
                db.execute("DELETE FROM form")
                db.execute("DELETE FROM consonants")
                db.execute("UPDATE source SET indexed = 0, state = 'indexing' WHERE state <> 'reading'")
                db.execute("UPDATE meta SET value = ? WHERE key = 'forms'", (FORMS,))
        for source in self.sources():
            if source.state == "indexing":
                yield from self.index(source, words)

    def index(self, source: Source, words: PlaceWords) -> Iterator[Source]:
        """Index a source's names a chunk at a time, each one transaction, and then make it ready."""
        while source.state != READY:
            with guarded(self.path), self._write() as db:
                rows = db.execute(
                    "SELECT s.id, s.text, p.country, s.place FROM spelling s JOIN place p ON p.id = s.place "
                    "WHERE s.id > ? AND s.source = ? ORDER BY s.id LIMIT ?",
                    (source.indexed, source.id, INDEX_CHUNK),
                ).fetchall()
                forms, bones = _indexed(rows, words)
                db.executemany("INSERT OR IGNORE INTO form VALUES (?, ?, ?)", forms)
                db.executemany("INSERT OR IGNORE INTO consonants VALUES (?, ?, ?, ?)", bones)
                last, state = (rows[-1][0], "indexing") if rows else (source.indexed, READY)
                db.execute("UPDATE source SET indexed = ?, state = ? WHERE id = ?", (last, state, source.id))
                source = _source(db, source.id)
            yield source


def sources(db: sqlite3.Connection) -> tuple[Source, ...]:
    """The table of sources."""
    return tuple(Source(*row) for row in db.execute("SELECT * FROM source ORDER BY id"))


def _source(db: sqlite3.Connection, ident: int) -> Source:
    """One row of it."""
    return Source(*db.execute("SELECT * FROM source WHERE id = ?", (ident,)).fetchone())


def _remove(db: sqlite3.Connection, source: Source) -> None:
    mine = "SELECT id FROM spelling WHERE source = ? OR place IN (SELECT id FROM place WHERE source = ?)"
    for table in ("form", "consonants"):
        db.execute(f"DELETE FROM {table} WHERE spelling IN ({mine})", (source.id, source.id))  # noqa: S608 - fixed texts
    db.execute(f"DELETE FROM spelling WHERE id IN ({mine})", (source.id, source.id))  # noqa: S608
    for table in ("place", "area"):
        db.execute(f"DELETE FROM {table} WHERE source = ?", (source.id,))  # noqa: S608
    db.execute("DELETE FROM source WHERE id = ?", (source.id,))


def _put_places(db: sqlite3.Connection, source: int, places: Sequence[PlaceRow]) -> int:
    """Places with their names. A place that the list has twice keeps its first row, and the names of both."""
    (first,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM place").fetchone()
    put = db.executemany(
        "INSERT OR IGNORE INTO place (id, source, ref, name, kind, lat, lon, country, governorate, district, "
        "population, radius_km) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(n, source, p.ref, p.name, p.kind, p.lat, p.lon, p.country, p.governorate, p.district, p.population),
                p.radius_km,
            )
            for n, p in enumerate(places, first)
        ],
    ).rowcount
    ids: Iterable[int] = range(first, first + len(places))
    if put != len(places):
        find = "SELECT id FROM place WHERE source = ? AND ref = ?"
        ids = [db.execute(find, (source, p.ref)).fetchone()[0] for p in places]
    spelled = [
        (place, source, lang, text)
        for place, row in zip(ids, places, strict=True)
        for text, lang in ({text: lang for lang, text in reversed(row.names)} | {row.name: ""}).items()
    ]
    db.executemany("INSERT INTO spelling (place, source, lang, text) VALUES (?, ?, ?, ?)", spelled)
    return len(spelled)


def _put_names(db: sqlite3.Connection, source: int, names: Sequence[NameRow], lists: Sequence[int]) -> int:
    spelled = [
        (place, source, row.lang, row.name)
        for row in names
        for held in lists
        for (place,) in db.execute("SELECT id FROM place WHERE source = ? AND ref = ?", (held, row.ref))
    ]
    db.executemany("INSERT INTO spelling (place, source, lang, text) VALUES (?, ?, ?, ?)", spelled)
    return len(spelled)


def _put_areas(db: sqlite3.Connection, source: int, areas: Sequence[AreaRow]) -> int:
    """Areas; one that the list has twice keeps its first row."""
    return db.executemany(
        "INSERT OR IGNORE INTO area (source, ref, name, names, level, country, parent, claimant, valid_from, "
        "valid_to, west, south, east, north, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(source, a.ref, a.name, json.dumps(a.names, ensure_ascii=False), a.level, a.country, a.parent),
                *(a.claimant, a.valid_from, a.valid_to, *a.box, a.shape),
            )
            for a in areas
        ],
    ).rowcount


def _indexed(
    rows: Sequence[tuple[int, str, str, int]], words: PlaceWords
) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, str, int]]]:
    """Entries of the two indexes, in their own order, which is many times as fast to insert."""
    forms: set[tuple[str, str, int]] = set()
    bones: set[tuple[str, str, str, int]] = set()
    seen, place = set[str](), -1
    for spelling, text, country, of in rows:
        if of != place:
            seen, place = set(), of
        for form in forms_of(text, words):
            forms.add((form, country, spelling))
            if form not in seen:  # of a place's names that sound alike, one is enough
                seen.add(form)
                bones.add((country, consonants(form), form, spelling))
    return sorted(forms), sorted(bones)


def forms_of(name: str, words: PlaceWords) -> tuple[str, ...]:
    """The loose forms that a name is found by.

    Its own, that without the word for its kind before it, and where it is written in GeoNames' way with z and cedilla,
    that with dh, as others write the letter.
    """
    forms = [key.__wrapped__(name)]
    first, _, rest = name.replace("-", " ").partition(" ")
    if rest and fold(first) in kind_heads(words):
        written = [first, *rest.split()]
        told = starts_with(folded_words(" ".join(written[:4])), words.kinds)
        if told and told[0] < len(written):
            forms.append(key.__wrapped__(" ".join(written[told[0] :])))
    if not name.isascii() and (plain := _CEDILLA.sub("dh", name)) != name:
        forms += forms_of(plain, words)
    return tuple(dict.fromkeys(forms))
