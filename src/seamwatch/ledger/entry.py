"""An entry: canonical bytes that name the hash of the entry before them.

Version 1 is ``{"at", "body", "kind", "n", "prev", "subject", "v"}``. Every later version keeps these seven (a reader of
today can then follow any chain) and may add others, which are carried and ignored. Signatures will stand beside the
bytes, over their hash, never in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from seamwatch.errors import LedgerError
from seamwatch.ledger.canonical import canonical, sha256

VERSION = 1
FIRST_PREV = "0" * 64
MAX_BYTES = 32 * 1024 * 1024
KIND = re.compile(r"[a-z][a-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number and hash (hex) of its last entry; 0 and zeros for an empty one."""

    n: int = 0
    hash: str = FIRST_PREV


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be appended. ``subject`` is what it is about (a report's id, a pair of drafts); ``body`` is JSON."""

    kind: str
    subject: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the chain. ``known`` tells that `append` found it there already."""

    n: int
    kind: str
    subject: str
    hash: str
    data: bytes = field(repr=False)
    known: bool = field(default=False, compare=False)

    @property
    def content(self) -> dict[str, Any]:
        """All that the bytes say. Raises LedgerError where they are not an entry."""
        return parse(self.data, where=f"entry {self.n}")

    @property
    def body(self) -> dict[str, Any]:
        """What was recorded."""
        body: dict[str, Any] = self.content["body"]
        return body

    @property
    def prev(self) -> str:
        """The hash (hex) of the entry before."""
        return str(self.content["prev"])

    @property
    def at(self) -> str:
        """When this node wrote it, UTC. For people only: nothing is ordered or decided by it."""
        return str(self.content["at"])


@dataclass(frozen=True, slots=True)
class Sealable:
    """A checked new entry with its body's canonical bytes: the slow part, done before the node is locked."""

    kind: str
    subject: str
    body: bytes

    @property
    def digest(self) -> bytes:
        """The hash of the body: the same content said again has the same."""
        return sha256(self.body)

    def seal(self, head: Head, at: datetime) -> Entry:
        """The entry that follows ``head``."""
        n = head.n + 1
        # Canonical members in canonical order are canonical bytes; only the body is large, and it is already written.
        data = b'{"at":%s,"body":%s,"kind":%s,"n":%d,"prev":"%s","subject":%s,"v":%d}' % (
            canonical(at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
            self.body,
            canonical(self.kind),
            n,
            head.hash.encode("ascii"),
            canonical(self.subject, where=f"entry {n} subject"),
            VERSION,
        )
        return Entry(n, self.kind, self.subject, sha256(data).hex(), data)


def sealable(new: NewEntry) -> Sealable:
    """A new entry ready to be sealed. Raises LedgerError on a kind, subject or body that no entry may have."""
    where = f"{new.kind} {new.subject}"[:120]
    if not KIND.fullmatch(new.kind):
        raise LedgerError(f"got kind {new.kind!r}", where=where, rule="a small letter, then letters, digits, . _ -")
    if not isinstance(new.body, Mapping):
        raise LedgerError(f"got {type(new.body).__name__}", where=where, rule="an entry's body is a JSON object")
    body = canonical(dict(new.body), where=where)
    if len(body) > MAX_BYTES:
        remedy = "split the report or keep the text as a file and record what it says"
        raise LedgerError(f"{len(body):,} bytes", where=where, rule=f"at most {MAX_BYTES:,} an entry", remedy=remedy)
    return Sealable(new.kind, new.subject, body)


def parse(data: bytes, *, where: str = "entry") -> dict[str, Any]:
    """What an entry's bytes say, of any version. Raises LedgerError where they are not an entry."""
    try:
        content = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LedgerError("not JSON", where=where, rule="entries are canonical JSON") from error
    wanted = {"v": int, "n": int, "prev": str, "kind": str, "subject": str, "at": str, "body": dict}
    if not isinstance(content, dict):
        raise LedgerError("not an object", where=where, rule=f"an object with {', '.join(wanted)}")
    for name, kind in wanted.items():
        if type(content.get(name)) is not kind:
            got = repr(content.get(name))[:60]
            raise LedgerError(f"{name} is {got}", where=where, rule=f"an object with {', '.join(wanted)}")
    return content
