"""How many incidents a report tells: second ones in other paragraphs, lists, logs, results of one operation."""

from datetime import date

import pytest

from seamwatch.code import code_report
from seamwatch.model import make_report
from seamwatch.packs import load_pack

REPORTS = [
    (
        2,
        "Attacks in Kirkuk and Diyala",
        "Gunmen shot dead two farmers in a field near Daquq on Wednesday evening, police said.\n"
        "\n"
        "In Khanaqin, a roadside bomb tore into an army truck the same evening, killing a soldier and "
        "wounding three.",
    ),
    (
        2,
        "Peshmerga killed near Kifri",
        "Militants attacked a Peshmerga post near Kifri on Tuesday night, killing one fighter.\n"
        "\n"
        "Hours later a mortar round landed on a house in Jalawla and wounded a woman.",
    ),
    (
        2,
        "Bomb hits police patrol",
        "A roadside bomb wounded two policemen near Hawija on Thursday, a police source said.\n"
        "\n"
        "Separately, gunmen abducted a shepherd in the village of Aliawa, his family said.",
    ),
    (
        2,
        "Attack on village of Ali Saray",
        "ISIS militants killed a villager in Ali Saray on Wednesday night. Six families left the "
        "village for Kirkuk in the morning.",
    ),
    (
        1,
        "Attack on post near Gwer",
        "ISIS militants attacked an army post near Gwer on Wednesday night, killing two soldiers. "
        "Reinforcements reached the post from Makhmour and exchanged fire with the attackers for an "
        "hour. The army later searched the area as far as Qarachogh.",
    ),
    (
        2,
        "Turkish jets strike Sinjar",
        "Turkish warplanes struck a clinic near Khanasor on Thursday, killing three people.\n"
        "\n"
        "Elsewhere, two rockets fell near the Turkish base at Bashiqa without causing casualties, a "
        "security official said.",
    ),
    (
        2,
        "Security operation in Hamrin",
        "The army and the Hashd launched an operation in the Hamrin hills on Thursday to clear the "
        "area of ISIS cells, the Security Media Cell said.\n"
        "\n"
        "In Mosul, police arrested three men accused of belonging to the group.",
    ),
    (
        3,
        "Daily security report",
        "1. 9 June, Hawija: roadside bomb hit a federal police vehicle, two wounded.\n"
        "2. 9 June, Jalawla: unknown gunmen opened fire on a house of a mukhtar, no casualties.\n"
        "3. 10 June, Tuz Khurmatu: security forces found a cache of 12 mortar shells.",
    ),
    (
        3,
        "Ops log",
        "0550 Gwer: 2 mortar rds on OP 3, 1 Pesh wounded.\n"
        "0915 Dibaga: army engineers blew in place 3 IEDs on the road to Makhmour.\n"
        "1340 Kudila: car with 4 gunmen fired on checkpoint, no cas.\n"
        "1800 All quiet.",
    ),
    (
        1,
        "Army announces results",
        "The Security Media Cell published the results of the first day of the operation in the "
        "Hamrin range, launched on Wednesday:\n"
        "- 14 villages searched.\n"
        "- Six wanted men arrested.\n"
        "- Nine hideouts destroyed.\n"
        "- Four explosive devices defused.",
    ),
    (
        1,
        "Kirkuk bombing kills five",
        "A car bomb killed five people in a market in Kirkuk on Wednesday, police said.\n"
        "\n"
        'The blast set several shops on fire. "I saw bodies on the ground," a witness said. Hospital '
        "officials said that 20 people had been wounded.\n"
        "\n"
        "The governor condemned the bombing and ordered an inquiry.",
    ),
    (
        2,
        "Drone strike in Sinjar",
        "A drone killed two fighters in a car near Sinuni on Thursday. On Monday a drone strike in "
        "the same manner had killed a commander near Khanasor.",
    ),
    (
        2,
        "Protest after killing",
        "Gunmen killed a teacher in Sulayman Beg on Tuesday night.\n"
        "\n"
        "Dozens of people blocked the road in Tuz Khurmatu on Wednesday in protest at the lack of "
        "security.",
    ),
    (
        1,
        "Villager kidnapped",
        "Gunmen in military uniform abducted a farmer from his house in the village of Darmana on "
        "Sunday night, the mayor said on Wednesday. The kidnappers have asked his family for 50,000 "
        "dollars.",
    ),
    (
        1,
        "Armed men seen near Shwan",
        "Villagers near Shwan saw six armed men crossing a valley on Tuesday evening, the mayor said. "
        "The men asked a shepherd for water and moved on.",
    ),
    (
        1,
        "Army takes over posts",
        "The Iraqi army took over three posts of the Peshmerga near Makhmour on Wednesday under an "
        "agreement between the two sides.",
    ),
    (
        2,
        "Border guards move in",
        "Border guards took up new positions above Penjwen on Tuesday. A regiment of the army moved "
        "into Rabia on Monday, the command said.",
    ),
    (
        1,
        "Families flee shelling",
        "More than 40 families left villages in Sidakan after Turkish shelling on Tuesday, the mayor "
        "said. Nobody was hurt.",
    ),
    (
        2,
        "Air strikes kill 12",
        "Iraqi F-16 jets killed seven ISIS members in a cave in the Makhoul mountains on Wednesday, "
        "the Security Media Cell said. On Monday five others had been killed in a strike on a hideout "
        "in Wadi al-Shay.",
    ),
    (
        2,
        "Clashes in Sinjar",
        "Clashes broke out between the army and fighters of the YBS in Sinuni on Wednesday. Two "
        "soldiers were wounded.\n"
        "\n"
        "In Mosul, meanwhile, a policeman was shot dead by unknown gunmen outside his home.",
    ),
    (
        2,
        "Soldier killed in Hawija",
        "A bomb killed a soldier in Hawija on Tuesday.\n\n"
        "Last month an air strike killed four militants in Tuz Khurmatu.",
    ),
    (
        2,
        "Soldier killed near Hawija",
        "A bomb killed a soldier in Hawija on Tuesday. "
        "In the middle of May a rocket salvo at Erbil left two people dead.",
    ),
    (
        2,
        "Soldier killed by bomb",
        "A bomb killed a soldier in Hawija on Tuesday. "
        "In May five policemen died in an attack on their post in Rashad.",
    ),
    (
        1,
        "Soldier killed at Hawija",
        "A bomb killed a soldier in Hawija on Tuesday. "
        "In March five policemen died in an attack on their post in Rashad.",
    ),
    (
        1,
        "Soldier killed outside Hawija",
        "A bomb killed a soldier in Hawija on Tuesday. In May the United Nations counted 40 civilians killed in Iraq.",
    ),
]


@pytest.mark.parametrize(("wanted", "title", "text"), REPORTS, ids=[row[1] for row in REPORTS])
def test_how_many(wanted: int, title: str, text: str) -> None:
    report = make_report(title, text, lang="en", day=date(2021, 6, 10), source="agency", source_kind="news")
    assert len(code_report(report, load_pack("iraq")).drafts) == wanted
