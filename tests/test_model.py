"""The model's rules, and the law that no field can hold a private person, a track or a unit's position."""

import dataclasses
import re
import typing
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch import model
from seamwatch.errors import ModelError
from seamwatch.model import Claim, DateSpan, Draft, Figure, Place, Report, Span, add_figures, make_report

FORBIDDEN = re.compile(
    r"person|victim_?name|perpetrator_?name|first_?name|last_?name|surname|full_?name|birth|\bage\b|gender|ethnic|"
    r"relig|phone|e?mail|passport|photo|face|address|track|heading|speed|unit_?position|live|rank_of"
)
NAMES_ALLOWED = {"PlaceMention.name", "Place.name"}  # places have names; nothing else does


def model_classes() -> list[type]:
    return [c for c in vars(model).values() if dataclasses.is_dataclass(c) and isinstance(c, type)]


def test_no_field_can_hold_a_private_person_a_track_or_a_unit_position() -> None:
    fields = [(c.__name__, f.name) for c in model_classes() for f in dataclasses.fields(c)]
    assert len(fields) > 60
    bad = [f"{c}.{f}" for c, f in fields if FORBIDDEN.search(f) or (f == "name" and f"{c}.{f}" not in NAMES_ALLOWED)]
    assert bad == []


def test_the_law_above_would_see_a_person_field() -> None:
    for name in ("victim_name", "person_id", "phone", "birth_date", "unit_position", "track"):
        assert FORBIDDEN.search(name)


def test_every_type_is_frozen_and_slotted() -> None:
    for cls in model_classes():
        assert cls.__dataclass_params__.frozen, cls  # type: ignore[attr-defined]
        assert "__slots__" in vars(cls), cls


def test_no_field_is_an_open_dictionary() -> None:
    for cls in model_classes():
        for name, hint in typing.get_type_hints(cls).items():
            assert not re.search(r"\b(dict|Dict|Mapping|Any|object)\b", str(hint)), f"{cls.__name__}.{name}"


def test_report_id_is_its_content_and_not_where_it_was_found() -> None:
    a = make_report("A blast", "One soldier was hurt.", origin="a.txt", external_id="1")
    b = make_report("A blast", "One soldier was hurt.", origin="copy of a.txt", external_id="2")
    c = make_report("A blast", "Two soldiers were hurt.", origin="a.txt", external_id="1")
    assert a.id == b.id != c.id


def test_report_without_words_or_zone_is_refused() -> None:
    with pytest.raises(ModelError, match="no words"):
        make_report(" ", "\n")
    with pytest.raises(ModelError, match="carries its zone"):
        Report("x", "t", "t", published=datetime(2020, 1, 1))  # noqa: DTZ001 - naive on purpose
    assert make_report("t", "", published=datetime(2020, 1, 1, tzinfo=UTC)).published is not None


@pytest.mark.parametrize(("low", "high"), [(-1, 2), (3, 2)])
def test_figure_refuses_what_cannot_be(low: int, high: int) -> None:
    with pytest.raises(ModelError, match="0 <= low <= high"):
        Figure(low, high)


def test_span_and_dates_and_place_refuse_what_cannot_be() -> None:
    with pytest.raises(ModelError):
        Span("text", 4, 4, "")
    with pytest.raises(ModelError):
        DateSpan(date(2020, 1, 2), date(2020, 1, 1))
    with pytest.raises(ModelError):
        Place("X", "resolved", 91.0, 44.0)
    with pytest.raises(ModelError):
        Place("X", "resolved", 35.0, None)


figures = st.builds(
    lambda low, extra: Figure(low, None if extra is None else low + extra),
    st.integers(0, 500),
    st.one_of(st.none(), st.integers(0, 50)),
)


@given(figures, figures)
def test_hull_holds_both(a: Figure, b: Figure) -> None:
    hull = a.hull(b)
    assert hull.low <= min(a.low, b.low)
    assert hull.high is None or (a.high is not None and b.high is not None and hull.high >= max(a.high, b.high))
    assert hull.overlaps(a) and hull.overlaps(b) and a.hull(b) == b.hull(a)


@given(st.lists(figures, max_size=6))
def test_sum_of_figures(parts: list[Figure]) -> None:
    total = add_figures(parts)
    if not parts:
        assert total is None
    else:
        assert total is not None and total.low == sum(f.low for f in parts)
        assert (total.high is None) == any(f.high is None for f in parts)


def test_draft_key() -> None:
    assert Draft("r", 3, Claim("find", ())).key == "r#3"
