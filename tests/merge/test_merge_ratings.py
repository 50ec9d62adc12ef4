"""Ratings: beside claims, never worked out from each other, and a tie-break of the preferred view that says so."""

from dataclasses import replace
from datetime import date

import pytest

from seamwatch.merge import Decision, Item, decided_items, incident_of, suggested_credibility
from seamwatch.merge.prefer import BY_RATING
from seamwatch.model import Contradiction, DateSpan, Figure, Incident, Record
from seamwatch.packs import load_pack

CODES = load_pack().codes


def rate(what: str, about: str, grade: str) -> Decision:
    return Decision(what, about, value=grade, role="analyst")


def seen(items: list[Item], *ratings: Decision) -> Incident:
    return incident_of(decided_items(items, ratings), CODES)


def test_the_two_ratings_stand_beside_each_claim_and_apart(item) -> None:
    told = [item("a#0", source="A"), item("b#0", source="B")]
    incident = seen(told, rate("rate_source", "A", "B"), rate("rate_report", "b", "2"))
    grades = {(c.draft, c.source_reliability, c.information_credibility) for c in incident.claims}
    assert grades == {("a#0", "B", ""), ("b#0", "", "2")}


def test_of_two_ratings_of_one_source_the_later_holds(item) -> None:
    ratings = [rate("rate_source", "A", grade) for grade in "BD"]
    assert {c.source_reliability for c in seen([item("a#0", source="A")], *ratings).claims} == {"D"}


def test_of_claims_of_one_day_that_of_a_reliable_source_is_preferred_and_the_reason_says_so(item, exactly) -> None:
    told = [item("a#0", source="A", killed=exactly(10)), item("b#0", source="B", killed=exactly(13))]
    field = "toll.forces.killed"
    plain = seen(told)
    assert plain.record.toll[0].figure == Figure(10, 13, 13) and BY_RATING not in dict(plain.reasons)[field]
    rated = seen(told, rate("rate_source", "A", "B"), rate("rate_source", "B", "C"))
    assert rated.record.toll[0].figure == Figure(10, 13, 10), "the range holds both all the same"
    assert dict(rated.reasons)[field].endswith(BY_RATING)
    assert [reason for _, reason in rated.reasons if BY_RATING in reason] == [dict(rated.reasons)[field]]


@pytest.mark.parametrize("grade", ["C", "D", "E", "F"])
def test_no_other_grade_settles_or_loses_against_what_is_not_rated(item, exactly, grade: str) -> None:
    told = [item("a#0", source="A", killed=exactly(10)), item("b#0", source="B", killed=exactly(13))]
    assert seen(told, rate("rate_source", "A", grade)).record == seen(told).record
    assert seen(told, rate("rate_source", "B", grade)).record == seen(told).record


def test_a_newer_report_and_a_majority_come_before_a_rating(item, exactly) -> None:
    older, newer = date(2020, 5, 2), date(2020, 5, 3)
    told = [
        item("a#0", source="A", day=older, killed=exactly(10)),
        item("b#0", source="B", day=newer, killed=exactly(13)),
    ]
    assert seen(told, rate("rate_source", "A", "A")).record.toll[0].figure.best == 13
    more = [*told[:1], *(item(f"{k}#0", source=k, day=older, killed=exactly(13)) for k in "bc")]
    assert seen(more, rate("rate_source", "A", "A")).record.toll[0].figure.best == 13


def test_dates_and_the_rest_heed_it_too(item) -> None:
    first, second = (DateSpan(date(2020, 5, n), date(2020, 5, n)) for n in (1, 2))
    told = [
        item("a#0", source="A", date=first, claimed_by="isis", duration_minutes=30),
        item("b#0", source="B", date=second, claimed_by="pkk", duration_minutes=90),
    ]
    plain, rated = seen(told), seen(told, rate("rate_source", "A", "A"))
    assert (plain.record.date, plain.record.claimed_by, plain.record.duration_minutes) == (second, "pkk", 90)
    assert (rated.record.date, rated.record.claimed_by, rated.record.duration_minutes) == (first, "isis", 30)
    assert {field for field, reason in rated.reasons if BY_RATING in reason} == {
        "date",
        "claimed_by",
        "duration_minutes",
    }


def test_credibility_settles_nothing(item, exactly) -> None:
    told = [item("a#0", source="A", killed=exactly(10)), item("b#0", source="B", killed=exactly(13))]
    rated = seen(told, rate("rate_report", "a", "1"), rate("rate_report", "b", "5"))
    assert (rated.record, rated.reasons) == (seen(told).record, seen(told).reasons)


@pytest.mark.parametrize(
    ("sources", "disputed", "suggested"),
    [(1, 0, None), (2, 0, "2"), (2, 1, None), (3, 1, "2"), (3, 0, "1"), (5, 2, "1")],
)
def test_corroboration_suggests_and_sets_nothing(sources: int, disputed: int, suggested: str | None) -> None:
    names = tuple(f"desk {n}" for n in range(sources))
    incident = Incident("i", ("r#0",), Record("find"), sources=names)
    assert suggested_credibility(replace(incident, contradictions=(Contradiction("date", ()),) * disputed)) == suggested


def test_copies_of_one_wire_suggest_nothing(item) -> None:
    wire = "Two soldiers were killed in an attack on a post on the hill road before dawn, an officer said on Friday."
    incident = seen([item(f"{k}#0", source=k, words=wire) for k in "abc"])
    assert suggested_credibility(incident) is None
