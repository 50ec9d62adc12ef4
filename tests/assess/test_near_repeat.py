from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.assess.knox import Pairs, Time, exchanged_tables, expected_table, observed_table
from seamwatch.assess.near_repeat import Bands, bands_for, near_repeat
from seamwatch.assess.near_repeat_page import headline, near_repeat_html, near_repeat_text
from seamwatch.assess.pairs import close_pairs, on_sphere, windows_of
from seamwatch.errors import ModelError
from seamwatch.events import Events, sorted_events
from seamwatch.geo import distance_km

START = np.datetime64("2015-01-01")
END = date(2030, 1, 1)
KM = 1 / 111.195  # degrees of latitude


def table(days, x_km, y_km, types=None, **more) -> Events:
    """Events on a plane near the equator, where a km is the same north and east."""
    when = START + np.asarray(days).astype("timedelta64[D]")
    columns = {"ids": [f"{k:05}" for k in range(len(when))], "start": when, "end": when, "lat": np.asarray(y_km) * KM,
               "lon": np.asarray(x_km) * KM, "where_prec": [1] * len(when)}  # fmt: skip
    return sorted_events({**columns, "type": types if types is not None else [""] * len(when), **more})


def scattered(rng, n, days=365, size_km=20.0):
    return rng.integers(0, days, n), rng.uniform(0, size_km, n), rng.uniform(0, size_km, n)


def contagious(rng, n=300, share=0.5, days=700):
    """Each event has, with a chance of ``share``, one more within 0.6 km and 1 to 6 days."""
    day, x, y = scattered(rng, n, days, 30.0)
    more = rng.random(n) < share
    k = int(more.sum())
    after = day[more] + rng.integers(1, 7, k)
    angle, far = rng.uniform(0, 2 * np.pi, k), rng.uniform(0.15, 0.6, k)
    return (
        np.concatenate((day, after)),
        np.concatenate((x, x[more] + far * np.cos(angle))),
        np.concatenate((y, y[more] + far * np.sin(angle))),
    )


def brute(events: Events, bands: Bands, first: str, second: str) -> np.ndarray:
    counts = np.zeros(bands.shape, dtype=int)
    day = events.start.astype(int)
    for a in range(len(events)):
        for b in range(a + 1, len(events)):
            km = distance_km(events.lat[a], events.lon[a], events.lat[b], events.lon[b])
            apart = day[b] - day[a]
            orders = [(a, b), (b, a)] if apart == 0 else [(a, b)] if apart > 0 else [(b, a)]
            if km <= bands.distances_km[-1] and abs(apart) <= bands.days[-1]:
                if any((not first or events.type[f] == first) and (not second or events.type[s] == second)
                       for f, s in orders):  # fmt: skip
                    counts[np.searchsorted(bands.distances_km, km), np.searchsorted(bands.days, abs(apart))] += 1
    return counts


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["", "ied"]), st.sampled_from(["", "ied", "mortar"]),
       st.sampled_from(["none", "quarter", "month"]))  # fmt: skip
def test_pairs_are_those_found_one_by_one(seed, first, second, window):
    rng = np.random.default_rng(seed)
    day, x, y = scattered(rng, 120, 200, 12.0)
    events = table(day, x, y, rng.choice(["ied", "mortar", "raid"], 120, p=[0.5, 0.3, 0.2]))
    result = near_repeat(events, as_of=END, first=first, second=second, window=window, permutations=1)
    assert np.array_equal(result.observed, brute(events, result.bands, first, second))


def test_usual_is_the_mean_of_the_exchanges():
    rng = np.random.default_rng(3)
    n = 80
    day, strata = rng.integers(0, 60, n), rng.integers(0, 3, n)
    i, j = (side.astype(np.int32) for side in np.triu_indices(n, 1))
    mutual = (strata[i] + strata[j]) % 2 == 0  # as roles have it: the same for all pairs of two strata
    pairs = Pairs(i, j, rng.integers(0, 2, len(i)).astype(np.int8), mutual)
    time = Time(day, strata, np.arange(61) // 21, 3, (0, 4, 9))
    tables = exchanged_tables(pairs, time, 2, 4000, 1, threads=1)
    expected = expected_table(pairs, time, 2)
    error = tables.std(axis=0) / np.sqrt(len(tables))
    assert np.all(np.abs(tables.mean(axis=0) - expected.sum(axis=0)) < 4.5 * error)
    assert np.array_equal(tables, exchanged_tables(pairs, time, 2, 4000, 1, threads=2))

    # by stretch of time, against exchanges made here
    total = np.zeros_like(expected)
    for _ in range(1500):
        exchanged = day.copy()
        for s in range(3):
            exchanged[strata == s] = rng.permutation(day[strata == s])
        total += observed_table(pairs, Time(exchanged, strata, time.block, 3, time.edges), 2)
    assert np.allclose(total / 1500, expected, rtol=0.03, atol=0.6)


def test_where_days_are_exchangeable_false_alarms_are_as_rare_as_said():
    rng = np.random.default_rng(11)
    alarms, low = 0, 0
    for turn in range(150):
        result = near_repeat(table(*scattered(rng, 150)), as_of=END, permutations=99, seed=turn)
        alarms += bool((result.p_table <= 0.05).any())
        low += bool(result.p[3, 2] <= 0.2)
    assert alarms <= 15  # 7.5 expected; more than 15 once in 200
    assert 15 <= low <= 45  # 30 expected


def test_contagion_is_found_where_it_is_and_nowhere_else():
    result = near_repeat(table(*contagious(np.random.default_rng(5))), as_of=END, permutations=199)
    assert result.notable[1, 1] and result.p_table[1, 1] == pytest.approx(1 / 200)
    assert result.ratio[1, 1] > 5 and result.low[1, 1] > 3
    others = result.notable.copy()
    others[1, 1] = others[0, 1] = False
    assert not others.any()


def test_hot_spots_that_move_pass_for_near_repeats_only_where_days_are_exchanged_over_all_years():
    rng = np.random.default_rng(7)
    day, x, y = scattered(rng, 900, 1460, 4.0)
    x = x + 30.0 * (day // 183)  # another place each half-year
    events = table(day, x, y)
    assert near_repeat(events, as_of=END, window="none", permutations=99).notable[2:4, 1:].all()
    assert not near_repeat(events, as_of=END, window="quarter", permutations=99).notable.any()


def test_one_type_after_another_is_told_apart_from_the_other_way_round():
    rng = np.random.default_rng(9)
    day, x, y = scattered(rng, 250, 600, 40.0)
    types = ["raid"] * 250 + ["ied"] * 250
    events = table(np.concatenate((day, day + 3)), np.tile(x, 2) + np.repeat((0.0, 0.5), 250), np.tile(y, 2), types)
    follows = near_repeat(events, as_of=END, first="raid", second="ied", permutations=99)
    back = near_repeat(events, as_of=END, first="ied", second="raid", permutations=99)
    assert follows.observed[1, 1] >= 250 and follows.notable[1, 1]
    assert back.observed[1, 1] < 30 and not back.notable.any()
    assert headline(follows).startswith("After a raid, ") and "the usual risk of an ied within" in headline(follows)


def test_reach_holds_all_from_the_day_after_on():
    result = near_repeat(table(*contagious(np.random.default_rng(2))), as_of=END, permutations=19)
    seen, usual = result.observed[:3, 1:3].sum(), result.usual[:3, 1:3].sum()
    assert result.reach_ratio[2, 2] == pytest.approx(seen / usual)
    assert np.isnan(result.reach_ratio[:, 0]).all()
    assert np.all(result.reach_low[1:, 1:] < result.reach_ratio[1:, 1:])


def test_nothing_from_after_the_as_of_date_matters():
    day, x, y = contagious(np.random.default_rng(4))
    events = table(day, x, y)
    as_of, lag = date(2016, 3, 1), 10
    cut = events.where(events.end <= np.datetime64("2016-02-20"))
    whole, known = (near_repeat(e, as_of=as_of, lag_days=lag, permutations=19) for e in (events, cut))
    assert np.array_equal(whole.observed, known.observed) and np.array_equal(whole.p, known.p)
    assert whole.left_out["not known by then"] == len(events) - len(cut)


def test_coarse_events_are_left_out_and_said():
    day, x, y = scattered(np.random.default_rng(1), 100, 300)
    events = table(day, x, y, where_prec=[3] * 20 + [1] * 80)
    result = near_repeat(events, as_of=END, permutations=9)
    assert result.events == 80 and result.left_out == {"no point, or coarser than where_prec 2": 20}
    with pytest.raises(ModelError, match="20 left out: no point"):
        near_repeat(table(day[:40], x[:40], y[:40], where_prec=[3] * 20 + [1] * 20), as_of=END)


def test_events_of_several_days_are_left_out():
    day, x, y = scattered(np.random.default_rng(1), 60, 300)
    when = START + day.astype("timedelta64[D]")
    events = table(day, x, y, end=when + np.where(np.arange(60) < 7, 3, 0).astype("timedelta64[D]"))
    result = near_repeat(events, as_of=END, permutations=9)
    assert result.left_out == {"not dated to one day": 7}


def test_bands_follow_the_rounding_of_the_coordinates():
    rng = np.random.default_rng(0)
    lat, lon = rng.uniform(33, 36, 500), rng.uniform(42, 46, 500)
    assert bands_for(lat, lon) == Bands()
    assert bands_for(lat.round(3), lon.round(3)) == Bands()  # 111 m
    towns = rng.integers(0, 40, 500)
    assert bands_for(lat[towns], lon[towns]).distances_km == (0.1, 5, 10, 20, 50)
    rounded = bands_for(lat.round(2), lon.round(2))
    assert rounded.distances_km[0] == pytest.approx(0.556, abs=0.001) and rounded.distances_km[1:] == (5, 10, 20, 50)


@pytest.mark.parametrize("edges", [{"days": (7, 0)}, {"distances_km": ()}, {"distances_km": (1.0, 1.0)}])
def test_bands_ascend(edges):
    with pytest.raises(ModelError, match="ascending"):
        Bands(**edges)


def test_windows_are_those_of_the_calendar():
    days = np.array(["2015-06-30", "2015-07-01", "2015-12-31", "2016-01-01"], dtype="datetime64[D]")
    assert windows_of(days, "half-year").tolist() == [0, 1, 1, 2]
    assert windows_of(days, "month").tolist() == [0, 1, 2, 3]
    with pytest.raises(ModelError, match="one of none, year"):
        windows_of(days, "week")


def test_pairs_of_windows_too_far_apart_are_not_looked_for():
    points = on_sphere(np.zeros(4), np.array([0.0, 0.001, 0.002, 0.003]))
    i, j, apart = close_pairs(points, np.array([0, 1, 100, 101]), np.array([0, 0, 1, 1]), 10.0, 28)
    assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 1), (2, 3)]
    assert apart == pytest.approx([0.1112, 0.1112], abs=1e-4)


def test_text_and_page_say_what_the_table_holds():
    day, x, y = contagious(np.random.default_rng(5))
    events = table(day, x, y, ["ied"] * len(day))
    result = near_repeat(events, as_of=date(2018, 1, 1), first="ied", second="ied", permutations=199)
    text, page = near_repeat_text(result), near_repeat_html([result], "Near <repeats>")
    ratio = f"{result.ratio[1, 1]:.2f} ({result.low[1, 1]:.2f}–{result.high[1, 1]:.2f})"
    assert text.startswith("After an ied, ") and f"{ratio}*" in text
    assert "within the same half-year" in text and "days 8–14" in text
    assert "Near &lt;repeats&gt;" in page and headline(result) in page and page.count("<rect") == 20 + 5
    assert "http" not in page
