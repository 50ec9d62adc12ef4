"""One incident or several, and of what type."""

from datetime import date

import pytest

from seamwatch.code import code_report
from seamwatch.model import Draft, make_report
from seamwatch.packs import load_pack

DAY = date(2021, 6, 10)


def drafts(text: str, title: str = "Report") -> tuple[Draft, ...]:
    report = make_report(title, text, lang="en", day=DAY, source="agency", source_kind="news")
    return code_report(report, load_pack()).drafts


def types(text: str, title: str = "Report") -> list[str]:
    return [d.type.value for d in drafts(text, title)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (  # told three times
            "ISIS attacked a post near Gwer on Sunday. The attack left two Peshmerga dead. The assault lasted an hour.",
            ["armed_clash"],
        ),
        (  # two days in a sentence
            "A bomb killed a soldier near Hawija on Sunday, and gunmen kidnapped two farmers near Daquq on Monday.",
            ["explosion", "abduction"],
        ),
        (  # reinforcements hit: part of it
            "ISIS attacked a post near Gwer on Sunday. A second bomb hit the reinforcements and killed a fighter.",
            ["armed_clash"],
        ),
        (  # a search straight after: part of it
            "Gunmen killed two farmers near Daquq on Sunday. Security forces began combing the area.",
            ["attack_on_civilians"],
        ),
        (  # a summary gives way to its parts
            "Two attacks killed three policemen in Kirkuk. A bomb killed two policemen near Rashad on Sunday.\n\n"
            "On Monday a sniper killed a policeman near Daquq.",
            ["explosion", "armed_clash"],
        ),
        ("Two attacks killed three policemen near Daquq on Sunday.", ["armed_clash"]),  # or stays, if it has none
        ("Two hideouts were blown up by the army near Hawija on Sunday.", ["find"]),
    ],
)
def test_one_or_several(text: str, wanted: list[str]) -> None:
    assert types(text) == wanted


def test_the_title_alone_counts_where_the_text_tells_nothing() -> None:
    found = drafts("The mayor gave no details.", "Two soldiers killed in ambush near Daquq")
    assert [d.type.value for d in found] == ["armed_clash"]
    assert found[0].place is not None and found[0].place.spans[0].part == "title"


def test_a_form_is_one_incident() -> None:
    text = (
        "SIZE: four\nACTIVITY: opened fire on a Peshmerga post\nLOCATION: near Kolajo\nUNIT: ISIS\n"
        "TIME: 9 June 2021 22:00\nEQUIPMENT: machine guns"
    )
    found = drafts(text, "SALUTE")
    assert [d.type.value for d in found] == ["armed_clash"]
    assert found[0].place is not None and found[0].place.value.name == "Kolajo"


def test_an_undated_incident_is_of_the_reports_day() -> None:
    (one,) = drafts("Gunmen killed two farmers near Daquq.")
    assert one.date is not None and (one.date.value.first, one.date.value.basis) == (DAY, "report")


def test_the_most_exact_place_comes_first() -> None:
    (one,) = drafts(
        "Gunmen killed two farmers in the village of Topzawa in Daquq district, south of Kirkuk, on Sunday."
    )
    assert one.place is not None and one.place.value.name == "Topzawa"
    assert "Daquq" in one.place.value.within[0]


def test_off_topic() -> None:
    assert (
        types(
            "The striker shot home a late goal on Sunday and the league leaders attacked again before the match ended."
        )
        == []
    )
