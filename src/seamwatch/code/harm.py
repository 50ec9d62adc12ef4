"""So many persons of a group who came to harm, as one sentence tells it."""

from __future__ import annotations

from dataclasses import dataclass

from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence
from seamwatch.model import Figure, Span


@dataclass(slots=True, eq=False)
class Harm:
    """So many of a group came to such harm. ``group`` "" is to be told from what is around it."""

    sentence: Sentence
    outcome: str
    figure: Figure
    group: str
    code: str
    spans: tuple[Span, ...]
    hit: Hit
    start: int
    others: bool = False  # "two others": beside those already told
    too: bool = False  # "was also killed"
    part: bool = False  # "two of them": among those already told
    number_end: int = 0
    bare: bool = False  # a number with no noun
    partitive: bool = False  # "two of them", "five of the militants"
    soft: bool = False  # a noun of either side ("fighters")
    by: str = ""  # the group that did it, where the sentence tells
    whole: int = 0  # "two of the seven", "the seven": 7
    summary: bool = False  # told of several attacks at once
    claimed: bool = False  # as one of the sides claims it
    self_made: bool = False  # a bomber's own death
    identity: str = ""  # says what "part" or "all" of those told before were
    stated: bool = False  # a figure of which only the sentences before tell what it counts: "police spoke of four"
    after: bool = False  # of who was hurt before: "he died in hospital", "one of them died"
    now: bool = False  # the toll as it stands at last: "has risen to nine"
    rest: bool = False  # what is left of a total when its named part is taken off
