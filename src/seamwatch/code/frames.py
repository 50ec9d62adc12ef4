"""Acts with their roles: who did it, to whom, by what voice, and whether the sentence says that it happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seamwatch.code import free_order
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.who import GENERAL, Thing, Who
from seamwatch.model import Span
from seamwatch.packs.lexicon import Act

Voice = Literal["active", "passive", "noun"]
Truth = Literal["real", "negated", "hypothetical", "planned", "exercise"]

AUX_CHARS = 22  # between an auxiliary and its participle
NEGATION_CHARS = 28
HYPOTHESIS_CHARS = 70
PLAN_CHARS = 45
NOUN_CHARS = 14  # between an organisation and the noun of its act: "IS militants' raid"
OBJECT_CHARS = 110
OWNER_CHARS = 9  # "a drone of the Turkish army"
_INTO = frozenset({"into", "inside", "at", "on"})  # fired at houses, broke into a village
_OBJECT = frozenset({"of", "on", "into", "inside", "to"})
_FLYING = ("drone", "air_strike")
_PROJECTILES = ("mortar", "rocket", "artillery", "drone")
BY_CHARS = 80


@dataclass(slots=True, eq=False)
class Frame:
    """One act of a sentence."""

    sentence: Sentence
    act: Act
    hit: Hit
    voice: Voice
    truth: Truth = "real"
    doers: list[Who] = field(default_factory=list)
    sufferers: list[Who] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    suspected: bool = False
    weapon: Hit | None = None
    who: list[Who] = field(default_factory=list)  # all phrases of the sentence

    def span(self) -> Span:
        """The words of the act."""
        return self.sentence.span(self.hit.start, self.hit.end, self.hit.term.rule)


def boundaries(sentence: Sentence) -> list[int]:
    """Where clauses begin: at breaks, conjunctions that subordinate, semicolons."""
    cuts = {sentence.start, sentence.end}
    cuts.update(h.start for h in sentence.of("cues", "break", "subordinate"))
    cuts.update(h.end for h in sentence.of("speech", "say") if h.end < sentence.end)
    verbs = [h.start for h in sentence.hits if h.kind in ("act", "harm") and h.term.form in ("verb", "passive", "self")]
    people = [h.start for h in sentence.hits if h.kind in ("actors", "people")]
    for cue in sentence.of("cues", "and"):  # ", and gunmen then …" once a verb has been told
        if sentence.between(cue.start - 2, cue.start) == ", ":
            last = max((c for c in cuts if c < cue.start), default=sentence.start)
            if any(last <= v < cue.start for v in verbs) and any(cue.end <= w <= cue.end + 25 for w in people):
                cuts.add(cue.start)
    return sorted(cuts)


def clause(cuts: list[int], at: int) -> tuple[int, int]:
    """The clause around a place."""
    start = max((c for c in cuts if c <= at), default=cuts[0])
    return start, min((c for c in cuts if c > at), default=cuts[-1])


def voice_of(sentence: Sentence, hit: Hit, stop: frozenset[str]) -> Voice:
    """Active, passive or noun, by the form and what stands around it."""
    form = hit.term.form
    if form in ("noun", "count"):
        return "noun"
    if form == "passive":
        return "passive"
    names = {h.start for h in sentence.hits if h.kind == "actors" and h.term.exact}  # "IS" is no auxiliary
    for cue in reversed(sentence.hits):
        if cue.kind == "cues" and cue.end <= hit.start and cue.value == "passive_before" and cue.start not in names:
            gap = sentence.between(cue.end, hit.start)
            if hit.start - cue.end > AUX_CHARS:
                break
            if stop.intersection(gap.split()) - {"and", "or"}:  # "were accused of killing"
                break
            if "," not in gap and not any(
                h.kind in ("act", "harm", "actors", "people") and cue.end <= h.start < hit.start for h in sentence.hits
            ):
                return "passive"
    after = [c for c in sentence.of("cues", "by") if hit.end <= c.start <= hit.end + 3]
    if not after and form == "verb" and (sentence.title or _transitive(sentence, hit)):
        following = sentence.between(hit.end, sentence.end).split(None, 1)  # titles and lists leave the auxiliary out
        bare = not following or following[0][0] in ",:;." or following[0].strip(",:;.") in stop
        bare = bare and not any(0 <= n.start - hit.end <= 2 for n in sentence.numbers)  # "killed at least 11"
        after = [hit] if bare and _noun_before(sentence, hit) else []
    return "passive" if after else "active"


def _transitive(sentence: Sentence, hit: Hit) -> bool:
    """Whether the act is also a harm, which needs an object."""
    return hit.kind == "harm" or any(
        h.kind == "harm" and h.start == hit.start and h.term.form == "verb" for h in sentence.hits
    )


def _noun_before(sentence: Sentence, hit: Hit) -> bool:
    """Whether persons or things stand right before a verb."""
    return any(h.kind in ("actors", "people", "things") and 0 <= hit.start - h.end <= 30 for h in sentence.hits)


def find_frames(document: Document, sentence: Sentence, who: list[Who], things: list[Thing]) -> list[Frame]:
    """The acts of a sentence, in order."""
    hits = _chosen(document, sentence)
    if not hits:
        return []
    cuts = boundaries(sentence)
    order = document.finder.lexicon.order
    acts = document.finder.lexicon.acts
    frames: list[Frame] = []
    exercise = bool(sentence.of("cues", "exercise"))
    for at, readings in enumerate(hits):
        following = hits[at + 1][0].start if at + 1 < len(hits) else sentence.end
        for hit in readings:  # the first reading whose needs are met
            svo = order == "svo"
            voice = voice_of(sentence, hit, document.finder.lexicon.form["stop"]) if svo else free_order.voice(hit)
            frame = Frame(sentence, acts[hit.value], hit, voice, who=who)
            if svo:
                _roles(document, frame, who, things, cuts, frames, following)
            else:
                free_order.roles(
                    frame,
                    who,
                    things,
                    sentence.numbers,
                    clause(cuts, hit.start),
                    following,
                    order,
                    document.finder.lexicon.form["own_subject"],
                    frames[-1].doers if frames else [],
                )
            if frame.act.generic and not _by_weapon(document, frame, cuts, who):
                continue
            if not _has_needs(frame):
                continue
            _settle(document, frame)
            frame.truth = "exercise" if exercise else truth_of(sentence, hit, cuts)
            frame.suspected = any(abs(c.start - hit.start) < 120 for c in sentence.of("cues", "suspected"))
            frames.append(frame)
            break
    return frames


def _settle(document: Document, frame: Frame) -> None:
    """Things that only say where go; posts give their owners; hideouts blown up are finds."""
    lexicon, sentence = document.finder.lexicon, frame.sentence
    if lexicon.order == "svo":
        frame.things = [t for t in frame.things if not _stands(sentence, frame.hit, t)]
    if not any(w.group == "forces" for w in (*frame.doers, *frame.sufferers)):
        for thing in frame.things:
            if thing.value == "post":  # "a Turkish base"
                frame.sufferers += [w for w in _adjective(document, sentence, thing.start) if w.group == "forces"]
    if frame.act.cache and not frame.weapon and _only_cache(frame):
        frame.act = lexicon.acts[frame.act.cache]


def _has_needs(frame: Frame) -> bool:
    """Whether what an act needs is named beside it."""
    needs = frame.act.needs
    who = [*frame.doers, *frame.sufferers]
    if needs == "civilians":
        relative = _relative(frame.sentence, clause(boundaries(frame.sentence), frame.hit.start)[0])
        if frame.hit.term.form in ("passive", "self"):
            return True
        return not relative and (frame.voice == "noun" or any(w.group == "civilians" or not w.code for w in who))
    if needs == "forces":
        return any(w.group == "forces" for w in who)
    if needs == "armed":
        return any(w.group in ("forces", "militants") for w in who)
    if needs == "taken":  # by militants or by nobody named
        taken = [w for w in frame.sufferers if w.group != "militants"] or frame.voice == "noun"
        return bool(taken) and not any(w.group == "forces" for w in frame.doers)
    if needs == "persons":
        counted = any(h.kind == "harm" and h.start == frame.hit.start for h in frame.sentence.hits)
        return (bool(frame.sufferers) or counted) and not any(w.group == "militants" for w in frame.doers)
    if needs == "things":
        return bool(frame.things)
    if needs == "cache":
        return any(t.value == "cache" for t in frame.things)
    if needs == "militants":
        return any(w.group == "militants" for w in who)
    if needs == "captors":
        return any(w.group == "militants" for w in frame.doers) and any(
            w.figure and w.group != "militants" and w.start - frame.hit.end < 25 for w in frame.sufferers
        )
    return True


def _by_weapon(document: Document, frame: Frame, cuts: list[int], who: list[Who]) -> bool:
    """Make a generic act that of its weapon, where one did it; False for what is no act without."""
    sentence, hit = frame.sentence, frame.hit
    start, end = clause(cuts, hit.start)
    instruments = document.finder.lexicon.instruments
    weapons = [h for h in sentence.of("means") if h.value in instruments and start <= h.start < end]
    if not any(h.end <= hit.start for h in weapons) and _relative(sentence, start):  # "missiles which hit"
        weapons = [h for h in sentence.of("means") if h.value in instruments and 0 <= start - h.end <= 12] + weapons
    order = document.finder.lexicon.order
    if order != "svo" and frame.act.bare:
        near = free_order.weapon(frame, weapons, order)
        near = [h for h in near if h.value in _PROJECTILES] if frame.act.name == "shoot" else near
    elif not frame.act.bare:  # "fired seven rockets at", "rockets fell on"
        near = [h for h in weapons if -60 <= h.start - hit.end <= 60]
        near.sort(key=lambda h: (h.value not in _FLYING, abs(h.start - hit.end)))
    elif frame.act.name == "shoot":
        persons = any(w.person and start <= w.start and w.end <= hit.start for w in frame.doers)
        near = [h for h in weapons if h.value in _PROJECTILES and (0 if persons else -60) <= h.start - hit.end <= 40]
    elif frame.voice == "active":
        near = [
            h
            for h in weapons
            if h.end <= hit.start and not any(w.start > h.end + OWNER_CHARS and w.end <= hit.start for w in frame.doers)
        ][-1:]
        subjects = [w for w in frame.doers if start <= w.start]
        people = [w for w in subjects if w.person and not any(w.start <= h.start < w.end + 12 for h in near)]
        if people:
            near = []
        if not near and not any(w.group == "militants" for w in frame.doers) and frame.act.name == "attack":
            near = [h for h in weapons if 0 <= h.start - hit.end <= 22 and instruments[h.value].name == "blast"][:1]
            if near:  # "a tractor hit a mine"
                frame.sufferers, frame.doers = frame.doers, []
    elif frame.voice == "passive":
        by = [c for c in sentence.of("cues", "by", "with", "before") if hit.end <= c.start < end]
        near = [h for h in weapons if by and 0 <= h.start - by[0].end < 45][:1]
    else:
        near = [h for h in weapons if h.end <= hit.start and hit.start - h.end < 12][-1:]
        near = near or [h for h in weapons for w in frame.doers if w.start <= h.start < w.end][:1]
    if near:
        act = instruments[near[0].value]
        if frame.act.name == "blast" and act.name == "shoot":
            return True
        if any(start <= w.start and w.person and w.group == "militants" for w in frame.doers) and act.name == "blast":
            if frame.act.name in ("attack", "kill", "shoot"):  # gunmen with a bomb
                return True
        frame.act, frame.weapon = act, near[0]
        _armed(document, frame, who, start)
        return True
    if frame.act.forces and any(w.group == "forces" for w in frame.doers):
        frame.act = document.finder.lexicon.acts[frame.act.forces]
    return frame.act.bare


def _only_cache(frame: Frame) -> bool:
    """ "Two hideouts were blown up": forces destroying what they found."""
    if not frame.things or any(w.group == "militants" for w in frame.doers):
        return False
    return all(t.value == "cache" for t in frame.things)


def _stands(sentence: Sentence, hit: Hit, thing: Thing) -> bool:
    """Whether a house or village only says where: "killed in a village", "at Safra, a village"."""
    if thing.value != "home" or thing.start < hit.end:
        return False
    gap = sentence.between(hit.end, thing.start)
    where = [c for c in sentence.of("places", "at", "near") if hit.end <= c.start and c.end <= thing.start]
    inside = [c for c in where if c.start - hit.end > 1 or c.term.words not in _INTO]
    return "," in gap or bool([c for c in inside if c.term.words not in _OBJECT])


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
    owners = owners or _adjective(document, sentence, weapon.start)
    if owners:
        frame.doers = owners[:1]
        frame.sufferers = [w for w in frame.sufferers if w not in owners]
    elif frame.voice == "active" and weapon.end <= frame.hit.start:
        frame.doers = [w for w in frame.doers if w.start >= start and w.person and w.group == "militants"]


def _of(sentence: Sentence, end: int, who: Who) -> bool:
    return any(end <= c.start and c.end <= who.start for c in sentence.of("cues", "of", "by"))


def _relative(sentence: Sentence, start: int) -> bool:
    return any(c.start == start for c in sentence.of("cues", "relative"))


def _chosen(document: Document, sentence: Sentence) -> list[list[Hit]]:
    """The words for acts, each with its readings: verb or noun by what stands around it, then act by act."""
    chosen: list[list[Hit]] = []
    persons = {code for code, actor in document.pack.codes.actors.items() if actor.group == "civilians"}
    names = [(h.start, h.end, h.value in persons) for h in sentence.hits if h.kind in ("actors", "orgs", "offices")]
    for hit in sentence.hits:
        if hit.kind != "act" or any(
            a <= hit.start and hit.end <= b and (b - a > hit.end - hit.start or not persons) for a, b, persons in names
        ):
            continue
        if hit.term.form == "present" and not sentence.title:
            continue  # what is usual
        if hit.term.form == "verb" and _after_article(document, sentence, hit):
            continue  # "the hurt"
        if chosen and hit.start < chosen[-1][0].end and hit.term.form != "self" and chosen[-1][0].term.form == "self":
            if hit.end > chosen[-1][0].end:  # "families have left the village"
                chosen[-1] = [hit]
                continue
        if not chosen or hit.start >= chosen[-1][0].end:
            chosen.append([hit])
        elif (chosen[-1][0].start, chosen[-1][0].end) == (hit.start, hit.end):
            readings = chosen[-1]
            noun = next((h for h in (*readings, hit) if h.term.form == "noun"), None)
            if noun is not None and any(h.term.form != "noun" for h in (*readings, hit)):
                wanted = _is_noun(document, sentence, noun)
                chosen[-1] = [h for h in (*readings, hit) if (h.term.form == "noun") == wanted]
            else:
                readings.append(hit)
    return chosen


def _after_article(document: Document, sentence: Sentence, hit: Hit) -> bool:
    before = sentence.between(max(sentence.start, hit.start - 7), hit.start).split()
    return bool(before) and before[-1] in document.finder.lexicon.form["definite"]


def _is_noun(document: Document, sentence: Sentence, hit: Hit) -> bool:
    if not sentence.title:
        return True
    on = [c for c in sentence.of("cues", "on", "by") if hit.end <= c.start <= hit.end + 2 and c.term.words != "to"]
    before = sentence.between(sentence.start, hit.start).split()
    known = document.finder.lexicon.form
    return bool(on) or not before or before[-1] in known["definite"] or before[-1] in known["stop"]


def truth_of(sentence: Sentence, hit: Hit, cuts: list[int]) -> Truth:
    """Whether the sentence says that an act happened."""
    start, _ = clause(cuts, hit.start)
    truth: Truth = "real"
    if any(c.start == start for c in sentence.of("cues", "subordinate")):  # "nothing to confirm that"
        for cue in sentence.of("cues", "hypothesis", "denial"):
            if 0 <= start - cue.end <= 1:
                return "hypothetical"
    for cue in sentence.hits:
        if cue.start >= hit.start:
            break
        if cue.kind != "cues" or cue.start < start or cue.end > hit.start:
            continue
        gap = hit.start - cue.end
        if cue.value == "negation" and gap <= NEGATION_CHARS and "," not in sentence.between(cue.end, hit.start):
            return "negated"
        if cue.value == "hypothesis" and gap <= HYPOTHESIS_CHARS and not _past(sentence, cue.end, hit.start):
            truth = "hypothetical"
        elif (cue.value == "plan" and gap <= PLAN_CHARS) or (
            cue.value == "infinitive" and gap == 1 and hit.term.form in ("verb", "present")
        ):
            truth = "planned"
    return truth


def _past(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an auxiliary of the past stands between: "bombs with which they meant to … were found"."""
    return any(start + 25 <= c.start and c.end <= end for c in sentence.of("cues", "passive_before"))


def _roles(
    document: Document,
    frame: Frame,
    who: list[Who],
    things: list[Thing],
    cuts: list[int],
    earlier: list[Frame],
    following: int,
) -> None:
    sentence, hit = frame.sentence, frame.hit
    start, end = clause(cuts, hit.start)
    form = hit.term.form
    usable = [w for w in who if not w.speaker]
    before = [w for w in usable if start <= w.start and w.end <= hit.start]
    by = next((c for c in sentence.of("cues", "by") if hit.end <= c.start < min(end, hit.end + BY_CHARS)), None)
    if frame.voice == "active" or (by is not None and "," in sentence.between(hit.end, by.start)):
        by = None
    stop = min(end, max(following, hit.end), hit.end + OBJECT_CHARS)
    comma = sentence.reading.folded.text.find(",", hit.end, stop)
    stop = comma if comma >= 0 and frame.voice == "active" else stop
    after = [w for w in usable if hit.end <= w.start < stop]
    things_after = [t for t in things if hit.end <= t.start < stop]
    if by is not None:
        agents = [w for w in usable if by.end <= w.start < min(end, by.end + 60)][:1]
        joined = _coordinated(sentence, agents[-1], usable) if agents else []
        frame.doers += [*agents, *(w for w in joined if w.group == agents[-1].group)]
        after = [w for w in after if w.start < by.start]
        things_after = [t for t in things_after if t.start < by.start]
    if form == "self":
        frame.doers += [w for w in usable if w.start < hit.start <= w.end + 1][-1:] or _adjective(
            document, sentence, hit.start
        )
        frame.sufferers += [w for w in after if w.group != "militants" or w.code not in GENERAL]
        frame.things += things_after
    elif frame.voice == "passive":
        subject = before or _antecedent(sentence, usable, start)
        frame.sufferers += _first(sentence, subject)
        if not subject and by is None and any(hit.end - 4 < c.start < hit.end + 3 for c in sentence.of("cues", "on")):
            frame.sufferers += [w for w in after if w.group != "militants"][:2]  # "bullets were fired at farmers"
            frame.things += things_after
        frame.things += [t for t in things if start <= t.start and t.end <= hit.start]
        if hit.term.form == "passive" and by is None:  # "came under fire from gunmen"
            frame.doers += [w for w in after if w.group == "militants"][:1]
            frame.things += things_after
            if frame.act.name in ("shell", "drone", "launch"):
                frame.sufferers += [w for w in after if w.group != "militants"]
    elif frame.voice == "noun":
        close = [w for w in before if _beside(document, sentence, w.end, hit.start)]
        close = close or _adjective(document, sentence, hit.start)
        inner = any(c.end <= hit.start and hit.start - c.end < 22 for c in sentence.of("cues", "before"))
        if not frame.doers:
            light = not inner and frame.act.name not in ("execute", "kill", "repel")
            frame.doers += close[-1:] if close else _first(sentence, before) if light else []
        on = next(
            (c for c in sentence.of("cues", "on") if c.end == hit.end or hit.end <= c.start <= hit.end + 12), None
        )
        if on is not None:
            frame.sufferers += [w for w in after if w.start >= on.end]
            frame.things += [t for t in things_after if t.start >= on.end]
    else:
        subject = _first(sentence, before)
        if not subject:
            subject = _antecedent(sentence, usable, start)
        joined = any(0 <= hit.start - c.end <= 2 for c in sentence.of("cues", "and"))
        joined = joined or sentence.between(hit.start - 2, hit.start) == ", "  # ", killing two"
        begun = any(c.start == start for c in sentence.of("cues", "break", "subordinate"))
        if (earlier and joined and earlier[-1].hit.start >= start) or (
            not subject and earlier and not begun
        ):  # "killed one and injured three"
            last = earlier[-1]
            subject = last.doers if last.voice != "passive" else last.sufferers
        frame.doers += subject or (_adjective(document, sentence, hit.start) if frame.act.hostile else [])
        frame.sufferers += after
        following_word = sentence.between(hit.end, min(hit.end + 8, sentence.end)).split()
        if following_word[:1] and following_word[0].strip(",.;") in document.finder.lexicon.form["pronouns"]:
            told = [w for w in usable if w.end <= hit.start and w not in frame.doers]  # "led him away"
            groups = {w.group for w in frame.doers}
            frame.sufferers = [w for w in told if w.group not in groups or w.group == "unknown"][-1:] + frame.sufferers
        frame.things += things_after
    frame.sufferers = [w for w in frame.sufferers if w not in frame.doers]


def _beside(document: Document, sentence: Sentence, end: int, start: int) -> bool:
    """Whether an organisation stands right before a noun of act: "IS militants' raid"."""
    gap = sentence.between(end, start)
    if end > start or len(gap) > NOUN_CHARS or "," in gap:
        return False
    return not document.finder.lexicon.form["stop"].intersection(gap.split())


def _adjective(document: Document, sentence: Sentence, start: int) -> list[Who]:
    """ "A Turkish strike": whose the act or weapon is, by an adjective."""
    for hit in reversed(sentence.of("adjectives")):
        if hit.end <= start and _beside(document, sentence, hit.end, start):
            group = document.pack.codes.actors[hit.value].group
            return [Who(sentence, hit.start, hit.end, hit.value, group, hit.term.rule, False)]
    return []


def _first(sentence: Sentence, before: list[Who]) -> list[Who]:
    """The subject: the first phrase of the clause and what is joined to it."""
    return [before[0], *_coordinated(sentence, before[0], before)] if before else []


def _coordinated(sentence: Sentence, first: Who, who: list[Who]) -> list[Who]:
    """Phrases joined to one by "and" or a comma, one after the other."""
    joined: list[Who] = []
    last = first
    for other in who:
        if other.start < last.end:
            continue
        gap = sentence.between(last.end, other.start)
        linked = any(c.start >= last.end and c.end <= other.start for c in sentence.of("cues", "and"))
        linked = linked or sentence.joins(other.start)
        if len(gap) > 30 or not (linked or gap.strip().startswith(",")):
            break
        joined.append(other)
        last = other
    return joined


def _antecedent(sentence: Sentence, who: list[Who], start: int) -> list[Who]:
    """Whom a relative clause is about: the phrase right before it."""
    if not any(c.start == start for c in sentence.of("cues", "relative")):
        return []
    close = [w for w in who if w.end <= start and start - w.end <= 25]
    return close[-1:]
