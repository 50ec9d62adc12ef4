"""The merging figures that the gate pins, from codings that it made already: B-cubed and pairs, over both files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.development import SHARED, Gold, scorer
from benchmarks.merging.data import FILES, aligned, parts
from seamwatch.merge import cluster, items_of
from seamwatch.model import Coding
from seamwatch.wire import codebook_coding


def merging_figures(coded: Sequence[tuple[Gold, Coding]]) -> dict[str, float]:
    """B-cubed F1 of clusters from gold codes and from our own coding, and F1 over pairs of the latter.

    As everywhere, the two files are merged apart, and drafts that align with no gold incident stand alone.
    """
    gold: list[set[str]] = []
    made: list[tuple[str, ...]] = []
    for part in parts("all"):
        gold += part.clusters()
        made += cluster(part.items)
    found = {"merge_b3.gold": _scored(gold, made)["b_cubed"]["f1"]}
    gold, made = [], []
    for name in FILES:
        lines = (SHARED / f"reports/{name}_reports.jsonl").read_text("utf-8").splitlines()
        ids = {json.loads(line)["id"] for line in lines if line.strip()}
        some = [(one, coding) for one, coding in coded if one.report.name in ids]
        incident = _incidents(some)
        groups: dict[str, set[str]] = {}
        for key, named in incident.items():
            groups.setdefault(named, set()).add(key)
        gold += groups.values()
        made += cluster(items_of([coding for _, coding in some], [one.report for one, _ in some]))
    scores = _scored(gold, made)
    return found | {"merge_b3.own": scores["b_cubed"]["f1"], "merge_pairs.own": scores["pairwise"]["f1"]}


def _incidents(coded: Iterable[tuple[Gold, Coding]]) -> dict[str, str]:
    """The gold incident of each draft of ours."""
    si = scorer()
    truth: dict[str, Any] = {}
    said: dict[str, Any] = {}
    keys: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for one, coding in coded:
        name = one.report.name
        truth[name] = si.parse_report(one.line, True)
        said[name] = si.parse_report(codebook_coding(coding, one.report), False)
        keys[name] = one.line.get("incident_keys") or []
        names |= {f"{name}#{k}": draft.key for k, draft in enumerate(coding.drafts)}
    known = aligned(si, truth, said, keys)
    return {key: known.get(name, f"spurious {name}") for name, key in names.items()}


def _scored(gold: Sequence[set[str]], made: Iterable[tuple[str, ...]]) -> dict[str, dict[str, float]]:
    """The scorer's figures by kind; an F1 that is not defined counts as 0."""
    ids = [key for group in gold for key in group]
    found = scorer().score_clusters(gold, [set(group) for group in made], ids)
    return {kind: {"f1": found[kind]["f1"] or 0.0} for kind in ("b_cubed", "pairwise")}
