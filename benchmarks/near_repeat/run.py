"""Near repeats measured: false alarms, power, moving hot spots, intervals, speed, and Iraq 2007-08.

    python -m benchmarks.near_repeat.run [--tables 400] [--peer PYTHON]

``--peer`` names a Python that has pointpats installed; without it the peer is skipped, and said so. The tables of Iraq
need ../shared.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.near_repeat.invented import followed, hot_spots, moving_spots
from seamwatch.assess.near_repeat import NearRepeat, near_repeat
from seamwatch.assess.near_repeat_page import headline, near_repeat_html
from seamwatch.assess.pairs import Window, on_sphere
from seamwatch.events import Events, sorted_events

HERE = Path(__file__).parent
SIGACTS = Path(__file__).parents[3] / "shared/data/events/sigacts_iraq_200702_200803.csv.gz"
AS_OF = date(2030, 1, 1)
_TWO: tuple[Window, ...] = ("half-year", "none")
_THREE: tuple[Window, ...] = ("none", "half-year", "quarter")
_PEER = """
import sys, time, numpy as np
from pointpats import knox
data = np.load(sys.argv[1])
began = time.perf_counter()
found = knox(data["space"], data["day"].reshape(-1, 1), delta=1.0, tau=7.0, permutations=99)
print(found["stat"], found["pvalue"], time.perf_counter() - began)
"""


def false_alarms(name: str, make: Callable[[np.random.Generator], Events], window: Window, tables: int) -> str:
    """One row: how often p is at most 1, 5, 20 %, and how often anything in a table is said to stand out."""
    p, first, framed = [], 0, 0
    for turn in range(tables):
        result = near_repeat(make(np.random.default_rng(turn)), as_of=AS_OF, window=window, permutations=199, seed=turn)
        p.append(result.p)
        first += bool((result.p_table <= 0.05).any())
        framed += bool(result.notable.any())
    shares = [float(np.mean(np.asarray(p) <= level)) for level in (0.01, 0.05, 0.2)]
    told = " | ".join(f"{share:.3f}" for share in shares)
    error = 1.96 * np.sqrt(0.05 * 0.95 / tables)
    return (
        f"| {name} | {window} | {tables} | {told} | {first / tables:.3f} | {framed / tables:.3f} | 0.05 ± {error:.3f} |"
    )


def power(share: float, tables: int) -> str:
    """One row: how often the cell where events follow stands out, and how often its interval holds the true ratio."""
    made = [
        near_repeat(followed(np.random.default_rng(turn), 600, 730, 30.0, share), as_of=AS_OF, permutations=199)
        for turn in range(tables)
    ]
    ratio, low, high = (np.array([getattr(r, name)[1, 1] for r in made]) for name in ("ratio", "low", "high"))
    truth = float(np.nanmean(np.array([r.observed[1, 1] for r in made]))) / float(
        np.nanmean(np.array([r.usual[1, 1] for r in made]))
    )
    held = np.nanmean((low <= truth) & (truth <= high))
    found = np.mean([r.notable[1, 1] for r in made])
    return f"| {share:.0%} | {tables} | {truth:.2f} | {np.nanmedian(ratio):.2f} | {found:.2f} | {held:.2f} |"


def timed(name: str, events: Events, window: Window) -> str:
    """One row: wall and processor seconds of the 5 x 4 table with 999 exchanges, after warm-up."""
    near_repeat(events, as_of=AS_OF, window=window, permutations=32)
    wall, cpu = time.perf_counter(), time.process_time()
    result = near_repeat(events, as_of=AS_OF, window=window)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    pairs = int(result.observed.sum())
    return f"| {name} | {window} | {len(events):,} | {pairs:,} | {wall:.2f} | {cpu:.2f} |"


def sigacts() -> Events:
    """The table of significant activities, Iraq 2007-02 to 2008-03."""
    table = pl.read_csv(SIGACTS)
    day = table["date"].to_numpy().astype("datetime64[D]")
    return sorted_events(
        {
            "ids": [str(k) for k in range(table.height)], "start": day, "end": day,
            "lat": table["latitude"].to_numpy(), "lon": table["longitude"].to_numpy(),
            "where_prec": np.ones(table.height), "type": table["type"].to_numpy().astype(str),
        }
    )  # fmt: skip


def peer(python: Path | None, events: Events) -> list[str]:
    """Rows of pointpats' Knox: one distance and one time at a call, 99 exchanges; or the reason for none."""
    if python is None:
        return ["pointpats: SKIPPED, no `--peer PYTHON` given."]
    rows = [
        "| events | pointpats, one cell, 99 exchanges, s | this, 20 cells, 999 exchanges, s | pairs, theirs / this |"
    ]
    rows.append("|---|---|---|---|")
    rng = np.random.default_rng(0)
    for count in (1_000, 3_000):
        part = events.where(np.sort(rng.choice(len(events), count, replace=False)))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events.npz"
            np.savez(file, space=on_sphere(part.lat, part.lon), day=(part.start - part.start[0]).astype(float))
            ran = subprocess.run(
                [python, "-W", "ignore", "-c", _PEER, file], capture_output=True, text=True, check=False
            )
        if ran.returncode:
            return [f"pointpats: SKIPPED, it could not be run: {ran.stderr.strip().splitlines()[-1]}"]
        theirs, _, seconds = ran.stdout.split()
        began = time.perf_counter()
        result = near_repeat(part, as_of=AS_OF, window="none")
        mine = time.perf_counter() - began
        same = int(result.observed[:2, :2].sum())
        rows.append(f"| {count:,} | {float(seconds):.2f} | {mine:.2f} | {float(theirs):.0f} / {same} |")
    return rows


def iraq(events: Events) -> tuple[list[str], list[NearRepeat]]:
    """What the tables of Iraq say, by type and window."""
    rows = ["| first → second | days exchanged within | events | what stands out |", "|---|---|---|---|"]
    shown = []
    for first, second in (("IED", "IED"), ("SAF", "SAF"), ("IED", "SAF"), ("SAF", "IED")):
        for window in ("none", "half-year", "quarter") if first == second else ("half-year",):
            result = near_repeat(events, as_of=date(2008, 4, 30), first=first, second=second, window=window)
            rows.append(f"| {first} → {second} | {window} | {result.events:,} | {headline(result)} |")
            if window == "half-year":
                shown.append(result)
    return rows, shown


def _fixed(rng: np.random.Generator) -> Events:
    return hot_spots(rng, 400, 730, 20.0)


def _moving(rng: np.random.Generator) -> Events:
    return moving_spots(rng, 400, 1460, 20.0)


def main() -> None:
    """Write table.md and, where the data are there, sigacts.html."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=400)
    parser.add_argument("--peer", type=Path)
    args = parser.parse_args()
    lines = [
        "| invented without contagion | days exchanged within | tables | p ≤ 0.01 | p ≤ 0.05 | p ≤ 0.20 "
        "| any p of the table ≤ 0.05 | any cell framed | should be |",
        "|---" * 9 + "|",
        *(false_alarms("fixed hot spots", _fixed, window, args.tables) for window in _TWO),
        *(false_alarms("hot spots that move", _moving, window, args.tables) for window in _THREE),
        "\n| followed by one more | tables | true ratio | median ratio | found | interval holds the truth |",
        "|---" * 6 + "|",
        *(power(share, args.tables) for share in (0.02, 0.05, 0.1, 0.2)),
        "\n| 999 exchanges, 5 × 4 cells | days exchanged within | events | pairs counted | wall s | processor s |",
        "|---" * 6 + "|",
    ]
    invented = hot_spots(np.random.default_rng(1), 10_000, 1460, 100.0)
    lines += [timed("invented, 100 × 100 km, 4 years", invented, window) for window in _TWO]
    if SIGACTS.exists():
        everything = sigacts()
        rows = np.sort(np.random.default_rng(0).choice(len(everything), 10_000, replace=False))
        lines += [timed("Iraq 2007-08, drawn", everything.where(rows), window) for window in _TWO]
        lines += ["", *peer(args.peer, everything)]
        said, shown = iraq(everything)
        lines += ["", *said]
        page = near_repeat_html(shown, "Near repeats, Iraq, February 2007 to March 2008")
        (HERE / "sigacts.html").write_text(page, "utf-8")
    else:
        lines += ["", f"Iraq: SKIPPED, {SIGACTS.name} is not there."]
    text = "\n".join(lines)
    print(text)
    (HERE / "table.md").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
