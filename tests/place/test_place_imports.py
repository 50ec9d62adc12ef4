"""Lists into the user's gazetteer: resumable, idempotent, honest about bad rows; then looked up by all that places."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from seamwatch.errors import ConfigError, GazetteerError
from seamwatch.model import PlaceMention, make_report
from seamwatch.packs import Pack
from seamwatch.place import Gazetteer, context_of, load_words, resolve, user_gazetteer
from seamwatch.place.imports import run
from seamwatch.place.imports.run import Outcome, import_file
from seamwatch.place.store import Store
from seamwatch.single import imported_in_use

WOF = ("id", "placetype", "name", "lat", "lon", "deprecated", "superseded", "population", "names", "hier")
UNITS = {"country_id": 1, "region_id": 2, "county_id": 3}


def wof_row(ref: object, name: str, lat: object, lon: object, *, placetype: str = "locality", **more: object) -> list:
    names, unit = more.get("names", {}), more.get("unit", UNITS)
    told = (more.get("deprecated", ""), "False", more.get("population", ""))
    return [ref, placetype, name, lat, lon, *told, json.dumps(names, ensure_ascii=False), json.dumps([unit])]


ROWS = [
    wof_row(10, "Qaryat al Miskan", 35.21, 44.05, names={"ara": ["قرية المسكان"], "kur": ["Mîskan"], "eng": ["XQZ"]}),
    wof_row(11, "Dhabbah", 35.3, 44.1, names={"ara": ["ذبة"], "ckb": ["زەببە"]}),
    wof_row(12, "Dhabbah", 33.2, 44.1, unit={"country_id": 1, "region_id": 4}, names={"ara": ["ذبة"]}),
    wof_row(1, "Realm", 34, 44, placetype="country", names={"eng": ["Realm", "XX"]}, unit={}),
    wof_row(2, "An-Nord", 35.2, 44.2, placetype="region", unit={"country_id": 1}),
    wof_row(3, "Al-Alma", 35.1, 44.1, placetype="county", unit={"country_id": 1, "region_id": 2}),
    wof_row(4, "Sued", 33.2, 44.2, placetype="region", unit={"country_id": 1}),
    wof_row(13, "Gone", 35.3, 44.1, deprecated="2019-01-01"),
    wof_row(14, "Karsten", 35.02, 44.01, population=30_000),
]


def wof_file(folder: Path, rows: Iterable[list], name: str = "places.csv") -> Path:
    path = folder / name
    opened = gzip.open if name.endswith(".gz") else open
    with opened(path, "wt", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([WOF, *rows])
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "data" / "gazetteer.sqlite"


def put(path: Path, own: Path, pack: Pack, **options: str) -> Outcome:
    return import_file(path, own, load_words(pack), **options)  # type: ignore[arg-type]


def content(own: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(own) as db:
        tables = {t: list(db.execute(f"SELECT * FROM {t}")) for t in ("place", "spelling", "form", "consonants")}
        tables["source"] = list(db.execute("SELECT slug, sha256, state, read, rows, names, bad FROM source"))
    db.close()
    return tables


def ids(gazetteer: Gazetteer, name: str) -> list[str]:
    return [c.entry.id for c in gazetteer.candidates(name)]


@pytest.fixture
def loaded(tmp_path: Path, own: Path, realm_pack: Pack, tiny_index: Path) -> Iterator[Gazetteer]:
    put(wof_file(tmp_path, ROWS, "places.csv.gz"), own, realm_pack)
    yield Gazetteer.open(realm_pack, index=tiny_index, imported=own)


@pytest.mark.parametrize("name", ["Qaryat al-Miskan", "Al Miskan", "Miskan", "Mîskan", "المسكان", "Miskaan"])
def test_a_village_is_found_in_every_script_and_without_the_word_for_its_kind(loaded: Gazetteer, name: str) -> None:
    (found,) = loaded.candidates(name)
    assert found.entry.id == "wof:places:10"
    assert (found.entry.kind, found.entry.country, found.entry.origin) == ("village", "XX", "imported")
    assert found.entry.source.startswith("Who's On First (CC0")


def test_its_units_bear_the_packs_names(loaded: Gazetteer) -> None:
    (found,) = loaded.candidates("Miskan")
    assert (found.entry.governorate, found.entry.district) == ("Nord", "Alma")


def test_a_listed_village_must_lie_where_the_report_is(loaded: Gazetteer) -> None:
    def at(text: str, name: str = "Dhabbah", **said: object) -> str | None:
        report = make_report("T", text)
        return resolve(PlaceMention(name, **said), loaded, context=context_of(report, loaded)).gazetteer_id  # type: ignore[arg-type]

    assert at("Near Alma and Boro, men of Dhabbah said.") == "wof:places:11"
    assert at("Near Cala, men of Dhabbah said.") == "wof:places:12"
    assert at("Near Cala, men of Miskan said.", "Miskan") is None  # Cala is in Sued, and the only Miskan in Nord
    assert at("Men of Dhabbah said.", within=("Sued",)) == "wof:places:12"


def test_homonyms_are_all_there_in_three_spellings(loaded: Gazetteer) -> None:
    for name in ("Dhabbah", "ذبة", "Dhabba"):
        assert set(ids(loaded, name)) == {"wof:places:11", "wof:places:12"}
    assert ids(loaded, "زەببە") == ["wof:places:11"]


def test_a_name_with_one_letter_wrong_is_found_and_with_two_is_not(loaded: Gazetteer) -> None:
    assert [c.match for c in loaded.candidates("Miskanu")] == ["fuzzy"]
    assert ids(loaded, "Miskin") == ["wof:places:10"]  # its consonants agree
    assert ids(loaded, "Masktun") == []
    assert ids(loaded, "Disk") == []


def test_what_the_pack_has_is_not_there_twice(loaded: Gazetteer) -> None:
    assert ids(loaded, "Karsten") == ["karsten"]
    assert ids(loaded, "Sued") == ["sued-governorate"]


def test_codes_and_what_is_gone_are_no_names(loaded: Gazetteer) -> None:
    assert ids(loaded, "XQZ") == ids(loaded, "Gone") == []


def test_importing_again_changes_nothing(tmp_path: Path, own: Path, realm_pack: Pack) -> None:
    path = wof_file(tmp_path, ROWS)
    assert put(path, own, realm_pack).new
    before = content(own)
    assert not put(path, own, realm_pack).new
    assert content(own) == before


@pytest.mark.parametrize("after", range(6))
def test_killed_at_any_moment_it_goes_on_and_nothing_is_there_twice(
    tmp_path: Path, own: Path, realm_pack: Pack, tiny_index: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(run, "BATCH", 2)
    monkeypatch.setattr("seamwatch.place.store.INDEX_CHUNK", 3)
    path, whole = wof_file(tmp_path, ROWS), tmp_path / "whole.sqlite"
    put(path, whole, realm_pack)
    calls = 0

    def killed(what: str, done: int, total: int | None = None) -> None:
        nonlocal calls
        calls += not what.startswith("checking")
        if calls > after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, own, load_words(realm_pack), tick=killed)
    with pytest.raises(ConfigError, match="no places yet"):
        Gazetteer.open(realm_pack, index=tiny_index, imported=own)
    assert put(path, own, realm_pack).new
    assert content(own) == content(whole)


def test_a_process_killed_within_a_transaction_leaves_nothing_half(
    tmp_path: Path, own: Path, realm_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    path, whole = wof_file(tmp_path, ROWS), tmp_path / "whole.sqlite"
    put(path, whole, realm_pack)
    script = (
        "import os, sys; from pathlib import Path; from seamwatch.packs import load_pack\n"
        "from seamwatch.place import load_words, store; from seamwatch.place.imports import run\n"
        "run.BATCH, calls, put = 3, iter(range(9)), store._put_names\n"
        "store._put_names = lambda *told: os._exit(9) if next(calls) == 1 else put(*told)\n"
        "run.import_file(Path(sys.argv[1]), Path(sys.argv[2]), load_words(load_pack(Path(sys.argv[3]))))\n"
    )
    command = [sys.executable, "-c", script, str(path), str(own), str(realm_pack.folders[-1])]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 9
    with sqlite3.connect(own) as db:
        assert db.execute("SELECT read, rows, (SELECT count(*) FROM place) FROM source").fetchone() == (3, 3, 3)
    db.close()
    assert put(path, own, realm_pack).new
    assert content(own) == content(whole)


def test_which_file_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "mine.sqlite"
    monkeypatch.setenv("SEAMWATCH_GAZETTEER", str(named))
    assert user_gazetteer() == imported_in_use() == named  # also where it is not there: then it is an error
    monkeypatch.setenv("SEAMWATCH_GAZETTEER", "none")
    assert imported_in_use() is None and imported_in_use(named) == named
    assert user_gazetteer().name == "gazetteer.sqlite"
    monkeypatch.delenv("SEAMWATCH_GAZETTEER")
    monkeypatch.setattr("seamwatch.single.user_gazetteer", lambda: named)
    assert imported_in_use() is None
    named.touch()
    assert imported_in_use() == named


def test_bad_rows_are_told_and_the_rest_goes_on(tmp_path: Path, own: Path, realm_pack: Pack) -> None:
    bad = [wof_row(n, "Bad", "north", 44) for n in range(100, 114)] + [wof_row("x", "Bad", 35, 44)]
    done = put(wof_file(tmp_path, [*bad, *ROWS]), own, realm_pack)
    assert (done.bad, len(done.faults), done.source.rows) == (15, 10, 8)
    assert done.faults[0].startswith("record 1: got 'north', '44' (rule: latitude")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("w.json", b'{"a": 1}', "no features"), ("empty.csv", b"", "is empty"), ("bad.zip", b"x", "not a zip file")],
)
def test_a_file_that_cannot_be_used_leaves_no_half_import(
    tmp_path: Path, own: Path, realm_pack: Pack, name: str, content: bytes, told: str
) -> None:
    put(wof_file(tmp_path, ROWS), own, realm_pack)
    (tmp_path / name).write_bytes(content)
    with pytest.raises((ConfigError, GazetteerError), match=told):
        put(tmp_path / name, own, realm_pack)
    with Store(own) as store:
        assert [(s.slug, s.state) for s in store.sources()] == [("wof:places", "ready")]


def test_names_for_which_there_are_no_places_leave_no_half_import(tmp_path: Path, own: Path, realm_pack: Pack) -> None:
    path = tmp_path / "alternateNamesV2.txt"
    path.write_text("1\t2\ten\tMiskan\t\t\t\t\t\t\n", "utf-8")
    with pytest.raises(ConfigError, match="import the country file"):
        put(path, own, realm_pack)
    with Store(own) as store:
        assert store.sources() == ()


def test_a_files_name_with_spaces_and_arabic_letters_gives_an_id_to_type(
    tmp_path: Path, own: Path, realm_pack: Pack
) -> None:
    path = tmp_path / "قرى نورد .csv"
    path.write_text("name,lat,lon\nTal Aswad,35.1,44.1\n", "utf-8")
    assert put(path, own, realm_pack).source.slug == "csv:قرى نورد"
    with Store(own) as store:
        assert store.remove("csv:قرى نورد").rows == 1


def test_a_file_that_is_no_gazetteer_is_not_told_to_be_deleted(tmp_path: Path, realm_pack: Pack) -> None:
    other = tmp_path / "my list.csv"
    other.write_text("name,lat,lon\n" * 100, "utf-8")
    with pytest.raises(GazetteerError, match="name your gazetteer's own file"):
        put(wof_file(tmp_path, ROWS), other, realm_pack)
    assert other.read_text("utf-8").startswith("name,lat,lon")


def test_the_same_place_twice_in_a_list_is_one_with_the_names_of_both(
    tmp_path: Path, own: Path, realm_pack: Pack, tiny_index: Path
) -> None:
    put(wof_file(tmp_path, [*ROWS, wof_row(10, "Other", 35.21, 44.05)]), own, realm_pack)
    gazetteer = Gazetteer.open(realm_pack, index=tiny_index, imported=own)
    assert ids(gazetteer, "Other") == ids(gazetteer, "Miskan") == ["wof:places:10"]


def test_a_full_disk_is_told_and_the_next_run_goes_on(
    tmp_path: Path, own: Path, realm_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 4)
    path, append, calls = wof_file(tmp_path, ROWS), Store.append, iter(range(99))

    def full(self: Store, *args: object, **more: object) -> object:
        if next(calls) == 1:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("seamwatch.place.store._put_places", _no_space)
                return append(self, *args, **more)  # type: ignore[arg-type]
        return append(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(GazetteerError, match="free some space and run the same import again"):
        put(path, own, realm_pack)
    done = put(path, own, realm_pack)
    assert (done.source.state, done.source.rows) == ("ready", 8)


def _no_space(*_: object) -> int:
    raise sqlite3.OperationalError("database or disk is full")


def test_a_gazetteer_that_is_not_there_or_is_empty_is_an_error(
    tmp_path: Path, own: Path, realm_pack: Pack, tiny_index: Path
) -> None:
    with pytest.raises(ConfigError, match="no such gazetteer"):
        Gazetteer.open(realm_pack, index=tiny_index, imported=own)
    with Store(own):
        pass
    with pytest.raises(ConfigError, match="holds no places yet"):
        Gazetteer.open(realm_pack, index=tiny_index, imported=own)
    (tmp_path / "text.sqlite").write_text("no database" * 100, "utf-8")
    with pytest.raises(GazetteerError, match="no gazetteer"):
        Gazetteer.open(realm_pack, index=tiny_index, imported=tmp_path / "text.sqlite")


def test_an_index_of_other_forms_is_not_used(own: Path, realm_pack: Pack, tiny_index: Path) -> None:
    with Store(own):
        pass
    with sqlite3.connect(own) as db:
        db.execute("UPDATE meta SET value = 0 WHERE key = 'forms'")
    db.close()
    with pytest.raises(GazetteerError, match="reindex"):
        Gazetteer.open(realm_pack, index=tiny_index, imported=own)


def test_a_file_of_no_known_kind_is_told(tmp_path: Path, own: Path, realm_pack: Pack) -> None:
    (tmp_path / "x.csv").write_text("a sentence\n", "utf-8")
    with pytest.raises(ConfigError, match="--kind"):
        put(tmp_path / "x.csv", own, realm_pack)
    with pytest.raises(ConfigError, match="no such file"):
        put(tmp_path / "y.csv", own, realm_pack)
    assert not own.exists()
