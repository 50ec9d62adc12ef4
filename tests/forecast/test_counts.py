"""Count models: level and spread recovered, shrinkage, and a loud word where they fall back."""

import logging

import numpy as np
import pytest

from seamwatch.forecast.counts import EwmaNegativeBinomial, ZeroInflated, shrunk_means
from seamwatch.forecast.task import Panel
from tests.forecast.invented_wars import asked, square


def overdispersed(months: int = 240) -> Panel:
    panel = square(months=months)
    rng = np.random.default_rng(3)
    rates = rng.gamma(0.5, 2.0, panel.counts.shape) * 3.0  # mean 3, variance 3 + 2 * 9
    return Panel(panel.areas, panel.lat, panel.lon, panel.first_month, rng.poisson(rates).astype(np.int32))


def test_mean_and_variance_of_a_steady_negative_binomial() -> None:
    draws = EwmaNegativeBinomial(half_life_months=60).draw(asked(overdispersed(), n_draws=1000))
    assert draws.mean() == pytest.approx(3.0, rel=0.15)
    assert draws.var() == pytest.approx(21.0, rel=0.35)


def test_an_area_without_violence_is_drawn_towards_those_around_it() -> None:
    panel = square()
    panel.counts[12] = 0
    free, drawn = shrunk_means(panel, 9.0, 0.0), shrunk_means(panel, 9.0, 6.0)
    assert free[12, -1] == 0 and drawn[12, -1] > 0.1


def test_a_war_that_ended_is_forgotten_with_its_half_life() -> None:
    panel = square(months=120)
    panel.counts[:, -24:] = 0
    means = shrunk_means(panel, 6.0, 3.0)
    assert means[:, -1].mean() < 0.12 * means[:, -25].mean()


def test_zeros_and_counts_of_the_zero_inflated_regression() -> None:
    panel = square(side=6, months=144)
    rng = np.random.default_rng(5)
    panel.counts[rng.random(panel.counts.shape) < 0.6] = 0
    draws = ZeroInflated().draw(asked(panel, n_draws=500))
    recent = panel.counts[:, -60:]
    assert (draws == 0).mean() == pytest.approx((recent == 0).mean(), abs=0.05)
    assert draws.mean() == pytest.approx(recent.mean(), rel=0.2)


def test_too_little_for_a_regression_is_said(caplog: pytest.LogCaptureFixture) -> None:
    panel = square(months=30)
    panel.counts[:] = 0
    task = asked(panel)
    with caplog.at_level(logging.WARNING, logger="seamwatch.forecast"):
        draws = ZeroInflated().draw(task)
    assert "ewma_nb" in caplog.text and np.array_equal(draws, EwmaNegativeBinomial().draw(task))
