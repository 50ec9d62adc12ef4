from dataclasses import replace

import numpy as np
import pytest

from seamwatch.errors import ModelError
from seamwatch.events import Events, sorted_events
from seamwatch.forecast.contagion import catalogue as module
from seamwatch.forecast.contagion.catalogue import Plane, catalogue
from seamwatch.forecast.contagion.cells import cells_over
from seamwatch.geo import distance_km


def table(n: int = 150, **columns: object) -> Events:
    rng = np.random.default_rng(1)
    day = np.datetime64("2015-03-01") + np.sort(rng.integers(0, 300, n))
    types = np.where(rng.uniform(size=n) < 0.5, "ied", "raid")
    base = {"ids": [str(i) for i in range(n)], "start": day, "end": day, "where_prec": np.ones(n), "type": types}
    base |= {"lat": 35 + rng.normal(0, 1, n), "lon": 44 + rng.normal(0, 1, n)}
    return sorted_events(base | columns)  # type: ignore[arg-type]


def test_plane_keeps_distances_and_comes_back() -> None:
    plane = Plane(33.5, 44.0)
    lat, lon = np.array([36.9, 29.8, 33.5]), np.array([42.3, 48.2, 44.0])
    x, y = plane.to_km(lat, lon)
    back = plane.to_degrees(x, y)
    assert back[0] == pytest.approx(lat) and back[1] == pytest.approx(lon)
    assert np.hypot(x[0] - x[2], y[0] - y[2]) == pytest.approx(distance_km(36.9, 42.3, 33.5, 44.0), rel=2e-3)
    assert np.hypot(x[0] - x[1], y[0] - y[1]) == pytest.approx(distance_km(36.9, 42.3, 29.8, 48.2), rel=4e-3)


def test_coarse_places_and_long_events_are_left_out_and_counted() -> None:
    events = table()
    prec = events.where_prec.copy()
    prec[:7] = 4
    start = events.start.copy()
    start[7:10] -= 30
    made = catalogue(replace(events, where_prec=prec, start=start))
    assert (made.coarse, made.long, len(made)) == (7, 3, 140)
    assert made.t[0] == 0 and made.day(made.t[-1]) == events.end[-1]
    assert np.array_equal(made.row, np.arange(10, 150))


def test_types_with_enough_events_are_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalogue(table()).kinds == ("",)
    monkeypatch.setattr(module, "FEWEST_OF_KIND", 60)
    types = np.array(["ied"] * 70 + ["raid"] * 65 + ["shelling"] * 15)
    made = catalogue(table(type=types))
    assert made.kinds == ("ied", "raid", "other types")
    assert np.array_equal(made.kind, np.repeat([0, 1, 2], [70, 65, 15]))
    assert catalogue(table(type=types), by_type=False).kinds == ("",)


def test_rounded_coordinates_say_how_well_places_are_known() -> None:
    events = table()
    assert catalogue(events).least_km == 0.1
    rough = replace(events, lat=np.round(events.lat, 1), lon=np.round(events.lon, 1))
    assert catalogue(rough).least_km == pytest.approx(3.2, abs=0.05)


def test_too_few_events_are_refused() -> None:
    with pytest.raises(ModelError, match=r"99 events.*at least 100"):
        catalogue(table(99))


def test_kernels_fall_into_cells_whole() -> None:
    cells = cells_over((-12.0, 31.0, 2.0, 18.0), 5.0)
    assert (cells.west, cells.south, cells.columns, cells.rows) == (-15.0, 0.0, 10, 4)
    x, y = cells.middles()
    assert np.array_equal(cells.of(x, y), np.arange(40)) and cells.of(np.array([99.0]), np.array([0.0]))[0] == -1
    near = cells.mass(np.array([7.5]), np.array([7.5]), np.array([2.0]), 0.1)
    assert near[cells.of(np.array([7.5]), np.array([7.5]))[0]] == pytest.approx(2.0)
    wide = cells.mass(np.array([7.5]), np.array([7.5]), np.array([2.0]), 3.0)
    assert wide.sum() == pytest.approx(2.0)
    assert wide.max() == pytest.approx(2 * 0.5953**2, abs=0.03)  # within 2.5 km each way of a Gaussian of 3 km
