"""Invented places in the form of GeoNames' dump: Arabic and Kurdish names all over Iraq, some in two scripts."""

from __future__ import annotations

import random
from collections.abc import Iterator

_HEADS = (
    "Qaryat",
    "Tall",
    "Albu",
    "Umm",
    "Kani",
    "Bani",
    "Khirbat",
    "Abu",
    "Kharab",
    "Girde",
    "Ayn",
    "Mulla",
    "",
    "",
    "",
)
_STARTS = (
    "Ba",
    "Da",
    "Fa",
    "Ha",
    "Ja",
    "Ka",
    "Kha",
    "La",
    "Ma",
    "Na",
    "Qa",
    "Ra",
    "Sa",
    "Sha",
    "Ta",
    "Wa",
    "Za",
    "Gu",
    "Mu",
)
_MIDDLES = (
    "bd",
    "dr",
    "fr",
    "hm",
    "jw",
    "kr",
    "lm",
    "mr",
    "ns",
    "rb",
    "rz",
    "sh",
    "sl",
    "tb",
    "wr",
    "yn",
    "zr",
    "gh",
    "q",
    "kh",
)
_VOWELS = ("a", "i", "u", "ay", "aw")
_ENDS = ("n", "r", "d", "yah", "wi", "m", "sh", "k", "bad", "tan", "an", "iyah", "l", "f")
_LETTERS = {
    "sh": "ش",
    "kh": "خ",
    "gh": "غ",
    "a": "ا",
    "b": "ب",
    "d": "د",
    "f": "ف",
    "h": "ه",
    "i": "ي",
    "j": "ج",
    "k": "ك",
}
_LETTERS |= {
    "l": "ل",
    "m": "م",
    "n": "ن",
    "q": "ق",
    "r": "ر",
    "s": "س",
    "t": "ت",
    "u": "و",
    "w": "و",
    "y": "ي",
    "z": "ز",
    "g": "گ",
}


def invented_name(number: int) -> str:
    """The name of the place of that number; the same at every call, and shared by few others."""
    draw = random.Random(number)  # noqa: S311 - no secret
    second = draw.choice(_MIDDLES) + draw.choice(_VOWELS)
    name = draw.choice(_STARTS) + draw.choice(_MIDDLES) + draw.choice(_VOWELS) + second + draw.choice(_ENDS)
    return f"{draw.choice(_HEADS)} {name}".strip()


def in_arabic(name: str) -> str:
    """The letters of a name in Arabic script, one by one."""
    plain = name.lower()
    for latin, letter in _LETTERS.items():
        plain = plain.replace(latin, letter)
    return "".join(c for c in plain if not c.isascii() or c == " ")


def dump_lines(count: int) -> Iterator[str]:
    """So many lines of 19 columns; four names for three places, about what the dump of the world has."""
    for number in range(count):
        name, draw = invented_name(number), random.Random(-number)  # noqa: S311 - no secret
        lat, lon = round(29 + 8 * draw.random(), 5), round(39 + 9 * draw.random(), 5)
        others = "" if number % 3 else in_arabic(name)
        row = (number + 1, name, name, others, lat, lon, "P", "PPL", "IQ", "", f"{number % 18:02}", "", "", "")
        yield "\t".join(map(str, (*row, 0, "", 100, "Asia/Baghdad", "2020-01-01"))) + "\n"
