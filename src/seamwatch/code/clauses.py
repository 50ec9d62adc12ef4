"""Clauses of a sentence: where they begin, the voice of a verb, and whether the words say that its act happened."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence

Voice = Literal["active", "passive", "noun"]
Truth = Literal["real", "negated", "hypothetical", "planned", "exercise", "topic"]

AUX_CHARS = 22  # between an auxiliary and its participle
NEGATION_CHARS = 28
HYPOTHESIS_CHARS = 70
PLAN_CHARS = 45
REPORT_CHARS = 32  # between a denial and the report that it denies
DENIAL_CHARS = 170
TOPIC_CHARS = 22  # between "the victims of" and the attack
ASIDE_CHARS = 80  # ", a source in the provincial police told the agency,"


def boundaries(sentence: Sentence) -> list[int]:
    """Where clauses begin: at breaks, conjunctions that subordinate, semicolons."""
    cuts = {sentence.start, sentence.end}
    disguises = [(d.start, d.end) for d in sentence.of("cues", "disguise")]  # "dressed as policemen"
    breaks = sentence.of("cues", "break", "subordinate")
    cuts.update(h.start for h in breaks if not any(a <= h.start < b for a, b in disguises))
    cuts.update(h.end for h in sentence.of("speech", "say") if h.end < sentence.end)
    verbs = [h.start for h in sentence.hits if h.kind in ("act", "harm") and h.term.form in ("verb", "passive", "self")]
    people = [h.start for h in sentence.hits if h.kind in ("actors", "people")]
    for cue in sentence.of("cues", "and"):  # ", and gunmen then …" once a verb has been told
        if sentence.between(cue.start - 2, cue.start) == ", ":
            last = max((c for c in cuts if c < cue.start), default=sentence.start)
            if any(last <= v < cue.start for v in verbs) and any(cue.end <= w <= cue.end + 25 for w in people):
                cuts.add(cue.start)
    inside = insertions(sentence)
    return sorted(c for c in cuts if not any(a < c <= b for a, b in inside))


def insertions(sentence: Sentence) -> list[tuple[int, int]]:
    """Who tells it, between the commas of a clause that goes on: "two soldiers, police said, were killed"."""
    said = [*sentence.of("speech", "say"), *sentence.of("cues", "aside")]
    if not said or sentence.reading.joined:
        return []
    commas = [at for at in range(sentence.start, sentence.end) if sentence.between(at, at + 1) == ","]
    deeds = [h.start for h in sentence.hits if h.kind in ("act", "harm")]
    found: list[tuple[int, int]] = []
    for a, b in pairwise(commas):
        told = any(a < h.start and h.end <= b for h in said)
        if told and b - a <= ASIDE_CHARS and not any(a < d < b for d in deeds) and _goes_on(sentence, a, b):
            found.append((a, b + 1))
    return found


def _goes_on(sentence: Sentence, a: int, b: int) -> bool:
    """Whether a subject without its verb stands before the commas, and the verb right behind them."""
    floor = max(
        (c.end for c in sentence.of("cues", "and", "break", "subordinate") if c.end <= a), default=sentence.start
    )
    people = [h for h in sentence.hits if h.kind in ("actors", "people") and floor <= h.start and h.end <= a]
    verbs = [h for h in sentence.hits if h.kind in ("act", "harm") and h.term.form != "noun"]
    verbs += sentence.of("cues", "passive_before", "perfect")
    return bool(people) and any(b < v.start <= b + 2 for v in verbs) and not any(floor <= v.start < a for v in verbs)


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
        dated = [d.end for d in sentence.dates if 0 <= d.start - hit.end <= 4]  # "arrested on Tuesday two suspects"
        edge = dated[0] if dated else hit.end
        following = sentence.between(edge, sentence.end).split(None, 1)  # titles and lists leave the auxiliary out
        bare = not following or following[0][0] in ",:;." or following[0].strip(",:;.") in stop
        bare = bare and not any(0 <= n.start - edge <= 2 for n in sentence.numbers)  # "killed at least 11"
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


def truth_of(sentence: Sentence, hit: Hit, cuts: list[int], order: str) -> Truth:
    """Whether the sentence says that an act happened."""
    start, end = clause(cuts, hit.start)
    truth: Truth = "real"
    if hit.term.form == "noun" and any(hit.end <= c.start < end for c in sentence.of("cues", "to_come")):
        return "planned"  # "an operation will begin"
    if _denied(sentence, hit):
        return "hypothetical"
    if hit.term.form == "noun" and _topic(sentence, hit, end):
        return "topic"
    if hit.term.form == "noun" and _warned(sentence, hit, order):
        return "hypothetical"
    if any(c.start == start for c in sentence.of("cues", "subordinate")):  # "nothing to confirm that"
        for cue in sentence.of("cues", "hypothesis", "denial"):
            if 0 <= start - cue.end <= 1:
                return "hypothetical"
    if order == "sov" and any(0 <= c.start - hit.end <= REPORT_CHARS for c in sentence.of("cues", "denial")):
        return "hypothetical"
    for cue in sentence.hits:
        if cue.start >= hit.start:
            break
        if cue.kind != "cues" or cue.start < start or cue.end > hit.start:
            continue
        gap = hit.start - cue.end
        if cue.value == "negation" and any(n.start <= cue.start < n.end for n in sentence.numbers):
            continue  # "no fewer than ten"
        if cue.value == "negation" and gap <= NEGATION_CHARS and "," not in sentence.between(cue.end, hit.start):
            return "negated"
        if cue.value == "failed" and gap <= 1 and hit.term.form != "noun":  # "before he could blow himself up"
            truth = "hypothetical"
        if (
            cue.value == "denial" and gap <= HYPOTHESIS_CHARS and (hit.term.form == "noun" or order == "sov")
        ):  # "denied reports of clashes"
            truth = "hypothetical"
        if cue.value == "hypothesis" and _of_another(sentence, cue, hit):
            continue
        if cue.value == "hypothesis" and gap <= HYPOTHESIS_CHARS and not _past(sentence, cue.end, hit.start):
            truth = "hypothetical"
        elif (cue.value == "plan" and gap <= (HYPOTHESIS_CHARS if hit.term.form == "noun" else PLAN_CHARS)) or (
            cue.value == "infinitive" and gap == 1 and hit.term.form in ("verb", "present")
        ):
            truth = "planned"
    return truth


def _denied(sentence: Sentence, hit: Hit) -> bool:
    """Whether an act is what a denial speaks of: "denied reports that …", "what was said of … is without basis"."""
    denials, reports = sentence.of("cues", "denial"), sentence.of("cues", "report")
    for cue in denials:
        if cue.end <= hit.start:
            about = [r for r in reports if 0 <= r.start - cue.end <= REPORT_CHARS and r.end <= hit.start]
            reach = cue.end, hit.start
        else:
            about = [r for r in reports if r.end <= hit.start]
            reach = hit.end, cue.start
        turned = any(reach[0] <= b.start < reach[1] for b in sentence.of("cues", "break"))
        if about and not turned and reach[1] - reach[0] <= DENIAL_CHARS:
            return True
    return False


def _topic(sentence: Sentence, hit: Hit, end: int) -> bool:
    """Whether an act is only what something is about, with no day or toll of its own: "the victims of the attack"."""
    near = [c for c in sentence.of("cues", "topic") if 0 <= hit.start - c.end <= TOPIC_CHARS]
    said = [c.start for c in sentence.of("cues", "passive_before", "perfect") if hit.end <= c.start]
    until = min((end, *said))  # a day after "were" is not the attack's
    if not near or any(hit.end <= d.start < until for d in sentence.dates):
        return False
    if any(near[0].end <= h.start < hit.start for h in sentence.hits if h.kind in ("act", "harm")):
        return False
    if any(near[0].end < c.end <= hit.start for c in sentence.of("cues", "article")):  # "of an attack": told first here
        return False
    return not any(hit.end <= n.start < until and n.kind == "count" for n in sentence.numbers)


def _warned(sentence: Sentence, hit: Hit, order: str) -> bool:
    """ "Warned drivers on Tuesday of fake checkpoints": what a warning is of."""
    for verb in sentence.of("speech", "warning"):
        after = order == "sov" and verb.start >= hit.end
        a, b = (hit.end, verb.start) if after else (verb.end, hit.start)
        turned = any(a <= c.start < b for c in sentence.of("cues", "before", "subordinate", "break"))
        if 0 <= b - a <= HYPOTHESIS_CHARS and not turned:
            return True
    return False


def _of_another(sentence: Sentence, cue: Hit, hit: Hit) -> bool:
    """ "For fear of attacks the families left": the words hold of the noun right after them, not of the verb."""
    if hit.term.form == "noun":
        return False
    return any(
        h.kind == "act" and h.term.form == "noun" and 0 <= h.start - cue.end <= 1 and h.end < hit.start
        for h in sentence.hits
    )


def _past(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an auxiliary of the past stands between: "bombs with which they meant to … were found"."""
    return any(start + 25 <= c.start and c.end <= end for c in sentence.of("cues", "passive_before"))


def relative(sentence: Sentence, start: int) -> bool:
    """Whether a clause that begins there is about the noun before it ("who …")."""
    return any(c.start == start for c in sentence.of("cues", "relative"))
