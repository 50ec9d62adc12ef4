"""The command line: one verb a function, each a short call of a public one.

Exit codes: 0 all well · 1 something could not be read, found or done (one line each on standard error; the rest is
done) · 2 the command was called wrongly.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seamwatch import (
    __version__,
    cli_assess,
    cli_contagion,
    cli_effect,
    cli_events,
    cli_forecast,
    cli_gazetteer,
    cli_scores,
)
from seamwatch.brief.from_node import write_brief
from seamwatch.code.llm import Endpoint, LlmCoder
from seamwatch.contract import code_lines, explained, merge_lines, places_lines
from seamwatch.desk import enter_decision, review
from seamwatch.errors import ConfigError, ReadError, SeamwatchError
from seamwatch.export import incidents_csv, incidents_geojson, incidents_json
from seamwatch.export.explain import explain_html, explain_terminal
from seamwatch.files import whole_file
from seamwatch.ledger import Head, Node, verify
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.pipeline import build_picture
from seamwatch.place.store import VARIABLE
from seamwatch.samples import story
from seamwatch.shown import on_one_line, safe_json, visible
from seamwatch.single import Coder, Rules
from seamwatch.terminal import (
    Bars,
    complain,
    counted,
    incident_table,
    looks_text,
    picture_json,
    place_names,
    say_picture,
)
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
out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

DAY = "%Y-%m-%d"
AT_ONCE = 20  # incidents that a decision is about, in one table
MAIN, ONE, NODE, SETUP = "1 · The main job", "2 · Report by report", "3 · The node's memory", "4 · Set-up"
EVENTS = "5 · Events: what is going on, what may come"
NodeFile = Annotated[Path, typer.Option("--node", help="The node's file (SQLite).", dir_okay=False)]
PackName = Annotated[str, typer.Option("--pack", help="The area's pack: a name or a folder.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to code with.")]

app.add_typer(cli_events.app, name="events", rich_help_panel=EVENTS)
app.command(rich_help_panel=EVENTS)(cli_assess.assess)
app.command("near-repeat", rich_help_panel=EVENTS)(cli_effect.near_repeat)
app.command(rich_help_panel=EVENTS)(cli_effect.effect)
app.command(rich_help_panel=EVENTS)(cli_forecast.forecast)
app.command(rich_help_panel=EVENTS)(cli_forecast.backtest)
app.command(rich_help_panel=EVENTS)(cli_scores.scores)
app.add_typer(cli_contagion.app, name="contagion", rich_help_panel=EVENTS)
app.add_typer(cli_gazetteer.app, name="gazetteer", rich_help_panel=SETUP)


def _use_gazetteer(path: Path | None) -> Path | None:
    """Have this process and those that it starts look names up in that file."""
    if path:
        os.environ[VARIABLE] = str(path)
    return path


GazetteerFile = Annotated[
    Path | None,
    typer.Option("--gazetteer", help="Your gazetteer's file, where it is not the usual one.", callback=_use_gazetteer),
]


class Mode(StrEnum):
    """How `code` codes."""

    full = "full"
    fast = "fast"
    llm = "llm"


class Verdict(StrEnum):
    """What `decide` decides."""

    same = "same"
    not_same = "not-same"
    prefer = "prefer"
    reject = "reject"
    recode = "recode"
    right = "right"
    rate_source = "rate-source"
    rate_report = "rate-report"
    undo = "undo"


Langs = Annotated[str, typer.Option("--lang", help="Languages of the brief, with commas: en,ar,ckb.")]
FirstDay = Annotated[datetime | None, typer.Option("--from", formats=[DAY], metavar="YYYY-MM-DD", help="First day.")]
LastDay = Annotated[datetime | None, typer.Option("--to", formats=[DAY], metavar="YYYY-MM-DD", help="Last day.")]
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
    area = load_pack()
    with Bars(err) as tick, Node.open(node_file) as node, story() as reports:
        picture = build_picture(reports, node, area, tick=tick)
        written = write_brief(node, folder, area, langs=_langs(langs))
    title = "The sample story (invented events)"
    out.print(incident_table(picture.incidents, area.codes, place_names(area), title=title, width=out.width), "")
    say_picture(picture, out, err)
    steps = (
        f"open {written[0]} in a browser",
        f"{_me()} watch FOLDER --node my.sqlite     (your own reports)",
        f"{_me()} brief --node my.sqlite --out briefs",
        f"{_me()} explain REPORT.txt                (one report: which words gave which value)",
    )
    for head, lines in (("Written:", (*written, node_file)), ("Try next:", steps)):
        out.print("", head, *(f"  {line}" for line in lines), sep="\n", soft_wrap=True)
    raise typer.Exit(picture.exit_code)


@app.command(rich_help_panel=MAIN)
def watch(
    source: Annotated[
        str, typer.Argument(metavar="FOLDER", help="A folder, a file, or the address of a feed or page.")
    ],
    node: NodeFile,
    pack: PackName = DEFAULT_PACK,
    jobs: Jobs = 1,
    gazetteer: GazetteerFile = None,
    every: Annotated[int | None, typer.Option(help="Look again every so many seconds, until stopped.", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """Read a folder of reports into a node and build the picture. What the node knows already is not read twice."""
    area = load_pack(pack)
    while True:
        with Bars(err) as tick, Node.open(node) as memory:
            picture = build_picture(source, memory, area, jobs=jobs, tick=tick)
        if as_json:
            _print_json(picture_json(picture))
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
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Show the incidents of a node."""
    if as_json + as_csv + as_geojson > 1:
        raise ConfigError("more than one format", where="incidents", rule="one of --json, --csv, --geojson")
    with Node.open(node, create=False, readonly=True) as memory:
        found = memory.incidents()
    area = load_pack(pack)
    if as_json:
        _print_json(incidents_json(found), indent=1)
    elif as_csv:
        table = incidents_csv(found, area.codes)
        sys.stdout.write(visible(table) if out.is_terminal else table)
    elif as_geojson:
        _print_json(incidents_geojson(found, area.codes))
    else:
        out.print(incident_table(found, area.codes, place_names(area), width=out.width))
        out.print(f"{counted(len(found), 'incident')}; ! marks those on which sources contradict each other")


@app.command(rich_help_panel=MAIN)
def brief(
    node: NodeFile,
    folder: Annotated[Path, typer.Option("--out", "-o", help="The folder to write into.")],
    langs: Langs = "en",
    since: FirstDay = None,
    until: LastDay = None,
    title: Annotated[str | None, typer.Option(help="The area, as the head of the brief names it.")] = None,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Write the situation report: HTML and PDF, with map, time line, contradictions and what changed."""
    days = since.date() if since else None, until.date() if until else None
    with Node.open(node, create=False) as memory:
        written = write_brief(memory, folder, load_pack(pack), langs=_langs(langs), days=days, title=title)
    for path in written:
        out.print(str(path), soft_wrap=True)


@app.command(rich_help_panel=ONE)
def code(
    source: InFile,
    target: OutFile,
    pack: PackName = DEFAULT_PACK,
    jobs: Jobs = 1,
    gazetteer: GazetteerFile = None,
    mode: Annotated[
        Mode, typer.Option(help="full; fast, for archives; or llm, by a language model of yours (extra [llm]).")
    ] = Mode.full,
    url: Annotated[
        str | None, typer.Option("--llm-url", help="Base address of an OpenAI-compatible endpoint; reports go there.")
    ] = None,
    model: Annotated[str | None, typer.Option("--llm-model", help="The model that the endpoint serves.")] = None,
    timeout: Annotated[float, typer.Option("--llm-timeout", min=1, help="Seconds to wait for one answer.")] = 120,
) -> None:
    """Code and place the reports of a JSON lines file, in constant memory.

    In: {"id", "date" or "published", "lang"?, "source"?, "title", "text"}

    Out: {"id", "incidents", "statements"} in the codebook's fields, with their words; a line for every report.

    A model's key, if it wants one, is taken from the environment (SEAMWATCH_LLM_KEY).
    """
    coder = _coder(mode, url, model, timeout)
    with Bars(err) as tick:
        errors = code_lines(source, target, load_pack(pack), coder=coder, jobs=jobs, tick=tick)
    for error in errors:
        complain(err, f"error: {error}")
    raise typer.Exit(1 if errors else 0)


@app.command(rich_help_panel=ONE)
def explain(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A file, or with --node a report's id.")],
    node: Annotated[Path | None, typer.Option("--node", help="Take the report from this node.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page instead.")] = None,
    pack: PackName = DEFAULT_PACK,
    gazetteer: GazetteerFile = None,
) -> None:
    """Show a report with each value's words marked, and the rule that took them."""
    area, wrong, number = load_pack(pack), 0, 0
    for found in explained(report, node, area):
        if isinstance(found, ReadError):
            complain(err, f"error: {found}")
            wrong += 1
            continue
        text, coding = found
        number += 1
        if html:
            page = html if number == 1 else html.with_stem(f"{html.stem}-{number}")
            with whole_file(page) as handle:
                handle.write(explain_html(text, coding, area.codes).encode("utf-8", "replace"))
            out.print(str(page), soft_wrap=True)
        else:
            out.print(explain_terminal(text, coding, area.codes))
    raise typer.Exit(1 if wrong else 0)


@app.command(rich_help_panel=ONE)
def merge(source: InFile, target: OutFile, pack: PackName = DEFAULT_PACK) -> None:
    """Find which incidents of `code`'s output are one: lists of "id#k", as JSON."""
    errors = merge_lines(source, target, load_pack(pack))
    for error in errors:
        complain(err, f"error: {error}")
    raise typer.Exit(1 if errors else 0)


@app.command("review", rich_help_panel=MAIN)
def review_command(
    node: NodeFile,
    last: Annotated[int, typer.Option("-n", min=1, help="How many items.")] = 10,
    since: FirstDay = None,
    until: LastDay = None,
    as_json: AsJson = False,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Show what is worth a person's look, the most consequential first, and the command that answers it."""
    with Node.open(node, create=False, readonly=True) as memory:
        found = review(memory, since=since.date() if since else None, until=until.date() if until else None)
    if as_json:
        _print_json(dump(found[:last]), indent=1)
        return
    out.print(looks_text(found[:last], load_pack(pack).codes), soft_wrap=True)
    out.print(f"{counted(len(found), 'item')}; answer with: {_me()} decide … --node {node} --role ROLE", soft_wrap=True)
    out.print("`right` in place of `recode` says that a value is right as coded")


@app.command(rich_help_panel=MAIN)
def decide(
    what: Annotated[
        Verdict,
        typer.Argument(
            metavar="WHAT", help="same, not-same, prefer, reject, recode, right, rate-source, rate-report or undo."
        ),
    ],
    about: Annotated[
        list[str],
        typer.Argument(
            metavar="DRAFT…",
            help="One or two drafts (report#k); for undo an entry; to rate, a source and A–F or a report's id and 1–6.",
        ),
    ],
    node: NodeFile,
    role: Annotated[str, typer.Option(help="The role that decides, never a name.")],
    field: Annotated[str, typer.Option(help="prefer, recode, right: the field, as toll.forces.killed.")] = "",
    value: Annotated[str, typer.Option(help="recode: what the report says.")] = "",
    reason: Annotated[str, typer.Option("--reason", "--why", help="Why, in a few words.")] = "",
    pack: PackName = DEFAULT_PACK,
    as_json: AsJson = False,
) -> None:
    """Enter what a person decided about drafts, and merge anew. Nothing is deleted: `decide undo ENTRY` takes it back.

    same A B, not-same A B: they do, or do not, tell of one incident.

    prefer A B --field F: on that field A's claim is preferred to B's, and both stay.

    reject A: it is no incident. recode A --field F --value V: its report says V. right A --field F: as coded.

    rate-source NAME B: how reliable an outlet or organisation is, A to F. Never a person. rate-report ID 2: how
    credible a report's information is, 1 to 6. Ratings stand beside claims, settle ties and drop nothing.
    """
    with Node.open(node, create=False) as memory:
        area = load_pack(pack)
        n, found = enter_decision(memory, area, what.value, about, role=role, field=field, value=value, reason=reason)
    if as_json:
        _print_json({"entry": n, "incidents": incidents_json(found)})
        return
    out.print(f"entry {n}; undo it with: {_me()} decide undo {n} --node {node} --role ROLE", soft_wrap=True)
    out.print(incident_table(found[:AT_ONCE], area.codes, place_names(area), width=out.width))
    if len(found) > AT_ONCE:
        out.print(f"and {counted(len(found) - AT_ONCE, 'incident')} more")


@app.command(rich_help_panel=ONE)
def places(
    source: InFile, target: OutFile, pack: PackName = DEFAULT_PACK, jobs: Jobs = 1, gazetteer: GazetteerFile = None
) -> None:
    """Find and place every place name of the texts of a JSON lines file, anywhere in the world.

    In: {"id", "text"}, and "spans": [[start, end], ...] where the names are known and only to be placed

    Out: {"id", "toponyms": [{"start", "end", "text", "name", "lat", "lon", "country", "radius_km", "precision",
    "score"}]}; a line for every text.
    """
    with Bars(err) as tick:
        errors = places_lines(source, target, load_pack(pack), jobs=jobs, tick=tick)
    for error in errors:
        complain(err, f"error: {error}")
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
            if as_json:
                _print_json(entry.content | {"hash": entry.hash})
                continue
            line = f"{entry.n:>7}  {entry.at}  {entry.kind:<10} {on_one_line(entry.subject):<26} {entry.hash[:16]}"
            out.print(line, soft_wrap=True)


@app.command("verify", rich_help_panel=NODE)
def verify_command(
    node: Annotated[Path | None, typer.Argument(metavar="NODE", help="The node's file.", dir_okay=False)] = None,
    same: Annotated[Path | None, typer.Option("--node", help="The same, as other commands take it.")] = None,
    expect: Annotated[
        list[str] | None, typer.Option(metavar="N:HASH", help="A head noted earlier: is the node still built on it?")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that no entry was altered, dropped or moved, and that the views agree with the entries."""
    path = node or same
    if path is None or (node and same):
        raise typer.BadParameter("name one node", param_hint="NODE")
    found = verify(path, expect=[_head(text) for text in expect or ()])
    if as_json:
        _print_json(dump(found))
    else:
        for fault in found.faults:
            complain(err, f"entry {fault.n}: {fault.what}")
        word = counted(len(found.faults), "fault") if found.faults else "all in order"
        out.print(f"{found.entries} entries, head {found.head.n}:{found.head.hash}: {word}", soft_wrap=True)
    raise typer.Exit(1 if found.faults else 0)


@app.command(rich_help_panel=SETUP)
def version() -> None:
    """Print the version."""
    print(__version__)


def _coder(mode: Mode, url: str | None, model: str | None, timeout_seconds: float) -> Coder:
    """The coder of ``--mode``. Nothing is sent anywhere unless an address is named."""
    if mode is not Mode.llm:
        if url or model:
            raise ConfigError(f"got --mode {mode.value}", where="--llm-url, --llm-model", rule="only with --mode llm")
        return Rules(fast=mode is Mode.fast)
    if not url or not model:
        raise ConfigError("no address or no model", where="--mode llm", rule="it needs --llm-url and --llm-model")
    return LlmCoder(Endpoint(url, model, timeout_seconds))


def _langs(text: str) -> list[str]:
    """The languages of ``--lang``."""
    return [lang for part in text.split(",") if (lang := part.strip().lower())] or [""]


def _head(text: str) -> Head:
    """A head as `verify` prints it."""
    number, _, digest = text.partition(":")
    if not (number.isdecimal() and re.fullmatch(r"[0-9a-f]{64}", digest)):
        rule = "N:HASH as verify prints it, 64 hexadecimal digits"
        raise ConfigError(f"got {text!r}", where="--expect", rule=rule)
    return Head(int(number), digest)


def _print_json(value: object, indent: int | None = None) -> None:
    print(safe_json(json.dumps(value, ensure_ascii=False, indent=indent)), flush=True)


def _me() -> str:
    """How the user called us, so that what we print can be typed again."""
    return sys.argv[0] if os.sep in sys.argv[0] and not sys.argv[0].startswith(os.sep) else "seamwatch"


def _speak_every_script() -> None:
    """Arabic comes out whatever the locale: UTF-8 into files and pipes, escaped on a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            poor = "utf" not in stream.encoding.lower() and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if poor else stream.encoding, errors="backslashreplace")


def main() -> None:
    """Entry point: one line for what goes wrong, never a trace."""
    _speak_every_script()
    try:
        app()
    except SeamwatchError as error:
        complain(err, f"error: {error}")
        sys.exit(1)
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        complain(err, ": ".join(str(part) for part in ("error", error.filename, error.strerror or error) if part))
        sys.exit(1)
    except KeyboardInterrupt:
        complain(err, "stopped; what was acknowledged is kept")
        sys.exit(130)
