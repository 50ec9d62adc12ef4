"""Victims whose verb, or a verb whose victims, stand elsewhere in the sentence: "as did two civilians", "was shot in
the town and died".
"""

from __future__ import annotations

from seamwatch.code.frame import Frame
from seamwatch.code.items import Item, linked
from seamwatch.code.reading import Sentence
from seamwatch.code.victims import Spot

AFTER_CHARS = 2  # between "as did" and those of whom it speaks


def likewise(sentence: Sentence, spots: list[Spot], items: list[Item]) -> list[tuple[Spot, Item]]:
    """Those of whom "as did", "so were" says what was said of others, each with the word of harm that it repeats."""
    found: list[tuple[Spot, Item]] = []
    for cue in sentence.of("cues", "likewise"):
        said = [s for s in spots if s.end <= cue.start]
        edge = cue.end + AFTER_CHARS
        for item in items:
            if item.begin < cue.end or not said or item.amount is None:
                continue
            if item.begin > edge and not (found and linked(sentence, edge, item.begin)):
                break
            found.append((said[-1], item))
            edge = item.end
    return found


def shared_subject(sentence: Sentence, spot: Spot, items: list[Item], frames: list[Frame]) -> list[Item]:
    """Who died, where an act before it tells: "a policeman was shot near the bridge and succumbed to his wounds"."""
    if "passive" not in spot.forms or "verb" in spot.forms:
        return []
    starts = {w.start for f in frames if f.hit.start == spot.start and f.voice == "passive" for w in f.sufferers}
    return [i for i in items if i.who and i.who.start in starts and i.end <= spot.start and i.amount][-1:]
