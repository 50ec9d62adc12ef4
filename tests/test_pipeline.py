"""The whole flow on small folders: read once, kept, and coded anew when the pack changes."""

import shutil
from pathlib import Path

import pytest

from seamwatch import single
from seamwatch.code import code_report
from seamwatch.errors import ConfigError
from seamwatch.ledger import Node, verify
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack, load_pack
from seamwatch.pipeline import build_picture
from seamwatch.place import load_words
from seamwatch.place.imports.run import import_file
from seamwatch.single import coder_name

PACK = load_pack()
HEAD = "Title: {}\nSource: {}\nDate: 2022-03-10\n\n"
ONE = HEAD.format("Post attacked", "a desk") + (
    "Gunmen attacked a police post in Daquq on Wednesday, killing two policemen.\n"
)
TWO = HEAD.format("Attack near Daquq", "another desk") + (
    "Two policemen were killed on Wednesday when gunmen attacked a post in Daquq, officials said.\n"
)
QUIET = HEAD.format("Schools open", "a desk") + "The schools of Daquq opened on Thursday after the holiday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "تقارير my reports"
    found.mkdir()
    for name, text in (("one.txt", ONE), ("دوو.txt", TWO), ("quiet day.txt", QUIET)):
        (found / name).write_text(text, "utf-8")
    return found


def test_reports_become_one_incident_with_both_claims(folder: Path, tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        picture = build_picture(folder, node, PACK)
    assert (picture.reading.reports, picture.new, picture.reading.errors) == (3, 3, ())
    assert len(picture.incidents) == 1
    incident = picture.incidents[0]
    assert set(incident.sources) == {"a desk", "another desk"} and len(incident.members) == 2
    killed = incident.record.figure("killed", "forces")
    assert killed is not None and (killed.low, killed.high) == (2, 2)
    assert incident.record.location is not None and incident.record.location.lat is not None


def test_the_same_folder_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node:
        first = build_picture(folder, node, PACK)
        head = node.head()
        shutil.copy(folder / "one.txt", folder / "copy of one.txt")
        again = build_picture(folder, node, PACK)
        assert node.head() == head
    assert (again.reading.reports, again.new) == (4, 0) and again.incidents == first.incidents
    assert verify(tmp_path / "n.sqlite").faults == ()


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    with Node.open(tmp_path / "n.sqlite") as node:
        picture = build_picture(folder, node, PACK)
        assert [e.kind for e in node.log(last=1)] == ["import"]
    assert picture.new == 3 and len(picture.reading.errors) == 1 and "empty.pdf" in str(picture.reading.errors[0])


def test_a_changed_pack_codes_anew_and_keeps_the_older_coding(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.toml").write_text('name = "mine"\nextends = "iraq"\n', "utf-8")
    mine = load_pack(tmp_path / "pack")
    assert coder_name(mine) != coder_name(PACK)
    with Node.open(tmp_path / "n.sqlite") as node:
        build_picture(folder, node, PACK)
        picture = build_picture(folder, node, mine)
        assert picture.new == 0 and {c.coder for c in node.codings()} == {coder_name(mine)}
        assert len(node.log(kind="coding")) == 6 and len(node.log(kind="report")) == 3


def test_an_imported_list_of_places_codes_anew_and_is_used_in_every_process(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = ONE.replace("in Daquq", "in the village of Zorkavin, Daquq district,")
    (folder / "one.txt").write_text(village, "utf-8")
    (tmp_path / "mine.csv").write_text(
        "name,lat,lon,district,governorate\nZorkavin,35.21,44.41,Daquq,Kirkuk\n", "utf-8"
    )
    with Node.open(tmp_path / "n.sqlite") as node:
        before = build_picture(folder, node, PACK)
        assert "Zorkavin" in before.unknown_places
        import_file(tmp_path / "mine.csv", tmp_path / "own.sqlite", load_words(PACK), country="IQ", licence="CC0")
        monkeypatch.setenv("SEAMWATCH_GAZETTEER", str(tmp_path / "own.sqlite"))
        picture = build_picture(folder, node, PACK, jobs=2)
        points = {
            d.location.source: (d.location.lat, d.location.lon) for c in node.codings() for d in c.drafts if d.location
        }
    assert picture.new == 0 and "Zorkavin" not in picture.unknown_places
    assert points["mine (CC0)"] == (35.21, 44.41)


def test_two_processes_give_the_same_picture(folder: Path, tmp_path: Path) -> None:
    with Node.open(tmp_path / "a.sqlite") as one, Node.open(tmp_path / "b.sqlite") as two:
        assert build_picture(folder, one, PACK).incidents == build_picture(folder, two, PACK, jobs=2).incidents


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with Node.open(tmp_path / "n.sqlite") as node, pytest.raises(ConfigError, match="no such folder"):
        build_picture(tmp_path / "nowhere", node, PACK)


def test_an_unreadable_file_is_entered_once(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    with Node.open(tmp_path / "n.sqlite") as node:
        build_picture(folder, node, PACK)
        head = node.head()
        assert build_picture(folder, node, PACK).exit_code == 1 and node.head() == head


def test_a_fault_of_ours_costs_one_report_and_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(report: Report, pack: Pack, *, fast: bool = False, heads: object = None) -> Coding:
        if "Schools" in report.title:
            raise KeyError("tell")
        return code_report(report, pack, fast=fast)

    monkeypatch.setattr(single, "code_report", faulty)
    with Node.open(tmp_path / "n.sqlite") as node:
        picture = build_picture(folder, node, PACK)
    assert picture.new == 3 and len(picture.incidents) == 1 and picture.exit_code == 1
    assert [note for note in picture.notes if single.NOT_CODED in note and "tell" in note]
    monkeypatch.undo()
    with Node.open(tmp_path / "n.sqlite") as node:
        picture = build_picture(folder, node, PACK)
        assert picture.exit_code == 0 and not picture.notes, "tried again on the next run"
        head = node.head()
        assert build_picture(folder, node, PACK).exit_code == 0 and node.head() == head


def test_a_node_may_lie_among_the_reports(folder: Path) -> None:
    for _ in range(2):
        with Node.open(folder / "my.sqlite") as node:
            picture = build_picture(folder, node, PACK)
        assert picture.exit_code == 0 and picture.reading.files == 3 and "my.sqlite" in picture.reading.skipped
    shutil.copy(folder / "my.sqlite", folder / "other.sqlite")
    with Node.open(folder / "my.sqlite") as node:
        assert "other.sqlite" in str(build_picture(folder, node, PACK).reading.errors[0])


def test_a_language_that_the_pack_does_not_speak_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le poste de police a été attaqué lundi soir près de Kirkouk par des hommes armés.")
    with Node.open(tmp_path / "n.sqlite") as node:
        picture = build_picture(tmp_path / "a.txt", node, PACK)
    assert dict(picture.notes) == {f"{single.STRANGE_LANGUAGE} fr": 1} and picture.exit_code == 0
