"""`seamwatch near-repeat` and `seamwatch effect` on an invented table."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.errors import ConfigError, ModelError

runner = CliRunner()
FIRST = date(2008, 1, 1)
NAMES = ("Birch", "Cedar", "Delta", "Fjord", "Grove", "Haven", "Inlet", "Jasper", "Karst", "Lagoon", "Orchid", "Tundra")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve districts in a row, the first with a quarter of its attacks from 2014 on; each raid has another behind."""
    rng = np.random.default_rng(0)
    lines = ["id,date,lat,lon,where_prec,type,adm1,adm2"]
    for n in range(12):
        for day in range(0, 2600):
            rate = 0.06 if n or day < (date(2014, 1, 1) - FIRST).days else 0.015
            for k in range(rng.poisson(rate)):
                lat, lon = 34 + rng.uniform(0, 0.3), 40 + n + rng.uniform(0, 0.3)
                for after in (0, 3):
                    when = FIRST + timedelta(days=day + after)
                    lines.append(f"{n}-{day}-{k}-{after},{when},{lat:.5f},{lon:.5f},1,raid,G,{NAMES[n]}")
    file = tmp_path_factory.mktemp("events") / "events.csv"
    file.write_text("\n".join(lines), "utf-8")
    return file


def run(*args: str) -> str:
    result = runner.invoke(app, list(args), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_near_repeats_in_words_as_json_and_as_a_page(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    args = ["near-repeat", str(table), "--after", "raid", "--permutations", "99"]
    text = run(*args, "--out", str(page))
    assert text.startswith("After a raid, ") and "the usual risk of another raid within" in text
    assert "<svg" in page.read_text("utf-8")
    assert len({len(line) for line in text.splitlines()[2:8]}) == 1  # columns stand under each other
    (told,) = json.loads(run(*args, "--as-of", "2010-12-31", "--lag-days", "30", "--json"))
    assert told["last_day"] <= "2010-12-01" and len(told["cells"]) == 20
    week = told["cells"][1]
    assert week["to_km"] == 0.1 and (week["from_day"], week["to_day"]) == (1, 7) and week["observed"] > 50


def test_an_effect_in_words_as_json_and_as_a_page(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    args = ["effect", str(table), "--date", "2014-01-01", "--area", "birch"]
    text = run(*args, "--out", str(page))
    assert "placebo dates show as much" in text and "Synthetic control of 11 comparison areas" in text
    assert "<svg" in page.read_text("utf-8")
    told = json.loads(run(*args, "--json"))
    assert told["areas"] == ["Birch"] and told["control"]["ratio"][1] < 0.5
    assert told["control"]["placebo_areas"]["p"] == pytest.approx(1 / 12)


def test_what_cannot_be_told_is_said_first(table: Path) -> None:
    text = run("effect", str(table), "--date", "2015-01-01", "--area", "Birch,Cedar")
    assert text.startswith("The interrupted series cannot be reckoned: ")


def test_wrong_types_and_areas_are_told_with_those_that_there_are(table: Path) -> None:
    with pytest.raises(ConfigError, match="its types are: raid"):
        run("near-repeat", str(table), "--after", "IED")
    with pytest.raises(ModelError, match=r"no area 'Nowhere'.*Delta"):
        run("effect", str(table), "--date", "2014-01-01", "--area", "Nowhere")
