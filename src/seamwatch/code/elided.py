"""Victims whose verb, or a verb whose victims, stand elsewhere in the sentence: "as did two civilians", "was shot in
the town and died".
"""

from __future__ import annotations

from seamwatch.code.frame import Frame
from seamwatch.code.hits import Hit
from seamwatch.code.items import Form, Item, linked
from seamwatch.code.reading import Sentence
from seamwatch.code.victims import Spot
from seamwatch.model import Figure

PRONOUN_CHARS = 14  # "he later died"
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


def stated(sentence: Sentence, items: list[Item], form: Form) -> list[tuple[Hit, Item]]:
    """Figures without a noun that one of those who tell gives: "police spoke of four", "ISIS claimed five"."""
    found: list[tuple[Hit, Item]] = []
    for cue in sentence.of("cues", "stated"):
        for item in items:
            if item.who is None and item.figure and item.begin - cue.end == 1:
                after = sentence.between(item.end, sentence.end).lstrip()
                if sentence.between(item.begin, item.end) in form["pointing"]:
                    continue  # "lists both"
                if not after or after[0] in ".,;)" or _only(sentence, item.end):
                    found.append((cue, item))
    return found


def _only(sentence: Sentence, at: int) -> bool:
    """Whether "dead", "only" or a conjunction follows."""
    if any(0 <= c.start - at <= 1 for c in sentence.of("cues", "total")):
        return False  # "35 killed or wounded"
    return any(
        0 <= h.start - at <= 1
        and (h.kind == "harm" or (h.kind == "cues" and h.value in ("break", "only", "subordinate")))
        for h in sentence.hits
    )


def pronoun(sentence: Sentence, spot: Spot, form: Form) -> Item | None:
    """ "He did not survive": one person who was told of in a sentence before."""
    if "passive" not in spot.forms or spot.hit.value != "killed":
        return None
    words = sentence.between(max(sentence.start, spot.start - PRONOUN_CHARS), spot.start).split()
    if not form["singular"].intersection(words[-2:]):
        return None
    return Item(spot.start, spot.start, Figure.exactly(1), None, partitive=True)


def shared_subject(sentence: Sentence, spot: Spot, items: list[Item], frames: list[Frame]) -> list[Item]:
    """Who died, where an act before it tells: "a policeman was shot near the bridge and succumbed to his wounds"."""
    if "passive" not in spot.forms or "verb" in spot.forms:
        return []
    starts = {w.start for f in frames if f.hit.start == spot.start and f.voice == "passive" for w in f.sufferers}
    return [i for i in items if i.who and i.who.start in starts and i.end <= spot.start and i.amount][-1:]
