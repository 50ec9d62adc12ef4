"""The MUC texts and keys in ../shared/data/muc (others' data)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "muc"
FOLDS = ("train", "dev")

Rows = dict[str, Any]  # by docid


def present() -> bool:
    """Whether ../shared/data/muc is there."""
    return (FOLDER / "texts_train.jsonl.gz").exists()


def texts(fold: str) -> dict[str, str]:
    """Text by docid of a fold."""
    return {docid: row["text"] for docid, row in _rows("texts", fold)}


def keys(fold: str) -> Rows:
    """Templates of the 24-slot answer keys, by docid."""
    return {docid: row["templates"] for docid, row in _rows("keys", fold)}


def gtt(fold: str) -> Rows:
    """Templates of the five-role gold, by docid."""
    return {docid: row["templates"] for docid, row in _rows("gtt", fold)}


def _rows(kind: str, fold: str) -> Iterator[tuple[str, Any]]:
    if fold not in FOLDS:
        raise ValueError(f"no fold {fold!r}: one of {', '.join(FOLDS)}")
    with gzip.open(FOLDER / f"{kind}_{fold}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["docid"], row
