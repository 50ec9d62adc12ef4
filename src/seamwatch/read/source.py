"""One door for whatever a user names: a folder, a file, or the address of a feed or page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from seamwatch.errors import ConfigError
from seamwatch.read.dispatch import read_file
from seamwatch.read.folder import read_folder
from seamwatch.read.given import Outcome
from seamwatch.read.url import read_url


def read_source(source: str | Path, utc_offset_hours: float = 0.0) -> Iterator[Outcome]:
    """The reports of a folder, a file, or (only if the user names one) an http or https address.

    Raises ConfigError where nothing of that name exists.
    """
    if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
        return read_url(source, pack_utc_offset=utc_offset_hours)
    if not str(source):
        raise ConfigError("got an empty name", where="source", rule="a folder, a file or an address", remedy="name one")
    path = Path(source)
    if path.is_dir():
        return read_folder(path, pack_utc_offset=utc_offset_hours)
    if path.exists():
        return read_file(path, utc_offset_hours=utc_offset_hours)
    raise ConfigError("there is no such folder or file", where=str(path), remedy="check the name, or quote its spaces")
