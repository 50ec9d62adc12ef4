"""`seamwatch contagion`: how far an event raises the risk of the next, in days and kilometres."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seamwatch.shown import on_one_line, safe_json

app = typer.Typer(
    help="How far an event raises the risk of the next, in days and kilometres.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)


@app.callback()
def main() -> None:
    """How far an event raises the risk of the next, in days and kilometres."""


@app.command()
def fit(
    file: Annotated[Path, typer.Argument(metavar="EVENTS", help="The table: .csv or .csv.gz.")],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was known at the end of this day.")
    ] = None,
    lag: Annotated[int, typer.Option("--lag", min=0, help="Days until an event is published.")] = 0,
    days: Annotated[float, typer.Option("--days", min=7, max=365, help="Days that an event is followed.")] = 120,
    km: Annotated[float, typer.Option("--km", min=1, max=50, help="Km that an event is followed.")] = 5,
    one_kind: Annotated[bool, typer.Option("--one-kind", help="One kernel for all types of attack.")] = False,
    bootstrap: Annotated[
        int,
        typer.Option(min=0, max=1000, help="Intervals from so many refits of simulated histories (200 are enough)."),
    ] = 0,
    seed: Annotated[int, typer.Option(help="Of what is drawn by chance.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")] = False,
) -> None:
    """Fit contagion beyond fixed hot spots, by type of attack, with intervals, checks, and what cannot be said."""
    from seamwatch.forecast.contagion.pairs import Reach
    from seamwatch.forecast.contagion.study import study, told
    from seamwatch.forecast.contagion.words import study_lines
    from seamwatch.read.event_table import read_events

    table = read_events(file)
    if table.left_out:
        err.print(
            f"{table.left_out} rows cannot be read: seamwatch events check {on_one_line(str(file))}", soft_wrap=True
        )
    found = study(
        table.events,
        as_of=as_of.date() if as_of else None,
        lag_days=lag,
        reach=Reach(days, km, daily=True),
        by_type=not one_kind,
        refits=bootstrap,
        seed=seed,
    )
    if as_json:
        print(safe_json(json.dumps(told(found), ensure_ascii=False)), flush=True)
    else:
        for line in study_lines(found):
            words = line.lstrip()
            out.print(line[: len(line) - len(words)] + on_one_line(words), soft_wrap=True)
    raise typer.Exit(1 if table.left_out else 0)
