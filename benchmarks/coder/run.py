"""The coder against gold codes: reports that it was written on, the held-out fifth, and our own invented ones.

python -m benchmarks.coder.run

The development reports and the scorer are in ../shared. Writes the table to README.md beside it.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.development import Gold, development_reports, figures, own_reports, table
from seamwatch.packs import load_pack
from seamwatch.single import Rules, code_and_place

HERE = Path(__file__).parent


def scored(reports: Sequence[Gold], *, fast: bool = False) -> dict[str, float]:
    """The scorer's figures, and the milliseconds of one core that a report takes."""
    pack = load_pack()
    start = time.process_time()
    coded = [(one, code_and_place(one.report, pack, Rules(fast))) for one in reports]
    spent = time.process_time() - start
    return figures(coded) | {"reports": len(reports), "milliseconds a report": 1000 * spent / len(reports)}


def main() -> None:
    """Run and write the table."""
    everything = development_reports()
    seen, held = [g for g in everything if not g.held_out], [g for g in everything if g.held_out]
    own = own_reports()
    scored(own[:5])  # load lexicons before the clock starts
    columns = [
        ("written on", scored(seen)),
        ("the same, fast", scored(seen, fast=True)),
        ("held out", scored(held)),
        ("own, invented", scored(own)),
    ]
    text = (
        "# The coder against gold codes\n\n"
        "Made by `python -m benchmarks.coder.run` (needs `../shared`; the scorer of record is there). *Written on* are "
        "the development reports that the rules were written on, *held out* the fifth of them, by hash of the id, "
        "whose texts nobody read; `own_reports*.jsonl` were invented here and coded by hand first, then most of them "
        "used to widen the lexicons. The readers that choose types, targets and places (`readers.md`) learned on the "
        "first and the last column, but for a third of the last: how they do on new reports is told by the column of "
        "reports held out and by their card.\n"
        f"Python {platform.python_version()}; times on a shared machine, as orders of size.\n\n"
        f"{table(columns)}\n\n"
        "The sealed reports, which nobody here can read, are asked rarely: "
        "[sealed_runs.tsv](../sealed_runs.tsv) has every run.\n"
    )
    print(text)
    HERE.joinpath("README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
