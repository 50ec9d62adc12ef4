"""Tolls in many wordings of our own, from ``tolls.tsv``: kind, language, toll, text (``\\n`` is a new line).

A title stands before `` || ``. A kind that starts with ``?`` is a known miss.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_toll import tolls

ROWS = [line.split("\t") for line in Path(__file__).with_name("tolls.tsv").read_text("utf-8").splitlines()]
MISSED = pytest.mark.xfail(strict=True, reason="a known miss")
CASES = [pytest.param(*row[1:], marks=MISSED if row[0].startswith("?") else ()) for row in ROWS]


@pytest.mark.parametrize(("lang", "expected", "text"), CASES)
def test_wordings(lang: str, expected: str, text: str) -> None:
    title, _, told = text.rpartition(" || ")
    assert tolls(told.replace("\\n", "\n"), lang, title) == [expected]
