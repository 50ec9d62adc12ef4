"""Scores that are due: stored forecasts against what is known by now, beside conflictology 12 of the same day.

Null hypothesis of the interval: over cells, the forecast's score is on average the benchmark's. Cells are drawn with
replacement (all months of a cell together, since they hang together), so it says nothing of other years than these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from seamwatch.clock import now
from seamwatch.errors import ModelError, ReadError
from seamwatch.events import Events
from seamwatch.forecast.board import Card, Stored, add_score, read_board
from seamwatch.forecast.figures import PROPER, figures, recent_draws
from seamwatch.forecast.panel import gids_of, grid_panel, last_whole_month
from seamwatch.read.event_table import EventTable

BOOTSTRAPS = 1000
INTERVAL = 0.95


@dataclass(frozen=True, slots=True)
class Truth:
    """Events to score by: what they are called, their kind (as on the cards), their hash, and until which day they are
    complete.
    """

    events: Events
    data: str
    kind: str
    sha256: str
    known_until: date

    @classmethod
    def of(cls, table: EventTable, known_until: date | None = None) -> Self:
        """The truth of a table, complete until the day of its last event where no other day is told.

        Raises ModelError for a table without events.
        """
        if not len(table.events):
            raise ModelError("no event", where=table.name, rule="events to score by")
        last: date = table.events.end[-1].item()
        return cls(table.events, table.name, table.kind, table.sha256, known_until or last)


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast on the board as of now: the months that are over and those that it waits for, the newest score of the
    most months (None before the first), whether that is of this call, and why it cannot be scored, where it cannot.
    """

    card: Card
    over: tuple[int, ...]
    waiting: tuple[int, ...]
    score: Mapping[str, Any] | None
    former: int
    is_new: bool = False
    why_not: str = ""


def score_due(folder: Path, truth: Truth) -> tuple[tuple[Standing, ...], tuple[ReadError, ...]]:
    """Score every stored forecast of the truth's kind as far as its months are over, and say how each stands.

    A month is over when all its days and the forecast's own lag have passed by ``truth.known_until``. A forecast that
    was scored by the same truth for the same months is not scored again; by a revised truth it is, and both scores
    stay. Of what cannot be read there is an error each.
    """
    board, errors = read_board(folder)
    standings: list[Standing] = []
    for stored in board:
        try:
            standings.append(_standing(stored, truth))
        except ReadError as error:
            errors = (*errors, error)
    return tuple(standings), errors


def standing_now(stored: Stored) -> Standing:
    """How a forecast stands without new events: by its newest score of the most months."""
    months = stored.card.months
    score = max(stored.scores, key=lambda s: (len(s["months"]), s["nth"])) if stored.scores else None
    over = tuple(score["months"]) if score else ()
    waiting = tuple(month for month in months if month not in over)
    return Standing(stored.card, over, waiting, score, max(0, len(stored.scores) - 1))


def _standing(stored: Stored, truth: Truth) -> Standing:
    card = stored.card
    last = last_whole_month(truth.known_until, card.lag_days)
    over = tuple(month for month in card.months if month <= last)
    before = standing_now(stored)
    if not over:
        return before
    why_not = _not_comparable(card, truth)
    if why_not:
        return replace(before, why_not=why_not)
    if any((s["truth_sha256"], tuple(s["months"])) == (truth.sha256, over) for s in stored.scores):
        return before
    score = _score(stored, truth, over)
    add_score(stored, score)
    return replace(standing_now(replace(stored, scores=(*stored.scores, score))), is_new=True)


def _not_comparable(card: Card, truth: Truth) -> str:
    """Why this truth does not tell how good this forecast was; "" where it does."""
    if card.kind != truth.kind:
        return f"made from a table of kind {card.kind}, these events are of kind {truth.kind}"
    placed = truth.events.placed()
    inside = np.isin(gids_of(truth.events.lat[placed], truth.events.lon[placed]), card.cells)
    return "" if inside.any() else "these events have none in its cells"


def _score(stored: Stored, truth: Truth, over: tuple[int, ...]) -> dict[str, Any]:
    card = stored.card
    known = truth.events.known(truth.known_until)
    panel = grid_panel(
        known,
        card.cells,
        min(over),
        max(over),
        count=card.count,  # type: ignore[arg-type]
        violence=card.violence,
        coarse=card.coarse,  # type: ignore[arg-type]
    )
    happened = panel.counts[:, [month - panel.first_month for month in over]]
    draws = stored.draws()[:, [card.months.index(month) for month in over]]
    benchmark = recent_draws(card.recent, len(over), card.n_draws)
    ours, theirs = figures(draws, happened), figures(benchmark, happened)
    rng = np.random.default_rng(card.seed)
    return {
        "nth": len(stored.scores) + 1,
        "scored_at": now().isoformat(),
        "truth": truth.data,
        "truth_sha256": truth.sha256,
        "known_until": truth.known_until.isoformat(),
        "months": list(over),
        "cell_months": int(happened.size),
        "happened": int(happened.sum()),
        "active_cell_months": int((happened > 0).sum()),
        "figures": {name: _mean(values) for name, values in ours.items()},
        "benchmark": {name: _mean(values) for name, values in theirs.items()},
        "gain": {name: _gain(ours[name], theirs[name], rng) for name in PROPER},
    }


def _mean(values: NDArray[np.float64]) -> float | None:
    """Over what has a value; None where nothing has (no cell was active)."""
    found = values[np.isfinite(values)]
    return float(found.mean()) if len(found) else None


def _gain(ours: NDArray[np.float64], theirs: NDArray[np.float64], rng: np.random.Generator) -> dict[str, float]:
    """Benchmark's mean less ours (above 0: ours is better), with a bootstrap interval over cells."""
    cells = (theirs - ours).mean(axis=1)
    means = cells[rng.integers(0, len(cells), (BOOTSTRAPS, len(cells)))].mean(axis=1)
    low, high = np.quantile(means, ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2))
    return {"mean": float(cells.mean()), "low": float(low), "high": float(high)}
