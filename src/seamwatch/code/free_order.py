"""Roles and victims where the verb does not stand between doer and object: Arabic (verb first), Sorani (verb last).

Word order says less there than in English, so that the sides help: hostile acts are done by militants to the others,
raids and air strikes by forces to militants, unless the words right beside the verb say otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from seamwatch.code.hits import Hit
from seamwatch.code.numbers import NumberHit
from seamwatch.code.reading import Sentence
from seamwatch.code.who import Thing, Who

if TYPE_CHECKING:
    from seamwatch.code.clauses import Voice
    from seamwatch.code.frame import Frame

BESIDE_CHARS = 22  # between a verb and its subject
ENDING_CHARS = 5  # of a pronoun written onto a verb
VICTIM_CHARS = 45  # between a word of harm and who suffers it
NUMBER_CHARS = 14  # between a word of harm and a number without a noun
BY_CHARS = 60
BY_NOUN_CHARS = 24
ON_CHARS = 30
WEAPON_CHARS = 45
SUBJECT_CHARS = 100  # between a weapon that is the subject and the verb at the end
FAR_CHARS = 130  # what stands further from the act has no part in it
FROM_AFAR = ("air_strike", "indirect_fire")  # hostile acts that forces do as well
BY_FORCES = frozenset({"air_strike", "security_operation", "arrest", "find", "deployment"})
_FOES = {"civilians": ("militants",), "forces": ("militants",), "militants": ("forces",)}
HARMS = ("kill", "execute")  # acts whose words are those of the toll


def roles(
    frame: Frame,
    who: Sequence[Who],
    things: Sequence[Thing],
    numbers: Sequence[NumberHit],
    span: tuple[int, int],
    following: int,
    order: str,
    form: Mapping[str, frozenset[str]],
    earlier: Frame | None,
) -> None:
    """Fill a frame's doers, sufferers and things from its clause ``span``.

    ``form`` holds the lexicon's word lists. Its ``own_subject`` are verb endings that are their own subject ("they
    attacked"): none follows, and it may be that of the act before (``earlier``).
    """
    sentence, hit, own_subject = frame.sentence, frame.hit, form["own_subject"]
    start, end = max(span[0], hit.start - FAR_CHARS), min(span[1], hit.end + FAR_CHARS)
    usable = [w for w in who if not w.speaker and start <= w.start and w.end <= end]
    before = [w for w in usable if w.end <= hit.start]
    after = [w for w in usable if w.start >= hit.end]
    near = [w for w in after if begin(w) < max(following, hit.end + BESIDE_CHARS)]
    if order == "sov":
        near = [w for w in near if "," not in sentence.between(hit.end, begin(w))]
    # "warplanes of the army" begins within "warplanes struck"; "terrorist" within "terrorist attack" is an adjective
    own = frame.voice == "active"
    inner = [w for w in who if hit.start <= w.start < hit.end and (own or hit.end < w.end) and not w.speaker]
    inner = [] if frame.act.name in HARMS else inner
    doers = [w for w in inner if _may_do(frame, w)] or _agents(sentence, hit, usable, frame.voice, order)
    sufferers = list[Who]()
    exposed = _exposed(sentence, hit, start) if frame.voice == "noun" else None
    if frame.act.name in HARMS:
        side, chosen = victims(sentence, hit, before, near, numbers, frame.voice != "active", order)
        sufferers += [w for w in (chosen[:1] if side == "right" else chosen[-1:]) if w not in doers]
        skipped = [w for w in near if side == "right" and chosen and begin(w) < begin(chosen[0])]
        doers += [w for w in skipped if w not in doers]
        if side == "left" and order == "vso" and hit.term.form == "verb" and not doers and sufferers:
            foes = _FOES.get(sufferers[0].group, ())  # "three shepherds, whom the group executed"
            doers += [w for w in near[:1] if w.group in foes and begin(w) - hit.end <= ENDING_CHARS]
        if not doers and hit.term.form == "verb" and sufferers:
            told = who if order == "vso" and _ends(sentence, hit, own_subject) else before
            foes = _FOES.get(sufferers[0].group, ())
            doers += [w for w in told if w.end <= hit.start and w not in sufferers and w.group in foes][-1:]
    elif frame.voice == "passive":
        subject = _beside(sentence, hit, near) if order == "vso" else []
        sufferers += [w for w in subject or before[-2:] if w not in doers]
    elif frame.voice == "noun":
        sufferers += [w for w in _onto(sentence, hit, after) if w not in doers]
        sufferers += [w for w in before if exposed is not None and w.start >= exposed]
        beside = [w for w in _beside(sentence, hit, after) if w not in sufferers and w not in doers]
        sufferers += [w for w in beside if _holds_post(hit, w, things)]
        beside = [w for w in beside if w not in sufferers]
        if not doers and not beside:
            doers += _ambushers(frame, earlier, start)
        if not doers:
            doers += [w for w in beside[:1] if _may_do(frame, w)]
        sufferers += [w for w in beside if w not in doers]
        if not doers:
            doers += [w for w in before[-1:] if _may_do(frame, w) and w not in sufferers]
    elif order == "vso":
        they = _ends(sentence, hit, own_subject)
        subject = [] if doers or they else _beside(sentence, hit, near)
        subject = [w for w in subject if not (_holds_post(hit, w, things) and _possessor(w, form["genitive"]))]
        doers += [] if doers else subject[:1] or [w for w in reversed(before) if _may_do(frame, w)][:1]
        doers += [w for w in (earlier.doers[:1] if earlier else ()) if they and not doers and _may_do(frame, w)]
        if they and not doers and frame.act.hostile:  # "they knocked, then shot him": who was told of before
            doers += [w for w in who if w.end <= start and w.group == "militants" and not w.speaker][-1:]
        sufferers += [w for w in near if w not in doers]
    else:
        doers += [w for w in before if _may_do(frame, w)][:1]
        sufferers += [w for w in (*before[-2:], *near) if w not in doers]
    _by_side(frame, [*before, *near], doers, sufferers)
    frame.doers += doers
    frame.sufferers += [w for w in sufferers if w not in doers]
    low = start if order == "sov" or frame.voice == "passive" else hit.start if exposed is None else exposed
    high = min(end, max(following, hit.end + ON_CHARS))
    things = [t for t in things if not any(w.start <= t.start and t.end <= w.end for w in frame.doers)]
    aimed = [t for t in things if start <= t.start and t.end <= high and _aimed_at(frame, t)]
    frame.things += [t for t in aimed if low <= t.start]
    if order == "vso" and not sufferers and not frame.things:
        frame.things += aimed[-1:]  # "that two pylons were blown up"
    if order == "vso" and frame.act.needs == "things" and not frame.things:  # "fields, after men set fire to them"
        frame.things += [t for t in things if t.end <= start and _aimed_at(frame, t)][-1:]


def _aimed_at(frame: Frame, thing: Thing) -> bool:
    """Whether a thing may be the object: not part of a name, not where it happened, not the weapon."""
    sentence = frame.sentence
    if any(p.start <= thing.start and thing.end <= p.end for p in sentence.of("place")) or _located(frame, thing):
        return False
    if thing.value == "cache":
        weapon_only = frame.act.hostile and frame.act.name not in ("destroy", "burn")
        return not weapon_only and not any(c.end == thing.start for c in sentence.of("cues", "with"))
    return True


def _holds_post(hit: Hit, who: Who, things: Sequence[Thing]) -> bool:
    """ "Targeted a convoy belonging to the coalition": forces told as those whose post or vehicle was hit."""
    held = [t for t in things if t.value in ("post", "vehicle")]
    between = [t for t in held if hit.end <= t.start and t.end <= who.start]
    return who.group == "forces" and bool(between) and "," not in who.sentence.between(hit.end, who.start)


def _possessor(who: Who, genitive: Collection[str]) -> bool:
    """Whether an "of" is written onto a phrase."""
    sentence = who.sentence
    word = sentence.between(sentence.start, who.start).rpartition(" ")[2]  # letters written onto the first word
    text = sentence.between(who.start, who.end)
    return word in genitive or any(len(g) > 1 and text.startswith(g) for g in genitive)


def _ambushers(frame: Frame, earlier: Frame | None, start: int) -> list[Who]:
    """ "Killed six militants in an ambush": the attack is that of the forces that killed them."""
    if earlier is None or earlier.act.name not in HARMS or earlier.hit.start < start or not frame.act.hostile:
        return []
    if not any(w.group == "militants" for w in earlier.sufferers):
        return []
    return [w for w in earlier.doers if w.group == "forces"]


def voice(hit: Hit) -> Voice:
    """Active, passive or noun: the form of the word alone tells."""
    form = hit.term.form
    return "noun" if form in ("noun", "count") else "passive" if form == "passive" else "active"


def begin(who: Who) -> int:
    """Where a phrase begins, with its number."""
    return min(who.start, who.figure_at[0]) if who.figure_at else who.start


def _ends(sentence: Sentence, hit: Hit, endings: Collection[str]) -> bool:
    """Whether the verb has one of some endings."""
    verb = sentence.between(hit.start, hit.end + 4).split(" ", 1)[0]
    return any(verb.endswith(e) for e in endings)


def _located(frame: Frame, thing: Thing) -> bool:
    """Whether a thing only says where: "in the village of"; who blows himself up in a market aims at it, as
    does who sets fire in a field.
    """
    sentence = frame.sentence
    if (frame.act.name == "suicide" and thing.value == "home") or (frame.act.name == "burn" and frame.doers):
        return False
    towards = {(c.start, c.end) for c in sentence.of("cues", "against")}
    where = [p for p in sentence.of("places", "at", "near") if 0 <= thing.start - p.end <= 1]
    return any((p.start, p.end) not in towards for p in where)


def weapon(frame: Frame, weapons: Sequence[Hit], order: str) -> list[Hit]:
    """The weapon with which an act was done: beside it, or after "with" (verb first); before it (verb last)."""
    sentence, hit = frame.sentence, frame.hit
    before = [h for h in weapons if h.end <= hit.start]
    if order == "sov":
        return [
            h for h in before if hit.start - h.end <= SUBJECT_CHARS and "," not in sentence.between(h.end, hit.start)
        ][-1:]
    acts = [a.start for a in sentence.of("act") if a.start >= hit.end]
    stop = min((hit.end + WEAPON_CHARS, *acts))
    instrument = {c.end for c in sentence.of("cues", "with")}
    instrument |= {n.end + 1 for n in sentence.numbers if n.start in instrument}  # "with six rockets"
    after = [h for h in weapons if hit.end <= h.start < stop]
    near = [h for h in after if h.start in instrument or len(sentence.between(hit.end, h.start).split()) <= 1]
    return near[:1] or [h for h in before if hit.start - h.end <= 2][-1:]


def _agents(sentence: Sentence, hit: Hit, who: Sequence[Who], voice: str, order: str) -> list[Who]:
    """Who stands after "by"."""
    if voice == "active" and order == "vso":
        return []
    reach = BY_NOUN_CHARS if voice == "noun" and order == "vso" else BY_CHARS
    for cue in sentence.of("cues", "by", "possessive"):
        if cue.value == "possessive" and not 0 <= cue.start - hit.end <= 1:  # "a raid of", right after it
            continue
        gap = cue.start - hit.end if order == "vso" else hit.start - cue.end
        if 0 <= gap <= reach:
            found = [w for w in who if cue.start <= w.start <= cue.end + BESIDE_CHARS]
            if found:
                return found[:1]
    return []


def _exposed(sentence: Sentence, hit: Hit, start: int) -> int | None:
    """Where the words stand for what was exposed to an act: "a village was exposed to a raid"."""
    cues = [c for c in sentence.of("cues", "passive_before") if start <= c.start and c.end <= hit.start]
    return cues[-1].end if cues and hit.start - cues[-1].end <= FAR_CHARS else None


def _beside(sentence: Sentence, hit: Hit, after: Sequence[Who]) -> list[Who]:
    """The phrase right after a verb, and what is joined to it."""
    if not after or begin(after[0]) - hit.end > BESIDE_CHARS or "," in sentence.between(hit.end, begin(after[0])):
        return []
    if any(hit.end <= c.start and c.end <= begin(after[0]) for c in sentence.of("cues", "against")):
        return []
    found = [after[0]]
    for one in after[1:]:
        if begin(one) - found[-1].end > 4 or not joined(sentence, found[-1].end, begin(one)):
            break
        found.append(one)
    return found


def _onto(sentence: Sentence, hit: Hit, after: Sequence[Who]) -> list[Who]:
    """Who stands after "on", "against"."""
    cue = next((c for c in sentence.of("cues", "against") if hit.end <= c.start <= hit.end + ON_CHARS), None)
    return [w for w in after if cue and w.start >= cue.end and begin(w) - cue.end <= ON_CHARS][:2]


def _may_do(frame: Frame, who: Who) -> bool:
    """Whether a side does such acts."""
    if frame.act.hostile:
        return who.group == "militants" or (frame.act.type in FROM_AFAR and who.group == "forces")
    if frame.act.type in BY_FORCES:
        return who.group == "forces"
    return who.group != "unknown"


def _by_side(frame: Frame, clause: Sequence[Who], doers: list[Who], sufferers: list[Who]) -> None:
    """What word order left open, or got against all likelihood."""
    act = frame.act
    if act.type in ("displacement", "unrest", "sighting") or act.name in HARMS:
        return
    wrong = [w for w in doers if w.group == "civilians" and act.hostile]
    wrong += [w for w in doers if w.group == "militants" and act.type in BY_FORCES and act.type not in FROM_AFAR]
    if act.hostile and any(w.group == "militants" for w in sufferers):
        wrong += [w for w in doers if w.group == "forces" and act.type not in FROM_AFAR and frame.voice != "active"]
    for one in wrong:
        doers.remove(one)
        sufferers.append(one)
    if not doers:
        able = [w for w in clause if _may_do(frame, w) and (w not in sufferers or w.group == "militants")]
        doers += able[: 3 if act.type in BY_FORCES else 1]  # joint operations name all who take part
    for one in doers:
        if one in sufferers:
            sufferers.remove(one)
    if not sufferers and (doers or act.hostile):
        sides = {doers[0].group if doers else "militants", "unknown"}
        if act.type in BY_FORCES:
            sides |= {"forces", "civilians"}
        sufferers += [w for w in clause if w not in doers and w.group not in sides][:2]


def joined(sentence: Sentence, a: int, b: int) -> bool:
    """Whether "and" or a comma joins two phrases."""
    cues = any(a <= c.start and c.end <= b for c in sentence.of("cues", "and"))
    return cues or sentence.between(a, b).strip().startswith(",") or sentence.joins(b)


def victims(
    sentence: Sentence,
    hit: Hit,
    left: Sequence[Who],
    right: Sequence[Who],
    numbers: Sequence[NumberHit],
    passive: bool,
    order: str,
) -> tuple[str, list[Who]]:
    """On which side of a word of harm its victims stand, and the phrases there."""
    if order == "sov":
        if hit.term.form == "noun":
            return "right", list(right)
        agents = [c.end for c in sentence.of("cues", "by")]
        persons = [w for w in left if w.figure or w.person]
        persons = [w for w in persons if not any(0 <= begin(w) - end <= 2 for end in agents)] or persons
        return "left", persons or (list(left) if passive else [])
    agents = [c.end for c in sentence.of("cues", "by") if c.start >= hit.end]
    right = [w for w in right if not any(0 <= begin(w) - end <= 2 for end in agents)]  # "killed by fire of gunmen"
    close = [w for w in right if begin(w) - hit.end <= VICTIM_CHARS]
    if len(close) > 1 and _killed(sentence, close[0], close[1]):
        return "right", list(right[1:])
    if close and begin(close[0]) - hit.end <= BESIDE_CHARS and (close[0].figure or not _counted(left)):
        return "right", list(right)
    following = min((h.start for h in sentence.of("harm") if h.start >= hit.end), default=sentence.end)
    if any(0 <= n.start - hit.end <= NUMBER_CHARS and n.start < following for n in numbers if n.kind == "count"):
        return "right", list(right)
    if hit.term.form != "noun" and left:
        return "left", list(left)
    return "right", list(right)


def bare_number(
    sentence: Sentence, hit: Hit, left: Sequence[Who], numbers: Sequence[NumberHit], start: int
) -> NumberHit | None:
    """A number without a noun right before a verb of harm: "and four were hurt"."""
    if hit.term.form == "noun":
        return None
    floor = left[-1].end if left else start
    owned = {w.figure_at for w in left}
    for number in reversed(numbers):
        if number.kind != "count" or number.end > hit.start or (number.start, number.end) in owned:
            continue
        gap = sentence.between(number.end, hit.start).strip()
        others = any(number.end <= c.start and c.end <= hit.start for c in sentence.of("cues", "others"))
        return number if number.start >= floor and (not gap or (others and len(gap) <= NUMBER_CHARS)) else None
    return None


def _killed(sentence: Sentence, one: Who, other: Who) -> bool:
    """Whether the first of two phrases killed the second: a side without a number before persons with one."""
    own = one.figure is None or (one.plural and one.figure_at == (one.start, one.end))
    foes = one.group != other.group and {one.group, other.group} & {"militants", "forces"}
    linked = any(one.end <= c.start and c.end <= begin(other) for c in sentence.of("cues", "and"))
    return bool(own and other.figure and foes) and not linked and not sentence.joins(begin(other))


def _counted(who: Sequence[Who]) -> bool:
    return bool(who) and who[-1].figure is not None
