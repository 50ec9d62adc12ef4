"""Contagion measured: seconds and what is found on simulated events, and the gain on real held-out days.

    python -m benchmarks.contagion.run [--peers PYTHON] [--large]

PEERS is the python of an environment that has the other packages; without it they are said to be skipped. The real
days need ../shared. Seconds are wall, the least of three after a warm-up, all in one run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.contagion.catalogue import catalogue
from seamwatch.forecast.contagion.cells import Cells, cells_over
from seamwatch.forecast.contagion.held_out import gain_per_event, held_out, predictive_accuracy, recent_level
from seamwatch.forecast.contagion.kernel import Part, passed
from seamwatch.forecast.contagion.model import Contagion, fit_model
from seamwatch.forecast.contagion.pairs import Floats, Reach, find_pairs
from seamwatch.forecast.contagion.simulate import Points, simulate
from seamwatch.forecast.contagion.steady import steady
from seamwatch.forecast.contagion.study import HELD_OUT_DAYS, LEVEL_DAYS, fit_catalogue
from seamwatch.forecast.contagion.time_only import fit_times, times_likelihood
from seamwatch.forecast.contagion.window import Window
from seamwatch.read.event_table import read_events

HERE = Path(__file__).resolve().parent
SIGACTS = HERE.parents[2] / "shared" / "data" / "events" / "sigacts_iraq_200702_200803.csv.gz"
BOX = (0.0, 100.0, 0.0, 100.0)
TRUTH = Part(0, 0.4, 0.143, 4.0)
START = [Part(0, 0.3, 0.2, 2.0)]
CELL_KM = 5.0


def simulated(days: float, sd_km: float = 2.0, seed: int = 1) -> tuple[Points, Window]:
    """Two background events a day on 100 by 100 km, half of them in eight hot spots."""
    spots = np.random.default_rng(3).uniform(10, 90, (8, 2))

    def place(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
        in_spot = rng.uniform(size=n) < 0.5
        spot = spots[rng.integers(0, 8, n)] + rng.normal(0, sd_km, (n, 2))
        at = np.where(in_spot[:, None], spot, rng.uniform(0, 100, (n, 2)))
        return at[:, 0], at[:, 1]

    window = Window(0.0, days, BOX)
    drawn = simulate(2.0, place, [TRUTH], window, Reach(), seed)
    keep = (drawn.x >= 0) & (drawn.x <= 100) & (drawn.y >= 0) & (drawn.y <= 100)
    cut = {name: getattr(drawn, name)[keep] for name in ("t", "x", "y", "kind", "background")}
    return replace(drawn, **cut), window


def least(run: Callable[[], object], times: int = 3) -> float:
    """Wall seconds of the quickest of some runs, after one that is not counted."""
    run()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        took.append(time.perf_counter() - begun)
    return min(took)


def speed(large: bool) -> list[str]:
    """Seconds by number of events, background and all."""
    lines = [
        "| events | pairs an event | seconds | microseconds an event | k (truth 0.40) | decay (0.143) | sigma2 (4) |"
    ]
    lines.append("|---:|---:|---:|---:|---:|---:|---:|")
    for days in (3_000, 30_000, 300_000) if large else (3_000, 30_000):
        points, window = simulated(days)
        pairs = len(find_pairs(points.t, points.x, points.y, points.kind, 1, Reach(), 0.0))
        found: list[Contagion] = []

        def run(points: Points = points, window: Window = window, found: list[Contagion] = found) -> None:
            found.append(fit_model(points, window, Reach(), START, BOX))

        seconds, n = least(run), len(points)
        part = found[-1].parts[0]
        lines.append(
            f"| {n:,} | {pairs / n:.1f} | {seconds:.3f} | {1e6 * seconds / n:.2f} | {part.k:.4f} | {part.decay:.4f} "
            f"| {part.sigma2:.3f} |"
        )
    return lines


def recovery() -> list[str]:
    """K found by width of the hot spots, 10,000 events, and what comes of even ground alone."""
    lines = ["| hot spots' width (km) | k, truth 0.40 (three histories) | k with even ground |", "|---:|---|---:|"]
    for sd in (1.0, 2.0, 3.0, 5.0):
        drawn = [simulated(3_000, sd, seed) for seed in (1, 2, 3)]
        ks = [fit_model(points, window, Reach(), START, BOX).parts[0].k for points, window in drawn]
        points, window = drawn[0]
        even = fit_model(points, window, Reach(), START, BOX, bands_km=()).parts[0].k
        lines.append(f"| {sd:g} | {', '.join(f'{k:.3f}' for k in ks)} | {even:.3f} |")
    return lines


def peers(python: str | None) -> list[str]:
    """Time-only fits of other packages and of ours on the same times."""
    points, window = simulated(30_000)
    t, end = points.t, window.end
    ours = fit_times(t, end)
    lines = ["| package | seconds | times ours | log-likelihood below ours | k |", "|---|---:|---:|---:|---:|"]
    seconds = least(lambda: fit_times(t, end))
    lines.append(f"| Seamwatch | {seconds:.3f} | 1 | 0 | {ours.k:.4f} |")
    if python is None:
        return [*lines, "| others | skipped: no --peers PYTHON | | | |"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "times.npy"
        np.save(file, t)
        told = subprocess.run(
            [python, str(HERE / "peers.py"), str(file), str(end)], capture_output=True, text=True, check=False
        )
    for line in told.stdout.splitlines():
        if not line.startswith("{"):
            continue
        found = json.loads(line)
        if "skipped" in found:
            lines.append(f"| {found['peer']} | skipped: {found['skipped']} | | | |")
            continue
        logs = np.log(np.maximum([found["rate"], found["k"], found["decay"]], 1e-12))
        below = ours.log_likelihood - times_likelihood(logs, t, end)[0]
        lines.append(
            f"| {found['peer']} | {found['seconds']:.3f} | {found['seconds'] / seconds:.1f} | {below:.3f} "
            f"| {found['k']:.4f} |"
        )
    return lines


def real_days() -> list[str]:
    """Gain per event and accuracy index on the last 60 days of sigacts."""
    if not SIGACTS.exists():
        return ["skipped: no ../shared"]
    events = catalogue(read_events(SIGACTS).events)
    last = float(events.t[-1])
    before = last - HELD_OUT_DAYS
    model, past = fit_catalogue(events, before)
    level = recent_level(model, LEVEL_DAYS)
    ours = held_out(model, events, last, level)
    theirs = steady(past, before, HELD_OUT_DAYS, events.box)
    fixed = theirs.held_out(events, last)
    gain, (low, high) = gain_per_event(ours.by_day(), fixed.by_day(), len(ours.day), 1)
    lines = [
        f"{len(ours.day):,} events in the last {HELD_OUT_DAYS} days, {ours.expected.sum():,.0f} expected.",
        f"Gain over the best steady map: **{gain:.3f} nats per event ({low:.3f} to {high:.3f})**.",
        f"That map remembers by half in {theirs.half_life_days:g} days.",
        "",
    ]
    cells = cells_over(events.box, CELL_KM)
    ever = np.unique(cells.of(past.x, past.y))
    middle_x, middle_y = cells.middles()
    background = level * model.background.at(middle_x[ever], middle_y[ever]) * CELL_KM**2
    weight = 0.5 ** ((before - past.t) / theirs.half_life_days)
    flat = sum(
        share * cells.mass(past.x, past.y, weight / weight.sum(), width)
        for share, width in zip(theirs.weights[1:], theirs.widths_km, strict=True)
    )
    density = np.asarray(flat)[ever]
    hits = np.array([by_day(cells, ever, events.x, events.y, events.t, d) for d in np.arange(before + 1, last + 1)])
    scores = []
    for day in np.arange(before + 1, last + 1):
        excited = np.zeros(len(cells))
        seen = events.t < day
        for part in model.parts:
            mine = seen & (events.kind == part.kind) & (events.t >= day - model.reach.days)
            due = [
                passed(part.decay, day - a, model.reach) - passed(part.decay, day - 1 - a, model.reach)
                for a in events.t[mine]
            ]
            excited += cells.mass(events.x[mine], events.y[mine], part.k * np.array(due), part.sigma2**0.5)
        scores.append(background + excited[ever])
    lines += ["| area | contagion, renewed each day | steady map |", "|---:|---:|---:|"]
    for area in (0.01, 0.05, 0.10):
        a = float(np.mean([predictive_accuracy(s, h, area) for s, h in zip(scores, hits, strict=True)]))
        b = float(np.mean([predictive_accuracy(density, h, area) for h in hits]))
        lines.append(f"| {100 * area:g} % | {a:.3f} | {b:.3f} |")
    return lines


def by_day(cells: Cells, ever: NDArray[np.int64], x: Floats, y: Floats, t: Floats, day: float) -> NDArray[np.int64]:
    """Counts of a day in the cells that had an event before."""
    counts: NDArray[np.int64] = np.bincount(cells.of(x[t == day], y[t == day]), minlength=len(cells))[ever]
    return counts


def main() -> None:
    """Write table.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers")
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    text = [
        "# Contagion: figures",
        "",
        "By `python -m benchmarks.contagion.run --large --peers PYTHON`, on a shared 2-core machine.",
        "",
    ]
    text += ["## Speed: simulated, 60 days and 10 km, background fitted too", "", *speed(asked.large), ""]
    text += ["## The truth found again", "", *recovery(), ""]
    text += ["## Other packages, time only, about 99,000 events", "", *peers(asked.peers), ""]
    text += [
        f"## Real days: sigacts, cells of {CELL_KM:g} km with an event before (accuracy index, mean of days)",
        "",
        *real_days(),
        "",
    ]
    (HERE / "table.md").write_text("\n".join(text), "utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
