"""`seamwatch forecast` and `backtest` as a user calls them."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner, Result

from seamwatch.cli import app
from seamwatch.errors import SeamwatchError
from tests.forecast.invented_wars import as_events, square

PANEL = square(months=132)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of invented events from 2010 to 2020 in a file with a strange name."""
    events = as_events(PANEL)
    path = tmp_path / "جدول events (1).csv"
    names = ("ids", "start", "end", "lat", "lon", "where_prec", "violence", "deaths", "country", "adm2")
    frame = pl.DataFrame({("id" if n == "ids" else n): getattr(events, n).astype(str) for n in names})
    frame.write_csv(path)
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture(autouse=True)
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEAMWATCH_FORECASTS", str(tmp_path / "board"))
    return tmp_path / "board"


def test_a_forecast_is_draws_in_the_form_that_is_asked_and_is_kept(table: Path, tmp_path: Path, board: Path) -> None:
    target = tmp_path / "f.parquet"
    done = run("forecast", table, "--as-of", "2016-10-31", "--model", "ewma_nb", "--draws", 50, "--out", target)
    assert done.exit_code == 0, done.output
    assert "after 2016-10-31 ignored" in done.output and "2017-01 to 2017-12" in done.output
    frame = pl.read_parquet(target)
    assert frame.columns == ["priogrid_gid", "month_id", "draw", "outcome"]
    assert set(frame.dtypes) == {pl.Int32}
    assert frame["month_id"].unique().sort().to_list() == list(range(445, 457))
    assert set(PANEL.areas.tolist()) <= set(frame["priogrid_gid"].to_list())
    assert len(list(board.glob("*.json"))) == 1


def test_what_comes_after_the_day_changes_nothing(table: Path, tmp_path: Path) -> None:
    lines = table.read_text().splitlines()
    before = tmp_path / "before.csv"
    before.write_text("\n".join([lines[0], *(line for line in lines[1:] if line.split(",")[2] <= "2016-10-31")]))
    made = []
    for n, path in enumerate((table, before)):
        target = tmp_path / f"{n}.parquet"
        assert run("forecast", path, "--as-of", "2016-10-31", "--model", "neighbours12", "-o", target).exit_code == 0
        made.append(pl.read_parquet(target))
    assert made[0].equals(made[1])


def test_cells_named_are_those_forecast(table: Path, tmp_path: Path) -> None:
    cells, target = tmp_path / "cells.csv", tmp_path / "f.parquet"
    cells.write_text("gid,frac\n" + "".join(f"{gid},{0.4 + 0.2 * n}\n" for n, gid in enumerate(PANEL.areas[:3])))
    assert run("forecast", table, "--as-of", "2016-10-31", "--months", "1:2", "--model", "zero", "--cells", cells,
               "-o", target).exit_code == 0  # fmt: skip
    frame = pl.read_parquet(target)
    assert frame["priogrid_gid"].unique().to_list() == sorted(PANEL.areas[1:3].tolist())
    assert frame["month_id"].unique().sort().to_list() == [443, 444]


def test_by_district_the_names_stand_in_the_file(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "f.parquet"
    done = run("forecast", table, "--as-of", "2016-10-31", "--by", "district", "--count", "incidents", "--model",
               "conflictology12", "-o", target)  # fmt: skip
    assert done.exit_code == 0, done.output
    frame = pl.read_parquet(target)
    assert sorted(frame["district"].unique().to_list()) == ["district 0", "district 1", "district 2"]
    assert np.isfinite(frame["outcome"].to_numpy()).all() and frame["outcome"].mean() > 1


def attacks(path: Path, n: int = 400) -> Path:
    """A year of invented attacks in two towns, those of the first by forces of a state."""
    rng = np.random.default_rng(5)
    town = rng.integers(0, 2, n)
    day = np.datetime64("2019-01-01") + np.sort(rng.integers(0, 365, n))
    frame = pl.DataFrame({"id": np.arange(n), "start": day, "end": day, "lat": 35 + 0.3 * town + rng.normal(0, 0.02, n),
                          "lon": 44 + rng.normal(0, 0.02, n), "where_prec": 1, "violence": np.array(["sb", "os"])[town],
                          "country": "Utopia", "adm2": np.array(["North", "قضاء"])[town]})  # fmt: skip
    frame.write_csv(path)
    return path


def test_days_are_counts_of_events_by_small_cell(tmp_path: Path) -> None:
    table, target = attacks(tmp_path / "attacks.csv"), tmp_path / "d.parquet"
    done = run("forecast", table, "--as-of", "2019-11-30", "--days", 10, "--draws", 200, "-o", target)
    assert done.exit_code == 0, done.output
    assert "after 2019-11-30 ignored" in done.output and "not kept" in done.output
    frame = pl.read_parquet(target)
    assert frame.columns == ["area", "lat", "lon", "days", "draw", "outcome"]
    assert sorted(frame["days"].unique().to_list()) == [1, 7, 10]
    of_day = frame.filter(pl.col("draw") == 0).group_by("days").len()
    assert of_day["len"].n_unique() == 1
    total = frame.filter(pl.col("days") == 10).group_by("draw").agg(pl.col("outcome").sum())["outcome"]
    assert 6 < total.mean() < 17  # 400 a year are 11 in ten days


def test_days_by_district_and_of_one_kind(tmp_path: Path) -> None:
    table, target = attacks(tmp_path / "attacks.csv"), tmp_path / "d.parquet"
    done = run("forecast", table, "--as-of", "2019-11-30", "--days", 7, "--by", "district", "--violence", "os",
               "--draws", 50, "-o", target)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert pl.read_parquet(target)["area"].unique().sort().to_list() == ["elsewhere", "قضاء"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--days", "7", "--cells", "c.csv"), "got --cells"),
        (("--days", "7", "--count", "deaths"), "--count deaths"),
        (("--months", "14:3"), "--months"),
        (("--months", "soon"), "--months"),
        (("--model", "oracle"), "one of zero"),
        (("--as-of", "2009-01-31"), "no event is known"),
        (("--by", "district", "--cells", "c.csv"), "--by district"),
    ],
)
def test_what_is_wrong_is_said(table: Path, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    day = () if "--as-of" in words else ("--as-of", "2016-10-31")
    done = run("forecast", table, *day, "-o", tmp_path / "f.parquet", *words)
    assert isinstance(done.exception, SeamwatchError) and told in str(done.exception)
    assert not (tmp_path / "f.parquet").exists()


def test_a_backtest_writes_its_report(table: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    done = run("backtest", table, "--windows", "2019:2020", "--models", "zero,conflictology12,neighbours12,ewma_nb",
               "--region", "utopia", "--draws", 100, "-j", 1, "-o", target)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "ewma_nb" in done.output and "2020" in target.read_text()
    done = run("backtest", table, "--windows", "2019", "--region", "Atlantis", "-o", target)
    assert "Utopia" in str(done.exception)


def test_a_forecast_scores_those_whose_months_are_over(table: Path, tmp_path: Path, board: Path) -> None:
    for day in ("2016-10-31", "2017-10-31"):
        done = run("forecast", table, "--as-of", day, "--model", "zero", "--draws", 20, "-o", tmp_path / "f.parquet")
        assert done.exit_code == 0, done.output
        assert "1 stored forecast scored" in done.output
    assert len(list((board / "scores").glob("*.json"))) == 2
