"""Whose losses a line of a form gives: "EN: 9 KIA", "Own losses: one killed", "Civilian casualties: none"."""

from __future__ import annotations

from seamwatch.code.harm import Harm
from seamwatch.code.reading import Sentence
from seamwatch.code.who import Who

SIDES = {"side_forces": "forces", "side_militants": "militants", "side_civilians": "civilians"}
LABEL_CHARS = 14  # "casualties", "losses" between a side and the colon
OWNER_CHARS = 10  # "the army put its losses", "the attackers suffered heavy losses"
OF_CHARS = 8  # "losses of the army"
_ENDS = (":", "=")
_BREAKS = ".;|/,\n-•*"


def of_sides(sentence: Sentence, found: list[Harm], who: list[Who]) -> None:
    """Harm that no noun gives to anybody belongs to the side whose label stands before it."""
    if not found:
        return
    for owner, at in _owners(sentence, who):
        for one in found:
            if one.start >= at and one.group in ("", "unknown"):
                one.group = owner
    labels = [(h.start, h.end, SIDES[h.value]) for h in sentence.of("cues", *SIDES)]
    labels += [(w.start, w.end, w.group) for w in who if not w.figure and w.group not in ("", "unknown")]
    labels = sorted(label for label in labels if _is_label(sentence, label[0], label[1]))
    for one in found:
        before = [group for start, end, group in labels if end <= one.start]
        if before and one.group in ("", "unknown"):
            one.group = before[-1]


def _owners(sentence: Sentence, who: list[Who]) -> list[tuple[str, int]]:
    """Whose losses a sentence gives, and from where on: "the army suffered losses", "the losses of the army were"."""
    found: list[tuple[str, int]] = []
    for cue in sentence.of("cues", "losses"):
        sides = [w for w in who if w.group in ("forces", "militants") and not w.figure]
        near = [w for w in sides if 0 <= cue.start - w.end <= OWNER_CHARS]
        near = near or [w for w in sides if 0 <= w.start - cue.end <= OF_CHARS]
        if near:
            found.append((near[-1].group, max(cue.end, near[-1].end)))
    return found


def _is_label(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words begin a line or a part of it and a colon follows, with hardly anything between."""
    before = sentence.between(sentence.start, start).rstrip()
    if before and before[-1] not in _BREAKS:
        return False
    after = sentence.between(end, min(end + LABEL_CHARS, sentence.end))
    marks = [after.index(mark) for mark in _ENDS if mark in after]
    return bool(marks) and all(c.isalpha() or c in " s" for c in after[: min(marks)])
