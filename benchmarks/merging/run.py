"""Merging measured: clusters from gold codes, from our own coding, and speed.

    python -m benchmarks.merging.run [--own] [--large]

Needs ../shared for the reports and the scorer of record. ``--own`` codes the reports first (`seamwatch code`): the
incidents found stand for the gold ones that they align with by the scorer's rule; missed gold incidents are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.merging.data import FILES, SHARED, Part, held_out, parts
from benchmarks.merging.invented import drafts
from benchmarks.merging.noise import crowded, spoiled

from seamwatch.merge import Item, cluster, items_from_lines, merge
from seamwatch.packs import load_pack


def scorer() -> ModuleType:
    """The scorer of record as a module."""
    spec = importlib.util.spec_from_file_location("score_incidents", SHARED / "score/score_incidents.py")
    if spec is None or spec.loader is None:
        raise SystemExit("no scorer in ../shared/score")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def row(name: str, gold: list[set[str]], made: Iterable[Iterable[str]], ids: Iterable[str]) -> str:
    """One line of the table."""
    figures = scorer().score_clusters(gold, [set(c) for c in made], ids)
    b, p = figures["b_cubed"], figures["pairwise"]
    pairs = f"{p['tp']}/{p['pred']}/{p['gold']}"
    f1 = "-" if p["f1"] is None else f"{p['f1']:.3f}"
    return (
        f"| {name} | {figures['items']} | {b['precision']:.3f} | {b['recall']:.3f} | {b['f1']:.3f} | {pairs} | {f1} |"
    )


def from_gold() -> list[str]:
    """B-cubed from gold codes, by split; the two files are merged apart, as they tell some of the same events."""
    rows = []
    for split in ("train", "check", "all"):
        gold: list[set[str]] = []
        made: list[tuple[str, ...]] = []
        ids: list[str] = []
        for part in parts(split):
            gold += part.clusters()
            made += cluster(part.items)
            ids += list(part.incident)
        rows.append(row(f"gold codes, {split}", gold, made, ids))
    return rows


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


def from_own() -> list[str]:
    """B-cubed from our own coding and places, over predicted incidents that align with a gold one."""
    si = scorer()
    rows = []
    made: dict[str, list[Any]] = {"train": [], "check": []}
    for name in FILES:
        path = SHARED / f"reports/{name}_reports.jsonl"
        with tempfile.TemporaryDirectory() as folder:
            given, coded = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
            reports = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            keys = ("id", "source", "published", "lang", "title", "text")
            given.write_text("".join(json.dumps({k: r[k] for k in keys}) + "\n" for r in reports), "utf-8")
            command = [str(Path(sys.executable).with_name("seamwatch")), "code", str(given), "-o", str(coded)]
            subprocess.run(command, check=True)
            lines = coded.read_text("utf-8").splitlines()
            truth, said = si.load_reports(path), si.load_reports(coded, gold=False)
        key_of = {r["id"]: r.get("incident_keys") or [] for r in reports}
        items, _ = items_from_lines(lines)
        for split in made:
            chosen = [i for i in items if held_out(i.report_id) == (split == "check")]
            incident = _aligned(si, truth, said, key_of)
            found = {i.key: incident.get(i.key, f"spurious {i.key}") for i in chosen}
            groups: dict[str, set[str]] = {}
            for key, at in found.items():
                groups.setdefault(f"{name} {at}", set()).add(key)
            made[split].append((list(groups.values()), cluster(chosen), list(found)))
    for split, results in made.items():
        gold, got, ids = ([x for r in results for x in r[k]] for k in range(3))
        rows.append(row(f"own coding, {split}", gold, got, ids))
    return rows


def _aligned(si: ModuleType, truth: Any, said: Any, key_of: dict[str, list[str]]) -> dict[str, str]:
    """Predicted draft -> the gold incident key that it stands for."""
    found = {}
    for name, report in said.items():
        gold, pred = truth[name].incidents, report.incidents
        at = {id(g): k for k, g in enumerate(gold)}, {id(p): k for k, p in enumerate(pred)}
        for g, p in si.align(gold, pred):
            if g is not None and p is not None:
                found[f"{name}#{at[1][id(p)]}"] = key_of[name][at[0][id(g)]]
    return found


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
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own", action="store_true", help="also from our own coding")
    parser.add_argument("--large", action="store_true", help="also 100,000 drafts")
    args = parser.parse_args()
    rows = from_gold()
    rows += from_train("spoiled codes", lambda part, rng: [spoiled(item, rng) for item in part.items])
    rows += from_train("all in 90 days", lambda part, rng: crowded(part.items, part.incident, rng))
    rows += from_own() if args.own else []
    print(
        "| from | drafts | B3 precision | B3 recall | B3 F1 | pairs right/made/gold | pair F1 |",
        "|---" * 7 + "|",
        sep="\n",
    )
    print("\n".join(rows))
    timed = speed(10_000) + (speed(100_000) if args.large else [])
    print("\n| invented drafts | incidents | cluster s | merge s | peak MB | B3 F1 |", "|---" * 6 + "|", sep="\n")
    print("\n".join(timed))


if __name__ == "__main__":
    main()
