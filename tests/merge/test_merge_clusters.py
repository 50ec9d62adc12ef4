"""Clusters: what joins, what does not chain, what people decide."""

from datetime import date, timedelta

import pytest

from seamwatch.errors import ModelError
from seamwatch.merge import Decision, cluster
from seamwatch.model import DateSpan


def test_reports_of_one_night_are_one(item, exactly):
    items = [item(f"{k}#0", killed=exactly(3)) for k in "abc"] + [item("d#0", type="displacement")]
    assert cluster(items) == (("a#0", "b#0", "c#0"), ("d#0",))


def test_languages_do_not_matter(item, place, exactly):
    there = place(name="التل التاسع", lat=35.405)
    items = [item("a#0", killed=exactly(3), lang="en"), item("b#0", killed=exactly(3), lang="ar", location=there)]
    assert cluster(items) == (("a#0", "b#0"),)


def test_two_incidents_of_one_report_stay_two_and_find_their_own(item, place, exactly):
    far = place(name="Hill Ten", lat=35.55)
    items = [
        item("a#0", killed=exactly(3)),
        item("a#1", killed=exactly(6), location=far),
        item("b#0", killed=exactly(6), location=far),
        item("b#1", killed=exactly(3)),
    ]
    assert cluster(items) == (("a#0", "b#1"), ("a#1", "b#0"))


def test_likenesses_do_not_chain(item):
    days = [DateSpan(date(2020, 5, 1) + timedelta(n), date(2020, 5, 2) + timedelta(n), "night") for n in range(20)]
    groups = cluster([item(f"{n:02}#0", date=day) for n, day in enumerate(days)])
    assert max(len(g) for g in groups) <= 4


def test_undated_drafts_do_not_glue(item):
    first, second = date(2020, 5, 1), date(2020, 5, 5)
    items = [
        item("a#0", date=DateSpan(first, first)),
        item("b#0", date=DateSpan(second, second), day=date(2020, 5, 6)),
        *(item(f"u{n}#0", date=None, day=date(2020, 5, 6)) for n in range(4)),
    ]
    together = {frozenset(g) for g in cluster(items)}
    assert not any({"a#0", "b#0"} <= g for g in together)


def test_drafts_without_day_or_place_stay_alone(item):
    items = [item("a#0"), item("b#0", date=None, day=None), item("c#0", location=None), item("d#0", location=None)]
    assert cluster(items) == (("a#0",), ("b#0",), ("c#0",), ("d#0",))


def test_decisions_by_people_win_and_can_be_undone(item, exactly):
    items = [item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3)), item("c#0", type="displacement")]
    apart, same = Decision("not_same", "a#0", "b#0"), Decision("same", "b#0", "c#0")
    assert cluster(items, decisions=[apart]) == (("a#0",), ("b#0",), ("c#0",))
    assert cluster(items, decisions=[same]) == (("a#0", "b#0", "c#0"),)
    assert cluster(items, decisions=[apart, same]) == (("a#0",), ("b#0", "c#0"))
    assert cluster(items, decisions=[apart, Decision("same", "b#0", "a#0")]) == (("a#0", "b#0"), ("c#0",))


def test_not_same_holds_against_a_chain_of_same(item):
    items = [item(f"{k}#0", type=t) for k, t in zip("abc", ("arrest", "displacement", "air_strike"), strict=True)]
    decisions = [Decision("same", "a#0", "b#0"), Decision("same", "b#0", "c#0"), Decision("not_same", "a#0", "c#0")]
    groups = cluster(items, decisions=decisions)
    assert not any({"a#0", "c#0"} <= set(g) for g in groups) and ("a#0", "b#0") in groups


def test_same_holds_within_one_report_and_unknown_drafts_wait(item):
    decisions = [Decision("same", "a#0", "a#1"), Decision("same", "a#0", "gone#0"), Decision("not_same", "a#0", "a#0")]
    assert cluster([item("a#0"), item("a#1")], decisions=decisions) == (("a#0", "a#1"),)


def test_one_key_twice_is_an_error(item):
    with pytest.raises(ModelError, match="two drafts have one key"):
        cluster([item("a#0"), item("a#0")])


def test_nothing_gives_nothing():
    assert cluster([]) == ()
