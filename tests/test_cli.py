"""The commands as a user calls them, and that each is documented."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from seamwatch.cli import app
from seamwatch.errors import BriefError, ConfigError, SeamwatchError

DOCS = Path(__file__).parents[1] / "docs" / "cli.md"
README = Path(__file__).parents[1] / "README.md"
LINES = [
    {
        "id": "a",
        "published": "2022-03-10",
        "source": "x",
        "title": "Post attacked",
        "text": "Gunmen attacked a police post in Daquq on Wednesday, killing two policemen.",
    },
    {
        "id": "b",
        "published": "2022-03-10",
        "source": "y",
        "title": "Daquq",
        "text": "Two policemen were killed when gunmen attacked a police post in Daquq on Wednesday.",
    },
    {"id": "c", "published": None, "title": "Weather", "text": "Rain is expected in the mountains."},
]
runner = CliRunner()


def run(*args: str, code: int = 0) -> str:
    result = runner.invoke(app, list(args), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("my reports")
    (folder / "in").mkdir()
    (folder / "in" / "all.jsonl").write_text("\n".join(json.dumps(line) for line in LINES), "utf-8")
    run("watch", str(folder / "in"), "--node", str(folder / "n.sqlite"))
    return folder / "n.sqlite"


def test_every_command_is_documented_and_has_help() -> None:
    text = DOCS.read_text("utf-8")
    names = command_names()
    assert len(names) >= 11
    for name in names:
        assert f"seamwatch {name}" in text, f"{name} is not in docs/cli.md"
        assert len(run(*name.split(), "--help")) > 100


def command_names() -> set[str]:
    """Every command, those of a group with the group's name before them."""
    groups = [("", app)] + [(f"{g.name} ", g.typer_instance) for g in app.registered_groups if g.typer_instance]
    return {
        prefix + (c.name or c.callback.__name__)
        for prefix, group in groups
        for c in group.registered_commands
        if c.callback
    }


def test_what_the_readme_names_exists() -> None:
    names = {name.split()[0] for name in command_names()}
    used = set(re.findall(r"^seamwatch ([\w-]+)|`seamwatch ([\w-]+)", README.read_text("utf-8"), re.M))
    assert {a or b for a, b in used} <= names
    for path in re.findall(r"\]\(([^)#:]+)\)", README.read_text("utf-8")):
        assert (README.parent / path).exists(), path


def test_a_list_of_ones_own_is_imported_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, table = str(tmp_path / "own.sqlite"), tmp_path / "villages.csv"
    table.write_text("name,lat,lon,district,governorate\nZorkavin,35.21,44.41,Daquq,Kirkuk\nBad,x,y,,\n", "utf-8")
    told = run("gazetteer", "import", str(table), "--gazetteer", own, "--licence", "ours", code=1)
    assert "csv:villages: 1 place, 1 name, 0 areas, 1 bad row; licence: ours" in told and "record 2" in told
    assert "nothing new" in run("gazetteer", "import", str(table), "--gazetteer", own)
    status = json.loads(run("gazetteer", "status", "--gazetteer", own, "--json"))
    assert [(s["id"], s["places"], s["state"]) for s in status["imported"]] == [("csv:villages", 1, "ready")]
    assert any("polygons" in line for line in status["missing"])
    told = run("gazetteer", "status", "--gazetteer", own)
    assert "csv:villages" in told and "missing" in told
    monkeypatch.setenv("SEAMWATCH_GAZETTEER", own)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    line = LINES[0] | {
        "text": "Gunmen attacked a police post in Zorkavin, Daquq district, on Wednesday, killing two policemen."
    }
    source.write_text(json.dumps(line), "utf-8")
    run("code", str(source), "-o", str(target))
    assert json.loads(target.read_text("utf-8"))["incidents"][0]["lat"] == 35.21
    assert "removed csv:villages" in run("gazetteer", "remove", "csv:villages")
    assert "0 lists indexed" in run("gazetteer", "reindex")


def test_a_named_gazetteer_that_is_not_there_stops_the_command(tmp_path: Path) -> None:
    for args in (("status",), ("reindex",), ("remove", "x")):
        with pytest.raises(ConfigError, match="no such gazetteer"):
            run("gazetteer", *args, "--gazetteer", str(tmp_path / "none.sqlite"))


def test_code_writes_a_line_for_each_report(tmp_path: Path) -> None:
    source, target = tmp_path / "in put.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in LINES) + "\nnot json\n", "utf-8")
    run("code", str(source), "-o", str(target), code=1)
    coded = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [line["id"] for line in coded] == ["a", "b", "c"]
    assert coded[0]["incidents"][0]["toll"]["forces"]["killed"] == 2 and coded[2]["incidents"] == []
    clusters = tmp_path / "clusters.json"
    run("merge", str(target), "-o", str(clusters))
    assert ["a#0", "b#0"] in json.loads(clusters.read_text("utf-8"))


def test_places_writes_a_line_for_each_text_and_an_error_for_each_bad_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": 1, "text": "Rain fell in Kirkuk, Iraq."},
        {"id": "b", "text": "Rain fell in Kirkuk.", "spans": [[13, 19]]},
        {"id": "c", "text": "nothing"},
        {"id": "d", "text": "short", "spans": [[2, 90]]},
    ]
    source.write_text("\n".join(json.dumps(line) for line in lines) + "\nnot json\n", "utf-8")
    run("places", str(source), "-o", str(target), code=1)
    placed = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [line["id"] for line in placed] == [1, "b", "c"] and placed[2]["toponyms"] == []
    assert [t["text"] for t in placed[0]["toponyms"]] == ["Kirkuk", "Iraq"]
    (kirkuk,) = placed[1]["toponyms"]
    assert set(kirkuk) >= {"start", "end", "name", "lat", "lon", "country", "radius_km", "precision", "score"}


def test_two_processes_write_the_same(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in LINES), "utf-8")
    run("code", str(source), "-o", str(tmp_path / "1"))
    run("code", str(source), "-o", str(tmp_path / "2"), "--jobs", "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_incidents_in_every_format(node: Path) -> None:
    assert "Daquq" in run("incidents", "--node", str(node))
    assert len(json.loads(run("incidents", "--node", str(node), "--json"))) == 1
    assert len(json.loads(run("incidents", "--node", str(node), "--geojson"))["features"]) == 1
    assert len(list(csv.DictReader(io.StringIO(run("incidents", "--node", str(node), "--csv"))))) == 1


def test_watch_speaks_json(node: Path) -> None:
    said = json.loads(run("watch", str(node.parent / "in"), "--node", str(node), "--json"))
    assert (said["read"], said["new"], said["incidents"], said["errors"]) == (3, 0, 1, [])


def test_brief_log_verify(node: Path, tmp_path: Path) -> None:
    said = run("brief", "--node", str(node), "--out", str(tmp_path / "briefs"), "--lang", "en,ckb")
    for name in ("brief.html", "brief.pdf", "brief.ckb.html", "brief.ckb.pdf"):
        assert (tmp_path / "briefs" / name).stat().st_size > 5000 and name in said
    assert "report" in run("log", "--node", str(node)) and "all in order" in run("verify", str(node))
    assert json.loads(run("log", "--node", str(node), "-n", "1", "--json"))["kind"] == "brief"


def test_explain(node: Path, tmp_path: Path) -> None:
    report = tmp_path / "2022-03-10 a post.txt"
    report.write_text("Post attacked\n\n" + LINES[0]["text"], "utf-8")
    assert "armed clash" in run("explain", str(report))
    run("explain", str(report), "--html", str(tmp_path / "page.html"))
    assert "<mark" in (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ["watch", "no such folder", "--node", "{tmp}/n.sqlite"],
        ["incidents", "--node", "{tmp}/none.sqlite"],
        ["brief", "--node", "{tmp}/none.sqlite", "--out", "{tmp}"],
        ["explain", "{tmp}/none.txt"],
        ["watch", "{tmp}", "--node", "{tmp}/n.sqlite", "--pack", "atlantis"],
        ["watch", "", "--node", "{tmp}/n.sqlite"],
        ["explain", ""],
        ["explain", "{tmp}"],
    ],
)
def test_what_is_wrong_is_one_line_and_no_trace(args: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "seamwatch", *(a.replace("{tmp}", str(tmp_path)) for a in args)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"COLUMNS": "400"}, check=False)
    assert done.returncode == 1 and done.stderr.startswith("error: ") and done.stderr.count("\n") == 1


def test_wrong_calls_are_exit_code_two() -> None:
    run("code", "nowhere.jsonl", "-o", "x", code=2)
    run("watch", code=2)


def test_the_python_of_the_docs_runs(node: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my reports").mkdir()
    (tmp_path / "my reports" / "a.jsonl").write_text(json.dumps(LINES[0]), "utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    exec(example, {})
    assert (tmp_path / "briefs" / "brief.ar.html").exists()


def test_a_head_that_was_noted_is_found_again(node: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(node.read_bytes())
    head = re.search(r"head (\d+:[0-9a-f]{64}): all in order", run("verify", "--node", str(copy)))
    assert head is not None
    run("verify", str(copy), "--expect", head[1])
    run("verify", str(copy), "--expect", head[1][:-4] + "0000", code=1)
    with pytest.raises(ConfigError, match="rule: N:HASH"):
        run("verify", str(copy), "--expect", "1:abc")
    run("verify", code=2)


def shell(*args: str, tmp_path: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "seamwatch", *args]
    return subprocess.run(command, capture_output=True, cwd=tmp_path, env=os.environ | (env or {}), check=False)


@pytest.mark.skipif(
    not str(README).isascii(),
    reason="needs a checkout under an ASCII path: Python 3.11 itself cannot read an editable install's path otherwise",
)
def test_arabic_comes_out_in_a_locale_that_does_not_know_it(node: Path, tmp_path: Path) -> None:
    poor = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    report = tmp_path / "تقرير.txt"
    report.write_text("قتل شرطيان بهجوم لمسلحين على نقطة للشرطة في داقوق يوم 9 آذار 2022.", "utf-8")
    done = shell("watch", str(tmp_path), "--node", "n.sqlite", "--json", tmp_path=tmp_path, env=poor)
    assert done.returncode == 0 and json.loads(done.stdout.decode("utf-8"))["incidents"] == 1, done.stderr
    for args in (["explain", str(report)], ["incidents", "--node", "n.sqlite", "--csv"]):
        done = shell(*args, tmp_path=tmp_path, env=poor)
        assert done.returncode == 0 and "داقوق" in done.stdout.decode("utf-8"), done.stderr


def test_the_input_is_not_overwritten_and_half_a_file_never_left(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(line) for line in LINES), "utf-8")
    held = source.read_bytes()
    for command in ("code", "merge", "places"):
        with pytest.raises(ConfigError, match="would be overwritten"):
            run(command, str(source), "-o", str(tmp_path / "." / "in.jsonl"))
        assert source.read_bytes() == held
    done = shell("code", "in.jsonl", "-o", "no folder/out.jsonl", tmp_path=tmp_path)
    assert done.returncode == 1 and done.stderr == b"error: no folder/out.jsonl: No such file or directory\n"
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


def test_explain_goes_on_after_what_cannot_be_read(tmp_path: Path) -> None:
    source = tmp_path / "mixed.jsonl"
    source.write_text("not json\n".join(json.dumps(line) + "\n" for line in LINES), "utf-8")
    assert run("explain", str(source), code=1).count("coded by rules") == len(LINES)


def test_names_of_files_are_no_markup(node: Path, tmp_path: Path) -> None:
    said = run("brief", "--node", str(node), "--out", str(tmp_path / "[red]b :smile:"), "--lang", " EN ,")
    assert "[red]b :smile:" in said.replace("\n", "")
    with pytest.raises(BriefError, match="got xx"):
        run("brief", "--node", str(node), "--out", str(tmp_path), "--lang", "xx")


def test_demo(tmp_path: Path) -> None:
    said = run("demo", "--out", str(tmp_path / "out"), "--lang", "en")
    assert "33 reports read (33 new" in said and "brief.html" in said and "brief.pdf" in said
    assert (tmp_path / "out" / "demo.sqlite").exists()
    assert "33 reports read (0 new" in run("demo", "--out", str(tmp_path / "out"), "--lang", "en")


def test_review_and_decide(node: Path, tmp_path: Path) -> None:
    import shutil

    mine = tmp_path / "n.sqlite"
    shutil.copy(node, mine)
    drafts = json.loads(run("incidents", "--node", str(mine), "--json"))[0]["members"]
    assert len(drafts) == 2 and "items; answer with" in run("review", "--node", str(mine)).replace("item;", "items;")
    assert isinstance(json.loads(run("review", "--node", str(mine), "--json")), list)
    told = run("decide", "not-same", *drafts, "--node", str(mine), "--role", "analyst")
    entry = re.search(r"entry (\d+)", told)
    assert entry and len(json.loads(run("incidents", "--node", str(mine), "--json"))) == 2
    told = run("decide", "undo", entry[1], "--node", str(mine), "--role", "analyst", "--json")
    assert len(json.loads(told)["incidents"]) == 1
    with pytest.raises(SeamwatchError, match="no draft"):
        run("decide", "reject", "gone#0", "--node", str(mine), "--role", "analyst")


def test_rate(node: Path, tmp_path: Path) -> None:
    import shutil

    mine = tmp_path / "n.sqlite"
    shutil.copy(node, mine)
    (incident,) = json.loads(run("incidents", "--node", str(mine), "--json"))
    first = incident["members"][0].rpartition("#")[0]
    as_analyst = ("--node", str(mine), "--role", "analyst", "--why", "the record of two years")
    assert "undo it with" in run("decide", "rate-source", "x", "B", *as_analyst)
    (rated,) = json.loads(run("decide", "rate-report", first, "2", *as_analyst, "--json"))["incidents"]
    of_x = {c["source_reliability"] for c in rated["claims"] if c["source"] == "x"}
    of_first = {c["information_credibility"] for c in rated["claims"] if c["draft"] == incident["members"][0]}
    assert (of_x, of_first) == ({"B"}, {"2"}) and rated["credibility_suggested"] == "2"
    assert "the record of two years" in run("log", "--node", str(mine), "--kind", "decision", "--json")
    with pytest.raises(SeamwatchError, match="no report from a source"):
        run("decide", "rate-source", "nobody", "B", *as_analyst)
