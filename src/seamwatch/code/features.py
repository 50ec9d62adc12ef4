"""What the learned reader sees of each sentence: the rules' own findings, the words, and the neighbours' findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from seamwatch.code.assembly import Building
from seamwatch.code.mentions import Mention

Features = dict[str, float]

MAX_WORDS = 60
RULE_OPENS = "rule opens"
_WORD = re.compile(r"\w+")
_HIT_KINDS = ("cues", "speech", "offices", "people", "actors", "means")
_SHARED = ("rule", "told", "act type", "harm", "date", "place", "background", "old", "truth", "no act", "title")


def sentence_features(mentions: Sequence[Mention], built: Sequence[Building]) -> list[Features]:
    """One row a mention. Values are small and bounded; names say what they are ("act attack", "word killed").

    ``built`` are the incidents that the rules alone would make of these mentions.
    """
    opened = {building.first.sentence.index for building in built}
    inside = {mention.sentence.index for building in built for mention in building.mentions}
    own: list[Features] = []
    before = 0
    for place, mention in enumerate(mentions):
        row = _findings(mention)
        index = mention.sentence.index
        row[RULE_OPENS] = float(index in opened)
        row["rule tells on"] = float(index in inside)
        row[f"told before {min(before, 3)}"] = 1.0
        row["share of report"] = place / len(mentions)
        row[f"sentence {place if place < 4 else 'later'}"] = 1.0
        before += index in opened
        own.append(row)
    return [_with_words(mentions[k], _with_neighbours(own, k)) for k in range(len(own))]


def _findings(mention: Mention) -> Features:
    sentence = mention.sentence
    row: Features = {
        "background": float(mention.background),
        "old date": float(mention.dated_old),
        "new cue": float(mention.new is not None),
        "same cue": float(mention.same is not None),
        "date told": float(mention.date is not None),
        "date announced": float(mention.announced is not None),
        "place cued": float(any(named.cue for named in mention.places)),
        "place any": float(bool(mention.places)),
        "harm any": float(any(harm.figure.low > 0 for harm in mention.harms)),
        "no act": float(not mention.frames),
        "title": float(sentence.title),
    }
    if mention.date:
        row[f"date {mention.date.kind}"] = 1.0
    for harm in mention.harms:
        row[f"harm {harm.outcome} {harm.group}"] = 1.0
    for frame in mention.frames:
        row[f"act {frame.act.name}"] = row[f"act {frame.act.name} {frame.voice}"] = 1.0
        row[f"act type {frame.act.type}"] = row[f"truth {frame.truth}"] = 1.0
        row[f"number {frame.hit.term.number}"] = 1.0
        if frame.truth == "real" and not mention.background:
            row[f"act type real {frame.act.type}"] = 1.0
        for role, who in (("doer", frame.doers), ("sufferer", frame.sufferers)):
            for one in who:
                row[f"{role} {one.group}"] = row[f"{role} any"] = 1.0
        for thing in frame.things:
            row[f"thing {thing.value}"] = 1.0
    for hit in sentence.hits:
        if hit.kind in _HIT_KINDS:
            row[f"{hit.kind} {hit.value}"] = 1.0
    return row


def _with_neighbours(own: Sequence[Features], k: int) -> Features:
    row = dict(own[k])
    for at, name in ((k - 1, "before: "), (k + 1, "after: ")):
        if 0 <= at < len(own):
            row.update({name + key: value for key, value in own[at].items() if value and key.startswith(_SHARED)})
    return row


def _with_words(mention: Mention, row: Features) -> Features:
    words = _common_words(mention)
    row.update({f"word {word}": 0.5 for word in words if word})
    row.update({f"words {a} {b}": 0.3 for a, b in pairwise(words) if a and b})
    return row


def _common_words(mention: Mention) -> list[str]:
    """The folded words, with gaps for names: digits, and words with a capital inside the sentence, say nothing."""
    sentence = mention.sentence
    found: list[str] = []
    for match in islice(_WORD.finditer(sentence.text), MAX_WORDS):
        spelled = sentence.reading.words(sentence.start + match.start(), sentence.start + match.end())
        name = bool(found) and spelled[:1].isupper()
        found.append("" if name or match[0].isdigit() else match[0])
    return found
