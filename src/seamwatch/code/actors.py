"""Who began an incident and at whom it was aimed, by the codebook's rulings for each kind of incident.

The acts give a cast (`seamwatch.code.cast`); who is named elsewhere in the report is in `seamwatch.code.culprits`.
"""

from __future__ import annotations

from seamwatch.code.building import Building
from seamwatch.code.cast import BY_FORCES, Cast, Found, add, fill, merge
from seamwatch.code.culprits import (
    announcers,
    bystanders,
    happened_abroad,
    is_abroad,
    is_named,
    name_culprits,
    opponents,
    partners,
    source,
)
from seamwatch.code.frame import Frame
from seamwatch.code.reading import Document
from seamwatch.code.who import GENERAL
from seamwatch.model import Claim, Span

BY_CHARS = 24  # "outside a crowded market"

Roles = tuple[Found, Found]

AT_PERSONS = frozenset({"attack_on_civilians", "abduction", "suicide_attack", "explosion", "indirect_fire"})
AT_CIVILIANS = frozenset({"attack_on_civilians", "abduction"})
FROM_AFAR = frozenset({"air_strike", "indirect_fire", "explosion", "sabotage"})
UNAIMED = frozenset({"explosion", "indirect_fire"})  # "three people died": of whom nothing is told
NO_TARGET = frozenset({"deployment", "sighting"})


def roles(document: Document, building: Building, kind: str) -> Roles:
    """Initiators and targets with their words, by code."""
    cast = Cast(document, kind)
    own = list(building.frames)
    fill(cast, own, building)
    title = building.title
    if title is not None and title not in building.mentions:
        _from_title(cast, [f for f in title.frames if f.truth == "real"], building)
    _persons(cast, building, own)
    _by_kind(cast, building)
    away = is_abroad(document)
    abroad = away or happened_abroad(document, building)
    actors = document.pack.codes.actors
    for found in (cast.initiators, cast.targets):
        _specific(document, found)
        for code in cast.forces(found) if abroad else ():
            if away or not actors[code].abroad:
                del found[code]
    _tidy(cast)
    return cast.initiators, cast.targets


def _from_title(cast: Cast, frames: list[Frame], building: Building) -> None:
    """The title says who and whom where the text does not, or says it more exactly."""
    other = Cast(cast.document, cast.kind)
    fill(other, frames, None)
    for mine, theirs in ((cast.initiators, other.initiators), (cast.targets, other.targets)):
        opposite = cast.targets if mine is cast.initiators else cast.initiators
        exact = not mine or cast.groups(mine) & {"militants"} == cast.groups(theirs)
        if exact or (mine is cast.targets and "forces" not in cast.groups(mine)):
            merge(mine, {code: spans for code, spans in theirs.items() if code not in opposite})


def _persons(cast: Cast, building: Building, frames: list[Frame]) -> None:
    """Victims of no service are civilians; else the forces or civilians of whom these sentences speak."""
    if cast.kind == "attack_on_civilians" and set(cast.targets) == {"state_officials"}:
        others = [w for f in frames for w in f.sufferers if w.group == "unknown" and w.others]
        cast.targets.update({"civilians": [others[0].span()]} if others else {})
    if cast.kind in FROM_AFAR and "forces" not in cast.groups(cast.targets):
        works = [n for n in building.places if n.cue and "oilfield" in n.kinds]
        cast.targets.update({"infrastructure": [works[0].span()]} if works else {})
    if cast.targets or cast.kind in BY_FORCES or "forces" in cast.groups(cast.initiators):
        return
    if cast.kind in AT_PERSONS and (cast.kind not in UNAIMED or any(map(_by_homes, frames))):
        persons = [w for f in frames for w in f.sufferers if w.group == "unknown"]
        told = [h for h in building.harms if h.figure.low > 0 and h.group in ("", "unknown")]
        if persons:
            cast.targets["civilians"] = [persons[0].span()]
        elif told:
            cast.targets["civilians"] = list(told[0].spans[:1])
    if not cast.targets and cast.kind not in ("unrest", "displacement", "air_strike"):
        add(cast.targets, bystanders(cast.document, building))


def _by_homes(frame: Frame) -> bool:
    """Whether an act happened in or near a market, shop or house; a village or a camp is too wide."""
    sentence = frame.sentence
    wide = {h.start for h in sentence.of("places")}
    near = [h.end for h in sentence.of("places", "at", "near")]
    homes = [h.start for h in sentence.of("things", "home") if h.start not in wide]
    return any(0 < home - end <= BY_CHARS for home in homes for end in near)


def _by_kind(cast: Cast, building: Building) -> None:
    """What each kind of incident asks for beside its acts."""
    document, kind = cast.document, cast.kind
    if kind == "unrest":
        civilians = cast.initiators.get("civilians")
        cast.initiators.clear()
        cast.initiators["civilians"] = civilians or [building.frames[0].span()]
        return
    for code in [c for c in cast.initiators if cast.group(c) == "civilians"]:
        del cast.initiators[code]
    if kind == "arrest" and "militants" in cast.groups(cast.targets):
        cast.targets.pop("civilians", None)  # "two brothers suspected of links with the group"
    if kind in AT_CIVILIANS and "militants" in cast.groups(cast.targets) and len(cast.targets) > 1:
        for code in [c for c in cast.targets if cast.group(c) == "militants"]:
            cast.initiators.setdefault(code, cast.targets.pop(code))  # attackers who fell
    if kind in BY_FORCES:
        for code in [c for c in cast.targets if cast.group(c) != "militants" and (kind, c) != ("arrest", "civilians")]:
            del cast.targets[code]
        if not cast.initiators:
            add(cast.initiators, announcers(document, building))
        elif kind in ("security_operation", "deployment"):
            add(cast.initiators, partners(document, building, kind))
    elif not _two_sides(cast, building):
        merge(cast.initiators, name_culprits(document, building, cast.initiators, cast.targets, kind))
    if kind == "displacement":
        cast.initiators.pop("militants", None)
    if kind in ("sighting", "displacement"):  # those seen; those fled from
        for code in [c for c in cast.targets if cast.group(c) == "militants"]:
            spans = cast.targets.pop(code)
            if kind == "sighting" or code not in GENERAL:
                cast.initiators.setdefault(code, spans)
    if kind == "sighting" and "militants" in cast.groups(cast.initiators):  # not those who saw them
        for code in cast.forces(cast.initiators):
            del cast.initiators[code]
    if kind in NO_TARGET:
        cast.targets.clear()
    if kind == "displacement" and not cast.targets:
        cast.targets["civilians"] = [building.frames[0].span()]
    known = cast.groups((*cast.initiators, *cast.targets))
    at_war = bool(cast.sides(cast.initiators) - {"other"}) or kind == "security_operation"
    if at_war and kind not in NO_TARGET and "militants" not in known and not cast.targets:
        add(cast.targets, opponents(document, building, kind))
    taken = [h for h in building.harms if h.outcome == "arrested" and h.figure.low > 0]
    if kind == "arrest" and not cast.targets and taken:  # "detained a cell of four persons"
        cast.targets["militants"] = list(taken[0].spans[:1])
    if kind == "air_strike" and not cast.initiators and "forces" not in cast.groups(cast.targets):
        add(cast.initiators, source(document, building))


def _two_sides(cast: Cast, building: Building) -> bool:
    """Whether both sides of a fight are among those aimed at: who began it is not known."""
    clashes = [f for f in building.frames if f.act.name == "clash"]
    named = ({w.group for w in f.who} for f in clashes)
    actors = cast.document.pack.codes.actors
    bands = [c for c in cast.targets if cast.group(c) == "militants"]  # not a group that is at war with all
    armed = any(c in GENERAL or actors[c].side == "other" for c in bands)
    armed = armed and any({"militants", "forces"} <= groups for groups in named)
    return bool(clashes) and len(cast.sides(cast.targets)) + armed > 1


def _tidy(cast: Cast) -> None:
    """Nobody is aimed at who began it, nor another of the same armed side."""
    groups, sides = cast.groups(cast.initiators), cast.sides(cast.initiators)
    if cast.kind in ("armed_clash", "indirect_fire") and "infrastructure" in cast.targets:
        works = _place(cast.targets["infrastructure"])
        if any(_place(cast.targets[code]) < works for code in cast.forces(cast.targets)):
            del cast.targets["infrastructure"]  # "a checkpoint was stormed, a camera wrecked"
    for code in list(cast.targets):
        same = cast.group(code) == "militants" and "militants" in groups
        own = cast.kind == "air_strike" and bool(cast.sides([code]) & sides)
        if code in cast.initiators or same or own:
            del cast.targets[code]


def _place(spans: list[Span]) -> tuple[bool, int]:
    """Where the first of some words stands: in the title, then how far in."""
    return min((span.part != "title", span.start) for span in spans)


def _specific(document: Document, found: Found) -> None:
    """A general code goes where a specific one that it covers is told; "unknown" always goes."""
    actors = document.pack.codes.actors
    for code in list(found):
        covers = actors[code].covers
        longer = document.finder.lexicon.short.get(code, frozenset())
        more = any(other in covers or other in longer for other in found if other != code)
        if code == "unknown" or (more and not is_named(document, code, found[code])):
            del found[code]


def claims(found: Found) -> tuple[Claim[str], ...]:
    """Codes as claims, in order."""
    return tuple(Claim(code, tuple(dict.fromkeys(spans))) for code, spans in found.items())
