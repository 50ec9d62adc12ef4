"""Words and sentences of a MUC text, lower-cased, each word with its place in the given text."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

_WORD = re.compile(r"(?:[a-z]\.){2,}|\d+(?:[.,:]\d+)*|'s\b|[^\W\d_]+(?:-?[^\W_]+)*|[^\w\s]")
_DROPPED = str.maketrans("", "", string.punctuation)
_STOPS = frozenset(".?!;")
_TITLES = frozenset(
    ("mr", "mrs", "ms", "dr", "gen", "col", "lt", "sgt", "capt", "maj", "st", "msgr", "no", "fr", "rev")
)
_ARTICLES = frozenset(("a", "an", "the"))
SENTENCE_WORDS = 120  # a longer one is cut


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``start:end`` of the given text."""

    word: str
    start: int
    end: int


def sentences(text: str) -> list[list[Token]]:
    """The sentences of a text: parted at stops and at runs of three blanks or more."""
    found: list[list[Token]] = [[]]
    lowered = text.lower() if len(text.lower()) == len(text) else text
    before = 0
    for match in _WORD.finditer(lowered):
        word, last = match.group(), found[-1]
        gap = match.start() - before
        new_paragraph = gap >= 3 or "\n\n" in lowered[before : match.start()]
        ended = bool(last) and last[-1].word in _STOPS and not (len(last) > 1 and last[-2].word in _TITLES)
        if last and (new_paragraph or (ended and gap > 0) or len(last) >= SENTENCE_WORDS):
            found.append([])
        found[-1].append(Token(word, match.start(), match.end()))
        before = match.end()
    return [s for s in found if s]


def bare(text: str) -> str:
    """A mention as the scorer compares it: lower case, without ASCII punctuation and articles."""
    words = text.lower().translate(_DROPPED).split()
    return " ".join(w for w in words if w not in _ARTICLES)
