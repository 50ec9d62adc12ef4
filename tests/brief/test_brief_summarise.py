from dataclasses import replace
from datetime import date

import pytest
from brief_cases import AS_OF, CODES, FIRST, LAST, cards, crowd, incident, place, story

from seamwatch.brief import BriefInput, Previous, ReportCard, snapshot, summarise
from seamwatch.brief.input import parts
from seamwatch.brief.summarise import targets_of
from seamwatch.errors import BriefError
from seamwatch.model import DateSpan, Figure
from seamwatch.wire import dump, load


def test_incidents_of_the_period_in_their_order() -> None:
    view = summarise(story())
    assert [line.incident.id for line in view.lines] == ["a", "b", "c", "d"]
    assert [line.number for line in view.lines] == [1, 2, 3, 4]
    assert [line.located for line in view.lines] == [True, True, False, False]
    assert [line.confidence for line in view.lines] == ["two", "one", "one", "one"]


def test_the_time_before_is_as_long_and_ends_the_day_before() -> None:
    view = summarise(story())
    assert view.before == DateSpan(date(2021, 2, 1), date(2021, 2, 28), "span")


def test_attacks_by_whom_they_hit() -> None:
    counts = {c.what: (c.now, c.before) for c in summarise(story()).comparisons}
    assert counts == {
        "attacks_forces": (2, 1),
        "attacks_civilians": (2, 1),
        "attacks": (3, 2),
        "incidents": (4, 2),
        "reports": (5, 2),
    }


def test_strike_on_militants_is_no_attack_in_the_time_line() -> None:
    line = summarise(story()).lines[3]
    assert line.targets == ("militants",)
    assert not line.is_attack


@pytest.mark.parametrize(
    ("target", "toll", "groups"),
    [
        (("isis", "iraqi_army"), [], ("forces",)),
        (("civilians", "peshmerga"), [], ("forces", "civilians")),
        (("infrastructure",), [], ("unknown",)),
        ((), [("civilians", "wounded", Figure.exactly(1))], ("civilians",)),
        ((), [("forces", "killed", Figure.exactly(0))], ("unknown",)),
        ((), [], ("unknown",)),
    ],
)
def test_targets(target: tuple[str, ...], toll: list[tuple[str, str, Figure]], groups: tuple[str, ...]) -> None:
    assert targets_of(incident("x", FIRST, target=target, toll=toll), CODES) == groups


def test_weeks_run_sunday_to_saturday_and_hold_every_dated_attack() -> None:
    view = summarise(story())
    assert all(week.sunday.weekday() == 6 for week in view.weeks)
    assert view.weeks[0].sunday <= view.before.first
    assert sum(week.attacks["forces"] for week in view.weeks) == 3
    assert sum(week.attacks["civilians"] for week in view.weeks if week.inside) == 2


def test_attack_known_to_the_month_only_is_in_no_week_but_told() -> None:
    held = (incident("m", None, span=DateSpan(date(2021, 3, 1), date(2021, 3, 31), "month")),)
    view = summarise(story(incidents=held, reports=cards(held)))
    assert view.off_the_weeks == 1
    assert sum(sum(week.attacks.values()) for week in view.weeks) == 0


def test_toll_keeps_its_ends_and_how_often_it_is_stated() -> None:
    cells = {(c.group, c.outcome): c for c in summarise(story()).toll}
    assert cells["forces", "killed"].figure == Figure(4, 6)
    assert cells["civilians", "killed"].figure.high is None
    assert cells["militants", "killed"].stated_by == 1
    assert ("civilians", "wounded") not in cells


def test_contradictions_keep_every_source_with_its_words() -> None:
    (found,) = summarise(story()).conflicts
    assert (found.number, found.field) == (1, "toll.forces.killed")
    assert [(q.source, q.value, q.words) for q in found.quotes] == [
        ("wire", "4", ("four soldiers were killed",)),
        ("وكالة", "≥6", ("ستة على الأقل",)),
    ]


def test_statements_of_the_period_once_each() -> None:
    given = story()
    twice = replace(given, statements=given.statements * 2)
    assert [s.kind for s in summarise(twice).said] == ["warning"]
    late = replace(given, reports=dict(given.reports) | {"r-b": ReportCard("r-b", "wire", "t", date(2021, 5, 1))})
    assert summarise(late).said == ()


def test_undated_incident_is_placed_by_its_report() -> None:
    held = (incident("u", None),)
    view = summarise(story(incidents=held, reports=cards(held)))
    assert (len(view.lines), view.undated) == (1, 1)
    assert summarise(story(incidents=held, reports={})).lines == ()


def test_without_reports_of_the_time_before_nothing_is_compared() -> None:
    held = (incident("a", FIRST),)
    verdicts = {c.verdict for c in summarise(story(incidents=held, reports=cards(held))).comparisons}
    assert verdicts == {"not_covered", "context"}


def test_nothing_changed_since_itself() -> None:
    given = story()
    assert summarise(replace(given, previous=snapshot(given.incidents, AS_OF))).changes == ()


def test_new_changed_and_gone() -> None:
    given = story()
    old = snapshot(given.incidents[1:], AS_OF)
    moved = replace(given.incidents[1], record=replace(given.incidents[1].record, location=place("elsewhere")))
    now = replace(given, incidents=(given.incidents[0], moved, *given.incidents[3:]), previous=old)
    changes = {(c.kind, c.incident_id): c for c in summarise(now).changes}
    assert set(changes) == {("new", "a"), ("changed", "b"), ("gone", "c")}
    assert changes["changed", "b"].parts == ("place",)
    assert changes["new", "a"].number == 1


def test_snapshot_goes_through_json() -> None:
    old = snapshot(story().incidents, AS_OF)
    assert load(Previous, dump(old)) == old


def test_hash_is_of_content_not_of_order() -> None:
    one = story().incidents[0]
    turned = replace(one, record=replace(one.record, toll=one.record.toll[::-1]), sources=one.sources[::-1])
    assert parts(one) == parts(turned)


def test_order_of_the_input_does_not_matter() -> None:
    given = story()
    turned = replace(given, incidents=given.incidents[::-1], reports=dict(reversed(given.reports.items())))
    assert summarise(turned) == summarise(given)


def test_sources_with_their_reports_and_incidents() -> None:
    rows = {r.name: (r.reports, r.incidents) for r in summarise(story()).sources}
    assert rows == {"wire": (4, 4), "وكالة": (1, 1)}


def test_empty_period() -> None:
    view = summarise(BriefInput("Nowhere", FIRST, LAST, AS_OF, CODES))
    assert (view.lines, view.toll, view.sources, view.changes) == ((), (), (), ())


def test_five_hundred() -> None:
    assert len(summarise(crowd(500)).lines) == 500


@pytest.mark.parametrize(
    "wrong", [{"first": LAST, "last": FIRST}, {"as_of": AS_OF.replace(tzinfo=None)}, {"first": date(1, 1, 1)}]
)
def test_period_and_moment_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(BriefError):
        replace(story(), **wrong)
