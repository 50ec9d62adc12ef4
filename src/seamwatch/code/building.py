"""An incident in the making: the sentences, acts, harm, places and days that make it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from seamwatch.code.dates import DateHit
from seamwatch.code.frame import Frame
from seamwatch.code.harm import Harm
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named

HEAD_CHARS = 40  # in which an item of a list names its day and place
LEAD = 5  # the first sentences, in which a report tells its main incident

_FAMILY = {
    "air_strike": "air",
    "security_operation": "force",
    "arrest": "force",
    "find": "force",
    "deployment": "move",
    "sighting": "sight",
    "displacement": "people",
    "unrest": "unrest",
}


@dataclass(slots=True, eq=False)
class Building:
    """An incident in the making."""

    mentions: list[Mention]
    frames: list[Frame]
    harms: list[Harm] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    date: DateHit | None = None
    date_mention: Mention | None = None
    announced: DateHit | None = None
    announced_mention: Mention | None = None
    title: Mention | None = None
    day: datetime.date | None = None  # the report's, on which what has no day of its own happened

    @property
    def families(self) -> set[str]:
        """Kinds of act that belong together."""
        return {family(f) for f in self.frames}

    @property
    def told(self) -> list[Mention]:
        """The sentences that tell it, its title last."""
        apart = [self.title] if self.title is not None and self.title not in self.mentions else []
        return self.mentions + apart

    @property
    def first(self) -> Mention:
        """The sentence that opened it."""
        return self.mentions[0]


def family(frame: Frame) -> str:
    """Which acts go together in one incident."""
    return _FAMILY.get(frame.act.type, "hostile")


def spots(mention: Mention) -> list[Named]:
    """The places at which a sentence puts what it tells: those after a preposition of place."""
    return [n for n in mention.places if (n.cue or _heads(n, mention)) and n.rank > RANK["country"]]


def _heads(named: Named, mention: Mention) -> bool:
    """Whether a place stands before an item of a list, or in a line of a log: "0610 Gwer: three men seen"."""
    at = mention.sentence
    if at.logged:  # written in telegram style, with no prepositions
        return named.rank >= RANK["town"]
    after = at.between(named.end, named.end + 3).lstrip()
    return at.item and named.start - at.start <= HEAD_CHARS and after[:1] in (":", "-", "–", "—", ".")


def toll(mention: Mention) -> bool:
    """Whether a sentence says how many came to harm."""
    return any(h.figure.low > 0 and not h.part for h in mention.harms)
