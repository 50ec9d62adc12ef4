"""The score board: what is stored comes back, is scored once its months are over, and never loses a score."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from seamwatch.clock import month_id
from seamwatch.errors import ConfigError, ReadError
from seamwatch.events import Events, sorted_events
from seamwatch.forecast.board import COLUMNS, NONE, VARIABLE, Card, board_folder, draws_frame, read_board, store
from seamwatch.forecast.due import Truth, score_due, standing_now
from seamwatch.forecast.panel import grid_panel, task
from seamwatch.geo import priogrid_gid
from seamwatch.read.cells import read_cells
from seamwatch.read.event_table import read_events

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "events"
CELLS = (priogrid_gid(35.2, 44.3), priogrid_gid(36.2, 43.3))
AS_OF, OCTOBER = date(2016, 10, 31), month_id(date(2016, 10, 1))
MONTHS = tuple(range(OCTOBER + 3, OCTOBER + 15))


def happened(until: date = date(2017, 12, 31), deaths: int = 4) -> Events:
    """A death-dealing event in the first cell on the 15th and the 31st or so of every month from 2015 on."""
    days = [date(2015, 1, 1) + timedelta(days=n) for n in range((until - date(2015, 1, 1)).days + 1)]
    days = [day for day in days if day.day == 15 or (day + timedelta(days=1)).day == 1]
    columns = {"ids": [f"e{n}" for n in range(len(days))], "start": days, "end": days}
    n = len(days)
    columns |= {"lat": [35.2] * n, "lon": [44.3] * n, "where_prec": [1] * n, "violence": ["sb"] * n}
    return sorted_events(columns | {"deaths": [deaths] * n})


def put(folder: Path, draws: np.ndarray | None = None, **other: object) -> Card:
    panel = grid_panel(happened().known(AS_OF), CELLS, OCTOBER - 20, OCTOBER)
    given = {"as_of": AS_OF, "lag_days": 0, "model": "trees", "seed": 1, "count": "deaths", "violence": "sb"}
    given |= {"coarse": "spread", "data": "ged.csv", "kind": "ucdp", "sha256": "a" * 64}
    sure = np.tile(np.array([8, 0], dtype=np.int32)[:, None, None], (1, 12, 20))
    return store(folder, panel, MONTHS, sure if draws is None else draws, **(given | other))  # type: ignore[arg-type]


def truth(until: date = date(2017, 12, 31), deaths: int = 4, sha256: str = "b" * 64, kind: str = "ucdp") -> Truth:
    return Truth(happened(until, deaths), "newer.csv", kind, sha256, until)


def test_what_is_stored_comes_back_and_is_stored_once(tmp_path: Path) -> None:
    draws = np.random.default_rng(1).poisson(3, (2, 12, 50)).astype(np.int32)
    card = put(tmp_path, draws)
    (stored,), errors = read_board(tmp_path)
    assert stored.card == card and not errors and np.array_equal(stored.draws(), draws)
    assert card.recent == ((8,) * 12, (0,) * 12) and card.name.startswith("2016-10-31_trees_")
    assert put(tmp_path, draws) == card and len(list(tmp_path.glob("*.json"))) == 1
    assert put(tmp_path, draws, seed=2) != card and len(read_board(tmp_path)[0]) == 2
    frame = pl.read_parquet(tmp_path / f"{card.name}.parquet")
    assert tuple(frame.columns) == COLUMNS and set(frame.dtypes) == {pl.Int32}


def test_a_name_of_a_model_is_no_path(tmp_path: Path) -> None:
    assert (tmp_path / f"{put(tmp_path, model='../../x y').name}.json").is_file()


def test_draws_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="shape"):
        put(tmp_path, np.zeros((3, 12, 5), dtype=np.int32))


def test_months_that_are_over_are_scored_beside_the_benchmark_and_the_rest_waits(tmp_path: Path) -> None:
    put(tmp_path)
    (standing,), errors = score_due(tmp_path, truth(date(2017, 4, 30)))
    assert not errors and standing.is_new
    assert standing.over == MONTHS[:4] and standing.waiting == MONTHS[4:]
    assert standing.score is not None
    told = standing.score
    assert (told["cell_months"], told["happened"], told["active_cell_months"]) == (8, 32, 4)
    assert told["figures"]["crps"] == 0 and told["benchmark"]["crps"] == 0 and told["figures"]["coverage_90"] == 1
    assert told["gain"]["crps"] == {"mean": 0, "low": 0, "high": 0}


def test_figures_and_gain_are_of_what_happened(tmp_path: Path) -> None:
    put(tmp_path, np.zeros((2, 12, 20), dtype=np.int32))
    (standing,), _ = score_due(tmp_path, truth())
    assert standing.score is not None
    assert standing.score["figures"]["crps"] == 4 and standing.score["benchmark"]["crps"] == 0
    gain = standing.score["gain"]["crps"]
    assert gain["mean"] == -4 and gain["low"] == -8 and gain["high"] == 0


def test_nothing_is_over_before_its_day_and_its_lag(tmp_path: Path) -> None:
    put(tmp_path, lag_days=30)
    (standing,), _ = score_due(tmp_path, truth(date(2017, 2, 28)))
    assert standing.score is None and standing.waiting == MONTHS
    (standing,), _ = score_due(tmp_path, truth(date(2017, 3, 2)))
    assert standing.over == MONTHS[:1]


def test_the_same_truth_scores_once_a_revised_one_again_and_all_scores_stay(tmp_path: Path) -> None:
    put(tmp_path)
    assert score_due(tmp_path, truth())[0][0].is_new
    again = score_due(tmp_path, truth())[0][0]
    assert not again.is_new and again.former == 0
    revised = score_due(tmp_path, truth(deaths=5, sha256="c" * 64))[0][0]
    assert revised.is_new and revised.former == 1
    assert revised.score is not None and revised.score["figures"]["crps"] == 1
    (stored,), _ = read_board(tmp_path)
    assert [s["truth_sha256"][0] for s in stored.scores] == ["b", "c"]
    assert standing_now(stored).score == revised.score


def test_an_older_table_does_not_hide_the_score_of_more_months(tmp_path: Path) -> None:
    put(tmp_path)
    whole = score_due(tmp_path, truth())[0][0]
    older = score_due(tmp_path, truth(date(2017, 4, 30), sha256="c" * 64))[0][0]
    assert older.is_new and (older.over, older.score, older.former) == (MONTHS, whole.score, 1)


def test_a_truth_of_another_kind_or_place_says_why_it_does_not_score(tmp_path: Path) -> None:
    put(tmp_path)
    assert "kind" in score_due(tmp_path, truth(kind="acled"))[0][0].why_not
    elsewhere = happened()
    moved = sorted_events({n: getattr(elsewhere, n) for n in Events.__slots__} | {"lat": elsewhere.lat + 20})
    told = score_due(tmp_path, Truth(moved, "x", "ucdp", "d" * 64, date(2017, 12, 31)))[0][0]
    assert "none in its cells" in told.why_not and told.score is None


def test_what_is_broken_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    first, second = put(tmp_path), put(tmp_path, seed=2)
    (tmp_path / "other.json").write_text("{}")
    (tmp_path / f"{first.name}.parquet").write_bytes(b"altered")
    standings, errors = score_due(tmp_path, truth())
    assert [s.card.name for s in standings] == [second.name] and len(errors) == 2
    assert any("altered" in str(e) for e in errors)
    (tmp_path / f"{first.name}.parquet").unlink()
    assert any("No such file" in str(e) for e in score_due(tmp_path, truth())[1])
    assert read_board(tmp_path / "nowhere") == ((), ())


def test_rows_of_draws_are_in_the_form_that_is_asked_for() -> None:
    frame = draws_frame([5, 7], [400, 401], np.arange(12, dtype=np.int32).reshape(2, 2, 3))
    assert frame.row(0) == (5, 400, 0, 0) and frame.row(4) == (5, 401, 1, 4) and frame.row(11) == (7, 401, 2, 11)


def test_the_folder_is_named_or_none_or_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, NONE)
    assert board_folder() is None
    monkeypatch.setenv(VARIABLE, "/tmp/my board")
    assert board_folder() == Path("/tmp/my board")
    monkeypatch.delenv(VARIABLE)
    told = board_folder()
    assert told is not None and told.name == "forecasts"


def test_a_score_that_cannot_be_read_is_an_error_of_its_forecast(tmp_path: Path) -> None:
    card = put(tmp_path)
    score_due(tmp_path, truth())
    (file,) = (tmp_path / "scores").glob(f"{card.name}_*.json")
    assert json.loads(file.read_text())["known_until"] == "2017-12-31"
    file.write_text("{")
    stored, (error,) = read_board(tmp_path)
    assert not stored and isinstance(error, ReadError) and "no score" in str(error)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_iraq_2017_scores_as_it_was_measured_by_others_of_our_code(tmp_path: Path) -> None:
    ged = read_events(SHARED / "ged_iraq_1989_2017.csv.gz")
    cells = read_cells(SHARED / "iraq_cells.csv").gids
    asked = task(ged.events, AS_OF, range(3, 15), cells=cells, coarse="as-published", first_month=OCTOBER - 24)
    zero = np.zeros((168, 12, 1000), dtype=np.int32)
    given = {"as_of": AS_OF, "lag_days": 0, "model": "zero", "seed": 0, "count": "deaths", "violence": "sb"}
    given |= {"coarse": "as-published", "data": ged.name, "kind": ged.kind, "sha256": ged.sha256}
    store(tmp_path, asked.panel, MONTHS, zero, **given)  # type: ignore[arg-type]
    score = score_due(tmp_path, Truth.of(ged))[0][0].score
    assert score is not None
    assert score["figures"]["crps"] == pytest.approx(5.037, abs=5e-4)
    assert score["benchmark"]["crps"] == pytest.approx(4.93, abs=0.01)  # anchors/forecasting.md, section 6
