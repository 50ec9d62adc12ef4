"""The queue: what is asked, why, in which order, and that answers settle it."""

from dataclasses import replace
from datetime import date

import pytest

from seamwatch.merge import Decision, Doubt, Look, doubts, items_of, merge, queue
from seamwatch.merge.clusters import neighbourhoods
from seamwatch.merge.facts import facts_of
from seamwatch.merge.review import ALONE, TYPED
from seamwatch.model import Claim, Coding, DateSpan, Draft, Figure, PlaceMention, Span, make_report
from seamwatch.packs import load_pack

CODES = load_pack().codes


def looks(items, *decisions: Decision, **more) -> tuple[Look, ...]:
    found: list[Doubt] = []
    facts = {i.key: facts_of(i, CODES) for i in items}
    for groups in neighbourhoods(facts, decisions):
        found += doubts({key: facts[key] for group in groups for key in group}, groups, decisions)
    return queue(merge(items, CODES, decisions=decisions), found, decisions, **more)


@pytest.fixture
def claimed(item, exactly):
    return [item("a#0", killed=exactly(13), source="A"), item("b#0", killed=exactly(10), source="B")]


def test_contradicting_tolls_are_asked_about_with_both_sides(claimed):
    (look,) = looks(claimed)
    assert (look.kind, look.field) == ("which_value", "toll.forces.killed")
    assert look.why == "killed (forces): B has 10, A 13"
    assert [(s.draft, s.source) for s in look.sides] == [("b#0", "B"), ("a#0", "A")]
    assert all(any(c.field == "toll.forces.killed" for c in s.claims) for s in look.sides)
    assert {a.kind for a in look.answers} == {"prefer", "not_same"}


def test_every_answer_settles_its_item(claimed):
    (look,) = looks(claimed)
    for answer in look.answers:
        left = looks(claimed, replace(answer, role="analyst"))
        assert look.id not in {one.id for one in left}


def test_the_id_stays_when_other_reports_come(claimed, item, exactly):
    (look,) = looks(claimed)
    more = [*claimed, item("c#0", killed=exactly(11), source="C"), item("z#0", type="displacement")]
    assert look.id in {one.id for one in looks(more)}


def test_what_nearly_joined_is_asked_about_and_both_answers_settle_it(item, place, exactly):
    near = place(name="Hill Ten", lat=35.55)
    items = [item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3), location=near)]
    (look,) = looks(items)
    assert look.kind == "one_or_two" and len(look.incidents) == 2 and "may be one" in look.why
    assert [a.kind for a in look.answers] == ["same", "not_same"]
    for answer in look.answers:
        assert look.id not in {one.id for one in looks(items, answer)}


def told(confidence: float, status: str = "resolved") -> list:
    report = make_report("Attack", "Gunmen stormed a post at Hill Nine.", source="A", day=date(2020, 5, 2))
    words = (Span("text", 0, 14, "Gunmen stormed"),)
    from seamwatch.model import Place

    at = (35.4, 44.1) if status == "resolved" else (None, None)
    location = Place("Hill Nine", status, *at, candidates=("one", "two") if status == "ambiguous" else ())
    when = DateSpan(date(2020, 5, 1), date(2020, 5, 1))
    draft = Draft(
        *(report.id, 0, Claim("armed_clash", words, confidence=confidence), Claim(when, words, confidence=0.9)),
        place=Claim(PlaceMention("Hill Nine"), words, confidence=0.9),
        location=location,
    )
    return list(items_of([Coding(report.id, "rules", (draft,))], [report]))


def test_a_value_read_with_little_confidence_is_asked_about():
    assert looks(told(0.8)) == ()
    items = told(0.3)
    (look,) = looks(items)
    assert (look.kind, look.field) == ("value", "type") and "30% confidence" in look.why
    assert [(a.kind, a.value) for a in look.answers] == [("recode", TYPED), ("reject", "")]
    assert looks(items, Decision("recode", items[0].key, field="type", value="armed_clash")) == ()
    assert looks(items, Decision("reject", items[0].key)) == ()


@pytest.mark.parametrize(("status", "words"), [("unknown", "no list of places"), ("ambiguous", "one, two")])
def test_a_place_that_is_not_found_is_asked_about(status, words):
    items = told(0.9, status)
    (look,) = looks(items)
    assert (look.kind, look.field) == ("where", "place") and words in look.why
    for value in ("35.4, 44.1", "Hill Nine"):
        assert looks(items, Decision("recode", items[0].key, field="place", value=value)) == ()


def test_the_most_consequential_come_first(item, exactly):
    def pair(key: str, low: int, high: int, day: int, month: int = 5):
        when = DateSpan(date(2020, month, day), date(2020, month, day))
        return [
            item(f"{key}{k}#0", killed=exactly(n), date=when, day=when.last, source=k)
            for k, n in (("A", low), ("B", high))
        ]

    many, few = pair("m", 20, 30, 1), pair("f", 2, 3, 10)
    long_ago = pair("o", 20, 30, 1, month=1)
    order = [look.sides[0].draft[0] for look in looks([*many, *few, *long_ago])]
    assert order == ["m", "f", "o"]
    assert [x.worth for x in looks(many, today=date(2021, 5, 1))] < [x.worth for x in looks(many)]


def test_open_figures_and_undated_incidents_can_be_asked_about(item):
    items = [
        item("a#0", killed=Figure(13, None), date=None, source="A"),
        item("b#0", killed=Figure.exactly(10), date=None, source="B"),
    ]
    same = Decision("same", "a#0", "b#0")
    assert [look.field for look in looks(items, same)] == ["toll.forces.killed"]


def test_nothing_to_ask():
    assert queue([]) == ()


def test_an_unrated_source_on_which_many_incidents_rest_alone_is_asked_about(item, place):
    def apart(n: int, **more):
        return item(f"{n}#0", location=place(name=f"Hill {n}", lat=34.0 + n), **more)

    many = [apart(n, source="A") for n in range(ALONE)]
    (look,) = [one for one in looks(many) if one.kind == "source"]
    assert look.why == f"A is not rated, and {ALONE} incidents rest on it alone" and len(look.incidents) == ALONE
    (answer,) = look.answers
    assert (answer.kind, answer.left, answer.value) == ("rate_source", "A", TYPED)
    assert "source" not in {one.kind for one in looks(many, replace(answer, value="F"))}, "F is an answer too"
    assert "source" not in {one.kind for one in looks(many[1:])}
    assert "source" not in {one.kind for one in looks([replace(i, source="") for i in many])}
    second = item("b#0", source="B", location=many[0].record.location)
    assert "source" not in {one.kind for one in looks([*many, second])}, "the first no longer rests on A alone"
