"""The type of an incident: the gravest act, by what was used and at whom it was aimed."""

from __future__ import annotations

from seamwatch.code.building import Building, family
from seamwatch.code.clauses import boundaries, clause, relative
from seamwatch.code.frame import Frame
from seamwatch.code.reading import Document
from seamwatch.code.who import Thing, Who

_SHOOTING = ("shoot", "clash", "execute")


def decide(document: Document, building: Building) -> tuple[str, Frame]:
    """Type and the act that gives it: what the opening tells, or something graver told for sure later."""
    frames = [f for f in building.frames if not f.act.answer] or list(building.frames)
    titled: list[Frame] = []
    if building.title and building.title not in building.mentions:
        families = building.families
        titled = [f for f in building.title.frames if f.truth == "real" and family(f) in families and not f.act.answer]
    opening = [f for f in frames if f.sentence is frames[0].sentence]
    whole, act = _type(document, building, frames + titled)
    core, first = _type(document, building, opening + titled)
    if core == whole or all(f.act.generic and f.weapon is None for f in opening + titled):
        return whole, act
    ranks = document.pack.codes.types
    sure = act.act.name == "suicide" or any(w.group == "militants" for w in act.doers)
    if core in _QUIET and whole not in _QUIET and not sure:
        return core, first
    if ranks[whole].rank < ranks[core].rank and not sure:
        return core, first
    return whole, act


_QUIET = ("arrest", "find", "deployment", "displacement", "sighting", "security_operation")


def _type(document: Document, building: Building, frames: list[Frame]) -> tuple[str, Frame]:
    """The type that some acts make."""
    frames = [f for f in frames if not _of_finds(f)] or frames
    head = next((f for f in frames if f.sentence is frames[0].sentence and not _aside(f)), frames[0])
    if head.act.type == "arrest":  # "arrested a gang that had kidnapped a child"
        frames = [head] + [f for f in frames if f is not head and (f.sentence is not head.sentence or not _aside(f))]
    names = [f.act.name for f in frames]
    civilians, forces, infrastructure = _aimed(document, building, frames)

    def first(*wanted: str) -> Frame:
        return next((f for f in frames if f.act.name in wanted), frames[0])

    def has(*wanted: str) -> bool:
        return any(n in wanted for n in names)

    opening = frames[0].act.type
    if has("suicide") and not _cornered(building):
        return "suicide_attack", first("suicide")
    quarrel = [f for f in frames if f.act.name == "clash" and (f.doers or f.sufferers)]
    if quarrel and all(w.group == "civilians" for f in quarrel for w in (*f.doers, *f.sufferers)) and not forces:
        return "unrest", quarrel[0]
    if has("protest", "riot") and not _militant(frames) and not has("suicide", "execute"):
        return "unrest", first("protest", "riot")
    fled = [f for f in frames if f.act.name == "displace" and f.voice != "noun"]
    if fled and not building.harms and all(f in fled or f.voice == "noun" for f in frames):
        return "displacement", fled[0]  # "because of the bombing a hundred people fled"
    struck = any(_strikes(f) for f in frames)
    if opening in _MOVES and not (struck and (opening == "sighting" or _aside(frames[0]))):
        return opening, frames[0]
    acting = [f for f in frames if f.act.name in (*_ATTACKS, "kill", "shoot", "repel", "clash")]
    by_forces = any(_by_forces(f) for f in acting) and not _militant(acting)
    if has("arrest") and not has("kill") and all(f.act.name == "arrest" or _for_arrest(f) for f in frames):
        return "arrest", first("arrest")
    held = by_forces or opening in _BY_FORCES or (all(_on_militants(f) for f in acting) and not _hit_first(frames))
    if has("operation", "search", "pursue") and held:
        return "security_operation", first("operation", "search", "pursue")
    if has("arrest", "find") and by_forces and any(f.act.name != "kill" for f in acting):
        return "security_operation", frames[0]
    if has("blast", "shell", "air", "drone"):  # "shots were heard" beside rockets
        frames = [
            f
            for f in frames
            if f.act.name not in _SHOOTING
            or f.doers
            or (f.voice != "noun" and f.hit.term.form != "passive")
            or (f.voice == "noun" and f.sufferers)
        ]
        names = [f.act.name for f in frames]
    weapons = ("blast", "shell", "air", "drone", "abduct", "burn", "destroy")
    attack = [f for f in frames if f.act.name in _ATTACKS and (f.voice != "noun" or not has(*weapons))]
    bombed = has("blast", "shell", "air", "drone")
    if has("shell") and all(f.act.name != "shell" or _from_the_air(f) for f in frames) and not has(*_SHOOTING):
        return "air_strike", first("shell")
    if has("drone") and not has("air") and (_fired(building, frames) or any(_with_rockets(f) for f in frames)):
        return "indirect_fire", first("drone")
    if has("abduct") and _taken_then_killed(frames):
        return "abduction", first("abduct")
    if has("air", "drone") and not has(*_SHOOTING) and not _militant(attack) and not _on_the_ground(frames, attack):
        return "air_strike", first("air", "drone")
    if has("drone") and not any(w.person for f in frames for w in f.doers if f.act.name in _SHOOTING):
        return "air_strike", first("drone")
    if has(*_SHOOTING) or attack and not (bombed and all(_by_weapon(f) for f in attack)):
        act = first(*_SHOOTING, *_ATTACKS)
        shot = any(f.sufferers or f.act.name != "shoot" for f in frames if f.act.name in _SHOOTING)
        if infrastructure and not forces and not civilians and not shot:
            return "sabotage", act
        if has("abduct") and not forces and act.act.name in _ATTACKS and act.voice == "noun":
            return "abduction", first("abduct")
        people = civilians and not forces or _first_target(frames) == "civilians"
        if people or not forces and _unnamed(building, frames):
            return "attack_on_civilians", act
        return "armed_clash", act
    home = any(
        t.value == "home" for f in frames if f.act.name in ("burn", "destroy", "blast", "take") for t in f.things
    )
    if has("abduct", "take"):
        return ("attack_on_civilians" if home else "abduction"), first("abduct", "take")
    if any(_razed(f) for f in frames) and not any(h.figure.low > 0 for h in building.harms):
        return "sabotage", first("blast")
    if has("blast", "bomb"):
        near = infrastructure or any(t.value == "infrastructure" for f in frames for t in _about(building, f))
        return ("sabotage" if near and not civilians else "explosion"), first("blast", "bomb")
    if has("shell"):
        return "indirect_fire", first("shell")
    if has("burn", "destroy") and (infrastructure or civilians or not has("kill")):
        return "sabotage", first("burn", "destroy")
    if has("kill") and not (opening in ("arrest", "find") and frames[0].sentence is not first("kill").sentence):
        if any(_by_forces(f) for f in frames):
            return ("armed_clash" if not has("operation") else "security_operation"), first("kill")
        people = civilians and not forces or not forces and _unnamed(building, frames)
        return ("attack_on_civilians" if people else "armed_clash"), first("kill")
    if has("arrest"):
        return "arrest", first("arrest")
    gravest = document.pack.codes.gravest(*(f.act.type for f in frames))
    return gravest, next(f for f in frames if f.act.type == gravest)


_ATTACKS = ("attack", "raid")
_MOVES = ("deployment", "displacement", "sighting")
_BY_FORCES = ("security_operation", "air_strike", "find", "arrest")


def _by_forces(frame: Frame) -> bool:
    return any(w.group == "forces" for w in frame.doers)


def _razed(frame: Frame) -> bool:
    """ "Militants blew up five houses": what they destroyed, with no bomb told that went off there."""
    blown = frame.act.name == "blast" and frame.voice == "active" and frame.weapon is None and _militant([frame])
    return blown and bool(frame.things) and all(t.value in ("home", "infrastructure") for t in frame.things)


def _aside(frame: Frame) -> bool:
    """Whether an act is told in a relative clause: "the base where soldiers are stationed was hit"."""
    return relative(frame.sentence, clause(boundaries(frame.sentence), frame.hit.start)[0])


def _fired(building: Building, frames: list[Frame]) -> bool:
    """Whether guns or rockets are told of beside a drone, not only "shelled" by something not named."""
    guns = any(m.sentence.of("means", "rocket", "mortar", "artillery") for m in building.mentions)
    return guns and any(f.act.type == "indirect_fire" for f in frames)


def _from_the_air(frame: Frame) -> bool:
    """ "A helicopter rocketed": fire of an aircraft."""
    begins = clause(boundaries(frame.sentence), frame.hit.start)[0]
    flying = frame.sentence.of("means", "air_strike", "drone")
    return frame.voice == "active" and any(begins <= h.start and h.end <= frame.hit.start for h in flying)


def _strikes(frame: Frame) -> bool:
    """Whether an act of violence is told, not only named: "fled after attacks"."""
    violent = frame.act.hostile or frame.act.name in ("clash", "air")
    told = frame.doers or frame.sufferers or frame.things or frame.weapon
    return violent and bool(told) and (frame.voice != "noun" or frame.act.name == "clash")


def _hit_first(frames: list[Frame]) -> bool:
    """Whether what opens is an attack or a blast, and the search what follows it."""
    by_attackers = not _by_forces(frames[0]) and not _on_militants(frames[0])
    return frames[0].act.hostile and frames[0].act.name != "suicide" and by_attackers


def _for_arrest(frame: Frame) -> bool:
    """ "In raids", "raided his house": how those who arrest go about it."""
    return frame.hit.value == "raid" and not any(w.group == "militants" for w in frame.doers)


def _taken_then_killed(frames: list[Frame]) -> bool:
    """Whether the first that is told is that persons were taken, and what follows is their death."""
    first = next(f for f in frames if f.act.hostile or f.act.name == "clash")
    rest = {f.act.name for f in frames if f.act.hostile or f.act.name == "clash"}
    return first.act.name == "abduct" and rest <= {"abduct", "take", "execute", "shoot"}


def _on_the_ground(frames: list[Frame], attack: list[Frame]) -> bool:
    """Whether others than those who flew attacked: "backed by US planes the Peshmerga stormed the town"."""
    flew = {w.code for f in frames if f.act.name in ("air", "drone") for w in f.doers}
    ground = [w for f in attack if f.voice == "active" and not f.weapon for w in f.doers]
    return any(w.group == "forces" and w.person and w.code not in flew and not _flies(w) for w in ground)


def _flies(who: Who) -> bool:
    """ "Army aviation", "F-16s": an organisation that is an aircraft's."""
    return any(h.start < who.end and who.start < h.end for h in who.sentence.of("means", "air_strike", "drone"))


def _on_militants(frame: Frame) -> bool:
    return bool(frame.sufferers) and all(w.group == "militants" for w in frame.sufferers)


def _about(building: Building, frame: Frame) -> list[Thing]:
    """The things that the sentence of an act names."""
    return next((m.things for m in building.mentions if m.sentence is frame.sentence), [])


def _of_finds(frame: Frame) -> bool:
    """ "Two hideouts were blown up": forces destroying what they found."""
    if frame.act.name not in ("destroy", "blast", "burn") or not frame.things or frame.weapon:
        return False
    return all(t.value == "cache" for t in frame.things) and not any(w.group == "militants" for w in frame.doers)


def _unnamed(building: Building, frames: list[Frame]) -> bool:
    """Whether the victims of militants or of nobody named are persons of no service: taken for civilians."""
    if any(f.act.name == "clash" for f in frames) or any(w.group == "forces" for f in frames for w in f.doers):
        return False
    if any(w.group == "militants" for f in frames for w in f.sufferers):
        return False
    return any(w.group == "unknown" for f in frames for w in f.sufferers) and any(
        h.figure.low > 0 and h.group in ("", "unknown", "civilians") for h in building.harms
    )


def _militant(frames: list[Frame]) -> bool:
    return any(w.group == "militants" for f in frames for w in f.doers)


def _by_weapon(frame: Frame) -> bool:
    """ "The bomb hit", "rockets struck": an attack word whose doer is a weapon."""
    return not frame.doers


def _with_rockets(frame: Frame) -> bool:
    """ "Missiles and drones": both were used."""
    sentence = frame.sentence
    drones, ands = sentence.of("means", "drone"), sentence.of("cues", "and")
    for rocket in sentence.of("means", "rocket", "mortar", "artillery"):
        for drone in drones if frame.act.name == "drone" else ():
            a, b = sorted((rocket, drone), key=lambda h: h.start)
            if b.start - a.end <= 35 and any(a.end <= c.start and c.end <= b.start for c in ands):
                return True
    return False


_CORNERING = ("clash", "shoot", "operation", "search", "pursue", "arrest")


def _cornered(building: Building) -> bool:
    """Whether those who blew themselves up did so in a fight rather than against a target."""
    frames = building.frames
    suicide = [f for f in frames if f.act.name == "suicide"]
    fought = [w for f in frames if f.act.name == "clash" for w in (*f.doers, *f.sufferers)]
    struck = [w for f in suicide for w in f.sufferers if w.group != "militants" and w not in fought]
    if struck or any(f.voice == "noun" or f.things for f in suicide):
        return False
    harmed = any(h.figure.low > 0 and h.group in ("forces", "civilians", "unknown") for h in building.harms)
    fights = [f for f in frames if f.act.name in (*_ATTACKS, "kill")]
    return any(f.act.name in _CORNERING for f in frames) or any(not harmed or _by_forces(f) for f in fights)


def _aimed(document: Document, building: Building, frames: list[Frame]) -> tuple[bool, bool, bool]:
    civilians = forces = infrastructure = False
    for frame in frames:
        if frame.act.type == "deployment":
            continue
        for who in frame.sufferers:
            civilians |= who.group == "civilians"
            forces |= who.group == "forces"
        for thing in _nearest(frame):
            civilians |= thing.value == "home"
            forces |= thing.value == "post"
            infrastructure |= thing.value in ("infrastructure", "crops")
    for harm in building.harms:
        if harm.figure.low > 0:
            civilians |= harm.group == "civilians" and not forces
            forces |= harm.group == "forces"
    return civilians, forces, infrastructure


def _nearest(frame: Frame) -> list[Thing]:
    """What was aimed at; beside infrastructure only the nearer of the two: "a bridge that links two villages"."""
    if not any(t.value in ("infrastructure", "crops") for t in frame.things):
        return frame.things
    return [min(frame.things, key=lambda t: min(abs(t.start - frame.hit.end), abs(frame.hit.start - t.end)))]


def _first_target(frames: list[Frame]) -> str:
    for frame in frames:
        if not frame.act.hostile:
            continue
        groups = [w.group for w in frame.sufferers if w.group in ("civilians", "forces")]
        if groups:
            return groups[0]
        if any(t.value == "home" for t in frame.things):
            return "civilians"
        if any(t.value == "post" for t in frame.things):
            return "forces"
    return ""
