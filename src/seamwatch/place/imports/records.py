"""What the readers of place lists give to the store: rows, names, areas, and a clear word on each bad row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from seamwatch.errors import SeamwatchError

Ref = int | str  # how a source names one of its places
Names = tuple[tuple[str, str], ...]  # (language, "" where it is not told; spelling)


class RowError(SeamwatchError):
    """One row of a list that cannot be used; the rest goes on."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of a list: WGS 84 degrees, inhabitants (0 unknown), km (None: by its kind).

    ``country`` is the ISO code of two letters, empty where the list does not tell.
    """

    ref: Ref
    name: str
    kind: str
    lat: float
    lon: float
    country: str = ""
    governorate: str = ""
    district: str = ""
    population: int = 0
    radius_km: float | None = None
    names: Names = ()


@dataclass(frozen=True, slots=True)
class NameRow:
    """A further name of a place that another list holds: GeoNames' alternate names."""

    ref: Ref
    lang: str
    name: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A polygon: ``level`` 0 country, 1 governorate, 2 district, 3 sub-district; ``shape`` is WKB in WGS 84 degrees.

    ``valid_from`` and ``valid_to`` are ISO dates, empty where not told; ``claimant`` is who draws it so.
    """

    ref: Ref
    name: str
    level: int
    shape: bytes
    box: tuple[float, float, float, float]  # west, south, east, north
    country: str = ""
    parent: str = ""
    claimant: str = ""
    valid_from: str = ""
    valid_to: str = ""
    names: Names = ()


TOWN, CITY = 5_000, 100_000  # inhabitants, at least

Record = PlaceRow | NameRow | AreaRow


class Reader(Protocol):
    """A list of one kind. Records come in the file's order; ``parse`` is not called on those read in an earlier run."""

    @property
    def title(self) -> str:
        """The source's name, as credits show it."""

    @property
    def licence(self) -> str:
        """The licence it is usually given under."""

    @property
    def url(self) -> str:
        """Where it comes from, in words or as an address."""

    def records(self) -> Iterator[Any]:
        """Each record as it stands in the file. Raises GazetteerError where the file cannot be read on."""

    def parse(self, raw: Any) -> Record | None:
        """The record; None for one that is passed over on purpose. Raises RowError on a bad one."""


def degrees(lat: object, lon: object) -> tuple[float, float]:
    """Latitude and longitude. Raises RowError where they are not WGS 84 degrees."""
    try:
        point = float(str(lat).strip()), float(str(lon).strip())
    except ValueError:
        point = float("nan"), float("nan")
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise RowError(f"got {str(lat)[:40]!r}, {str(lon)[:40]!r}", rule="latitude and longitude in WGS 84 degrees")
    return point


def whole(text: object) -> int:
    """Inhabitants; 0 where none are told. Raises RowError on what is no number."""
    told = str(text or "").strip()
    try:
        number = float(told) if told else 0.0
        return max(0, int(number))
    except (ValueError, OverflowError) as error:
        raise RowError(f"got {told[:40]!r}", rule="inhabitants are a number") from error


def settlement(population: int) -> str:
    """The kind of a settlement by its inhabitants."""
    return "city" if population >= CITY else "town" if population >= TOWN else "village"
