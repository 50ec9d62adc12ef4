"""Wars that ended, and wars that began, elsewhere: how forecasts fared in the years of the break.

    python -m benchmarks.forecast.endings [--seed 1]

Needs ../shared. By a rule, not by hand: of every country of the world table but Iraq, the first year from 2000 on with
less than a quarter of the deaths of the worst of the five years before, where that had at least 1,000 (an ending; the
year after it is forecast too), and the first with at least four times the worst of the three years before and at least
1,000 deaths (a beginning). Each is forecast from the October before, 3 to 14 months ahead, by cells of the country that
had seen an event by then; the trees learn from that country and from the others up to that October, from nothing later.
The rule looks at what came, as a test of breaks must: its windows say how forecasts fare at breaks, not how often
breaks come.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seamwatch.clock import month_id
from seamwatch.events import Events
from seamwatch.forecast.benchmarks import near_areas
from seamwatch.forecast.models import model
from seamwatch.forecast.panel import gids_of, grid_panel, task
from seamwatch.forecast.stack import Memory
from seamwatch.forecast.task import Task
from seamwatch.forecast.trees import BOUNDS, bin_of
from seamwatch.read.event_table import read_events

HERE = Path(__file__).parent
WORLD = Path(__file__).parents[3] / "shared/data/events/ged_world_1989_2017.csv.gz"
LEADS = range(3, 15)
YEARS = np.arange(1989, 2018)
WHOLE_WORLD_DEGREES = 360.0
MODELS = ("zero", "own 12 months", "own 36 months", "12 months with neighbours", "trees_pool", "stack")


@dataclass(frozen=True, slots=True)
class Window:
    """A country's year to forecast, and what it stands for: "ending", "year after" or "beginning"."""

    country: str
    year: int
    kind: str


def windows(events: Events) -> Iterator[Window]:
    """The windows of the rule, by country."""
    for country in sorted(set(events.country.tolist()) - {"Iraq"}):
        own = (events.country == country) & (events.violence == "sb")
        year = events.end[own].astype("datetime64[Y]").astype(int) + 1970
        deaths = np.bincount(year - YEARS[0], weights=np.maximum(events.deaths[own], 0), minlength=len(YEARS))
        ended = began = False
        for i in range(11, len(YEARS)):
            if not ended and deaths[i] < max(deaths[i - 5 : i]) / 4 and max(deaths[i - 5 : i]) >= 1000:
                ended = True
                yield Window(country, int(YEARS[i]), "ending")
                if i + 1 < len(YEARS):
                    yield Window(country, int(YEARS[i + 1]), "year after")
            if not began and deaths[i] >= max(1000, 4 * max(deaths[i - 3 : i])):
                began = True
                yield Window(country, int(YEARS[i]), "beginning")


def asked(events: Events, window: Window, seed: int) -> tuple[Task, NDArray[np.int32]]:
    """The task and what came, shape (cells, leads)."""
    own, as_of = events.where(events.country == window.country), date(window.year - 1, 10, 31)
    known = own.known(as_of)
    cells = np.unique(gids_of(known.lat[known.placed()], known.lon[known.placed()]))
    first, january = month_id(date(int(YEARS[0]), 1, 1)), month_id(date(window.year, 1, 1))
    made = task(
        own, as_of, LEADS, cells=cells, seed=seed, coarse="as-published", first_month=first,
        pool=events.where(events.country != window.country), within_degrees=WHOLE_WORLD_DEGREES, min_events=5,
    )  # fmt: skip
    return made, grid_panel(own, cells, january, january + 11, coarse="as-published").counts


def scores(draws: NDArray[np.int32], came: NDArray[np.int32]) -> tuple[float, float]:
    """Mean CRPS in deaths and mean IGN in bits (11 bins, one draw more in each)."""
    x, n = np.sort(draws, axis=-1).astype(np.float64), draws.shape[-1]
    spread = ((2 * np.arange(1, n + 1) - n - 1) * x).sum(axis=-1) / n**2
    crps = np.abs(x - came[..., None]).mean(axis=-1) - spread
    hit = (bin_of(draws) == bin_of(came)[..., None]).sum(axis=-1)
    return float(crps.mean()), float(-np.log2((hit + 1) / (n + len(BOUNDS) + 1)).mean())


def forecasts(asked_for: Task, seed: int) -> dict[str, NDArray[np.int32]]:
    """Draws of every model of MODELS."""
    shape = (len(asked_for.panel.areas), len(asked_for.leads), asked_for.n_draws)
    rng = np.random.default_rng(seed)
    made = {"zero": np.zeros(shape, np.int32)}
    panel, own = asked_for.panel, np.eye(shape[0], dtype=bool)
    remembered = Memory(panel, 12, own), Memory(panel, 36, own), Memory(panel, 12, near_areas(panel))
    for name, member in zip(MODELS[1:4], remembered, strict=True):
        made[name] = member.draw(shape[1], shape[2], rng).reshape(shape)
    return made | {name: model(name).draw(asked_for) for name in MODELS[4:]}


def row(cells: list[str]) -> str:
    """A line of a table."""
    return "| " + " | ".join(cells) + " |"


def page(found: dict[Window, dict[str, tuple[float, float]]]) -> str:
    """The tables: by kind of window, then window by window."""
    lines = ["# Forecasts at breaks elsewhere", "", "`python -m benchmarks.forecast.endings`", ""]
    lines += ["Mean over windows; in brackets the windows in which it beat the own 12 months (conflictology 12).", ""]
    kinds = ("ending", "year after", "beginning")
    counted = {kind: [w for w in found if w.kind == kind] for kind in kinds}
    head = ["model"] + [f"{kind} ({len(counted[kind])}): {score}" for kind in kinds for score in ("CRPS", "IGN")]
    lines += [row(head), row(["---"] * len(head))]
    for name in MODELS:
        cells = [name]
        for kind in kinds:
            for part in (0, 1):
                own = np.array([found[w][name][part] for w in counted[kind]])
                bar = np.array([found[w]["own 12 months"][part] for w in counted[kind]])
                cells.append(f"{own.mean():.3f} ({int((own < bar).sum())})" if len(own) else "-")
        lines.append(row(cells))
    for part, score in enumerate(("CRPS (deaths)", "IGN (bits)")):
        lines += ["", f"## {score}, window by window", "", row(["country", "year", "kind", *MODELS])]
        lines.append(row(["---"] * (3 + len(MODELS))))
        for window, by_model in found.items():
            figures = [f"{by_model[name][part]:.3f}" for name in MODELS]
            lines.append(row([window.country, str(window.year), window.kind, *figures]))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Forecast every window and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    events = read_events(WORLD).events
    found: dict[Window, dict[str, tuple[float, float]]] = {}
    for window in windows(events):
        if not len(events.where(events.country == window.country).known(date(window.year - 1, 10, 31))):
            print(window, "left out: nothing had happened there, no cell is known")
            continue
        made, came = asked(events, window, seed)
        found[window] = {name: scores(draws, came) for name, draws in forecasts(made, seed).items()}
        print(window, {name: tuple(round(v, 3) for v in values) for name, values in found[window].items()}, flush=True)
        (HERE / "endings.md").write_text(page(found))


if __name__ == "__main__":
    main()
