"""Which of its senses each name of a text means, decided for all names together.

Every name spreads a weight over its senses; senses are borne out by what else the text names in the same unit, the same
country, and near by; three rounds of that settle it. One name has one sense in a text, but where the text itself says
"Paris, Texas" in one place and "Paris, France" in another. Weights were set by hand on two corpora of news and have no
unit: natural log of how much likelier.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seamwatch.geo import EARTH_RADIUS_KM, distance_km
from seamwatch.place.atlas import SETTLEMENTS, Sense

Array = NDArray[np.float64]

MOST_SENSES = 14  # of a name, the weightiest
MOST_NAMES = 80  # at once: time grows with the square
ROUNDS = 4
ELSEWHERE_KM = 50.0  # two senses this near each other are no two choices
PER_DIGIT = 1.1  # of inhabitants
LESSER_NAME = 2.5  # lost by a place that is usually called otherwise
HELD = 4.0  # the text says what it lies in
KIND = 3.0  # the text says what kind it is
SAME_UNIT, SAME_COUNTRY, NEAR = 1.5, 0.8, 1.6
NEAR_KM = 80.0  # at which nearness has faded to a third


@dataclass(frozen=True, slots=True)
class Choice:
    """The sense chosen, its share among all (0 to 1), and those that lie elsewhere and came close."""

    sense: Sense
    share: float
    rivals: tuple[tuple[Sense, float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name of a text: its senses, how often it stands there, what it is said to lie in, and its kind if told.

    ``within`` has a group of senses for each wider place named beside it, the nearest first.
    """

    senses: tuple[Sense, ...]
    times: int = 1
    within: tuple[tuple[Sense, ...], ...] = ()
    kind: str | None = None


def choose_jointly(names: Sequence[Asked]) -> list[Choice | None]:
    """A choice for each name, None for one without senses. Of very many names, so many at a time in their order."""
    found: list[Choice | None] = []
    for start in range(0, len(names), MOST_NAMES):
        found += _choose(names[start : start + MOST_NAMES])
    return found


def _choose(names: Sequence[Asked]) -> list[Choice | None]:
    flat = [(n, sense) for n, asked in enumerate(names) for sense in _weightiest(asked)]
    if not flat:
        return [None] * len(names)
    senses = [sense for _, sense in flat]
    owner = np.array([n for n, _ in flat])
    base = np.array([_alone(sense, names[n]) for n, sense in flat])
    times = np.array([1.0 + math.log(names[n].times) for n, _ in flat])
    other = owner[:, None] != owner[None, :]
    apart_km = _distances(np.radians([[_or_nan(s.lat), _or_nan(s.lon)] for s in senses]))
    unit, country, near = _relations(senses, other, apart_km)
    score = base
    for _ in range(ROUNDS):
        mass = _shares(score, owner, len(names)) * times
        score = (
            base
            + SAME_UNIT * np.log1p(unit @ mass)
            + SAME_COUNTRY * np.log1p(country @ mass)
            + NEAR * np.log1p(near @ mass)
        )
    share = _shares(score, owner, len(names))
    return [_choice(np.flatnonzero(owner == n), senses, share, apart_km) for n in range(len(names))]


def _weightiest(asked: Asked) -> list[Sense]:
    ranked = sorted(asked.senses, key=lambda s: -_alone(s, asked))
    return ranked[:MOST_SENSES]


def _alone(sense: Sense, asked: Asked) -> float:
    """How likely a sense is without the other names."""
    score = PER_DIGIT * sense.weight - (0.0 if sense.own else LESSER_NAME)
    for number, group in enumerate(asked.within):
        score += HELD / (1 + number) if any(holds(outer, sense) for outer in group) else 0.0
    if asked.kind == sense.kind:
        score += KIND
    elif asked.kind in SETTLEMENTS:
        score += KIND / 2 if sense.kind in SETTLEMENTS else -KIND / 2
    return score


def holds(outer: Sense, inner: Sense) -> bool:
    """Whether a place lies in an area, as far as codes and points tell."""
    if outer.id == inner.id or not outer.area:
        return False
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.admin1 and inner.admin1 and outer.kind in ("state", "governorate") and outer.source != "GeoNames":
        if outer.admin1 == inner.admin1:
            return True
        if outer.kind == "state":
            return False
    return km_between(outer, inner) <= outer.radius_km * 1.4 + 10


def km_between(a: Sense, b: Sense) -> float:
    """Great-circle distance in km; infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def _or_nan(degrees: float | None) -> float:
    return math.nan if degrees is None else degrees


def _relations(senses: Sequence[Sense], other: NDArray[np.bool_], apart_km: Array) -> tuple[Array, Array, Array]:
    """For each two senses of different names: same unit (0 or 1), same country, nearness (1 to 0)."""
    units = _codes([f"{s.country}.{s.admin1}" if s.admin1 else "" for s in senses])
    countries = _codes([s.country for s in senses])
    unit = other & (units[:, None] == units[None, :]) & (units >= 0)[:, None]
    country = other & (countries[:, None] == countries[None, :]) & (countries >= 0)[:, None]
    wide = np.array([s.kind in ("country", "continent") for s in senses])
    near = np.nan_to_num(np.exp(-apart_km / NEAR_KM), nan=0.0)
    near[wide, :] = 0.0
    near[:, wide] = 0.0
    return unit.astype(float), country.astype(float), np.where(other, near, 0.0)


def _distances(points: Array) -> Array:
    lat, lon = points[:, 0], points[:, 1]
    h = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2 + np.cos(lat)[:, None] * np.cos(lat)[None, :] * (
        np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    )
    km: Array = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return km


def _codes(labels: Sequence[str]) -> NDArray[np.int64]:
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(label, len(seen)) if label else -1 for label in labels], dtype=np.int64)


def _shares(score: Array, owner: NDArray[np.int64], count: int) -> Array:
    """Softmax of the scores among each name's senses."""
    most = np.full(count, -np.inf)
    np.maximum.at(most, owner, score)
    mass = np.exp(score - most[owner])
    total = np.bincount(owner, mass, count)
    shares: Array = mass / total[owner]
    return shares


def _choice(own: NDArray[np.int64], senses: Sequence[Sense], share: Array, apart_km: Array) -> Choice | None:
    if not own.size:
        return None
    if own.size == 1:
        return Choice(senses[own[0]], 1.0, ())
    ranked = own[np.argsort(-share[own], kind="stable")]
    first = ranked[0]
    same = [i for i in ranked if i == first or apart_km[first, i] <= ELSEWHERE_KM]
    rivals = tuple((senses[i], float(share[i])) for i in ranked if i not in same)
    return Choice(senses[first], float(share[same].sum()), rivals)


def units_of(choices: Mapping[int, Choice]) -> dict[tuple[str, str], float]:
    """How much is named in each (country, first-order unit)."""
    found: dict[tuple[str, str], float] = {}
    for choice in choices.values():
        if choice.sense.admin1:
            unit = (choice.sense.country, choice.sense.admin1)
            found[unit] = found.get(unit, 0.0) + choice.share
    return found
