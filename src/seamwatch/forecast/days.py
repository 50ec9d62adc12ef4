"""The days to come, 1 to 28: counts by cell or district as draws, from the contagion model run forward.

Draws hold what chance adds and swings that all places share (the level of the background varies between draws as
counts of past weeks did about their expectation); the kernel's own uncertainty is small beside them and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seamwatch.errors import ConfigError
from seamwatch.events import Events
from seamwatch.forecast.contagion.catalogue import Catalogue, catalogue
from seamwatch.forecast.contagion.cells import cells_over
from seamwatch.forecast.contagion.held_out import recent_level
from seamwatch.forecast.contagion.intervals import Placer
from seamwatch.forecast.contagion.kernel import passed
from seamwatch.forecast.contagion.model import Contagion
from seamwatch.forecast.contagion.pairs import Floats
from seamwatch.forecast.contagion.residuals import expected_by_day
from seamwatch.forecast.contagion.simulate import spread
from seamwatch.forecast.contagion.study import LEVEL_DAYS, fit_catalogue

LONGEST = 28
ELSEWHERE = "elsewhere"
SMALLEST_CELL_KM = 2.0


@dataclass(frozen=True, slots=True)
class DaysForecast:
    """Draws of counts of events, summed from the day after ``as_of`` to each horizon.

    ``counts`` has shape (areas, horizons, draws); ``lat`` and ``lon`` are the middles of areas in degrees (NaN for the
    last area, ELSEWHERE: all ground where nothing has happened yet). ``level`` is the factor on the background.
    """

    areas: tuple[str, ...]
    lat: Floats
    lon: Floats
    as_of: date
    horizons_days: tuple[int, ...]
    counts: NDArray[np.int32]
    level: float

    def at_least_one(self) -> Floats:
        """Probability of an event or more, shape (areas, horizons)."""
        share: Floats = (self.counts > 0).mean(2)
        return share


def days_forecast(
    events: Events, as_of: date, *, horizons_days: Sequence[int] = (1, 7, 14, 28), cell_km: float | None = 10.0,
    n_draws: int = 1000, seed: int = 1, lag_days: int = 0,
) -> DaysForecast:  # fmt: skip
    """Forecast from what was known at the end of ``as_of``: of cells, or of districts (adm2) with ``cell_km`` None.

    With a lag, the days since the last published ones are run through as well, and not counted. A new event belongs to
    the district of the event that it came of or near. Raises ConfigError for a horizon or cell that cannot be used,
    ModelError for too few events.
    """
    horizons = tuple(sorted(set(horizons_days)))
    if not horizons or horizons[0] < 1 or horizons[-1] > LONGEST:
        raise ConfigError(f"got {list(horizons_days)}", where="days", rule=f"horizons of 1 to {LONGEST} days")
    if cell_km is not None and cell_km < SMALLEST_CELL_KM:
        raise ConfigError(f"got {cell_km:g} km", where="cell", rule=f"at least {SMALLEST_CELL_KM:g} km")
    known = events.known(as_of, lag_days)
    found = catalogue(known)
    last = float((np.datetime64(as_of, "D") - np.timedelta64(lag_days, "D") - found.first_day).astype(int))
    model, past = fit_catalogue(found, last)
    level = recent_level(model, LEVEL_DAYS)
    rng = np.random.default_rng(seed)
    t, x, y, origin, draw = _forward(model, past, last, lag_days + horizons[-1], level, n_draws, rng)
    day = (t - last).astype(np.int64) - lag_days
    if cell_km is None:
        of_event = known.adm2[past.row]
        names = np.unique(of_event[of_event != ""])
        place = np.where(of_event == "", len(names), np.searchsorted(names, of_event))
        area = np.where(origin < 0, len(names), place[np.maximum(origin, 0)])
        middles = [(past.x[place == i].mean(), past.y[place == i].mean()) for i in range(len(names))]
        labels = [str(name) for name in names]
    else:
        cells = cells_over(past.box, cell_km)
        used = np.unique(cells.of(past.x, past.y))
        where = cells.of(x, y)
        at = np.minimum(np.searchsorted(used, where), len(used) - 1)
        area = np.where(used[at] == where, at, len(used))
        mx, my = cells.middles()
        middles = [(mx[i], my[i]) for i in used]
        labels = [str(i) for i in used]
    counts = np.zeros((len(labels) + 1, len(horizons), n_draws), np.int32)
    for h, horizon in enumerate(horizons):
        now = (day >= 1) & (day <= horizon)
        flat = np.bincount(area[now] * n_draws + draw[now], minlength=(len(labels) + 1) * n_draws)
        counts[:, h] = flat.reshape(-1, n_draws)
    east, north = np.array(middles).reshape(-1, 2).T
    lat, lon = past.plane.to_degrees(east, north)
    return DaysForecast(
        (*labels, ELSEWHERE), np.append(lat, np.nan), np.append(lon, np.nan), as_of, horizons, counts, level
    )


def days_frame(found: DaysForecast) -> pl.DataFrame:
    """Draws in long form: area, lat, lon, days, draw, outcome."""
    n_areas, n_horizons, n_draws = found.counts.shape
    each, of_area = n_horizons * n_draws, np.arange(n_areas)
    return pl.DataFrame(
        {
            "area": np.repeat(np.array(found.areas), each),
            "lat": np.repeat(found.lat, each),
            "lon": np.repeat(found.lon, each),
            "days": np.tile(np.repeat(np.array(found.horizons_days, np.int32), n_draws), len(of_area)),
            "draw": np.tile(np.arange(n_draws, dtype=np.int32), n_areas * n_horizons),
            "outcome": found.counts.ravel(),
        }
    )


def riskiest(found: DaysForecast, n: int = 5) -> list[str]:
    """A line for each of the areas with the highest chance at the last horizon, in words; ELSEWHERE is left out."""
    chance, last = found.at_least_one()[:-1, -1], found.counts[:-1, -1]
    lines = []
    for i in np.lexsort((-last.mean(1), -chance))[:n]:
        low, high = np.quantile(last[i], (0.05, 0.95), method="inverted_cdf")
        where = f"{found.areas[i]} ({found.lat[i]:.2f}, {found.lon[i]:.2f})"
        lines.append(f"{where}: {chance[i]:.0%}; {last[i].mean():.2f}, {low:.0f} to {high:.0f}")
    return lines


def _forward(
    model: Contagion, past: Catalogue, last: float, days: int, level: float, n_draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Days, places, row of the past event each goes back to (-1: even ground), and draw, of all simulated events."""
    swings = level * np.exp(rng.normal(0, _swing(model, past, days), n_draws))
    numbers = rng.poisson(model.background.rate * days * swings)
    draw = np.repeat(np.arange(n_draws), numbers)
    x, y, origin = Placer(model.background, past, model.own, model.window.start).near(rng, len(draw))
    t = last + rng.integers(1, days + 1, len(draw)).astype(float)
    kinds = np.bincount(past.kind, minlength=len(past.kinds)) / len(past)
    born = [(t, x, y, origin, draw)]
    for part in model.parts:
        mine = np.flatnonzero((past.kind == part.kind) & (past.t > last - model.reach.days))
        if not len(mine):
            continue
        begun = np.array([passed(part.decay, last - past.t[i], model.reach) for i in mine])
        done = np.array([passed(part.decay, last - past.t[i] + days, model.reach) for i in mine])
        due = part.k * (done - begun)
        who = mine[rng.choice(len(mine), rng.poisson(due.sum() * n_draws), p=due / due.sum())]
        # the lag given that it is beyond the age: of a decaying kernel, drawn by its share between the two
        low, high = np.zeros(len(past)), np.zeros(len(past))
        low[mine], high[mine] = begun, done
        share = rng.uniform(low[who], high[who])
        lag = -np.log1p(share * np.expm1(-part.decay * model.reach.days)) / part.decay
        when = np.clip(past.t[who] + np.ceil(lag), last + 1, last + days)
        _, dx, dy = spread(part, len(who), model.reach, rng)
        born.append((when, past.x[who] + dx, past.y[who] + dy, who, rng.integers(0, n_draws, len(who))))
    t, x, y, origin, draw = (np.concatenate(column) for column in zip(*born, strict=True))
    every = [(t, x, y, origin, draw)]
    while len(t):
        kind = rng.choice(len(kinds), len(t), p=kinds)
        parent, when, x, y = _offspring(t, x, y, kind, model, rng)
        keep = when <= last + days
        parent = parent[keep]
        t, x, y, origin, draw = when[keep], x[keep], y[keep], origin[parent], draw[parent]
        every.append((t, x, y, origin, draw))
    t, x, y, origin, draw = (np.concatenate(column) for column in zip(*every, strict=True))
    return t, x, y, origin, draw


def _offspring(
    t: Floats, x: Floats, y: Floats, kind: NDArray[np.int64], model: Contagion, rng: np.random.Generator
) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
    """Parent's number, day and place of what events trigger directly."""
    parents, found = [], []
    for part in model.parts:
        mine = np.flatnonzero(kind == part.kind)
        parent = mine[np.repeat(np.arange(len(mine)), rng.poisson(part.k, len(mine)))]
        lag, dx, dy = spread(part, len(parent), model.reach, rng)
        parents.append(parent)
        found.append((t[parent] + lag, x[parent] + dx, y[parent] + dy))
    when, at_x, at_y = (np.concatenate(column) for column in zip(*found, strict=True))
    return np.concatenate(parents), when, at_x, at_y


def _swing(model: Contagion, past: Catalogue, days: int) -> float:
    """Standard deviation of log counts over expectation in past stretches of so many days, less what chance adds."""
    expected = expected_by_day(model, past)
    counts = np.bincount((model.target_days - model.window.start).astype(np.int64), minlength=len(expected))
    n = len(expected) // days
    if n < 2:
        return 0.0
    observed = counts[-n * days :].reshape(n, days).sum(1)
    foreseen = expected[-n * days :].reshape(n, days).sum(1)
    ratio = np.log((observed + 0.5) / (foreseen + 0.5))
    return float(np.sqrt(max(0.0, ratio.var(ddof=1) - np.mean(1 / np.maximum(foreseen, 0.5)))))
