"""The preferred view, rule by rule, and the contradictions."""

from datetime import date

import pytest

from seamwatch.merge import incident_of
from seamwatch.model import Count, DateSpan, Figure
from seamwatch.packs import load_pack

CODES = load_pack().codes


def days(n):
    return date(2020, 5, n)


def seen(*items):
    incident = incident_of(items, CODES)
    return incident.record, {c.field for c in incident.contradictions}, dict(incident.reasons)


def test_type_is_the_gravest_that_is_well_supported(item):
    kinds = ["armed_clash", "armed_clash", "suicide_attack"]
    record, _, why = seen(*(item(f"{n}#0", type=t) for n, t in enumerate(kinds)))
    assert record.type == "suicide_attack" and "1 of 3 sources" in why["type"] and "gravest" in why["type"]
    kinds += ["armed_clash"]
    assert seen(*(item(f"{n}#0", type=t) for n, t in enumerate(kinds)))[0].type == "armed_clash"


def test_date_in_words_beats_the_reports_own_and_a_day_beats_a_month(item):
    told = [
        DateSpan(days(1), days(30), "month"),
        DateSpan(days(3), days(3), basis="report"),
        DateSpan(days(3), days(3), basis="report"),
        DateSpan(days(2), days(3), "night"),
    ]
    record, _, why = seen(*(item(f"{n}#0", date=d) for n, d in enumerate(told)))
    assert record.date == told[3] and "less exact" in why["date"]


def test_the_commonest_date_then_the_shortest(item):
    one, night = DateSpan(days(1), days(1)), DateSpan(days(1), days(2), "night")
    assert seen(item("a#0", date=one), item("b#0", date=night), item("c#0", date=night))[0].date == night
    assert seen(item("a#0", date=one), item("b#0", date=night))[0].date == one


def test_place_with_coordinates_and_most_exact(item, place):
    wide = place(name="East district", precision="district", radius_km=25.0)
    bare = place(name="Hill 9", lat=None, lon=None)
    record, disputed, why = seen(item("a#0", location=wide), item("b#0", location=bare), item("c#0"))
    assert record.location == place() and "place" not in disputed and "exact" in why["place"]


def test_places_out_of_reach_are_a_contradiction(item, place):
    assert "place" in seen(item("a#0"), item("b#0", location=place(lat=35.6)))[1]


def test_specific_actors_beat_general_ones(item):
    record, disputed, _ = seen(
        item("a#0", initiator=("militants",), target=("iraqi_forces",)),
        item("b#0", initiator=("militants",), target=("federal_police",)),
        item("c#0", initiator=("isis",), target=("iraqi_forces",)),
    )
    assert (record.initiator, record.target) == (("isis",), ("federal_police",)) and not disputed


def test_a_target_that_few_sources_name_is_left_to_the_claims(item):
    told = [("police",), ("police",), ("civilians", "police")]
    assert seen(*(item(f"{n}#0", target=t) for n, t in enumerate(told)))[0].target == ("police",)
    assert seen(*(item(f"{n}#0", target=t) for n, t in enumerate(told[1:])))[0].target == ("civilians", "police")


def test_disputed_initiators_do_not_become_allies(item):
    record, disputed, why = seen(
        item("a#0", initiator=("peshmerga",)),
        item("b#0", initiator=("pmf",)),
        item("c#0", initiator=("pmf",)),
    )
    assert record.initiator == ("pmf",) and "initiator" in disputed
    record, disputed, why = seen(item("a#0", initiator=("pmf",)), item("b#0", initiator=("peshmerga",)))
    assert record.initiator == ("peshmerga",) and "disputed" in why["initiator"]
    allies = ("coalition", "cts")
    record, disputed, _ = seen(item("a#0", initiator=allies), item("b#0", initiator=("coalition",)))
    assert record.initiator == allies and "initiator" not in disputed


def test_toll_of_independent_sources_is_a_range_and_a_contradiction(item, exactly):
    record, disputed, why = seen(item("a#0", killed=exactly(13)), item("b#0", killed=exactly(10)))
    assert record.toll == (Count("forces", "killed", Figure(10, 13, 10)),)
    assert "toll.forces.killed" in disputed and "10–13" in why["toll.forces.killed"]


def test_a_source_corrects_itself(item, exactly):
    record, disputed, _ = seen(
        item("a#0", source="A", day=days(2), killed=exactly(9)),
        item("b#0", source="A", day=days(3), killed=exactly(5)),
        item("c#0", source="B", day=days(2), killed=exactly(5)),
    )
    assert record.figure("killed") == Figure.exactly(5) and not disputed


def test_copies_of_one_wire_speak_once(item, exactly):
    wire = "Two soldiers were killed in an attack on a post on the hill road before dawn, an officer said on Friday."
    told = [item(f"{k}#0", source=k, words=wire, target=("police",)) for k in "abc"]
    incident = incident_of([*told, item("d#0"), item("e#0")], CODES)
    assert incident.record.target == ("iraqi_army",) and len(incident.sources) == 3 and "a / b / c" in incident.sources


def test_open_figures_keep_the_range_open(item, exactly):
    record, disputed, _ = seen(item("a#0", killed=Figure(13, None)), item("b#0", killed=exactly(15)))
    assert record.toll[0].figure == Figure(13, None, 15) and not disputed
    assert seen(item("a#0", killed=Figure(13, None)), item("b#0", killed=exactly(10)))[1] == {"toll.forces.killed"}


def test_an_unsplit_toll_gives_way_to_a_split_one(item, exactly):
    unsplit = (Count("unknown", "killed", Figure.exactly(3)),)
    both = (Count("civilians", "killed", Figure.exactly(2)), Count("unknown", "killed", Figure.exactly(1)))
    record, _, why = seen(item("a#0", toll=unsplit), item("b#0", killed=exactly(3)))
    assert record.figure("killed") == Figure.exactly(3) and "left out" in why["toll.unknown.killed"]
    assert seen(item("a#0", toll=both))[0].figure("killed") == Figure.exactly(3)


def test_dates_without_a_common_day_are_a_contradiction(item):
    one, two = DateSpan(days(1), days(1)), DateSpan(days(2), days(2))
    assert seen(item("a#0", date=one), item("b#0", date=two))[1] == {"date"}


@pytest.mark.parametrize(
    ("field", "told"), [("duration_minutes", (60, 90, 60)), ("claimed_by", ("isis", "pkk", "isis"))]
)
def test_the_commonest_of_the_rest(item, field, told):
    assert getattr(seen(*(item(f"{n}#0", **{field: v}) for n, v in enumerate(told)))[0], field) == told[0]


def test_means_and_other_places_join(item):
    record, _, _ = seen(
        item("a#0", means=("ied",), other_places=("Hill Ten",)),
        item("b#0", means=("small_arms",), other_places=("hill ten", "Hill Nine", "Ford")),
    )
    assert record.means == ("ied", "small_arms") and record.other_places == ("Ford", "Hill Ten")


def test_one_source_is_said_to_be_one(item, exactly):
    _, disputed, why = seen(item("a#0", killed=exactly(1)))
    assert not disputed and set(why) == {"type", "date", "place", "initiator", "target", "toll.forces.killed"}
    assert all("one source" in reason for field, reason in why.items())
