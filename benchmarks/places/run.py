"""Places of the development reports, given their names: how many are put within 10 and 25 km of the gold point.

    python benchmarks/places/run.py [REPORTS.jsonl ...] [--gazetteer FILE] [--errors N]

Reads ../shared/reports beside the repository by default, and says so and stops where it is absent. The gold place name
and the words it was taken from go in with the report's text; the figures count places whose gold has coordinates.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.development import in_check_fifth, write_measured
from seamwatch.geo import distance_km
from seamwatch.model import Claim, Coding, Draft, Place, PlaceMention, Report, Span, make_report
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, parse_mention, place_coding

SHARED = Path(__file__).parents[2] / "../shared/reports"


class Case(NamedTuple):
    """A gold incident with a place, and what we make of its name."""

    report: str
    lang: str
    gold: dict[str, Any]
    place: Place

    @property
    def held_out(self) -> bool:
        """One report in five, by the hash of its id: nobody read those while the list was typed."""
        return in_check_fifth(self.report)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table and put it into README.md; 0 also where there is nothing to read."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", nargs="*", type=Path)
    options.add_argument(
        "--errors", type=int, default=0, help="show so many places that are off (development files only)"
    )
    options.add_argument("--gazetteer", type=Path, help="a file of imported lists, beside the default gazetteer")
    chosen = options.parse_args(argv)
    files = chosen.reports or sorted(SHARED.glob("*_reports.jsonl"))
    if not files:
        print(f"skipped: no {SHARED} here")
        return 0
    gazetteer = Gazetteer.open(load_pack(), imported=chosen.gazetteer)
    started = time.perf_counter()
    cases = [case for file in files for case in placed(file, gazetteer)]
    text = f"{table(cases)}\n\n{len(cases)} places in {time.perf_counter() - started:.1f} s, context included."
    print(text)
    if not chosen.reports and not chosen.gazetteer:
        write_measured(Path(__file__).with_name("README.md"), text)
    for line in list(wrong(cases))[: chosen.errors]:
        print(line)
    return 0


def placed(file: Path, gazetteer: Gazetteer) -> Iterator[Case]:
    """Each gold incident of a file that has a place."""
    for line in file.read_text("utf-8").splitlines():
        raw = json.loads(line)
        report = make_report(raw["title"], raw["text"], lang=raw["lang"], external_id=raw["id"])
        told = raw["gold"].get("evidence") or []
        pairs = [
            (gold, mention(gold["place"], told[k].get("place") if k < len(told) else None, report, gazetteer))
            for k, gold in enumerate(raw["gold"]["incidents"])
            if gold.get("place")
        ]
        drafts = tuple(
            Draft(report.id, k, Claim(gold["type"], ()), place=claim) for k, (gold, claim) in enumerate(pairs)
        )
        coding = place_coding(Coding(report.id, "gold", drafts), report, gazetteer)
        for (gold, _), draft in zip(pairs, coding.drafts, strict=True):
            assert draft.location is not None
            yield Case(raw["id"], raw["lang"], gold, draft.location)


def mention(name: str, spans: list[dict[str, Any]] | None, report: Report, gazetteer: Gazetteer) -> Claim[PlaceMention]:
    """The claim a perfect coder would make of a gold place name: read as a phrase, within the words it stands in."""
    found = [Span("text", s["start"], s["end"], s["quote"]) for s in spans or []]
    quoted = next((s.quote for s in found if name in s.quote), name)
    read = parse_mention(quoted, gazetteer.words, gazetteer.known)
    if read.name != name and read.to is None:
        read = parse_mention(name, gazetteer.words, gazetteer.known)
    return Claim(read, tuple(found))


def table(cases: Sequence[Case]) -> str:
    """Shares within 10 and 25 km, over all and by language and gold precision; and what becomes of unplaced gold."""
    groups: dict[str, list[Case]] = {"all": list(cases)}
    for case in cases:
        if case.held_out:
            groups.setdefault("all, held out", []).append(case)
        groups.setdefault(f"language {case.lang}", []).append(case)
        groups.setdefault(f"precision {case.gold['place_precision']}", []).append(case)
    lines = ["| places | n | within 10 km | within 25 km | not placed |", "|---|---|---|---|---|"]
    for name, members in sorted(groups.items()):
        points = [(c.gold, c.place) for c in members if c.gold["lat"] is not None]
        if not points:
            continue
        off = [error_km(g, p) for g, p in points]
        near, wide = (sum(km <= limit for km in off) / len(off) for limit in (10, 25))
        unknown = sum(p.lat is None for _, p in points) / len(points)
        lines.append(f"| {name} | {len(points)} | {near:.2f} | {wide:.2f} | {unknown:.2f} |")
    fate = Counter(c.place.status for c in cases if c.gold["lat"] is None)
    lines.append(f"\nGold without coordinates: {dict(sorted(fate.items()))}")
    units = [(c.gold["admin"], c.place) for c in cases if c.gold.get("admin") and c.gold["admin"].get("governorate")]
    agree = sum(a["governorate"] == p.governorate for a, p in units), sum(a["district"] == p.district for a, p in units)
    lines.append(f"Governorate as gold: {agree[0]}/{len(units)}, district as gold: {agree[1]}/{len(units)}")
    return "\n".join(lines)


def error_km(gold: dict[str, Any], place: Place) -> float:
    """Distance from the gold point; infinite where the name was not placed."""
    if place.lat is None or place.lon is None:
        return float("inf")
    return distance_km(gold["lat"], gold["lon"], place.lat, place.lon)


def wrong(cases: Sequence[Case]) -> Iterator[str]:
    """Lines on places more than 10 km off, and on those that gold gives no point."""
    for _, _, gold, place in cases:
        told = f"{gold['place']} {gold['place_precision']} {gold['admin']}"
        if gold["lat"] is None and place.lat is not None:
            yield f"  gold has no point  {told}  {place.gazetteer_id}"
        elif gold["lat"] is not None and (km := error_km(gold, place)) > 10:
            yield f"  {km:6.1f} km  {told} {gold['lat']},{gold['lon']}  {place.status} {place.gazetteer_id}"


if __name__ == "__main__":
    sys.exit(main())
