"""Texts with ids and spans, as JSON Lines."""

import pytest

from seamwatch.errors import ReadError
from seamwatch.read import Text, read_texts


def test_texts_come_in_order_and_each_bad_line_is_one_error() -> None:
    lines = [
        b'\xef\xbb\xbf{"id": 1, "text": "a b"}\r\n',
        b"\n",
        b"{",
        None,
        b'{"id": "x", "text": "ab", "spans": [[0, 2]]}',
    ]
    found = list(read_texts(lines, "f"))
    assert found[0] == Text(1, "a b") and found[3] == Text("x", "ab", ((0, 2),))
    assert [f.where for f in found if isinstance(f, ReadError)] == ["f:3", "f:4"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"[]", "got list"),
        (b'{"id": 1}', "no text"),
        (b'{"text": "a"}', "no id"),
        (b'{"id": true, "text": "a"}', "id is True"),
        (b'{"id": 1, "text": "ab", "spans": [[0, 3]]}', "spans"),
        (b'{"id": 1, "text": "ab", "spans": [[1, 1]]}', "spans"),
        (b'{"id": 1, "text": "ab", "spans": [[0, 1.0]]}', "spans"),
        (b'{"id": 1, "text": "ab", "spans": {"0": 1}}', "spans"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_wrong_is_said(line: bytes, what: str) -> None:
    (error,) = read_texts([line], "f")
    assert isinstance(error, ReadError) and what in str(error)


def test_a_lone_half_of_a_character_is_kept() -> None:
    (text,) = read_texts([b'{"id": 1, "text": "\\ud800 Paris"}'], "f")
    assert isinstance(text, Text) and len(text.text) == 7
