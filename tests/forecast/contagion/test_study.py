import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.events import Events, sorted_events
from seamwatch.forecast.contagion.catalogue import catalogue
from seamwatch.forecast.contagion.intervals import by_bootstrap, by_curvature
from seamwatch.forecast.contagion.kernel import Part
from seamwatch.forecast.contagion.pairs import Reach
from seamwatch.forecast.contagion.residuals import check_days, excess, expected_by_day
from seamwatch.forecast.contagion.simulate import simulate
from seamwatch.forecast.contagion.study import fit_catalogue, study, told
from seamwatch.forecast.contagion.window import Window
from seamwatch.forecast.contagion.words import study_lines

REACH = Reach(60.0, 5.0, daily=True)


def table(k: float, seed: int, days: int = 400, rate: float = 5.0) -> Events:
    def place(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        return rng.normal(0, 25, n), rng.normal(0, 25, n)

    points = simulate(rate, place, [Part(0, k, 0.2, 1.0)] if k else [], Window(0, days - 1), REACH, seed)
    n, day = len(points), np.datetime64("2010-01-01") + points.t.astype(np.int64)
    lat, lon = 35 + points.y / 111.2, 44 + points.x / 111.2 / np.cos(np.radians(35))
    ids = [f"{i:05}" for i in range(n)]
    return sorted_events({"ids": ids, "start": day, "end": day, "lat": lat, "lon": lon, "where_prec": np.ones(n)})


@pytest.fixture(scope="module")
def some() -> Events:
    return table(0.5, 1)


def test_a_study_finds_the_truth_and_says_what_it_rests_on(some: Events) -> None:
    found = study(some, reach=REACH)
    said = json.loads(json.dumps(told(found)))
    branching = said["branching_ratio"]
    assert branching["low"] < 0.5 < branching["high"] and branching["high"] - branching["low"] < 0.25
    (kind,) = said["by_type"]
    assert kind["events"] == said["events"] == len(some)
    assert sum(part["k"]["value"] for part in kind["parts"]) == pytest.approx(kind["offspring"]["value"], rel=1e-3)
    assert said["held_out"]["interval"][0] > 0
    assert (
        said["residuals"]["counts_by_day"]["p"] > 0.01 and 0.7 < said["residuals"]["counts_by_day"]["dispersion"] < 1.4
    )
    text = "\n".join(study_lines(found))
    assert "Null hypothesis: k = 0" in text and "not causation" in text and "better" in text


def test_clustering_is_gone_once_the_model_is_taken_out(some: Events) -> None:
    model, past = fit_catalogue(catalogue(some), 399, REACH)
    left = excess(model, past, 2.0, 14.0)
    assert left.before > 1.3 and left.before_p <= 0.02 and left.after == pytest.approx(1, abs=0.25)
    assert expected_by_day(model, past).sum() == pytest.approx(len(model.target_days), rel=1e-3)


def test_days_with_swings_of_their_own_are_found_out() -> None:
    calm = table(0.3, 4)
    doubled = np.concatenate([np.arange(len(calm)), np.flatnonzero(np.isin(calm.end.astype(int) % 10, [0, 1, 2]))])
    swinging = replace(calm.where(np.sort(doubled)), ids=np.arange(len(doubled)).astype(str))
    model, past = fit_catalogue(catalogue(swinging), 399, REACH)
    check = check_days(model, past)
    assert check.dispersion > 1.4 and check.p < 0.01


def test_bootstrap_and_curvature_agree_roughly() -> None:
    model, past = fit_catalogue(catalogue(table(0.4, 6, 300, 4.0)), 299, REACH)
    assert len(model.parts) == 1  # a second would not pay
    one = np.ones(1)
    curved, again = by_curvature(model), by_bootstrap(model, past, 12)
    assert again.draws[:, 0, 0].mean() == pytest.approx(model.parts[0].k, abs=0.12)
    (a, b), (c, d) = curved.interval_of_sum(one), again.interval_of_sum(one)
    assert 0.3 < (b - a) / (d - c) < 3
    assert curved.interval(curved.draws[:, 0, 0]) == pytest.approx((a, b), rel=0.05)


def test_as_of_sees_nothing_later(some: Events) -> None:
    early = some.end <= np.datetime64("2010-11-30")
    a = told(study(some, as_of=date(2010, 11, 30), reach=REACH))
    assert a == told(study(some.where(early), reach=REACH))
    late = told(study(some, as_of=date(2010, 12, 3), lag_days=3, reach=REACH))
    assert late == a


def test_short_tables_are_not_held_out() -> None:
    found = study(table(0.4, 7, 120), reach=REACH)
    assert found.gain is None
    assert "Nothing is said" in "\n".join(study_lines(found))


def test_the_command(tmp_path: Path, some: Events) -> None:
    file = tmp_path / "events.csv"
    rows = [f"{d},{a:.5f},{b:.5f}" for d, a, b in zip(some.end, some.lat, some.lon, strict=True)]
    file.write_text("date,lat,lon\n" + "\n".join(rows) + "\n", "utf-8")
    run = CliRunner().invoke(app, ["contagion", "fit", str(file), "--days", "60", "--json"])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["events"] == len(some)
    few = tmp_path / "few.csv"
    few.write_text("date,lat,lon\n" + "\n".join(rows[:20]) + "\n", "utf-8")
    run = CliRunner().invoke(app, ["contagion", "fit", str(few)])
    assert run.exit_code != 0 and "at least 100" in str(run.exception)
