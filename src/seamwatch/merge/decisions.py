"""What people decided, and how it enters merging. Decisions never change what was coded: they are laid over it.

- ``same``, ``not_same``: two drafts do, or do not, tell of one incident.
- ``prefer``: on a field, the claim of the left draft is preferred to that of the right one, while both are members of
  one incident. The claim of the right one stays on record and within the range of a toll.
- ``reject``: a draft is no incident. It is left out of merging.
- ``recode``: a draft's report says another value on a field (`seamwatch.merge.recode` reads it).
- ``rate_source``, ``rate_report``: how reliable a source is, how credible a report's information
  (`seamwatch.merge.ratings`). They stand beside claims and settle ties of the preferred view, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from seamwatch.merge.items import Item
from seamwatch.merge.ratings import GRADES
from seamwatch.merge.recode import recoded

DecisionKind = Literal["same", "not_same", "prefer", "reject", "recode", "rate_source", "rate_report"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one draft (``left``) or two. Of two on the same matter the later holds.

    Where it rates, ``left`` is a source's name or a report's id, and ``value`` the grade.
    ``role`` is the role that decided, never a name.
    """

    kind: DecisionKind
    left: str
    right: str = ""
    field: str = ""
    value: str = ""
    role: str = ""

    @property
    def matter(self) -> tuple[str, ...]:
        """What it is about: the same two drafts, the same two claims, the same draft, the same field of a draft."""
        pair = tuple(sorted((self.left, self.right)))
        match self.kind:
            case "same" | "not_same":
                return "pair", *pair
            case "prefer":
                return "claims", *pair, self.field
            case "reject":
                return "draft", self.left
            case "rate_source" | "rate_report":
                return self.kind, self.left
        return "field", self.left, self.field


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The last decision on each matter, in the order in which they were taken."""
    last: dict[tuple[str, ...], Decision] = {}
    for decision in decisions:
        last.pop(decision.matter, None)
        last[decision.matter] = decision
    return tuple(last.values())


def decided_items(items: Iterable[Item], decisions: Sequence[Decision]) -> tuple[Item, ...]:
    """The items as people left them: without the rejected ones, with the values that were coded anew, and rated."""
    rejected = {d.left for d in decisions if d.kind == "reject"}
    anew: dict[str, list[Decision]] = {}
    for decision in standing_decisions(d for d in decisions if d.kind == "recode"):
        anew.setdefault(decision.left, []).append(decision)
    grades: dict[tuple[str, str], str] = {(d.kind, d.left): d.value for d in decisions if d.kind in GRADES}
    kept = (_coded_anew(item, anew.get(item.key, ())) for item in items if item.key not in rejected)
    return tuple(_rated(item, grades) for item in kept) if grades else tuple(kept)


def _coded_anew(item: Item, decisions: Sequence[Decision]) -> Item:
    if not decisions:
        return item
    record = item.record
    for decision in decisions:
        record = recoded(record, decision.field, decision.value)
    return replace(item, record=record, by=tuple((d.field, d.role) for d in decisions))


def _rated(item: Item, grades: Mapping[tuple[str, str], str]) -> Item:
    reliability, credibility = (
        grades.get(("rate_source", item.source), ""),
        grades.get(("rate_report", item.report_id), ""),
    )
    return replace(item, reliability=reliability, credibility=credibility)
