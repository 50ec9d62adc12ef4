"""The lexicon's schema: how terms are written, and that every mistake has a line of its own."""

from pathlib import Path

import pytest

from seamwatch.code.text import fold_word
from seamwatch.errors import PackError
from seamwatch.packs import load_pack
from seamwatch.packs.lexicon import Lexicon, load_acts, load_instruments, load_lexicon


def pack_with(folder: Path, lexicon: str = "", acts: str = "") -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text('name = "try"\nextends = "base"\n', "utf-8")
    (folder / "lexicon_xx.toml").write_text(lexicon, "utf-8")
    (folder / "acts.toml").write_text(acts, "utf-8")
    return folder


def lexicon(folder: Path, text: str) -> Lexicon:
    return load_lexicon(load_pack(pack_with(folder, text)), "xx", fold_word)


def test_endings_and_numbers(tmp_path: Path) -> None:
    found = lexicon(tmp_path / "a", '[people]\nforces = ["guard(,s)", "2:pair of guards", "=NCO"]\n')
    assert set(found.terms) == {"guard", "guards", "pair of guards", "nco"}
    assert found.terms["pair of guards"][0].number == 2
    assert found.terms["nco"][0].exact == "NCO"
    assert found.terms["guard"][0].rule == "people.forces: guard"


def test_a_language_without_a_file_has_no_terms() -> None:
    assert not load_lexicon(load_pack("base"), "zz", fold_word).terms


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[nonsense]\nx = []", "nonsense"),
        ('[cues]\nfoo = ["x"]', "foo"),
        ('[actors]\nnobody = ["x"]', "nobody"),
        ('[people]\ncats = ["x"]', "cats"),
        ('[means]\nspoon = ["x"]', "spoon"),
        ('[[act]]\nact = "dance"\nverb = ["x"]', "dance"),
        ('[[harm]]\noutcome = "bored"\nverb = ["x"]', "bored"),
        ('[form]\norder = "osv"', "osv"),
        ('[speech]\nsong = ["x"]', "song"),
        ('[people]\nforces = ["guard(s"]', "guard(s"),
        ('[people]\nforces = ["="]', "="),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(PackError, match="lexicon_xx") as caught:
        lexicon(tmp_path / "a", text)
    assert word in str(caught.value)


def test_acts_have_types_of_the_codebook(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="ballet"):
        load_acts(load_pack(pack_with(tmp_path / "a", acts='[acts.dance]\ntype = "ballet"\n')))
    with pytest.raises(PackError, match="spoon"):
        load_instruments(load_pack(pack_with(tmp_path / "b", acts='[acts.attack]\ninstrument = ["spoon"]\n')))


def test_the_packs_own_lexicons_load() -> None:
    for lang in ("en", "ar", "ckb"):
        assert len(load_lexicon(load_pack(), lang, fold_word).terms) > 500, lang
