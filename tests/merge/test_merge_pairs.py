"""Facts, features and the probability of a pair."""

from datetime import date, timedelta

import pytest

from seamwatch.merge.facts import facts_of
from seamwatch.merge.pairs import FEATURES, coefficients, features, kinship, possible, probability
from seamwatch.model import Count, DateSpan, Figure
from seamwatch.packs import load_pack

CODES = load_pack().codes
MAY = date(2020, 5, 1)


def chance(left, right):
    return probability(facts_of(left, CODES), facts_of(right, CODES))


def test_two_reports_of_one_night_are_probable(item, exactly):
    assert chance(item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3))) > 0.8


def test_two_drafts_of_one_report_are_never_one(item):
    assert chance(item("a#0"), item("a#1")) == 0.0


def test_each_disagreement_costs(item, place, exactly):
    same = chance(item("a#0", killed=exactly(3)), item("b#0", killed=exactly(3)))
    others = [
        item("b#0", killed=exactly(12)),
        item("b#0", killed=exactly(3), date=DateSpan(MAY + timedelta(3), MAY + timedelta(3))),
        item("b#0", killed=exactly(3), location=place(name="Elsewhere", lat=35.6)),
        item("b#0", killed=exactly(3), type="security_operation"),
        item("b#0", killed=exactly(3), target=("civilians",)),
        item("b#0", killed=exactly(3), initiator=("turkish_army",)),
    ]
    assert all(chance(item("a#0", killed=exactly(3)), other) < same for other in others)


def test_what_cannot_be_one_is_zero(item, place):
    far = place(lat=36.4)
    late = DateSpan(MAY + timedelta(9), MAY + timedelta(9))
    for other in (item("b#0", location=far), item("b#0", date=late), item("b#0", type="displacement")):
        assert chance(item("a#0"), other) == 0.0


def test_a_general_actor_agrees_with_what_it_covers(item):
    army, forces, police = (item(f"{c}#0", target=(c,)) for c in ("iraqi_army", "iraqi_forces", "police"))
    army_, forces_, police_ = (facts_of(i, CODES) for i in (army, forces, police))
    assert features(army_, forces_)["actors_same"] == 2 / 3 and features(army_, police_)["actors_same"] == 1 / 3
    assert features(army_, police_)["target_clash"] == 0.0


def test_tolls_agree_by_sums_however_they_are_split(item):
    split = (Count("forces", "killed", Figure.exactly(2)), Count("civilians", "killed", Figure.exactly(1)))
    left, right = item("a#0", toll=split), item("b#0", toll=(Count("unknown", "killed", Figure.exactly(3)),))
    found = features(facts_of(left, CODES), facts_of(right, CODES))
    assert found["toll_same"] > 1 and found["toll_clash"] == 0


def test_places_without_coordinates_meet_by_name_or_not_at_all(item, place):
    bare = {"lat": None, "lon": None, "governorate": None, "district": None}
    here, there = (
        facts_of(item(k, location=place(name=n, **bare)), CODES) for k, n in (("a#0", "طوبزاوة"), ("b#0", "X"))
    )
    same = facts_of(item("c#0", location=place(name="Topzawa", **bare)), CODES)
    assert possible(here, same) and not possible(here, there)
    assert not possible(*(facts_of(item(k, location=None), CODES) for k in ("a#0", "b#0")))


def test_an_undated_draft_is_looked_for_in_the_week_before_its_report(item):
    near, far = item("b#0", date=None), item("c#0", date=None, day=date(2020, 6, 20))
    assert 0 < chance(item("a#0"), near) < chance(item("a#0"), item("b#0"))
    assert chance(item("a#0"), far) == 0.0 and chance(item("a#0"), item("d#0", date=None, day=None)) == 0.0


def test_a_country_or_a_season_places_and_dates_nothing(item, place):
    wide = facts_of(item("a#0", location=place(precision="country", radius_km=None)), CODES)
    assert wide.lat is None
    season = facts_of(item("a#0", date=DateSpan(MAY, MAY + timedelta(90))), CODES)
    assert not season.dated


def test_features_are_symmetric_and_named(item, place, exactly):
    a, b = facts_of(item("a#0", killed=exactly(1)), CODES), facts_of(item("b#0", location=place(lat=35.5)), CODES)
    assert features(a, b) == features(b, a) and tuple(features(a, b)) == FEATURES == tuple(coefficients())


@pytest.mark.parametrize(("a", "b", "kin"), [("arrest", "arrest", 1), ("arrest", "deployment", 0)])
def test_kinship_of_types(a, b, kin):
    assert kinship(a, b) == kinship(b, a) == kin


def test_the_kin_table_uses_the_codebooks_types():
    pairs = [(a, b) for a in CODES.types for b in CODES.types if 0 < kinship(a, b) < 1]
    assert len(pairs) > 20 and kinship("suicide_attack", "explosion") == kinship("explosion", "suicide_attack") == 0.8


def test_a_report_does_not_tell_of_what_came_after_it(item, exactly):
    def dated(key: str, first: int, told: int | None):
        day = date(2020, 5, first)
        out = None if told is None else date(2020, 5, told)
        return facts_of(item(key, killed=exactly(3), date=DateSpan(day, day), day=out), CODES)

    first, later = dated("a#0", 1, 1), dated("b#0", 2, 3)
    assert features(first, later)["foretold"] == features(later, first)["foretold"] == 1.0
    assert features(dated("a#0", 1, 3), later)["foretold"] == 0.0
    assert features(dated("a#0", 1, None), later)["foretold"] == 0.0
    assert probability(first, later) < probability(dated("a#0", 1, 3), later)
