"""Tolls of reports of our own wording: numbers, groups, parts and sums."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack
from seamwatch.wire import record_of

_GROUPS = {"M": "militants", "F": "forces", "C": "civilians", "U": "unknown"}
_OUTCOMES = {"k": "killed", "w": "wounded", "a": "abducted", "r": "arrested"}


def tolls(text: str, lang: str = "en", title: str = "") -> list[str]:
    """The toll of each incident in short: "Fk3 Fw5+" is three of the forces killed, five or more wounded."""
    report = make_report(title, text, source_kind="news", day=date(2022, 5, 7), lang=lang)
    short: list[str] = []
    for draft in code_report(report, load_pack()).drafts:
        cells = []
        for count in record_of(draft).toll:
            figure = count.figure
            group = next(k for k, v in _GROUPS.items() if v == count.group)
            outcome = next(k for k, v in _OUTCOMES.items() if v == count.outcome)
            number = f"{figure.low}" if figure.low == figure.high else f"{figure.low}-{figure.high}"
            number = f"{figure.low}+" if figure.high is None else number
            if figure.high != 0:
                cells.append(f"{group}{outcome}{number}")
        short.append(" ".join(sorted(cells)))
    return short


CASES = [
    # two outcomes in one sentence
    ("Gunmen from the Islamic State killed three soldiers and wounded five others on Tuesday near Daquq.", "Fk3 Fw5"),
    (
        "Three soldiers were killed and five others wounded on Tuesday when gunmen attacked a post near Daquq.",
        "Fk3 Fw5",
    ),
    (
        "A bomb exploded near Hawija on Sunday as a police patrol passed, leaving one officer dead and two hurt.",
        "Fk1 Fw2",
    ),
    (
        "The attack on a police post near Rashad on Saturday took the lives of five policemen and wounded three more.",
        "Fk5 Fw3",
    ),
    ("Clashes near Hawija on Sunday resulted in the killing of two soldiers and four terrorists.", "Fk2 Mk4"),
    ("The army lost five men in an ambush near Hawija on Sunday, and eight were wounded.", "Fk5 Fw8"),
    ("A sniper killed a soldier and wounded a second near Jalawla on Sunday.", "Fk1 Fw1"),
    # bounds
    ("Iraqi warplanes bombed a hideout in the Hamrin mountains on Thursday, killing at least seven militants.", "Mk7+"),
    ("Dozens of militants were killed when coalition aircraft bombed a tunnel near Makhmour on Sunday.", "Mk24+"),
    ("Islamic State attacked an army base near Kirkuk on Sunday, killing between five and eight soldiers.", "Fk5-8"),
    ("Militants attacked an army post near Daquq on Sunday and killed two soldiers at least.", "Fk2+"),
    # parts and sums
    ("Seven Islamic State members, including a commander, were killed in an air strike in Hamrin on Thursday.", "Mk7"),
    ("Two Peshmerga, one of them an officer, were killed in an attack by Islamic State near Kifri on Sunday.", "Fk2"),
    (
        "Twelve people, nine of them soldiers, were killed when Islamic State attacked a village near Kifri on Sunday.",
        "Ck3 Fk9",
    ),
    ("Four people were killed: two policemen and two farmers, when a bomb exploded in Daquq on Sunday.", "Ck2 Fk2"),
    (
        "Gunmen opened fire on a police post in Daquq on Sunday, wounding four officers, one of whom later died.",
        "Fk1 Fw3",
    ),
    ("A mayor was killed along with two of his guards by a roadside bomb near Hawija on Sunday.", "Ck1 Fk2"),
    (
        "Militants attacked a village near Makhmour on Friday, killing ten, three of them farmers and seven Peshmerga.",
        "Ck3 Fk7",
    ),
    (
        "ISIS claimed to have killed 12 soldiers near Hawija on Friday, but the army said that only three died.",
        "Fk3-12",
    ),
    ("On Friday troops killed two terrorists and arrested a third near Daquq.", "Mk2 Mr1"),
    # who they are
    ("A car bomb exploded in a crowded market in Kirkuk on Monday, killing at least 12 people.", "Ck12+"),
    ("A suicide bomber blew himself up at a checkpoint in Tuz Khurmatu on Monday, killing three policemen.", "Fk3 Mk1"),
    ("Gunmen killed the mukhtar of a village near Khanaqin and wounded his son on Sunday.", "Ck1 Cw1"),
    (
        "The Peshmerga said one of its fighters was killed when militants attacked a position near Kifri on Sunday.",
        "Fk1",
    ),
    # captives
    ("Two shepherds were kidnapped by gunmen near Qara Tapa on Saturday.", "Ca2"),
    (
        "In an operation south of Kirkuk on Sunday, security forces arrested 14 wanted men and killed one.",
        "Mk1 Mr14",
    ),
    # nothing
    ("Several mortar rounds landed on a village near Khanaqin on Monday but there were no casualties.", ""),
    ("Thirteen soldiers were killed and wounded in an ambush near Hawija on Sunday.", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_one_sentence(text: str, expected: str) -> None:
    assert tolls(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Islamic State attacked an army base near Kirkuk on Sunday. At least four soldiers were killed, a security "
            "source said. The death toll later rose to seven.",
            "Fk7",
        ),
        (
            "At least three soldiers were killed in an attack near Daquq on Sunday. Three soldiers died when gunmen "
            "opened fire on their post, the army said.",
            "Fk3+",
        ),
        (
            "Seven militants opened fire on a police post near Daquq on Sunday. Four of the seven were killed and two "
            "policemen were hurt.",
            "Fw2 Mk4",
        ),
        (
            "A bomb hit an army convoy near Hawija on Sunday, killing one soldier and wounding three. As help came, "
            "gunmen opened fire and killed four more and injured six.",
            "Fk5 Fw9",
        ),
    ],
)
def test_across_sentences(text: str, expected: str) -> None:
    assert tolls(text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "قتل جنديان وأصيب ثلاثة آخرون بهجوم لداعش على نقطة للجيش قرب داقوق اليوم الأحد.", "Fk2 Fw3"),
        ("ar", "انفجرت عبوة ناسفة بدورية للشرطة في الحويجة أمس، ما أدى إلى مقتل شرطي وإصابة اثنين.", "Fk1 Fw2"),
        ("ar", "خطف مسلحون من داعش ثلاثة رعاة قرب خانقين أمس.", "Ca3"),
        ("ckb", "چەکدارانی داعش دوێنێ هێرشیان کردە سەر بنکەیەکی پێشمەرگە لە کفری و دوو پێشمەرگە شەهید بوون.", "Fk2"),
        ("ckb", "دوێنێ لە گوندێکی خانەقین چەکدارانی داعش سێ هاووڵاتییان کوشت و دووانی تر بریندار بوون.", "Ck3 Cw2"),
    ],
)
def test_other_languages(lang: str, text: str, expected: str) -> None:
    assert tolls(text, lang) == [expected]


@given(killed=st.integers(2, 90), wounded=st.integers(2, 90))
def test_any_numbers(killed: int, wounded: int) -> None:
    text = f"Militants attacked an army post near Daquq on Sunday, killing {killed} soldiers and wounding {wounded}."
    assert tolls(text) == [f"Fk{killed} Fw{wounded}"]
