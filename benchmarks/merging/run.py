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
from pathlib import Path

from benchmarks.development import scorer, write_measured
from benchmarks.merging.data import Part, own_parts, parts
from benchmarks.merging.invented import drafts
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


def speed(count: int) -> list[str]:
    """Seconds to cluster, and to cluster and merge, invented drafts."""
    items, gold = drafts(count)
    began = time.perf_counter()
    groups = cluster(items)
    clustered = time.perf_counter() - began
    began = time.perf_counter()
    incidents = merge(items, load_pack().codes)
    merged = time.perf_counter() - began
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
    timed = speed(10_000) + (speed(100_000) if args.large else [])
    text = "\n".join(
        (
            "| from | drafts | B3 precision | B3 recall | B3 F1 | pairs right/made/gold | pair F1 |",
            "|---" * 7 + "|",
            *rows,
            "\n| invented drafts | incidents | cluster s | merge s | peak MB | B3 F1 |",
            "|---" * 6 + "|",
            *timed,
        )
    )
    print(text)
    write_measured(Path(__file__).with_name("README.md"), text)


if __name__ == "__main__":
    main()
