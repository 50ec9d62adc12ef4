"""What the learned readers see of a drafted incident: what the rules find in its sentences and its report, and words.

A row is a set of short readable names ("act attack active", "word funeral"). Names, numbers and capitals inside a
sentence are no features, so no reader learns a place or a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from seamwatch.code.building import LEAD, Building, spots
from seamwatch.code.mentions import Mention
from seamwatch.code.reading import Document

Row = frozenset[str]

MAX_WORDS = 60  # of a sentence
MANY = 3  # beyond which counts are not told apart
_WORD = re.compile(r"[^\W\d_]+")
_CUES = ("cues", "speech", "offices", "means", "things")
_OF_ACTORS = ("claimed", "suspected")  # cues that tell of who did it


@dataclass(slots=True)
class Actor:
    """Where a report names an actor: sentences in order, and whether one of them tells of a claim or a suspicion."""

    sentences: list[int] = field(default_factory=list)
    cues: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Seen:
    """A report's traits that all its incidents share."""

    document: Document
    all: tuple[Mention, ...]
    mentions: tuple[Mention, ...]  # without title and dateline
    shared: Row
    actors: Mapping[str, Actor]  # by code


def seen(document: Document, mentions: Sequence[Mention], built: Sequence[Building]) -> Seen:
    """A report as the readers see it."""
    text = [m for m in mentions if not m.sentence.title and not m.sentence.dateline]
    row = {f"lang {document.lang}", f"incidents {min(len(built), MANY)}", f"sentences {_band(len(text))}"}
    row.add("dated" if document.report.day else "undated")
    for mention in mentions:
        if mention.sentence.title:
            row |= {f"title {name}" for name in (*_acts(mention), *_cues(mention), *_words(mention))}
            row.add("titled")
    for mention in text[:2]:
        row |= {f"lead {name}" for name in _cues(mention)}
    row |= {f"report {name}" for mention in text for name in _cues(mention)}
    told = sum(bool(m.real) for m in text)
    row.add(f"telling {_band(told)}")
    row.add(f"telling share {4 * told // max(len(text), 1)}")
    row.add(f"background {_band(sum(m.background for m in text))}")
    return Seen(document, tuple(mentions), tuple(text), frozenset(row), _actors(mentions))


def _actors(mentions: Sequence[Mention]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for mention in mentions:
        codes = sorted({who.code for who in mention.who if who.code})
        cues = [cue for cue in _OF_ACTORS if codes and mention.sentence.of("cues", cue)]
        for code in codes:
            actor = found.setdefault(code, Actor())
            actor.sentences.append(mention.sentence.index)
            actor.cues.update(cues)
    return found


def of_incident(report: Seen, building: Building) -> Row:
    """The row of an incident in the making."""
    opening, rest = building.first, building.mentions[1:]
    row = set(report.shared) | set(of_sentence(report, opening))
    for mention in rest:
        row |= {f"later {name}" for name in _acts(mention)}
        row |= {f"later {name}" for name in _harms(mention)}
    frames = building.frames
    row |= {f"all {name}" for name in (f"type {f.act.type}" for f in frames)}
    row.add(f"mentions {min(len(building.mentions), MANY)}")
    row.add("day told" if building.date else "day announced" if building.announced else "no day")
    row.add("placed" if building.places else "not placed")
    row |= {f"rank {named.rank}" for named in building.places}
    row.add("with title" if building.title else "without title")
    row.add("harm" if any(h.figure.low > 0 for h in building.harms) else "no harm")
    if any(f.doers for f in frames):
        row.add("done by somebody")
    if any(f.sufferers or f.things for f in frames):
        row.add("done to somebody")
    if any(f.weapon for f in frames):
        row.add("with weapon")
    return frozenset(row)


def of_sentence(report: Seen, mention: Mention) -> Row:
    """The row of a sentence: its acts, harm, cues, day and places, its words, and what stands around it."""
    sentence = mention.sentence
    row = {*_acts(mention), *_harms(mention), *_cues(mention), *_words(mention)}
    at = next((k for k, m in enumerate(report.mentions) if m.sentence is sentence), -1)
    row.add(f"place {at if at < 4 else 'later'}")
    row.add(f"share {4 * max(at, 0) // max(len(report.mentions), 1)}")
    row.add("lead" if sentence.index <= LEAD else "body")
    row |= {name for name, holds in _traits(mention) if holds}
    for near, name in ((at - 1, "before"), (at + 1, "after")):
        if at >= 0 and 0 <= near < len(report.mentions):
            other = report.mentions[near]
            row |= {f"{name} {what}" for what in (*_types(other), *_cues(other))}
            row |= {f"{name} {what}" for what, holds in _traits(other) if holds}
        else:
            row.add(f"{name} nothing")
    return frozenset(row)


def _traits(mention: Mention) -> Iterator[tuple[str, bool]]:
    yield "background", mention.background
    yield "old", mention.dated_old
    yield "new", mention.new is not None
    yield "same", mention.same is not None
    yield "dated", mention.date is not None and not mention.clock_only
    yield "clock", mention.clock_only
    yield "announced", mention.announced is not None
    yield "spot", bool(spots(mention))
    yield "named place", bool(mention.places)
    yield "hurt", any(h.figure.low > 0 for h in mention.harms)
    yield "no act", not mention.frames
    yield "real act", bool(mention.real)
    yield "item", mention.sentence.item
    yield "logged", mention.sentence.logged
    yield "number", bool(mention.sentence.numbers)
    if mention.date is not None:
        yield f"date {mention.date.kind}", True


def _types(mention: Mention) -> Iterator[str]:
    for frame in mention.frames:
        yield f"type {frame.act.type} {frame.truth}"


def _acts(mention: Mention) -> Iterator[str]:
    for frame in mention.frames:
        act = frame.act.name
        yield f"act {act}"
        yield f"act {act} {frame.voice}"
        yield f"act {act} {frame.truth}"
        yield f"type {frame.act.type} {frame.truth}"
        yield f"truth {frame.truth}"
        yield f"number {frame.hit.term.number}"
        for role, who in (("doer", frame.doers), ("sufferer", frame.sufferers)):
            for one in who:
                yield f"{role} {one.group}"
                yield f"{role} {one.group} {act}"
            if not who:
                yield f"no {role} {act}"
        for thing in frame.things:
            yield f"thing {thing.value}"
            yield f"thing {thing.value} {act}"
        if frame.weapon is not None:
            yield f"weapon {frame.weapon.value}"


def _harms(mention: Mention) -> Iterator[str]:
    for harm in mention.harms:
        yield f"harm {harm.outcome} {harm.group or 'of somebody'}"
        yield f"harmed {_band(harm.figure.low)}"


def _cues(mention: Mention) -> Iterator[str]:
    for hit in mention.sentence.hits:
        if hit.kind in _CUES:
            yield f"{hit.kind} {hit.value}"


def _words(mention: Mention) -> Iterator[str]:
    """Folded words; a word with a capital inside a sentence is a name."""
    return (f"word {word}" for word in words(mention))


def words(mention: Mention) -> Iterator[str]:
    """The folded words of a sentence that are no names, in order."""
    sentence = mention.sentence
    first = True
    for match in islice(_WORD.finditer(sentence.text), MAX_WORDS):
        spelled = sentence.reading.words(sentence.start + match.start(), sentence.start + match.end())
        if first or sentence.title or not spelled[:1].isupper():
            yield match[0]
        first = False


def _band(count: int) -> str:
    return str(count) if count <= MANY else "some" if count <= 3 * MANY else "many"
