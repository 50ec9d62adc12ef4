"""Doubts of merging: what nearly joined, what hardly belongs, and what is settled."""

from datetime import date

from seamwatch.merge import Decision, cluster, doubts
from seamwatch.merge.facts import facts_of
from seamwatch.model import DateSpan
from seamwatch.packs import load_pack

CODES = load_pack().codes


def asked(items, *decisions):
    facts = {item.key: facts_of(item, CODES) for item in items}
    return doubts(facts, cluster(items, decisions=decisions), decisions)


def night(day: int) -> DateSpan:
    return DateSpan(date(2020, 5, day), date(2020, 5, day + 1), "night")


def test_clear_cases_are_not_asked_about(item, place, exactly):
    far = place(name="Hill Ten", lat=36.4)
    same = [item(f"{key}#0", killed=exactly(3)) for key in "abc"]
    assert asked([*same, item("d#0", location=far)]) == ()


def test_what_nearly_joined_is_asked_about_until_it_is_decided(item, place, exactly):
    near = place(name="Hill Ten", lat=35.55)
    items = [item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3), location=near)]
    assert len(cluster(items)) == 2
    (doubt,) = asked(items)
    assert (doubt.kind, {doubt.left, doubt.right}) == ("may_be_one", {"a#0", "b#0"}) and 0 < doubt.chance < 0.5
    for kind in ("same", "not_same"):
        assert asked(items, Decision(kind, "a#0", "b#0")) == ()


def test_incidents_that_one_report_tells_apart_are_not_asked_about(item, place, exactly):
    near = place(name="Hill Ten", lat=35.55)
    items = [
        item("a#0", killed=exactly(3)),
        item("a#1", killed=exactly(3), location=near),
        item("b#0", killed=exactly(3), location=near),
    ]
    assert [d.kind for d in asked(items)] == [] or all(d.kind == "may_be_two" for d in asked(items))


def test_a_draft_that_hardly_belongs_is_asked_about_with_the_one_it_fits_best(item, exactly):
    loose = item("c#0", killed=exactly(9), type="explosion", date=night(2), target=("peshmerga",), initiator=())
    items = [item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3)), loose]
    same = Decision("same", "a#0", "c#0")
    glued = [Decision("same", "a#0", "b#0")]
    assert asked(items, same, *glued) == (), "all of it was said by people"
    found = asked(items)
    assert all("c#0" in (d.left, d.right) for d in found)
