"""The decisions of people that are in force now, about the drafts as they are coded now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seamwatch.errors import LedgerError
from seamwatch.ledger.kinds import Ruling, ruling_entry, value_of
from seamwatch.ledger.node import Node
from seamwatch.merge import Decision, rebound
from seamwatch.model import Coding


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling that is in force, and the decision that it makes of the present drafts.

    ``n`` is its entry. ``decision`` names drafts by their present keys; it is None while a draft that was decided about
    is not there, because its report was coded anew without it. It then waits, and holds again when the draft is back.
    """

    n: int
    ruling: Ruling
    decision: Decision | None


def decided(node: Node) -> tuple[Decided, ...]:
    """All rulings in force, oldest first."""
    known: dict[tuple[int, int], dict[str, str]] = {}

    def now(key: str, n: int) -> str | None:
        """The present key of a draft that was decided about in entry ``n``."""
        report_id = key.rpartition("#")[0]
        before, at_present = node.coding_entries(report_id, n)
        if before is None or at_present is None or before == at_present:
            return key
        if (before, at_present) not in known:
            old, new = value_of(node.entry(before)), value_of(node.entry(at_present))
            both = isinstance(old, Coding) and isinstance(new, Coding)
            known[before, at_present] = rebound(old, new) if both else {}  # type: ignore[arg-type]
        return known[before, at_present].get(key)

    found = []
    for n, ruling in in_force(node.numbered_rulings()):
        left, right = now(ruling.left, n), now(ruling.right, n) if ruling.right else ""
        decision = None
        if left is not None and right is not None and left != right and ruling.kind != "undo":
            decision = Decision(ruling.kind, left, right, ruling.field, ruling.value, ruling.role)
        found.append(Decided(n, ruling, decision))
    return tuple(found)


def in_force(rulings: Sequence[tuple[int, Ruling]]) -> list[tuple[int, Ruling]]:
    """Rulings, oldest first, without those that a later one undid and without the undoings themselves."""
    undone: set[int] = set()
    found = []
    for n, ruling in sorted(rulings, key=lambda one: one[0], reverse=True):
        if n in undone:
            continue
        if ruling.undoes is None:
            found.append((n, ruling))
        elif ruling.undoes < n:
            undone.add(ruling.undoes)
    return found[::-1]


def decide(node: Node, ruling: Ruling) -> int:
    """Enter a ruling and return its entry's number.

    Raises LedgerError where a draft is not in the node, or no decision is in the entry to be undone.
    """
    for key in filter(None, (ruling.left, ruling.right)):
        node.draft(key)
    if ruling.undoes is not None and node.entry(ruling.undoes).kind != "decision":
        remedy = "`seamwatch log --kind decision` lists them"
        raise LedgerError(f"entry {ruling.undoes} is no decision", where=str(node.path), remedy=remedy)
    return node.append([ruling_entry(ruling)])[0].n
