"""Toponyms of LGL and GeoVirus: how many gold spans are placed within 161 km, how many are found, how fast.

    python -m benchmarks.places.toponyms [--errors N]

Prints the figures and puts them into ../places.md. Says so and stops where ../shared is absent.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.development import write_measured
from benchmarks.places.corpora import FOLDER, NAMES, Document, corpus
from seamwatch.geo import distance_km
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, Senses, toponyms

WITHIN_KM = 161.0  # a hundred miles, as the field counts
SPEED_WORDS = 300
PAGE = Path(__file__).parents[1] / "places.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table and put it into places.md; 0 also where there is nothing to read."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--errors", type=int, default=0, help="show so many that are off")
    chosen = options.parse_args(argv)
    if not FOLDER.exists():
        print(f"skipped: no {FOLDER} here")
        return 0
    senses = Senses(Gazetteer.open(load_pack()))
    lines = ["| corpus | texts | toponyms | placed within 161 km | median km | found: precision | recall | F1 |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name in NAMES:
        documents = list(corpus(name))
        off = [km for d in documents for km in errors_km(d, senses)]
        precision, recall, f1 = finding(documents, senses)
        within = sum(km <= WITHIN_KM for km in off) / len(off)
        middle = sorted(off)[len(off) // 2]
        found = f"{precision:.3f} | {recall:.3f} | {f1:.3f}"
        lines.append(f"| {name} | {len(documents)} | {len(off)} | {within:.3f} | {middle:.1f} | {found} |")
    lines.append(
        f"\n{speed(senses):.0f} texts of {SPEED_WORDS} words a second on one core (processor time), found and placed."
    )
    text = "\n".join(lines)
    print(text)
    write_measured(PAGE, text)
    for line in list(wrong(senses))[: chosen.errors]:
        print(line)
    return 0


def figures() -> dict[str, float]:
    """The gated figures, by name."""
    senses = Senses(Gazetteer.open(load_pack()))
    found: dict[str, float] = {}
    for name in NAMES:
        documents = list(corpus(name))
        off = [km for d in documents for km in errors_km(d, senses)]
        found[f"toponyms.{name}.within_161_km"] = sum(km <= WITHIN_KM for km in off) / len(off)
        found[f"toponyms.{name}.found_f1"] = finding(documents, senses)[2]
    return found


def errors_km(document: Document, senses: Senses) -> Iterator[float]:
    """How far off each gold toponym with a point is placed, its span given; infinite where it is not placed."""
    placed = toponyms(document.text, senses, [(g.start, g.end) for g in document.gold])
    points = {(p.start, p.end): p for p in placed}
    for gold in document.gold:
        if gold.lat is not None and gold.lon is not None:
            lat, lon = points[gold.start, gold.end].lat, points[gold.start, gold.end].lon
            yield float("inf") if lat is None or lon is None else distance_km(gold.lat, gold.lon, lat, lon)


def finding(documents: Sequence[Document], senses: Senses) -> tuple[float, float, float]:
    """Precision, recall and F1 of the spans found, to the letter. Adjectives count as missed: they are no toponyms."""
    hits = said = there = 0
    for document in documents:
        found = {(t.start, t.end) for t in toponyms(document.text, senses)}
        gold = {(g.start, g.end) for g in document.gold}
        hits, said, there = hits + len(found & gold), said + len(found), there + len(gold)
    precision, recall = hits / said, hits / there
    return precision, recall, 2 * precision * recall / (precision + recall)


def speed(senses: Senses) -> float:
    """Texts of 300 words a second of processor time, cut from LGL and never seen before by this process's caches."""
    words = " ".join(d.text for d in corpus("lgl")).split()
    texts = [" ".join(words[at : at + SPEED_WORDS]) for at in range(0, len(words) - SPEED_WORDS, SPEED_WORDS)]
    fresh = Senses(senses.gazetteer)
    started = time.process_time()
    for text in texts:
        toponyms(text, fresh)
    return len(texts) / (time.process_time() - started)


def wrong(senses: Senses) -> Iterator[str]:
    """Lines on gold toponyms that are placed elsewhere."""
    for name in NAMES:
        for document in corpus(name):
            for gold, km in zip(
                (g for g in document.gold if g.lat is not None), errors_km(document, senses), strict=True
            ):
                if km > WITHIN_KM:
                    yield f"  {name} {document.text[gold.start : gold.end]}  {km:.0f} km off"


if __name__ == "__main__":
    sys.exit(main())
