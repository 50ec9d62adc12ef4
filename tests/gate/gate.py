"""The gate: quality figures against pinned floors, on data whose hash is pinned with them.

    make gate                                prints each figure, its floor and the delta
    python -m tests.gate.gate --raise        lifts each pinned floor to 0.03 below what is measured; never lowers one

A floor is lowered only by editing floors.json by hand, in a change that says why. Where ../shared is absent nothing can
be measured: that is said, and is no pass.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path

from benchmarks.development import SHARED, data_hash, development_reports, figures
from benchmarks.merging.gated import merging_figures
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place

MARGIN = 0.03  # the noise of a figure on so many reports; a tighter floor would reward fitting these very ones
FLOORS = Path(__file__).with_name("floors.json")


def measure() -> dict[str, float]:
    """All gated figures, on all development reports."""
    pack = load_pack()
    coded = [(gold, code_and_place(gold.report, pack)) for gold in development_reports()]
    return figures(coded) | merging_figures(coded)


def main() -> int:
    """Print the table; exit 1 where a figure is below its floor or nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift floors to just below what was measured")
    lift = parser.parse_args().lift
    if not SHARED.exists():
        print("gate: ../shared is absent, so nothing was measured (this is no pass)")
        return 1
    pinned = json.loads(FLOORS.read_text("utf-8"))
    same = pinned["sha256"] == data_hash()
    print("" if same else "gate: the development reports are not those that the floors were pinned on\n", end="")
    floors: dict[str, float] = pinned["floors"]
    found = measure()
    below = [name for name in floors if found[name] < floors[name]]
    print(f"{'figure':<28}{'floor':>8}{'now':>8}{'delta':>8}")
    for name, value in found.items():
        floor = floors.get(name, 0.0)
        print(f"{name:<28}{floor:>8.3f}{value:>8.3f}{value - floor:>+8.3f}{'  BELOW' if name in below else ''}")
    if lift:
        raised = {name: max(floor, math.floor((found[name] - MARGIN) * 100) / 100) for name, floor in floors.items()}
        FLOORS.write_text(json.dumps({"sha256": data_hash(), "floors": raised}, indent=2) + "\n", "utf-8")
    return 1 if below or not same else 0


if __name__ == "__main__":
    sys.exit(main())
