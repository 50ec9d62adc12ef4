from dataclasses import replace

import numpy as np
import pytest

from seamwatch.events import sorted_events
from seamwatch.forecast.contagion.catalogue import Catalogue, catalogue
from seamwatch.forecast.contagion.held_out import gain_per_event, held_out, predictive_accuracy, recent_level
from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.model import Contagion, fit_model
from seamwatch.forecast.contagion.pairs import Reach
from seamwatch.forecast.contagion.simulate import simulate
from seamwatch.forecast.contagion.steady import steady
from seamwatch.forecast.contagion.window import Window

REACH = Reach(60.0, 5.0, daily=True)
BOX = (0.0, 80.0, 0.0, 80.0)


def drawn(k: float, seed: int) -> Catalogue:
    """Two hot spots on even ground over 400 days."""

    def place(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        spot = np.array([[20.0, 20.0], [60.0, 50.0]])[rng.integers(0, 2, n)] + rng.normal(0, 3, (n, 2))
        at = np.where(rng.uniform(size=(n, 1)) < 0.5, spot, rng.uniform(0, 80, (n, 2)))
        return at[:, 0], at[:, 1]

    points = simulate(8.0, place, [Part(0, k, 0.2, 1.0)] if k else [], Window(0, 399, BOX), REACH, seed)
    day = np.datetime64("2010-01-01") + points.t.astype(np.int64)
    n = len(points)
    same = {"lat": np.full(n, 35.0), "lon": np.full(n, 44.0), "where_prec": np.ones(n)}
    made = catalogue(sorted_events({"ids": [f"{i:05}" for i in range(n)], "start": day, "end": day} | same))
    return replace(made, x=points.x, y=points.y, least_km=0.1)


def until(events: Catalogue, day: float) -> Catalogue:
    keep = events.t <= day
    return replace(events, **{c: getattr(events, c)[keep] for c in ("t", "x", "y", "kind", "row")})


def fitted(events: Catalogue) -> Contagion:
    bands = (1.0, 2.0, 4.0, 8.0)
    return fit_model(until(events, 339), Window(0, 339), REACH, [Part(0, 0.2, 0.1, 2.0)], BOX, bands, least_km=0.1)


def test_contagion_tells_the_days_to_come_better_where_there_is_some() -> None:
    events = drawn(0.6, 1)
    model = fitted(events)
    ours, theirs = held_out(model, events, 399), steady(events, 339, 60, BOX).held_out(events, 399)
    assert len(ours.log_intensity) == len(theirs.log_intensity) == int((events.t > 339).sum())
    assert ours.expected.sum() == pytest.approx(len(ours.day), rel=0.25)
    gain, (low, high) = gain_per_event(ours.by_day(), theirs.by_day(), len(ours.day), 1)
    assert low > 0 and low < gain < high


def test_and_claims_next_to_nothing_where_there_is_none() -> None:
    events = drawn(0.0, 2)
    ours, theirs = held_out(fitted(events), events, 399), steady(events, 339, 60, BOX).held_out(events, 399)
    gain, _ = gain_per_event(ours.by_day(), theirs.by_day(), len(ours.day), 1)
    assert abs(gain) < 0.08


def test_a_day_sees_only_what_was_before_it() -> None:
    events = drawn(0.6, 3)
    model = fitted(events)
    whole, cut = held_out(model, events, 399), held_out(model, until(events, 350), 350)
    assert whole.expected[:11] == pytest.approx(cut.expected)
    assert whole.log_intensity[: len(cut.log_intensity)] == pytest.approx(cut.log_intensity)
    a, b = steady(events, 339, 60, BOX), steady(until(events, 339), 339, 60, BOX)
    x, y = np.array([20.0, 70.0]), np.array([21.0, 5.0])
    assert a.at(x, y) == pytest.approx(b.at(x, y))


def test_level_follows_the_last_days() -> None:
    events = drawn(0.0, 4)
    fewer = (events.t < 300) | (np.arange(len(events)) % 3 == 0)
    thin = replace(events, **{c: getattr(events, c)[fewer] for c in ("t", "x", "y", "kind", "row")})
    assert recent_level(fitted(thin), 28) < 0.7
    assert recent_level(fitted(events), 28) == pytest.approx(1, abs=0.25)


def test_accuracy_index_is_the_share_hit_over_the_share_of_area() -> None:
    scores, counts = np.arange(100.0), np.zeros(100, np.int64)
    counts[[99, 98, 10, 11]] = 1
    assert predictive_accuracy(scores, counts, 0.05) == pytest.approx(0.5 / 0.05)
