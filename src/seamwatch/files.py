"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from seamwatch.errors import ConfigError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file to write: it appears under its name when all of it is written, and leaves nothing where that fails.

    What is no plain file (a pipe, /dev/stdout) is written straight. Raises OSError that names ``path``.
    """
    target = path.resolve() if path.is_symlink() else path
    part = target if target.exists() and not target.is_file() else target.with_name(f".{target.name[:200]}.part")
    try:
        with part.open("wb") as handle:
            yield handle
        if part is not target:
            part.replace(target)
    except BaseException as error:
        if part is not target:
            with suppress(OSError):
                part.unlink()
        if isinstance(error, OSError) and error.errno and error.filename in (None, str(part)):
            raise OSError(error.errno, os.strerror(error.errno), str(path)) from error
        raise


def not_the_same(source: Path, target: Path) -> None:
    """Raise ConfigError where writing ``target`` would overwrite ``source``."""
    if target.exists() and target.samefile(source):
        rule = "the output is another file than the input"
        raise ConfigError("would be overwritten", where=str(source), rule=rule, remedy="give -o another name")
