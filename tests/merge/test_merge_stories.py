"""Invented nights through our own coder: three languages become one incident, two attacks of one night stay two."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from stories import CROWDED, STORIES

from seamwatch.merge import Item, cluster, items_of, merge
from seamwatch.model import Report, make_report
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place

PACK = load_pack()


def told(text: str, day: date, desk: str) -> tuple[Item, ...]:
    report = make_report("", text, source=desk, day=day)
    return items_of([code_and_place(report, PACK)], [report])


def told_each(texts: Sequence[str], day: str, shift: int = 0) -> list[Item]:
    """One item a text, each from a desk of its own."""
    at = date.fromisoformat(day) + timedelta(weeks=52 * shift)
    found = [told(text, at, f"desk {n}") for n, text in enumerate(texts)]
    assert all(len(items) == 1 for items in found), "the coder finds one incident in each"
    return [items[0] for items in found]


def groups(items: Sequence[Item]) -> set[frozenset[str]]:
    return {frozenset(group) for group in cluster(items, codes=PACK.codes)}


@pytest.mark.parametrize("name", STORIES)
def test_one_night_in_three_languages_is_one_incident(name: str) -> None:
    day, *texts = STORIES[name]
    items = told_each(texts, day)
    assert groups(items) == {frozenset(item.key for item in items)}


def test_all_nights_together_stay_apart() -> None:
    nights = [told_each(texts, day) for day, *texts in STORIES.values()]
    want = {frozenset(item.key for item in night) for night in nights}
    assert groups([item for night in nights for item in night]) == want


@pytest.mark.parametrize("name", CROWDED)
def test_two_attacks_of_one_night_stay_two(name: str) -> None:
    day, one, two = CROWDED[name]
    first, second = told_each(one, day), told_each(two, day)
    want = {frozenset(item.key for item in items) for items in (first, second)}
    assert groups([*first, *second]) == want


def wire(desk: str, text: str) -> Report:
    return make_report("", text, source=desk, day=date(2021, 3, 11))


def test_copies_of_one_wire_text_are_one_source_however_many_carry_it() -> None:
    text = " ".join(STORIES["post at Daquq"][1].split()) + " " + "The area lies between the lines of both forces. " * 3
    copied = [wire(f"paper {n}", text + f" Read more at paper {n}.") for n in range(5)]
    other = wire("a desk of its own", STORIES["post at Daquq"][1].replace("three", "two").replace("late on", "on"))
    reports: list[Report] = [*copied, other]
    (incident,) = merge(items_of([code_and_place(r, PACK) for r in reports], reports), PACK.codes)
    assert len(incident.members) == 6 and len(incident.sources) == 2
    assert sum(" / " in name for name in incident.sources) == 1
    killed = incident.record.figure("killed", "forces")
    assert killed is not None and (killed.low, killed.high) == (2, 3)
    assert dict(incident.reasons)["toll.forces.killed"].startswith("2 sources")


def test_a_fortnight_of_attacks_on_one_town_does_not_chain() -> None:
    items = []
    for night in range(0, 14, 2):
        day = date(2021, 3, 4) + timedelta(night)
        evening = f"{day - timedelta(1):%A} night"
        text = f"Gunmen attacked a police post in Daquq on {evening}, wounding {2 + night % 3} policemen."
        items += [told(text, day, desk)[0] for desk in ("A", "B")]
    found = cluster(items, codes=PACK.codes)
    assert len(found) == 7 and all(len(group) == 2 for group in found)
