"""The whole flow: a folder of reports in; coded, placed, merged incidents out, kept in a node."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from seamwatch import __version__
from seamwatch.code import code_report
from seamwatch.ledger import ImportMade, Node, coding_entry, import_entry, report_entry
from seamwatch.merge import Decision, items_of, merge
from seamwatch.model import Coding, Incident, Report
from seamwatch.packs import Pack
from seamwatch.place import Gazetteer, place_coding, unknown_names
from seamwatch.read import ReadSummary, Tally, list_folder, read_source
from seamwatch.streams import batched, ordered_map

BATCH = 256  # reports that become durable together
Tick = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """What one look at a source gave, and the node's incidents after it. Nothing is dropped in silence."""

    reading: ReadSummary
    new: int
    notes: Counter[str]
    unknown_places: Counter[str]
    incidents: tuple[Incident, ...]


def quiet(what: str, done: int, total: int | None = None) -> None:
    """The progress that nobody looks at."""


def coder_name(pack: Pack) -> str:
    """Names the rules and the pack's content: where either changes, reports are coded anew."""
    return f"rules {__version__} {pack.name}-{pack.fingerprint}"


def code_and_place(report: Report, pack: Pack) -> Coding:
    """One report, coded and placed."""
    coding = place_coding(code_report(report, pack), report, open_gazetteer(pack))
    return replace(coding, coder=coder_name(pack))


open_gazetteer = functools.cache(Gazetteer.open)  # once a process


def build_picture(source: str | Path, node: Node, pack: Pack, *, jobs: int = 1, tick: Tick = quiet) -> Picture:
    """Read a folder, file or address into a node, code and place what is new to it, and merge.

    Each batch is durable before the next begins: killed at any moment, a second run goes on where the first stood.
    """
    code = functools.partial(code_and_place, pack=pack)
    open_gazetteer(pack)  # builds its index where that is missing, before other processes want it
    listing = list_folder(source) if Path(source).is_dir() else None
    tally, coder, new = Tally(listing), coder_name(pack), 0
    coded = node.coded(coder)
    for batch in batched(
        (r for r in tally.through(read_source(source, pack.utc_offset_hours)) if isinstance(r, Report)), BATCH
    ):
        fresh = list({r.id: r for r in batch if r.id not in coded}.values())
        codings = ordered_map(code, fresh, jobs=jobs)
        pairs = [(report_entry(r), coding_entry(c)) for r, c in zip(fresh, codings, strict=True)]
        new += sum(
            not entry.known for entry in node.append([e for pair in pairs for e in pair]) if entry.kind == "report"
        )
        coded |= {r.id for r in fresh}
        tick("reading and coding", tally.summary().reports, None)
    stale = [i for i in node.report_ids() if i not in coded]
    for done, ids in enumerate(batched(stale, BATCH), 1):
        node.append([coding_entry(c) for c in ordered_map(code, node.reports(ids), jobs=jobs)])
        tick("coding anew", min(done * BATCH, len(stale)), len(stale))
    reading = tally.summary()
    if new or reading.errors:
        lines = tuple(f"{Path(e.where).name}: {e.what}" for e in reading.errors)
        node.append([import_entry(ImportMade(Path(str(source)).name, reading.reports, reading.reports - new, lines))])
    incidents = merge_node(node, pack, tick)
    in_force = node.codings()
    notes = Counter(note for coding in in_force for note in coding.notes)
    return Picture(reading, new, notes, unknown_names(in_force), incidents)


def merge_node(node: Node, pack: Pack, tick: Tick = quiet) -> tuple[Incident, ...]:
    """The node's incidents, merged anew if anything came since."""
    if not node.incidents_stale():
        return node.incidents()
    tick("merging", 0, 1)
    at = node.head().n
    decisions = [Decision(r.kind, r.left, r.right) for r in node.rulings() if r.kind != "prefer"]
    incidents = merge(items_of(node.codings(), node.reports()), pack.codes, decisions=decisions)
    node.put_incidents(incidents, at=at)
    tick("merging", 1, 1)
    return node.incidents()
