"""The command line: one verb a function, each a short call of a public one.

Exit codes: 0 all well · 1 something could not be read, found or done (one line each on standard error; the rest is
done) · 2 the command was called wrongly.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from seamwatch import __version__
from seamwatch.brief.from_node import write_brief
from seamwatch.contract import code_lines, explained, merge_lines
from seamwatch.errors import ConfigError, SeamwatchError
from seamwatch.export import incidents_csv, incidents_geojson, incidents_json
from seamwatch.export.explain import explain_html, explain_terminal
from seamwatch.ledger import Node, verify
from seamwatch.packs import load_pack
from seamwatch.pipeline import build_picture
from seamwatch.place import Gazetteer
from seamwatch.samples import story
from seamwatch.terminal import Bars, incident_table, picture_json, say_picture
from seamwatch.wire import dump

app = typer.Typer(
    name="seamwatch",
    help="One picture of security incidents from a folder of reports, in which every value keeps its words.\n\n"
    "Start with [bold]seamwatch demo[/bold], then [bold]seamwatch watch FOLDER --node FILE[/bold].",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out, err = Console(highlight=False), Console(stderr=True, highlight=False, soft_wrap=True)

MAIN, ONE, NODE, SETUP = "1 · The main job", "2 · Report by report", "3 · The node's memory", "4 · Set-up"
NodeFile = Annotated[Path, typer.Option("--node", help="The node's file (SQLite).", dir_okay=False)]
PackName = Annotated[str, typer.Option("--pack", help="The area's pack: a name or a folder.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to code with.")]
Langs = Annotated[str, typer.Option("--lang", help="Languages of the brief, with commas: en,ar,ckb.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")]
InFile = Annotated[
    Path, typer.Argument(metavar="IN.jsonl", help="One JSON object a line.", exists=True, dir_okay=False)
]
OutFile = Annotated[Path, typer.Option("--out", "-o", help="The file to write.", dir_okay=False)]


@app.command(rich_help_panel=MAIN)
def demo(
    folder: Annotated[Path, typer.Option("--out", help="Where to put the node and the brief.")] = Path("out"),
    langs: Langs = "en,ar,ckb",
) -> None:
    """Read the bundled sample story, build its picture and write the brief."""
    node_file = folder / "demo.sqlite"
    folder.mkdir(parents=True, exist_ok=True)
    with Bars(err) as tick, Node.open(node_file) as node, story() as reports:
        picture = build_picture(reports, node, load_pack(), tick=tick)
        written = write_brief(node, folder, load_pack(), langs=langs.split(","))
    out.print(incident_table(picture.incidents, load_pack().codes, "The sample story (invented events)"), "")
    say_picture(picture, out, err)
    out.print("", "Written:", *(f"  {path}" for path in (*written, node_file)), sep="\n")
    out.print(
        "",
        "Try next:",
        f"  open {written[0]} in a browser",
        f"  {_me()} explain REPORT.txt                       how one report was coded, and by which words",
        f"  {_me()} watch FOLDER --node my.sqlite            your own reports",
        f"  {_me()} brief --node my.sqlite --out briefs",
        sep="\n",
    )
    raise typer.Exit(picture.exit_code)


@app.command(rich_help_panel=MAIN)
def watch(
    source: Annotated[
        str, typer.Argument(metavar="FOLDER", help="A folder, a file, or the address of a feed or page.")
    ],
    node: NodeFile,
    pack: PackName = "iraq",
    jobs: Jobs = 1,
    every: Annotated[int | None, typer.Option(help="Look again every so many seconds, until stopped.", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """Read a folder of reports into a node and build the picture. What the node knows already is not read twice."""
    area = load_pack(pack)
    while True:
        with Bars(err) as tick, Node.open(node) as memory:
            picture = build_picture(source, memory, area, jobs=jobs, tick=tick)
        if as_json:
            print(json.dumps(picture_json(picture), ensure_ascii=False), flush=True)
        else:
            say_picture(picture, out, err)
        if every is None:
            raise typer.Exit(picture.exit_code)
        time.sleep(every)


@app.command(rich_help_panel=MAIN)
def incidents(
    node: NodeFile,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, for a spreadsheet.")] = False,
    as_geojson: Annotated[bool, typer.Option("--geojson", help="GeoJSON, for a map.")] = False,
    pack: PackName = "iraq",
) -> None:
    """Show the incidents of a node."""
    if as_json + as_csv + as_geojson > 1:
        raise ConfigError("more than one format", where="incidents", rule="one of --json, --csv, --geojson")
    with Node.open(node, create=False, readonly=True) as memory:
        found = memory.incidents()
    if as_json:
        print(json.dumps(incidents_json(found), ensure_ascii=False, indent=1))
    elif as_csv:
        sys.stdout.write(incidents_csv(found))
    elif as_geojson:
        print(json.dumps(incidents_geojson(found), ensure_ascii=False))
    else:
        out.print(incident_table(found, load_pack(pack).codes))
        out.print(f"{len(found)} incidents; ! marks those on which sources contradict each other")


@app.command(rich_help_panel=MAIN)
def brief(
    node: NodeFile,
    folder: Annotated[Path, typer.Option("--out", "-o", help="The folder to write into.")],
    langs: Langs = "en",
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    title: Annotated[str | None, typer.Option(help="The area, as the head of the brief names it.")] = None,
    pack: PackName = "iraq",
) -> None:
    """Write the situation report: HTML and PDF, with map, time line, contradictions and what changed."""
    days = since.date() if since else None, until.date() if until else None
    with Node.open(node, create=False) as memory:
        written = write_brief(memory, folder, load_pack(pack), langs=langs.split(","), days=days, title=title)
    for path in written:
        out.print(str(path), soft_wrap=True)


@app.command(rich_help_panel=ONE)
def code(source: InFile, target: OutFile, pack: PackName = "iraq", jobs: Jobs = 1) -> None:
    """Code and place the reports of a JSON lines file, in constant memory.

    In: {"id", "date" or "published", "lang"?, "source"?, "title", "text"}. Out: {"id", "incidents", "statements"} in
    the codebook's fields, with the words of each value; one line a report, also where nothing was found.
    """
    with Bars(err) as tick:
        errors = code_lines(source, target, load_pack(pack), jobs=jobs, tick=tick)
    for error in errors:
        err.print(Text(f"not coded: {error}"), style="red")
    raise typer.Exit(1 if errors else 0)


@app.command(rich_help_panel=ONE)
def explain(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A file, or with --node a report's id.")],
    node: Annotated[Path | None, typer.Option("--node", help="Take the report from this node.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page instead.")] = None,
    pack: PackName = "iraq",
) -> None:
    """Show a report with each value's words marked, and the rule that took them."""
    area = load_pack(pack)
    for number, (text, coding) in enumerate(explained(report, node, area), 1):
        if html:
            page = html if number == 1 else html.with_stem(f"{html.stem}-{number}")
            page.write_text(explain_html(text, coding, area.codes), "utf-8")
            out.print(str(page), soft_wrap=True)
        else:
            out.print(explain_terminal(text, coding, area.codes))


@app.command(rich_help_panel=ONE)
def merge(source: InFile, target: OutFile, pack: PackName = "iraq") -> None:
    """Find which incidents of `code`'s output are one: lists of "id#k", as JSON."""
    errors = merge_lines(source, target, load_pack(pack))
    for error in errors:
        err.print(Text(f"not merged: {error}"), style="red")
    raise typer.Exit(1 if errors else 0)


@app.command(rich_help_panel=NODE)
def log(
    node: NodeFile,
    last: Annotated[int, typer.Option("-n", min=1, help="How many entries.")] = 20,
    kind: Annotated[str | None, typer.Option(help="Only entries of this kind.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what entered the node, newest last."""
    with Node.open(node, create=False, readonly=True) as memory:
        for entry in memory.log(last=last, kind=kind):
            line = f"{entry.n:>7}  {entry.at}  {entry.kind:<10} {entry.subject:<26} {entry.hash[:16]}"
            print(json.dumps(entry.content | {"hash": entry.hash}, ensure_ascii=False) if as_json else line)


@app.command("verify", rich_help_panel=NODE)
def verify_command(
    node: Annotated[Path, typer.Argument(metavar="NODE", help="The node's file.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Check that no entry was altered, dropped or moved, and that the views agree with the entries."""
    found = verify(node)
    if as_json:
        print(json.dumps(dump(found), ensure_ascii=False))
    else:
        for fault in found.faults:
            err.print(Text(f"entry {fault.n}: {fault.what}"), style="red")
        word = "all in order" if not found.faults else f"{len(found.faults)} fault(s)"
        out.print(f"{found.entries} entries, head {found.head.hash[:16]}: {word}")
    raise typer.Exit(1 if found.faults else 0)


@app.command(rich_help_panel=SETUP)
def gazetteer(pack: PackName = "iraq", as_json: AsJson = False) -> None:
    """Say which places are loaded, and build the world's index where it is missing."""
    with Bars(err) as tick:
        status = Gazetteer.open(load_pack(pack), tick=tick).status()
    if as_json:
        print(json.dumps(status, ensure_ascii=False))
    else:
        for name, value in status.items():
            out.print(f"{name:<24} {value}", soft_wrap=True)


@app.command(rich_help_panel=SETUP)
def version() -> None:
    """Print the version."""
    print(__version__)


def _me() -> str:
    """How the user called us, so that what we print can be typed again."""
    return sys.argv[0] if os.sep in sys.argv[0] and not sys.argv[0].startswith(os.sep) else "seamwatch"


def main() -> None:
    """Entry point: one line for what goes wrong, never a trace."""
    try:
        app()
    except SeamwatchError as error:
        err.print(Text(f"error: {error}"), style="red")
        sys.exit(1)
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        err.print(Text(f"error: {error.filename or ''}: {error.strerror or error}"), style="red")
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("stopped; what was acknowledged is kept")
        sys.exit(130)
