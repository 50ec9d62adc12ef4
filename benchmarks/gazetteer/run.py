"""Importing invented GeoNames rows: rows a second, peak memory, size; then opening, look-ups, and coding with it.

    python -m benchmarks.gazetteer.run [--rows 150000 1000000] [--folder DIR] [--no-coding]

Each import runs in a process of its own, whose peak memory is measured. Writes its table to README.md beside it when it
is run with the default rows.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.development import write_measured
from benchmarks.gazetteer.invented import dump_lines, invented_name
from benchmarks.speed.invented import invented_reports
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, load_words, place_coding
from seamwatch.place.imports.run import import_file
from seamwatch.single import FULL

ROWS = (150_000, 1_000_000)  # the first has 200,000 names
LOOKUPS, REPORTS, WORDS = 2_000, 100, 300


def main() -> None:
    """Run and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=list(ROWS))
    parser.add_argument("--folder", type=Path, help="where to write (gigabytes for 12 million rows)")
    parser.add_argument("--no-coding", action="store_true")
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        _child(*chosen.child)
        return
    lines = list(_measured(chosen.rows, chosen.folder, coding=not chosen.no_coding))
    text = "\n".join(lines)
    print(text)
    if tuple(chosen.rows) == ROWS and not chosen.no_coding:
        write_measured(Path(__file__).with_name("README.md"), text)


def _measured(rows: list[int], folder: Path | None, *, coding: bool) -> Iterator[str]:
    yield "| rows | names | import s | rows/s | peak MB | file MB | again s | open ms | look-up µs |"
    yield "|---|---|---|---|---|---|---|---|---|"
    told: list[str] = []
    for count in rows:
        with tempfile.TemporaryDirectory(dir=folder) as work:
            dump, target = Path(work, "XX.txt"), Path(work, "gazetteer.sqlite")
            with dump.open("w", encoding="utf-8") as out:
                out.writelines(dump_lines(count))
            first, again = _import(dump, target), _import(dump, target)
            size = target.stat().st_size / 1e6
            opened, looked = _look_ups(target, count)
            yield (
                f"| {count:,} | {first['names']:,.0f} | {first['seconds']:.0f} | {count / first['seconds']:,.0f} | "
                f"{first['peak_mb']:.0f} | {size:,.0f} | {again['seconds']:.1f} | {opened:.0f} | {looked} |"
            )
            if coding and count == rows[0]:
                told = [
                    f"Coding and placing, {WORDS} words, one core, {first['names']:,.0f} imported names: "
                    + _coding(target)
                ]
                told.append(f"The same without an import: {_coding(None)}")
    yield from ("", *told)


def _import(dump: Path, target: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.gazetteer.run", "--child", str(dump), str(target)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {name: float(value) for name, value in json.loads(done.stdout).items()}


def _child(dump: Path, target: Path) -> None:
    start = time.perf_counter()
    done = import_file(dump, target, load_words(load_pack()), country="IQ")
    told = {"seconds": time.perf_counter() - start, "names": done.source.names}
    print(json.dumps(told | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _look_ups(target: Path, count: int) -> tuple[float, str]:
    """Milliseconds to open, and microseconds a look-up of names that are there, misspelt, and not there."""
    Gazetteer.open(load_pack())  # the pack's own list, which is not what is measured here
    start = time.perf_counter()
    gazetteer = Gazetteer.open(load_pack(), imported=target)
    opened = (time.perf_counter() - start) * 1e3
    known = [invented_name(n) for n in random.Random(4).sample(range(count), LOOKUPS)]  # noqa: S311 - no secret
    groups = (known, [n[:4] + n[5:] for n in known], [f"Xyl{n[::-1].lower()}" for n in known])
    rates = []
    for names in groups:
        start = time.process_time()
        for name in names:
            gazetteer.candidates(name)
        rates.append(f"{(time.process_time() - start) / len(names) * 1e6:,.0f}")
    return opened, ", ".join(rates)


def _coding(target: Path | None) -> str:
    """Texts a second, of invented reports whose places are half of the pack's list and half of the import."""
    pack = load_pack()
    gazetteer = Gazetteer.open(pack, imported=target)
    reports = invented_reports(REPORTS + 1, WORDS)
    place_coding(FULL(reports[0], pack), reports[0], gazetteer)
    start = time.process_time()
    for report in reports[1:]:
        place_coding(FULL(report, pack), report, gazetteer)
    return f"{REPORTS / (time.process_time() - start):,.0f} texts/s"


if __name__ == "__main__":
    main()
