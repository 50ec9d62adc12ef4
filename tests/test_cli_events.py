"""`seamwatch events`: what a user sees, and how it ends."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.errors import SeamwatchError

GOOD = "a,2017-03-01,35.5,44.4,1,sb,3\n"
HEAD = "id,date,lat,lon,where_prec,violence,deaths\n"
runner = CliRunner()


def run(*args: str, code: int = 0) -> str:
    result = runner.invoke(app, ["events", *args], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_a_clean_table_is_summed_up(tmp_path: Path) -> None:
    file = tmp_path / "my events.csv"
    file.write_text(HEAD + GOOD + "b,2017-04-01,35.5,44.4,4,os,\n")
    told = run("check", str(file))
    assert "own table: 2 rows, 2 events" in told and "2017-03-01 to 2017-04-01" in told and "no problems" in told
    assert "state-based 1, one-sided 1" in told and "exact 1, governorate 1" in told and "3 in 1 event" in told


def test_problems_are_told_row_by_row_and_rows_left_out_end_with_1(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text(HEAD + GOOD + "b,2017-04-01,35.5,44.4,1,sb,many\n")
    assert "line 3, deaths" in run("check", str(file))
    file.write_text(HEAD + GOOD + "".join(f"x{n},2017-04-31,35,44,1,sb,1\n" for n in range(30)))
    told = run("check", str(file), code=1)
    assert told.count("row left out") == 20 and "and 10 more problems: --all shows them" in told
    assert run("check", str(file), "--all", code=1).count("row left out") == 30


def test_json_has_all_problems(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text(HEAD + GOOD + "".join(f"x{n},,35,44,1,sb,1\n" for n in range(30)))
    told = json.loads(run("check", str(file), "--json", code=1))
    assert (told["kind"], told["rows"], told["events"], told["left_out"], len(told["problems"])) == (
        "own",
        31,
        1,
        30,
        30,
    )
    assert told["problems"][0]["line"] == 3 and len(told["sha256"]) == 64


def test_words_of_strangers_do_not_move_the_cursor(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text(HEAD + "a,\x1b[2J2017,35,44,1,sb,1\n", "utf-8")
    assert "\x1b" not in run("check", str(file), code=1)


def test_what_is_no_table_ends_with_one_error(tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text("name,age\na,3\n")
    with pytest.raises(SeamwatchError, match="its columns are name, age"):
        run("check", str(file))
    with pytest.raises(SeamwatchError, match="no such node"):
        run("export", "--node", str(tmp_path / "none.sqlite"), "--out", str(tmp_path / "o.csv"))


def test_a_node_is_exported_and_passes_the_check(tmp_path: Path) -> None:
    text = "Two policemen were killed when gunmen attacked a police post in Daquq on Wednesday."
    line = {"id": "a", "published": "2022-03-10", "source": "x", "title": "Daquq", "text": text}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "all.jsonl").write_text(json.dumps(line), "utf-8")
    node, target = tmp_path / "n.sqlite", tmp_path / "events.csv"
    runner.invoke(app, ["watch", str(tmp_path / "in"), "--node", str(node)], catch_exceptions=False)
    assert "1 event written" in run("export", "--node", str(node), "--out", str(target))
    assert "node: 1 row, 1 event" in run("check", str(node))
    assert "1 row, 1 event" in run("check", str(target)) and "no problems" in run("check", str(target))
