"""Certificates and revocations: what an organisation's root key says about the keys of its nodes and roles.

A certificate holds for ever, since every old signature must stay checkable. A revocation says up to which number of a
chain (a node's entries, or one feed) a key's signatures count: never a time, which anybody can claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self

import msgspec

from seamwatch.errors import TrustError
from seamwatch.ledger.canonical import canonical
from seamwatch.ledger.keys import Key, holds

PUBLIC = re.compile(r"[0-9a-f]{64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")
MOST_BYTES = 4096
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Certificate:
    """That a key is a node's or a role's of an organisation: ``org`` its root key (hex), ``role`` an office's name."""

    org: str
    org_name: str
    key: str
    use: Literal["node", "role"]
    role: str

    def data(self) -> bytes:
        """The bytes that the root signs."""
        return canonical({"v": 1, "is": "certificate"} | msgspec.to_builtins(self))


@dataclass(frozen=True, slots=True)
class Revocation:
    """That a key's signatures count in a chain (hex id) up to number ``valid_to`` and no further; 0: none counts."""

    org: str
    key: str
    chain: str
    valid_to: int

    def data(self) -> bytes:
        """The bytes that the root signs."""
        return canonical({"v": 1, "is": "revocation"} | msgspec.to_builtins(self))


@dataclass(frozen=True, slots=True)
class Signed:
    """A certificate or revocation with the root's signature (hex)."""

    said: Certificate | Revocation
    signature: str

    def dump(self) -> dict[str, Any]:
        """As JSON builtins."""
        return {"data": self.said.data().decode("utf-8"), "signature": self.signature}

    @classmethod
    def load(cls, raw: object, *, where: str = "certificate") -> Self:
        """From JSON builtins, with the signature checked. Raises TrustError on anything else."""
        if not isinstance(raw, dict) or set(raw) != {"data", "signature"}:
            raise TrustError("is no certificate", where=where, rule="data and its signature")
        data, signature = raw["data"], raw["signature"]
        if not isinstance(data, str) or len(data) > MOST_BYTES or not isinstance(signature, str):
            raise TrustError("is no certificate", where=where, rule=f"at most {MOST_BYTES} letters, and a signature")
        said = _parse(data.encode("utf-8", "replace"), where)
        context: Literal["certificate", "revocation"] = "certificate" if isinstance(said, Certificate) else "revocation"
        if not SIGNATURE.fullmatch(signature) or not holds(said.org, context, said.data(), bytes.fromhex(signature)):
            raise TrustError("the organisation's signature does not hold", where=where)
        return cls(said, signature)


def certify(root: Key, org_name: str, key: Key | str, use: Literal["node", "role"], role: str = "") -> Signed:
    """A certificate by an organisation's root key. ``role`` names an office ("duty officer"), never a person."""
    _is_root(root)
    said = Certificate(root.public, org_name, key if isinstance(key, str) else key.public, use, role)
    _checked(said, "certificate")
    return Signed(said, root.sign("certificate", said.data()).hex())


def revoke(root: Key, key: str, chain: str, valid_to: int) -> Signed:
    """A revocation by an organisation's root key."""
    _is_root(root)
    said = Revocation(root.public, key, chain, valid_to)
    _checked(said, "revocation")
    return Signed(said, root.sign("revocation", said.data()).hex())


@dataclass(frozen=True, slots=True)
class Trust:
    """The certificates and revocations that are known: of which organisation and office a key is, and up to where."""

    certificates: dict[str, Certificate]
    limits: dict[tuple[str, str], int]

    @classmethod
    def of(cls, signed: Iterable[Signed]) -> Self:
        """From signed statements. Of two revocations the earlier limit holds; one by another organisation says nothing.

        A key certified by two organisations is trusted for neither: a TrustError names it.
        """
        statements = [one.said for one in signed]
        certificates: dict[str, Certificate] = {}
        for said in statements:
            if isinstance(said, Certificate):
                old = certificates.setdefault(said.key, said)
                if old.org != said.org or old.use != said.use:
                    raise TrustError("is certified twice, and not alike", where=f"key {said.key[:16]}")
        limits: dict[tuple[str, str], int] = {}
        for said in statements:
            if isinstance(said, Revocation):
                holder = certificates.get(said.key)
                if holder is None or holder.org == said.org:
                    at = said.key, said.chain
                    limits[at] = min(said.valid_to, limits.get(at, said.valid_to))
        return cls(certificates, limits)

    def holder(self, key: str, *, use: Literal["node", "role"], org: str, chain: str, n: int) -> Certificate | None:
        """The certificate under which a key may sign number ``n`` of a chain for an organisation; None: it may not."""
        found = self.certificates.get(key)
        if found is None or found.use != use or found.org != org:
            return None
        limit = self.limits.get((key, chain))
        return None if limit is not None and n > limit else found


def _parse(data: bytes, where: str) -> Certificate | Revocation:
    try:
        raw = msgspec.json.decode(data)
        kind = {"certificate": Certificate, "revocation": Revocation}[raw.pop("is")]
        if raw.pop("v") != 1:
            raise TrustError("has another version", where=where, rule="version 1", remedy="upgrade Seamwatch")
        said: Certificate | Revocation = msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise TrustError("is no certificate", where=where, rule="what an organisation's root signs") from error
    _checked(said, where)
    if said.data() != data:
        raise TrustError("is not canonical", where=where, rule="RFC 8785")
    return said


def _checked(said: Certificate | Revocation, where: str) -> None:
    if not PUBLIC.fullmatch(said.org) or not PUBLIC.fullmatch(said.key):
        raise TrustError("got no key", where=where, rule="a public key is 64 hex digits")
    if isinstance(said, Revocation):
        if not PUBLIC.fullmatch(said.chain) or said.valid_to < 0:
            raise TrustError(f"got {said.valid_to} of {said.chain[:16]!r}", where=where, rule="a chain, and 0 or more")
        return
    if not 0 < len(said.org_name.strip()) <= LONGEST_NAME or len(said.role) > LONGEST_NAME:
        raise TrustError("got no name", where=where, rule=f"an organisation's name of at most {LONGEST_NAME} letters")
    if (said.use == "role") != bool(said.role.strip()):
        raise TrustError(f"got role {said.role!r}", where=where, rule="a role's key, and only that, names its office")


def _is_root(root: Key) -> None:
    if root.use != "organisation":
        raise TrustError(f"is a {root.use}'s key", where=root.name, rule="only the organisation's root key certifies")
