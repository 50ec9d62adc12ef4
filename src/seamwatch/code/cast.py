"""The cast of an incident by its acts: who did it, to whom, who only answered or came to help, whose harm is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from seamwatch.code.building import Building, family
from seamwatch.code.culprits import befell, belongs, is_owner
from seamwatch.code.frame import Frame
from seamwatch.code.reading import Document
from seamwatch.code.who import Who
from seamwatch.model import Span

Found = dict[str, list[Span]]

BY_FORCES = frozenset({"arrest", "find", "security_operation", "deployment"})
BY_ATTACKERS = frozenset({"suicide_attack", "explosion"})
BY_HAND = frozenset({"attack_on_civilians", "armed_clash", "abduction"})
_HARM = ("kill", "execute")
_FIGHT = ("clash", "kill", "repel")


@dataclass(slots=True, eq=False)
class Cast:
    """Codes with their words. ``answering``: forces that fought back or came to help; ``harmed``: who lost men."""

    document: Document
    kind: str
    initiators: Found = field(default_factory=dict)
    targets: Found = field(default_factory=dict)
    answering: Found = field(default_factory=dict)
    harmed: Found = field(default_factory=dict)
    camps: list[Span] = field(default_factory=list)  # of people, or of forces where these were aimed at

    def group(self, code: str) -> str:
        """Whose toll an actor's members are."""
        return self.document.pack.codes.actors[code].group

    def groups(self, found: Iterable[str]) -> set[str]:
        """The groups of some codes."""
        return {self.group(code) for code in found}

    def forces(self, found: Iterable[str]) -> list[str]:
        """Those codes that are forces."""
        return [code for code in found if self.group(code) == "forces"]

    def sides(self, found: Iterable[str]) -> set[str]:
        """The sides of some codes' forces."""
        actors = self.document.pack.codes.actors
        return {actors[code].side for code in self.forces(found)}


def fill(cast: Cast, frames: list[Frame], building: Building | None) -> None:
    """The roles of some acts, and with the incident the harm that it did."""
    hurt = {id(w) for f in frames if f.act.name in _HARM for w in f.sufferers}
    for frame in frames:
        _act(cast, frame, hurt)
    for frame in frames:
        _aim(cast, frame)
    _one_side(cast, frames, hurt)
    _harmed(cast, building)
    if _mutual(cast, frames):
        for code, spans in (*cast.initiators.items(), *cast.answering.items()):
            cast.targets.setdefault(code, spans)
        cast.initiators.clear()
    else:
        _answering(cast)


def _act(cast: Cast, frame: Frame, hurt: set[int]) -> None:
    """Those who did an act, by what kind of act it is."""
    if frame.act.answer and family(frame) == "hostile":
        add(cast.answering, (w for w in frame.doers if w.group == "forces"))
        add(cast.initiators, (w for w in frame.sufferers if w.group == "militants"))
        return
    if not frame.act.initiator:
        return
    if frame.act.name == "clash":  # two sides: who began it must be told elsewhere
        both = [*frame.doers, *frame.sufferers]
        add(cast.initiators, (w for w in both if w.group == "militants"))
        add(cast.answering, (w for w in both if w.group == "forces"))
        return
    for who in frame.doers:
        if id(who) in hurt and who.group != "militants":
            continue
        if who.group == "forces" and (likelier := _subject(frame, who)) is not None:
            who = likelier
        if _elsewhere(cast.kind, frame, who):
            continue
        if who.group == "forces" and _aimless(frame, who):
            add(cast.answering, [who])
        elif who.code:
            add(cast.initiators, [who])
        elif _armed(cast.kind, frame, who):  # "fighters stormed", "shot dead by men on a motorcycle"
            cast.initiators.setdefault("militants", []).append(who.span())
        elif who.definite and who.group == "unknown":  # "the service said that its men killed"
            said = [w for w in frame.who if w.speaker and w.group == "forces" and w.end <= who.start]
            add(cast.initiators, said[-1:])


def _armed(kind: str, frame: Frame, who: Who) -> bool:
    """Whether persons of no known name attacked others: they are gunmen."""
    if not frame.act.hostile or kind in BY_FORCES:
        return False
    others = [w for w in frame.sufferers if w.group in ("forces", "civilians")]
    return who.group == "militants" or (who.group == "unknown" and kind in BY_HAND and who.person and bool(others))


def _elsewhere(kind: str, frame: Frame, who: Who) -> bool:
    """Whether one who did another act than the incident's own has no part in it: gunmen at an air strike."""
    if kind == "air_strike":
        return who.group == "militants" and frame.act.type not in ("air_strike", "indirect_fire")
    if kind == "deployment":
        return who.group == "forces" and frame.act.hostile
    return frame.act.type == "deployment" and kind not in BY_FORCES  # "troops stationed near the airport"


def _subject(frame: Frame, who: Who) -> Who | None:
    """ "Militants who had put up a post like that of the police led away …": the first named, not the last."""
    if frame.act.type not in ("abduction", "suicide_attack") or frame.voice != "active":
        return None
    return next((w for w in frame.who if w.group == "militants" and not w.speaker and w.end <= who.start), None)


def _aimless(frame: Frame, who: Who) -> bool:
    """Whether an attack is told without what it was aimed at: then forces before it are those attacked."""
    if not frame.act.hostile or frame.act.type in ("air_strike", "indirect_fire") or frame.sufferers:
        return False
    return who.start < frame.hit.start and all(thing.value == "vehicle" for thing in frame.things)


def _aim(cast: Cast, frame: Frame) -> None:
    """Those whom an act was aimed at."""
    if (frame.act.answer and cast.kind == "armed_clash") or frame.act.name == "clash":
        return
    for who in frame.sufferers:
        if any(c.start < who.end and who.start < c.end for c in frame.sentence.of("cues", "no_harm", "unknown_harm")):
            continue
        code = who.code or ("civilians" if who.group == "civilians" else "")
        if code == "state_officials" and not befell(who):
            continue
        if code and code not in cast.initiators:
            (cast.harmed if "kill" in (frame.act.name, frame.hit.value) else cast.targets).setdefault(code, []).append(
                who.span()
            )
    armed = any(w.group in ("forces", "militants") for w in frame.sufferers)
    beside = frame.act.type == "deployment" and cast.kind not in BY_FORCES
    for thing in () if beside else frame.things:
        if thing.value in ("infrastructure", "crops"):
            if cast.kind == "abduction" or is_owner(thing, frame.who):
                continue
            cast.targets.setdefault("infrastructure", []).append(thing.span())
        elif thing.value == "home" and frame.act.hostile and cast.kind not in BY_FORCES and not armed:
            if any(belongs(w, thing) for w in frame.sufferers):
                continue
            if any(h.start == thing.start for h in frame.sentence.of("places", "camp")):
                cast.camps.append(thing.span())
            else:
                cast.targets.setdefault("civilians", []).append(thing.span())


def _one_side(cast: Cast, frames: list[Frame], hurt: set[int]) -> None:
    """Those who began it are of one side; the other side answered, or is what it was aimed at."""
    groups = cast.groups(cast.initiators)
    if cast.kind in BY_FORCES:
        other = "militants" if cast.kind != "deployment" or "forces" in groups else ""
    elif cast.kind in BY_ATTACKERS and "militants" not in groups:
        other = "forces"
    elif {"militants", "forces"} <= groups:
        leading = [f for f in frames if f.act.hostile or f.act.type == cast.kind == "air_strike"]
        first = [w.group for f in leading for w in f.doers if id(w) not in hurt]
        first = [g for g in first if g in ("militants", "forces")]
        met = not first and any(f.act.name == "infiltrate" for f in leading)  # infiltrators were met by fire
        by_forces = (met or first[:1] == ["forces"]) and cast.kind not in BY_ATTACKERS
        other = "militants" if by_forces else "forces"
    else:
        return
    for code in [c for c in cast.initiators if cast.group(c) == other]:
        spans = cast.initiators.pop(code)
        if other == "militants":
            cast.targets.setdefault(code, spans)
        elif any(w.code == code and f.act.type != "air_strike" for f in frames for w in f.doers):
            cast.answering.setdefault(code, spans)


def _harmed(cast: Cast, building: Building | None) -> None:
    """Whose loss makes a target: not civilians in the toll of an attack on forces, not the attackers' own dead."""
    hit = cast.groups((*cast.targets, *cast.harmed))
    for code, spans in cast.harmed.items():
        civilians = cast.group(code) == "civilians" and cast.kind != "attack_on_civilians"
        if code not in cast.initiators and not (civilians and "forces" in hit):
            cast.targets.setdefault(code, []).extend(spans)
    if cast.camps and "forces" not in cast.groups(cast.targets):
        cast.targets.setdefault("civilians", []).extend(cast.camps)
    sides = cast.groups(cast.initiators)
    for harm in building.harms if building is not None else ():
        code = harm.code
        if not code or code in cast.initiators or cast.group(code) in sides or harm.figure.low <= 0:
            continue
        if cast.group(code) == "forces" or "forces" not in cast.groups(cast.targets):
            cast.targets.setdefault(code, list(harm.spans[:1]))


def _answering(cast: Cast) -> None:
    """Forces that fought back were the target where no other forces were hit."""
    if cast.kind in BY_FORCES or cast.kind in ("unrest", "displacement", "sabotage"):
        return
    groups = cast.groups(cast.targets)
    if "forces" in groups or (cast.kind != "armed_clash" and groups & {"civilians", "unknown"}):
        return
    if "forces" not in cast.groups(cast.initiators):
        for code, spans in cast.answering.items():
            cast.targets.setdefault(code, spans)


def _mutual(cast: Cast, frames: list[Frame]) -> bool:
    """A fight with no known starter."""
    names = [f.act.name for f in frames]
    return cast.kind == "armed_clash" and "clash" in names and all(n in _FIGHT for n in names)


def add(found: Found, who: Iterable[Who]) -> None:
    """Put phrases under their codes."""
    for one in who:
        if one.code:
            found.setdefault(one.code, []).append(one.span())


def merge(found: Found, more: Found) -> None:
    """Put more words under their codes."""
    for code, spans in more.items():
        found.setdefault(code, []).extend(spans)
