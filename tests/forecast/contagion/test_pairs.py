import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.errors import ConfigError
from seamwatch.forecast.contagion import pairs as module
from seamwatch.forecast.contagion.pairs import Reach, find_pairs


def brute(t, x, y, kind, kinds, reach, start):
    found = []
    for i in np.flatnonzero(t >= start):
        for c in range(kinds):
            lags = [
                (round(float(t[i] - t[j]), 3), round(float((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2), 2))
                for j in range(i)
                if kind[j] == c and 0 < t[i] - t[j] <= reach.days and np.hypot(x[i] - x[j], y[i] - y[j]) <= reach.km
            ]
            found.append(sorted(lags))
    return found


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.integers(1, 3), st.sampled_from([0.0, 12.0]))
def test_pairs_are_those_of_a_search_of_all(seed: int, daily: bool, kinds: int, start: float) -> None:
    rng = np.random.default_rng(seed)
    n = 60
    t = np.sort(rng.uniform(0, 40, n))
    t = np.floor(t) if daily else t
    x, y, kind = rng.uniform(-20, 20, n), rng.uniform(30, 55, n), rng.integers(0, kinds, n)
    reach = Reach(9.0, 7.0, daily)
    found = find_pairs(t, x, y, kind, kinds, reach, start)
    ours = [
        sorted((round(float(a), 3), round(float(b), 2)) for a, b in zip(found.lag[lo:hi], found.r2[lo:hi], strict=True))
        for lo, hi in zip(found.first[:-1], found.first[1:], strict=True)
    ]
    for a, b in zip(ours, brute(t, x, y, kind, kinds, reach, start), strict=True):
        assert np.allclose(np.array(a), np.array(b), atol=0.02)


def test_events_of_one_day_do_not_excite_each_other() -> None:
    t = np.array([3.0, 3.0, 4.0])
    found = find_pairs(t, np.zeros(3), np.zeros(3), np.zeros(3, np.int64), 1, Reach(5, 5, True), 0.0)
    assert found.first.tolist() == [0, 0, 0, 2] and found.lag.tolist() == [1.0, 1.0]


def test_no_events_and_too_many_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    none = np.zeros(0)
    assert len(find_pairs(none, none, none, none.astype(np.int64), 1, Reach(), 0.0)) == 0
    monkeypatch.setattr(module, "MOST_PAIRS", 1000)
    t = np.linspace(0, 10, 200)
    with pytest.raises(ConfigError, match="shorter reach"):
        find_pairs(t, np.zeros(200), np.zeros(200), np.zeros(200, np.int64), 1, Reach(), 0.0)
