"""The benchmarks draw what their names say, and reach the published figures on the published cells."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from seamwatch.forecast.backtest import yearly_windows
from seamwatch.forecast.benchmarks import Bootstrap, Conflictology, LastPoisson, Neighbours, Zero, near_areas
from seamwatch.forecast.figures import crps, ignorance
from seamwatch.forecast.models import BENCHMARKS, model
from seamwatch.read.cells import read_cells
from seamwatch.read.event_table import read_events
from tests.forecast.invented_wars import asked, square

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "events"


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_gives_draws_of_the_shape_asked_and_the_same_for_a_seed(name: str) -> None:
    task = asked(square())
    draws = model(name).draw(task)
    assert draws.shape == (25, 12, 200) and draws.dtype == np.int32
    assert np.array_equal(draws, model(name).draw(task))


def test_each_draws_from_its_window_alone() -> None:
    panel = square()
    panel.counts[:] = np.arange(panel.counts.shape[1])[None, :] + 1000 * np.arange(25)[:, None]
    task = asked(panel, n_draws=2000)
    assert not Zero().draw(task).any()
    own = Conflictology(12).draw(task)
    for area in range(25):
        assert set(np.unique(own[area])) == set(range(1000 * area + 108, 1000 * area + 120))
    corner = {area for area in range(25) if area in (0, 1, 5, 6)}
    assert set(np.unique(Neighbours().draw(task)[0] // 1000)) == corner
    assert set(np.unique(Bootstrap(240).draw(task)[3] // 1000)) == set(range(25))
    last = LastPoisson().draw(task)[2]
    assert abs(last.mean() - 2119) < 2 and abs(last.var() - 2119) < 120


def test_history_shorter_than_the_window_is_used_as_it_is() -> None:
    panel = square(months=5)
    assert set(np.unique(Conflictology(36).draw(asked(panel))[12])) <= set(panel.counts[12].tolist())


def test_next_to_a_cell_are_the_eight_around_it() -> None:
    for north in (0.0, 16.0, 35.0):  # up to 68 degrees, where a cell is less than half as wide as high
        panel = square()
        near = near_areas(replace(panel, lat=panel.lat + north))
        assert near[12].sum() == 9 and near[0].sum() == 4 and np.array_equal(near, near.T)


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_published_years_of_iraq() -> None:
    """Anchors: own back-test of section 6, one decimal of the last place for the draws' noise."""
    events = read_events(SHARED / "ged_iraq_1989_2017.csv.gz").events
    cells = read_cells(SHARED / "iraq_cells.csv").gids
    anchors = {"zero": (0.568, 6.04), "conflictology12": (0.375, 5.47), "conflictology36": (0.389, 5.60),
               "neighbours12": (0.529, 5.70), "last": (0.937, 5.73)}  # fmt: skip
    windows = list(yearly_windows(events, (2010, 2014), cells, coarse="as-published"))
    for name, expected in anchors.items():
        got = [float(crps(model(name).draw(w.task), w.happened).mean()) for w in windows]
        assert got == pytest.approx(expected, abs=0.005, rel=0.003), name
    zero = float(ignorance(model("zero").draw(windows[0].task), windows[0].happened).mean())
    assert zero == pytest.approx(0.464, abs=0.001)
