import numpy as np
import pytest

from seamwatch.forecast.features import (
    around_weights,
    distances_km,
    ewma,
    feature_table,
    months_since,
    rolling,
    rolling_max,
)
from seamwatch.forecast.task import Panel
from seamwatch.geo import distance_km


def panel(areas: int = 6, months: int = 80, seed: int = 0) -> Panel:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.5, 4, (areas, 1)), (areas, months)).astype(np.int32)
    return Panel(np.arange(areas), 35 + 0.5 * np.arange(areas), np.full(areas, 44.25), 301, counts)


def column(table, name):
    return table.values[:, :, table.names.index(name)]


def test_nothing_later_than_an_origin_is_seen():
    known, other = panel(), panel(seed=1)
    changed = known.counts.copy()
    changed[:, 60:] = 999
    origins = np.array([330, 345, 360])  # month 360 is column 59
    first = feature_table(known, {"other": other}, origins)
    second = feature_table(Panel(known.areas, known.lat, known.lon, 301, changed), {"other": other.until(360)}, origins)
    np.testing.assert_array_equal(first.values, second.values)


def test_an_origin_outside_the_panel_is_refused():
    with pytest.raises(IndexError, match="381"):
        feature_table(panel(), {}, np.array([381]))


def test_memories_of_a_known_series():
    x = np.array([[8.0, 0.0, 4.0]], dtype=np.float32)
    np.testing.assert_allclose(ewma(x, 1.0), [[8, 8 / 3, 24 / 7]], rtol=1e-6)  # weights 1/4, 1/2, 1
    np.testing.assert_array_equal(rolling(x, 2), [[8, 8, 4]])
    np.testing.assert_array_equal(rolling(x, 9), [[8, 8, 12]])
    np.testing.assert_array_equal(months_since(x > 0, 240), [[0, 1, 0]])
    np.testing.assert_array_equal(months_since(x > 9, 240), [[240, 240, 240]])


@pytest.mark.parametrize("months", [1, 2, 5, 12, 200])
def test_the_greatest_of_the_last_months(months):
    x = np.random.default_rng(2).normal(size=(3, 40)).astype(np.float32)
    expected = [[row[max(0, i - months + 1) : i + 1].max() for i in range(40)] for row in x]
    np.testing.assert_array_equal(rolling_max(x, months), np.array(expected))


def test_distances_and_weights():
    lat, lon = np.array([36.3, 33.3, 36.3]), np.array([43.1, 44.4, 43.1])
    found = distances_km(lat, lon)
    assert found[0, 1] == pytest.approx(distance_km(36.3, 43.1, 33.3, 44.4), rel=1e-4)
    assert found[0, 2] < 5  # single precision, of metres to a few km
    weights = around_weights(found, 400.0, own=False).toarray()
    assert weights[0, 1] == pytest.approx(np.exp(-0.5 * (found[0, 1] / 400) ** 2), rel=1e-5)
    assert weights[0, 0] == 0


def test_a_neighbours_war_is_near_and_not_ones_own():
    counts = np.zeros((3, 30), np.int32)
    counts[1, 20:] = 100
    table = feature_table(
        Panel(np.arange(3), np.array([36.25, 36.75, 41.25]), np.full(3, 44.25), 1, counts), {}, np.array([30])
    )
    assert column(table, "ewma_2")[0, 0] == 0
    assert column(table, "near_2")[0, 0] > 3
    assert column(table, "near_2")[2, 0] == 0
    assert column(table, "since_any")[0, 0] == 240
    assert column(table, "since_large")[1, 0] == 0


def test_a_fall_from_a_peak_shows():
    counts = np.full((1, 60), 200, np.int32)
    counts[:, 50:] = 1
    table = feature_table(Panel(np.arange(1), np.array([36.0]), np.array([44.0]), 1, counts), {}, np.array([50, 60]))
    assert column(table, "region_fall")[0, 0] == pytest.approx(0, abs=1e-6)
    assert column(table, "region_fall")[0, 1] < -1
    assert column(table, "region_step")[0, 1] < -3
    assert column(table, "region_since")[0, 1] <= 10
