"""Distances and points on the globe: WGS 84 degrees in, kilometres out."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG

COMPASS_DEG = {
    name: index * 45.0
    for index, name in enumerate(("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"))
}


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km (haversine)."""
    p1, l1, p2, l2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin((l2 - l1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def destination(lat: float, lon: float, bearing_deg: float, distance: float) -> tuple[float, float]:
    """The point ``distance`` km from (lat, lon) along an initial bearing (degrees clockwise from north)."""
    phi, lam, theta, delta = math.radians(lat), math.radians(lon), math.radians(bearing_deg), distance / EARTH_RADIUS_KM
    phi2 = math.asin(math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta))
    y = math.sin(theta) * math.sin(delta) * math.cos(phi)
    lam2 = lam + math.atan2(y, math.cos(delta) - math.sin(phi) * math.sin(phi2))
    return math.degrees(phi2), (math.degrees(lam2) + 540.0) % 360.0 - 180.0


def midpoint(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """The point halfway on the great circle."""
    p1, l1, p2, dl = math.radians(lat1), math.radians(lon1), math.radians(lat2), math.radians(lon2 - lon1)
    bx, by = math.cos(p2) * math.cos(dl), math.cos(p2) * math.sin(dl)
    lat = math.atan2(math.sin(p1) + math.sin(p2), math.hypot(math.cos(p1) + bx, by))
    lon = l1 + math.atan2(by, math.cos(p1) + bx)
    return math.degrees(lat), (math.degrees(lon) + 540.0) % 360.0 - 180.0


def priogrid_gid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of half a degree that holds a point (Tollefsen, Strand & Buhaug 2012)."""
    return math.floor((lat + 90) * 2) * 720 + math.floor((lon + 180) * 2) + 1


def priogrid_middle(gid: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of a PRIO-GRID cell."""
    row, column = divmod(gid - 1, 720)
    return row / 2 - 89.75, column / 2 - 179.75


_E2 = 0.00669437999014  # first eccentricity of WGS 84, squared
_SEMI_MAJOR_KM = 6378.137


def equal_area_km(lat: float, lon: float) -> tuple[float, float]:
    """X and y in km on a cylindrical equal-area map of the WGS 84 ellipsoid (Snyder 1987, equations 3-12 and 10-17).

    Areas on it are areas on the ground; angles and distances are not.
    """
    y = 0.5 * _SEMI_MAJOR_KM * _authalic(math.sin(math.radians(lat)))
    return _SEMI_MAJOR_KM * math.radians(lon), y


def _authalic(sine: float) -> float:
    """Snyder's q: twice the area up to a latitude, over the square of the semi-major axis and the width."""
    e = math.sqrt(_E2)
    return (1 - _E2) * (sine / (1 - _E2 * sine * sine) + math.atanh(e * sine) / e)
