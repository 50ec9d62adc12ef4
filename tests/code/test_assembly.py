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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A bomb killed two people in Baqubah and five in Khalis on Tuesday.", ["explosion", "explosion"]),
        ("Police arrested two ISIS members in Mosul and three others in Tal Afar on Tuesday.", ["arrest", "arrest"]),
        (  # near each other, but the place comes first
            "Gunmen stormed a house in Khanaqin on Tuesday and killed two men. In Jalawla a sniper killed a soldier.",
            ["attack_on_civilians", "armed_clash"],
        ),
        (
            "Two soldiers were killed in an ambush near Hawija on Tuesday, while a bomb in Khanaqin wounded a man.",
            ["armed_clash", "explosion"],
        ),
        ("Villagers near Altun Kupri said they saw armed men in the hills on Tuesday.", ["sighting"]),
        ("Lawmakers asked the premier on Tuesday to protect farmers in Makhmur from attacks and kidnapping.", []),
        ("Two cousins were hurt in a quarrel over water in Rabia on Tuesday.", []),
    ],
)
def test_two_places_in_running_prose(text: str, wanted: list[str]) -> None:
    assert types(text) == wanted


def test_the_day_of_a_claim_is_not_the_attack() -> None:
    text = "ISIS on Tuesday claimed the car bomb that killed two people in Ankawa a day earlier."
    found = drafts(text)
    assert len(found) == 1
    assert found[0].date is not None and found[0].date.value.first == date(2021, 6, 7)


def test_a_title_on_a_court_opens_nothing() -> None:
    assert types("The court passed death sentences on Tuesday for the massacre near Tikrit.", "Four to die") == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ar", "ألقت القوات القبض على إرهابيين اثنين في الموصل وثلاثة آخرين في تلعفر يوم الثلاثاء.", 2),
        ("ar", "طالب نواب الحكومة بحماية الفلاحين في مخمور من هجمات داعش وعمليات الخطف.", 0),
        ("ar", "قتل جنديان في كمين قرب الحويجة يوم الثلاثاء، فيما أصيب أربعة مدنيين بانفجار عبوة ناسفة في خانقين.", 2),
        (
            "ckb",
            "دوو سەرباز لە بۆسەیەکی داعش لە نزیک حەویجە ڕۆژی سێشەممە کوژران. لە هێرشێکی جیاوازدا لە جەلەولا سێ "
            "پۆلیس بە تەقینەوەی بۆمبێک بریندار بوون.",
            2,
        ),
        ("ckb", "پێنج کەس لە ڕووداوێکی هاتوچۆ لە ڕێگای کەرکووک گیانیان لەدەست دا.", 0),
    ],
)
def test_one_or_several_in_arabic_and_sorani(lang: str, text: str, wanted: int) -> None:
    report = make_report("", text, lang=lang, day=DAY, source="agency", source_kind="news")
    assert len(code_report(report, load_pack()).drafts) == wanted
