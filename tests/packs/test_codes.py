"""The pack's codes: complete, in the codebook's order, checked against drafts."""

from pathlib import Path

import pytest

from seamwatch.errors import ModelError, PackError
from seamwatch.model import Claim, Count, Draft, Figure, Statement
from seamwatch.packs import load_pack

CODEBOOK = Path(__file__).parents[2] / "../shared/CODEBOOK.md"


def test_every_code_has_a_label_in_three_languages() -> None:
    codes = load_pack().codes
    tables = [*codes.groups.values(), *codes.outcomes.values(), *codes.means.values(), *codes.statements.values()]
    tables += [t.labels for t in codes.types.values()] + [a.labels for a in codes.actors.values()]
    assert all(set(labels) == {"en", "ar", "ckb"} for labels in tables)


@pytest.mark.skipif(not CODEBOOK.exists(), reason="needs ../shared/CODEBOOK.md")
def test_codes_are_the_codebooks() -> None:
    import re

    text = CODEBOOK.read_text("utf-8")
    codes = load_pack().codes
    table = text.split("## Types, gravest first")[1].split("## Actor codes")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.M) == list(codes.types)
    actors = set(re.findall(r"`(\w+)`", text.split("## Actor codes")[1].split("##")[0]))
    assert actors == set(codes.actors)
    means = re.search(r"\| `means` \| set: (.*?) \|", text)
    assert means and set(re.findall(r"`(\w+)`", means[1])) == set(codes.means)


def test_gravest() -> None:
    assert load_pack().codes.gravest("explosion", "suicide_attack", "find") == "suicide_attack"


def test_label_falls_back_to_english_then_to_the_code() -> None:
    codes = load_pack().codes
    assert codes.label("isis", "ar") == "داعش"
    assert codes.label("isis", "fr") == "Islamic State"
    assert codes.label("nobody") == "nobody"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"type": Claim("party", ())}, "suicide_attack"),
        ({"target": (Claim("martians", ()),)}, "peshmerga"),
        ({"means": (Claim("laser", ()),)}, "small_arms"),
        ({"toll": (Claim(Count("elves", "killed", Figure.exactly(1)), ()),)}, "militants"),
        ({"toll": (Claim(Count("forces", "vexed", Figure.exactly(1)), ()),)}, "wounded"),
        ({"claimed_by": Claim("martians", ())}, "isis"),
    ],
)
def test_check_names_the_field_the_rule_and_the_value(change: dict[str, object], rule: str) -> None:
    draft = Draft("r", 0, **({"type": Claim("find", ())} | change))  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=rule):
        load_pack().codes.check(draft)


def test_check_takes_a_good_draft_and_statement() -> None:
    codes = load_pack().codes
    codes.check(Draft("r", 0, Claim("find", ()), initiator=(Claim("asayish", ()),)))
    codes.check_statement(Statement("r", "warning", "mayor", "district", "…", ()))
    with pytest.raises(ModelError, match="statement kind"):
        codes.check_statement(Statement("r", "song", "mayor", "district", "…", ()))


def test_a_pack_stacks_on_another_and_its_own_codes_are_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('name = "andes"\nextends = "base"\ncountry = "PE"\n', "utf-8")
    (tmp_path / "codes.toml").write_text('[actors]\nrebels = { group = "militants", en = "Rebels" }\n', "utf-8")
    pack = load_pack(tmp_path)
    assert "rebels" in pack.codes.actors and "isis" not in pack.codes.actors and "find" in pack.codes.types


def test_a_pack_that_breaks_its_rules_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no pack\.toml.*iraq"):
        load_pack(tmp_path / "nowhere")
    (tmp_path / "pack.toml").write_text('extends = "base"\n', "utf-8")
    (tmp_path / "codes.toml").write_text('[actors]\nx = { group = "elves", en = "X" }\n', "utf-8")
    with pytest.raises(PackError, match="elves"):
        load_pack(tmp_path)


def test_a_pack_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(f'extends = "{tmp_path}"\n', "utf-8")
    with pytest.raises(PackError, match="circle"):
        load_pack(tmp_path)


def test_titles_by_language_are_those_of_the_pack_that_names_the_area(tmp_path: Path) -> None:
    assert {"en", "ar", "ckb"} <= load_pack().titles.keys() and load_pack().titles["en"] == load_pack().title
    (tmp_path / "pack.toml").write_text('name = "m"\nextends = "iraq"\n', "utf-8")
    assert load_pack(tmp_path).titles == load_pack().titles
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "pack.toml").write_text('extends = "iraq"\ntitle = "My valley"\n', "utf-8")
    assert load_pack(mine).titles == {"en": "My valley"}, "never another area's name"
