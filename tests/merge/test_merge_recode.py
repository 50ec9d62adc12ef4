"""Values as people type them."""

from datetime import date

import pytest

from seamwatch.errors import ModelError
from seamwatch.merge import check_recode, recoded, value_text
from seamwatch.model import Count, DateSpan, Figure, Place, Record
from seamwatch.packs import load_pack

CODES = load_pack().codes
RECORD = Record(
    "armed_clash",
    DateSpan(date(2020, 5, 1), date(2020, 5, 2), "night"),
    Place("Hill Nine", "resolved", 35.4, 44.1, 5.0, "exact"),
    ("isis",),
    ("iraqi_army", "police"),
    (Count("forces", "killed", Figure.exactly(3)), Count("civilians", "wounded", Figure(2, None))),
    ("ied",),
    60,
    "isis",
    ("Ford", "Mill"),
)


@pytest.mark.parametrize(
    ("field", "text", "attribute", "value"),
    [
        ("type", "explosion", "type", "explosion"),
        ("date", "2022-03-17", "date", DateSpan(date(2022, 3, 17), date(2022, 3, 17), "day")),
        ("date", "2022-03-17/2022-03-18", "date", DateSpan(date(2022, 3, 17), date(2022, 3, 18), "night")),
        ("date", "2022-03-17 – 2022-03-20", "date", DateSpan(date(2022, 3, 17), date(2022, 3, 20), "span")),
        ("date", "none", "date", None),
        ("place", "35.1, 44.25", "location", Place("Hill Nine", "resolved", 35.1, 44.25, 5.0, "exact")),
        ("place", "Mill: 35.1,44.25 ± 12 km", "location", Place("Mill", "resolved", 35.1, 44.25, 12.0, "near")),
        ("place", "Mill", "location", Place("Mill", "unknown")),
        ("place", "", "location", None),
        ("initiator", "militants, isis", "initiator", ("isis", "militants")),
        ("target", "none", "target", ()),
        ("means", "ied", "means", ("ied",)),
        ("other_places", "Ford; Old Mill", "other_places", ("Ford", "Old Mill")),
        ("duration_minutes", "90", "duration_minutes", 90),
        ("claimed_by", "", "claimed_by", None),
    ],
)
def test_each_field_takes_its_words(field, text, attribute, value):
    assert getattr(recoded(RECORD, field, text), attribute) == value


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("13", Figure.exactly(13)),
        ("10-13", Figure(10, 13)),
        ("10–13", Figure(10, 13)),
        ("13+", Figure(13, None)),
        ("≥13", Figure(13, None)),
        ("none", None),
        ("0", Figure.exactly(0)),
    ],
)
def test_a_toll_takes_the_words_in_which_it_is_shown(text, figure):
    found = recoded(RECORD, "toll.forces.killed", text)
    assert found.figure("killed", "forces") == figure
    assert found.figure("wounded", "civilians") == Figure(2, None), "the other cells stay"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("type", "none"),
        ("type", "picnic"),
        ("date", "17 March"),
        ("date", "2022-02-30"),
        ("date", "2022-03-18/2022-03-17"),
        ("place", "135.1, 44.2"),
        ("initiator", "isis, martians"),
        ("means", "sword"),
        ("duration_minutes", "an hour"),
        ("claimed_by", "nobody"),
        ("toll.forces.killed", "many"),
        ("toll.forces.killed", "13-10"),
        ("toll.martians.killed", "3"),
        ("toll.forces.annoyed", "3"),
        ("weather", "rain"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(field, text):
    with pytest.raises(ModelError, match="rule: "):
        check_recode(field, text, CODES)


@pytest.mark.parametrize(
    "field",
    [
        *("type", "date", "place", "initiator", "target", "means", "duration_minutes", "claimed_by", "other_places"),
        *("toll.forces.killed", "toll.civilians.wounded", "toll.civilians.killed"),
    ],
)
def test_what_a_person_confirms_is_what_it_was(field):
    text = value_text(RECORD, field)
    check_recode(field, text, CODES)
    assert recoded(RECORD, field, text) == RECORD or field.startswith("toll")
    assert set(recoded(RECORD, field, text).toll) == set(RECORD.toll)
