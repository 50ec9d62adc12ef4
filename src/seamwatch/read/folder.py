"""A folder of reports: which files are read, which are passed over, in an order that is always the same."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seamwatch.errors import ReadError
from seamwatch.read.dispatch import printable, read_file
from seamwatch.read.given import Outcome

TEMPORARY_STARTS = ("~$", ".")
TEMPORARY_ENDS = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".lock", "~")
SQLITE_ENDS = ("", "-wal", "-shm", "-journal")
SYSTEM_NAMES = frozenset(("thumbs.db", "desktop.ini", "__macosx"))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds: files to read, names passed over (hidden, temporary, loops), and what cannot be entered."""

    root: Path
    files: tuple[Path, ...] = ()
    skipped: tuple[str, ...] = ()
    errors: tuple[ReadError, ...] = ()

    def origin(self, path: Path) -> str:
        """A file's path in the folder, as reports carry it."""
        return printable(path.relative_to(self.root).as_posix()) if path != self.root else printable(path.name)


def list_folder(path: Path | str, *, node: Path | None = None) -> Listing:
    """The files below a folder (or the one file that is named), sorted by name at each level. Raises nothing.

    Links to folders are followed once; a folder already seen is passed over, so a loop ends. A ``node`` that lies in
    the folder is passed over with the files that SQLite keeps beside it.
    """
    root = Path(path)
    own = {f"{node.resolve()}{end}" for end in SQLITE_ENDS} if node else set()
    try:
        if not root.is_dir():
            if root.exists():
                return Listing(root, (root,))
            error = ReadError("not found", where=printable(root), rule="a folder or file", remedy="check the path")
            return Listing(root, errors=(error,))
    except OSError as error:
        return Listing(root, errors=(_error(root, error),))
    files: list[Path] = []
    skipped: list[str] = []
    errors: list[ReadError] = []
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            if _known(folder, seen):
                skipped.append(printable(folder.relative_to(root)))
                continue
            inside = sorted(folder.iterdir(), key=lambda p: os.fsencode(p.name))
        except OSError as error:
            errors.append(_error(folder, error))
            continue
        below: list[Path] = []
        for entry in inside:
            if is_passed_over(entry.name) or (own and str(folder.resolve() / entry.name) in own):
                skipped.append(printable(entry.relative_to(root)))
            elif _is_folder(entry):
                below.append(entry)
            else:
                files.append(entry)
        waiting.extend(reversed(below))
    return Listing(root, tuple(files), tuple(skipped), tuple(errors))


def is_passed_over(name: str) -> bool:
    """Whether a name is that of a hidden, temporary or system file."""
    lower = name.lower()
    return lower.startswith(TEMPORARY_STARTS) or lower.endswith(TEMPORARY_ENDS) or lower in SYSTEM_NAMES


def read_listing(listing: Listing, *, pack_utc_offset: float = 0.0) -> Iterator[Outcome]:
    """Everything in the files of a listing, in their order."""
    yield from listing.errors
    for path in listing.files:
        yield from read_file(path, origin=listing.origin(path), utc_offset_hours=pack_utc_offset)


def read_folder(path: Path | str, *, pack_utc_offset: float = 0.0) -> Iterator[Outcome]:
    """Everything in the files below a folder: reports, and an error for each thing that cannot be read. Raises nothing.

    ``pack_utc_offset`` is the area's clock in hours from UTC, for times that carry no zone.
    """
    yield from read_listing(list_folder(path), pack_utc_offset=pack_utc_offset)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # reading it as a file tells what is wrong


def _known(folder: Path, seen: set[tuple[int, int]]) -> bool:
    found = folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        return True
    mark = (found.st_dev, found.st_ino)
    if mark in seen:
        return True
    seen.add(mark)
    return False


def _error(path: Path, error: OSError) -> ReadError:
    what = error.strerror or type(error).__name__
    return ReadError(what, where=printable(path), rule="a folder that can be entered", remedy="check its permissions")
