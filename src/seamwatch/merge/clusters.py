"""Which drafts are one incident: average linkage over the probable pairs, so that no chain of likenesses glues a month.

Two clusters join while the mean probability over all their pairs (0 for a pair never compared) is at least `JOIN_AT`.
The most probable join goes first and equals are settled by key, so the order in which reports arrive changes nothing.
Two drafts of one report are never one incident: its coder told them apart.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from seamwatch.errors import ModelError
from seamwatch.merge.blocks import candidates
from seamwatch.merge.facts import facts_of
from seamwatch.merge.items import Item
from seamwatch.merge.pairs import probability
from seamwatch.packs import Codes, load_pack

JOIN_AT = 0.5
_UNIT = 1_000_000  # probabilities as whole millionths: sums do not depend on their order


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two drafts. Of two decisions about the same pair the later one holds."""

    kind: Literal["same", "not_same"]
    left: str
    right: str


def cluster(
    items: Iterable[Item], *, decisions: Sequence[Decision] = (), codes: Codes | None = None
) -> tuple[tuple[str, ...], ...]:
    """Keys by incident, each draft exactly once, sorted. Raises ModelError where two items have one key.

    ``codes`` say which side an actor is on (the default pack's if not given). Decisions about drafts that are not
    there wait; "same" holds even for two drafts of one report, and "not same" wins over a chain of "same".
    """
    ordered = sorted(items, key=lambda item: item.key)
    keys = [item.key for item in ordered]
    if twice := next((a for a, b in itertools.pairwise(keys) if a == b), None):
        raise ModelError("two drafts have one key", where=twice, rule="report#k once", remedy="drop the copy")
    facts = [facts_of(item, codes or load_pack().codes) for item in ordered]
    likely = {(i, j): round(probability(facts[i], facts[j]) * _UNIT) for i, j in candidates(facts)}
    linkage = _Linkage([item.report_id for item in ordered], likely)
    linkage.decide(_standing(decisions, {key: i for i, key in enumerate(keys)}))
    linkage.run()
    return tuple(sorted(tuple(keys[i] for i in sorted(group)) for group in linkage.members.values()))


def _standing(decisions: Sequence[Decision], position: dict[str, int]) -> dict[tuple[int, int], str]:
    """The last decision about each pair that is there."""
    found: dict[tuple[int, int], str] = {}
    for d in decisions:
        if d.left in position and d.right in position and d.left != d.right:
            low, high = sorted((position[d.left], position[d.right]))
            found.pop((low, high), None)
            found[low, high] = d.kind
    return found


class _Linkage:
    """Clusters named by their smallest position; ``near`` holds the summed probability between clusters that touch."""

    def __init__(self, reports: Sequence[str], likely: dict[tuple[int, int], int]) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(reports))}
        self.reports = [{report} for report in reports]
        self.apart: dict[int, set[int]] = {}
        self.near: dict[int, dict[int, int]] = {}
        for (i, j), value in likely.items():
            if value:
                self.near.setdefault(i, {})[j] = value
                self.near.setdefault(j, {})[i] = value

    def decide(self, standing: dict[tuple[int, int], str]) -> None:
        """Join what people called the same, keep apart what they called different."""
        home = {i: i for i in self.members}
        for (i, j), kind in standing.items():
            if kind == "not_same":
                self.apart.setdefault(i, set()).add(j)
                self.apart.setdefault(j, set()).add(i)
        for (i, j), kind in sorted(standing.items()):
            if kind == "same" and home[i] != home[j] and not self._kept_apart(home[i], home[j]):
                low, high = sorted((home[i], home[j]))
                self._join(low, high)
                home.update(dict.fromkeys(self.members[low], low))

    def run(self) -> None:
        """Join, the most probable pair of clusters first, until none is probable enough."""
        queue = [entry for i, near in self.near.items() for j in near if i < j and (entry := self._entry(i, j))]
        heapq.heapify(queue)
        while queue:
            entry = heapq.heappop(queue)
            i, j = entry[1], entry[2]
            if i not in self.members or j not in self.members or self._entry(i, j) != entry:
                continue
            self._join(i, j)
            for k in self.near.get(i, {}):
                if fresh := self._entry(min(i, k), max(i, k)):
                    heapq.heappush(queue, fresh)

    def _entry(self, i: int, j: int) -> tuple[float, int, int] | None:
        """(minus the mean probability, i, j) if the two may join."""
        mean = self.near[i].get(j, 0) / (len(self.members[i]) * len(self.members[j]))
        if mean < JOIN_AT * _UNIT or self.reports[i] & self.reports[j] or self._kept_apart(i, j):
            return None
        return -mean, i, j

    def _kept_apart(self, i: int, j: int) -> bool:
        return any(not self.apart.get(m, set()).isdisjoint(self.members[j]) for m in self.members[i])

    def _join(self, i: int, j: int) -> None:
        self.members[i] += self.members.pop(j)
        self.reports[i] |= self.reports[j]
        mine, other = self.near.setdefault(i, {}), self.near.pop(j, {})
        mine.pop(j, None)
        other.pop(i, None)
        for k, value in other.items():
            mine[k] = mine.get(k, 0) + value
            self.near[k][i] = mine[k]
            del self.near[k][j]
