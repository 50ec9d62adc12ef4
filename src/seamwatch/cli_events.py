"""`seamwatch events`: what a table of events holds, what is wrong with it, and a node's incidents as such a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seamwatch.errors import ConfigError
from seamwatch.ledger import Node
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.shown import on_one_line, safe_json
from seamwatch.terminal import counted

app = typer.Typer(
    help="Tables of dated, located events: UCDP GED, ACLED, lists of your own.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, markup=False, emoji=False)

PackName = Annotated[str, typer.Option("--pack", help="The area's pack, for a node: a name or a folder.")]
SHOWN = 20  # problems in words, without --all


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table (.csv or .csv.gz), or a node's file.")],
    show_all: Annotated[bool, typer.Option("--all", help=f"Every problem, not the first {SHOWN}.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")] = False,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Say what a table of events holds, and row by row what is wrong with it. Exit code 1 where rows are left out."""
    from seamwatch.assess.load import load_events
    from seamwatch.read.event_summary import event_summary, summary_lines

    table = load_events(file, load_pack(pack))
    told = event_summary(table)
    if as_json:
        problems = [
            {
                "line": p.line,
                "column": p.column,
                "rule": p.rule,
                "got": p.got,
                "remedy": p.remedy,
                "left_out": p.left_out,
            }
            for p in table.problems
        ]
        print(safe_json(json.dumps(told | {"problems": problems}, ensure_ascii=False)), flush=True)
    else:
        for line in summary_lines(told, len(table.problems)):
            out.print(line, soft_wrap=True)
        shown = table.problems if show_all else table.problems[:SHOWN]
        for problem in shown:
            out.print(f"  {on_one_line(str(problem))}", soft_wrap=True)
        if len(table.problems) > len(shown):
            out.print(f"  and {counted(len(table.problems) - len(shown), 'more problem')}: --all shows them")
    raise typer.Exit(1 if table.left_out else 0)


@app.command()
def export(
    node: Annotated[Path, typer.Option("--node", help="The node's file (SQLite).", dir_okay=False)],
    target: Annotated[Path, typer.Option("--out", "-o", help="The file to write.", dir_okay=False)],
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Write a node's incidents as a table of events that `events check`, `assess` and `forecast` read."""
    from seamwatch.assess.from_node import node_events
    from seamwatch.export.events import events_csv
    from seamwatch.files import not_the_same, whole_file

    if not node.is_file():
        raise ConfigError("no such node", where=str(node), remedy="seamwatch watch FOLDER --node FILE makes one")
    not_the_same(node, target)
    with Node.open(node, create=False, readonly=True) as memory:
        found = node_events(memory.incidents(), load_pack(pack).codes)
    with whole_file(target) as handle:
        handle.write(events_csv(found.events).encode("utf-8"))
    undated = f"; {counted(len(found.undated), 'incident')} without a day left out" if found.undated else ""
    out.print(f"{counted(len(found.events), 'event')} written{undated}", soft_wrap=True)
    out.print(str(target), soft_wrap=True)
