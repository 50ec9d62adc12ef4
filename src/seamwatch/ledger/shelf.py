"""What merging keeps of each draft in a node, so that a later report is merged without reading the others.

A row says in which neighbourhood a draft is and what of it is compared; other rows say where it may be found: by place
(a cell, a name, a governorate, a toll; hashed) and day. All of it is derived, and made anew when merging changes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from seamwatch.errors import LedgerError
from seamwatch.ledger import sql
from seamwatch.merge.blocks import Key, days_near, lies, looks
from seamwatch.merge.clusters import Neighbourhood
from seamwatch.merge.decisions import Decision
from seamwatch.merge.facts import LONGEST_DAYS, Facts
from seamwatch.streams import batched

_FACTS, _DECISION = msgspec.msgpack.Decoder(Facts), msgspec.msgpack.Decoder(Decision)
_AT_ONCE = 500


class NodeShelf:
    """`seamwatch.merge.Shelf` on a node's tables. Reads see the transaction that is open on ``db``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def near(self, fact: Facts) -> Mapping[str, Facts]:
        """See `seamwatch.merge.Shelf`."""
        if (days := days_near(fact)) is None:
            return {}
        window = (days[0] - LONGEST_DAYS, days[1], days[0])
        drafts = {row[0] for place in set(looks(fact)) for row in self._db.execute(sql.NEAR, (_hash(place), *window))}
        return dict(self._facts("draft", drafts))

    def neighbours(self, keys: Iterable[str]) -> Mapping[str, Facts]:
        """See `seamwatch.merge.Shelf`."""
        return dict(self._facts("neighbourhood", self._numbers(keys)))

    def neighbourhoods(self, keys: Iterable[str]) -> Iterator[dict[str, Facts]]:
        """The neighbourhoods of some drafts that hold more than one, each with all its drafts."""
        for some in _chunks(self._numbers(keys)):
            query = (
                f"SELECT neighbourhood, draft, facts FROM merged_drafts WHERE {sql.among('neighbourhood', len(some))}"  # noqa: S608
            )
            found: dict[int, list[tuple[str, bytes]]] = {}
            for number, key, data in self._db.execute(query, some):
                found.setdefault(number, []).append((key, data))
            yield from ({k: _facts_of(d) for k, d in rows} for rows in found.values() if len(rows) > 1)

    def drafts_of(self, reports: Iterable[str]) -> set[str]:
        """The keys of all drafts of some reports."""
        found: set[str] = set()
        for report in reports:
            found.update(row[0] for row in self._db.execute(sql.DRAFTS_OF, (f"{report}#", f"{report}$")))
        return found

    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that were heeded when the node was last merged."""
        rows = self._db.execute("SELECT data FROM merged_decisions ORDER BY k")
        return tuple(_DECISION.decode(row[0]) for row in rows)

    def put(
        self,
        fresh: Mapping[str, Facts],
        gone: Iterable[str],
        found: Sequence[Neighbourhood],
        decisions: Iterable[Decision],
    ) -> None:
        """Keep what `seamwatch.merge.rejoin` gave, in the transaction that is open."""
        dropped = dict(self._facts("draft", {*gone, *fresh}))
        spots = [(_hash(place), fact.first, key) for key, fact in dropped.items() for place in lies(fact)]
        self._db.executemany("DELETE FROM merged_places WHERE place = ? AND first_day = ? AND draft = ?", spots)
        self._db.executemany("DELETE FROM merged_drafts WHERE draft = ?", [(key,) for key in dropped])
        (last,) = self._db.execute("SELECT coalesce(max(neighbourhood), 0) FROM merged_drafts").fetchone()
        numbers = {key: n for n, groups in enumerate(found, last + 1) for group in groups for key in group}
        rows = ((key, numbers[key], msgspec.msgpack.encode(fact)) for key, fact in fresh.items())
        self._db.executemany(sql.insert("merged_drafts"), rows)
        moved = [(n, key) for key, n in numbers.items() if key not in fresh]
        self._db.executemany("UPDATE merged_drafts SET neighbourhood = ? WHERE draft = ?", moved)
        self._db.executemany(sql.insert("merged_places"), _places(fresh))
        self._db.execute("DELETE FROM merged_decisions")
        told = ((k, msgspec.msgpack.encode(decision)) for k, decision in enumerate(decisions))
        self._db.executemany(sql.insert("merged_decisions"), told)

    def _numbers(self, keys: Iterable[str]) -> Iterator[int]:
        """The numbers of the neighbourhoods of some drafts, as often as these are in them."""
        for some in _chunks(keys):
            query = f"SELECT neighbourhood FROM merged_drafts WHERE {sql.among('draft', len(some))}"  # noqa: S608
            yield from (row[0] for row in self._db.execute(query, some))

    def _facts(self, column: str, values: Iterable[object]) -> Iterator[tuple[str, Facts]]:
        for some in _chunks(values):
            query = f"SELECT draft, facts FROM merged_drafts WHERE {sql.among(column, len(some))}"  # noqa: S608
            for key, data in self._db.execute(query, some):
                yield key, _facts_of(data)


def _facts_of(data: bytes) -> Facts:
    try:
        return _FACTS.decode(data)
    except msgspec.MsgspecError as error:  # kept by a version of ours that compared other facts
        raise LedgerError(f"what merging kept cannot be read: {error}", remedy="run `seamwatch watch` again") from error


def _places(fresh: Mapping[str, Facts]) -> Iterator[tuple[int, int, str, int]]:
    for key, fact in fresh.items():
        if fact.first is not None and fact.last is not None:
            for number in {_hash(place) for place in lies(fact)}:
                yield number, fact.first, key, fact.last


def _hash(place: Key) -> int:
    """A place as a whole number; that two share one now and then costs a comparison and no more."""
    return int.from_bytes(hashlib.blake2b(repr(place).encode(), digest_size=7).digest(), "big")


def _chunks(values: Iterable[object]) -> Iterator[list[object]]:
    return batched(dict.fromkeys(values), _AT_ONCE)
