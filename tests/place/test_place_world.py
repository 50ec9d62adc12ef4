"""The world's index: built once, whole or not at all, in a folder that can be written."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest

from seamwatch.errors import GazetteerError
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, WorldIndex, WorldPlace, cache_folder, ensure_index, world
from seamwatch.place.world import write_index

PLACES = [(WorldPlace(7, "Lisbon", "PT", 38.72, -9.13, 517_802), ["Lisboa", "لشبونة"])]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A world of one place, with its cache and its temporary folder under the test's own."""
    monkeypatch.setattr(world, "_settlements", lambda tick: iter(PLACES))
    monkeypatch.setattr(world, "_countries", lambda: iter([("PT", "Portugal")]))
    monkeypatch.setattr(world, "_temporary_folder", lambda: tmp_path / "spare")
    monkeypatch.setenv("SEAMWATCH_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_names_of_all_scripts_find_it(small: Path) -> None:
    index = WorldIndex(ensure_index())
    assert [p.name for p in index.find("lisboa")] == [p.name for p in index.find("لشبونه")] == ["Lisbon"]
    assert index.find("porto") == []
    assert index.countries() == {"portugal": "PT"}
    assert (index.places, index.names) == (1, 3)
    index.close()


def test_a_second_run_builds_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_index()
    monkeypatch.setattr(world, "_settlements", lambda tick: pytest.fail("built again"))
    assert ensure_index() == first
    assert first.parent == small / "cache" == cache_folder()


def _aged(path: Path, days: float) -> None:
    long_ago = path.stat().st_mtime - days * 86_400
    os.utime(path, (long_ago, long_ago))


def test_an_old_versions_index_goes_when_long_unused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_index()
    _aged(first, 31)
    monkeypatch.setattr(world, "_data_version", lambda: "99.0")
    second = ensure_index()
    assert second != first
    assert [p.name for p in (small / "cache").iterdir()] == [second.name]
    monkeypatch.setattr(world, "SCHEMA", 99)
    assert ensure_index() != second


def test_two_versions_side_by_side_keep_both(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_index()
    _aged(first, 29)
    with monkeypatch.context() as newer:
        newer.setattr(world, "_data_version", lambda: "99.0")
        second = ensure_index()
    monkeypatch.setattr(world, "_settlements", lambda tick: pytest.fail("built again"))
    assert ensure_index() == first
    assert second.is_file()


def test_use_keeps_an_index_young(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_index()
    _aged(first, 40)
    assert ensure_index() == first
    monkeypatch.setattr(world, "_data_version", lambda: "99.0")
    ensure_index()
    assert first.is_file()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_broken_index_is_built_again(small: Path, content: bytes) -> None:
    path = ensure_index()
    path.write_bytes(content)
    assert WorldIndex(ensure_index()).places == 1


def test_a_build_that_dies_leaves_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(tick: object) -> object:
        yield PLACES[0]
        raise KeyboardInterrupt

    monkeypatch.setattr(world, "_settlements", dies)
    with pytest.raises(KeyboardInterrupt):
        ensure_index()
    assert list((small / "cache").iterdir()) == []


def test_where_the_cache_cannot_be_written_one_line_says_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("SEAMWATCH_CACHE", str(small / "file"))
    said: list[str] = []
    path = ensure_index(say=said.append)
    assert path.parent == small / "spare"
    assert WorldIndex(path).places == 1
    assert len(said) == 1
    assert "\n" not in said[0]
    assert "SEAMWATCH_CACHE" in said[0]
    assert ensure_index(say=said.append) == path  # and says so again
    assert len(said) == 2


def test_a_full_disk_is_treated_alike(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *rest: object) -> None:
        if "cache" in path.parts:
            raise sqlite3.OperationalError("database or disk is full")
        write_index(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(world, "write_index", full)
    said: list[str] = []
    assert ensure_index(say=said.append).parent == small / "spare"
    assert "full" in said[0]
    assert list((small / "cache").iterdir()) == []


def test_the_line_goes_to_standard_error(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("SEAMWATCH_CACHE", str(small / "file"))
    ensure_index()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("seamwatch: cannot keep") and err.count("\n") == 1


def test_nowhere_to_write_is_an_error(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("SEAMWATCH_CACHE", str(small / "file"))
    monkeypatch.setattr(world, "_temporary_folder", lambda: small / "file" / "deeper")
    with pytest.raises(GazetteerError, match="SEAMWATCH_CACHE"):
        ensure_index(say=lambda line: None)


def test_progress_is_told(whole: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Few:
        def get_cities(self) -> dict[str, dict[str, object]]:
            city = {"geonameid": 1, "name": "A", "countrycode": "PT", "latitude": 1.0, "longitude": 2.0}
            return {"1": city | {"population": 5, "admin1code": "01", "alternatenames": ["Ah"]}}

        def get_countries(self) -> dict[str, dict[str, str]]:
            return {"PT": {"name": "Portugal"}}

        def get_us_counties(self) -> list[dict[str, str]]:
            return [{"name": "Lamar County", "state": "TX"}]

    monkeypatch.setattr(world, "_cache", lambda **options: Few())
    monkeypatch.setenv("SEAMWATCH_CACHE", str(tmp_path))
    told: list[tuple[str, int, int | None]] = []
    ensure_index(lambda what, done, total: told.append((what, done, total)))
    assert told == [(world.BUILDING, 0, None), (world.BUILDING, 1, 1)]


def _build(folder: str, start: object) -> None:
    os.environ["SEAMWATCH_CACHE"] = folder
    world._settlements = lambda tick: iter(PLACES)  # type: ignore[assignment]
    world._countries = lambda: iter([("PT", "Portugal")])  # type: ignore[assignment]
    start.wait()  # type: ignore[attr-defined]
    assert WorldIndex(ensure_index()).places == 1


def test_two_processes_at_once(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    start = fork.Barrier(3)
    both = [fork.Process(target=_build, args=(str(tmp_path), start)) for _ in range(3)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0, 0]
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_index_is_an_error_not_an_empty_answer(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    write_index(path, [], [])
    with pytest.raises(GazetteerError, match="no places"):
        WorldIndex(path)
    with pytest.raises(GazetteerError, match="no places"):
        Gazetteer.open(load_pack(), index=path)


def test_a_missing_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such index"):
        Gazetteer.open(load_pack(), index=tmp_path / "gone.sqlite")


def test_the_real_world_is_whole(whole: Gazetteer) -> None:
    status = whole.status()
    assert isinstance(status["world places"], int) and status["world places"] > 200_000
    assert isinstance(status["world names"], int) and status["world names"] > 900_000
    assert any(c.entry.country == "NG" for c in whole.candidates("Maiduguri"))
