"""`seamwatch assess`: what is going on, as of a day."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seamwatch.clock import now
from seamwatch.errors import ConfigError
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.shown import on_one_line, safe_json
from seamwatch.terminal import complain, counted

out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

DAY = "%Y-%m-%d"
Table = Annotated[
    Path,
    typer.Argument(metavar="EVENTS|NODE", help="A table of events (.csv, .csv.gz), or a node's file.", dir_okay=False),
]
PackName = Annotated[str, typer.Option("--pack", help="The area's pack: a name or a folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")]


class By(StrEnum):
    """Which areas are judged."""

    district = "district"
    governorate = "governorate"
    cell = "cell"
    seam = "seam"
    area = "area"


class Unit(StrEnum):
    """What events are counted by."""

    week = "week"
    month = "month"


class Target(StrEnum):
    """Whom events were aimed at."""

    forces = "forces"
    villagers = "villagers"


def assess(
    source: Table,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=[DAY],
            metavar="YYYY-MM-DD",
            help="Judge by what was known on that day. [default: a table's last day; for a node today]",
        ),
    ] = None,
    lag_days: Annotated[int, typer.Option("--lag-days", min=0, help="Days from an event to its publication.")] = 0,
    by: Annotated[By, typer.Option(help="Areas; `area` are the polygons of --areas.")] = By.district,
    areas: Annotated[
        Path | None, typer.Option("--areas", help="Polygons (GeoJSON).", exists=True, dir_okay=False)
    ] = None,
    target: Annotated[Target | None, typer.Option(help="Only attacks on these. [default: all]")] = None,
    unit: Annotated[Unit, typer.Option(help="Weeks back from the last day, or whole calendar months.")] = Unit.week,
    window: Annotated[
        int | None, typer.Option("--last", min=1, help="How many are judged. [default: 8 weeks, 3 months]")
    ] = None,
    past: Annotated[
        int | None, typer.Option("--past", min=1, help="Against how many before. [default: 156 weeks, 60 months]")
    ] = None,
    radius_km: Annotated[float, typer.Option("--radius-km", min=0.1, help="Largest circle of the scan.")] = 50.0,
    runs: Annotated[int, typer.Option(min=19, help="Simulated runs of the scan.")] = 999,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answer.")] = 0,
    page: Annotated[Path | None, typer.Option("--out", "-o", help="Write an HTML page too.", dir_okay=False)] = None,
    pack: PackName = DEFAULT_PACK,
    as_json: AsJson = False,
) -> None:
    """Say where there is more than expected, when rates changed, and where events cluster now.

    Every figure has its uncertainty, and what too few events cannot tell is said, not guessed. `!` marks what stands
    out after correction for looking everywhere.
    """
    from seamwatch.assess.choose_areas import placer
    from seamwatch.assess.load import NODE, load_events
    from seamwatch.assess.situation import Asked
    from seamwatch.assess.situation import assess as judge
    from seamwatch.assess.situation_page import situation_html
    from seamwatch.assess.situation_words import situation_json, situation_text
    from seamwatch.files import not_the_same, whole_file

    if page is not None:
        not_the_same(source, page)
    area = load_pack(pack)
    table = load_events(source, area)
    if not len(table.events):
        raise ConfigError("no events", where=source.name, remedy="seamwatch events check FILE")
    day = as_of.date() if as_of else now().date() if table.kind == NODE else table.events.end[-1].item()
    asked = Asked(
        day,
        lag_days=lag_days,
        unit=unit.value,
        n_now=window,
        n_past=past,
        target=target.value if target else None,
        radius_km=radius_km,
        n_runs=runs,
        seed=seed,
    )
    found = judge(table.events, placer(by.value, area, areas), asked)
    if page is not None:
        with whole_file(page) as handle:
            handle.write(situation_html(found, f"Assessment of {source.name}").encode("utf-8"))
    if as_json:
        told = situation_json(found) | {"events": len(table.events), "sha256": table.sha256}
        print(safe_json(json.dumps(told, ensure_ascii=False, allow_nan=False)), flush=True)
    else:
        for line in situation_text(found).splitlines():
            indent = line[: len(line) - len(line.lstrip(" "))]
            out.print(indent + on_one_line(line) if line else "", soft_wrap=True)
        if page is not None:
            out.print("", f"Written: {page}", sep="\n", soft_wrap=True)
    if table.left_out:
        what = counted(table.left_out, "row")
        complain(err, f"{source.name}: {what} left out; seamwatch events check {source.name} names them")
