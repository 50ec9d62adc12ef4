"""Boosted trees for ordered bins of counts: one model that asks, bin after bin, "and more than that?".

A continuation-ratio model (Tutz 1991): for each bound of the bins, the chance that the count exceeds it given that it
reached it. All bounds and all leads share one LightGBM of binary trees with the bound and the lead as features, so that
the few months of heavy fighting lend each other strength; chances of bins are products and are always coherent. A draw
falls in a bin by its chance and takes a value of that bin from the months learnt from.

Learnt from: the task's own areas, recent months weighing more, and the pool's (wars that began and ended elsewhere)
with a lower weight. A pool holds only places that had violence, so that its area-months count from the first on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seamwatch.errors import ModelError
from seamwatch.forecast.features import Table, distances_km, feature_table
from seamwatch.forecast.task import Panel, Task

if TYPE_CHECKING:
    import lightgbm

BOUNDS = np.array([0, 2, 5, 10, 25, 50, 100, 250, 500, 1000])  # a bin ends with its bound; the last has none
WARM_UP_MONTHS = 24  # before the first origin learnt from
Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the trees learn. Chosen on the windows 2010, 2012, 2014 and 2016 and on wars that ended elsewhere."""

    n_trees: int = 200
    n_leaves: int = 7
    learning_rate: float = 0.05
    min_rows_in_leaf: int = 80
    features_a_tree: float = 0.5
    rows_a_tree: float = 0.7
    l2: float = 5.0
    half_life_years: float = 10.0  # of a row's weight
    pool_half_life_years: float = 30.0
    pool_weight: float = 0.1  # of a pool's row against one of the task's own
    origins_every_months: int = 3
    pool_origins_every_months: int = 6
    leads_an_origin: int = 4


@dataclass(frozen=True, slots=True)
class Known:
    """The task's areas first, the pool's after them, with their features at the origins learnt from.

    ``origins`` are month_ids in order, the last one the task's own; ``own`` is the number of the task's areas.
    """

    panel: Panel
    own: int
    origins: Indices
    table: Table


@dataclass(frozen=True, slots=True)
class Rows:
    """Cases: an area and an origin (as indices of Known) and a lead in months; each of shape (n,)."""

    area: Indices
    origin: Indices
    lead: Indices


@dataclass(frozen=True, slots=True)
class Fitted:
    """A booster with the values of each bin that it learnt from and their summed weights."""

    booster: lightgbm.Booster
    values: tuple[NDArray[np.int32], ...]
    shares: tuple[Doubles, ...]

    def chances(self, known: Known, rows: Rows) -> Doubles:
        """The chance of each bin, shape (n, len(BOUNDS) + 1)."""
        x, k = _design(known, rows), len(BOUNDS)
        asked = np.column_stack([np.repeat(x, k, axis=0), np.tile(np.arange(k, dtype=np.float32), len(x))])
        more = np.asarray(self.booster.predict(asked, num_threads=1)).reshape(len(x), k)
        reached = np.column_stack([np.ones(len(x)), np.cumprod(more, axis=1)])
        return np.column_stack([reached[:, :-1] - reached[:, 1:], reached[:, -1]])


def bin_of(counts: NDArray[np.int32]) -> Indices:
    """The bin of each count: 0 for none, 1 for 1 to 2, and so on."""
    return np.searchsorted(BOUNDS, counts, side="left")


def joined(panel: Panel, pool: Panel | None) -> tuple[Panel, NDArray[np.bool_]]:
    """The areas of both over the months of both, and which of the pool's were taken.

    Left out are those of the pool that the panel covers itself (nearer to one of its areas than three quarters of their
    usual spacing), and those where nothing has happened yet: that they are in the pool is knowledge from later.
    Raises ModelError where the pool ends before the panel.
    """
    if pool is None or not len(pool.areas):
        return panel, np.zeros(0, dtype=bool)
    if pool.last_month < panel.last_month:
        raise ModelError(
            f"ends with month {pool.last_month}, the panel with {panel.last_month}", where="pool",
            rule="known as late as the panel: a month without a count is not a month without violence",
            remedy="forecast from the pool's last month, or without it",
        )  # fmt: skip
    both = distances_km(np.r_[panel.lat, pool.lat], np.r_[panel.lon, pool.lon])[: len(panel.lat)]
    inside = both[:, : len(panel.lat)] + np.where(np.eye(len(panel.lat)), np.inf, 0)
    spacing = float(np.nanmedian(np.fmin.reduce(inside, axis=1))) if len(panel.lat) > 1 else 50.0
    first = max(panel.first_month, pool.first_month)
    mine = panel.counts[:, first - panel.first_month :]
    theirs = pool.until(panel.last_month).counts[:, first - pool.first_month :]
    taken = (np.fmin.reduce(both[:, len(panel.lat) :], axis=0) > 0.75 * spacing) & (theirs > 0).any(axis=1)
    return Panel(
        np.r_[panel.areas, pool.areas[taken]],
        np.r_[panel.lat, pool.lat[taken]],
        np.r_[panel.lon, pool.lon[taken]],
        first,
        np.vstack([mine, theirs[taken]]),
    ), taken


def known_of(task: Task, settings: Settings) -> Known:
    """The features that a task's trees learn from and forecast with; of the extras, those that the pool has too."""
    panel, taken = joined(task.panel, task.pool)
    extra = {}
    for key, more in task.extra.items():
        counts = more.counts[:, panel.first_month - more.first_month :]
        if taken.any():
            theirs = (task.pool_extra or {}).get(key)
            if theirs is None:
                continue
            months = slice(panel.first_month - theirs.first_month, panel.last_month + 1 - theirs.first_month)
            counts = np.vstack([counts, theirs.counts[taken, months]])
        extra[key] = replace(panel, counts=counts)
    first = panel.first_month + WARM_UP_MONTHS
    origins = np.arange(panel.last_month, first - 1, -settings.origins_every_months)[::-1]
    return Known(panel, len(task.panel.areas), origins, feature_table(panel, extra, origins))


def cases(known: Known, leads: tuple[int, ...], last_month: int, settings: Settings, rng: np.random.Generator) -> Rows:
    """Cases to learn from: areas at origins with leads drawn at random among those that end by ``last_month``.

    The pool's areas count at an origin only if they had violence in the ten years before it.
    """
    own, others = np.arange(known.own), np.arange(known.own, len(known.panel.areas))
    quiet = ~(known.table.values[:, :, known.table.names.index("sum_120")] > 0)
    made: list[tuple[Indices, Indices, Indices]] = []
    for index, origin in enumerate(known.origins):
        within = np.array([lead for lead in leads if origin + lead <= last_month])
        if not len(within):
            continue
        groups = [(own, settings.leads_an_origin)]
        if (last_month - origin) % settings.pool_origins_every_months < settings.origins_every_months:
            groups.append((others[~quiet[known.own :, index]], 1))
        for areas, turns in groups:
            area = np.tile(areas, turns)
            made.append((area, np.full(len(area), index), rng.choice(within, len(area))))
    if not made:
        none = np.zeros(0, dtype=np.int64)
        return Rows(none, none, none)
    return Rows(*(np.concatenate(column) for column in zip(*made, strict=True)))


def fit(known: Known, leads: tuple[int, ...], last_month: int, settings: Settings, seed: int) -> Fitted:
    """Trees that have seen nothing after ``last_month`` (a month_id up to the panel's last)."""
    import lightgbm

    rows = cases(known, leads, last_month, settings, np.random.default_rng(seed))
    counts = known.panel.counts[rows.area, known.origins[rows.origin] + rows.lead - known.panel.first_month]
    years = (last_month - known.origins[rows.origin] - rows.lead) / 12
    weight = np.where(
        rows.area < known.own,
        0.5 ** (years / settings.half_life_years) * settings.origins_every_months / settings.leads_an_origin,
        0.5 ** (years / settings.pool_half_life_years) * settings.pool_weight * settings.pool_origins_every_months,
    )
    reached = bin_of(counts)
    asked = np.minimum(reached + 1, len(BOUNDS))  # a count in bin 3 answers for the first four bounds
    row = np.repeat(np.arange(len(counts)), asked)
    bound = np.arange(len(row)) - np.repeat(np.cumsum(asked) - asked, asked)
    x = np.column_stack([_design(known, rows)[row], bound.astype(np.float32)])
    data = lightgbm.Dataset(x, (reached[row] > bound).astype(np.float32), weight=weight[row], free_raw_data=True)
    parameters = {
        "objective": "binary", "learning_rate": settings.learning_rate, "num_leaves": settings.n_leaves,
        "min_data_in_leaf": settings.min_rows_in_leaf, "feature_fraction": settings.features_a_tree,
        "bagging_fraction": settings.rows_a_tree, "bagging_freq": 1, "lambda_l2": settings.l2, "max_bin": 63,
        "num_threads": 1, "deterministic": True, "force_col_wise": True, "seed": seed % 2**31, "verbose": -1,
    }  # fmt: skip
    booster = lightgbm.train(parameters, data, settings.n_trees)
    order = np.argsort(counts, kind="stable")
    values, shares = [], []
    for k in range(len(BOUNDS) + 1):
        within = order[reached[order] == k]
        share = np.cumsum(weight[within])
        empty = np.array([0 if k == 0 else BOUNDS[k - 1] + 1], dtype=np.int32)
        values.append(counts[within] if len(within) else empty)
        shares.append(share / share[-1] if len(within) else np.ones(1))
    return Fitted(booster, tuple(values), tuple(shares))


def asked_rows(known: Known, leads: tuple[int, ...]) -> Rows:
    """The task's own areas at its own origin, lead by lead within each area."""
    area = np.repeat(np.arange(known.own), len(leads))
    return Rows(area, np.full(len(area), len(known.origins) - 1), np.tile(np.array(leads), known.own))


def strata(n: int, n_draws: int, rng: np.random.Generator) -> Doubles:
    """One uniform number from each of ``n_draws`` equal parts of [0, 1), shape (n, n_draws)."""
    return np.minimum((np.arange(n_draws) + rng.random((n, n_draws))) / n_draws, np.nextafter(1, 0))


def draws(chances: Doubles, fitted: Fitted, n_draws: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """Draws of each case's count, shape (n, n_draws): strata of the distribution, in random order.

    One draw from each of ``n_draws`` equal parts of the distribution (McKay, Beckman & Conover 1979), so that shares of
    draws are the chances to within a draw; the order is shuffled, since cases are drawn independently.
    """
    n = len(chances)
    bounds = np.cumsum(chances, axis=1)
    bounds = np.column_stack([np.zeros(n), bounds / bounds[:, -1:]])
    u = strata(n, n_draws, rng)
    out = np.zeros((n, n_draws), np.int32)
    for k, (values, shares) in enumerate(zip(fitted.values, fitted.shares, strict=True)):
        low, high = bounds[:, k, None], bounds[:, k + 1, None]
        row, column = np.nonzero((u >= low) & (u < high)) if k else (np.zeros(0, int), np.zeros(0, int))
        within = (u[row, column] - low[row, 0]) / (high - low)[row, 0]
        out[row, column] = values[np.minimum(np.searchsorted(shares, within), len(values) - 1)]
    return np.asarray(rng.permuted(out, axis=1))


def _design(known: Known, rows: Rows) -> NDArray[np.float32]:
    """Features at the origin, the lead, and the season of the month asked for."""
    season = 2 * np.pi * ((known.origins[rows.origin] + rows.lead) % 12) / 12
    more = np.column_stack([rows.lead, np.sin(season), np.cos(season)]).astype(np.float32)
    return np.column_stack([known.table.values[rows.area, rows.origin], more])


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees alone, with or without the pool."""

    with_pool: bool = True
    settings: Settings = Settings()

    @property
    def name(self) -> str:
        """As it stands in tables."""
        return "trees_pool" if self.with_pool else "trees"

    def draw(self, task: Task) -> NDArray[np.int32]:
        """Draws of shape (areas, leads, n_draws)."""
        if not self.with_pool:
            task = replace(task, pool=None, pool_extra=None)
        known = known_of(task, self.settings)
        fitted = fit(known, task.leads, task.panel.last_month, self.settings, task.seed)
        chances = fitted.chances(known, asked_rows(known, task.leads))
        made = draws(chances, fitted, task.n_draws, np.random.default_rng((task.seed, 1)))
        return made.reshape(known.own, len(task.leads), task.n_draws)
