"""What a report as a whole is about, where that is no incident: an exercise, a trial, a day of memory, pay, sport."""

from __future__ import annotations

from seamwatch.code.clauses import boundaries, clause, relative
from seamwatch.code.frame import Frame
from seamwatch.code.mentions import Mention, disarm, told_beside
from seamwatch.code.peaceful import CAUSE_CHARS, culprit, harmless, private
from seamwatch.code.reading import Document, Sentence

OPENING = 1  # the title and the first sentence, which say what a report is about
NEAR_TOP = 5  # sentences in which it is said that it was no attack
OFF_TOPIC_SENTENCES = 3
OFF_TOPIC_WORDS = 4
_FIGURATIVE = ("clash", "air", "protest", "return", "displace")  # acts whose words are also those of peace
_CIVIL_MEANS = ("vehicles", "air_strike")
REHEARSED = 2  # different words of an exercise that make a report one, wherever they stand


def settle(document: Document, mentions: list[Mention]) -> list[Mention]:
    """The mentions, without what the report as a whole shows to be no incident of now."""
    opening = [m for m in mentions if m.sentence.index <= OPENING]
    _rehearsals(mentions, opening)
    if _off_topic(document) and not any(_in_arms(m) for m in mentions):
        return []
    if any(m.sentence.of("cues", "harmless") and not _hostile(m) for m in opening):
        for mention in mentions:  # accidents and weather: what they did is no attack
            disarm(mention)
            disarm(mention, culprit)
    if any(_ruled_out(m.sentence) for m in mentions[:NEAR_TOP]):
        for mention in mentions:
            disarm(mention)
    if any(m.sentence.of("cues", "private") for m in opening):
        for mention in mentions:
            disarm(mention, private)
            disarm(mention, culprit)
    if any(not told_beside(m, c) for m in opening for c in m.sentence.of("cues", "memory")):
        for mention in mentions:
            mention.background = mention.background or mention.date is None or mention.clock_only
    _carry_past(mentions)
    if not any(_armed(f) for m in mentions for f in m.frames) and not any(_hurt(m) for m in mentions):
        for mention in mentions:  # words of war in politics and trade
            mention.frames = [f for f in mention.frames if not (f.act.generic or f.act.name in _FIGURATIVE[:2])]
    return mentions


def _rehearsals(mentions: list[Mention], opening: list[Mention]) -> None:
    """What an exercise acted out is no act; what militants did amid one is: "shells hit the range during a drill"."""
    rehearsed = {h.term.words for m in mentions for h in m.sentence.of("cues", "exercise")}
    whole = len(rehearsed) >= REHEARSED or any(m.sentence.of("cues", "exercise") for m in opening)
    struck = whole and any(w.group == "militants" for m in mentions for w in m.who)
    for mention in mentions:
        cues = mention.sentence.of("cues", "exercise")
        for frame in mention.frames if whole else []:
            frame.truth = "exercise"
        for frame in mention.frames if struck and cues else []:
            armed = frame.weapon is not None or any(w.group == "militants" for w in frame.doers)
            armed = armed or (frame.act.type == "indirect_fire" and not frame.act.generic)
            harmed = _hurt(mention) or frame.sufferers
            if frame.act.hostile and armed and harmed and frame.voice != "noun" and frame.hit.end <= cues[0].start:
                frame.truth = "real"


def _ruled_out(sentence: Sentence) -> bool:
    """Whether a sentence says that it was no attack, by the cause that it names."""
    for cue in sentence.of("cues", "no_attack"):
        before = [c for c in sentence.of("cues", "negation", "later", "instead") if c.end <= cue.start]
        if not any(cue.start - c.end <= CAUSE_CHARS for c in before):
            return True
    return False


def _in_arms(mention: Mention) -> bool:
    """Whether a sentence tells for sure of an attack of these days: arms or armed men, victims, and a day."""
    if mention.background or mention.date is None or mention.clock_only:
        return False
    if any(d not in (mention.date, *mention.others) for d in mention.sentence.dates):
        return False  # of long ago too
    topics = mention.sentence.of("cues", "offtopic")
    return any(
        (f.weapon or f.hit.term.form == "self" or any(w.group == "militants" for w in f.doers))
        and (_hurt(mention) or f.things)
        for f in mention.real
        if (f.act.strong or _hurt(mention)) and (_hurt(mention) or not any(c.start < f.hit.start for c in topics))
        if not relative(mention.sentence, clause(boundaries(mention.sentence), f.hit.start)[0])
    )


def _carry_past(mentions: list[Mention]) -> None:
    """What follows in its paragraph on a sentence of long ago, with no day of its own, is of long ago too."""
    for at, mention in enumerate(mentions):  # "that was four years ago": what was told before it
        if mention.dated_old and any(c.start == mention.sentence.start for c in mention.sentence.of("cues", "then")):
            for before in mentions[:at]:
                if before.date is None and before.sentence.paragraph == mention.sentence.paragraph:
                    before.background = True
    past, paragraph = False, -1
    for mention in mentions:
        if mention.sentence.paragraph != paragraph or mention.sentence.title:
            past, paragraph = False, mention.sentence.paragraph
        if mention.dated_old and not mention.sentence.of("cues", "memory"):
            past = True
        elif mention.date or mention.announced or mention.new:
            past = False
        elif past:
            mention.background = True


def _off_topic(document: Document) -> bool:
    """Sport, trade, film and exercises speak the language of violence."""
    marked = [s for s in document.sentences if s.of("cues", "offtopic")]
    title = any(s.title for s in marked)
    words = {h.term.words for s in marked for h in s.of("cues", "offtopic")}
    return len(marked) >= OFF_TOPIC_SENTENCES or len(words) >= OFF_TOPIC_WORDS or (title and len(marked) >= 2)


def _hostile(mention: Mention) -> bool:
    return any(not harmless(f) for f in mention.frames)


def _armed(frame: Frame) -> bool:
    """Whether an act has arms in it: a weapon, armed men, or a word that is used of nothing else."""
    inside = [w for w in frame.who if w.start < frame.hit.end and frame.hit.start < w.end]  # "an attack by gunmen"
    if frame.weapon or any(w.group in ("militants", "forces") for w in (*frame.doers, *frame.sufferers, *inside)):
        return True
    if any(h.value not in _CIVIL_MEANS for h in frame.sentence.of("means")):
        return True
    if any(t.value == "post" for t in frame.things) and frame.act.hostile:
        return True
    if frame.act.generic:
        if frame.act.name == "shoot":
            return any(t.value in ("home", "post") for t in frame.things)
        return frame.act.name in ("blast", "bomb", "destroy") and bool(frame.things)
    return frame.act.name not in _FIGURATIVE


def _hurt(mention: Mention) -> bool:
    return any(h.figure.low > 0 for h in mention.harms)
