"""How probable it is that two drafts tell of one incident: a logistic model of a few readable features.

The coefficients are data (``coefficients.toml``), fitted by ``benchmarks/merging/fit.py`` on pairs of coded incidents;
so is the kinship of types (``kin.toml``).
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping
from importlib import resources

from seamwatch.geo import distance_km
from seamwatch.merge.facts import Facts

FURTHEST_KM = 30.0  # beyond both radii no pair is considered
LARGEST_GAP_DAYS = 2  # nor across a longer gap

FEATURES = (
    *("bias", "gap_days", "foretold", "vague_date", "undated"),
    *("beyond_km", "apart_radii", "wide_place", "no_distance"),
    *("same_name", "same_district", "other_district"),
    *("type_kin", "same_type", "initiator_clash", "target_clash", "actors_same"),
    *("toll_same", "toll_clash", "means_same"),
)


def features(a: Facts, b: Facts) -> dict[str, float]:
    """The features of a pair, by name; every value is between 0 and about 6, and 0 where nothing is known.

    Symmetric in the two. ``beyond_km`` is log(1 + km beyond both radii), ``apart_radii`` the distance over the sum of
    the radii, up to 2; tolls enter as logarithms.
    """
    found = dict.fromkeys(FEATURES, 0.0)
    found["bias"] = 1.0
    found.update(_when(a, b))
    found.update(_where(a, b))
    found["type_kin"] = kinship(a.type, b.type)
    found["same_type"] = float(a.type == b.type)
    if a.initiator and b.initiator:
        found["initiator_clash"] = float(not a.initiator_sides & b.initiator_sides)
    if a.target and b.target:
        found["target_clash"] = float(not a.target_sides & b.target_sides)
    if a.actors and b.actors:  # whatever their roles: coders mistake who attacked for who was attacked
        found["actors_same"] = _agreement(a.actors, b.actors, a.covered, b.covered)
    if a.means and b.means:
        found["means_same"] = _jaccard(a.means, b.means)
    found.update(_toll(a, b))
    return found


def probability(a: Facts, b: Facts) -> float:
    """The probability that two drafts are of one incident; 0 for a pair that cannot be."""
    if not possible(a, b):
        return 0.0
    weights = coefficients()
    score = sum(weights[name] * value for name, value in features(a, b).items() if value)
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))


def possible(a: Facts, b: Facts) -> bool:
    """Whether a pair may be one incident at all: another report, kin types, days and places within reach.

    Where coordinates are missing, a name, the governorate or a toll that tells them from most must be shared.
    """
    if a.report_id == b.report_id or not kinship(a.type, b.type):
        return False
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    if max(a.first, b.first) - min(a.last, b.last) > LARGEST_GAP_DAYS:
        return False
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return bool(a.names & b.names) or a.governorate == b.governorate != "" or bool(a.harm & b.harm)
    reach = a.radius_km + b.radius_km + FURTHEST_KM
    if abs(a.lat - b.lat) * 111.0 > reach:
        return False
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= reach


def _when(a: Facts, b: Facts) -> dict[str, float]:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return {}
    shared = min(a.last, b.last) - max(a.first, b.first) + 1
    lengths = a.last - a.first + 1, b.last - b.first + 1
    if not (a.dated and b.dated):
        return {"undated": 1.0, "gap_days": float(max(0, 1 - shared))}
    return {
        "gap_days": float(max(0, 1 - shared)),
        "foretold": float(_before(a, b) or _before(b, a)),
        "vague_date": math.log(max(lengths)),
    }


def _before(a: Facts, b: Facts) -> bool:
    """Whether the one's report came out before the other's day: what had not happened yet cannot be told."""
    return a.told is not None and b.first is not None and a.told < b.first


def _where(a: Facts, b: Facts) -> dict[str, float]:
    found = {"same_name": float(bool(a.names & b.names))}
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        if a.district and b.district:
            found["same_district" if a.district == b.district else "other_district"] = 1.0
        return found | {"no_distance": 1.0}
    apart = distance_km(a.lat, a.lon, b.lat, b.lon)
    found["apart_radii"] = min(2.0, apart / max(1.0, a.radius_km + b.radius_km))
    found["beyond_km"] = math.log1p(max(0.0, apart - (a.radius_km + b.radius_km)))
    found["wide_place"] = math.log1p(max(a.radius_km, b.radius_km))
    return found


def _toll(a: Facts, b: Facts) -> dict[str, float]:
    same, clash = 0.0, 0.0
    for cell in a.toll.keys() & b.toll.keys():
        (low1, high1), (low2, high2) = a.toll[cell], b.toll[cell]
        if low1 <= high2 and low2 <= high1:
            same = max(same, math.log1p(min(low1, low2)))
        else:
            clash = max(clash, abs(math.log1p(max(low1, low2)) - math.log1p(min(high1, high2))))
    return {"toll_same": same, "toll_clash": clash}


def _agreement(
    a: frozenset[str], b: frozenset[str], covered_by_a: frozenset[str], covered_by_b: frozenset[str]
) -> float:
    """Jaccard similarity of two sets of actors, where a general code ("Iraqi forces") agrees with what it covers."""
    if a == b:
        return 1.0
    agreed = len((a & (b | covered_by_b)) | (b & (a | covered_by_a)))
    return agreed / len(a | b)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)


def kinship(a: str, b: str) -> float:
    """How readily one incident is given both types, 0 to 1."""
    if a == b:
        return 1.0
    table = _kin()
    return max(table.get(a, {}).get(b, 0.0), table.get(b, {}).get(a, 0.0))


@functools.cache
def coefficients() -> Mapping[str, float]:
    """The model's coefficients by feature."""
    raw = tomllib.loads(resources.files(__package__).joinpath("coefficients.toml").read_text("utf-8"))["coefficients"]
    return {name: float(raw[name]) for name in FEATURES}


@functools.cache
def _kin() -> Mapping[str, Mapping[str, float]]:
    raw: Mapping[str, Mapping[str, float]] = tomllib.loads(
        resources.files(__package__).joinpath("kin.toml").read_text("utf-8")
    )["kin"]
    return raw
