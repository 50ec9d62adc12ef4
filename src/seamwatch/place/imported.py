"""Look-ups in the user's own gazetteer: by the loose form, then by consonants that differ in one letter at the most.

A look-up is a few probes of an index on disk, so that opening takes milliseconds and little memory whatever the
gazetteer holds; only the hashes of its forms are held, where they are a million at the most, for most words have none.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from seamwatch.errors import ConfigError
from seamwatch.place.imports.records import AreaRow
from seamwatch.place.names import consonants, fold, key, near_consonants
from seamwatch.place.store import READY, Source, check_versions, guarded, sources

FUZZY_LENGTH = 5  # letters; below it, one letter makes another name
MOST = 60  # places of one name, nearest spelling and most populous first
MOST_HELD = 1_000_000  # names whose forms are held in memory, by their hashes
_ACROSS = 4  # consonants that a name in another script must share, all of them
_PLACE = (
    "SELECT s.text, p.id, p.source, p.ref, p.name, p.kind, p.country, p.governorate, p.district, p.lat, p.lon, "
    "p.population, p.radius_km FROM spelling s JOIN place p ON p.id = s.place WHERE s.id {}"
)
_SPELLED = _PLACE.format("= ?")
_HERE = _PLACE.format("IN (SELECT spelling FROM form WHERE form = ? AND country IN (?, '') LIMIT 2000)")
_ABROAD = _PLACE.format("IN (SELECT spelling FROM form WHERE form = ? AND country NOT IN (?, '') LIMIT 2000)")
_ALIKE = "SELECT form, spelling FROM consonants WHERE country = ? AND bones IN ({}) LIMIT 5000"


@dataclass(frozen=True, slots=True)
class ImportedPlace:
    """A place of an imported list, as the list has it; ``source`` is the list."""

    id: int
    source: Source
    ref: str
    name: str
    kind: str
    country: str
    governorate: str
    district: str
    lat: float
    lon: float
    population: int
    radius_km: float | None


class Imported:
    """The gazetteer, open for reading. Raises ConfigError where it is not there or holds no places yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        remedy = "seamwatch gazetteer import FILE, or leave --gazetteer and SEAMWATCH_GAZETTEER out"
        if not path.is_file():
            raise ConfigError("no such gazetteer", where=str(path), remedy=remedy)
        with guarded(path):
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            try:
                check_versions(self._db, path)
                self.sources = sources(self._db)
            except BaseException:
                self._db.close()
                raise
        self._ready = {s.id: s for s in self.sources if s.state == READY}
        if not any(s.rows or s.areas for s in self._ready.values()):
            self._db.close()
            raise ConfigError("the gazetteer holds no places yet", where=str(path), remedy=remedy)

    @property
    def fingerprint(self) -> str:
        """Eight hex digits over what is loaded: changes with every import."""
        told = "\n".join(sorted(f"{s.kind} {s.sha256}" for s in self._ready.values()))
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    def holds(self, name: str) -> bool:
        """Whether any place may have that name, by its loose form; most words of a text are no name."""
        loose = key(name)
        if self._hashes is not None:
            return hash(loose) in self._hashes
        with guarded(self.path):
            return self._db.execute("SELECT 1 FROM form WHERE form = ? LIMIT 1", (loose,)).fetchone() is not None

    def find(self, name: str, country: str | None) -> list[tuple[ImportedPlace, bool]]:
        """Places of that name in a country, and whether their name is the very same, by its strict form."""
        return self._named(name, _HERE, country or "", most=MOST)

    def abroad(self, name: str, country: str | None, most: int = 12) -> list[ImportedPlace]:
        """Places of the very name outside a country, most populous first."""
        return [p for p, same in self._named(name, _ABROAD, country or "", most=4 * most) if same][:most]

    def alike(
        self, name: str, country: str | None, enough: float, same_consonants: float
    ) -> list[tuple[ImportedPlace, float]]:
        """Places in a country whose name nearly is that, with how alike the two are (0 to 100), best first.

        ``enough`` is asked of any, ``same_consonants`` of those whose consonants agree. A name in another script has
        to agree in all of at least four consonants.
        """
        loose = key(name)
        bones = consonants(loose)
        vowels_differ = len(loose) >= FUZZY_LENGTH or (len(bones) >= 3 and bones[0] != "a")
        near: dict[int, float] = {}
        found: dict[int, tuple[ImportedPlace, float]] = {}
        with guarded(self.path):
            for form, spelling in self._consonants(country, (bones,)) if vowels_differ else ():
                if loose.isascii() == form.isascii():
                    near[spelling] = fuzz.ratio(loose, form, score_cutoff=same_consonants)
                elif len(bones) >= _ACROSS:
                    near[spelling] = same_consonants
            if len(loose) >= FUZZY_LENGTH:
                for form, spelling in self._consonants(country, near_consonants(loose, enough)):
                    near[spelling] = fuzz.ratio(loose, form, score_cutoff=enough)
            best = sorted(((ratio, n) for n, ratio in near.items() if ratio), key=lambda pair: (-pair[0], pair[1]))
            for ratio, spelling in best[:MOST]:
                _, *row = self._db.execute(_SPELLED, (spelling,)).fetchone()
                if place := self._place(row):
                    found.setdefault(place.id, (place, ratio))
        return list(found.values())

    def _consonants(self, country: str | None, bones: Sequence[str]) -> Iterable[tuple[str, int]]:
        """Loose forms with those consonants in a country, and whose spelling each is."""
        return self._db.execute(_ALIKE.format(",".join("?" * len(bones))), (country or "", *bones))

    def areas(self, country: str | None = None) -> Iterator[tuple[AreaRow, Source]]:
        """The polygons of the imported lists, of one country or all, each with its list; coarse levels first."""
        query = (
            "SELECT source, ref, name, level, shape, west, south, east, north, country, parent, claimant, valid_from, "
            "valid_to, names FROM area WHERE ? IN (country, '') ORDER BY level, id"
        )
        for source, ref, name, level, shape, *row in self._db.execute(query, (country or "",)):
            if held := self._ready.get(source):
                box, (iso, parent, claimant, first, last, names) = tuple(row[:4]), row[4:]
                spelled = tuple((lang, text) for lang, text in json.loads(names))
                area = AreaRow(ref, name, level, shape, box, iso, parent, claimant, first, last, spelled)
                yield area, held

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _named(self, name: str, query: str, country: str, *, most: int) -> list[tuple[ImportedPlace, bool]]:
        strict = fold(name)
        found: dict[int, tuple[ImportedPlace, bool]] = {}
        with guarded(self.path):
            rows = self._db.execute(query, (key(name), country)).fetchall()
        for text, *row in rows:
            same = fold(text) == strict
            if row[0] in found and not same:
                continue
            if place := self._place(row):
                found[place.id] = (place, same)
        ranked = sorted(found.values(), key=lambda pair: (not pair[1], -pair[0].population, pair[0].id))
        return ranked[:most]

    @functools.cached_property
    def _hashes(self) -> frozenset[int] | None:
        """The hashes of all loose forms, where the lists are not so large that these would weigh."""
        if sum(s.names for s in self._ready.values()) > MOST_HELD:
            return None
        with guarded(self.path):
            return frozenset(hash(form) for (form,) in self._db.execute("SELECT DISTINCT form FROM form"))

    def _place(self, row: list[object]) -> ImportedPlace | None:
        source = self._ready.get(row[1])  # type: ignore[call-overload]
        return ImportedPlace(row[0], source, str(row[2]), *row[3:]) if source else None  # type: ignore[arg-type]
