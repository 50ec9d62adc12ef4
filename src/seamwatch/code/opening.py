"""What is enough to open an incident, and what is not: a bare plural, an aside, a death of no one's doing."""

from __future__ import annotations

from collections.abc import Sequence

from seamwatch.code.building import LEAD, Building, family, spots, toll
from seamwatch.code.clauses import boundaries, clause, relative
from seamwatch.code.frame import Frame
from seamwatch.code.frames import labelled
from seamwatch.code.mentions import Mention
from seamwatch.code.peaceful import died

HAD_CHARS = 12  # between "had" and its verb
KNOWN_CHARS = 5  # "after the killings"
ASIDE_CHARS = 24  # between "whose" and the act
WHO_CHARS = 2  # between persons and "who"


def of_no_one(building: Building, mentions: Sequence[Mention]) -> bool:
    """Whether persons of no service only came to harm, and nothing in the report says that anybody harmed them."""
    if any(f.doers or not (f.act.name == "kill" and f.act.generic) for f in building.frames):
        return False
    if any(f.voice == "active" and not died(f) for f in building.frames):  # by somebody whom the lexicon does not know
        return False
    told = building.mentions if all(died(f) for f in building.frames) else mentions
    armed = any(m.sentence.of("means") or any(w.group == "militants" for w in m.who) for m in told)
    armed = armed or any(f.act.hostile for m in told for f in m.frames if f.act.name not in ("launch", "destroy"))
    return not armed and not any(h.group in ("forces", "militants") for h in building.harms)


def unreal(title: Mention, lead: list[Mention]) -> bool:
    """Whether the text tells the title's act, but as one of long ago, planned, denied or acted out."""
    families = {family(f) for f in title.frames}
    if title.sentence.of("cues", "background"):  # "twelve killed in two years"
        return True
    told = [m for m in lead if families & {family(f) for f in m.frames}]
    return bool(told) and not any(m.real or (m.background and (m.date or m.announced)) for m in told)


def weak(frame: Frame, mention: Mention) -> bool:
    """A bare plural ("attacks") names no one incident."""
    several = frame.voice == "noun" and frame.hit.term.number == -1
    if several and frame.act.name == "operation" and not mention.harms and not mention.date:
        return True
    if _helped(frame):
        return True
    if several and not toll(mention) and not frame.doers and _known(frame):
        return True
    return several and not mention.harms and not mention.date and mention.sentence.index > LEAD


def _known(frame: Frame) -> bool:
    """Whether several acts are spoken of as known, in passing: "after the killings of the winter"."""
    cues = frame.sentence.of("cues", "before")
    return any(0 <= frame.hit.start - c.end <= KNOWN_CHARS for c in cues)


def _helped(frame: Frame) -> bool:
    """ "Handed out food to families who had fled": who was helped, not that they left."""
    given = frame.sentence.of("cues", "materiel") if frame.act.name == "displace" else []
    return any(c.start < frame.hit.start for c in given)


def fled(mention: Mention) -> list[Frame]:
    """Families who left: an incident of its own, also as a lasting state."""
    if mention.dated_old or mention.sentence.title:
        return []
    frames = [f for f in mention.frames if f.truth == "real" and f.act.name == "displace" and f.voice != "noun"]
    frames = [f for f in frames if any(w.group == "civilians" for w in (*f.doers, *f.sufferers))]
    return [f for f in frames if not _helped(f)]


def hits_things(frame: Frame) -> bool:
    """Whether property was destroyed, not only a hideout."""
    return frame.act.needs == "things" and any(t.value != "cache" for t in frame.things)


def opens(mention: Mention, frames: list[Frame], built: list[Building], before: list[Mention]) -> bool:
    """Whether a sentence is enough to open an incident."""
    strong = [f for f in frames if (f.act.strong or hits_things(f)) and not f.act.answer and not _aside(f, mention)]
    harmed = toll(mention)
    dated = (mention.date is not None and not mention.clock_only) or mention.announced is not None
    placed = bool(spots(mention)) or any(spots(m) for m in before)
    dated = dated or any(m.date and not m.clock_only for m in before)
    who = any(f.doers or f.sufferers or f.things for f in frames)
    if any(labelled(f) for f in strong):
        return not built
    if not strong and (not harmed or any(_aside(f, mention) for f in frames)):
        return False
    if built and mention.date is not None and mention.date.kind == "vague" and not placed:
        return False  # "last week snipers killed a police officer"
    if all(f.voice == "noun" and f.hit.term.number == -1 for f in strong) and not (dated or placed or harmed):
        return False  # "half of them were small raids"
    if _calm(built, mention) or (mention.date is None and not harmed and all(_before_that(f) for f in strong)):
        return False
    if (not built and mention.sentence.index <= LEAD) or (mention.sentence.logged and placed):
        return dated or placed or harmed or who
    return (
        (dated and (placed or harmed or who)) or (placed and harmed) or (mention.new is not None and (placed or harmed))
    )


def _aside(frame: Frame, mention: Mention) -> bool:
    """Whether an act only says who somebody is: "the widow whose husband they shot", with no day or place."""
    sentence = frame.sentence
    start, end = clause(boundaries(sentence), frame.hit.start)
    reduced = frame.voice == "passive" and frame.hit.term.form == "verb"
    reduced = reduced and sentence.between(frame.hit.start - 2, frame.hit.start) == ", "
    if reduced and not mention.date and not toll(mention):  # "bridges, blown up by militants, still lie in the river"
        return not any(frame.hit.end <= n.start < end for n in spots(mention))
    if not relative(sentence, start) or any(f is not frame for f in mention.real):
        return False
    if frame.hit.start - start > ASIDE_CHARS:  # "a farmer who tried to save his was shot dead"
        return False
    if any(start <= n.start < end for n in spots(mention)) or any(start <= d.start < end for d in sentence.dates):
        return False
    persons = [w for w in mention.who if 0 <= start - w.end <= WHO_CHARS]
    if any(h.kind == "means" or h.value == "cache" for h in sentence.hits if 0 <= start - h.end <= WHO_CHARS):
        return False  # "a device that went off"
    if mention.date is not None and (mention.date.start > start or not persons):
        return False
    armed = any(w.group == "militants" for w in persons) or not persons
    return not armed or not (mention.sentence.index <= 1 or toll(mention))


def _before_that(frame: Frame) -> bool:
    """Whether an act lies before what is told: "militants had attacked it before"."""
    cues = frame.sentence.of("cues", "pluperfect")
    if any(s.start < frame.hit.start for s in frame.sentence.of("speech")):  # what was said to have happened
        return False
    return any(0 <= frame.hit.start - c.end <= HAD_CHARS for c in cues)


def _calm(built: list[Building], mention: Mention) -> bool:
    """Whether the sentence tells of nobody who did anything."""
    if mention.harms or spots(mention):
        return False
    return not any(
        f.doers or f.sufferers or f.things or f.weapon or f.hit.term.form == "self"  # "villagers fled" holds who did it
        for f in mention.real
    )
