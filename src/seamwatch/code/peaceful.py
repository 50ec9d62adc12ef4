"""Words of violence that tell of no attack: accidents, private quarrels, fires, debates, deaths of no one's doing."""

from __future__ import annotations

from seamwatch.code.clauses import boundaries, clause
from seamwatch.code.frame import Frame

OBJECT_CHARS = 36  # between an act and what was attacked in a debate
SUBJECT_CHARS = 30  # between who debates and the act
CAUSE_CHARS = 24  # between "not" and the cause that it rules out
_ARMED = ("militants", "forces")
_DEBATED = (
    "attack",
    "raid",
    "clash",
    "shoot",
    "bomb",
    "blast",
    "kill",
    "destroy",
    "repel",
    "launch",
    "abduct",
    "pound",
)
_OF_FIRE = ("destroy", "burn", "kill")
_CIVIL = ("vehicles", "air_strike", "small_arms", "arson")
_OWN_ARMS = ("small_arms", "knife", "vehicles")
_BY_HAND = ("execute", "shoot", "kill", "attack", "clash", "abduct", "blast", "riot")


def harmless(frame: Frame) -> bool:
    """Whether an act may be an accident's: none who attacks, no weapon."""
    if _crashed(frame):
        return True
    if frame.weapon or any(w.group in _ARMED for w in frame.doers):
        return False
    if any(
        h.value not in _CIVIL and h.start < frame.hit.end + 1 and frame.hit.start < h.end + 1
        for h in frame.sentence.of("means")
    ):
        return False  # the word for the act holds its weapon
    if frame.act.name in ("clash", "riot") and not any(w.group in _ARMED for w in frame.sufferers):
        return True  # vehicles that collide, kinsmen who quarrel
    return frame.act.generic or bool(frame.act.needs) or frame.act.name in ("operation", "burn", "air")


def private(frame: Frame) -> bool:
    """Whether an act may be that of a family, a neighbour or a robber, or of one who handled his own weapon."""
    if any(w.group == "militants" for w in (*frame.doers, *frame.sufferers)):
        return False
    if any(h.value not in _OWN_ARMS for h in frame.sentence.of("means")):
        return False
    return frame.act.name in (*_BY_HAND, "arrest", "find") or harmless(frame)


def culprit(frame: Frame) -> bool:
    """Whether an act is what the police do after an accident or a quarrel: nobody of an armed group is taken."""
    if frame.act.name != "arrest" or frame.weapon:
        return False
    return not any(w.group == "militants" for w in (*frame.doers, *frame.sufferers, *frame.who))


def peaceful(frame: Frame, order: str) -> bool:
    """Whether an act's own words say that it was none of violence. ``order`` is the language's."""
    if frame.weapon or any(w.group in _ARMED for w in frame.doers):
        return False
    return _debated(frame, order) or _of_fire(frame)


def _debated(frame: Frame, order: str) -> bool:
    """ "Lawmakers attacked the bill", "the two parties clashed": with words, by persons who hold no arms."""
    sentence, hit = frame.sentence, frame.hit
    if frame.act.name not in _DEBATED:
        return False
    start, end = clause(boundaries(sentence), hit.start)
    known = [h for h in sentence.hits if h.kind in ("people", "actors", "things")]

    def beside(kind: str, before: bool, reach: int) -> bool:
        for cue in sentence.of("cues", kind):
            gap = (cue.end, hit.start) if before else (hit.end, cue.start)
            close = start <= cue.start and cue.end <= end and 0 <= gap[1] - gap[0] <= reach
            if close and "," not in sentence.between(*gap) and not any(gap[0] <= h.start < gap[1] for h in known):
                return True
        return False

    armed = any(w.group in _ARMED for w in frame.sufferers)
    if not armed and beside("debate", order == "sov" or frame.voice == "passive", OBJECT_CHARS):
        return True
    if armed and "," not in sentence.between(hit.end, min(w.start for w in frame.sufferers)):
        near = min(w.start for w in frame.sufferers) - hit.end
        if 0 <= near <= OBJECT_CHARS and not any(
            hit.end <= c.start < hit.end + near for c in sentence.of("cues", "background", "hypothesis", "subordinate")
        ):
            return False
    return frame.voice != "passive" and beside("debater", order != "vso", SUBJECT_CHARS)


def _of_fire(frame: Frame) -> bool:
    """ "A fire destroyed forty shops": what flames did that nobody is said to have laid."""
    sentence, hit = frame.sentence, frame.hit
    if frame.act.name not in _OF_FIRE:
        return False
    fires = [
        c
        for c in sentence.of("cues", "fire")
        if c.end <= hit.start or 0 <= c.start - hit.end <= 1 or frame.voice == "passive"
    ]
    laid = any(h.value == "burn" and h.start != hit.start for h in sentence.of("act"))
    named = any(w.group == "militants" for w in frame.who) or any(
        h.value != "arson" for h in frame.sentence.of("means")
    )
    return bool(fires) and not laid and not named


def died(frame: Frame) -> bool:
    """Whether the words say only that somebody died: nobody and nothing killed them."""
    hit = frame.hit
    if frame.act.name != "kill" or frame.weapon or frame.doers:
        return False
    return any(c.start < hit.end and hit.start < c.end for c in frame.sentence.of("cues", "died"))


def _crashed(frame: Frame) -> bool:
    """Whether the weapon is an aircraft that came to grief: "killed in a helicopter crash"."""
    at = frame.weapon
    if at is None or at.value != "air_strike":
        return False
    return any(c.start <= at.end + 1 and at.start <= c.end + 1 for c in frame.sentence.of("cues", "harmless"))
