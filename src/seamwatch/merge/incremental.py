"""Merging as reports come: only the neighbourhoods that a change touches are clustered anew.

A neighbourhood is a set of drafts that pairs of `LINK_AT` or more, or people's "same", connect. No incident reaches
beyond one, so what a change touches can be clustered alone, and the result is what clustering everything would give:
it depends on the drafts and the decisions in force, and not on the order in which they came.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from seamwatch.merge.blocks import Index
from seamwatch.merge.clusters import Neighbourhood, linked, neighbourhoods
from seamwatch.merge.decisions import Decision, decided_items, standing_decisions
from seamwatch.merge.facts import Facts, facts_of
from seamwatch.merge.incidents import incident_of
from seamwatch.merge.items import Item
from seamwatch.merge.ratings import GRADES
from seamwatch.model import Incident
from seamwatch.packs import Codes


class Shelf(Protocol):
    """Where the drafts that are merged already are kept, by key, each in its neighbourhood."""

    def near(self, fact: Facts) -> Mapping[str, Facts]:
        """The drafts among which all are that may be of one incident with this one (`blocks`)."""

    def neighbours(self, keys: Iterable[str]) -> Mapping[str, Facts]:
        """All drafts of the neighbourhoods of some; keys that are not kept are passed over."""


def rejoin(
    shelf: Shelf,
    fresh: Mapping[str, Facts],
    gone: Collection[str],
    touched: Iterable[str],
    decisions: Iterable[Decision],
) -> tuple[Neighbourhood, ...]:
    """The neighbourhoods, with their groups, that take the place of all those that a change touches.

    ``fresh`` drafts are new or changed, ``gone`` ones are there no longer, ``touched`` are those of decisions that are
    new or undone. ``decisions`` are all in force.
    """
    decisions = standing_decisions(decisions)
    left_behind = {*gone, *fresh}
    seeds = {*left_behind, *touched}
    for fact in fresh.values():
        seeds.update(key for key, other in shelf.near(fact).items() if key not in left_behind and linked(fact, other))
    for decision in decisions:
        if decision.kind == "same" and (decision.left in fresh or decision.right in fresh):
            seeds.update((decision.left, decision.right))
    kept = shelf.neighbours(seeds)
    held = {key: fact for key, fact in kept.items() if key not in left_behind} | dict(fresh)
    return neighbourhoods(held, decisions)


class MemoryShelf:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}
        self._index = Index()
        self._home: dict[str, tuple[str, ...]] = {}

    def near(self, fact: Facts) -> Mapping[str, Facts]:
        """See `Shelf`."""
        return {key: self._facts[key] for key in self._index.near(fact)}

    def neighbours(self, keys: Iterable[str]) -> Mapping[str, Facts]:
        """See `Shelf`."""
        return {key: self._facts[key] for one in keys if one in self._home for key in self._home[one]}

    def put(self, fresh: Mapping[str, Facts], gone: Iterable[str], found: Iterable[Neighbourhood]) -> None:
        """Keep what `rejoin` gave."""
        for key in (*gone, *fresh):
            if (old := self._facts.pop(key, None)) is not None:
                self._index.drop(key, old)
                del self._home[key]
        for key, fact in fresh.items():
            self._facts[key] = fact
            self._index.put(key, fact)
        for groups in found:
            home = tuple(key for group in groups for key in group)
            self._home.update(dict.fromkeys(home, home))


@dataclass(frozen=True, slots=True)
class Changed:
    """What an update changed: incidents that are new or other than before, and the ids of those that are no more."""

    made: tuple[Incident, ...]
    gone: tuple[str, ...]


class Merger:
    """Incidents kept merged, in memory, while drafts come and go and people decide about them.

    However the drafts came, `incidents` equals `seamwatch.merge.merge` of them all.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._coded: dict[str, Item] = {}  # as the coder left them
        self._items: dict[str, Item] = {}  # as people left them
        self._shelf = MemoryShelf()
        self._incident: dict[str, Incident] = {}  # of each draft
        self._decisions: dict[tuple[str, ...], Decision] = {}  # by matter
        self._about: dict[str, set[tuple[str, ...]]] = {}  # matters by draft

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, sorted by id."""
        return tuple(sorted({i.id: i for i in self._incident.values()}.values(), key=lambda incident: incident.id))

    def update(
        self,
        items: Iterable[Item] = (),
        *,
        gone: Iterable[str] = (),
        decisions: Sequence[Decision] | None = None,
    ) -> Changed:
        """Take in new or changed drafts, drop those whose keys are ``gone``, and heed the decisions in force.

        ``decisions`` are all that are in force, oldest first; None where they are as before.
        """
        arrived = {item.key: item for item in items}
        dropped = set(gone) - arrived.keys()
        moved = self._decide(decisions)
        self._coded.update(arrived)
        for key in dropped:
            self._coded.pop(key, None)
        redone = {d.left for d in moved if d.kind in ("reject", "recode")} & self._coded.keys() | arrived.keys()
        redone |= self._rated_by(moved)
        left = decided_items((self._coded[key] for key in sorted(redone)), list(self._on(redone)))
        fresh = {item.key: facts_of(item, self._codes) for item in left}
        self._items.update((item.key, item) for item in left)
        dropped |= redone - fresh.keys()
        touched = {key for d in moved if d.kind not in GRADES for key in (d.left, d.right) if key}
        found = rejoin(self._shelf, fresh, dropped, touched, self._decisions.values())
        return self._keep(fresh, dropped, touched, found)

    def _decide(self, decisions: Sequence[Decision] | None) -> list[Decision]:
        """Take in all decisions; gives those that are new or no more."""
        if decisions is None:
            return []
        now = {d.matter: d for d in standing_decisions(decisions)}
        moved = [d for matter, d in now.items() if self._decisions.get(matter) != d]
        moved += [d for matter, d in self._decisions.items() if now.get(matter) != d]
        self._decisions, self._about = now, {}
        for matter, d in now.items():
            for key in filter(None, (d.left, d.right)):
                self._about.setdefault(key, set()).add(matter)
        return moved

    def _on(self, keys: Iterable[str]) -> Iterator[Decision]:
        """The decisions about some drafts."""
        about = {name for key in keys for name in self._names(key)}
        matters = {matter for name in about for matter in self._about.get(name, ())}
        return (self._decisions[matter] for matter in sorted(matters))

    def _names(self, key: str) -> tuple[str, ...]:
        """What decisions about a draft may name: itself, its report, its source."""
        item = self._coded.get(key)
        return (key,) if item is None else (key, item.report_id, item.source)

    def _rated_by(self, moved: Iterable[Decision]) -> set[str]:
        """The drafts whose source or report some decisions rate."""
        rated = {(d.kind, d.left) for d in moved if d.kind in GRADES}
        if not rated:
            return set()
        told = ((key, ("rate_source", i.source), ("rate_report", i.report_id)) for key, i in self._coded.items())
        return {key for key, *both in told if not rated.isdisjoint(both)}

    def _keep(
        self, fresh: Mapping[str, Facts], gone: set[str], touched: set[str], found: Sequence[Neighbourhood]
    ) -> Changed:
        self._shelf.put(fresh, gone, found)
        groups = [group for groups in found for group in groups]
        before = {
            self._incident[k].id: self._incident[k]
            for k in (*gone, *itertools.chain.from_iterable(groups))
            if k in self._incident
        }
        for key in gone:
            self._incident.pop(key, None)
            self._items.pop(key, None)
        made: list[Incident] = []
        anew = touched | fresh.keys()
        for group in groups:
            old = self._incident.get(group[0])
            if old is not None and old.members == group and anew.isdisjoint(group):
                continue
            incident = incident_of([self._items[k] for k in group], self._codes, decisions=list(self._on(group)))
            self._incident.update(dict.fromkeys(group, incident))
            made.append(incident)
        now = {self._incident[group[0]].id for group in groups}
        return Changed(tuple(i for i in made if before.get(i.id) != i), tuple(sorted(before.keys() - now)))
