"""`seamwatch gazetteer`: what places are looked up in, and how a user adds lists to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from seamwatch.errors import ConfigError
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.place import Gazetteer, load_words, user_gazetteer
from seamwatch.place.imports.run import KINDS, SHOWN, import_file
from seamwatch.place.status import gazetteer_status, status_lines
from seamwatch.place.store import Store
from seamwatch.shown import safe_json
from seamwatch.single import imported_in_use
from seamwatch.terminal import Bars, complain, counted

app = typer.Typer(
    help="The places that names are looked up in: what is loaded, and lists of yours.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

PackName = Annotated[str, typer.Option("--pack", help="The area's pack: a name or a folder.")]
File = Annotated[
    Path | None,
    typer.Option("--gazetteer", help="Your gazetteer's file. [default: SEAMWATCH_GAZETTEER, or your data folder]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")]


@app.callback()
def default(context: typer.Context, pack: PackName = DEFAULT_PACK, as_json: AsJson = False) -> None:
    """Say which places are loaded, and build the world's index where it is missing."""
    if context.invoked_subcommand is None:
        status(pack, None, as_json)


@app.command()
def status(pack: PackName = DEFAULT_PACK, file: File = None, as_json: AsJson = False) -> None:
    """Say what is loaded, under which licence, and what is missing."""
    with Bars(err) as tick:
        opened = Gazetteer.open(load_pack(pack), tick=tick, imported=imported_in_use(file))
    told = gazetteer_status(opened, file or user_gazetteer())
    if as_json:
        print(safe_json(json.dumps(told, ensure_ascii=False)), flush=True)
    else:
        for line in status_lines(told):
            out.print(line, soft_wrap=True)


@app.command("import")
def import_command(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="The list: a file or a folder.")],
    kind: Annotated[str, typer.Option(help=f"auto, or one of {', '.join(KINDS)}.")] = "auto",
    file: File = None,
    pack: PackName = DEFAULT_PACK,
    name: Annotated[str | None, typer.Option(help="The source's name, for credits.")] = None,
    licence: Annotated[str | None, typer.Option(help="Its licence, where it is not the usual one of its kind.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it is from.")] = None,
    country: Annotated[
        str | None, typer.Option(help="ISO code of places for which the list has none. [default: the pack's]")
    ] = None,
) -> None:
    """Add a list of places to your gazetteer. Cut off, run it again: it goes on where it stood."""
    area = load_pack(pack)
    target = file or user_gazetteer()
    with Bars(err) as tick:
        done = import_file(
            source,
            target,
            load_words(area),
            kind=kind,
            country=(country or area.country or "").upper(),
            name=name,
            licence=licence,
            url=url,
            tick=tick,
        )
    for fault in done.faults:
        complain(err, f"error: {source.name}: {fault}")
    if done.new and done.bad > len(done.faults):
        complain(err, f"error: {source.name}: {done.bad - len(done.faults)} more bad rows, of which {SHOWN} are shown")
    held = done.source
    counts = ", ".join(
        counted(n, what) for n, what in ((held.rows, "place"), (held.names, "name"), (held.areas, "area"))
    )
    word = "" if done.new else "nothing new: "
    out.print(f"{word}{held.slug}: {counts}, {counted(held.bad, 'bad row')}; licence: {held.licence}", soft_wrap=True)
    out.print(str(target), soft_wrap=True)
    raise typer.Exit(1 if done.new and done.bad else 0)


@app.command()
def remove(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its id, as status shows it.")], file: File = None
) -> None:
    """Take a list out of your gazetteer, with all its places, names and areas."""
    target = _existing(file)
    with Store(target, any_forms=True) as store:
        gone = store.remove(source)
    out.print(f"removed {gone.slug}: {counted(gone.rows, 'place')}", soft_wrap=True)


@app.command()
def reindex(file: File = None, pack: PackName = DEFAULT_PACK) -> None:
    """Index the names of your gazetteer anew, after an update that compares names otherwise."""
    with Bars(err) as tick, Store(_existing(file), any_forms=True) as store:
        for source in store.reindex(load_words(load_pack(pack))):
            tick(f"indexing {source.slug}", source.indexed, None)
        out.print(f"{counted(len(store.sources()), 'list')} indexed", soft_wrap=True)


def _existing(file: Path | None) -> Path:
    """The user's gazetteer; raises ConfigError where there is none."""
    target = file or user_gazetteer()
    if not target.is_file():
        raise ConfigError("no such gazetteer", where=str(target), remedy="seamwatch gazetteer import FILE")
    return target
