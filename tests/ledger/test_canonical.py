"""Canonical bytes: RFC 8785's own examples, and what JSON cannot say."""

import math

import pytest

from seamwatch.errors import LedgerError
from seamwatch.ledger.canonical import canonical


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"b": 1, "a": 2}, b'{"a":2,"b":1}'),
        ([1.0, -0.0, 6.5, 1e21, 1e-7], b"[1,0,6.5,1e+21,1e-7]"),
        ([333333333.33333329, 4.50, 2e-3, 1e-27], b"[333333333.3333333,4.5,0.002,1e-27]"),
        ("\u20ac$\u000f\nA'B\"\\\\\"/", '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()),
        ({"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
         '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}'.encode()),
        ((True, False, None, (), {}), b"[true,false,null,[],{}]"),
        ("گۆپتەپە", '"گۆپتەپە"'.encode()),
    ],
)  # fmt: skip
def test_the_standards_examples(value: object, said: bytes) -> None:
    assert canonical(value) == said


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**60, "half \ud800", {1: 2}, {"a": {1, 2}}, b"bytes"])
def test_what_json_cannot_say_is_refused_by_name(value: object) -> None:
    with pytest.raises(LedgerError, match="report r1: cannot be written"):
        canonical({"v": value}, where="report r1")


def test_endless_nesting_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(LedgerError):
        canonical(deep)
