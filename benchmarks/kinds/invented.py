"""Reports filled from the templates of quiet.txt and incidents.txt: seeded, the same at every run."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seamwatch.model import Report, make_report

HERE = Path(__file__).parent
WORDS = {
    "T": "Kirkuk,Tuz Khurmatu,Hawija,Daquq,Makhmour,Khanaqin,Jalawla,Sinjar,Mosul,Tikrit,Baquba,Dibis,Kifri,Baiji",
    "V": "Qara Tapa,Zab,Rashad,Riyadh,Gwer,Amerli,Sadiya,Altun Kupri,Shwan,Sargaran,Taza,Mandali,Zummar,Rabia,Bashir",
    "P": "Kirkuk province,Diyala,Salahaddin,Nineveh,Erbil province,Diyala province,northern Iraq",
    "F": "army,federal police,Peshmerga,Hashd al-Shaabi,security forces,Iraqi army,emergency police,tribal forces",
    "MIL": "Islamic State,ISIS,the Islamic State group,IS militants,Daesh,armed groups,the militants,insurgents",
    "D": "on Monday,on Tuesday,on Wednesday,on Thursday,on Friday,on Saturday,on Sunday,today,yesterday",
    "SRC": "a police source,a security official,the mayor,a local source,an army officer,witnesses,medical sources",
    "N": "two,three,four,five,six,seven,eight,nine,ten,eleven,12,13,15,17,20,23,31,40",
}
TAILS = (
    "He did not give further details.",
    "The area is part of the territory in dispute between Baghdad and Erbil.",
    "{MIL} lost the last of the land they held in Iraq in 2017, but cells of theirs remain active.",
    "The source asked not to be named.",
    "Traffic was back to normal by the evening.",
    "Security forces closed off the place and opened an inquiry.",
    "",
    "",
)
_MARK = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True)
class Invented:
    """A filled template: ``kind`` is the incident's type, or empty; ``template`` its line."""

    kind: str
    template: str
    report: Report


def invented(copies: int = 3, seed: int = 7) -> list[Invented]:
    """Every template filled so many times."""
    rng = random.Random(seed)  # noqa: S311 - for variety, not for secrets
    lines = [("", *line.split("|", 1)) for line in _lines("quiet.txt")]
    lines += [(kind, *rest.split("|", 1)) for kind, rest in (line.split("|", 1) for line in _lines("incidents.txt"))]
    return [_filled(rng, *line) for line in lines for _ in range(copies)]


def _lines(name: str) -> list[str]:
    return HERE.joinpath(name).read_text("utf-8").splitlines()


def _filled(rng: random.Random, kind: str, title: str, text: str) -> Invented:
    chosen = {mark: rng.choice(words.split(",")) for mark, words in WORDS.items()}
    day = date(rng.randint(2015, 2024), rng.randint(1, 9), rng.randint(10, 28))

    def word(match: re.Match[str]) -> str:
        return rng.choice(WORDS["N"].split(",")) if match[1] == "N" else chosen[match[1]]

    head, body = (_MARK.sub(word, part).strip() for part in (title, f"{text} {rng.choice(TAILS)}"))
    head, body = (part[:1].upper() + part[1:] for part in (head, body))
    return Invented(kind, f"{title}|{text}", make_report(head, body, source="news agency", lang="en", day=day))
