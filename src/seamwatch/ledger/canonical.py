"""RFC 8785 canonical JSON bytes: the same value gives the same bytes on every machine and in every language.

`rfc8785` is the reference and does all hard cases. It manages some 2,000 codings a second, too few for an import, so
plain values (all that the model holds) go through the standard library's C encoder, whose bytes are equal for them
(`tests/laws/test_ledger_laws.py` holds the two together).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

from seamwatch.errors import LedgerError

_EXACT = 2**53 - 1  # RFC 8785 numbers are IEEE doubles: beyond this whole numbers are not exact


class _Unusual(Exception):
    """A value that only the reference writes right, or refuses."""


def canonical(value: Any, *, where: str = "entry") -> bytes:
    """The canonical bytes of JSON builtins. LedgerError on what JSON cannot say (NaN, 2**60, half a surrogate)."""
    try:
        plain = _plain(value)
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    except (_Unusual, UnicodeEncodeError, RecursionError):
        pass
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError, TypeError) as error:
        said = str(error) or type(error).__name__
        raise LedgerError(f"cannot be written: {said}", where=where, rule="canonical JSON, RFC 8785") from error


def sha256(data: bytes) -> bytes:
    """The hash that names bytes in the ledger (32 bytes)."""
    return hashlib.sha256(data).digest()


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is dict:
        if not all(map(_plain_key, value)):
            raise _Unusual
        return {key: one if type(one) is str or one is None else _plain(one) for key, one in value.items()}
    if kind is list or kind is tuple:
        return [one if type(one) is str else _plain(one) for one in value]
    if kind is int and -_EXACT <= value <= _EXACT:
        return value
    if kind is float and value.is_integer() and -_EXACT <= value <= _EXACT:
        return int(value)
    if kind is float and 1e-4 <= abs(value) < 1e15:  # where Python and ECMAScript write a double alike
        return value
    raise _Unusual


def _plain_key(key: Any) -> bool:
    # Keys sort by UTF-16 units, which differs from Python's order beyond the basic plane.
    return type(key) is str and key.isascii()
