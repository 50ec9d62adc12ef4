"""The word lists of ``role_words.toml``: classes of words, acts, organisations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Classes by word, acts by word, and the words that may be features by themselves."""

    classes: Mapping[str, tuple[str, ...]]
    acts: Mapping[str, str]
    nouns: Mapping[str, str]
    short: Mapping[str, str]  # name of an organisation -> its initials
    extra: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word lists of ``role_words.toml``."""
    raw: dict[str, Any] = tomllib.loads((Path(__file__).parent / "role_words.toml").read_text("utf-8"))
    classes: dict[str, list[str]] = {}
    for name, words in raw["flags"].items():
        for word in words.split():
            classes.setdefault(word, []).append(name)
    acts, nouns = ({}, {})  # type: tuple[dict[str, str], dict[str, str]]
    for name, words in raw["acts"].items():
        kind, noun = name.removesuffix("_noun"), name.endswith("_noun")
        for word in words.split():
            (nouns if noun else acts).setdefault(word, kind)
    short = {full: key for key, names in raw["organisations"].items() for full in names.split("|")}
    return Lexicon(
        {w: tuple(c) for w, c in classes.items()}, acts, nouns, short, frozenset(raw["extra"]["words"].split())
    )


@cache
def listed_words() -> frozenset[str]:
    """All words of ``role_words.toml``."""
    lex = lexicon()
    return frozenset({*lex.classes, *lex.acts, *lex.nouns}) | lex.extra
