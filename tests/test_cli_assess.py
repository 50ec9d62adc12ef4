"""`seamwatch assess`: what a user sees, and how it ends."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.errors import ConfigError

LAST = date(2017, 6, 30)
FAST = ("--past", "60", "--runs", "19")
runner = CliRunner()


def run(*args: str, code: int = 0) -> str:
    result = runner.invoke(app, ["assess", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two districts, the second of which doubles and doubles again in the last eight weeks."""
    rng = np.random.default_rng(8)
    rows = ["id,date,lat,lon,where_prec,adm1,adm2,target"]
    for week in range(80):
        for name, lat, rate in (("Daquq", 35.14, 1.0), ("Dibis", 35.67, 5.0 if week < 8 else 1.0)):
            for k in range(rng.poisson(rate)):
                day = LAST - timedelta(days=7 * week + int(rng.integers(7)))
                rows.append(f"{name}{week}-{k},{day},{lat},44.2,1,Kirkuk,{name},{'forces' if k % 2 else 'villagers'}")
    file = tmp_path_factory.mktemp("assess") / "events.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    return file


def test_words_and_a_page(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = run(str(table), "--as-of", str(LAST), "--out", str(page), *FAST)
    assert "  ! Dibis: " in told and "  ! Daquq" not in told and f"As of {LAST}: the 8 weeks" in told
    assert f"Written: {page}" in told.replace("\n", "") and "Dibis" in page.read_text("utf-8")


def test_json_carries_the_datas_hash(table: Path) -> None:
    told = json.loads(run(str(table), "--json", "--by", "seam", "--target", "villagers", *FAST))
    assert len(told["sha256"]) == 64 and told["by"] == "seam" and told["target"] == "villagers"
    assert "PROXY" in told["resurgence"][0]["area"]


def test_months_and_cells(table: Path) -> None:
    told = run(str(table), "--as-of", str(LAST), "--unit", "month", "--by", "cell", "--past", "12", "--runs", "19")
    assert "the 3 months from 2017-04-01 to 2017-06-30" in told and "cell 1" in told


def test_what_cannot_be_asked_is_told(table: Path, tmp_path: Path) -> None:
    for args, word in (
        (("--by", "area"), "--areas"),
        (("--as-of", "2015-01-01"), "no events known"),
        (("--past", "5"), "26 or more"),
    ):
        with pytest.raises(ConfigError, match=word):
            run(str(table), *args)
    bare = tmp_path / "bare.csv"
    bare.write_text("id,date,lat,lon\na,2017-01-01,35,44\nb,2017-03-01,35,44\n", "utf-8")
    with pytest.raises(ConfigError, match="names no districts"):
        run(str(bare))
    with pytest.raises(ConfigError, match="no event is known to be against forces"):
        run(str(bare), "--by", "cell", "--target", "forces")
