"""Merging measured: clusters from gold codes, from our own coding, and speed.

    python -m benchmarks.merging.run [--own] [--large]

Needs ../shared for the reports and the scorer of record. ``--own`` codes the reports first (`seamwatch code`): the
incidents found stand for the gold ones that they align with by the scorer's rule; missed gold incidents are left out.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.development import scorer, write_measured
from benchmarks.merging.data import Part, own_parts, parts
from benchmarks.merging.invented import drafts
from benchmarks.merging.later import in_a_node, in_memory
from benchmarks.merging.noise import crowded, spoiled
from seamwatch.merge import Item, cluster, merge
from seamwatch.packs import load_pack


def row(name: str, gold: list[set[str]], made: Iterable[Iterable[str]], ids: Iterable[str]) -> str:
    """One line of the table."""
    figures = scorer().score_clusters(gold, [set(c) for c in made], ids)
    b, p = figures["b_cubed"], figures["pairwise"]
    pairs = f"{p['tp']}/{p['pred']}/{p['gold']}"
    f1 = "-" if p["f1"] is None else f"{p['f1']:.3f}"
    return (
        f"| {name} | {figures['items']} | {b['precision']:.3f} | {b['recall']:.3f} | {b['f1']:.3f} | {pairs} | {f1} |"
    )


def from_parts(name: str, found: Iterable[Part]) -> str:
    """One row from a split: the two files are merged apart, as they tell some of the same events."""
    gold: list[set[str]] = []
    made: list[tuple[str, ...]] = []
    ids: list[str] = []
    for part in found:
        gold += part.clusters()
        made += cluster(part.items)
        ids += list(part.incident)
    return row(name, gold, made, ids)


def _apart(found: Iterable[Part]) -> tuple[list[set[str]], list[set[str]], list[str]]:
    held = list(found)
    keys = [key for part in held for key in part.incident]
    return [group for part in held for group in part.clusters()], [{key} for key in keys], keys


def from_train(name: str, change: Callable[[Part, random.Random], list[Item]], turns: int = 5) -> list[str]:
    """The same from train drafts that were changed at random, several times over."""
    rng = random.Random(11)  # noqa: S311
    gold: list[set[str]] = []
    made: list[set[str]] = []
    ids: list[str] = []
    for turn, part in itertools.product(range(turns), parts("train")):
        at = f"{turn}/{part.name}/"
        gold += [{at + key for key in group} for group in part.clusters()]
        made += [{at + key for key in group} for group in cluster(change(part, rng))]
        ids += [at + key for key in part.incident]
    return [row(f"{name}, train, {turns} times", gold, made, ids)]


def series(name: str) -> str:
    """The train drafts beside themselves moved on by one to three nights: like attacks on the same places."""
    rng = random.Random(5)  # noqa: S311
    gold: list[set[str]] = []
    made: list[tuple[str, ...]] = []
    ids: list[str] = []
    for part in parts("train"):
        nights = {incident: timedelta(rng.choice((1, 2, 3))) for incident in sorted(set(part.incident.values()))}
        again = [_later(item, nights[part.incident[item.key]]) for item in part.items]
        gold += [group for cluster_ in part.clusters() for group in (cluster_, {f"again/{key}" for key in cluster_})]
        made += cluster([*part.items, *again])
        ids += [*part.incident, *(item.key for item in again)]
    return row(f"{name}, train", gold, made, ids)


def _later(item: Item, by: timedelta) -> Item:
    when = item.record.date
    moved = when and replace(when, first=when.first + by, last=when.last + by)
    key, report = f"again/{item.key}", f"again/{item.report_id}"
    day = item.day and item.day + by
    return replace(item, key=key, report_id=report, day=day, record=replace(item.record, date=moved))


def speed(count: int) -> list[str]:
    """Seconds of the processor to cluster, and to cluster and merge, invented drafts."""
    items, gold = drafts(count)
    began = time.process_time()
    groups = cluster(items)
    clustered = time.process_time() - began
    began = time.process_time()
    incidents = merge(items, load_pack().codes)
    merged = time.process_time() - began
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = scorer().score_clusters(gold, [set(g) for g in groups])["b_cubed"]["f1"]
    return [f"| {count:,} | {len(incidents):,} | {clustered:.1f} | {merged:.1f} | {memory_mb:.0f} | {figures:.3f} |"]


def main() -> None:
    """Print the tables and put them into README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 100,000 drafts")
    args = parser.parse_args()
    rows = [from_parts(f"gold codes, {split}", parts(split)) for split in ("train", "check", "all")]
    rows += [row("no merging at all, train", *_apart(parts("train")))]
    rows += from_train("spoiled codes", lambda part, rng: [spoiled(item, rng) for item in part.items])
    rows += from_train("all in 90 days", lambda part, rng: crowded(part.items, part.incident, rng))
    rows += [from_parts(f"own coding, {s}", own_parts(s)) for s in ("train", "check")]
    rows += [series("each again after 1-3 nights")]
    timed = speed(10_000) + (speed(100_000) if args.large else [])
    many = 100_000 if args.large else 10_000
    more = [in_memory(many), in_a_node(many)]
    text = "\n".join(
        (
            "| from | drafts | B3 precision | B3 recall | B3 F1 | pairs right/made/gold | pair F1 |",
            "|---" * 7 + "|",
            *rows,
            "\n| invented drafts | incidents | cluster s | merge s | peak MB | B3 F1 |",
            "|---" * 6 + "|",
            *timed,
            "\n| one report more | drafts before | incidents | from scratch, s | median ms | 99 % ms | most ms |",
            "|---" * 7 + "|",
            *more,
        )
    )
    print(text)
    write_measured(Path(__file__).with_name("README.md"), text)


if __name__ == "__main__":
    main()
