"""The learned reader of an incident's type: where it is sure, its word counts before the rule's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from seamwatch.code.building import Building
from seamwatch.code.features import Row, Seen, of_incident, words
from seamwatch.code.frame import Frame
from seamwatch.code.mentions import Mention
from seamwatch.code.readers import Sight

HEAD = "type"
SURE = 0.6  # from which chance the reader's type counts
PIECE = 4  # letters of a piece of a word
FURTHER = 3  # sentences after the opening one whose words are read


def choose(sight: Sight, building: Building, kind: str, act: Frame) -> tuple[str, Frame]:
    """The type and the act that gives it, from what the rules chose."""
    head = sight.heads.get(HEAD)
    if head is None:
        return kind, act
    chances = head.chances(row(sight.report, building, kind, act))
    best = max(chances, key=lambda name: chances[name])
    if best == kind or chances[best] < SURE:
        return kind, act
    return best, next((f for f in building.frames if f.act.type == best), act)


def row(report: Seen, building: Building, kind: str, act: Frame) -> Row:
    """What the reader sees of an incident that the rules take for a ``kind`` by an ``act``."""
    names = set(of_incident(report, building))
    names |= {f"rule {kind}", f"rule {kind} {report.document.lang}", f"by {act.act.name} {kind}"}
    names |= set(_wording(building.first))
    for mention in islice(building.mentions, 1, 1 + FURTHER):
        names |= {f"further {word}" for word in words(mention)}
    if building.title is not None:
        names |= {f"titled {word}" for word in words(building.title)}
    return frozenset(names)


def _wording(opening: Mention) -> Iterator[str]:
    """Pairs of words, and pieces of words that tell of their stem."""
    told = list(words(opening))
    yield from (f"pair {a} {b}" for a, b in pairwise(told))
    yield from (f"piece {piece}" for piece in _pieces(told))


def _pieces(told: Iterable[str]) -> Iterator[str]:
    for word in told:
        edged = f"<{word}>"
        if len(word) >= PIECE:
            yield from (edged[at : at + PIECE] for at in range(len(edged) - PIECE + 1))
