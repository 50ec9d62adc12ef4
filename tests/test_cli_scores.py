"""`seamwatch scores`: what a user sees of the board."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.clock import month_id
from seamwatch.errors import SeamwatchError
from seamwatch.forecast.board import store
from seamwatch.forecast.task import Panel
from seamwatch.geo import priogrid_gid, priogrid_middle

CELL, OCTOBER = priogrid_gid(35.2, 44.3), month_id(date(2016, 10, 1))
runner = CliRunner()


def run(*args: str, code: int = 0) -> str:
    result = runner.invoke(app, ["scores", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def board(tmp_path: Path) -> Path:
    lat, lon = priogrid_middle(CELL)
    panel = Panel(np.array([CELL]), np.array([lat]), np.array([lon]), OCTOBER - 11, np.full((1, 12), 3, np.int32))
    store(
        tmp_path / "board",
        panel,
        [OCTOBER + 3, OCTOBER + 4],
        np.full((1, 2, 10), 2, dtype=np.int32),
        as_of=date(2016, 10, 31),
        lag_days=0,
        model="stack",
        seed=1,
        count="deaths",
        violence="sb",
        coarse="spread",
        data="mine.csv",
        kind="own",
        sha256="a" * 64,
    )
    return tmp_path / "board"


def table(folder: Path, last: str) -> str:
    path = folder / "newer.csv"
    path.write_text(f"id,date,lat,lon,violence,deaths\na,2017-01-03,35.2,44.3,sb,2\nb,{last},35.2,44.3,sb,2\n")
    return str(path)


def test_waiting_then_scored_then_kept(board: Path, tmp_path: Path) -> None:
    told = run("--board", str(board))
    assert "2016-10-31" in told and "stack" in told and "2017-01 to 2017-02" in told and "0 scored just now" in told
    told = run(table(tmp_path, "2017-01-31"), "--board", str(board))
    assert "scored 2017-01, just now; waiting for 2017-02" in told and "1 scored just now" in told
    assert "CRPS 2.000, conflictology 12 1.000: gain -1.000 (-1.000 to -1.000)" in told
    assert "held in 0% of 1 active cell-month" in told
    told = run(table(tmp_path, "2017-02-28"), "--board", str(board))
    assert "scored 2017-01 to 2017-02, just now" in told and "1 former score kept" in told
    assert "0 scored just now" in run("--board", str(board))
    assert (
        run(table(tmp_path, "2017-02-15"), "--board", str(board), "--known-until", "2017-02-28").count(", just now")
        == 1
    )


def test_json_has_cards_and_scores(board: Path, tmp_path: Path) -> None:
    (told,) = json.loads(run(table(tmp_path, "2017-01-31"), "--board", str(board), "--json"))
    assert (told["model"], told["over"], told["is_new"]) == ("stack", [OCTOBER + 3], True)
    assert set(told["score"]["figures"]) == {"crps", "ign", "mis", "brier", "coverage_50", "coverage_90"}


def test_an_empty_board_and_a_table_without_events_are_told(tmp_path: Path) -> None:
    assert "no forecast is stored" in run("--board", str(tmp_path))
    (tmp_path / "e.csv").write_text("id,date,lat,lon\n")
    with pytest.raises(SeamwatchError, match="no event"):
        run(str(tmp_path / "e.csv"), "--board", str(tmp_path))
