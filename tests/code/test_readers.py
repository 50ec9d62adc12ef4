"""The learned readers follow their weights, choose only what the report has, and are absent without their file."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from seamwatch.code import code_report, kind_reader, place_reader, target_reader
from seamwatch.code.assembly import assemble
from seamwatch.code.building import Building
from seamwatch.code.features import Seen, seen
from seamwatch.code.kinds import decide
from seamwatch.code.mentions import find_mentions
from seamwatch.code.readers import FILE, Head, Sight, load_readers, number, read_readers, save_readers
from seamwatch.code.reading import read
from seamwatch.code.scene import settle
from seamwatch.model import make_report
from seamwatch.packs import load_pack
from seamwatch.single import FULL, Rules, coder_name

TEXT = "Gunmen attacked an army post near Daquq on Tuesday, killing two soldiers. Police from Hawija were on the road."
REPORT = make_report("", TEXT, lang="en", day=date(2017, 3, 8))


def head(*classes: str, always: float = 0.0, **weights: list[float]) -> Head:
    """A head with these weights by name."""
    told = sorted((number(name), row) for name, row in weights.items())
    known = np.array([n for n, _ in told], np.uint32)
    table = np.array([row for _, row in told], np.float32).reshape(len(told), len(classes))
    return Head(classes, known, table, np.full(len(classes), always, np.float32))


def seen_report() -> tuple[Seen, Building]:
    document = read(REPORT, load_pack())
    mentions = settle(document, find_mentions(document))
    built = assemble(document, mentions)
    return seen(document, mentions, built), built[0]


def test_a_score_is_the_sum_of_the_known_names() -> None:
    one = head("x", always=-1.0, a=[2.0], b=[4.0])
    assert one.scores(frozenset({"a", "unknown"}))[0] == pytest.approx(1.0)
    assert one.chance(frozenset({"a"})) == pytest.approx(1 / (1 + math.exp(-1)))
    assert head("x", always=0.5).chance(frozenset({"a"})) == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_shares_sum_to_one() -> None:
    chances = head("x", "y", a=[1.0, 3.0]).chances(frozenset({"a"}))
    assert chances == {"x": pytest.approx(1 / (1 + math.exp(2))), "y": pytest.approx(1 / (1 + math.exp(-2)))}
    best = head("x", a=[1.0], b=[3.0]).best([frozenset({"a"}), frozenset({"b"}), frozenset()])
    assert sum(best) == pytest.approx(1) and best[1] == max(best)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    first, again = tmp_path / "a.npz", tmp_path / "b.npz"
    heads = {"type": head("x", "y", always=0.25, a=[1.0, -2.0], b=[0.0, 0.001])}
    save_readers(heads, first)
    (read_again,) = read_readers(first).values()
    assert read_again.classes == ("x", "y") and read_again.always.tolist() == [0.25, 0.25]
    assert len(read_again.known) == 1, "a name of no weight is left out"
    assert read_again.scores(frozenset({"a"})) == pytest.approx(np.array([1.25, -1.75]), abs=0.02)
    save_readers(heads, again)
    assert first.read_bytes() == again.read_bytes()


def test_a_type_counts_where_the_reader_is_sure() -> None:
    report, building = seen_report()
    kind, act = decide(report.document, building)
    assert kind == "armed_clash"
    for weight, expected in ((3.0, "find"), (0.2, "armed_clash")):
        sure = head("armed_clash", "find", **{"rule armed_clash": [0.0, weight]})
        assert kind_reader.choose(Sight({"type": sure}, report), building, kind, act) == (expected, act)


def test_a_target_is_dropped_or_added_with_its_words() -> None:
    sure = {"code iraqi_army": [-9.0], "code infrastructure": [9.0]}
    (draft,) = code_report(REPORT, load_pack(), heads={"target": head("target", always=-2.0, **sure)}).drafts
    assert draft.target == (), "no word of the report is infrastructure"
    army = head("target", always=-2.0, **{"code iraqi_army": [9.0]})
    (draft,) = code_report(REPORT, load_pack(), heads={"target": army}).drafts
    assert [claim.value for claim in draft.target] == ["iraqi_army"] and draft.target[0].spans


def test_another_place_of_the_report_may_be_the_incidents() -> None:
    (draft,) = code_report(REPORT, load_pack(), heads={}).drafts
    assert draft.place is not None and draft.place.value.name == "Daquq"
    far = head("place", **{"source later": [5.0]})
    (draft,) = code_report(REPORT, load_pack(), heads={"place": far}).drafts
    assert draft.place is not None and draft.place.value.name == "Hawija" and draft.place.spans[0].quote == "Hawija"
    little = head("place", **{"source later": [0.1]})
    (draft,) = code_report(REPORT, load_pack(), heads={"place": little}).drafts
    assert draft.place is not None and draft.place.value.name == "Daquq"


def test_every_place_of_the_report_is_a_rival_once() -> None:
    report, building = seen_report()
    listed = place_reader.rivals(report.all, building)
    assert sorted((one.named.name, one.source) for one in listed) == [("Daquq", "first"), ("Hawija", "later")]


def test_every_actor_of_the_report_is_weighed() -> None:
    report, building = seen_report()
    rows = target_reader.rows(report, building, target_reader.Chosen("armed_clash", {}, {}))
    assert {"iraqi_army", "militants", "police", "civilians", "infrastructure"} == rows.keys()


def test_the_packs_readers_and_their_absence() -> None:
    assert set(load_readers(load_pack())) == {kind_reader.HEAD, target_reader.HEAD, place_reader.HEAD}
    assert load_readers(load_pack("base")) == {}
    assert coder_name(load_pack()).startswith("rules and readers ")
    assert coder_name(load_pack("base")).startswith("rules 0"), "it says that it coded by rules alone"
    assert coder_name(load_pack(), Rules(alone=True)).startswith("rules 0")
    assert coder_name(load_pack(), FULL) != coder_name(load_pack(), Rules(alone=True))


def test_the_file_is_part_of_the_packs_fingerprint(tmp_path: Path) -> None:
    prints = set()
    for name, weight in (("a", None), ("b", 1.0), ("c", 2.0)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "pack.toml").write_text('name = "mine"\nextends = "base"\n', "utf-8")
        if weight is not None:
            save_readers({"target": head("target", a=[weight])}, folder / FILE)
        prints.add(coder_name(load_pack(folder)))
    assert len(prints) == 3


def test_no_name_of_a_person_or_number_is_seen_in_an_opening() -> None:
    report, building = seen_report()
    names = kind_reader.row(report, building, *decide(report.document, building))
    words = {word for name in names for word in name.split()}
    assert "soldiers" in words and not words & {"Daquq", "daquq"}
