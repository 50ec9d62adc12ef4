"""Rolling origins: what a window knows, that scores are those of the draws, and the report's words."""

import re
from datetime import date

import numpy as np
import pytest

from seamwatch.clock import month_id
from seamwatch.errors import ConfigError
from seamwatch.forecast.backtest import Backtest, backtest, yearly_windows
from seamwatch.forecast.figures import crps
from seamwatch.forecast.models import model
from seamwatch.forecast.report import backtest_html
from seamwatch.forecast.tables import by_class, by_year, compared, losses, overall
from tests.forecast.invented_wars import as_events, square

MODELS = ("zero", "conflictology12", "neighbours12", "ewma_nb")
PANEL = square(months=132)  # 2010 to 2020


@pytest.fixture(scope="module")
def result() -> Backtest:
    windows = list(yearly_windows(as_events(PANEL), (2018, 2019, 2020), PANEL.areas, n_draws=200))
    return backtest(windows, MODELS, seeds=2)


def test_a_window_knows_what_was_before_its_origin_and_is_scored_by_its_year(result: Backtest) -> None:
    window = result.windows[0]
    assert window.task.panel.last_month == month_id(date(2017, 10, 1))
    at = month_id(date(2018, 1, 1)) - PANEL.first_month
    assert np.array_equal(window.happened, PANEL.counts[:, at : at + 12])
    draws = model("conflictology12").draw(window.task)
    assert result.scored[2 * 3].figures["crps"] == pytest.approx(crps(draws, window.happened))


def test_figures_have_a_value_for_each_year_and_the_mean_is_over_seeds(result: Backtest) -> None:
    assert by_year(result, "ewma_nb", "crps").shape == (3,)
    each = [s.figures["ign"].mean() for s in result.scored if s.model == "ewma_nb" and s.year == 2019]
    assert by_year(result, "ewma_nb", "ign")[1] == pytest.approx(np.mean(each)) and len(set(each)) == 2


def test_classes_of_cells(result: Backtest) -> None:
    found = by_class(result, "zero", "crps")
    assert sum(n for n, _ in found.values()) == 75
    assert found["quiet"][1] == 0 or found["quiet"][0] == 0
    assert found["active"][1] > 0


def test_a_model_that_does_not_beat_its_benchmark_is_shown_as_such(result: Backtest) -> None:
    found = {(c.model, c.reference, c.score): c for c in compared(result)}
    assert found["zero", "conflictology12", "ign"].verdict == "worse than"
    assert found["ewma_nb", "zero", "ign"].verdict == "beats"
    told = losses(tuple(c for c in found.values()))
    assert all(line.startswith("ewma_nb is") for line in told)


def test_processes_give_the_same(result: Backtest) -> None:
    again = backtest(result.windows, ("conflictology12",), processes=2)
    assert np.array_equal(again.scored[1].figures["crps"], result.scored[8].figures["crps"])
    assert (result.scored[8].model, result.scored[8].year, result.scored[8].seed) == ("conflictology12", 2019, 0)


def test_the_report_holds_every_model_and_loads_nothing(result: Backtest) -> None:
    page = backtest_html(result, title="<b>A title</b>", asked="Invented.")
    assert "<b>A title" not in page and page.count("<svg") == 3
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    for name in MODELS:
        assert f"<td>{name}</td>" in page
    assert f"{overall(result, 'ewma_nb')['crps']:.3f}" in page


def test_windows_that_events_do_not_cover_are_refused() -> None:
    events = as_events(PANEL)
    with pytest.raises(ConfigError, match="window 2021"):
        next(yearly_windows(events, (2021,), PANEL.areas))
    with pytest.raises(ConfigError, match="window 2010"):
        next(yearly_windows(events, (2010,), PANEL.areas))


def test_a_model_that_is_unknown_is_refused(result: Backtest) -> None:
    with pytest.raises(ConfigError, match="conflictology12"):
        backtest(result.windows, ("oracle",))
