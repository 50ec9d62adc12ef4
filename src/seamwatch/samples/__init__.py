"""The sample story: thirty-three invented reports in the formats that reports come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def story() -> Iterator[Path]:
    """The story's folder, on disk also where the package is zipped."""
    with as_file(files("seamwatch.samples") / "story") as folder:
        yield folder
