"""How long one report more takes: in memory (`seamwatch.merge.Merger`) and in a node on disk.

Seconds are of the processor, so that a shared machine does not enter. The heap of a hundred thousand drafts is frozen
first (`gc.freeze`), as a server does after loading: else Python's collector walks through all of it now and then.
"""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.merging.invented import drafts
from seamwatch.ledger import NewEntry, Node, bring_up_to_date, coding_entry, report_entry
from seamwatch.merge import Item, Merger
from seamwatch.model import Claim, Coding, Draft, PlaceMention, make_report
from seamwatch.packs import load_pack

LATER, IN_BATCHES = 1000, 2000


def in_memory(count: int) -> str:
    """A line of the table: ``count`` drafts merged, then a thousand more one by one."""
    items = _mixed(count + LATER)
    merger = Merger(load_pack().codes)
    began = time.process_time()
    merger.update(items[:count])
    loaded = time.process_time() - began
    gc.freeze()
    spent = _each(items[count:], lambda item: merger.update([item]))
    gc.unfreeze()
    return _row("in memory", count, len(merger.incidents), loaded, spent)


def in_a_node(count: int, later: int = 200) -> str:
    """The same for a node: entries, views, shelf and incidents written; from scratch, then one report after another."""
    items, codes = _mixed(count + later), load_pack().codes
    with tempfile.TemporaryDirectory() as folder, Node.open(Path(folder) / "n.sqlite") as node:
        for start in range(0, count, IN_BATCHES):
            node.append([entry for item in items[start : min(count, start + IN_BATCHES)] for entry in _entries(item)])
        began = time.process_time()
        bring_up_to_date(node, codes)
        loaded = time.process_time() - began

        def one_more(item: Item) -> None:
            node.append(_entries(item))
            bring_up_to_date(node, codes)

        spent = _each(items[count:], one_more)
        incidents = node.count("incidents")
    return _row("in a node on disk, entries written", count, incidents, loaded, spent)


def _mixed(count: int) -> list[Item]:
    items, _ = drafts(count)
    random.Random(3).shuffle(items)  # noqa: S311
    return items[:count]


def _each(items: Iterable[Item], take: Callable[[Item], object]) -> list[float]:
    spent = []
    for item in items:
        began = time.process_time()
        take(item)
        spent.append(1000 * (time.process_time() - began))
    return sorted(spent)


def _row(name: str, count: int, incidents: int, loaded_s: float, spent_ms: Sequence[float]) -> str:
    median, p99, most = statistics.median(spent_ms), spent_ms[int(0.99 * len(spent_ms))], spent_ms[-1]
    return f"| {name} | {count:,} | {incidents:,} | {loaded_s:.1f} | {median:.1f} | {p99:.1f} | {most:.1f} |"


def _entries(item: Item) -> list[NewEntry]:
    """A report and its coding that make the item."""
    record = item.record
    report = make_report(item.key, "An invented report.", source=item.source, day=item.day)
    draft = Draft(
        *(report.id, 0, Claim(record.type, ())),
        date=Claim(record.date, ()) if record.date else None,
        place=Claim(PlaceMention(record.location.name), ()) if record.location else None,
        initiator=tuple(Claim(code, ()) for code in record.initiator),
        target=tuple(Claim(code, ()) for code in record.target),
        toll=tuple(Claim(cell, ()) for cell in record.toll),
        location=record.location,
    )
    return [report_entry(report), coding_entry(Coding(report.id, "invented", (draft,)))]
