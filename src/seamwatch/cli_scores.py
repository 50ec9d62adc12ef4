"""`seamwatch scores`: the score board of stored forecasts, brought up to date by newer events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from seamwatch.clock import month_first
from seamwatch.errors import ConfigError
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.shown import on_one_line, safe_json
from seamwatch.terminal import complain, counted

if TYPE_CHECKING:
    from seamwatch.forecast.due import Standing

out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

COARSE = {"spread": "spread", "leave-out": "left out", "as-published": "as published"}


def scores(
    events: Annotated[
        Path | None, typer.Argument(metavar="[EVENTS]", help="Newer events: a table, or a node's file.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--board", help="The board's folder. [default: SEAMWATCH_FORECASTS, or your data folder]"),
    ] = None,
    known_until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="The last day that EVENTS tell completely. [default: the day of their last event]",
        ),
    ] = None,
    pack: Annotated[str, typer.Option("--pack", help="The area's pack, for a node.")] = DEFAULT_PACK,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")] = False,
) -> None:
    """Show how good the stored forecasts were, beside the benchmark of the same day; EVENTS score what is over.

    Every forecast that `seamwatch forecast` makes is stored, and scored once its months are over and the lag of
    publication has passed. Scores are kept: revised events give a further score, not another one.
    """
    from seamwatch.forecast.board import board_folder, read_board
    from seamwatch.forecast.due import Truth, score_due, standing_now

    where = folder or board_folder()
    if where is None:
        raise ConfigError("no score board", where="SEAMWATCH_FORECASTS", rule="a folder", remedy="name one by --board")
    if events is None:
        stored, errors = read_board(where)
        standings = tuple(map(standing_now, stored))
    else:
        from seamwatch.assess.load import load_events

        table = load_events(events, load_pack(pack))
        truth = Truth.of(table, known_until.date() if known_until else None)
        standings, errors = score_due(where, truth)
    for error in errors:
        complain(err, f"error: {error}")
    if as_json:
        print(safe_json(json.dumps([_told(standing) for standing in standings], indent=1)), flush=True)
    else:
        _show(standings, where)
    raise typer.Exit(1 if errors else 0)


def _show(standings: tuple[Standing, ...], where: Path) -> None:
    if not standings:
        out.print(f"no forecast is stored in {where}; `seamwatch forecast` stores each that it makes", soft_wrap=True)
        return
    for standing in standings:
        for line in _lines(standing):
            out.print(on_one_line(line) if line[0] != " " else f"  {on_one_line(line)}", soft_wrap=True)
    new, former = sum(s.is_new for s in standings), sum(s.former for s in standings)
    out.print(f"{counted(len(standings), 'forecast')}, {new} scored just now, {counted(former, 'former score')} kept")
    out.print("smaller is better; a gain counts where its 95 % interval (over cells, of these months) is above 0")


def _lines(standing: Standing) -> Iterator[str]:
    """A forecast, then its figures."""
    card, score = standing.card, standing.score
    what = f"{card.violence} {card.count}" if card.violence else card.count
    parts = [f"scored {_span(standing.over)}{', just now' if standing.is_new else ''}"] if score else []
    parts += [f"waiting for {_span(standing.waiting)}"] if standing.waiting else []
    where = f"{counted(len(card.cells), 'cell')}, coarse events {COARSE[card.coarse]}"
    yield f"{card.as_of} {card.model}, {what} in {where}: {'; '.join(parts)}"
    if standing.why_not:
        yield f" not scored: {standing.why_not}"
    if score:
        for name, word in (("crps", "CRPS"), ("ign", "IGN, bits")):
            gain, ours, theirs = score["gain"][name], score["figures"][name], score["benchmark"][name]
            interval = f"{gain['mean']:+.3f} ({gain['low']:+.3f} to {gain['high']:+.3f})"
            yield f" {word} {ours:.3f}, conflictology 12 {theirs:.3f}: gain {interval}"
        held, active = score["figures"]["coverage_90"], counted(score["active_cell_months"], "active cell-month")
        yield f" 90 % interval held in {held:.0%} of {active}" if held is not None else " nothing happened in its cells"


def _span(months: tuple[int, ...]) -> str:
    """2017-01 to 2017-12."""
    names = [f"{month_first(month):%Y-%m}" for month in months]
    return " to ".join(dict.fromkeys((names[0], names[-1]))) if names else ""


def _told(standing: Standing) -> dict[str, object]:
    card = standing.card
    return {
        "name": card.name,
        "as_of": card.as_of,
        "lag_days": card.lag_days,
        "model": card.model,
        "seed": card.seed,
        "count": card.count,
        "violence": card.violence,
        "coarse": card.coarse,
        "cells": len(card.cells),
        "data": card.data,
        "sha256": card.sha256,
        "version": card.version,
        "over": standing.over,
        "waiting": standing.waiting,
        "why_not": standing.why_not,
        "is_new": standing.is_new,
        "former_scores": standing.former,
        "score": standing.score,
    }
