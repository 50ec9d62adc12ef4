"""Tolls in many wordings of our own, from ``tolls.tsv``: kind, language, toll, text (``\\n`` is a new line)."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_toll import tolls

ROWS = [line.split("\t") for line in Path(__file__).with_name("tolls.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("lang", "expected", "text"), [row[1:] for row in ROWS])
def test_wordings(lang: str, expected: str, text: str) -> None:
    assert tolls(text.replace("\\n", "\n"), lang) == [expected]
