"""The learned reader of an incident's place: it weighs every place that the report names against the rules' choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from seamwatch.code.building import Building
from seamwatch.code.features import Row
from seamwatch.code.mentions import Mention
from seamwatch.code.places import Named, same_place
from seamwatch.code.readers import Sight, crossed

HEAD = "place"
SURER = 0.2  # by how much likelier another place must be than the rules' choice
NEAR_CHARS = 20  # the step in which the way from an act to a place is told
AROUND_CHARS = 30  # before and after a place in which its neighbours stand
FAR = 4
MANY = 3
REACH = 6  # sentences before and after the opening one whose places are weighed though they are not the incident's
MAX_RIVALS = 40


@dataclass(frozen=True, slots=True)
class Rival:
    """A place that may be an incident's: its name, the sentence that names it, and what that sentence is to it."""

    named: Named
    mention: Mention | None
    source: str


def choose(sight: Sight, building: Building, kind: str, best: Named) -> Named:
    """The incident's place, where the rules chose ``best``."""
    head = sight.heads.get(HEAD)
    if head is None:
        return best
    listed = rivals(sight.report.all, building)
    if all(one.named is not best for one in listed):
        listed.append(Rival(best, None, "headed"))
    chances = head.best(rows(sight.report.document.lang, building, kind, best, listed))
    shares = [
        sum(c for c, other in zip(chances, listed, strict=True) if same_place(one.named, other.named)) for one in listed
    ]
    mine = next(share for share, one in zip(shares, listed, strict=True) if one.named is best)
    first = max(range(len(listed)), key=lambda at: (shares[at], chances[at]))
    return listed[first].named if shares[first] >= mine + SURER else best


def rivals(mentions: Sequence[Mention], building: Building) -> list[Rival]:
    """The places of an incident's sentences, of those around its opening, of the report's head; MAX_RIVALS at most."""
    found: dict[int, Rival] = {}
    told = building.told
    for mention in told:
        source = "title" if mention is building.title else "first" if mention is building.first else "later"
        for named in mention.places:
            found.setdefault(id(named), Rival(named, mention, source))
    for named in building.places:
        found.setdefault(id(named), Rival(named, None, "inherited"))
    inside = {m.sentence.index for m in told}
    first = building.first.sentence.index
    for mention in (*mentions[:2], *mentions[max(2, first - REACH) : max(2, first + REACH + 1)]):
        at = mention.sentence
        if at.index not in inside and (at.title or at.dateline or abs(at.index - first) <= REACH):
            source = "other title" if at.title else "dateline" if at.dateline else "outside"
            for named in mention.places:
                found.setdefault(id(named), Rival(named, mention, source))
    return list(islice(found.values(), MAX_RIVALS))


def rows(lang: str, building: Building, kind: str, best: Named, listed: Sequence[Rival]) -> list[Row]:
    """What the reader sees of each rival."""
    finest = max(one.named.rank for one in listed)
    titles = [m for m in (building.title, *(one.mention for one in listed)) if m is not None and m.sentence.title]
    titled = [named for mention in titles for named in mention.places]
    found: list[Row] = []
    for one in listed:
        named = one.named
        names = set(_of_name(named)) | {f"type {kind}", f"lang {lang}", f"source {one.source}"}
        names.add("finest" if named.rank == finest else "not finest")
        names.add(f"named {min(sum(other.named.name == named.name for other in listed), FAR)}")
        if any(same_place(named, other) for other in titled):
            names.add("in title")
        if one.mention is not None:
            names |= set(_of_sentence(one.mention, named, building))
        plain = sorted(names)
        names |= crossed(plain, "chosen" if named is best else "not chosen")
        names |= crossed((n for n in plain if n.split()[0] in _BY_SOURCE), f"source {one.source}")
        names |= crossed((n for n in plain if n.split()[0] in _BY_RANK), f"rank {named.rank}")
        found.append(frozenset(names))
    return found


_BY_SOURCE = frozenset({"rank", "cue", "relation", "rule", "sentences", "loose", "type"})
_BY_RANK = frozenset({"cue", "type", "loose", "finest", "sentences", "aside"})


def _of_name(named: Named) -> Iterator[str]:
    yield f"rank {named.rank}"
    yield f"cue {named.cue or 'none'}"
    yield f"relation {named.relation}"
    yield f"aside {named.aside}"
    yield f"loose {named.loose}"
    yield f"known {min(len(named.ids), MANY)}"
    yield f"rule {named.rule.split(':')[0]}"
    yield f"kind {named.kind}"
    yield from (f"kinds {kind}" for kind in named.kinds)
    if named.distance_km is not None:
        yield "away"


def _of_sentence(mention: Mention, named: Named, building: Building) -> Iterator[str]:
    sentence = mention.sentence
    yield f"sentences {max(-MANY, min(sentence.index - building.first.sentence.index, FAR))}"
    yield f"background {mention.background}"
    yield f"dated {mention.date is not None}"
    yield f"new {mention.new is not None}"
    yield f"same {mention.same is not None}"
    yield f"harm {any(h.figure.low > 0 for h in mention.harms)}"
    yield f"beside {min(len(mention.places) - 1, MANY)}"
    yield f"order {mention.places.index(named)}"
    acts = mention.real
    yield f"acts {bool(acts)}"
    if acts:
        act = min(acts, key=lambda f: abs(f.hit.start - named.start))
        away = named.start - act.hit.end
        yield f"act {act.act.name}"
        yield f"voice {act.voice}"
        yield f"way {'before' if away < 0 else 'after'} {min(abs(away) // NEAR_CHARS, 5)}"
    before = sentence.between(max(sentence.start, named.start - AROUND_CHARS), named.start).split()
    after = sentence.between(named.end, min(sentence.end, named.end + AROUND_CHARS)).split()
    if before:
        yield f"before {before[-1]}"
        yield f"before {' '.join(before[-2:])}"
    if after:
        yield f"after {after[0]}"
    if any(abs(h.start - named.end) < AROUND_CHARS for h in sentence.of("speech")):
        yield "speech near"
