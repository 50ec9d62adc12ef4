"""A factory of items: a clash at a fixed invented spot, with anything else as the test says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from seamwatch.merge import Item
from seamwatch.merge.copies import sketch
from seamwatch.model import Count, DateSpan, Figure, Place, Record

NIGHT = DateSpan(date(2020, 5, 1), date(2020, 5, 2), "night")
PLACE = Place("Hill Nine", "resolved", 35.40, 44.10, 5.0, "exact", governorate="North", district="East")


def make(key: str = "a#0", *, words: str = "", **fields: Any) -> Item:
    """Item fields (source, day, lang) and record fields by name; ``killed`` and ``date_`` for short."""
    about = {name: fields.pop(name) for name in ("source", "day", "lang", "draft") if name in fields}
    if "killed" in fields:
        fields["toll"] = (Count("forces", "killed", fields.pop("killed")),)
    record = replace(Record("armed_clash", NIGHT, PLACE, ("isis",), ("iraqi_army",)), **fields)
    known = {"source": f"source of {key}", "day": date(2020, 5, 2)} | about
    return Item(key, record, key.split("#")[0], sketch=sketch(words), **known)


@pytest.fixture
def item() -> Callable[..., Item]:
    return make


@pytest.fixture
def place() -> Callable[..., Place]:
    return lambda **fields: replace(PLACE, **fields)


@pytest.fixture
def exactly() -> Callable[[int], Figure]:
    return Figure.exactly
