"""Where merging was not sure: incidents that nearly joined, and drafts that hardly belong to theirs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seamwatch.merge.clusters import JOIN_AT, Group
from seamwatch.merge.decisions import Decision, standing_decisions
from seamwatch.merge.facts import Facts
from seamwatch.merge.pairs import probability

ASK_FROM = 0.15  # a mean probability from here on is worth a look where two incidents did not join
ASK_BELOW = 0.5  # and below here where a draft did


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two drafts that a person should be asked about, and the mean probability that their sides are one incident.

    ``may_be_one``: they are in two incidents. ``may_be_two``: ``left`` is the one that fits its incident least, and
    ``right`` the one of it that it fits best.
    """

    kind: Literal["may_be_one", "may_be_two"]
    left: str
    right: str
    chance: float


def doubts(
    facts: Mapping[str, Facts], groups: Iterable[Group], decisions: Sequence[Decision] = ()
) -> tuple[Doubt, ...]:
    """The doubts about some groups of drafts, which hold all drafts of their neighbourhoods.

    Pairs on which a person decided are not asked about again, nor incidents that a decision or a common report keeps
    apart.
    """
    standing = {d.matter[1:]: d.kind for d in standing_decisions(decisions) if d.kind in ("same", "not_same")}
    held = sorted(groups)
    found = [doubt for group in held if (doubt := _loosest(facts, group, standing))]
    found += [doubt for a, b in itertools.combinations(held, 2) if (doubt := _nearly_joined(facts, a, b, standing))]
    return tuple(sorted(found, key=lambda d: (d.kind, d.left, d.right)))


def _loosest(facts: Mapping[str, Facts], group: Group, standing: Mapping[tuple[str, ...], str]) -> Doubt | None:
    if len(group) < 2:
        return None
    confirmed = {key for pair, kind in standing.items() if kind == "same" and set(pair) <= set(group) for key in pair}
    found = []
    for key in group:
        if key not in confirmed:
            chances = sorted((-probability(facts[key], facts[other]), other) for other in group if other != key)
            found.append((-sum(p for p, _ in chances) / len(chances), key, chances[0][1]))
    mean, key, best = min(found, default=(1.0, "", ""))
    return Doubt("may_be_two", key, best, mean) if mean < ASK_BELOW else None


def _nearly_joined(
    facts: Mapping[str, Facts], a: Group, b: Group, standing: Mapping[tuple[str, ...], str]
) -> Doubt | None:
    if {facts[key].report_id for key in a} & {facts[key].report_id for key in b}:
        return None
    pairs = list(itertools.product(a, b))
    if any(standing.get((min(pair), max(pair))) for pair in pairs):
        return None
    chances = [(-probability(facts[left], facts[right]), left, right) for left, right in pairs]
    mean = -sum(p for p, _, _ in chances) / len(chances)
    best, left, right = min(chances)
    return Doubt("may_be_one", left, right, mean) if mean >= ASK_FROM or -best >= max(JOIN_AT, ASK_BELOW) else None
