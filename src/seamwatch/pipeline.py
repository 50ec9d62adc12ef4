"""The whole flow: a folder of reports in; coded, placed, merged incidents out, kept in a node."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seamwatch.ledger import Node, bring_up_to_date, coding_entry, remember_look, report_entry
from seamwatch.model import Incident, Report
from seamwatch.packs import Pack
from seamwatch.place import unknown_names
from seamwatch.read import ReadSummary, Tally, list_folder, read_listing, read_source
from seamwatch.single import NOT_CODED, code_or_say, coder_name, open_gazetteer
from seamwatch.streams import Tick, batched, paired_map, quiet

BATCH = 256  # reports that become durable together


@dataclass(frozen=True, slots=True)
class Picture:
    """What one look at a source gave, and the node's incidents after it. Nothing is dropped in silence."""

    reading: ReadSummary
    new: int
    notes: Counter[str]
    unknown_places: Counter[str]
    incidents: tuple[Incident, ...]

    @property
    def exit_code(self) -> int:
        """0 if everything was read and coded, 1 if anything was not."""
        return 1 if any(note.startswith(NOT_CODED) for note in self.notes) else self.reading.exit_code


def build_picture(source: str | Path, node: Node, pack: Pack, *, jobs: int = 1, tick: Tick = quiet) -> Picture:
    """Read a folder, file or address into a node, code and place what is new to it, and merge.

    Each batch is durable before the next begins: killed at any moment, a second run goes on where the first stood.
    """
    code = functools.partial(code_or_say, pack=pack)
    open_gazetteer(pack)  # builds its index where that is missing, before other processes want it
    listing = list_folder(source, node=node.path) if str(source) and Path(source).is_dir() else None
    tally = Tally(listing)
    coded, new = node.coded(coder_name(pack)), 0
    offset = pack.utc_offset_hours
    outcomes = tally.through(read_listing(listing, pack_utc_offset=offset) if listing else read_source(source, offset))
    fresh = unseen((found for found in outcomes if isinstance(found, Report)), coded)
    for batch in batched(paired_map(code, fresh, jobs=jobs), BATCH):
        entries = node.append([entry for r, c in batch for entry in (report_entry(r), coding_entry(c))])
        new += sum(entry.kind == "report" and not entry.known for entry in entries)
        tick("reading and coding", tally.summary().reports, None)
    stale = [report_id for report_id in node.report_ids() if report_id not in coded]
    reports = (report for ids in batched(stale, BATCH) for report in node.reports(ids))
    for done, batch in enumerate(batched(paired_map(code, reports, jobs=jobs), BATCH), 1):
        node.append([coding_entry(coding) for _, coding in batch])
        tick("coding anew", min(done * BATCH, len(stale)), len(stale))
    remember_look(node, str(source), tally.summary(), new)
    incidents = merge_node(node, pack, tick)
    in_force = node.codings()
    notes = Counter(note for coding in in_force for note in coding.notes)
    return Picture(tally.summary(), new, notes, unknown_names(in_force), incidents)


def unseen(reports: Iterable[Report], seen: set[str]) -> Iterator[Report]:
    """Reports whose id was not seen yet; the set grows by theirs."""
    for report in reports:
        if report.id not in seen:
            seen.add(report.id)
            yield report


def merge_node(node: Node, pack: Pack, tick: Tick = quiet) -> tuple[Incident, ...]:
    """The node's incidents, brought up to date with what came since: only what that touches is merged anew."""
    bring_up_to_date(node, pack.codes, tick)
    return node.incidents()
