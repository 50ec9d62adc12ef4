"""Invented places in the form of GeoNames' dump: Arabic and Kurdish names all over Iraq, some in two scripts."""

from __future__ import annotations

from collections.abc import Iterator

_PARTS = (
    ("Qaryat ", "Tall ", "Albu ", "Umm ", "Kani ", "Bani ", "Khirbat ", "Abu ", "Girde ", "Ayn ", "Mulla ", "", "", ""),
    (
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
    ),
    ("bd", "dr", "fr", "hm", "jw", "kr", "lm", "mr", "ns", "rb", "rz", "sh", "sl", "tb", "wr", "yn", "zr", "gh", "q"),
    ("a", "i", "u", "ay", "aw"),
    (
        "b",
        "d",
        "fr",
        "h",
        "j",
        "kr",
        "lm",
        "m",
        "ns",
        "rb",
        "z",
        "sh",
        "sl",
        "tb",
        "wr",
        "y",
        "zr",
        "gh",
        "q",
        "kh",
        "t",
    ),
    ("a", "i", "u", "an"),
    ("n", "r", "d", "yah", "wi", "m", "sh", "k", "bad", "tan", "iyah", "l", "f"),
)
_MIXED = 2_654_435_761  # Knuth's multiplier: numbers that follow each other share no part of their names
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
    left, name = number * _MIXED % (1 << 32), ""
    for parts in _PARTS:
        left, at = divmod(left, len(parts))
        name += parts[at]
    return name


def in_arabic(name: str) -> str:
    """The letters of a name in Arabic script, one by one."""
    plain = name.lower()
    for latin, letter in _LETTERS.items():
        plain = plain.replace(latin, letter)
    return "".join(c for c in plain if not c.isascii() or c == " ")


def dump_lines(count: int) -> Iterator[str]:
    """So many lines of 19 columns; four names for three places, about what the dump of the world has."""
    for number in range(count):
        name, mixed = invented_name(number), number * _MIXED % (1 << 32)
        lat, lon = 29 + mixed % 80_000 / 10_000, 39 + mixed % 89_989 / 10_000
        others = "" if number % 3 else in_arabic(name)
        row = (number + 1, name, name, others, f"{lat:.5f}", f"{lon:.5f}", "P", "PPL", "IQ", "", f"{number % 18:02}")
        yield "\t".join(map(str, (*row, "", "", "", 0, "", 100, "Asia/Baghdad", "2020-01-01"))) + "\n"
