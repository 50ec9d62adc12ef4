"""Files of lists as text lines, plain, gzipped or zipped, in the encoding they are in."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from seamwatch.errors import GazetteerError
from seamwatch.read.decode import SAMPLE, guess_encoding

_CHUNK = 1 << 16


@contextmanager
def unbroken(path: Path) -> Iterator[None]:
    """What goes wrong while a file is read, as GazetteerError."""
    try:
        yield
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, UnicodeError, csv.Error, sqlite3.Error) as error:
        remedy = "mend the file or fetch it again, and import that"
        raise GazetteerError(f"cannot be read on: {error}", where=str(path), remedy=remedy) from error


@contextmanager
def opened_bytes(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file: of the largest member of a zip, of what a gzip holds."""
    with unbroken(path):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                members = [m for m in archive.infolist() if not m.is_dir() and "readme" not in m.filename.lower()]
                if not members:
                    raise zipfile.BadZipFile("the zip is empty")
                with archive.open(max(members, key=lambda m: m.file_size)) as handle:
                    yield handle  # type: ignore[misc]
        elif path.suffix == ".gz":
            with gzip.open(path) as handle:
                yield handle  # type: ignore[misc]
        else:
            with path.open("rb") as handle:
                yield handle


@contextmanager
def opened_text(path: Path, encoding: str | None = None) -> Iterator[TextIO]:
    """The text of a file, line ends as they are; ``encoding`` is guessed from its beginning where it is not given.

    Letters that cannot be read become U+FFFD.
    """
    if encoding is None:
        with opened_bytes(path) as handle:
            encoding, mark = guess_encoding(handle.read(SAMPLE))
        if encoding is None:
            raise GazetteerError("no text", where=str(path), rule="a list is a text file, plain, .gz or .zip")
        if mark:
            encoding = "utf-8-sig" if encoding == "utf-8" else encoding[:6]  # these take the mark off
    with opened_bytes(path) as handle, unbroken(path):
        yield io.TextIOWrapper(handle, encoding, errors="replace", newline="")


def features(path: Path) -> Iterator[dict[str, Any]]:
    """The features of a GeoJSON collection one by one, whatever the size. Raises GazetteerError where it breaks."""
    decoder = json.JSONDecoder()
    with opened_text(path) as text, unbroken(path):
        buffer, at = text.read(_CHUNK), 0
        while (begin := buffer.find('"features"')) < 0 or "[" not in buffer[begin:]:
            if not (more := text.read(_CHUNK)):
                raise GazetteerError("no features", where=str(path), rule="a GeoJSON FeatureCollection")
            buffer += more
        at = buffer.index("[", begin) + 1
        while True:
            while at < len(buffer) and buffer[at] in " \t\r\n,":
                at += 1
            if at < len(buffer) and buffer[at] == "]":
                return
            try:
                feature, at = decoder.raw_decode(buffer, at)
                yield feature
            except json.JSONDecodeError as error:
                more = text.read(max(_CHUNK, len(buffer) - at))
                if not more:
                    told = "ends in the middle of a feature" if at < len(buffer) or not buffer else "ends too early"
                    raise GazetteerError(told, where=str(path), rule="whole GeoJSON") from error
                buffer, at = buffer[at:] + more, 0
