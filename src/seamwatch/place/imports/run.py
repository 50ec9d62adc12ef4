"""One list into the user's gazetteer: in batches, resumable, with a clear word on each bad row."""

from __future__ import annotations

import csv
import glob
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seamwatch.clock import now
from seamwatch.errors import ConfigError, GazetteerError
from seamwatch.place.imports.geonames import COLUMNS, AlternateNames, GeonamesDump
from seamwatch.place.imports.ocha import VECTOR_FILES, OchaFile
from seamwatch.place.imports.opened import opened_text
from seamwatch.place.imports.records import Reader, Record, RowError
from seamwatch.place.imports.table import PlainTable
from seamwatch.place.imports.wof import WofFolder, WofSqlite, WofTable, geojson_files
from seamwatch.place.store import READY, Source, Store
from seamwatch.place.words import PlaceWords
from seamwatch.streams import Tick, batched, quiet

BATCH = 20_000  # records that become durable together
SHOWN = 10  # bad rows told one by one; the rest are counted
KINDS = ("geonames", "alternate-names", "wof", "ocha", "csv")
_DATABASES = (".sqlite", ".db", ".sqlite3")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. ``new`` is False where all of the file was in before; ``faults`` are the first bad rows."""

    source: Source
    new: bool
    faults: tuple[str, ...]
    bad: int


def import_file(
    path: Path,
    target: Path,
    words: PlaceWords,
    *,
    kind: str = "auto",
    country: str = "",
    name: str | None = None,
    licence: str | None = None,
    url: str | None = None,
    tick: Tick = quiet,
) -> Outcome:
    """Import a list into the gazetteer at ``target``; a list that was cut off goes on, one that is in changes nothing.

    ``country`` is the ISO code of places for which the list has none; ``name``, ``licence`` and ``url`` say of the
    source what is not the usual of its kind. Raises ConfigError for a file of no known kind, GazetteerError where it
    or the gazetteer cannot be read or written on.
    """
    kind = kind_of_file(path) if kind == "auto" else kind
    reader = reader_of(path, kind, country)
    with Store(target) as store:
        source = store.begin(
            _slug(path, kind),
            name or reader.title,
            kind,
            path.name,
            _digest(path, tick),
            licence or reader.licence,
            url or reader.url,
            now().isoformat().replace("+00:00", "Z"),
        )
        if source.state == READY:
            return Outcome(source, False, (), source.bad)
        faults: list[str] = []
        if source.state == "reading":
            try:
                source = _read(reader, path, store, source, faults, tick)
            except (ConfigError, GazetteerError):
                store.forget_unread(source)
                raise
        for state in store.index(source, words):
            source = state
            tick("indexing names", source.indexed, None)
        source = store.supersede(source)
    return Outcome(source, True, tuple(faults), source.bad)


def _read(reader: Reader, path: Path, store: Store, source: Source, faults: list[str], tick: Tick) -> Source:
    """All batches of a file from where its source stands; the first bad rows are added to ``faults``."""
    lists = [s.id for s in store.sources() if s.kind == "geonames" and s.state == READY]
    if source.kind == "alternate-names" and not lists:
        remedy = "import the country file or allCountries first"
        raise ConfigError("no places that these names could be of", where=path.name, remedy=remedy)
    for batch in batched(_from(reader, source.read), BATCH):
        records, wrong = _parsed(reader, batch, source.read + 1)
        source = store.append(source, records, read=len(batch), bad=len(wrong), lists=lists)
        faults += wrong[: SHOWN - len(faults)]
        tick(f"reading {path.name}", source.read, None)
    return source


def reader_of(path: Path, kind: str, country: str) -> Reader:
    """The reader of a file or folder. Raises ConfigError for an unknown kind."""
    if kind not in KINDS:
        raise ConfigError(f"kind {kind!r}", where=str(path), rule=f"auto, or one of {', '.join(KINDS)}")
    if not path.exists():
        raise ConfigError("no such file", where=str(path))
    readers: dict[str, Callable[[Path, str], Reader]] = {
        "geonames": GeonamesDump,
        "alternate-names": AlternateNames,
        "wof": WofFolder if path.is_dir() else WofSqlite if path.suffix in _DATABASES else WofTable,
        "ocha": OchaFile,
        "csv": PlainTable,
    }
    return readers[kind](path, country)


def kind_of_file(path: Path) -> str:
    """The kind of a list by its name and what it begins with. Raises ConfigError where neither tells."""
    if not path.exists():
        raise ConfigError("no such file", where=str(path))
    remedy = f"name it with --kind: {', '.join(KINDS)}"
    if path.is_dir():
        if not geojson_files(path):
            raise ConfigError("no GeoJSON in this folder", where=str(path), remedy=remedy)
        return "wof"
    ends = [s.lower() for s in path.suffixes]
    if path.suffix.lower() in _DATABASES:
        return "wof"
    if path.suffix.lower() in VECTOR_FILES or {".geojson", ".json"} & set(ends):
        return "ocha"
    with opened_text(path) as lines:
        first = lines.readline(1 << 16)
    if not first.strip():
        raise ConfigError("begins with an empty line, or is empty", where=str(path), remedy="fetch the file again")
    columns = first.rstrip("\r\n").split("\t")
    if len(columns) == COLUMNS and columns[0].isdecimal():
        return "geonames"
    if len(columns) >= 4 and columns[0].isdecimal() and columns[1].isdecimal():
        return "alternate-names"
    header = next(csv.reader([first]), [])
    if {"id", "placetype"} <= set(header):
        return "wof"
    if any(mark in first for mark in ",;\t|"):
        return "csv"
    raise ConfigError("of no kind that we know", where=str(path), remedy=remedy)


def _from(reader: Reader, start: int) -> Iterator[Any]:
    """The reader's records after the first ``start``."""
    records = iter(reader.records())
    for _ in range(start):
        next(records, None)
    yield from records


def _parsed(reader: Reader, batch: list[Any], first: int) -> tuple[list[Record], list[str]]:
    records: list[Record] = []
    faults: list[str] = []
    for number, raw in enumerate(batch, first):
        try:
            record = reader.parse(raw)
        except RowError as error:
            faults.append(f"record {number}: {error}")
            continue
        if record is not None:
            records.append(record)
    return records, faults


def _slug(path: Path, kind: str) -> str:
    return f"{kind}:{path.name.split('.')[0].strip()}"


def _digest(path: Path, tick: Tick) -> str:
    """SHA-256 over a file's content; over all of a list's files with their names, where it has several."""
    digest, done = hashlib.sha256(), 0
    try:
        files = _files(path)
        for file in files:
            if len(files) > 1:
                digest.update(f"{file.relative_to(path.parent)}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as handle:
                while chunk := handle.read(1 << 22):
                    digest.update(chunk)
                    done += len(chunk)
                    tick("checking the file", done >> 20, None)
    except OSError as error:
        raise GazetteerError(f"cannot be read: {error.strerror}", where=str(path)) from error
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    """The files that a list is made of: a folder's GeoJSON, a shapefile with its tables, else the one."""
    if path.is_dir():
        return geojson_files(path)
    if path.suffix.lower() == ".shp":
        return sorted(path.parent.glob(f"{glob.escape(path.stem)}.*"))
    return [path]
