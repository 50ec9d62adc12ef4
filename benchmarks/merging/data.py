"""Development reports with gold codes, by split, and the clusters among them.

The split is by a hash of the report's id; one in five is held out. The two files tell some of the same events under
different keys, so pairs are only made within a file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.development import SHARED, in_check_fifth, scorer
from seamwatch.merge import Item, items_from_lines

FILES = ("dev", "real")


@dataclass(frozen=True, slots=True)
class Part:
    """One file's share of a split: items, and the incident key of each."""

    name: str
    items: tuple[Item, ...]
    incident: dict[str, str]

    def clusters(self) -> list[set[str]]:
        """Gold clusters, singletons included."""
        found: dict[str, set[str]] = {}
        for key, incident in self.incident.items():
            found.setdefault(incident, set()).add(key)
        return list(found.values())


def parts(split: str) -> Iterator[Part]:
    """The parts of "train", "check" or "all"."""
    for name in FILES:
        path = SHARED / f"reports/{name}_reports.jsonl"
        kept = _lines(path, split)
        items, errors = items_from_lines(kept, where=path.name)
        for error in errors:
            raise error
        incident: dict[str, str] = {}
        for raw in map(json.loads, kept):
            keys = raw.get("incident_keys") or [f"{raw['id']}:{k}" for k in range(len(raw["gold"]["incidents"]))]
            incident |= {f"{raw['id']}#{k}": key for k, key in enumerate(keys)}
        yield Part(name, items, incident)


def own_parts(split: str) -> Iterator[Part]:
    """The same from our own coding and places (`seamwatch code`), over the drafts that align with a gold incident.

    A draft that aligns with none is an incident of its own, named "spurious …".
    """
    si = scorer()
    for name in FILES:
        path = SHARED / f"reports/{name}_reports.jsonl"
        reports = [json.loads(line) for line in _lines(path, split)]
        with tempfile.TemporaryDirectory() as folder:
            given, coded = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
            keys = ("id", "source", "published", "lang", "title", "text")
            given.write_text("".join(json.dumps({k: r[k] for k in keys}) + "\n" for r in reports), "utf-8")
            command = [str(Path(sys.executable).with_name("seamwatch")), "code", str(given), "-o", str(coded)]
            subprocess.run(command, check=True)
            items, _ = items_from_lines(coded.read_text("utf-8").splitlines())
            truth, said = si.load_reports(path), si.load_reports(coded, gold=False)
        known = aligned(si, truth, said, {r["id"]: r.get("incident_keys") or [] for r in reports})
        yield Part(name, items, {i.key: known.get(i.key, f"spurious {i.key}") for i in items})


def _lines(path: Path, split: str) -> list[str]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [line for line in lines if split == "all" or in_check_fifth(json.loads(line)["id"]) == (split == "check")]


def aligned(si: ModuleType, truth: Any, said: Any, key_of: dict[str, list[str]]) -> dict[str, str]:
    """Predicted draft -> the gold incident key that it stands for, by the scorer's alignment."""
    found = {}
    for name, report in said.items():
        gold, pred = truth[name].incidents, report.incidents
        at = {id(g): k for k, g in enumerate(gold)}, {id(p): k for k, p in enumerate(pred)}
        for g, p in si.align(gold, pred):
            if g is not None and p is not None:
                found[f"{name}#{at[1][id(p)]}"] = key_of[name][at[0][id(g)]]
    return found
