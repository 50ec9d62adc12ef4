"""A table's contagion, told: kernels by type with intervals, how sure, how well they foretell, what cannot be said."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from seamwatch.errors import ModelError
from seamwatch.events import Events
from seamwatch.forecast.contagion.catalogue import FEWEST, FEWEST_OF_KIND, Catalogue, catalogue
from seamwatch.forecast.contagion.held_out import gain_per_event, held_out, recent_level
from seamwatch.forecast.contagion.intervals import Interval, Kernels, by_bootstrap, by_curvature
from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.model import Contagion, fit_model
from seamwatch.forecast.contagion.pairs import Floats, Reach
from seamwatch.forecast.contagion.residuals import DayCheck, Excess, check_days, excess
from seamwatch.forecast.contagion.steady import steady
from seamwatch.forecast.contagion.window import Window

# Chosen by log score on sigacts' days 223 to 342 (benchmarks/contagion): never on the last 60 days.
REACH = Reach(120.0, 5.0, daily=True)
BANDS_KM = (0.8, 1.6, 3.2, 6.4, 12.8)
ROUNDS = 4
LEVEL_DAYS = 28
HELD_OUT_DAYS = 60
FEW_ENOUGH = 20_000  # events for which kernels of one part are tried beside those of two
SLIGHT = 0.01  # events triggered by a part that can be done without
LONGEST_DAYS = 3 * 365  # of history that is fitted; what was before is only a trigger


@dataclass(frozen=True, slots=True)
class Gain:
    """Nats per event gained over the best steady map on the last days, each foretold from the day before."""

    nats: float
    interval: Interval
    days: int
    events: int
    expected: float


@dataclass(frozen=True, slots=True)
class Study:
    """A fitted table with all that is said of it."""

    events: Catalogue
    model: Contagion
    kernels: Kernels
    gain: Gain | None
    days: DayCheck
    excess: Excess


def begin(events: Catalogue) -> list[Part]:
    """Where fits start: for a frequent kind a part that stays at the place and one that goes near, else one."""
    parts = []
    for kind in range(len(events.kinds)):
        parts.append(Part(kind, 0.3, 0.02, max(0.02, 2 * events.least_km**2)))
        if np.sum(events.kind == kind) >= 2 * FEWEST_OF_KIND:
            parts.append(Part(kind, 0.2, 0.1, max(0.4, 4 * events.least_km**2)))
    return parts


def fit_catalogue(events: Catalogue, last_day: float, reach: Reach = REACH) -> tuple[Contagion, Catalogue]:
    """The model of the last LONGEST_DAYS up to a day, and the events up to it.

    The first days of a table (as many as the reach, at most a quarter of all) only trigger: what was before them is not
    known. A second part of a kernel is taken out where it does not pay for its parameters or carries next to nothing.
    """
    past = upto(events, last_day)
    first = past.t[0] + min(reach.days, (last_day - past.t[0]) // 4) if len(past) else 0.0
    start = float(max(first, last_day - LONGEST_DAYS + 1))
    if np.sum(past.t >= start) < FEWEST:
        raise ModelError(
            f"{int(np.sum(past.t >= start))} events in the days fitted",
            where="contagion",
            rule=f"at least {FEWEST} in the last {LONGEST_DAYS} days",
            remedy="give a fuller table or a later day",
        )
    bands = tuple(max(1.0, events.least_km / BANDS_KM[0]) * band for band in BANDS_KM)
    window, parts = Window(start, last_day), begin(past)

    def fitted(parts: list[Part]) -> Contagion:
        return fit_model(past, window, reach, parts, events.box, bands, rounds=ROUNDS, least_km=events.least_km)

    model = fitted(parts)
    single = [p for i, p in enumerate(parts) if all(q.kind != p.kind for q in parts[:i])]
    if len(single) < len(parts) and len(past) <= FEW_ENOUGH:
        plain = fitted(single)
        price = 1.5 * (len(parts) - len(single)) * math.log(len(past))  # Schwarz's criterion, three parameters a part
        if plain.optimum.value > model.optimum.value - price:
            return plain, past
    kept = [p for i, p in enumerate(model.parts) if p.k >= SLIGHT or all(q.kind != p.kind for q in model.parts[:i])]
    return (model if len(kept) == len(parts) else fitted(kept)), past


def upto(events: Catalogue, last_day: float) -> Catalogue:
    """The events of a day and before."""
    keep = events.t <= last_day
    return replace(events, **{name: getattr(events, name)[keep] for name in ("t", "x", "y", "kind", "row")})


def study(
    events: Events, *, as_of: date | None = None, lag_days: int = 0, reach: Reach = REACH, by_type: bool = True,
    refits: int = 0, seed: int = 1,
) -> Study:  # fmt: skip
    """Fit a table as known at the end of ``as_of``, and try the fit of earlier days on the last HELD_OUT_DAYS.

    ``refits`` > 0: so many for bootstrap intervals. Raises ModelError for too few events, ConfigError for too many
    pairs.
    """
    known = events.known(as_of, lag_days) if as_of else events
    found = catalogue(known, by_type=by_type)
    last = float(found.t[-1])
    model, past = fit_catalogue(found, last, reach)
    kernels = by_bootstrap(model, past, refits, seed) if refits else by_curvature(model, seed)
    km = 2 * max(math.sqrt(p.sigma2) for p in model.parts if p.k > 0.01 or len(model.parts) == 1)
    return Study(
        found, model, kernels, _gain(found, last, reach, seed), check_days(model, past, seed),
        excess(model, past, min(km, reach.km), 14.0, seed),
    )  # fmt: skip


def _gain(events: Catalogue, last: float, reach: Reach, seed: int) -> Gain | None:
    """None where too little is left to fit, or nothing happened in the last days."""
    before = last - HELD_OUT_DAYS
    past = upto(events, before)
    tuning = (past.t > before - HELD_OUT_DAYS).sum()
    held = int((events.t > before).sum())
    if before < 3 * HELD_OUT_DAYS or len(past) < 2 * FEWEST or tuning < FEWEST // 4 or held < FEWEST // 4:
        return None
    model, past = fit_catalogue(events, before, reach)
    ours = held_out(model, events, last, recent_level(model, LEVEL_DAYS))
    theirs = steady(past, before, HELD_OUT_DAYS, events.box).held_out(events, last)
    nats, interval = gain_per_event(ours.by_day(), theirs.by_day(), held, seed)
    return Gain(nats, interval, HELD_OUT_DAYS, held, float(ours.expected.sum()))


def told(of: Study) -> dict[str, object]:
    """Everything as plain values, for JSON."""
    model, events = of.model, of.events
    shares = np.bincount(events.kind, minlength=len(events.kinds)) / len(events)
    by_part = np.array([shares[p.kind] for p in model.parts])
    return {
        "events": len(events),
        "first_day": str(events.day(model.window.start)),
        "last_day": str(events.day(model.window.end)),
        "left_out": {"coarse_place": events.coarse, "many_days": events.long},
        "same_place_share": round(events.same_place, 4),
        "place_known_to_km": round(events.least_km, 3),
        "reach": {"days": model.reach.days, "km": model.reach.km},
        "intervals": f"95 %, {of.kernels.method}",
        "branching_ratio": _sum(of, by_part),
        "background_per_day": round(model.background.rate, 3),
        "background_share": round(float(model.own.mean()), 4),
        "background_widths_km": [round(h, 3) for h in model.background.bands_km],
        "by_type": [_of_kind(of, kind) for kind in range(len(events.kinds))],
        "held_out": None
        if of.gain is None
        else {
            "days": of.gain.days,
            "events": of.gain.events,
            "expected": round(of.gain.expected, 1),
            "gain_nats_per_event": round(of.gain.nats, 4),
            "interval": [round(v, 4) for v in of.gain.interval],
            "against": "the best steady map, of several widths and tuned to be recent",
        },
        "residuals": {
            "counts_by_day": {
                "ks": round(of.days.ks, 4), "p": round(of.days.p, 4), "dispersion": round(of.days.dispersion, 3)
            },
            "pairs": {
                "km": round(of.excess.km, 2), "days": of.excess.days,
                "before": _known(of.excess.before), "before_p": _known(of.excess.before_p),
                "after": _known(of.excess.after), "after_p": _known(of.excess.after_p),
            },
        },
        "converged": model.optimum.converged,
        "null": "k = 0: events happen independently of each other, at the places of the background",
        "assumptions": [
            "the background's map and rate do not change over the days fitted; what changes slowly counts as contagion",
            f"a fixed hot spot narrower than {model.background.bands_km[0] if model.background.bands_km else 0:.1f} km "
            "counts as contagion",
            "days are whole: only earlier days excite, pairs of one day do not count",
            "excitation is not causation: what is not in the table may drive both",
        ],
        "sources": "Hawkes 1971; Ogata 1998; Zhuang, Ogata & Vere-Jones 2002; Mohler et al. 2011",
    }  # fmt: skip


def _of_kind(of: Study, kind: int) -> dict[str, object]:
    model = of.model
    parts = [(i, p) for i, p in enumerate(model.parts) if p.kind == kind]
    return {
        "type": of.events.kinds[kind],
        "events": int(np.sum(of.events.kind == kind)),
        "offspring": _sum(of, np.array([float(p.kind == kind) for p in model.parts])),
        "parts": [
            {
                "k": _estimate(p.k, of, of.kernels.draws[:, i, 0]),
                "half_life_days": _estimate(p.half_life_days, of, math.log(2) / of.kernels.draws[:, i, 1]),
                "radius_km": _estimate(p.radius_km, of, np.sqrt(2 * math.log(2) * of.kernels.draws[:, i, 2])),
                "beyond_reach": round(p.cut_off(model.reach), 5),
                "at_least_spread": p.sigma2 < 1.05 * of.events.least_km**2,
            }
            for i, p in parts
        ],
    }


def _estimate(value: float, of: Study, draws: Floats) -> dict[str, float]:
    low, high = of.kernels.interval(draws)
    return {"value": _short(value), "low": _short(low), "high": _short(high)}


def _sum(of: Study, weights: Floats) -> dict[str, float]:
    """Offspring summed over parts with weights."""
    low, high = of.kernels.interval_of_sum(weights)
    return {"value": _short(float(of.kernels.k @ weights)), "low": _short(low), "high": _short(high)}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 3)


def _short(value: float) -> float:
    return float(f"{value:.4g}")
