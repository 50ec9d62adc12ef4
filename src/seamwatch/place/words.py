"""The words around a place name ("district", "قضاء", "30 km south of"), read from the pack's ``place_words.toml``."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from seamwatch.errors import PackError
from seamwatch.packs import Pack
from seamwatch.place.names import fold

Phrases = Mapping[tuple[str, ...], str]  # folded words -> what they mean


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Each table maps a phrase, as folded words, to what it says: a kind, bearing degrees, or just that it is there."""

    kinds: Phrases
    parts: Phrases
    near: Phrases
    area: Phrases
    between: Phrases
    linking: Phrases
    joiners: Phrases
    km: Phrases
    miles: Phrases
    metres: Phrases
    of: Phrases
    lead: Phrases
    onto: Phrases
    bearings: Phrases

    def __hash__(self) -> int:
        return id(self)


@functools.cache
def kind_heads(words: PlaceWords) -> frozenset[str]:
    """The first words of the phrases for a kind."""
    return frozenset(phrase[0] for phrase in words.kinds if phrase)


@functools.cache
def load_words(pack: Pack) -> PlaceWords:
    """The pack's place words; raises PackError where a table is missing."""
    raw = pack.table("place_words.toml")
    try:
        return PlaceWords(
            kinds=_phrases(raw["kinds"]),
            parts=_phrases({"part": raw["parts"]["words"]}),
            near=_phrases({"near": raw["relations"]["near"]}),
            area=_phrases({"near": raw["relations"]["area"]}),
            between=_phrases({"between": raw["pairs"]["between"]}),
            linking=_phrases({"road": raw["pairs"]["linking"]}),
            joiners=_phrases({"and": raw["pairs"]["joiners"]}),
            km=_phrases({"km": raw["distance"]["km"]}),
            miles=_phrases({"miles": raw["distance"]["miles"]}),
            metres=_phrases({"metres": raw["distance"]["metres"]}),
            of=_phrases({"of": raw["distance"]["of"]}),
            lead=_phrases({"lead": raw["distance"]["lead"]}),
            onto=_phrases({"onto": raw["distance"]["onto"]}),
            bearings=_phrases(raw["bearings"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        rule = "tables kinds, parts, relations, pairs, distance, bearings"
        raise PackError(f"missing or malformed {error}", where=f"{pack.name}/place_words.toml", rule=rule) from error


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a phrase, punctuation dropped."""
    return tuple(word for word in map(fold, text.replace("-", " ").split()) if word)


def starts_with(words: tuple[str, ...], phrases: Phrases) -> tuple[int, str] | None:
    """The longest phrase that the words start with, as (its length in words, what it says)."""
    for size in range(min(len(words), 4), 0, -1):
        if (meaning := phrases.get(words[:size])) is not None:
            return size, meaning
    return None


def ends_with(words: tuple[str, ...], phrases: Phrases) -> tuple[int, str] | None:
    """The longest phrase that the words end with, as (its length in words, what it says)."""
    for size in range(min(len(words), 4), 0, -1):
        if (meaning := phrases.get(words[-size:])) is not None:
            return size, meaning
    return None


def _phrases(table: Mapping[str, Any]) -> Phrases:
    """Phrases with and without "the", which mentions are read without."""
    found: dict[tuple[str, ...], str] = {}
    for meaning, spelled in table.items():
        for phrase in _each(spelled):
            words = folded_words(phrase)
            found[words] = meaning
            found[tuple(word for word in words if word != "the") or words] = meaning
    return found


def _each(spelled: Iterable[str]) -> Iterable[str]:
    if isinstance(spelled, str):
        raise TypeError(f"{spelled!r} should be a list")
    return spelled
