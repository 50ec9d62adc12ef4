"""Decisions of people laid over what was coded: which claim is preferred, what is no incident, what a report says."""

from datetime import date

import pytest

from seamwatch.merge import Decision, Item, merge
from seamwatch.merge.decisions import standing_decisions
from seamwatch.model import Figure, Incident
from seamwatch.packs import load_pack

CODES = load_pack().codes


def one(items: list[Item], *decisions: Decision) -> Incident:
    (incident,) = merge(items, CODES, decisions=decisions)
    return incident


def reason(incident: Incident, field: str) -> str:
    return dict(incident.reasons)[field]


@pytest.fixture
def disputed(item, exactly) -> list[Item]:
    """One source says 13 killed, a later one 10; each says another type."""
    return [
        item("a#0", killed=exactly(13), type="armed_clash", source="A", day=date(2020, 5, 2)),
        item("b#0", killed=exactly(10), type="explosion", source="B", day=date(2020, 5, 3)),
    ]


def test_without_a_decision_the_newest_count_is_best_and_both_claimants_are_shown(disputed):
    incident = one(disputed)
    assert incident.record.figure("killed", "forces") == Figure(10, 13, 10)
    (dispute,) = [c for c in incident.contradictions if c.field == "toll.forces.killed"]
    assert {(c.source, c.value) for c in dispute.claims} == {("A", "13"), ("B", "10")}


def test_a_preferred_count_is_best_and_the_range_still_holds_the_other(disputed):
    incident = one(disputed, Decision("prefer", "a#0", "b#0", "toll.forces.killed", role="duty officer"))
    assert incident.record.figure("killed", "forces") == Figure(10, 13, 13)
    assert "preferred by duty officer" in reason(incident, "toll.forces.killed")
    assert "preferred" not in reason(incident, "date")
    assert [c.field for c in incident.contradictions] == ["toll.forces.killed"], "both stay on view"


def test_a_preferred_type_wins_over_the_rule(disputed):
    rule = one(disputed).record.type
    other = ({"armed_clash", "explosion"} - {rule}).pop()
    winner, loser = ("a#0", "b#0") if other == "armed_clash" else ("b#0", "a#0")
    assert one(disputed, Decision("prefer", winner, loser, "type", role="x")).record.type == other


@pytest.mark.parametrize("field", ["date", "place", "initiator", "target", "means", "duration_minutes", "claimed_by"])
def test_every_field_can_be_preferred(item, place, field):
    from datetime import timedelta

    from seamwatch.model import DateSpan

    first, second = date(2020, 5, 1), date(2020, 5, 1) + timedelta(1)
    values = {
        "date": (DateSpan(first, first), DateSpan(second, second)),
        "place": (place(name="Hill Nine"), place(name="Hill Nine East", lat=35.42)),
        "initiator": (("isis",), ("militants",)),
        "target": (("iraqi_army",), ("police",)),
        "means": (("ied",), ("small_arms",)),
        "duration_minutes": (30, 60),
        "claimed_by": ("isis", "militants"),
    }[field]
    name = "location" if field == "place" else field
    items = [item(f"{key}#0", **{name: value}) for key, value in zip("ab", values, strict=True)]
    same = Decision("same", "a#0", "b#0")
    for (winner, loser), value in zip((("a#0", "b#0"), ("b#0", "a#0")), values, strict=True):
        record = one(items, same, Decision("prefer", winner, loser, field, role="x")).record
        assert getattr(record, name) == value


def test_of_two_preferences_on_one_pair_the_later_holds(disputed):
    there = Decision("prefer", "a#0", "b#0", "toll.forces.killed", role="x")
    back = Decision("prefer", "b#0", "a#0", "toll.forces.killed", role="x")
    assert one(disputed, there, back).record.toll[0].figure.best == 10
    assert one(disputed, back, there).record.toll[0].figure.best == 13


def test_preferences_in_a_ring_cancel_each_other(item, exactly):
    items = [item(f"{k}#0", killed=exactly(n)) for k, n in zip("abc", (3, 4, 5), strict=True)]
    ring = [Decision("prefer", f"{a}#0", f"{b}#0", "toll.forces.killed") for a, b in ("ab", "bc", "ca")]
    assert one(items, *ring).record.toll == one(items).record.toll


def test_a_preference_for_what_the_report_does_not_tell_waits(item, exactly):
    items = [item("a#0"), item("b#0", killed=exactly(3))]
    decided = one(items, Decision("prefer", "a#0", "b#0", "toll.forces.killed"))
    assert decided.record.figure("killed", "forces") == Figure.exactly(3)


def test_an_older_figure_of_one_source_can_be_preferred_to_its_newer(item, exactly):
    items = [
        item("a#0", killed=exactly(8), source="A", day=date(2020, 5, 2)),
        item("b#0", killed=exactly(18), source="A", day=date(2020, 5, 3)),
    ]
    assert one(items).record.toll[0].figure == Figure.exactly(18), "a follow-up supersedes"
    kept = one(items, Decision("prefer", "a#0", "b#0", "toll.forces.killed", role="x")).record.toll[0].figure
    assert kept.best == 8


def test_a_rejected_draft_is_no_incident_and_can_be_taken_back(disputed):
    reject = Decision("reject", "b#0", role="x")
    assert [i.members for i in merge(disputed, CODES, decisions=[reject])] == [("a#0",)]
    assert one(disputed).members == ("a#0", "b#0")


def test_a_value_coded_anew_is_that_reports_claim_and_says_who_coded_it(disputed):
    incident = one(disputed, Decision("recode", "b#0", field="toll.forces.killed", value="13", role="analyst"))
    assert incident.record.figure("killed", "forces") == Figure.exactly(13)
    claims = [c for c in incident.claims if c.field == "toll.forces.killed"]
    assert [(c.draft, c.value, c.by) for c in claims] == [("a#0", "13", ""), ("b#0", "13", "analyst")]
    assert not [c for c in incident.contradictions if c.field == "toll.forces.killed"]


def test_coding_anew_may_join_or_part_incidents(item, exactly):
    items = [item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3))]
    apart = Decision("recode", "b#0", field="date", value="2021-01-05")
    assert len(merge(items, CODES, decisions=[apart])) == 2
    again = Decision("recode", "b#0", field="date", value="2020-05-01/2020-05-02")
    assert len(merge(items, CODES, decisions=[apart, again])) == 1, "the later on one field holds"


def test_what_stands_is_the_last_on_each_matter():
    decisions = [
        Decision("same", "a#0", "b#0"),
        Decision("prefer", "a#0", "b#0", "type"),
        Decision("not_same", "b#0", "a#0"),
        Decision("prefer", "b#0", "a#0", "date"),
    ]
    assert standing_decisions(decisions) == (decisions[1], decisions[2], decisions[3])
