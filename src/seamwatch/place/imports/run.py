"""One list into the user's gazetteer: in batches, resumable, with a clear word on each bad row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seamwatch.clock import now
from seamwatch.errors import ConfigError
from seamwatch.place.imports.records import Reader, Record, RowError
from seamwatch.place.imports.wof import WofTable, opened
from seamwatch.place.store import READY, Source, Store
from seamwatch.place.words import PlaceWords
from seamwatch.streams import Tick, batched, quiet

BATCH = 20_000  # records that become durable together
SHOWN = 10  # bad rows told one by one; the rest are counted
READERS: dict[str, Callable[[Path, str], Reader]] = {"wof": WofTable}
KINDS = tuple(READERS)


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
    reader = READERS[kind](path, country)
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
        lists = [s.id for s in store.sources() if s.kind == "geonames"]
        if source.state == "reading":
            for batch in batched(_from(reader, source.read), BATCH):
                records, wrong = _parsed(reader, batch, source.read + 1)
                source = store.append(source, records, read=len(batch), bad=len(wrong), lists=lists)
                faults += wrong[: SHOWN - len(faults)]
                tick(f"reading {path.name}", source.read, None)
        for state in store.index(source, words):
            source = state
            tick("indexing names", source.indexed, None)
    return Outcome(source, True, tuple(faults), source.bad)


def kind_of_file(path: Path) -> str:
    """The kind of a list by its name and what it begins with. Raises ConfigError where neither tells."""
    if not path.exists():
        raise ConfigError("no such file", where=str(path))
    with opened(path) as lines:
        header = next(csv.reader(lines), [])
    if {"id", "placetype"} <= set(header):
        return "wof"
    raise ConfigError("of no kind that we know", where=str(path), remedy=f"name it with --kind: {', '.join(KINDS)}")


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
    return f"{kind}:{path.name.split('.')[0]}"


def _digest(path: Path, tick: Tick) -> str:
    """SHA-256 over a file's content."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 22):
            digest.update(chunk)
            done += len(chunk)
            tick("checking the file", done >> 20, None)
    return digest.hexdigest()
