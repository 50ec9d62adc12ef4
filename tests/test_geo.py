"""Distances and points against known answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.geo import COMPASS_DEG, destination, distance_km, midpoint, priogrid_gid, priogrid_middle

lats, lons = st.floats(-80, 80), st.floats(-179, 179)


def test_kirkuk_to_erbil() -> None:
    assert distance_km(35.468, 44.392, 36.191, 44.009) == pytest.approx(87.5, abs=1.0)


def test_a_degree_of_latitude() -> None:
    assert distance_km(35, 44, 36, 44) == pytest.approx(111.2, abs=0.1)


@given(lats, lons, st.floats(0, 359), st.floats(0.1, 300))
def test_destination_is_as_far_as_asked(lat: float, lon: float, bearing: float, km: float) -> None:
    there = destination(lat, lon, bearing, km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, rel=1e-3)


@given(lats, lons, lats, lons)
def test_midpoint_is_as_far_from_either(a: float, b: float, c: float, d: float) -> None:
    mid = midpoint(a, b, c, d)
    assert distance_km(a, b, *mid) == pytest.approx(distance_km(c, d, *mid), abs=0.1)


def test_compass() -> None:
    assert COMPASS_DEG["north"] == 0 and COMPASS_DEG["southwest"] == 225


def test_the_cells_of_prio_grid() -> None:
    assert priogrid_gid(33.355813, 43.786124) == 177568  # Falluja, as UCDP has it
    assert priogrid_middle(177568) == (33.25, 43.75)
    assert priogrid_gid(-90.0, -180.0) == 1
