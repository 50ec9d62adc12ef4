"""Acts that say nothing of the weapon ("killed", "hit", "fired") become those of the weapon that did it."""

from __future__ import annotations

from seamwatch.code import free_order
from seamwatch.code.clauses import clause, relative
from seamwatch.code.frame import Frame
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.roles import by_adjective
from seamwatch.code.who import Who

WITH_CHARS = 16  # "with four Katyusha rockets"
HEAD_CHARS = 12  # before the first noun of a clause
OWNER_CHARS = 9  # "a drone of the Turkish army"
_FLYING = ("drone", "air_strike")
_ATTACKS = ("attack", "raid")
_PROJECTILES = ("mortar", "rocket", "artillery", "drone")


def by_weapon(document: Document, frame: Frame, cuts: list[int], who: list[Who]) -> bool:
    """Make a generic act that of its weapon, where one did it; False for what is no act without."""
    sentence, hit = frame.sentence, frame.hit
    start, end = clause(cuts, hit.start)
    instruments = document.finder.lexicon.instruments
    weapons = [h for h in sentence.of("means") if h.value in instruments and start <= h.start < end]
    if not any(h.end <= hit.start for h in weapons) and relative(sentence, start):  # "missiles which hit"
        weapons = [h for h in sentence.of("means") if h.value in instruments and 0 <= start - h.end <= 12] + weapons
    order = document.finder.lexicon.order
    if order != "svo" and frame.act.bare:
        near = free_order.weapon(frame, weapons, order)
        near = [h for h in near if h.value in _PROJECTILES] if frame.act.name == "shoot" else near
    elif not frame.act.bare:  # "fired seven rockets at", "rockets fell on"
        near = [h for h in weapons if -60 <= h.start - hit.end <= 60]
        near.sort(key=lambda h: (h.value != "suicide", h.value not in _FLYING, abs(h.start - hit.end)))
    elif frame.act.name == "shoot":
        persons = any(w.person and start <= w.start and w.end <= hit.start for w in frame.doers)
        near = [h for h in weapons if h.value in _PROJECTILES and (0 if persons else -60) <= h.start - hit.end <= 40]
        flying = [h for h in weapons if h.value in _FLYING and h.end <= hit.start and hit.start - h.end < 12]
        near = near or (flying if not persons else [])  # "a gunship fired on"
    elif frame.voice == "active":
        near = [
            h
            for h in weapons
            if h.end <= hit.start
            and (
                h.start - start <= HEAD_CHARS or not any(h.end + OWNER_CHARS < w.start < hit.start for w in frame.doers)
            )
            and not any(a.kind == "act" and start <= a.start < h.start and a.term.form == "verb" for a in sentence.hits)
        ][-1:]  # not one that was the object of a verb before
        subjects = [w for w in frame.doers if start <= w.start]
        if near and near[0].start - start <= HEAD_CHARS:  # "explosives under the car of a judge killed him"
            subjects = [w for w in subjects if w.start < near[0].start]
        people = [
            w for w in subjects if w.person and not any(w.start <= h.start < w.end + 12 or _holds(h, w) for h in near)
        ]
        if people:
            near = _thrown(sentence, frame, weapons, end)
        if not near and not any(w.group == "militants" for w in frame.doers) and frame.act.name in _ATTACKS:
            near = [h for h in weapons if 0 <= h.start - hit.end <= 22 and instruments[h.value].name == "blast"][:1]
            if near:  # "a tractor hit a mine"
                frame.sufferers, frame.doers = frame.doers, []
    elif frame.voice == "passive":
        by = [c for c in sentence.of("cues", "by", "with", "before") if hit.end <= c.start < end]
        near = [h for h in weapons if by and 0 <= h.start - by[0].end < 45][:1]
    else:
        near = [h for h in weapons if h.end <= hit.start and hit.start - h.end < 12][-1:]
        near = near or [h for h in weapons for w in frame.doers if w.start <= h.start < w.end][:1]
    if frame.act.needs == "captors":  # "took seven with him", not "took place"
        near = [h for h in near if h.value == "suicide"]
    if near:
        act = instruments[near[0].value]
        if frame.act.name == "blast" and act.name == "shoot":
            return True
        if any(start <= w.start and w.person and w.group == "militants" for w in frame.doers) and act.name == "blast":
            if frame.act.name in (*_ATTACKS, "kill", "shoot"):  # gunmen with a bomb
                return True
        frame.act, frame.weapon = act, near[0]
        _armed(document, frame, who, start)
        return True
    if frame.act.forces and any(w.group == "forces" for w in frame.doers):
        frame.act = document.finder.lexicon.acts[frame.act.forces]
    elif frame.act.unarmed:
        frame.act = document.finder.lexicon.acts[frame.act.unarmed]
    return frame.act.bare


def _holds(weapon: Hit, who: Who) -> bool:
    """ "With the driver inside": a person who is part of the weapon."""
    return weapon.start <= who.start and who.end <= weapon.end


def _thrown(sentence: Sentence, frame: Frame, weapons: list[Hit], end: int) -> list[Hit]:
    """ "Attacked the post with mortars": what persons fired from afar, where nothing else was used."""
    if frame.act.name != "attack" or sentence.of("means", "small_arms", "rpg", "grenade", "sniper"):
        return []
    by = [c for c in sentence.of("cues", "with") if frame.hit.end <= c.start < end]
    thrown = [h for h in weapons if h.value in _PROJECTILES for c in by if 0 <= h.start - c.end <= WITH_CHARS]
    return thrown[:1]


def _armed(document: Document, frame: Frame, who: list[Who], start: int) -> None:
    """Whose the weapon was: "a drone of the Turkish army", "Iranian missiles"; else the person who used it."""
    sentence, weapon = frame.sentence, frame.weapon
    if weapon is None or frame.voice == "noun":
        return
    owners = [w for w in who if w.start <= weapon.start <= w.end + 2 or 0 <= w.start - weapon.end <= OWNER_CHARS]
    owners = [
        w
        for w in owners
        if w.group in ("militants", "forces") and (w.start <= weapon.start or _of(sentence, weapon.end, w))
    ]
    owners = owners or by_adjective(document, sentence, weapon.start)
    owners = owners or [  # "army aviation and artillery"
        w
        for w in frame.doers
        for c in sentence.of("cues", "and")
        if w.group == "forces" and 0 <= c.start - w.end <= 1 and 0 <= weapon.start - c.end <= 1
    ]
    if owners:
        frame.doers = owners[:1]
        frame.sufferers = [w for w in frame.sufferers if w not in owners]
    elif frame.voice == "active" and weapon.end <= frame.hit.start:
        frame.doers = [w for w in frame.doers if w.start >= start and w.person and w.group == "militants"]


def _of(sentence: Sentence, end: int, who: Who) -> bool:
    return any(end <= c.start and c.end <= who.start for c in sentence.of("cues", "of", "by"))
