"""Doers and sufferers of an act where the verb stands between them, by its voice."""

from __future__ import annotations

from seamwatch.code.clauses import clause, insertions
from seamwatch.code.frame import Frame
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.who import GENERAL, Thing, Who

NOUN_CHARS = 14  # between an organisation and the noun of its act: "IS militants' raid"
OBJECT_CHARS = 110
BY_CHARS = 80


def fill(
    document: Document,
    frame: Frame,
    who: list[Who],
    things: list[Thing],
    cuts: list[int],
    earlier: list[Frame],
    following: int,
) -> None:
    """Fill a frame's doers, sufferers and things. ``following`` is where the next act's words begin."""
    sentence, hit = frame.sentence, frame.hit
    start, end = clause(cuts, hit.start)
    form = hit.term.form
    inside = insertions(sentence)
    usable = [w for w in who if not w.speaker and not any(a < w.start < b for a, b in inside)]
    before = [w for w in usable if start <= w.start and w.end <= hit.start]
    if not before and frame.voice != "passive":
        before = _taken_up(document, sentence, who, start, hit.start)
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
        frame.doers += [w for w in usable if w.start < hit.start <= w.end + 1][-1:] or by_adjective(
            document, sentence, hit.start
        )
        by_forces = any(w.group == "forces" for w in frame.doers)
        frame.sufferers += [w for w in after if w.group != "militants" or w.code not in GENERAL or by_forces]
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
        spared = [c for c in sentence.of("cues", "spared", "undergone") if start <= c.start and c.end <= hit.start]
        if spared and before:  # "the mayor escaped an attack on his convoy", "a post came under IS attack"
            frame.sufferers += _first(sentence, [w for w in before if w.end <= spared[0].start])
            before = [w for w in before if w.start >= spared[0].end]
        close = [w for w in before if _beside(document, sentence, w.end, hit.start)]
        close = close or by_adjective(document, sentence, hit.start)
        inner = any(c.end <= hit.start and hit.start - c.end < 22 for c in sentence.of("cues", "before"))
        if not frame.doers:
            light = not inner and frame.act.name not in ("execute", "kill", "repel")
            frame.doers += close[-1:] if close else _first(sentence, before) if light else []
        ons = sentence.of("cues", "on")
        on = next((c for c in ons if c.end == hit.end or hit.end <= c.start <= hit.end + 12), None)
        if on is None and by is not None and frame.doers:  # "an attack by gunmen on a post"
            edge = frame.doers[-1].end
            on = next((c for c in ons if edge <= c.start <= edge + 12), None)
            until = min(end, max(following, edge), edge + OBJECT_CHARS)
            after = [w for w in usable if edge <= w.start < until]
            things_after = [t for t in things if edge <= t.start < until]
        if on is not None:
            frame.sufferers += [w for w in after if w.start >= on.end]
            frame.things += [t for t in things_after if t.start >= on.end]
    else:
        subject = _first(sentence, before)
        if not subject:
            subject = _antecedent(sentence, usable, start)
        carried = any(0 <= hit.start - c.end <= 2 for c in sentence.of("cues", "and"))
        carried = carried or sentence.between(hit.start - 2, hit.start) == ", "  # ", killing two"
        begun = any(c.start == start for c in sentence.of("cues", "break", "subordinate"))
        if (earlier and carried and earlier[-1].hit.start >= start) or (
            not subject and earlier and not begun
        ):  # "killed one and injured three"
            answers = [f for f in earlier[:-1] if f.act.name == "repel" and f.voice == "active"]
            last = (
                answers[-1] if answers and earlier[-1].voice == "noun" else earlier[-1]
            )  # "repelled an attack, killing"
            subject = last.doers if last.voice != "passive" else last.sufferers
        frame.doers += subject or (
            by_adjective(document, sentence, hit.start) if frame.act.hostile or frame.act.name == "kill" else []
        )
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


def by_adjective(document: Document, sentence: Sentence, start: int) -> list[Who]:
    """ "A Turkish strike": whose the act or weapon is, by an adjective."""
    for hit in reversed(sentence.of("adjectives")):
        if hit.end <= start and _beside(document, sentence, hit.end, start):
            group = document.pack.codes.actors[hit.value].group
            return [Who(sentence, hit.start, hit.end, hit.value, group, hit.term.rule, False)]
    return []


def after_noun(document: Document, sentence: Sentence, noun: Hit) -> list[Who]:
    """Whose an act is, by an adjective within or behind its noun."""
    for hit in sentence.of("adjectives"):
        if noun.start <= hit.start and (hit.end <= noun.end or _beside(document, sentence, noun.end, hit.start)):
            group = document.pack.codes.actors[hit.value].group
            return [Who(sentence, hit.start, hit.end, hit.value, group, hit.term.rule, False)]
    return []


def _taken_up(document: Document, sentence: Sentence, who: list[Who], start: int, at: int) -> list[Who]:
    """ "The army said it had killed four": those who spoke."""
    words = {w.strip(",.;:") for w in sentence.between(start, at).split()}
    if not words & document.finder.lexicon.form["subjects"] or not any(
        h.end == start for h in sentence.of("speech", "say")
    ):
        return []
    told = [w for w in who if w.speaker and w.code and w.group in ("forces", "militants") and w.end <= start]
    return told[-1:]


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
