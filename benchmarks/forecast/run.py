"""The forecasters on Iraq's cells, year by year, beside the benchmarks of the challenge.

    python -m benchmarks.forecast.run [--seeds 5] [--processes 2] [--draws 1000]

Needs ../shared; says so where it is absent. Windows 2010 to 2017, 168 cells (more than half in Iraq), 3 to 14 months
ahead, state-based deaths, events as published; trees learn from the rest of the world too. Writes table.md and
report.html beside this file. Seconds are wall, and hold what else the machine did.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seamwatch.forecast.backtest import Backtest, backtest, yearly_windows
from seamwatch.forecast.models import MODELS
from seamwatch.forecast.report import backtest_html
from seamwatch.forecast.skill import gain_over, largest_gap, reliability
from seamwatch.forecast.tables import SCORES, TITLES, by_class, by_year, compared, losses, overall, signed
from seamwatch.read.cells import read_cells
from seamwatch.read.event_table import read_events

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data" / "events"
YEARS = tuple(range(2010, 2018))
BREAKS = (2011, 2014, 2017)
MAIN, BARS = "stack", ("conflictology12", "neighbours12", "zero")
Doubles = NDArray[np.float64]
COMMAND = "python -m benchmarks.forecast.run"


def row(cells: list[str]) -> str:
    """A line of a table."""
    return "| " + " | ".join(cells) + " |"


def table(head: list[str], rows: list[list[str]], words: int = 1) -> list[str]:
    """A table whose first columns are words."""
    return [row(head), row(["---"] * words + ["---:"] * (len(head) - words)), *map(row, rows), ""]


def number(value: float) -> str:
    """Three places, or a dash."""
    return f"{value:.3f}" if np.isfinite(value) else "-"


def gap_by_seed(result: Backtest) -> list[float]:
    """The largest gap of the main model's chances of any, a seed at a time."""
    came = result.happened.ravel() > 0
    found = []
    for seed in result.seeds:
        chance = [
            next(s.chance for s in result.scored if (s.model, s.year, s.seed) == (MAIN, w.year, seed))
            for w in result.windows
        ]
        found.append(largest_gap(reliability(np.stack(chance).ravel(), came)))
    return found


def by_luck(chance: Doubles, runs: int = 1000) -> tuple[float, float]:
    """Median and 95th percentile of the largest gap of chances that are right."""
    rng = np.random.default_rng(1)
    gaps = [largest_gap(reliability(chance, rng.random(len(chance)) < chance)) for _ in range(runs)]
    middle, high = np.quantile(gaps, (0.5, 0.95))
    return float(middle), float(high)


def page(result: Backtest, minutes: float, gigabytes: float) -> str:
    """The tables."""
    seeds, names = len(result.seeds), list(result.models)
    lines = [
        "# Forecasts of Iraq's cells: figures", "",
        f"`{COMMAND} --seeds {seeds}`: {minutes:.1f} minutes wall for all models and seeds; the largest process held "
        f"{gigabytes:.2f} GB.", "",
        "## Overall", "", "Means over windows, cells, months and seeds; lower is better up to twCRPS.", "",
    ]  # fmt: skip
    figures = {name: overall(result, name) for name in names}
    keys = list(figures[names[0]])
    half = keys.index("coverage_50") if "coverage_50" in keys else len(keys) // 2
    for part in (keys[:half], keys[half:]):
        rows = [[name, *(number(figures[name][k]) for k in part)] for name in names]
        lines += table(["model", *(TITLES[k] for k in part)], rows)
    for score in SCORES:
        lines += [f"## {TITLES[score]}, by year", ""]
        years = [[name, *(number(v) for v in by_year(result, name, score))] for name in names]
        mean = [number(by_year(result, name, score).mean()) for name in names]
        lines += table(["model", *map(str, YEARS), "mean"], [[*y, m] for y, m in zip(years, mean, strict=True)])
    lines += ["## Gains of models over benchmarks", ""]
    lines += ["Lower by, with 95 % intervals over cells (these years) and over cells and years (other years).", ""]
    rows = [
        [c.model, c.verdict, c.reference, TITLES[c.score].split(",")[0], signed(c.gain.gain),
         f"{signed(c.gain.low)} to {signed(c.gain.high)}", f"{signed(c.gain.low_years)} to {signed(c.gain.high_years)}",
         f"{c.gain.won} of {c.gain.years}"]
        for c in compared(result) if c.model in ("ewma_nb", "zinb", "trees", "trees_pool", MAIN)
    ]  # fmt: skip
    lines += table(
        ["model", "verdict", "benchmark", "score", "lower by", "over cells", "over years too", "years"], rows
    )
    lines += [f"## Gain of {MAIN}, year by year (breaks: {', '.join(map(str, BREAKS))})", ""]
    rows = []
    for at, year in enumerate(YEARS):
        cells = [f"**{year}**" if year in BREAKS else str(year)]
        for bar in BARS:
            for score in SCORES:
                ours, theirs = (result.figure(n, score).mean(axis=2)[[at]] for n in (MAIN, bar))
                gain = gain_over(ours, theirs)
                cells.append(f"{signed(gain.gain)} ({signed(gain.low)} to {signed(gain.high)})")
        rows.append(cells)
    lines += table(["year", *(f"{b}, {TITLES[s].split(',')[0]}" for b in BARS for s in SCORES)], rows)
    lines += ["## By class of cell", ""]
    for score in SCORES:
        rows = [[n, *(f"{v:.3f} ({k:,})" for k, v in by_class(result, n, score).values())] for n in names]
        lines += table([TITLES[score], "quiet", "onset", "active"], rows)
    lines += ["## Reliability of the chance of any", ""]
    came = result.happened.ravel() > 0
    bins = reliability(result.chance(MAIN).ravel(), came)
    rows = [[f"{b.cases:,}", number(b.chance), number(b.share), f"{b.gap:+.3f}"] for b in bins]
    lines += table([f"cases ({MAIN}, first seed)", "said", "came", "gap"], rows)
    gaps = ", ".join(f"{gap:.3f}" for gap in gap_by_seed(result))
    pooled = np.concatenate([
        np.stack([s.chance for s in result.scored if s.model == MAIN and s.seed == seed]).ravel()
        for seed in result.seeds
    ])  # fmt: skip
    together = largest_gap(reliability(pooled, np.tile(came, seeds)))
    lines += [f"Largest gap in ten bins with 100 cases or more, seed by seed: {gaps}; of all seeds: {together:.3f}."]
    middle, high = by_luck(result.chance(MAIN).ravel())
    lines += [
        f"Had the first seed's chances been exactly right, luck alone would give {middle:.3f} (19 of 20 times under"
    ]
    lines += [f"{high:.3f}), cases taken as independent, which they are not: months of a cell hang together.", ""]
    lines += ["## Losses", "", *(f"- {text}" for text in losses(compared(result))), ""]
    rows = [[name, f"{result.seconds(name):.2f}"] for name in names]
    lines += ["## Seconds", "", *table(["model", "a window and seed"], rows)]
    return "\n".join(lines)


def main() -> None:
    """Run, and write the tables and the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--draws", type=int, default=1000)
    asked = parser.parse_args()
    if not DATA.exists():
        print("skipped: no ../shared")
        return
    begun = time.perf_counter()
    iraq, world = (read_events(DATA / f"ged_{name}_1989_2017.csv.gz") for name in ("iraq", "world"))
    cells = read_cells(DATA / "iraq_cells.csv").gids
    windows = tuple(
        yearly_windows(
            iraq.events, YEARS, cells, pool=world.events, coarse="as-published", n_draws=asked.draws,
            known_until=iraq.events.end[-1].item(),
        )
    )  # fmt: skip
    result = backtest(windows, MODELS, seeds=asked.seeds, processes=asked.processes, tick=tell)
    minutes = (time.perf_counter() - begun) / 60
    held = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    text = page(result, minutes, held / 1024**2)
    (HERE / "table.md").write_text(text, "utf-8")
    said = f"UCDP GED Iraq to 2017 (SHA-256 {iraq.sha256[:12]}), {len(cells)} cells, as published; world to learn from."
    html = backtest_html(result, title="Iraq's cells, 2010 to 2017: how good the forecasts were", asked=said)
    (HERE / "report.html").write_text(html, "utf-8")
    print(text)


def tell(what: str, done: int, total: int | None) -> None:
    """Progress on standard error, every twentieth."""
    if done % 20 == 0 or done == total:
        print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
