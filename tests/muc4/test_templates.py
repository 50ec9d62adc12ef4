"""The second pack: templates of texts in the register of the Latin American wire, in words of our own."""

import json

import pytest

from benchmarks.muc4 import corpus
from benchmarks.muc4.run import main
from benchmarks.muc4.templates import templates

KIDNAPPING = (
    "terrorists of the farabundo marti national liberation front (fmln) kidnapped 12 peasants on 14 march in "
    "san miguel department, the salvadoran army reported today.  the peasants were taken from their homes at gunpoint."
)
BOMBING = (
    "a powerful bomb exploded this morning in front of a bank in downtown bogota, police reported.  the dynamite "
    "charge, placed by unidentified individuals, destroyed the bank and wounded three passersby.  "
    "no group has claimed responsibility for the bomb attack."
)
QUIET = (
    "the finance minister said today that exports of coffee grew by four percent in the first half of the year.  "
    "he added that the government will present a new tax bill to congress in september."
)


def kinds(text: str) -> set[str]:
    return {t["incident_type"] for t in templates(text)}


@pytest.mark.parametrize(("text", "kind"), [(KIDNAPPING, "kidnapping"), (BOMBING, "bombing")])
def test_an_incident_has_its_type_in_small_letters_and_in_capitals(text: str, kind: str) -> None:
    assert kind in kinds(text)
    assert kinds(text.upper()) == kinds(text)


def test_news_without_violence_has_no_template() -> None:
    assert templates(QUIET) == []


def test_place_and_weapon_of_a_bombing() -> None:
    (template,) = [t for t in templates(BOMBING) if t["incident_type"] == "bombing"]
    assert "bogota" in template["place"]
    assert template["Weapon"]


def test_a_dateline_gives_the_day() -> None:
    text = "BOGOTA, 5 SEP 89 (RADIO) -- [TEXT] " + BOMBING.upper()
    (template,) = [t for t in templates(text) if t["incident_type"] == "bombing"]
    assert template["date_to"] == "1989-09-05"


WEIRD = [
    "",
    " ",
    "\n\n\t",
    "a",
    "A",
    "...",
    "31 JUNE 99",
    "\u0130\u0130\u0130 bomb",
    "\ud800",
    "\x00bomb\x00",
    "\u202e\u0627\u0644\u0642\u0635\u0641 \u0628\u0648\u0645",
    "bomb " * 3000,
    "KILLED" * 2000,
    "\U0001f4a3" * 50,
    "LIMA, 31 FEB 90 (X) -- [TEXT] A BOMB EXPLODED TODAY.",
    "0 jan bomb killed 99999999999999999999 people",
]


@pytest.mark.parametrize("text", WEIRD)
def test_no_text_is_too_odd(text: str) -> None:
    for template in templates(text):
        assert json.dumps(template)


def test_command_line(tmp_path) -> None:
    rows = [{"docid": "A", "text": KIDNAPPING}, {"docid": "B", "text": QUIET}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    main([str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl")])
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [r["docid"] for r in out] == ["A", "B"]
    assert out[0]["templates"] and not out[1]["templates"]


@pytest.mark.shared
def test_relevance_on_the_development_texts() -> None:
    if not corpus.present():
        pytest.skip("needs ../shared/data/muc")
    keys, texts = corpus.keys("dev"), corpus.texts("dev")
    right = sum(bool(templates(text)) == bool(keys[docid]) for docid, text in texts.items())
    assert right >= 0.75 * len(texts)
