"""The main forecaster: trees that learnt from wars elsewhere, pooled with the place's own months by their past score.

A linear pool of distributions (Stone 1961; weights by likelihood as in Hall & Mitchell 2007). Each member forecasts the
years before the origin from what was known then; the weights are those under which what came was likeliest, drawn
towards `PRIOR`, which is worth as many cases as saw violence in one such year. A naive equal pool did not help on Iraq.

The chance of any violence is then recalibrated by one number, how sharp it is. Its level is left alone on purpose: a
shift learnt from the last years chases them (learnt from 2013 to 2015 it would have raised 2016 and cost an eighth of
the score), and a break is where it is wrong.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from seamwatch.forecast import trees
from seamwatch.forecast.features import distances_km
from seamwatch.forecast.task import Panel, Task

log = logging.getLogger(__name__)
Doubles = NDArray[np.float64]
Draws = NDArray[np.int32]

PRIOR = {"trees": 0.80, "own 12 months": 0.05, "own 36 months": 0.10, "12 months with neighbours": 0.05}
INNER_YEARS = 2  # forecast from inside the fold, the trees learning anew for each
INNER_EVERY_MONTHS = 3
LEAST_MONTHS = 60  # of history, for trees
LEAST_ACTIVE = 100  # area-months with violence, in the panel and its pool
SMOOTHING = 1e-3  # a chance of nothing at all costs no more than in the challenge, where every bin has one draw more


@dataclass(frozen=True, slots=True)
class Blend:
    """How the members are pooled: a weight each, in the order of PRIOR, and the power of the odds of any violence."""

    weights: tuple[float, ...]
    sharpness: float


def too_little(task: Task) -> str:
    """Why trees cannot learn from a task, in words for the user; empty where they can."""
    months = task.panel.counts.shape[1]
    if months < LEAST_MONTHS:
        return f"{months} months of history, and {LEAST_MONTHS} are needed"
    joint, _ = trees.joined(task.panel, task.pool)
    if joint.counts.shape[1] < LEAST_MONTHS:
        return f"{joint.counts.shape[1]} months known of areas and pool together, and {LEAST_MONTHS} are needed"
    active = int((joint.counts > 0).sum())
    return "" if active >= LEAST_ACTIVE else f"{active} area-months with violence, and {LEAST_ACTIVE} are needed"


@dataclass(frozen=True, slots=True)
class Memory:
    """The last months of an area, or of it and its neighbours, as the forecast: each is as likely to come again.

    ``near`` has shape (areas, areas), true where an area's months count for another.
    """

    panel: Panel
    months: int
    near: NDArray[np.bool_]

    def chances(self, area: trees.Indices, origin: trees.Indices) -> Doubles:
        """The chance of each bin of `trees.BOUNDS` as of the end of each origin (month_ids), shape (n, bins)."""
        from_month = int(origin.min()) - self.months + 1 if len(origin) else self.panel.first_month
        start = max(0, from_month - self.panel.first_month)
        bins = trees.bin_of(self.panel.counts[:, start:])
        share = self.near / self.near.sum(axis=1, keepdims=True)
        end = origin - self.panel.first_month - start + 1
        begin = np.maximum(0, end - self.months)
        made = np.empty((len(area), len(trees.BOUNDS) + 1))
        for k in range(made.shape[1]):
            total = np.cumsum(np.pad(share @ (bins == k), ((0, 0), (1, 0))), axis=1)
            made[:, k] = (total[area, end] - total[area, begin]) / (end - begin)
        return made

    def draw(self, leads: int, n_draws: int, rng: np.random.Generator) -> Draws:
        """Draws at the panel's end, shape (areas * leads, n_draws), one from each of ``n_draws`` equal parts."""
        recent = self.panel.counts[:, -self.months :]
        made = np.empty((len(recent), leads, n_draws), np.int32)
        for row, near in enumerate(self.near):
            values = np.sort(recent[near], axis=None)
            made[row] = values[(trees.strata(leads, n_draws, rng) * len(values)).astype(int)]
        return made.reshape(len(recent) * leads, n_draws)


def memories(panel: Panel) -> list[Memory]:
    """The members that remember, in the order of PRIOR.

    Neighbours are those no farther than 1.6 times the usual distance to the nearest area: on a grid, its eight.
    """
    distance = distances_km(panel.lat, panel.lon)
    np.fill_diagonal(distance, np.inf)
    usual = float(np.nanmedian(np.fmin.reduce(distance, axis=1))) if len(distance) > 1 else 0.0
    near, own = distance <= 1.6 * usual, np.eye(len(distance), dtype=bool)
    return [Memory(panel, 12, own), Memory(panel, 36, own), Memory(panel, 12, near | own)]


def blend_of(known: trees.Known, task: Task, settings: trees.Settings) -> Blend:
    """The weights and the sharpness that the last INNER_YEARS years inside the fold speak for.

    For each year back the trees learn from what was known before it, and forecast from each of its origins. Where
    history is too short for that, the weights are PRIOR's.
    """
    last, prior = task.panel.last_month, np.array(list(PRIOR.values()))
    chances: list[list[Doubles]] = []
    counts: list[NDArray[np.int32]] = []
    for year in range(INNER_YEARS, 0, -1):
        cut = last - 12 * year
        rows = _inner_rows(known, task.leads, cut, last)
        if cut - known.panel.first_month < LEAST_MONTHS or not len(rows.area):
            continue
        origin = known.origins[rows.origin]
        fitted = trees.fit(known, task.leads, cut, settings, task.seed + year)
        remembered = [member.chances(rows.area, origin) for member in memories(task.panel)]
        chances.append([fitted.chances(known, rows), *remembered])
        counts.append(task.panel.counts[rows.area, origin + rows.lead - task.panel.first_month])
    if not counts:
        return Blend(tuple(prior.tolist()), 1.0)
    came, members = np.concatenate(counts), [np.concatenate(member) for member in zip(*chances, strict=True)]
    reached = trees.bin_of(came)[:, None]
    likelihood = np.column_stack([np.take_along_axis(member, reached, axis=1) for member in members]) + SMOOTHING
    weights = pool_weights(likelihood, prior, worth=float((came > 0).sum()) / INNER_YEARS)
    some = 1 - np.column_stack([member[:, 0] for member in members]) @ weights
    return Blend(tuple(weights.tolist()), sharpness_of(some, came > 0, len(task.leads)))


def pool_weights(likelihood: Doubles, prior: Doubles, worth: float) -> Doubles:
    """Weights of a linear pool, shape (members,): likeliest after a prior worth ``worth`` cases (by EM).

    ``likelihood`` has shape (cases, members): what each gave to what came.
    """
    weights = prior
    for _ in range(200):
        share = likelihood * weights
        share /= share.sum(axis=1, keepdims=True)
        weights = (share.sum(axis=0) + worth * prior) / (len(likelihood) + worth)
    return weights


def sharpened(some: Doubles, power: float) -> Doubles:
    """Chances with their odds taken to a power, shifted so that their mean stays: a power above 1 parts them."""
    odds = power * _logit(some)
    mean = float(some.mean())
    shift = brentq(lambda a: float(_chance(odds + a).mean()) - mean, -40, 40) if 0 < mean < 1 else 0.0
    return _chance(odds + shift)


def sharpness_of(some: Doubles, came: NDArray[np.bool_], leads: int) -> float:
    """The power under which what came was likeliest, drawn to 1 (normal, 0.1); an origin's leads count as one case."""

    def loss(power: float) -> float:
        chance = np.clip(sharpened(some, power), 1e-6, 1 - 1e-6)
        told = np.log(np.where(came, chance, 1 - chance)).sum() / leads
        return float(0.5 * ((power - 1) / 0.1) ** 2 - told)

    return float(minimize_scalar(loss, bounds=(0.6, 1.6), method="bounded").x)


def pooled(parts: list[Draws], some: Doubles, rng: np.random.Generator) -> Draws:
    """All members' draws (n, n_draws in all) with any violence in the share ``some`` of each row's, shuffled."""
    draws = np.sort(np.concatenate(parts, axis=1), axis=1)[:, ::-1]
    n_draws, positive = draws.shape[1], (draws > 0).sum(axis=1)
    wanted = np.floor(some * n_draws + rng.random(len(draws))).astype(np.int64)
    wanted = np.where(positive > 0, np.minimum(wanted, n_draws), 0)[:, None]
    place = np.arange(n_draws)[None, :]
    picked = ((place + 0.5) / np.maximum(wanted, 1) * positive[:, None]).astype(np.int64)
    spread = np.take_along_axis(draws, np.minimum(picked, n_draws - 1), axis=1)
    return np.asarray(rng.permuted(np.where(place < wanted, spread, 0), axis=1), np.int32)


@dataclass(frozen=True, slots=True)
class Stack:
    """The pool of trees and memories, the default forecaster; the own last 12 months where there is too little."""

    settings: trees.Settings = field(default_factory=trees.Settings)

    @property
    def name(self) -> str:
        """As it stands in tables."""
        return "stack"

    def draw(self, task: Task) -> Draws:
        """Draws of shape (areas, leads, n_draws). What it falls back to is logged as a warning, see `too_little`."""
        rng = np.random.default_rng((task.seed, 2))
        shape = (len(task.panel.areas), len(task.leads), task.n_draws)
        members = memories(task.panel)
        if why := too_little(task):
            log.warning("forecast is the own last 12 months (conflictology 12), not the trees: %s", why)
            return np.asarray(rng.permuted(members[0].draw(shape[1], shape[2], rng), axis=1)).reshape(shape)
        known = trees.known_of(task, self.settings)
        blend = blend_of(known, task, self.settings)
        fitted = trees.fit(known, task.leads, task.panel.last_month, self.settings, task.seed)
        rows = trees.asked_rows(known, task.leads)
        chances = fitted.chances(known, rows)
        each = _whole_shares(blend.weights, task.n_draws)
        parts = [trees.draws(chances, fitted, each[0], rng)]
        parts += [member.draw(shape[1], n, rng) for member, n in zip(members, each[1:], strict=True)]
        origin = np.full(len(rows.area), task.panel.last_month)
        nothing = [chances[:, 0], *(member.chances(rows.area, origin)[:, 0] for member in members)]
        some = 1 - np.column_stack(nothing) @ np.array(blend.weights)
        return pooled(parts, sharpened(some, blend.sharpness), rng).reshape(shape)


def _inner_rows(known: trees.Known, leads: tuple[int, ...], cut: int, last: int) -> trees.Rows:
    """The own areas at each origin from ``cut`` on, with every lead whose month is known."""
    asked = [
        (index, lead)
        for index, origin in enumerate(known.origins)
        for lead in leads
        if origin >= cut and (last - origin) % INNER_EVERY_MONTHS == 0 and origin + lead <= last
    ]
    origin, lead = np.array(asked, dtype=np.int64).reshape(-1, 2).T
    area = np.tile(np.arange(known.own), len(asked))
    return trees.Rows(area, np.repeat(origin, known.own), np.repeat(lead, known.own))


def _whole_shares(weights: tuple[float, ...], n: int) -> list[int]:
    """``n`` shared out by weights in whole numbers, the largest remainders first."""
    exact = np.array(weights) * n
    shares = np.floor(exact).astype(int)
    shares[np.argsort(shares - exact, kind="stable")[: n - int(shares.sum())]] += 1
    return [int(share) for share in shares]


def _logit(chance: Doubles) -> Doubles:
    clipped = np.clip(chance, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(clipped) - np.log1p(-clipped))


def _chance(odds: Doubles) -> Doubles:
    return np.asarray(1 / (1 + np.exp(-odds)))
