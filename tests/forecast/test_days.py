from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from seamwatch.errors import ConfigError
from seamwatch.events import Events
from seamwatch.forecast.days import days_forecast
from tests.forecast.contagion.test_study import table

LAST = date(2010, 12, 15)


@pytest.fixture(scope="module")
def some() -> Events:
    made = table(0.5, 1)
    return replace(made, adm2=np.where(made.lon < 44, "west", "east"))


def test_counts_are_foretold_and_later_events_are_not_seen(some: Events) -> None:
    made = days_forecast(some, LAST, n_draws=300)
    assert made.counts.shape == (len(made.areas), 4, 300) and made.areas[-1] == "elsewhere"
    assert np.all(np.diff(made.counts, axis=1) >= 0)
    whole = made.counts.sum(0)[-1]
    came = int(((some.end > np.datetime64(LAST)) & (some.end <= np.datetime64(LAST) + 28)).sum())
    assert whole.mean() == pytest.approx(280, rel=0.2) and np.quantile(whole, 0.005) <= came <= np.quantile(
        whole, 0.995
    )
    again = days_forecast(some.known(LAST), LAST, n_draws=300)
    assert np.array_equal(made.counts, again.counts)
    assert np.all((made.at_least_one() >= 0) & (made.at_least_one() <= 1))


def test_a_district_gets_what_happens_in_it(some: Events) -> None:
    made = days_forecast(some, LAST, cell_km=None, horizons_days=(28,), n_draws=200)
    assert made.areas == ("east", "west", "elsewhere")
    assert made.lon[0] > 44 > made.lon[1]
    assert made.counts[:2].sum(0).mean() == pytest.approx(280, rel=0.25)


def test_a_lag_is_run_through_and_not_counted(some: Events) -> None:
    late = days_forecast(some, LAST, horizons_days=(7,), n_draws=200, lag_days=5)
    assert late.counts.sum(0).mean() == pytest.approx(70, rel=0.3)


def test_horizons_and_cells_that_cannot_be_used_are_refused(some: Events) -> None:
    with pytest.raises(ConfigError, match="1 to 28"):
        days_forecast(some, LAST, horizons_days=(60,))
    with pytest.raises(ConfigError, match="at least 2"):
        days_forecast(some, LAST, cell_km=0.5)
