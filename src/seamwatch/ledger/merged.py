"""A node's incidents brought up to date: what came since they were last merged, and what it touches, is merged anew."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

import msgspec

from seamwatch import wire
from seamwatch.ledger.decided import decided
from seamwatch.ledger.node import Merged, Node
from seamwatch.merge import GRADES, Decision, Item, decided_items, incident_of, items_of, rejoin
from seamwatch.merge.clusters import Group, neighbourhoods
from seamwatch.merge.decisions import standing_decisions
from seamwatch.merge.facts import facts_of
from seamwatch.model import report_of
from seamwatch.packs import Codes
from seamwatch.streams import Tick, batched, quiet

MERGING = 2  # raised when merging gives other incidents of the same drafts: nodes are then merged from scratch
ALL_AT = 50  # from one report in so many on, merging all from scratch is the shorter way
FEW = 200  # fewer are never worth it
_AT_ONCE = 500


def bring_up_to_date(node: Node, codes: Codes, tick: Tick = quiet) -> bool:
    """Merge what came since the last time; gives whether anything had. The result is that of merging all from scratch.

    Where another process did it meanwhile, it is done again on what that one left.
    """
    rule = _rule(codes)
    while node.merged_at(rule) is None or node.incidents_stale():
        tick("merging", 0, 1)
        with node.snapshot():
            seen, at = node.merged_at(rule), node.head().n
            merged = (None if seen is None else _since(node, codes, seen)) or _all(node, codes)
        done = node.put_merged(merged, rule=rule, seen=seen, at=at)
        tick("merging", 1, 1)
        if done:
            return True
    return False


def _all(node: Node, codes: Codes) -> Merged:
    """Everything from scratch, report after report, so that their texts are never in memory together."""
    decisions = _decisions(node)
    items = {i.key: i for ids in batched(node.report_ids(), _AT_ONCE) for i in _items(node, ids, decisions)}
    facts = {key: facts_of(item, codes) for key, item in items.items()}
    found = neighbourhoods(facts, decisions)
    groups = itertools.chain.from_iterable(found)
    made = [incident_of([items[key] for key in group], codes, decisions=on) for group, on in _each(groups, decisions)]
    return Merged(made, (), lambda shelf: shelf.put(facts, (), found, decisions), anew=True)


def _since(node: Node, codes: Codes, seen: int) -> Merged | None:
    """What came after entry ``seen`` and what it touches; None where that is so much that all is done sooner."""
    shelf, decisions = node.shelf(), _decisions(node)
    moved = set(decisions) ^ set(shelf.decisions())
    relaid = {report_of(d.left) for d in moved if d.kind in ("reject", "recode")}
    rated = {d.left for d in moved if d.kind == "rate_report"}
    rated.update(r for d in moved if d.kind == "rate_source" for r in node.reports_from(d.left))
    reports = {*node.coded_since(seen), *relaid, *rated}
    if len(reports) > FEW and len(reports) * ALL_AT > node.count("reports"):
        return None
    items = {i.key: i for i in _items(node, reports, decisions)}
    fresh = {key: facts_of(item, codes) for key, item in items.items()}
    gone = shelf.drafts_of(reports) - fresh.keys()
    touched = {key for d in moved if d.kind not in GRADES for key in (d.left, d.right) if key}
    found = rejoin(shelf, fresh, gone, touched, decisions)
    before = node.groups((*gone, *(key for groups in found for group in groups for key in group)))
    anew = touched | fresh.keys()
    stay = {g for groups in found for g in groups if g in before and anew.isdisjoint(g)}
    redo = [group for groups in found for group in groups if group not in stay]
    more = {report_of(key) for group in redo for key in group if key not in items}
    items |= {i.key: i for i in _items(node, more, decisions)}
    made = [incident_of([items[key] for key in group], codes, decisions=on) for group, on in _each(redo, decisions)]
    dropped = [incident_id for group, incident_id in before.items() if group not in stay]
    return Merged(made, dropped, lambda shelf: shelf.put(fresh, gone, found, decisions), anew=False)


def _decisions(node: Node) -> tuple[Decision, ...]:
    return standing_decisions(d.decision for d in decided(node) if d.decision)


def _items(node: Node, reports: Iterable[str], decisions: Sequence[Decision]) -> tuple[Item, ...]:
    ids = list(reports)
    return decided_items(items_of(node.codings(ids), node.reports(ids)), decisions)


def _each(groups: Iterable[Group], decisions: Sequence[Decision]) -> Iterator[tuple[Group, list[Decision]]]:
    """Each group with the preferences about its drafts."""
    about: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.kind == "prefer":
            about.setdefault(decision.left, []).append(decision)
    for group in groups:
        yield group, [decision for key in group for decision in about.get(key, ())]


def _rule(codes: Codes) -> int:
    """A number for all that merging goes by besides drafts and decisions; another means merging from scratch."""
    files = (resources.files("seamwatch.merge").joinpath(name) for name in ("coefficients.toml", "kin.toml"))
    told = msgspec.json.encode([MERGING, wire.dump(codes)], order="deterministic")
    digest = hashlib.blake2b(b"".join((told, *(file.read_bytes() for file in files))), digest_size=7)
    return int.from_bytes(digest.digest(), "big")
