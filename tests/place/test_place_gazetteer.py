"""Names to candidates: the pack's list first, three scripts, bounded fuzzy, then the world."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from seamwatch.errors import PackError
from seamwatch.packs import Pack, load_pack
from seamwatch.place import Gazetteer


def ids(gazetteer: Gazetteer, name: str) -> list[str]:
    return [c.entry.id for c in gazetteer.candidates(name)]


def test_exact_before_key_before_fuzzy(realm: Gazetteer) -> None:
    assert {c.match for c in realm.candidates("Alma")} == {"exact"}
    assert [c.match for c in realm.candidates("Lindarr")][:2] == ["key", "key"]
    assert [c.match for c in realm.candidates("Karstin")] == ["fuzzy"]
    assert realm.candidates("Quintana") == ()


@pytest.mark.parametrize("name", ["Halma", "علما", "ئەلما", "al-Halma"])
def test_three_scripts(realm: Gazetteer, name: str) -> None:
    assert "alma" in ids(realm, name)


def test_homonyms_are_all_candidates(realm: Gazetteer) -> None:
    assert set(ids(realm, "Lindar")) == {"hamlet-alma", "hamlet-cala"}
    assert set(ids(realm, "Sarn")) == {"ridge", "ridge-nord", "ridge-sued"}


def test_fuzzy_is_bounded(realm: Gazetteer) -> None:
    assert ids(realm, "Almo") == []  # too short for a letter to be wrong
    assert ids(realm, "Karstin") == ["karsten"]  # its consonants agree
    assert ids(realm, "Marsten") == []


def test_the_world_comes_after_and_is_never_fuzzy(realm: Gazetteer) -> None:
    assert ids(realm, "Lisboa") == ["geonames:1"]
    assert ids(realm, "لشبونة") == ["geonames:1"]
    assert ids(realm, "東京") == ["geonames:7"]
    assert ids(realm, "Lisbonn") == []
    assert ids(realm, "Springfield") == ["geonames:4", "geonames:3"]  # most populous first


def test_one_place_in_both_lists_is_one(realm: Gazetteer) -> None:
    assert ids(realm, "Karsten") == ["karsten"]


def test_countries(realm: Gazetteer) -> None:
    assert realm.country("Portugal") == "PT"
    assert realm.country("Realm") == "XX"
    assert realm.country("Atlantis") is None
    assert [(c.entry.kind, c.entry.lat) for c in realm.candidates("Portugal")] == [("country", None)]


def test_known_is_the_packs_own_list_only(realm: Gazetteer) -> None:
    assert realm.known("Alma") and realm.known("Halmah")
    assert not realm.known("Lisboa") and not realm.known("Karstin")


def test_it_goes_to_another_process(realm: Gazetteer) -> None:
    other = pickle.loads(pickle.dumps(realm))
    assert ids(other, "Lindar") == ids(realm, "Lindar")


def test_status_says_what_is_loaded(realm: Gazetteer) -> None:
    status = realm.status()
    assert status["pack"] == "realm"
    assert status["world places"] == 8
    assert "CC BY" in str(status["world source"])


def test_a_pack_without_its_own_list_still_has_the_world(tiny_index: Path) -> None:
    plain = Gazetteer.open(load_pack("base"), index=tiny_index)
    assert ids(plain, "Lisbon") == ["geonames:1"]


def test_place_words_that_are_broken_are_an_error(tmp_path: Path, tiny_index: Path, realm_pack: Pack) -> None:
    (tmp_path / "pack.toml").write_text('name = "x"\n', "utf-8")
    (tmp_path / "codes.toml").write_bytes((load_pack().folders[0] / "codes.toml").read_bytes())
    if not load_pack("base").codes.actors:
        (tmp_path / "codes.toml").write_bytes((realm_pack.folders[-1] / "codes.toml").read_bytes())
    (tmp_path / "place_words.toml").write_text("[kinds]\ntown = ['town']\n", "utf-8")
    with pytest.raises(PackError, match=r"place_words\.toml"):
        Gazetteer.open(load_pack(tmp_path), index=tiny_index)


def test_ten_thousand_lookups_take_seconds(iraq: Gazetteer) -> None:
    names = [f"{head}{tail}{n % 250}" for n in range(10_000) for head, tail in (("Mak", "hmour"),)][:10_000]
    names[::3] = ["Makhmour", "Hawija", "داقوق", "کەرکووک"] * 833 + ["Riyadh"] * (len(names[::3]) - 3332)
    started = time.process_time()
    for name in names:
        iraq.candidates(name)
    assert time.process_time() - started < 5
