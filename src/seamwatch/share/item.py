"""One item of a feed, and its line: the bytes that go over the network and on a stick alike.

A feed is for one partner: its items are numbered from 1 without a gap, each names the hash of the one before (the first
its feed), and the node's key signs each. What is withheld is not in it, so it leaves no gap and no count. A line is
``canonical JSON TAB signature LF``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from seamwatch.errors import LedgerError, ShareError
from seamwatch.ledger.canonical import canonical, sha256
from seamwatch.ledger.certificate import PUBLIC, SIGNATURE
from seamwatch.ledger.keys import Key, holds
from seamwatch.share.record import Record

VERSION = 1
MOST_BYTES = 4 * 1024 * 1024  # of a line
MOST_ITEMS = 2**53 - 1
_MEMBERS = {"v", "feed", "seq", "prev", "node", "role", "role_signature", "label", "urgent", "record"}
_LABEL = re.compile(r"(TLP:(RED|AMBER\+STRICT|AMBER|GREEN|CLEAR))?")


@dataclass(frozen=True, slots=True)
class Item:
    """An item as read from its line. ``role`` and its signature are empty where no office acted (keys, for instance).

    ``role_signature`` is over the record's root and so holds whatever is shown of it; ``signature`` is the node's over
    the item's bytes. Neither is checked here against whom the keys belong to: see `certificate.Trust`.
    """

    feed: str
    seq: int
    prev: str
    node: str
    role: str
    role_signature: str
    label: str
    urgent: bool
    record: Record
    hash: str
    line: bytes = field(repr=False)


def feed_id(owner: str, reader: str, epoch: int) -> str:
    """The name (hex) of the feed of an organisation for another; a new epoch is a new feed."""
    return sha256(canonical(["seamwatch feed", owner, reader, epoch])).hex()


def make_item(
    record: Record, *, feed: str, seq: int, prev: str, node: Key, role: str = "", role_signature: str = "",
    label: str = "", urgent: bool = False,
) -> Item:  # fmt: skip
    """The item that follows ``prev`` (the hash of item ``seq`` - 1, or the feed for the first), signed by the node."""
    data = canonical(
        {
            "v": VERSION, "feed": feed, "seq": seq, "prev": prev, "node": node.public, "role": role,
            "role_signature": role_signature, "label": label, "urgent": urgent, "record": record.dump(),
        }
    )  # fmt: skip
    line = data + b"\t" + node.sign("item", data).hex().encode("ascii") + b"\n"
    if len(line) > MOST_BYTES:
        raise ShareError(f"{len(line):,} bytes", where=f"item {seq}", rule=f"at most {MOST_BYTES:,}")
    return parse_item(line)


def parse_item(line: bytes, *, where: str = "item") -> Item:
    """An item from its line, with the node's signature and every field shown checked.

    Raises ShareError, in one line that quotes little, on anything else.
    """
    if len(line) > MOST_BYTES:
        raise ShareError(f"{len(line):,} bytes", where=where, rule=f"at most {MOST_BYTES:,}")
    data, tab, rest = line.partition(b"\t")
    signature = rest[:-1].decode("ascii", "replace")
    if not tab or not rest.endswith(b"\n") or not SIGNATURE.fullmatch(signature):
        raise ShareError("is no line of a feed", where=where, rule="JSON, tab, signature, line's end")
    raw = _decoded(data, where)
    seq = raw["seq"]
    where = f"{where} {seq}" if type(seq) is int and where == "item" else where
    if raw["v"] != VERSION or type(raw["v"]) is not int:
        raise ShareError("has another version", where=where, rule=f"version {VERSION}", remedy="upgrade Seamwatch")
    if type(seq) is not int or not 1 <= seq <= MOST_ITEMS:
        raise ShareError("has no number", where=where, rule="from 1")
    for name in ("feed", "prev", "node"):
        if not isinstance(raw[name], str) or not PUBLIC.fullmatch(raw[name]):
            raise ShareError(f"has no {name}", where=where, rule="64 hex digits")
    role, role_signature = raw["role"], raw["role_signature"]
    if (role, role_signature) != ("", ""):
        good = isinstance(role, str) and isinstance(role_signature, str)
        if not good or not PUBLIC.fullmatch(role) or not SIGNATURE.fullmatch(role_signature):
            raise ShareError("has no role", where=where, rule="a key and a signature, or neither")
    if not isinstance(raw["label"], str) or not _LABEL.fullmatch(raw["label"]) or type(raw["urgent"]) is not bool:
        raise ShareError("has no label", where=where, rule="a label of TLP 2.0 or none, and urgent or not")
    if not holds(raw["node"], "item", data, bytes.fromhex(signature)):
        raise ShareError("the node's signature does not hold", where=where, rule="altered, or by another key")
    record = Record.load(raw["record"], where=where)
    if role and not holds(role, "record", bytes.fromhex(record.root), bytes.fromhex(role_signature)):
        raise ShareError("the role's signature does not hold", where=where, rule="altered, or by another key")
    return Item(
        raw["feed"], seq, raw["prev"], raw["node"], role, role_signature, raw["label"], raw["urgent"], record,
        sha256(data).hex(), line,
    )  # fmt: skip


def lines_of(page: bytes) -> Iterator[bytes]:
    """The lines of a page of a feed, each with its end; a last one that was cut off is given as it is."""
    start = 0
    while start < len(page):
        end = page.find(b"\n", start)
        stop = len(page) if end < 0 else end + 1
        yield page[start:stop]
        start = stop


def _decoded(data: bytes, where: str) -> dict[str, Any]:
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ShareError("is not JSON", where=where, rule="a line of a feed") from error
    if not isinstance(raw, dict) or set(raw) != _MEMBERS:
        raise ShareError("is no item", where=where, rule=f"an object with {', '.join(sorted(_MEMBERS))}")
    try:
        if canonical(raw) != data:
            raise ShareError("is not canonical", where=where, rule="RFC 8785")
    except LedgerError as error:
        raise ShareError(error.what, where=where, rule=error.rule) from error
    return raw
