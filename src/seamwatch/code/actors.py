"""Who began an incident and at whom it was aimed, by the codebook's rulings."""

from __future__ import annotations

from collections.abc import Iterable

from seamwatch.code.assembly import Building, family
from seamwatch.code.frames import Frame
from seamwatch.code.reading import Document
from seamwatch.code.who import Who
from seamwatch.model import Claim, Span

Roles = tuple[dict[str, list[Span]], dict[str, list[Span]]]


def roles(document: Document, building: Building, kind: str) -> Roles:
    """Initiators and targets with their words, by code."""
    initiators: dict[str, list[Span]] = {}
    targets: dict[str, list[Span]] = {}
    actors = document.pack.codes.actors
    frames = building.frames + ([f for f in building.title.frames if f.truth == "real"] if building.title else [])
    mutual = kind == "armed_clash" and all(f.act.name in ("clash", "kill", "repel") for f in building.frames)
    mutual = mutual and any(f.act.name == "clash" for f in building.frames)
    for frame in frames:
        _doers(frame, initiators, targets, kind)
    weak: dict[str, list[Span]] = {}  # those of whom only the loss is told
    for frame in frames:
        if frame.act.answer and kind in ("armed_clash",):
            continue
        for who in frame.sufferers:
            code = who.code or ("civilians" if who.group == "civilians" else "")
            if code and code not in initiators:
                (weak if frame.act.name == "kill" else targets).setdefault(code, []).append(who.span())
        _things(frame, targets)
    hit = {actors[c].group for c in (*targets, *weak)}
    for code, spans in weak.items():
        if kind == "attack_on_civilians" or actors[code].group != "civilians" or "forces" not in hit:
            targets.setdefault(code, []).extend(spans)
    _one_side(document, frames, initiators, targets, kind)
    sides = {actors[c].group for c in initiators}
    for harm in building.harms:
        code = harm.code
        if code and code not in initiators and actors[code].group not in sides and harm.figure.low > 0:
            forces = any(actors[c].group == "forces" for c in targets)
            if actors[code].group == "forces" or not forces:
                targets.setdefault(code, list(harm.spans[:1]))
    if mutual:  # a fight with no known starter
        for code, spans in initiators.items():
            targets.setdefault(code, spans)
        initiators.clear()
        sides = set()
    if not targets and kind in ("attack_on_civilians", "abduction"):
        persons = [w for f in frames for w in f.sufferers if w.group == "unknown"]
        if persons:
            targets["civilians"] = [persons[0].span()]
        elif told := [h for h in building.harms if h.figure.low > 0 and h.group in ("", "unknown")]:
            targets["civilians"] = list(told[0].spans[:1])
    if kind == "unrest" and not initiators:
        initiators["civilians"] = [building.frames[0].span()]
    if kind in _BY_FORCES and not initiators:
        _announcers(building, initiators)
    if kind != "unrest":
        for code in [c for c in initiators if actors[c].group == "civilians"]:
            del initiators[code]
    _suspects(document, building, initiators, kind)
    if all(actors[c].group == "forces" for c in initiators):
        _fallback(building, initiators, targets, kind)
    _specific(document, initiators)
    _specific(document, targets)
    for code in list(targets):
        if code in initiators or actors[code].group in sides and actors[code].side == "militants":
            del targets[code]
    return initiators, targets


_BY_FORCES = frozenset({"arrest", "find", "security_operation", "deployment"})


def _one_side(
    document: Document,
    frames: list[Frame],
    initiators: dict[str, list[Span]],
    targets: dict[str, list[Span]],
    kind: str,
) -> None:
    """Those who began it are of one side: militants are the object of what forces do, forces of what militants do."""
    actors = document.pack.codes.actors
    groups = {actors[c].group for c in initiators}
    if kind in _BY_FORCES:
        other = "militants" if kind != "deployment" else ""
    elif {"militants", "forces"} <= groups:
        doers = [w.group for f in frames if f.act.hostile for w in f.doers if w.group in ("militants", "forces")]
        other = "militants" if doers[:1] == ["forces"] else "forces"
    else:
        return
    for code in [c for c in initiators if actors[c].group == other]:
        spans = initiators.pop(code)
        targets.setdefault(code, spans)


def _announcers(building: Building, initiators: dict[str, list[Span]]) -> None:
    """ "The service announced the seizure of": who reports a find or arrest without a doer made it."""
    for who in building.first.who:
        if who.group == "forces" and who.code and who.speaker:
            initiators[who.code] = [who.span()]
            return


def _fallback(building: Building, initiators: dict[str, list[Span]], targets: dict[str, list[Span]], kind: str) -> None:
    """Operations, arrests and strikes by forces with no object told: the militants that their sentences name."""
    if targets or kind not in ("security_operation", "arrest", "air_strike", "armed_clash") or not initiators:
        return
    for mention in building.mentions:
        for who in mention.who:
            if who.group == "militants" and who.code and who.code not in initiators:
                targets[who.code] = [who.span()]
                return


def _doers(frame: Frame, initiators: dict[str, list[Span]], targets: dict[str, list[Span]], kind: str) -> None:
    if frame.act.answer and family(frame) == "hostile":
        for who in frame.doers:
            if who.code and who.group == "forces":
                targets.setdefault(who.code, []).append(who.span())
        for who in frame.sufferers:
            if who.code and who.group == "militants":
                initiators.setdefault(who.code, []).append(who.span())
        return
    if not frame.act.initiator:
        return
    if frame.act.name == "clash":  # two sides: who began it must be told elsewhere
        for who in (*frame.doers, *frame.sufferers):
            side = initiators if who.group == "militants" else targets
            if who.code and who.group in ("militants", "forces"):
                side.setdefault(who.code, []).append(who.span())
        return
    for who in frame.doers:
        if who.code and who.code not in targets:
            initiators.setdefault(who.code, []).append(who.span())
        elif not who.code and who.definite and who.group == "unknown":  # "the PMF said that its men killed"
            told = [w for w in frame.who if w.speaker and w.code and w.group == "forces" and w.end <= who.start]
            for one in told[-1:]:
                initiators.setdefault(one.code, []).append(one.span())


def _phrases(frame: Frame) -> list[Who]:
    return frame.who


def _things(frame: Frame, targets: dict[str, list[Span]]) -> None:
    for thing in frame.things:
        if thing.value in ("infrastructure", "crops"):
            targets.setdefault("infrastructure", []).append(thing.span())
        elif thing.value == "home" and frame.act.hostile and not any(w.group == "forces" for w in frame.sufferers):
            targets.setdefault("civilians", []).append(thing.span())


def _suspects(document: Document, building: Building, initiators: dict[str, list[Span]], kind: str) -> None:
    """ "The attackers are thought to belong to …"."""
    if any(document.pack.codes.actors[c].group == "forces" for c in initiators):
        return
    for mention in building.mentions:
        if not mention.sentence.of("cues", "suspected"):
            continue
        for who in mention.who:
            if who.group == "militants" and who.code not in ("", "militants"):
                initiators.setdefault(who.code, []).append(who.span())
                return


def _specific(document: Document, found: dict[str, list[Span]]) -> None:
    """A general code goes where a specific one that it covers is told; "unknown" always goes."""
    actors = document.pack.codes.actors
    for code in list(found):
        covers = actors[code].covers
        longer = document.finder.lexicon.short.get(code, frozenset())
        if code == "unknown" or any(other in covers or other in longer for other in found if other != code):
            del found[code]


def claims(found: dict[str, list[Span]]) -> tuple[Claim[str], ...]:
    """Codes as claims, in order."""
    return tuple(Claim(code, _distinct(spans)) for code, spans in found.items())


def _distinct(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))


def named(who: Iterable[Who]) -> set[str]:
    """The codes of some phrases."""
    return {w.code for w in who if w.code}
