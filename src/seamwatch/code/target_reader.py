"""The learned reader of whom an incident was aimed at: it weighs every actor that the report names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from seamwatch.code.building import Building
from seamwatch.code.cast import Found
from seamwatch.code.features import Actor, Row, Seen
from seamwatch.code.readers import Sight, crossed
from seamwatch.model import Span

HEAD = "target"
DROP = 0.4  # below which chance a target of the rules is dropped
ADD = 0.6  # from which chance another actor becomes one
FAR = 4  # sentences beyond which distance is not told apart
MANY = 4
CODES = ("civilians", "infrastructure")  # what is weighed whether or not it is named as an actor


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the rules say of an incident."""

    kind: str
    initiators: Found
    targets: Found


def choose(sight: Sight, building: Building, chosen: Chosen) -> Found:
    """The targets with their words, from those of the rules."""
    head = sight.heads.get(HEAD)
    if head is None:
        return chosen.targets
    found: Found = {}
    for code, row in rows(sight.report, building, chosen).items():
        chance = head.chance(row)
        if code in chosen.targets:
            if chance >= DROP:
                found[code] = chosen.targets[code]
        elif chance >= ADD and code not in chosen.initiators and (words := _words(code, building)):
            found[code] = words
    return found


def rows(report: Seen, building: Building, chosen: Chosen) -> dict[str, Row]:
    """What the reader sees of each actor that may be a target, by code."""
    codes = (report.actors.keys() | chosen.initiators.keys() | chosen.targets.keys() | set(CODES)) - {"unknown"}
    told = {m.sentence.index for m in building.told}
    return {code: _row(report, building, chosen, code, told) for code in sorted(codes)}


def _row(report: Seen, building: Building, chosen: Chosen, code: str, told: Collection[int]) -> Row:
    document, named = report.document, report.actors
    actors = document.pack.codes.actors
    group, kind = actors[code].group, chosen.kind
    rule = "initiator" if code in chosen.initiators else "target" if code in chosen.targets else "none"
    where = named.get(code, Actor())
    names = {f"code {code}", f"group {group}", f"code {code} {kind}", f"group {group} {kind}", f"type {kind}"}
    names |= {f"lang {document.lang}", f"named {min(len(where.sentences), MANY)}", f"rule {rule}"}
    names |= {f"rule {rule} {kind}", f"rule {rule} {group}", f"rule {rule} {code}", f"rule {rule} {group} {kind}"}
    for role, found in (("initiator", chosen.initiators), ("target", chosen.targets)):
        others = sorted(other for other in found if other != code)
        names.add(f"other {role} {min(len(others), 2)} {rule}")
        names |= {f"other {role} {other} to {code}" for other in others}
        for theirs in {actors[other].group for other in others}:
            near = f"other {role} {theirs} to {group} {rule}"
            names |= {f"other {role} {theirs}", near, f"{near} {kind}"}
    places = set(_stands(building, code, group)) or {"elsewhere"}
    first = building.first.sentence.index
    at = bisect_left(where.sentences, first)
    away = [abs(k - first) for k in where.sentences[max(at - FAR, 0) : at + FAR] if k not in told]
    if away:
        places.add(f"away {min(*away, FAR)}")
    places |= where.cues
    if any(other in actors[code].covers for other in named):
        places.add("covers another")
    if any(code in actors[other].covers for other in named):
        places.add("covered")
    names |= places | crossed(places, group, f"{group} {kind}", f"rule {rule}", code)
    names |= {f"toll {h.outcome} {h.group} & {group}" for h in building.harms if h.figure.low > 0}
    for frame in building.frames:
        names |= {f"act {frame.act.name} & {group}", f"act {frame.act.name} {frame.voice} & {code}"}
    return frozenset(names)


def _stands(building: Building, code: str, group: str) -> Iterator[str]:
    """Where and as what an actor stands in the sentences of an incident."""
    for mention in building.told:
        where = "title" if mention is building.title else "first" if mention is building.first else "later"
        for who in mention.who:
            if who.code != code and not (code == "civilians" and not who.code and who.group == code):
                continue
            yield f"in {where}"
            yield f"person {who.person}"
            if who.speaker:
                yield f"speaker {where}"
            for frame in mention.frames:
                for role, people in (("doer", frame.doers), ("sufferer", frame.sufferers)):
                    if any(who is one for one in people):
                        yield f"{role} {where}"
                        yield f"{role} {frame.act.name} {frame.voice}"
                        yield f"{role} {frame.truth}"
        for harm in mention.harms:
            if harm.code == code or (not harm.code and harm.group == group):
                yield f"harm {where} {harm.outcome} {'own' if harm.code else 'of the group'}"
            if harm.by == group:
                yield "harm by"
        if code == "infrastructure":
            yield from (f"thing {thing.value}" for thing in mention.things)
            yield from (f"thing of act {thing.value}" for frame in mention.frames for thing in frame.things)


def _words(code: str, building: Building) -> list[Span]:
    """The words for an actor in the sentences of an incident."""
    for mention in building.told:
        for who in mention.who:
            if who.code == code or (code == "civilians" and not who.code and who.group == code):
                return [who.span()]
        if code == "infrastructure":
            for thing in mention.things:
                if thing.value in ("infrastructure", "crops"):
                    return [thing.span()]
    return []
