"""Ed25519 keys: of an organisation (kept offline), of a node, of a role; their files, and what they sign.

A key file is JSON that only its owner may read (mode 0600), made once and never overwritten. A sealed one holds its
seed under a passphrase (Argon2id, then XSalsa20-Poly1305, both of libsodium). Seeds stand in no message, log or export.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from nacl import pwhash, secret, utils
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.signing import SigningKey, VerifyKey

from seamwatch.errors import TrustError

Use = Literal["organisation", "node", "role"]
Context = Literal["certificate", "revocation", "entries", "record", "item", "receipt", "content", "card"]
SHORTEST_PASSPHRASE = 8
_SEED_BYTES = 32
_MOST_FILE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Key:
    """A key pair. ``public`` is hex, as keys are named everywhere."""

    use: Use
    name: str
    public: str
    seed: bytes = field(repr=False, compare=False)

    def sign(self, context: Context, data: bytes) -> bytes:
        """The signature (64 bytes) over data in a context: it holds in no other."""
        return SigningKey(self.seed).sign(_in_context(context, data)).signature


def new_key(use: Use, name: str) -> Key:
    """A key from the system's source of chance."""
    return key_of(use, name, utils.random(_SEED_BYTES))


def key_of(use: Use, name: str, seed: bytes) -> Key:
    """The key of a seed of 32 bytes."""
    return Key(use, name, bytes(SigningKey(seed).verify_key).hex(), seed)


def holds(public: str, context: Context, data: bytes, signature: bytes) -> bool:
    """Whether a signature is that key's over the data in the context. False for what is no key or signature at all."""
    try:
        VerifyKey(bytes.fromhex(public)).verify(_in_context(context, data), signature)
    except (BadSignatureError, CryptoError, ValueError, TypeError):
        return False
    return True


def save(key: Key, path: Path, passphrase: str | None, *, strong: bool = True) -> None:
    """Write a key's file, sealed unless ``passphrase`` is None. Raises TrustError where the file is there already.

    ``strong`` takes some seconds and a quarter of a gigabyte to open; without it, a tenth of a second.
    """
    content: dict[str, Any] = {"v": 1, "use": key.use, "name": key.name, "public": key.public}
    if passphrase is None:
        content["seed"] = key.seed.hex()
    else:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            rule = f"a passphrase has {SHORTEST_PASSPHRASE} letters or more"
            raise TrustError(f"got {len(passphrase)} letters", where="passphrase", rule=rule)
        ops = pwhash.argon2id.OPSLIMIT_MODERATE if strong else pwhash.argon2id.OPSLIMIT_INTERACTIVE
        mem = pwhash.argon2id.MEMLIMIT_MODERATE if strong else pwhash.argon2id.MEMLIMIT_INTERACTIVE
        salt = utils.random(pwhash.argon2id.SALTBYTES)
        box = _box(passphrase, salt, ops, mem)
        content["sealed"] = {"ops": ops, "mem": mem, "salt": salt.hex(), "box": bytes(box.encrypt(key.seed)).hex()}
    data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        remedy = "name another file; a key is never overwritten"
        raise TrustError("is there already", where=str(path), remedy=remedy) from error
    except OSError as error:
        raise TrustError(error.strerror or str(error), where=str(path)) from error
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def sealed(path: Path) -> bool:
    """Whether a key's file asks for a passphrase."""
    return "sealed" in _content(path)


def load(path: Path, passphrase: str | None = None) -> Key:
    """A key from its file. Raises TrustError in one line that holds no secret."""
    content, where = _content(path), str(path)
    if "sealed" in content:
        if passphrase is None:
            raise TrustError("is sealed", where=where, remedy="give its passphrase")
        try:
            part = content["sealed"]
            box = _box(passphrase, bytes.fromhex(part["salt"]), int(part["ops"]), int(part["mem"]))
            seed = box.decrypt(bytes.fromhex(part["box"]))
        except CryptoError as error:
            raise TrustError("the passphrase does not open it", where=where) from error
        except (KeyError, TypeError, ValueError, MemoryError) as error:
            raise TrustError("is damaged", where=where, remedy="take it from a backup") from error
    else:
        try:
            seed = bytes.fromhex(content["seed"])
        except (KeyError, TypeError, ValueError) as error:
            raise TrustError("is damaged", where=where, remedy="take it from a backup") from error
    if len(seed) != _SEED_BYTES or content["use"] not in ("organisation", "node", "role"):
        raise TrustError("is damaged", where=where, remedy="take it from a backup")
    key = key_of(content["use"], str(content["name"]), seed)
    if key.public != content["public"]:
        raise TrustError("is damaged: its halves do not fit", where=where, remedy="take it from a backup")
    return key


def _content(path: Path) -> dict[str, Any]:
    where = str(path)
    try:
        if path.stat().st_size > _MOST_FILE_BYTES:
            raise TrustError("is no key", where=where, rule="a file that Seamwatch wrote")
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise TrustError("others may read it", where=where, rule="mode 0600", remedy=f"chmod 600 {path.name}")
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise TrustError(error.strerror or "cannot be read", where=where) from error
    except (ValueError, RecursionError) as error:
        raise TrustError("is no key", where=where, rule="a file that Seamwatch wrote") from error
    if not isinstance(content, dict) or not {"v", "use", "name", "public"} <= content.keys():
        raise TrustError("is no key", where=where, rule="a file that Seamwatch wrote")
    if content["v"] != 1:
        raise TrustError(f"has version {content['v']!r}", where=where, rule="version 1", remedy="upgrade Seamwatch")
    return content


def _box(passphrase: str, salt: bytes, ops: int, mem: int) -> secret.SecretBox:
    most_ops, most_mem = pwhash.argon2id.OPSLIMIT_SENSITIVE, pwhash.argon2id.MEMLIMIT_SENSITIVE
    if not 0 < ops <= most_ops or not 0 < mem <= most_mem:  # a forged file must not take the machine down
        raise ValueError("limits")
    return secret.SecretBox(pwhash.argon2id.kdf(secret.SecretBox.KEY_SIZE, passphrase.encode("utf-8"), salt, ops, mem))


def _in_context(context: Context, data: bytes) -> bytes:
    return b"seamwatch " + context.encode("ascii") + b" v1\n" + data
