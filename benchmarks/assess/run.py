"""Assess measured: false alarms and power of resurgence, change points and scan; speed; and what it said of Iraq.

    python -m benchmarks.assess.run [--tables 400] [--jobs 2]

The part on Iraq needs ../shared; without it it is left out, and said so.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from scipy import stats

from benchmarks.assess.invented import contagious, points, scattered, steady, weeks, with_cluster
from benchmarks.assess.iraq import SHARED_EVENTS, alarms_and_after, example
from seamwatch.assess.baseline import Baseline, fit_baseline
from seamwatch.assess.change_points import change_points
from seamwatch.assess.scan import Reach, scan_permutation, scan_poisson
from seamwatch.geo import distance_km

HERE = Path(__file__).parent
STEADY = ("Poisson", "scattered", "trend and season", "waves")
SCAN_WEEKS = 52
REACH = Reach(radius_km=50, n_periods=8)


def share(hits: Iterable[bool]) -> str:
    """A share in percent with its 95 % interval (Clopper and Pearson)."""
    held = list(hits)
    k, n = sum(held), len(held)
    if not n:
        return "–"
    found = stats.binomtest(k, n).proportion_ci(0.95)
    return f"{100 * k / n:.1f} % ({100 * found.low:.1f}–{100 * found.high:.1f})"


def judged(kind: str, rate: float, times: float, seed: int) -> tuple[float, bool] | None:
    """P of a window, and whether its count lies in the interval of nine in ten."""
    rng = np.random.default_rng([1, seed])
    counts = steady(rng, kind, 164, rate)
    if times != 1.0:
        counts[-8:] = scattered(rng, np.full(8, rate * times), 0.5)
    base = fit_baseline(counts, 8, unit="week", seed=seed)
    if not isinstance(base, Baseline):
        return None
    low, high = base.interval(0.9)
    seen = int(counts[-8:].sum())
    return base.exceedance(seen), low <= seen <= high


def changed(kind: str, rate: float, times: float, seed: int) -> tuple[int, float, bool]:
    """Changes found, and of the one nearest to week 100 the error in weeks and whether its interval holds the truth."""
    rng = np.random.default_rng([2, seed])
    span = weeks(164)
    counts = steady(rng, kind, 164, rate)
    if times != 1.0:
        counts = scattered(rng, np.where(np.arange(164) < 100, rate, rate * times), 0.5)
    found = change_points(counts, span, seed=seed)
    if not found.changes:
        return 0, math.nan, False
    truth = span.first_day(100)
    best = min(found.changes, key=lambda c: abs((c.day - truth).days))
    return len(found.changes), abs((best.day - truth).days) / 7, best.earliest <= truth <= best.latest


def scanned(kind: str, n: int, now: bool, seed: int) -> float:
    """P of the first cluster among points without a rise anywhere."""
    rng = np.random.default_rng([3, seed])
    made = contagious(rng, n, SCAN_WEEKS) if kind == "contagious" else points(rng, n, SCAN_WEEKS, kind)
    lat, lon, when = made
    reach = Reach(REACH.radius_km, REACH.n_periods, now=now)
    found = scan_permutation(lat, lon, when, [""] * n, weeks(SCAN_WEEKS), reach, n_runs=199, seed=seed)
    return found.clusters[0].p if found.clusters else 1.0


def located(n: int, times: float, seed: int) -> tuple[float, float, bool]:
    """P of the first cluster, its centre's distance from the truth, whether its first day is within two weeks of it."""
    rng = np.random.default_rng([4, seed])
    (lat, lon, when), middle = with_cluster(rng, n, SCAN_WEEKS, times)
    span = weeks(SCAN_WEEKS)
    found = scan_permutation(lat, lon, when, [""] * len(lat), span, REACH, n_runs=199, seed=seed)
    if not found.clusters:
        return 1.0, math.nan, False
    first = found.clusters[0]
    late = abs((first.first - span.first_day(SCAN_WEEKS - 4)).days) <= 14
    return first.p, distance_km(first.lat, first.lon, *middle), late


def by_areas(scatter: float, told: float, seed: int) -> float:
    """P of the Poisson scan over 36 areas and 8 weeks whose counts scatter around what was expected."""
    rng = np.random.default_rng([5, seed])
    lat, lon = (a.ravel() for a in np.meshgrid(np.linspace(35, 37, 6), np.linspace(43, 45, 6)))
    expected = np.broadcast_to(rng.gamma(4, 0.4, 36)[:, None], (36, 8)).copy()
    rates = expected * rng.gamma(1 / scatter, scatter, (36, 1)) if scatter > 0 else expected
    names = [""] * 36
    reach = Reach(60, 8)
    found = scan_poisson(
        rng.poisson(rates), expected, lat, lon, names, weeks(8), reach, alpha=told, n_runs=199, seed=seed
    )
    return found.clusters[0].p if found.clusters else 1.0


def speed(n: int, now: bool) -> str:
    """Seconds of the processor for a scan of n points over 999 runs, after warm-up."""
    lat, lon, when = points(np.random.default_rng(6), n, SCAN_WEEKS, "busy")
    reach = Reach(REACH.radius_km, REACH.n_periods, now=now)
    scan_permutation(lat[:50], lon[:50], when[:50], [""] * 50, weeks(SCAN_WEEKS), reach, n_runs=9)
    began = time.process_time()
    scan_permutation(lat, lon, when, [""] * n, weeks(SCAN_WEEKS), reach, n_runs=999)
    return f"{time.process_time() - began:.1f}"


Each = Callable[..., list[object]]


def of_resurgence(many: Each, n: int) -> list[str]:
    """Alarms of series that go on and of series that rise."""
    lines = [
        "### Resurgence: 156 weeks before, 8 judged",
        f"{n} series each. Alarm: p at most 0.05.",
        "",
        "| series | a week | rate now | alarms | count within nine of ten |",
        "|---|---:|---:|---:|---:|",
    ]
    plan = [(kind, 2.0, 1.0) for kind in STEADY] + [("scattered", r, 1.0) for r in (0.3, 0.08)]
    plan += [("scattered", r, t) for r in (0.3, 2.0) for t in (2.0, 3.0)]
    for kind, rate, times in plan:
        out: list[tuple[float, bool] | None] = many(judged, kind, rate, times, count=n)  # type: ignore[assignment]
        found = [r for r in out if r is not None]
        within = share(r[1] for r in found) if times == 1.0 else ""
        now = "unchanged" if times == 1.0 else f"× {times:g}"
        lines.append(f"| {kind} | {rate:g} | {now} | {share(r[0] <= 0.05 for r in found)} | {within} |")
    return lines


def of_changes(many: Each, n: int) -> list[str]:
    """Changes found in series without and with one."""
    lines = [
        "### Change points: 164 weeks",
        f"{n} series each, scattered where the rate changes (in week 100). Error and interval are those of the change",
        "found nearest.",
        "",
        "| series | a week | rate | any change | exactly one | error, median weeks | 95 % interval holds truth |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    plan = [(kind, 2.0, 1.0) for kind in STEADY] + [("scattered", 0.5, 1.0)]
    plan += [("scattered", 2.0, t) for t in (1.5, 2.0, 3.0)] + [("scattered", 0.5, 3.0)]
    for kind, rate, times in plan:
        out: list[tuple[int, float, bool]] = many(changed, kind, rate, times, count=n)  # type: ignore[assignment]
        some = [o for o in out if o[0]]
        told = f"{share(o[0] > 0 for o in out)} | {share(o[0] == 1 for o in out)}"
        if times == 1.0:
            lines.append(f"| {kind} | {rate:g} | unchanged | {told} | | |")
        else:
            error = f"{np.median([o[1] for o in some]):.0f}" if some else "–"
            lines.append(f"| {kind} | {rate:g} | × {times:g} | {told} | {error} | {share(o[2] for o in some)} |")
    return lines


def of_scan(many: Each, n: int) -> list[str]:
    """Alarms of points and areas without a cluster, and planted clusters found."""
    lines = [
        "### Scan: points on 200 × 200 km, 52 weeks, circles to 50 km, windows to 8 weeks, 199 runs",
        f"{n} tables each, {n // 2} with a planted cluster. Alarm: p of the first cluster at most 0.05.",
        "",
        "| points | number | windows | alarms |",
        "|---|---:|---|---:|",
    ]
    p: list[float]
    for kind, number, now in (
        ("even", 200, True),
        ("busy", 200, True),
        ("busy", 200, False),
        ("contagious", 200, True),
    ):
        p = many(scanned, kind, number, now, count=n)  # type: ignore[assignment]
        window = "ending now" if now else "any"
        lines.append(f"| {kind} | {number} | {window} | {share(v <= 0.05 for v in p)} |")
    lines += [
        "",
        "| circle of 25 km, last four weeks | number | found | centre off, km (median, 9 of 10) | start ± 14 days |",
        "|---|---:|---:|---:|---:|",
    ]
    for number, times in ((300, 4.0), (300, 6.0), (1000, 2.0), (1000, 3.0)):
        seen: list[tuple[float, float, bool]] = many(located, number, times, count=n // 2)  # type: ignore[assignment]
        hits = [s for s in seen if s[0] <= 0.05]
        off = [s[1] for s in hits]
        told = f"{np.median(off):.0f}, {np.quantile(off, 0.9):.0f}" if off else "–"
        lines.append(
            f"| × {times:g} | {number} | {share(s[0] <= 0.05 for s in seen)} | {told} | {share(s[2] for s in hits)} |"
        )
    lines += ["", "| 36 areas, 8 weeks, Poisson scan | null hypothesis of the runs | alarms |", "|---|---|---:|"]
    for scatter, said in ((0.0, 0.0), (0.3, 0.0), (0.3, 0.3)):
        p = many(by_areas, scatter, said, count=n)  # type: ignore[assignment]
        what = "Poisson" if not scatter else f"rates scatter, alpha {scatter}"
        null = "Poisson" if not said else f"alpha {said}"
        lines.append(f"| {what} | {null} | {share(v <= 0.05 for v in p)} |")
    return lines


def of_speed() -> list[str]:
    """Seconds of one processor."""
    lines = [
        "### Seconds of one processor, 999 runs",
        "| points | windows ending now | any window |",
        "|---:|---:|---:|",
    ]
    lines += [f"| {n:,} | {speed(n, True)} | {speed(n, False) if n <= 1000 else ''} |" for n in (500, 1000, 2000)]
    return lines


def main() -> None:
    """Print the tables and put them into table.md, part by part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=400, help="series of resurgence; half as many of the others")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    n, half = args.tables, args.tables // 2
    with ProcessPoolExecutor(args.jobs) as pool:

        def many(function: Callable[..., object], *given: object, count: int) -> list[object]:
            return list(pool.map(partial(function, *given), range(count), chunksize=10))

        parts: list[Callable[[], list[str]]] = [
            lambda: of_resurgence(many, n),
            *((alarms_and_after, example) if SHARED_EVENTS.exists() else (lambda: ["Iraq left out: no ../shared."],)),
            lambda: of_scan(many, half),
            lambda: of_changes(many, half),
            of_speed,
        ]
        done: list[str] = []
        for part in parts:
            done += [*part(), ""]
            (HERE / "table.md").write_text("\n".join(done), "utf-8")
    print("\n".join(done))


if __name__ == "__main__":
    main()
