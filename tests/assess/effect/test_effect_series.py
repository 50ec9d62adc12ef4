from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely

from seamwatch.assess.areas import Placing
from seamwatch.assess.effect.series import source_of, touching_areas
from seamwatch.errors import ModelError
from seamwatch.events import sorted_events
from seamwatch.place import Area


def events(days, spans=None):
    end = np.array(days, dtype="datetime64[D]")
    start = end - np.array(spans if spans is not None else [0] * len(days)).astype("timedelta64[D]")
    fixed = {"lat": [35.0] * len(days), "lon": [44.0] * len(days), "where_prec": [1] * len(days)}
    return sorted_events({"ids": [str(n) for n in range(len(days))], "start": start, "end": end, **fixed})


def placed(of, names=("north", "south"), coarse=None):
    of = np.array(of, dtype=np.intp)
    none = np.full(len(names), np.nan)
    return Placing("area", names, none, none, of, np.zeros(len(of), bool) if coarse is None else np.array(coarse), "")


def area(name, box):
    return Area(name, name, (name,), 2, "IQ", "", "", None, None, "", "", shapely.box(*box))


def test_no_period_lies_on_both_sides_of_the_change():
    held = events(["2015-01-01", "2015-01-09", "2015-01-10", "2015-01-19", "2015-01-20"])
    source = source_of(held, placed([0, 0, 0, 1, 0]), as_of=date(2015, 2, 1))
    assert source.counts(date(2014, 12, 31), 2, 10).tolist() == [[2, 1], [0, 1]]
    assert source.periods_before(date(2015, 1, 10), 3) == 3
    assert source.periods_after(date(2015, 1, 10), 5) == 2  # 11 days to the 20th


def test_the_table_is_complete_only_to_its_last_event_or_what_was_known():
    held = events(["2015-01-01", "2015-03-01"])
    assert source_of(held, placed([0, 0]), as_of=date(2020, 1, 1)).last == date(2015, 3, 1)
    assert source_of(held, placed([0, 0]), as_of=date(2020, 1, 1), complete_until=date(2015, 3, 31)).last == date(
        2015, 3, 31
    )
    early = source_of(held, placed([0, 0]), as_of=date(2015, 2, 1), lag_days=10, complete_until=date(2015, 3, 31))
    assert early.last == date(2015, 1, 22) and len(early.day) == 1
    with pytest.raises(ModelError, match="no event is known"):
        source_of(held, placed([0, 0]), as_of=date(2014, 1, 1))


def test_what_is_left_out_is_told():
    held = events(["2015-01-01"] * 4, [0, 0, 0, 60])
    order = np.argsort(held.ids)
    of, coarse = np.empty(4, int), np.empty(4, bool)
    of[order], coarse[order] = [0, -1, -1, 1], [False, True, False, False]
    source = source_of(held, placed(of, coarse=coarse), as_of=date(2015, 2, 1))
    assert source.left_out == {
        "located too coarsely": 1, "in none of the areas": 1, "dated to more than 28 days": 1,
    }  # fmt: skip
    assert source.of.tolist() == [0]


def test_neighbours_meet_though_their_drawings_leave_a_sliver():
    areas = [area("c", (2, 0, 3, 1)), area("a", (0, 0, 0.9995, 1)), area("b", (1, 0, 1.9, 1))]
    assert touching_areas(areas, ("a", "b", "c")).tolist() == [[False, True, False], [True, False, False], [False] * 3]


def test_areas_are_looked_up_by_name():
    source = source_of(events(["2015-01-01"]), placed([0]), as_of=date(2015, 2, 1))
    assert source.index(["south"]).tolist() == [1]
    with pytest.raises(ModelError, match=r"no area 'west'.*there are: north, south"):
        source.index(["west"])
    with pytest.raises(ModelError, match="a name repeats"):
        source_of(events(["2015-01-01"]), placed([0], ("x", "x")), as_of=date(2015, 2, 1))
