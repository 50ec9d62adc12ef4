"""One act of a sentence: its words, its weapon, who did it and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from seamwatch.code.clauses import Truth, Voice
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence
from seamwatch.code.who import Thing, Who
from seamwatch.model import Span
from seamwatch.packs.lexicon import Act


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
