"""The table of events: order, what was known when, what has a point."""

from datetime import date

import numpy as np
import pytest

from seamwatch.errors import ModelError
from seamwatch.events import COUNTRY, EXACT, GOVERNORATE, NEAR, UNKNOWN, Events, sorted_events


def three() -> Events:
    days = ["2017-03-02", "2017-03-01", "2017-03-02"]
    return sorted_events(
        {
            "ids": ["c", "b", "a"],
            "start": days,
            "end": days,
            "lat": [35.0, 35.5, np.nan],
            "lon": [44.0, 44.5, np.nan],
            "where_prec": [EXACT, GOVERNORATE, COUNTRY],
        }
    )


def test_rows_stand_in_order_of_the_day_and_left_out_columns_are_unknown() -> None:
    events = three()
    assert events.ids.tolist() == ["b", "a", "c"]
    assert set(events.deaths.tolist()) == {UNKNOWN} and set(events.type.tolist()) == {""}


def test_what_is_known_ends_with_the_day_and_its_lag() -> None:
    assert three().known(date(2017, 3, 1)).ids.tolist() == ["b"]
    assert len(three().known(date(2017, 3, 2))) == 3
    assert len(three().known(date(2017, 3, 2), lag_days=2)) == 0


def test_a_point_is_asked_for_at_a_precision() -> None:
    assert three().placed().tolist() == [False, False, True]
    assert three().placed(GOVERNORATE).tolist() == [True, False, True]
    assert three().placed(NEAR).sum() == 1


def test_columns_of_unequal_length_and_rows_out_of_order_are_refused() -> None:
    events = three()
    with pytest.raises(ModelError, match="in order"):
        events.where(np.array([2, 1, 0]))
    with pytest.raises(ModelError, match="unequal"):
        Events(**{**{n: getattr(events, n) for n in Events.__slots__}, "deaths": np.zeros(1, np.int32)})
