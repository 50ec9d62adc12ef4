"""Decisions entered at the desk: what they change, that they stay, and that they can be undone."""

import json
from pathlib import Path

import pytest

from seamwatch.desk import enter_decision, review
from seamwatch.errors import ConfigError, ModelError
from seamwatch.export import incidents_json
from seamwatch.ledger import Node
from seamwatch.packs import Pack, load_pack
from seamwatch.pipeline import build_picture

PACK = load_pack()
TEXTS = {
    "a desk": "Gunmen attacked a police post in Daquq on Wednesday, killing two policemen.",
    "another desk": "Four policemen were killed on Wednesday when gunmen attacked a post in Daquq, officials said.",
    "a third": "A bomb wounded a farmer near Hawija on Monday, police said.",
}


@pytest.fixture
def node(tmp_path: Path):
    lines = [
        {"id": f"r{n}", "published": "2022-03-10", "source": source, "title": "", "text": text}
        for n, (source, text) in enumerate(TEXTS.items())
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    with Node.open(tmp_path / "n.sqlite") as found:
        build_picture(tmp_path / "all.jsonl", found, PACK)
        yield found


def drafts(node: Node) -> dict[str, str]:
    """The first draft of each source."""
    return {claim.source: claim.draft for incident in node.incidents() for claim in incident.claims}


def enter(node: Node, what: str, *about: str, **more: str):
    return enter_decision(node, PACK, what, about, role="duty officer", **more)


def test_decide_and_undo(node: Node) -> None:
    key, before = drafts(node), node.incidents()
    a, b, c = key["a desk"], key["another desk"], key["a third"]
    assert len(before) == 2
    n, parted = enter(node, "not-same", a, b)
    assert len(parted) == 2 and len(node.incidents()) == 3
    enter(node, "undo", str(n))
    assert node.incidents() == before
    n, (joined,) = enter(node, "same", a, c)
    assert {a, c} <= set(joined.members)
    enter(node, "undo", str(n))
    n, (preferred,) = enter(node, "prefer", a, b, field="toll.forces.killed")
    figure = preferred.record.figure("killed", "forces")
    assert figure is not None and (figure.low, figure.high, figure.best) == (2, 4, 2)
    enter(node, "undo", str(n))
    n, _ = enter(node, "reject", c)
    assert len(node.incidents()) == 1
    enter(node, "undo", str(n))
    n, (recoded,) = enter(node, "recode", b, field="toll.forces.killed", value="2")
    assert recoded.record.figure("killed", "forces") == type(figure).exactly(2)
    enter(node, "undo", str(n))
    assert node.incidents() == before and len(node.rulings()) == 10


def test_rating_is_shown_and_can_be_undone(node: Node) -> None:
    before, report_id = node.incidents(), drafts(node)["another desk"].rpartition("#")[0]
    n, (incident,) = enter(node, "rate-source", "a desk", "b", reason="often there first")
    m, _ = enter(node, "rate-report", report_id, "3")
    claims = {(c.source, c.source_reliability, c.information_credibility) for c in node.incident(incident.id).claims}
    assert claims == {("a desk", "B", ""), ("another desk", "", "3")}
    shown = incidents_json(node.incidents())[[i.id for i in node.incidents()].index(incident.id)]
    assert {c["source_reliability"] for c in shown["claims"]} == {"B", "not rated"}
    for entry in (n, m):
        _, (restored,) = enter(node, "undo", str(entry))
        assert restored.id == incident.id
    assert node.incidents() == before


def test_right_is_a_recoding_to_what_was_coded(node: Node) -> None:
    key = drafts(node)["a third"]
    _, (incident,) = enter(node, "right", key, field="type")
    (claim,) = [c for c in incident.claims if c.field == "type"]
    assert (claim.by, claim.value) == ("duty officer", "explosion")


def test_decisions_survive_a_new_coding(node: Node, tmp_path: Path) -> None:
    key = drafts(node)
    enter(node, "not-same", key["a desk"], key["another desk"])
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.toml").write_text('name = "mine"\nextends = "iraq"\n', "utf-8")
    mine: Pack = load_pack(tmp_path / "pack")
    assert len(build_picture(tmp_path / "all.jsonl", node, mine).incidents) == 3


@pytest.mark.parametrize(
    ("what", "about", "more"),
    [
        ("same", ["a#0"], {}),
        ("reject", ["a#0", "b#0"], {}),
        ("undo", ["first"], {}),
        ("recode", ["KEY"], {"field": "type", "value": "picnic"}),
        ("recode", ["KEY"], {"field": "", "value": "explosion"}),
        ("prefer", ["KEY", "KEY"], {"field": "type"}),
        ("rate-source", ["a desk"], {}),
        ("rate-source", ["a desk", "G"], {}),
        ("rate-report", ["KEY", "A"], {}),
    ],
)
def test_what_makes_no_sense_is_refused(node: Node, what: str, about: list[str], more: dict[str, str]) -> None:
    key = drafts(node)["a desk"]
    with pytest.raises((ConfigError, ModelError)):
        enter(node, what, *(key if name == "KEY" else name for name in about), **more)
    assert node.rulings() == ()


def test_what_is_answered_leaves_the_queue_and_stays_away(node: Node, tmp_path: Path) -> None:
    asked = review(node)
    (look,) = [one for one in asked if one.field == "toll.forces.killed"]
    answer = next(a for a in look.answers if a.kind == "prefer")
    n, _ = enter(node, "prefer", answer.left, answer.right, field=answer.field)
    assert look.id not in {one.id for one in review(node)}
    node.put_incidents([])  # everything is merged from scratch
    build_picture(tmp_path / "all.jsonl", node, PACK)
    assert look.id not in {one.id for one in review(node)}
    enter(node, "undo", str(n))
    assert review(node) == asked


def test_a_window_asks_about_its_incidents_only(node: Node) -> None:
    from datetime import date

    assert review(node, until=date(2022, 1, 1)) == ()
    assert review(node, since=date(2022, 3, 1)) == review(node)
