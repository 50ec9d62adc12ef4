"""Which drafts are one incident: average linkage over the probable pairs, so that no chain of likenesses glues a month.

Two clusters join while the mean probability over all their pairs (0 for a pair never compared) is at least `JOIN_AT`,
and over the pairs of their anchored drafts too: a draft without a day of its own, or with no place but a governorate,
may join an incident but never glues two.
The most probable join goes first and equals are settled by key, so the order in which reports arrive changes nothing.
Two drafts of one report are never one incident: its coder told them apart.
"""

from __future__ import annotations

import heapq
import itertools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence

from seamwatch.errors import ModelError
from seamwatch.merge.blocks import candidates
from seamwatch.merge.decisions import Decision, standing_decisions
from seamwatch.merge.facts import Facts, facts_of
from seamwatch.merge.items import Item
from seamwatch.merge.pairs import probability
from seamwatch.packs import Codes, load_pack

JOIN_AT = 0.35  # below one half: the mean counts what was never compared as 0, and a split costs as much as a join
LINK_AT = 0.2  # of one neighbourhood: less than a join needs, so that what nearly joined is there to be looked at
NIL = 0.02  # less is as good as nothing, and is not kept
_UNIT = 1_000_000  # probabilities as whole millionths: sums do not depend on their order

Group = tuple[str, ...]  # keys of the drafts of one incident
Neighbourhood = tuple[Group, ...]


def cluster(
    items: Iterable[Item], *, decisions: Sequence[Decision] = (), codes: Codes | None = None
) -> tuple[tuple[str, ...], ...]:
    """Keys by incident, each draft exactly once, sorted. Raises ModelError where two items have one key.

    ``codes`` say which side an actor is on (the default pack's if not given). Decisions about drafts that are not
    there wait; "same" holds even for two drafts of one report, and "not same" wins over a chain of "same".
    """
    ordered = sorted(items, key=lambda item: item.key)
    if twice := next((a.key for a, b in itertools.pairwise(ordered) if a.key == b.key), None):
        raise ModelError("two drafts have one key", where=twice, rule="report#k once", remedy="drop the copy")
    facts = {item.key: facts_of(item, codes or load_pack().codes) for item in ordered}
    return tuple(sorted(group for groups in neighbourhoods(facts, decisions) for group in groups))


def neighbourhoods(facts: Mapping[str, Facts], decisions: Sequence[Decision] = ()) -> tuple[Neighbourhood, ...]:
    """The groups of drafts that are one incident, by neighbourhood; both sorted by key.

    A neighbourhood holds what pairs of `LINK_AT` or more connect, or a "same" that stands. A join needs a pair of
    `JOIN_AT` at least, so that no group reaches beyond one, and each can be clustered alone.
    """
    keys = sorted(facts)
    held = [facts[key] for key in keys]
    standing = _standing(decisions, {key: i for i, key in enumerate(keys)})
    judged = ((i, j, _millionths(held[i], held[j])) for i, j in candidates(held))
    likely = {(i, j): value for i, j, value in judged if value >= NIL * _UNIT}
    linkage = _Linkage([fact.report_id for fact in held], [fact.anchored for fact in held], likely)
    linkage.decide(standing)
    linkage.run()
    links = [pair for pair, value in likely.items() if value >= LINK_AT * _UNIT]
    links += [pair for pair, kind in standing.items() if kind == "same"]
    home = _connected(len(keys), links)
    found: dict[int, list[Group]] = {}
    for group in sorted(sorted(members) for members in linkage.members.values()):
        found.setdefault(home(group[0]), []).append(tuple(keys[i] for i in group))
    return tuple(tuple(groups) for groups in found.values())


def linked(a: Facts, b: Facts) -> bool:
    """Whether two drafts are of one neighbourhood by themselves."""
    return _millionths(a, b) >= LINK_AT * _UNIT


def _millionths(a: Facts, b: Facts) -> int:
    return round(probability(a, b) * _UNIT)


def _connected(count: int, links: Iterable[tuple[int, int]]) -> Callable[[int], int]:
    """The smallest position that each position is connected with."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in links:
        a, b = root(i), root(j)
        parent[max(a, b)] = min(a, b)
    return root


def _standing(decisions: Sequence[Decision], position: dict[str, int]) -> dict[tuple[int, int], str]:
    """The last decision about each pair that is there."""
    found: dict[tuple[int, int], str] = {}
    for d in standing_decisions(decisions):
        if d.kind in ("same", "not_same") and d.left in position and d.right in position and d.left != d.right:
            low, high = sorted((position[d.left], position[d.right]))
            found[low, high] = d.kind
    return found


class _Linkage:
    """Clusters named by their smallest position, and the sums of probability between those that touch.

    ``near`` sums over all pairs of drafts, ``firm`` over those of anchored drafts only; ``size`` and ``anchors`` are
    what the sums are divided by. Drafts that people called the same count as one, as close to others as its closest.
    """

    def __init__(self, reports: Sequence[str], anchored: Sequence[bool], likely: dict[tuple[int, int], int]) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(reports))}
        self.reports = [{report} for report in reports]
        self.size = [1] * len(reports)
        self.anchors = [int(a) for a in anchored]
        self.apart: dict[int, set[int]] = {}
        self.near: dict[int, dict[int, int]] = {}
        self.firm: dict[int, dict[int, int]] = {}
        for (i, j), value in likely.items():
            for table in (self.near, self.firm) if anchored[i] and anchored[j] else (self.near,):
                table.setdefault(i, {})[j] = value
                table.setdefault(j, {})[i] = value

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
                self._join(low, high, max)
                self.size[low], self.anchors[low] = 1, min(1, self.anchors[low])
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
            self._join(i, j, operator.add)
            for k in self.near.get(i, {}):
                if fresh := self._entry(min(i, k), max(i, k)):
                    heapq.heappush(queue, fresh)

    def _entry(self, i: int, j: int) -> tuple[float, int, int] | None:
        """(minus the mean probability, i, j) if the two may join."""
        mean = self.near[i].get(j, 0) / (self.size[i] * self.size[j])
        if mean < JOIN_AT * _UNIT or self.reports[i] & self.reports[j] or self._kept_apart(i, j):
            return None
        pairs = self.anchors[i] * self.anchors[j]
        if pairs and self.firm.get(i, {}).get(j, 0) < JOIN_AT * _UNIT * pairs:
            return None
        return -mean, i, j

    def _kept_apart(self, i: int, j: int) -> bool:
        return any(not self.apart.get(m, set()).isdisjoint(self.members[j]) for m in self.members[i])

    def _join(self, i: int, j: int, both: Callable[[int, int], int]) -> None:
        self.members[i] += self.members.pop(j)
        self.reports[i] |= self.reports[j]
        self.size[i] += self.size[j]
        self.anchors[i] += self.anchors[j]
        for table in (self.near, self.firm):
            mine, other = table.setdefault(i, {}), table.pop(j, {})
            mine.pop(j, None)
            other.pop(i, None)
            for k, value in other.items():
                mine[k] = both(mine.get(k, 0), value)
                table[k][i] = mine[k]
                del table[k][j]
