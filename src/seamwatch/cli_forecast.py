"""`seamwatch forecast` and `seamwatch backtest`: what may come, as draws, and how good such forecasts were."""

from __future__ import annotations

import logging
import re
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler

from seamwatch.clock import month_first
from seamwatch.errors import ConfigError
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.shown import on_one_line
from seamwatch.terminal import Bars, complain, counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from seamwatch.events import Events
    from seamwatch.read.event_table import EventTable

out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)
LONGEST_LEAD = 60  # months
MOST_DRAWS = 100_000


class Coarse(StrEnum):
    """What is done with events that are located too coarsely for a cell."""

    spread = "spread"
    leave_out = "leave-out"
    as_published = "as-published"


class Count(StrEnum):
    """What is counted."""

    deaths = "deaths"
    incidents = "incidents"


class Violence(StrEnum):
    """UCDP's kinds of violence."""

    sb = "sb"
    ns = "ns"
    os = "os"
    all = "all"


class By(StrEnum):
    """What a row of the forecast is about."""

    cell = "cell"
    district = "district"


EventsFile = Annotated[Path, typer.Argument(metavar="EVENTS", help="A table of events (.csv, .csv.gz), or a node.")]
CellsFile = Annotated[
    Path | None,
    typer.Option("--cells", help="CSV of PRIO-GRID cells: gid, perhaps frac (over 0.5). [default: where events are]"),
]  # fmt: skip
PoolFile = Annotated[Path | None, typer.Option("--pool", help="More events, to learn from only: other countries'.")]
CountOf = Annotated[Count, typer.Option("--count", help="What is counted.")]
ViolenceOf = Annotated[Violence, typer.Option("--violence", help="State-based, non-state, one-sided, or all.")]
MaybeCount = Annotated[
    Count | None, typer.Option("--count", help="What is counted. [default: deaths; days: incidents]")
]
MaybeViolence = Annotated[
    Violence | None,
    typer.Option("--violence", help="State-based, non-state, one-sided, or all. [default: sb; days: all]"),
]
CoarseRule = Annotated[
    Coarse, typer.Option("--coarse", help="Events placed too coarsely for a cell: spread, left out, or as published.")
]
LagDays = Annotated[int, typer.Option("--lag-days", min=0, help="Days from an event's end to its being known.")]
PackName = Annotated[str, typer.Option("--pack", help="The area's pack, for a node.")]


def forecast(
    events: EventsFile,
    as_of: Annotated[
        datetime,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The last day known: a month's last."),
    ],
    target: Annotated[Path, typer.Option("--out", "-o", help="The file to write (Parquet).", dir_okay=False)],
    months: Annotated[str, typer.Option("--months", help="Months after the last whole month: 3:14.")] = "3:14",
    cells: CellsFile = None,
    pool: PoolFile = None,
    by: Annotated[By, typer.Option("--by", help="By PRIO-GRID cell, or by the table's adm2.")] = By.cell,
    model_name: Annotated[str, typer.Option("--model", help="The forecaster; see docs/forecast.md.")] = "stack",
    draws: Annotated[int, typer.Option("--draws", min=1, max=MOST_DRAWS, help="Draws for each cell and month.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 0,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=28, help="Counts of events in the next days instead of months.")
    ] = None,
    cell_km: Annotated[float, typer.Option("--cell-km", min=2, max=50, help="Side of a cell, with --days.")] = 10,
    count: MaybeCount = None,
    violence: MaybeViolence = None,
    coarse: CoarseRule = Coarse.spread,
    lag_days: LagDays = 0,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Forecast by cell and month, as draws, from what was known on a day; each forecast is kept for the score board.

    What lies after --as-of is ignored. Columns priogrid_gid, month_id (VIEWS: January 1980 is 1), draw, outcome.
    With --days: area, lat, lon, days, draw, outcome (events from the day after up to so many days).
    """
    from seamwatch.files import not_the_same, whole_file
    from seamwatch.forecast.board import board_folder, draws_frame, store
    from seamwatch.forecast.models import model
    from seamwatch.forecast.panel import district_task, districts_by_name, last_whole_month
    from seamwatch.forecast.panel import task as task_of

    not_the_same(events, target)
    if days is not None:
        refused = {"--cells": cells, "--pool": pool, "--count deaths": count is Count.deaths}
        if given := [name for name, value in refused.items() if value]:
            raise ConfigError(f"got {given[0]}", where="--days", rule="days count incidents of the table's own places")
        kind = None if violence in (None, Violence.all) else violence.value
        side_km = None if by is By.district else cell_km
        _days(_load(events, pack), as_of.date(), days, side_km, draws, seed, lag_days, kind, target)
        return
    count, violence = count or Count.deaths, violence or Violence.sb
    day, leads = as_of.date(), _leads(months)
    made_by = model(model_name)
    table, more = _load(events, pack), _load(pool, pack) if pool else None
    _say_later(table, day, lag_days)
    chosen = None if violence is Violence.all else violence.value
    if by is By.district:
        if cells or pool:
            raise ConfigError(
                "got --cells or --pool", where="--by district", rule="districts learn from their own table"
            )
        asked = district_task(
            table.events, day, leads, lag_days=lag_days, n_draws=draws, seed=seed, count=count.value, violence=chosen,
            coarse=coarse.value,
        )  # fmt: skip
    else:
        asked = task_of(
            table.events, day, leads, cells=_cells(cells), lag_days=lag_days, n_draws=draws, seed=seed,
            count=count.value, violence=chosen, coarse=coarse.value, pool=more.events if more else None,
        )  # fmt: skip
    _warn_aloud()
    drawn = made_by.draw(asked)
    asked_months = [last_whole_month(day) + lead for lead in leads]
    frame = draws_frame(asked.panel.areas.tolist(), asked_months, drawn)
    if by is By.district:
        names = districts_by_name(table.events.known(day, lag_days)).names
        frame = frame.select(
            frame["priogrid_gid"].replace_strict(dict(enumerate(names))).alias("district"), *frame.columns[1:]
        )
    with whole_file(target) as handle:
        frame.write_parquet(handle, compression="zstd")
    span = f"{month_first(asked_months[0]):%Y-%m} to {month_first(asked_months[-1]):%Y-%m}"
    areas = counted(len(asked.panel.areas), by.value)
    out.print(f"{target}: {made_by.name}, {areas}, {span}, {counted(draws, 'draw')} each", soft_wrap=True)
    folder = board_folder()
    if by is By.cell and folder is not None:
        card = store(
            folder, asked.panel, asked_months, drawn, as_of=day, lag_days=lag_days, model=made_by.name, seed=seed,
            count=count.value, violence=chosen, coarse=coarse.value, data=table.name, kind=table.kind,
            sha256=table.sha256, pool_sha256=more.sha256 if more else "",
        )  # fmt: skip
        out.print(f"kept as {card.name}; `seamwatch scores EVENTS` scores it when its months are over", soft_wrap=True)
        _score_what_is_due(folder, table)


def _days(
    table: EventTable, day: date, days: int, cell_km: float | None, n_draws: int, seed: int, lag_days: int,
    violence: str | None, target: Path,
) -> None:  # fmt: skip
    """Forecast the next days by small cells or districts; write the draws, and say where risk is highest."""
    from seamwatch.files import whole_file
    from seamwatch.forecast.days import days_forecast, days_frame, riskiest

    _say_later(table, day, lag_days)
    chosen = table.events if violence is None else table.events.where(table.events.violence == violence)
    horizons = sorted({1, 7, 14, days} & set(range(1, days + 1)))
    found = days_forecast(
        chosen, day, horizons_days=horizons, cell_km=cell_km, n_draws=n_draws, seed=seed, lag_days=lag_days
    )
    with whole_file(target) as handle:
        days_frame(found).write_parquet(handle, compression="zstd")
    areas = counted(len(found.areas) - 1, "district" if cell_km is None else "cell")
    side = "" if cell_km is None else f" of {cell_km:g} km"
    ends = ", ".join(map(str, horizons))
    out.print(f"{target}: {areas}{side}, to day {ends}, {counted(n_draws, 'draw')} each", soft_wrap=True)
    out.print(f"Highest in {days} days: chance of one or more; events expected, 90 % interval", soft_wrap=True)
    for line in riskiest(found):
        out.print(f"  {on_one_line(line)}", soft_wrap=True)
    out.print("Forecasts of days are not kept for the score board.")


def backtest(
    events: EventsFile,
    target: Annotated[Path, typer.Option("--out", "-o", help="The report to write (HTML).", dir_okay=False)],
    windows: Annotated[str, typer.Option("--windows", help="Years to forecast, each from the October before.")],
    models: Annotated[str, typer.Option("--models", help="Names with commas, or all.")] = "all",
    region: Annotated[str, typer.Option("--region", help="Only events of this country.")] = "",
    cells: CellsFile = None,
    pool: PoolFile = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, max=100, help="How many; figures are their means.")] = 1,
    draws: Annotated[int, typer.Option("--draws", min=1, max=MOST_DRAWS, help="Draws for each cell and month.")] = 1000,
    processes: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to forecast with.")] = 2,
    count: CountOf = Count.deaths,
    violence: ViolenceOf = Violence.sb,
    coarse: CoarseRule = Coarse.spread,
    lag_days: LagDays = 0,
    pack: PackName = DEFAULT_PACK,
) -> None:
    """Forecast past years from what was known before each, and write how good each model was beside the benchmarks."""
    from seamwatch.files import not_the_same, whole_file
    from seamwatch.forecast.backtest import backtest as run
    from seamwatch.forecast.backtest import yearly_windows
    from seamwatch.forecast.models import MODELS
    from seamwatch.forecast.panel import default_cells
    from seamwatch.forecast.report import backtest_html
    from seamwatch.forecast.tables import TITLES, by_year

    years = _years(windows)
    names = list(MODELS) if models.strip() == "all" else [n for part in models.split(",") if (n := part.strip())]
    if not names or len(set(names)) < len(names):
        raise ConfigError(f"got {models!r}", where="--models", rule="names with commas, each once, or all")
    not_the_same(events, target)
    table, more = _load(events, pack), _load(pool, pack) if pool else None
    rows = _of_region(table.events, region)
    chosen = _cells(cells)
    if chosen is None:
        chosen = default_cells(rows.known(date(years[0] - 1, 10, 31), lag_days))
    prepared = tuple(
        yearly_windows(
            rows, years, chosen, pool=more.events if more else None, count=count.value, coarse=coarse.value,
            violence=None if violence is Violence.all else violence.value, lag_days=lag_days, n_draws=draws,
            known_until=table.events.end[-1].item() if len(table.events) else None,
        )
    )  # fmt: skip
    with Bars(err) as tick:
        result = run(prepared, names, seeds=seeds, processes=processes, tick=tick)
    what = f"{violence.value} {count.value}" if violence is not Violence.all else count.value
    asked = (
        f"{table.name} (SHA-256 {table.sha256[:12]}): {what} in {counted(len(chosen), 'cell')}, coarse events "
        f"{coarse.value}, {lag_days} days to publication, {more.name if more else 'no further events'} to learn from, "
        f"{draws} draws."
    )
    with whole_file(target) as handle:
        handle.write(backtest_html(result, title="How good the forecasts were", asked=asked).encode())
    width = max(map(len, names))
    out.print(f"{'mean over years':{width}}  " + "  ".join(f"{TITLES[s]:>9}" for s in ("crps", "ign")))
    for name in names:
        means = (by_year(result, name, score).mean() for score in ("crps", "ign"))
        out.print(f"{name:{width}}  " + "  ".join(f"{mean:9.4f}" for mean in means), soft_wrap=True)
    out.print(f"{target}: by year, lead and class of cell, with intervals", soft_wrap=True)


def _load(path: Path, pack: str) -> EventTable:
    """A table's events; what is wrong with it is told in one line."""
    from seamwatch.assess.load import load_events

    table = load_events(path, load_pack(pack))
    if table.left_out:
        left = counted(table.left_out, "row")
        complain(err, f"{path}: {left} left out; `seamwatch events check` says why")
    return table


def _score_what_is_due(folder: Path, table: EventTable) -> None:
    """Score earlier forecasts whose months the table tells of by now: the board is always on."""
    from seamwatch.forecast.due import Truth, score_due

    if not len(table.events):
        return
    standings, errors = score_due(folder, Truth.of(table))
    for error in errors:
        complain(err, f"error: {error}")
    new = sum(s.is_new for s in standings)
    if new:
        out.print(f"{counted(new, 'stored forecast')} scored by these events: `seamwatch scores` shows them")


def _say_later(table: EventTable, day: date, lag_days: int) -> None:
    later = len(table.events) - len(table.events.known(day, lag_days))
    if later:
        lag = f" (published {lag_days} days after they end)" if lag_days else ""
        complain(err, f"{counted(later, 'event')} after {day}{lag} ignored")


def _cells(path: Path | None) -> NDArray[np.int64] | None:
    """The cells of a file, or None; what is wrong with its rows is told."""
    if path is None:
        return None
    from seamwatch.read.cells import read_cells

    found = read_cells(path)
    for problem in found.problems:
        complain(err, str(problem))
    return found.gids


def _of_region(events: Events, region: str) -> Events:
    if not region:
        return events
    import numpy as np

    inside = np.char.lower(events.country) == region.strip().lower()
    if not inside.any():
        known = ", ".join(sorted(set(events.country.tolist()) - {""})[:20])
        raise ConfigError(f"no event in {region!r}", where="--region", rule="a country of the table", remedy=known)
    return events.where(inside)


def _leads(text: str) -> tuple[int, ...]:
    """3:14 as 3, 4, …, 14; one number is one month."""
    first, last = _span(text, "--months", "FIRST:LAST in months after the last whole month, such as 3:14")
    if not 1 <= first <= last <= LONGEST_LEAD:
        raise ConfigError(
            f"got {text!r}", where="--months", rule=f"from 1 to {LONGEST_LEAD}, the first not after the last"
        )
    return tuple(range(first, last + 1))


def _years(text: str) -> tuple[int, ...]:
    first, last = _span(text, "--windows", "FIRST:LAST in years, such as 2010:2017")
    if not 1900 <= first <= last <= 2200:
        raise ConfigError(f"got {text!r}", where="--windows", rule="years, the first not after the last")
    return tuple(range(first, last + 1))


def _span(text: str, where: str, rule: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,4})(?:\s*:\s*(\d{1,4}))?\s*", text)
    if not match:
        raise ConfigError(f"got {text!r}", where=where, rule=rule)
    return int(match[1]), int(match[2] or match[1])


def _warn_aloud() -> None:
    """What a forecaster falls back to is told on the terminal."""
    logger = logging.getLogger("seamwatch.forecast")
    if not logger.handlers:
        logger.addHandler(RichHandler(console=err, show_time=False, show_path=False))
