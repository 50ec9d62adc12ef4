"""A record that can be released in part: a salted hash for each field, and one root over all of them.

The root is the record's name. Whoever gets some fields now and others later sees by the root that it is the same
record, and cannot guess the fields held back, nor how many there are: decoys fill the list of hashes up (the idea of
RFC 9901). Salts come from a secret of the node and the entry's number, so a restored node gives the same ones.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from seamwatch.errors import LedgerError, ShareError
from seamwatch.ledger.canonical import canonical, sha256
from seamwatch.ledger.entry import KIND

SALT_BYTES = 16
BLOCK = 16  # the list of hashes is filled up to a multiple of it
MOST_DIGESTS = 1024
Field = tuple[str, Any]  # hex salt, JSON value


@dataclass(frozen=True, slots=True)
class Record:
    """What is shown of a record: the hashes (hex, sorted) of all its fields and decoys, and the fields shown."""

    kind: str
    digests: tuple[str, ...]
    shown: Mapping[str, Field]

    @property
    def root(self) -> str:
        """Its name (hex), the same whatever is shown."""
        return root_of(self.kind, self.digests).hex()

    @property
    def values(self) -> dict[str, Any]:
        """The fields shown, without salts."""
        return {name: value for name, (_, value) in self.shown.items()}

    def only(self, names: Iterable[str]) -> Self:
        """The same record with no other fields shown than these."""
        keep = frozenset(names)
        return type(self)(self.kind, self.digests, {n: f for n, f in self.shown.items() if n in keep})

    def dump(self) -> dict[str, Any]:
        """As JSON builtins."""
        shown = [[salt, name, value] for name, (salt, value) in sorted(self.shown.items())]
        return {"kind": self.kind, "digests": list(self.digests), "shown": shown}

    @classmethod
    def load(cls, raw: object, *, where: str = "record") -> Self:
        """From JSON builtins, with every field shown checked against its hash. Raises ShareError on anything else."""
        if not isinstance(raw, dict) or set(raw) != {"kind", "digests", "shown"}:
            raise ShareError("is no record", where=where, rule="kind, digests and shown")
        kind, digests, shown = raw["kind"], raw["digests"], raw["shown"]
        if not isinstance(kind, str) or not KIND.fullmatch(kind):
            raise ShareError(f"got kind {str(kind)[:40]!r}", where=where, rule="a kind of record")
        if not isinstance(digests, list) or not 0 < len(digests) <= MOST_DIGESTS or len(digests) % BLOCK:
            raise ShareError("has no list of hashes", where=where, rule=f"a multiple of {BLOCK}, up to {MOST_DIGESTS}")
        if not all(isinstance(d, str) and len(d) == 64 for d in digests) or sorted(set(digests)) != digests:
            raise ShareError("has hashes out of order", where=where, rule="hex, sorted, each once")
        if not isinstance(shown, list) or len(shown) > len(digests):
            raise ShareError("shows no fields", where=where, rule="a list of salt, name and value")
        fields: dict[str, Field] = {}
        known = frozenset(digests)
        for one in shown:
            if not (isinstance(one, list) and len(one) == 3 and isinstance(one[0], str) and isinstance(one[1], str)):
                raise ShareError("shows no fields", where=where, rule="a list of salt, name and value")
            salt, name, value = one
            if len(salt) != 2 * SALT_BYTES or name in fields:
                raise ShareError(f"shows {name[:40]!r} wrongly", where=where, rule="a salt each, a field once")
            if digest(salt, name, value) not in known:
                raise ShareError(
                    f"shows another {name[:40]!r} than it names", where=where, rule="a field fits its hash"
                )
            fields[name] = salt, value
        if list(fields) != sorted(fields):
            raise ShareError("shows fields out of order", where=where, rule="by name")
        return cls(kind, tuple(digests), fields)


def make_record(secret: bytes, n: int, kind: str, fields: Mapping[str, Any]) -> Record:
    """The record of entry ``n`` with all its fields shown. ``secret`` is the node's own, of 32 bytes."""
    if not fields or len(fields) > MOST_DIGESTS - BLOCK:
        raise ShareError(f"has {len(fields)} fields", where=f"entry {n}", rule=f"1 to {MOST_DIGESTS - BLOCK}")
    shown = {name: (_salt(secret, n, name), value) for name, value in sorted(fields.items())}
    digests = {digest(salt, name, value) for name, (salt, value) in shown.items()}
    missing = -len(digests) % BLOCK
    digests |= {sha256(bytes.fromhex(_salt(secret, n, f"\0{k}"))).hex() for k in range(missing)}
    return Record(kind, tuple(sorted(digests)), shown)


def root_of(kind: str, digests: Iterable[str]) -> bytes:
    """The hash over a record's hashes."""
    return sha256(canonical({"v": 1, "kind": kind, "digests": list(digests)}))


def digest(salt: str, name: str, value: Any) -> str:
    """The hash (hex) of a field. Raises ShareError on a value that JSON cannot say."""
    try:
        return sha256(canonical([salt, name, value])).hex()
    except LedgerError as error:
        raise ShareError(error.what, where=f"field {name[:40]!r}", rule=error.rule) from error


def _salt(secret: bytes, n: int, name: str) -> str:
    return hmac.digest(secret, f"{n}\n{name}".encode(), "sha256")[:SALT_BYTES].hex()
