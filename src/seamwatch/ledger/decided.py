"""The decisions of people that are in force now, about the drafts as they are coded now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from seamwatch.errors import LedgerError
from seamwatch.ledger.kinds import Rating, Ruling, rating_entry, ruling_entry, value_of
from seamwatch.ledger.node import Node
from seamwatch.merge import Decision, rebound
from seamwatch.model import Coding, report_of


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling or rating that is in force, and the decision that it makes of the present drafts.

    ``n`` is its entry. ``decision`` names drafts by their present keys; it is None while a draft that was decided about
    is not there, because its report was coded anew without it. It then waits, and holds again when the draft is back. A
    rating is about a source or a report and waits for nothing.
    """

    n: int
    ruling: Ruling | Rating
    decision: Decision | None


def decided(node: Node) -> tuple[Decided, ...]:
    """All rulings and ratings in force, oldest first."""
    known: dict[tuple[int, int], dict[str, str]] = {}

    def now(key: str, n: int) -> str | None:
        """The present key of a draft that was decided about in entry ``n``."""
        report_id = report_of(key)
        before, at_present = node.coding_entries(report_id, n)
        if before is None or at_present is None or before == at_present:
            return key
        if (before, at_present) not in known:
            old, new = value_of(node.entry(before)), value_of(node.entry(at_present))
            both = isinstance(old, Coding) and isinstance(new, Coding)
            known[before, at_present] = rebound(old, new) if both else {}  # type: ignore[arg-type]
        return known[before, at_present].get(key)

    found = []
    for n, ruling in in_force((*node.numbered_rulings(), *node.numbered_ratings())):
        if isinstance(ruling, Rating):
            rated = Decision(ruling.kind, ruling.about, value=ruling.grade, role=ruling.role)
            found.append(Decided(n, ruling, rated))
            continue
        left, right = now(ruling.left, n), now(ruling.right, n) if ruling.right else ""
        decision = None
        if left is not None and right is not None and left != right and ruling.kind != "undo":
            decision = Decision(ruling.kind, left, right, ruling.field, ruling.value, ruling.role)
        found.append(Decided(n, ruling, decision))
    return tuple(found)


def in_force(rulings: Sequence[tuple[int, Ruling | Rating]]) -> list[tuple[int, Ruling | Rating]]:
    """Rulings and ratings, oldest first, without those that a later one undid and without the undoings themselves."""
    undone: set[int] = set()
    found: list[tuple[int, Ruling | Rating]] = []
    for n, ruling in sorted(rulings, key=lambda one: one[0], reverse=True):
        if n in undone:
            continue
        if isinstance(ruling, Rating) or ruling.undoes is None:
            found.append((n, ruling))
        elif ruling.undoes < n:
            undone.add(ruling.undoes)
    return found[::-1]


def decide(node: Node, ruling: Ruling | Rating) -> int:
    """Enter a ruling or rating and return its entry's number.

    Raises LedgerError where a draft, source or report is not in the node, or no decision is in the entry to be undone.
    """
    if isinstance(ruling, Rating):
        _check_known(node, ruling)
        return node.append([rating_entry(ruling)])[0].n
    for key in filter(None, (ruling.left, ruling.right)):
        node.draft(key)
    if ruling.undoes is not None and node.entry(ruling.undoes).kind != "decision":
        remedy = "`seamwatch log --kind decision` lists them"
        raise LedgerError(f"entry {ruling.undoes} is no decision", where=str(node.path), remedy=remedy)
    return node.append([ruling_entry(ruling)])[0].n


def _check_known(node: Node, rating: Rating) -> None:
    if rating.kind == "rate_report":
        node.report(rating.about)
    elif not node.reports_from(rating.about):
        near = get_close_matches(rating.about, node.sources(), 3, 0.5) or node.sources()[:3]
        remedy = f"a name as `seamwatch incidents --json` gives it: {', '.join(near) or 'no report has one'}"
        raise LedgerError(f"no report from a source {rating.about!r}", where=str(node.path), remedy=remedy)
