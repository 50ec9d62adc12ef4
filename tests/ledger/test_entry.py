"""Entries: sealed bytes, and reading those of other versions."""

import hashlib
import json

import pytest
import rfc8785
from ledger_story import AT

from seamwatch.errors import LedgerError
from seamwatch.ledger import entry as entry_module
from seamwatch.ledger.entry import Head, NewEntry, parse, sealable


def test_the_bytes_are_the_canonical_json_of_the_seven_members() -> None:
    new = NewEntry("note", 'a "quoted" ,"kind":" subject', {"z": 1.5, "a": ["ب", None]})
    sealed = sealable(new).seal(Head(7, "ab" * 32), AT)
    want = {
        "v": 1, "n": 8, "prev": "ab" * 32, "kind": "note", "subject": new.subject, "at": "2022-05-07T12:00:00Z",
        "body": new.body,
    }  # fmt: skip
    assert sealed.data == rfc8785.dumps(want)
    assert sealed.hash == hashlib.sha256(sealed.data).hexdigest()
    assert (sealed.n, sealed.prev, sealed.at, sealed.body) == (8, "ab" * 32, "2022-05-07T12:00:00Z", dict(new.body))


def test_a_later_version_with_more_members_can_be_read() -> None:
    content = {
        "v": 2,
        "n": 1,
        "prev": "0" * 64,
        "kind": "k",
        "subject": "",
        "at": "",
        "body": {},
        "org": "x",
        "hlc": [1, 2],
    }
    assert parse(json.dumps(content).encode())["org"] == "x"


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{", b'{"v":1}', b'{"v":true,"n":1}', b"[" * 200_000])
def test_what_is_no_entry_is_refused(data: bytes) -> None:
    with pytest.raises(LedgerError, match="entry 3"):
        parse(data, where="entry 3")


@pytest.mark.parametrize("kind", ["", "Report", "a b", "1st", "x" * 65, "käse"])
def test_a_kind_is_a_plain_name(kind: str) -> None:
    with pytest.raises(LedgerError, match="kind"):
        sealable(NewEntry(kind, "s", {}))


def test_an_entry_has_a_greatest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_module, "MAX_BYTES", 50)
    with pytest.raises(LedgerError, match="at most 50 an entry"):
        sealable(NewEntry("note", "s", {"text": "x" * 50}))


def test_a_body_is_an_object() -> None:
    with pytest.raises(LedgerError, match="JSON object"):
        sealable(NewEntry("note", "s", [1]))  # type: ignore[arg-type]
