"""The score board: every forecast is kept as it was made, and scored by itself once its months are over.

A folder holds for each forecast its card (``NAME.json``: what was asked, of which data, by which rules), its draws
(``NAME.parquet``), and the scores that it was given since (``scores/NAME_….json``, a file each time). Nothing is ever
rewritten: a table of events that was revised gives a further score, and the former stands beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from platformdirs import user_data_path

from seamwatch import __version__
from seamwatch.clock import now
from seamwatch.errors import ConfigError, ReadError
from seamwatch.files import whole_file
from seamwatch.forecast.task import Panel

VARIABLE, NONE = "SEAMWATCH_FORECASTS", "none"
BENCHMARK_MONTHS = 12  # what conflictology 12 draws from
_SCORES = "scores"
COLUMNS = ("priogrid_gid", "month_id", "draw", "outcome")


@dataclass(frozen=True, slots=True)
class Card:
    """What a stored forecast is. ``name`` is that of its files; ``made_at`` UTC, ISO 8601.

    ``cells`` are PRIO-GRID gids and ``months`` month_ids, in the order of the draws. ``count``, ``violence`` (None:
    all) and ``coarse`` say what is counted and how, as in `panel.grid_panel`. ``sha256`` is that of the file (or node's
    table) it was made from, ``pool_sha256`` that of the further events. ``recent`` has a row a cell: its counts of
    the last BENCHMARK_MONTHS months known, so that the benchmark of that day can be drawn whatever is revised later.
    ``kind`` is the kind of table ("ucdp", "acled", "own", "node"): a forecast is scored by a truth of its own kind.
    ``draws_sha256`` is that of the file of draws.
    """

    name: str
    made_at: str
    as_of: str
    lag_days: int
    model: str
    seed: int
    n_draws: int
    count: str
    violence: str | None
    coarse: str
    months: tuple[int, ...]
    cells: tuple[int, ...]
    data: str
    kind: str
    sha256: str
    pool_sha256: str
    version: str
    recent: tuple[tuple[int, ...], ...]
    draws_sha256: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A forecast on the board: its card, its scores so far (oldest first), and the folder it lies in."""

    card: Card
    scores: tuple[Mapping[str, Any], ...]
    folder: Path

    def draws(self) -> NDArray[np.int32]:
        """Shape (cells, months, draws). Raises ReadError where the file is missing or was altered."""
        path = self.folder / f"{self.card.name}.parquet"
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ReadError(error.strerror or str(error), where=str(path), rule="each card has its draws") from error
        if hashlib.sha256(raw).hexdigest() != self.card.draws_sha256:
            rule = "a stored forecast is not altered"
            raise ReadError("altered", where=str(path), rule=rule, remedy="take it from a backup, or delete its card")
        frame = pl.read_parquet(io.BytesIO(raw)).sort("draw")
        shape = len(self.card.cells), len(self.card.months), self.card.n_draws
        ranks = {name: {v: n for n, v in enumerate(getattr(self.card, name))} for name in ("cells", "months")}
        cell = frame["priogrid_gid"].replace_strict(ranks["cells"], return_dtype=pl.Int64).to_numpy()
        month = frame["month_id"].replace_strict(ranks["months"], return_dtype=pl.Int64).to_numpy()
        found = np.empty(shape, dtype=np.int32)
        found[cell, month, frame["draw"].to_numpy()] = frame["outcome"].to_numpy()
        return found


def draws_frame(cells: Sequence[int], months: Sequence[int], draws: NDArray[np.int32]) -> pl.DataFrame:
    """Draws of shape (cells, months, draws) as rows of COLUMNS, all int32: the form that VIEWS asks for."""
    n_cells, n_months, n_draws = draws.shape
    return pl.DataFrame(
        {
            "priogrid_gid": np.repeat(np.asarray(cells, dtype=np.int32), n_months * n_draws),
            "month_id": np.tile(np.repeat(np.asarray(months, dtype=np.int32), n_draws), n_cells),
            "draw": np.tile(np.arange(n_draws, dtype=np.int32), n_cells * n_months),
            "outcome": draws.astype(np.int32).ravel(),
        }
    )


def board_folder() -> Path | None:
    """Where forecasts are kept: what SEAMWATCH_FORECASTS names (``none``: nowhere), else in the user's data folder."""
    named = os.environ.get(VARIABLE, "")
    if named == NONE:
        return None
    return Path(named).expanduser() if named else user_data_path("seamwatch", appauthor=False) / "forecasts"


def store(
    folder: Path,
    panel: Panel,
    months: Sequence[int],
    draws: NDArray[np.int32],
    *,
    as_of: date,
    lag_days: int,
    model: str,
    seed: int,
    count: str,
    violence: str | None,
    coarse: str,
    data: str,
    kind: str,
    sha256: str,
    pool_sha256: str = "",
) -> Card:
    """Keep a forecast: ``draws`` of shape (areas of ``panel``, months, draws), made from ``panel`` (the months known).

    The same forecast of the same data made again is the one that is there already. Raises ConfigError where the shapes
    do not fit, OSError where the folder cannot be written.
    """
    if draws.shape[:2] != (len(panel.areas), len(months)):
        what = f"draws of shape {draws.shape} for {len(panel.areas)} cells and {len(months)} months"
        raise ConfigError(what, where="score board", rule="draws have shape (cells, months, draws)")
    asked: dict[str, Any] = {
        "as_of": as_of.isoformat(),
        "lag_days": lag_days,
        "model": model,
        "seed": seed,
        "n_draws": int(draws.shape[2]),
        "count": count,
        "violence": violence,
        "coarse": coarse,
        "months": [int(month) for month in months],
        "cells": panel.areas.tolist(),
        "data": data,
        "kind": kind,
        "sha256": sha256,
        "pool_sha256": pool_sha256,
        "version": __version__,
        "recent": panel.counts[:, -BENCHMARK_MONTHS:].tolist(),
    }
    packed = io.BytesIO()
    draws_frame(panel.areas.tolist(), months, draws).write_parquet(packed, compression="zstd")
    asked["draws_sha256"] = hashlib.sha256(packed.getvalue()).hexdigest()
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in model)[:40]
    name = f"{as_of.isoformat()}_{safe}_{digest}"
    path = folder / f"{name}.json"
    if path.is_file():
        return _card(path)
    folder.mkdir(parents=True, exist_ok=True)
    with whole_file(folder / f"{name}.parquet") as handle:
        handle.write(packed.getvalue())
    card = {"name": name, "made_at": now().isoformat(), **asked}
    with whole_file(path) as handle:  # last: a card stands for a forecast that is wholly there
        handle.write(json.dumps(card, indent=1).encode())
    return _card(path)


def read_board(folder: Path) -> tuple[tuple[Stored, ...], tuple[ReadError, ...]]:
    """Every forecast on the board, oldest as-of day first, and what of it cannot be read."""
    found: list[Stored] = []
    errors: list[ReadError] = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            found.append(Stored(_card(path), _scores(folder / _SCORES, path.stem), folder))
        except ReadError as error:
            errors.append(error)
    return tuple(sorted(found, key=lambda s: (s.card.as_of, s.card.model, s.card.made_at))), tuple(errors)


def add_score(stored: Stored, score: Mapping[str, Any]) -> None:
    """Put a score beside the former ones; ``score`` has ``truth_sha256`` and ``months``, which name it."""
    folder = stored.folder / _SCORES
    folder.mkdir(exist_ok=True)
    told = f"{score['truth_sha256']} {score['months']}"
    name = f"{stored.card.name}_{hashlib.sha256(told.encode()).hexdigest()[:12]}.json"
    with whole_file(folder / name) as handle:
        handle.write(json.dumps(score, indent=1, allow_nan=False).encode())


def _card(path: Path) -> Card:
    try:
        raw = json.loads(path.read_text("utf-8"))
        tuples = {name: tuple(raw[name]) for name in ("months", "cells")}
        return Card(**raw | tuples | {"recent": tuple(map(tuple, raw["recent"]))})
    except (OSError, ValueError, TypeError, KeyError) as error:
        rule = f"JSON with {', '.join(f.name for f in fields(Card))}"
        raise ReadError(f"no card of a forecast: {error}", where=str(path), rule=rule) from error


def _scores(folder: Path, name: str) -> tuple[Mapping[str, Any], ...]:
    """The scores of a forecast, oldest first."""
    found: list[Mapping[str, Any]] = []
    for path in folder.glob(f"{name}_*.json"):
        try:
            score = json.loads(path.read_text("utf-8"))
            found.append(score | {name: score[name] for name in ("nth", "truth_sha256", "months", "figures")})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ReadError(f"no score: {error}", where=str(path), rule="as the score board writes it") from error
    return tuple(sorted(found, key=lambda score: int(score["nth"])))
