"""One act of a sentence: its words, its weapon, who did it and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from seamwatch.code.clauses import Truth, Voice
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence
from seamwatch.code.who import Thing, Who
from seamwatch.model import Span
from seamwatch.packs.lexicon import Act

IN_CHARS = 14  # "in a crowded market"
HOME_CHARS = 40  # "went off in a crowded market"


@dataclass(slots=True, eq=False)
class Frame:
    """One act of a sentence."""

    sentence: Sentence
    act: Act
    hit: Hit
    voice: Voice
    truth: Truth = "real"
    doers: list[Who] = field(default_factory=list)
    sufferers: list[Who] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    weapon: Hit | None = None
    who: list[Who] = field(default_factory=list)  # all phrases of the sentence

    def span(self) -> Span:
        """The words of the act."""
        return self.sentence.span(self.hit.start, self.hit.end, self.hit.term.rule)


def at_home(frame: Frame) -> bool:
    """Whether an act happened in a market, shop or house; a village or a camp is too wide."""
    sentence, end = frame.sentence, frame.hit.end
    wide = {h.start for h in sentence.of("places")}
    for thing in sentence.of("things", "home"):
        if thing.start in wide:
            continue
        if end <= thing.start <= end + HOME_CHARS:
            where = [h for h in sentence.of("places", "at", "near") if end <= h.start and h.end <= thing.start]
        elif thing.end <= frame.hit.start <= thing.end + HOME_CHARS:  # "a bomb in a crowded market killed"
            where = [h for h in sentence.of("places", "at", "near") if 0 <= thing.start - h.end <= IN_CHARS]
        else:
            continue
        if where and where[-1].value == "at":
            return True
    return False
