"""Places of UCDP's events in Iraq: their name, with governorate and district as context, against their point.

    python -m benchmarks.places.ged [--gazetteer FILE] [--errors N]

Counts events with ``where_prec`` 1 or 2 whose place comes out within 25 km of GED's point. ``--gazetteer`` is a file of
`seamwatch gazetteer import`; without it, the default gazetteer. GED is never a source of a gazetteer here.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.development import SHARED
from seamwatch.geo import distance_km
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, Senses, parse_mention, resolve, toponyms

FILE = SHARED / "data" / "events" / "ged_iraq_1989_2017.csv.gz"
NEAR_KM = 25.0


@dataclass(frozen=True, slots=True)
class Named:
    """A place as GED names it, how many events have it, and where GED puts it."""

    where: str
    district: str
    governorate: str
    lat: float
    lon: float


def main(argv: Sequence[str] | None = None) -> int:
    """Print the shares; 0 also where there is nothing to read."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gazetteer", type=Path, help="a file of imported lists")
    options.add_argument("--errors", type=int, default=0, help="show so many names that are off")
    chosen = options.parse_args(argv)
    if not FILE.exists():
        print(f"skipped: no {FILE} here")
        return 0
    gazetteer = Gazetteer.open(load_pack(), imported=chosen.gazetteer)
    for way, placed in (("resolve", by_name(gazetteer)), ("toponyms", by_text(gazetteer))):
        print(f"{way}: {share(placed):.3f} of {sum(n for *_, n in placed)} events within {NEAR_KM:.0f} km")
        off = sorted(((n, named, km) for named, km, n in placed if km > NEAR_KM), key=lambda one: -one[0])
        for n, named, km in off[: chosen.errors]:
            print(f"  {n:4} {named.where} | {named.district} | {named.governorate}  {km:.0f} km off")
    return 0


def share(placed: Sequence[tuple[Named, float, int]]) -> float:
    """The share of events within 25 km."""
    return sum(n for _, km, n in placed if km <= NEAR_KM) / sum(n for *_, n in placed)


def by_name(gazetteer: Gazetteer) -> list[tuple[Named, float, int]]:
    """Each name, how far off it is resolved, how many events have it."""
    found = []
    for named, count in events().items():
        within = tuple(n for n in (named.district, named.governorate) if n)
        place = resolve(parse_mention(named.where, gazetteer.words, gazetteer.known, within=within), gazetteer)
        found.append((named, _km(named, place.lat, place.lon), count))
    return found


def by_text(gazetteer: Gazetteer) -> list[tuple[Named, float, int]]:
    """The same by `seamwatch places`, from the text "name, district, governorate, Iraq" and the name's span."""
    senses = Senses(gazetteer)
    found = []
    for named, count in events().items():
        text = ", ".join(n for n in (named.where, named.district, named.governorate, "Iraq") if n)
        (place,) = toponyms(text, senses, [(0, len(named.where))])
        found.append((named, _km(named, place.lat, place.lon), count))
    return found


def events() -> Counter[Named]:
    """The places of events that GED locates to a village or its surroundings."""
    return Counter(_rows())


def _rows() -> Iterator[Named]:
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if float(row["where_prec"]) <= 2 and row["where_coordinates"].strip():
                point = float(row["latitude"]), float(row["longitude"])
                yield Named(row["where_coordinates"].strip(), row["adm_2"].strip(), row["adm_1"].strip(), *point)


def _km(named: Named, lat: float | None, lon: float | None) -> float:
    return float("inf") if lat is None or lon is None else distance_km(named.lat, named.lon, lat, lon)


if __name__ == "__main__":
    sys.exit(main())
