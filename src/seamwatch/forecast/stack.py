"""The main forecaster: trees that learnt from wars elsewhere, pooled with the place's own months by their past score.

Each member forecasts the last year before the origin from what was known before it. On what came, the trees' chance of
any violence is recalibrated by a shift and a power of its odds (Platt 1999), both drawn to none; then a linear pool
(Stone 1961) gives each member the weight under which what came was likeliest (Hall & Mitchell 2007), drawn to `PRIOR`.

Chosen on Iraq's windows 2010 to 2017: PRIOR and that it is worth ten such years, for the score in bits and for
reliability together (trees alone say 0.75 where 0.55 comes true, in the years after the height of a war); to
recalibrate before pooling; the last year alone, since a shift learnt from trees that were three years old chased what
was gone (2016: 0.58 bits for 0.52). A naive equal pool did not help.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from seamwatch.forecast import trees
from seamwatch.forecast.benchmarks import near_areas
from seamwatch.forecast.task import Panel, Task

log = logging.getLogger(__name__)
Doubles = NDArray[np.float64]
Draws = NDArray[np.int32]

PRIOR = {"trees": 0.60, "own 36 months": 0.10, "12 months with neighbours": 0.25, "own 120 months": 0.05}
PRIOR_YEARS = 10  # that PRIOR is worth: each as many cases as saw violence in the last year
INNER_MONTHS = 12  # forecast from inside the fold, by trees that learn anew for it
SHIFT_SPREAD, POWER_SPREAD = 0.15, 0.1  # how far the odds are thought to be off: standard deviations around 0 and 1
LEAST_MONTHS = 60  # of history, for trees
LEAST_ACTIVE = 100  # area-months with violence, in the panel and its pool
SMOOTHING = 1e-3  # a chance of nothing at all costs no more than in the challenge, where every bin has one draw more


@dataclass(frozen=True, slots=True)
class Blend:
    """How members are pooled: a weight each, in the order of PRIOR, and what is done to the trees' odds of violence."""

    weights: tuple[float, ...]
    shift: float
    power: float


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
    """The members that remember, in the order of PRIOR."""
    own = np.eye(len(panel.areas), dtype=bool)
    return [Memory(panel, 36, own), Memory(panel, 12, near_areas(panel)), Memory(panel, 120, own)]


def blend_of(known: trees.Known, task: Task, settings: trees.Settings) -> Blend:
    """The weights and the recalibration that the last year inside the fold speaks for; PRIOR where history is short."""
    last, prior = task.panel.last_month, np.array(list(PRIOR.values()))
    cut = last - max(INNER_MONTHS, min(task.leads))
    rows = _inner_rows(known, task.leads, cut, last)
    if cut - known.panel.first_month < LEAST_MONTHS or not len(rows.area):
        return Blend(tuple(prior.tolist()), 0.0, 1.0)
    origin = known.origins[rows.origin]
    fitted = trees.fit(known, task.leads, cut, settings, task.seed + 1)
    came = task.panel.counts[rows.area, origin + rows.lead - task.panel.first_month]
    chances = fitted.chances(known, rows)
    shift, power = recalibration_of(1 - chances[:, 0], came > 0, len(np.unique(rows.lead)))
    members = [recalibrated(chances, shift, power), *(m.chances(rows.area, origin) for m in memories(task.panel))]
    reached = trees.bin_of(came)[:, None]
    likelihood = np.column_stack([np.take_along_axis(member, reached, axis=1) for member in members]) + SMOOTHING
    weights = pool_weights(likelihood, prior, worth=PRIOR_YEARS * float((came > 0).sum()))
    return Blend(tuple(weights.tolist()), shift, power)


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


def recalibrated(chances: Doubles, shift: float, power: float) -> Doubles:
    """Chances of bins (n, bins) with the log odds of any violence multiplied by a power and shifted."""
    some = np.clip(1 - chances[:, :1], 1e-9, 1)
    made = _mended(some, shift, power)
    return np.column_stack([1 - made, chances[:, 1:] * (made / some)])


def recalibration_of(some: Doubles, came: NDArray[np.bool_], leads: int) -> tuple[float, float]:
    """The shift and power under which what came was likeliest, drawn to 0 and 1; leads of one origin are one case."""

    def loss(at: Doubles) -> float:
        chance = np.clip(_mended(some, at[0], at[1]), 1e-6, 1 - 1e-6)
        told = np.log(np.where(came, chance, 1 - chance)).sum() / leads
        return float(0.5 * (at[0] / SHIFT_SPREAD) ** 2 + 0.5 * ((at[1] - 1) / POWER_SPREAD) ** 2 - told)

    shift, power = minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead").x
    return float(shift), float(power)


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
        if why := too_little(task):
            log.warning("forecast is the own last 12 months (conflictology 12), not the trees: %s", why)
            own_year = Memory(task.panel, 12, np.eye(shape[0], dtype=bool))
            return np.asarray(rng.permuted(own_year.draw(shape[1], shape[2], rng), axis=1)).reshape(shape)
        known, members = trees.known_of(task, self.settings), memories(task.panel)
        blend = blend_of(known, task, self.settings)
        fitted = trees.fit(known, task.leads, task.panel.last_month, self.settings, task.seed)
        chances = fitted.chances(known, trees.asked_rows(known, task.leads))
        each = _whole_shares(blend.weights, task.n_draws)
        parts = [trees.draws(recalibrated(chances, blend.shift, blend.power), fitted, each[0], rng)]
        parts += [member.draw(shape[1], n, rng) for member, n in zip(members, each[1:], strict=True)]
        return np.asarray(rng.permuted(np.concatenate(parts, axis=1), axis=1)).reshape(shape)


def _inner_rows(known: trees.Known, leads: tuple[int, ...], cut: int, last: int) -> trees.Rows:
    """The own areas at each origin from ``cut`` on, with every lead whose month is known."""
    asked = [
        (index, lead)
        for index, origin in enumerate(known.origins)
        for lead in leads
        if origin >= cut and origin + lead <= last
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


def _mended(some: Doubles, shift: float, power: float) -> Doubles:
    """Chances with other odds; 0 and 1 count as one in a million."""
    clipped = np.clip(some, 1e-6, 1 - 1e-6)
    odds = np.log(clipped) - np.log1p(-clipped)
    return np.asarray(1 / (1 + np.exp(-(shift + power * odds))))
