"""Development reports with gold codes, by split, and the clusters among them.

The split is by a hash of the report's id; one in five is held out. The two files tell some of the same events under
different keys, so pairs are only made within a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seamwatch.merge import Item, items_from_lines

SHARED = Path(__file__).parents[2] / "../shared"
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


def held_out(report_id: str) -> bool:
    """Whether a report is in the check set: never read, only counted."""
    return int(hashlib.sha256(report_id.encode()).hexdigest(), 16) % 5 == 0


def parts(split: str) -> Iterator[Part]:
    """The parts of "train", "check" or "all"."""
    for name in FILES:
        path = SHARED / f"reports/{name}_reports.jsonl"
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        kept = [line for line in lines if split == "all" or held_out(json.loads(line)["id"]) == (split == "check")]
        items, errors = items_from_lines(kept, where=path.name)
        for error in errors:
            raise error
        incident: dict[str, str] = {}
        for raw in map(json.loads, kept):
            keys = raw.get("incident_keys") or [f"{raw['id']}:{k}" for k in range(len(raw["gold"]["incidents"]))]
            incident |= {f"{raw['id']}#{k}": key for k, key in enumerate(keys)}
        yield Part(name, items, incident)
