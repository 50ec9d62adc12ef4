"""The entries of sharing, with versioned schemas: what is said of partners, released, sent, received, and confirmed.

As in `ledger.kinds`: a body says its ``schema``; a schema once written is readable for ever; what this program does not
know is carried in the chain and left out of the tables. Keys, roots, hashes and signatures are hex.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seamwatch import wire
from seamwatch.errors import LedgerError, ModelError
from seamwatch.ledger.entry import Entry, NewEntry


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that records may be released to, as a person entered it from its card.

    ``org`` is its root key, ``certificates`` what its root signed (`certificate.Signed.dump`), ``joint`` whether it is
    a member of the joint centre, ``address`` where its node answers ("" if by stick alone), ``tls`` the SHA-256 of
    its TLS certificate (PEM in ``tls_pem``). ``removed`` ends it: nothing more is released to it.
    """

    org: str
    name: str
    joint: bool = False
    address: str = ""
    tls: str = ""
    tls_pem: str = ""
    certificates: tuple[dict[str, Any], ...] = ()
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """That entry ``of`` is released as record ``root`` to an audience (marks), with some fields or all (None) shown.

    ``role`` is the key of the office that released it, with its signature over the root. ``sanitised``: released wider
    than its parts allow, by an approver, for the ``reason`` given.
    """

    of: int
    root: str
    audience: tuple[str, ...]
    fields: tuple[str, ...] | None = None
    label: str = ""
    urgent: bool = False
    role: str = ""
    role_signature: str = ""
    sanitised: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Retraction:
    """That record ``root`` is taken back from all who had it but ``keeps`` (marks), for a reason that they are told."""

    root: str
    reason: str
    keeps: tuple[str, ...] = ()
    role: str = ""
    role_signature: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of one's own feed for a partner; ``of`` the entry (release, retraction, key) that it came of."""

    feed: str
    seq: int
    of: int
    root: str
    urgent: bool
    line: str


@dataclass(frozen=True, slots=True)
class Received:
    """A line of a partner's feed. ``ahead`` of its turn: verified by itself, its place in the chain not yet."""

    feed: str
    seq: int
    line: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an organisation has a feed up to ``seq``, whose item has hash ``head``; signed by its node over both."""

    feed: str
    seq: int
    head: str
    org: str
    node: str
    signature: str


@dataclass(frozen=True, slots=True)
class Epoch:
    """That the feed of ``owner`` for ``reader`` goes on as a new one, numbered ``epoch``, and why."""

    owner: str
    reader: str
    epoch: int
    reason: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Bytes from a partner that could not be used, and why; ``data`` is their beginning, base64."""

    org: str
    feed: str
    seq: int
    reason: str
    size: int
    data: str


Shared = Partner | Release | Retraction | Sent | Received | Receipt | Epoch | Quarantined

_KINDS: dict[str, type[Shared]] = {
    "partner": Partner,
    "release": Release,
    "retraction": Retraction,
    "item": Sent,
    "received": Received,
    "receipt": Receipt,
    "epoch": Epoch,
    "quarantine": Quarantined,
}
KINDS = tuple(_KINDS)
_NAMES = {made: kind for kind, made in _KINDS.items()}


def entry_for(value: Shared) -> NewEntry:
    """The entry that records it."""
    kind = _NAMES[type(value)]
    match value:
        case Partner():
            subject = value.org
        case Release() | Retraction():
            subject = value.root
        case Epoch():
            subject = value.reader
        case Quarantined():
            subject = value.org or "unknown"
        case Sent() | Received() | Receipt():
            subject = f"{value.feed} {value.seq}"
    return NewEntry(kind, subject, {"schema": 1, kind: wire.dump(value)})


def shared_of(entry: Entry) -> Shared | None:
    """What an entry says; None for a kind or schema that this program does not know. LedgerError on a broken one."""
    made = _KINDS.get(entry.kind)
    body: Mapping[str, Any] = entry.body
    if made is None or body.get("schema") != 1:
        return None
    where = f"entry {entry.n} ({entry.kind})"
    try:
        value: Shared = wire.load(made, body.get(entry.kind), where=where)
    except ModelError as error:
        raise LedgerError(error.what, where=where, rule=f"schema 1 of {entry.kind}") from error
    return value
