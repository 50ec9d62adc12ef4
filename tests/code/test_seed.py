"""The report that the project starts from comes out right, and a twin of it in other words, which is always here."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from seamwatch.model import Coding, Figure, make_report
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place

SEED = Path(__file__).parents[3] / "shared" / "reports" / "seed.txt"
DAY = date(2023, 12, 3)
TWIN_TITLE = "Party official asks for joint patrols after attack in disputed area"
TWIN = (
    "The head of a party committee in Makhmour stressed on Sunday the need for joint operations of the Peshmerga and "
    "the Iraqi army, after Islamic State militants struck the army in the district.\n\n"
    "He said the militants had entered Goptapa in two vehicles and fought a clash of one hour with Iraqi soldiers. "
    "Four militants were killed in it and four others blew themselves up. There is no guarantee, he warned, that the "
    "group will not carry out another such attack soon.\n\n"
    "Since the events of 16 October 2017 the group has struck soldiers and villagers on both sides.\n\n"
    "Military observers said that the situation was likely to get worse."
)


def coded(title: str, text: str) -> Coding:
    published = datetime(2023, 12, 3, 9, tzinfo=UTC)
    return code_and_place(make_report(title, text, published=published, day=DAY, lang="en"), load_pack())


def check(coding: Coding) -> None:
    assert len(coding.drafts) == 1, "one incident; the events of 2017 are background"
    draft = coding.drafts[0]
    assert draft.type.value == "armed_clash"
    assert draft.place is not None and draft.place.value.name == "Goptapa"
    assert draft.location is not None and (draft.location.district, draft.location.governorate) == ("Makhmour", "Erbil")
    assert {c.value for c in draft.initiator} == {"isis"} and {c.value for c in draft.target} == {"iraqi_army"}
    toll = {(c.value.group, c.value.outcome): c.value.figure for c in draft.toll}
    assert toll == {("militants", "killed"): Figure.exactly(8)}
    assert {"suicide", "vehicles"} <= {c.value for c in draft.means}
    assert draft.duration_minutes is not None and draft.duration_minutes.value == 60
    assert {s.kind for s in coding.statements} == {"warning", "appeal", "assessment"}
    for name, claim in draft.claims():
        assert claim.spans, name


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/reports/seed.txt")
def test_the_seed() -> None:
    title, _, text = SEED.read_text("utf-8").partition("\n")
    check(coded(title.strip(), text.strip()))


def test_its_twin_in_other_words() -> None:
    check(coded(TWIN_TITLE, TWIN))
