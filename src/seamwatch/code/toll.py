"""The toll of a sentence: numbers paired with persons and harm."""

from __future__ import annotations

from seamwatch.code.clauses import boundaries, clause, truth_of
from seamwatch.code.elided import likewise, pronoun, shared_subject, stated
from seamwatch.code.frame import Frame
from seamwatch.code.free_harm import find_free
from seamwatch.code.harm import Harm
from seamwatch.code.hits import Hit
from seamwatch.code.identify import find_identities, references
from seamwatch.code.items import Item, find_items
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.shares import added, shares
from seamwatch.code.sides import of_sides
from seamwatch.code.victims import Spot, further, spots_of, tail, taken_up, victims
from seamwatch.code.who import Who
from seamwatch.model import Figure

NEAR_CHARS = 16  # between a number and the harm that it counts
AUX_CHARS = 9  # "also killed", "also later died"
NUMBER_OF_CHARS = 18  # "brings to eight the number of the wounded"
SUMMARY_CHARS = 20  # "two separate attacks"
BY_CHARS = 90  # between an act and the harm that it did


def find_harm(document: Document, sentence: Sentence, who: list[Who], frames: list[Frame]) -> list[Harm]:
    """What a sentence says of killed, wounded, abducted and arrested."""
    risen = bool(sentence.of("cues", "later")) and bool(sentence.numbers)
    told: list[Harm] = []
    svo = document.finder.lexicon.order == "svo"
    among = sentence.of("cues", "among") and not sentence.of("harm")
    if svo and (references(sentence) or among):
        told = find_identities(sentence, find_items(sentence, who, document.finder.lexicon.form), who)
    figures = bool(sentence.of("cues", "stated") or (risen and sentence.of("cues", "total", "toll_now")))
    figures = figures or (not svo and bool(references(sentence)))
    if not sentence.of("harm") and not figures:
        return told + _none(document, sentence)
    found = _find(document, sentence, who, frames) if svo else find_free(document, sentence, who)
    several, claimed = _several(sentence), bool(sentence.of("cues", "claimed", "range"))
    for one in found:
        one.by = _by(one, frames)
        one.self_made = any(
            f.act.name == "suicide" and not f.weapon and f.hit.start < one.hit.end and one.hit.start < f.hit.end
            for f in frames
        )
        if one.self_made:
            one.group = "militants"
        if one.outcome == "abducted" and any(f.act.name == "suicide" for f in frames):
            one.outcome = "killed"  # "took seven people with him"
        one.too = _too(one)
        one.others = one.others or one.too
        one.summary, one.claimed = several, claimed or one.stated
    of_sides(sentence, found, who)
    _groups(found)
    return found + told + _none(document, sentence)


def _find(document: Document, sentence: Sentence, who: list[Who], frames: list[Frame]) -> list[Harm]:
    """Where the verb stands between doer and object."""
    cuts, form = boundaries(sentence), document.finder.lexicon.form
    doers = {w.start for f in frames if f.voice != "noun" for w in f.doers}
    doers = doers or {w.start for f in frames for w in f.doers}
    items = find_items(sentence, who, form)
    verbs = [h for h in sentence.hits if h.kind in ("act", "harm") and h.term.form in ("verb", "present", "passive")]
    found: list[Harm] = []
    taken: set[tuple[int, str]] = set()
    spots = spots_of(sentence)
    for spot in spots:
        if truth_of(sentence, spot.hit, cuts, document.finder.lexicon.order) != "real":
            continue
        chosen = victims(sentence, spot, items, verbs, cuts, form)
        chosen = chosen or taken_up(sentence, spot, items, form["pronouns"])
        chosen = chosen or shared_subject(sentence, spot, items, frames)
        chosen = [i for i in chosen if (i.begin, spot.hit.value) not in taken]
        if not chosen:
            found += _of_elided(sentence, spot, pronoun(sentence, spot, form))
            continue
        if chosen[-1].end <= spot.start:
            chosen = chosen + further(sentence, spot.end, items, cuts)
        edge = max(spot.end, chosen[-1].end)
        named = {i.group: i.who for i in chosen if i.group}
        for item in chosen:  # "twelve engineers of the firm and four technicians"
            if item.who is None and item.of is None and len(named) == 1:
                item.of = next(iter(named.values()))
        if spot.hit.term.form in ("verb", "present") and not any(h.start == spot.start for h in sentence.of("act")):
            _own(chosen, items, clause(cuts, spot.start)[0], doers)
        rest = [i for i in items if (i.partitive or i.part) and chosen[-1].end <= i.begin < spot.start]
        rest = rest or tail(sentence, edge, items)
        if _claimed(sentence, rest, spots, edge) and rest and rest[0].begin >= edge:
            rest = [i for i in rest if i.partitive]
        if not rest and len(chosen) == 1:
            rest = _after_colon(sentence, edge, items)
        inside = [i for i in items if i.partitive and chosen[0].end <= i.begin < chosen[-1].begin and i not in chosen]
        if inside and added([*chosen[1:], *inside]) == chosen[0].amount_low:  # "ten, three of them civilians and seven"
            chosen, rest = chosen[:1], [*inside, *chosen[1:]]
        _left_behind(sentence, spot, chosen, items)
        for item in shares(sentence, chosen, rest):
            taken.add((item.begin, spot.hit.value))
            if one := _of_item(sentence, spot, item):
                found.append(one)
    for spot, item in likewise(sentence, spots, items):
        found += [one] if (one := _of_item(sentence, spot, item)) else []
    found += _of_stated(sentence, stated(sentence, items, form), {h.start for h in found})
    now = _risen(sentence, spots, items)
    return _later_died(found) + now


def _too(harm: Harm) -> bool:
    """ "A bystander was also killed", "was killed as well": beside those told already."""
    start, end = harm.hit.start, harm.hit.end
    before = start - AUX_CHARS if harm.number_end >= end else harm.number_end
    return any(before <= c.start < start or 0 <= c.start - end <= 1 for c in harm.sentence.of("cues", "too"))


def _of_elided(sentence: Sentence, spot: Spot, item: Item | None) -> list[Harm]:
    """The death of "he": of one who was told of before."""
    harm = _of_item(sentence, spot, item) if item else None
    if harm is None:
        return []
    harm.after = True
    return [harm]


def _of_stated(sentence: Sentence, figures: list[tuple[Hit, Item]], taken: set[int]) -> list[Harm]:
    """Figures of the dead that stand alone: "police spoke of four"."""
    found = [_of_item(sentence, Spot(cue, set()), item) for cue, item in figures if item.begin not in taken]
    for one in found:
        if one:
            one.outcome, one.stated = "killed", True
    return [one for one in found if one]


def _after_colon(sentence: Sentence, edge: int, items: list[Item]) -> list[Item]:
    """ "Six were killed in the attack near the bridge: four soldiers and two farmers"."""
    colon = sentence.between(edge, sentence.end).find(":")
    if colon < 0:
        return []
    listed = [i for i in items if i.begin > edge + colon]
    return listed if listed and listed[0].begin - edge - colon <= 3 else []


def _own(chosen: list[Item], items: list[Item], start: int, doers: set[int]) -> None:
    """Harm that is no act is the subject's own: "the army lost five men", "they struck the post, losing three"."""
    if not chosen or chosen[0].group:
        return
    sides = [i for i in items if i.end <= chosen[0].begin and i.group in ("forces", "militants")]
    acted = [i for i in sides if i.who and i.who.start in doers]
    before = [i for i in sides if i.begin >= start and (i in acted or not acted)] or acted
    for item in chosen:
        item.of = before[-1].who if before else None


def _left_behind(sentence: Sentence, spot: Spot, chosen: list[Item], items: list[Item]) -> None:
    """ "The attackers left five dead behind": their own."""
    left = [c for c in sentence.of("cues", "leaving") if c.end <= min(chosen[0].begin, spot.start)]
    behind = [c for c in sentence.of("cues", "behind") if left and c.start >= left[-1].end]
    if not behind or behind[0].start > max(chosen[-1].end, spot.end) + NEAR_CHARS:
        return
    if behind[0].end < chosen[0].begin - NEAR_CHARS or any(
        h.kind == "act" and left[-1].end <= h.start < chosen[0].begin for h in sentence.hits
    ):
        return  # "a bomb left behind by them exploded, killing three"
    sides = [i for i in items if i.end <= left[-1].start and i.group in ("forces", "militants")]
    for item in chosen:
        if sides and item.group in ("", "unknown") and (item.who is None or item.who.group == "unknown"):
            item.of = sides[-1].who


def _later_died(found: list[Harm]) -> list[Harm]:
    """ "Wounding four, one of whom later died": three wounded and one killed; "three soldiers wounded in … have died":
    none wounded.
    """
    dead = {h.start: h.hit.start for h in found if h.outcome == "killed" and h.hit.term.form == "passive"}
    hurt = [h for h in found if h.outcome == "wounded" and h.hit.start - h.number_end <= 1]
    found = [h for h in found if not (h in hurt and h.hit.start < dead.get(h.start, 0))]
    for one in found:
        dies = one.bare and one.hit.term.form == "passive" and bool(one.sentence.of("cues", "later"))
        told = one.partitive or dies
        if not told or one.outcome != "killed" or one.figure.high is None:
            continue
        for other in found:
            if other.outcome == "wounded" and other.start < one.start and not other.partitive:
                if other.figure.high == other.figure.low > one.figure.low:
                    other.figure = Figure.exactly(other.figure.low - one.figure.low)
                    one.after = True
    return found


def _risen(sentence: Sentence, spots: list[Spot], items: list[Item]) -> list[Harm]:
    """ "The number of soldiers killed has risen to nine", "the toll rose to seven, five soldiers and two farmers"."""
    for cue in sentence.of("cues", "later"):
        number = next((i for i in items if i.figure and 0 <= i.begin - cue.end <= 2), None) or _to(sentence, cue, items)
        before = [s for s in spots if s.end <= cue.start]
        if number is None or not (before or sentence.of("cues", "total", "toll_now")):
            continue
        following = [h for h in sentence.of("harm") if 0 <= h.start - number.end <= NUMBER_OF_CHARS]
        counted = before[-1:] if before and "," not in sentence.between(before[-1].end, cue.start) else []
        outcome = counted[0].hit.value if counted else following[0].value if following else "killed"
        about = [i for i in items if before and i.who and 0 <= before[-1].start - i.end <= 2]
        number.of = number.of or (about[0].who if about else None)
        spot = Spot(before[-1].hit if before else cue, set())
        made = [_of_item(sentence, spot, i) for i in shares(sentence, [number], tail(sentence, number.end, items))]
        now = [one for one in made if one]
        for one in now:
            one.outcome, one.now = outcome, True
        return now
    return []


def _to(sentence: Sentence, cue: Hit, items: list[Item]) -> Item | None:
    """ "Raised the toll of the bombing to fifteen"."""
    toll = [c for c in sentence.of("cues", "total") if 0 <= c.start - cue.end <= 12]
    marks = [c.end for c in sentence.of("cues", "figure_at") if toll and c.start >= toll[0].end]
    return next((i for i in items if i.figure and i.begin - 1 in marks), None)


def _claimed(sentence: Sentence, rest: list[Item], spots: list[Spot], edge: int) -> bool:
    """Whether what follows belongs to a harm of its own: "two were killed, three soldiers wounded"."""
    if not rest or (
        "," not in sentence.between(edge, rest[0].begin) and ":" not in sentence.between(edge, rest[0].begin)
    ):
        return True
    return any(0 <= s.start - rest[-1].end <= NEAR_CHARS for s in spots)


def _of_item(sentence: Sentence, spot: Spot, item: Item) -> Harm | None:
    figure = item.amount
    if figure is None:
        return None
    hit, who = spot.hit, item.who
    spans = (sentence.span(hit.start, hit.end, hit.term.rule),)
    if who is None:
        edge = max(item.end, hit.end) if hit.start - item.end < NEAR_CHARS and hit.start >= item.end else item.end
        spans = (sentence.span(item.begin, edge, hit.term.rule),)
        return Harm(
            sentence,
            hit.value,
            figure,
            item.group,
            "",
            spans,
            hit,
            item.begin,
            item.others,
            number_end=item.end,
            bare=True,
            partitive=item.partitive,
            whole=item.whole,
            rest=item.rest,
        )
    soft = not who.code and who.group == "militants"
    group = item.group or ("unknown" if who.figure and not item.others and not who.owned else "")
    return Harm(
        sentence,
        hit.value,
        figure,
        group,
        who.code,
        (who.counted(), *spans),
        hit,
        item.begin,
        item.others,
        number_end=item.end,
        soft=soft,
        rest=item.rest,
        whole=item.whole,
    )


def _by(harm: Harm, frames: list[Frame]) -> str:
    """Which side did it: the doer of the act that the word of harm is, or of one before it in the sentence."""
    same = [f for f in frames if f.hit.start == harm.hit.start and f.doers]
    near = [f for f in frames if f.hit.start < harm.hit.start and harm.hit.start - f.hit.end < BY_CHARS and f.doers]
    for frame in (*same, *reversed(near)):
        groups = {w.group for w in frame.doers}
        if len(groups) == 1:
            return next(iter(groups))
    return ""


def _several(sentence: Sentence) -> bool:
    """Whether a sentence sums up: "in two attacks", "three incidents"."""
    counts = {n.end for n in sentence.numbers if n.kind == "count" and n.figure.low > 1}
    plural = [h for h in sentence.of("act") if h.term.form == "noun" and h.term.number == -1]
    plural += sentence.of("cues", "generic")
    return any(
        any(0 < h.start - end <= SUMMARY_CHARS and "," not in sentence.between(end, h.start) for end in counts)
        and not any(h.start - SUMMARY_CHARS < w.start < h.start for w in sentence.of("harm"))
        for h in plural
    )


def _groups(found: list[Harm]) -> None:
    """Bare numbers and "others" belong to the group told before them in the sentence; to none where two were told."""
    seen: dict[str, None] = {}
    others = soft = unknown = False
    for one in found:
        if one.self_made:
            continue  # "blew himself up, killing eleven and injuring twenty"
        if one.group == "unknown":
            unknown = True
            continue
        if others and one.bare:
            one.others = True  # "killed four more and injured six"
        others = others or one.others
        if one.group:
            seen[one.group] = None
            soft = one.soft
        elif len(seen) == 1 and (one.bare or one.others):
            one.group, one.code, one.soft = next(iter(seen)), "", soft
        elif len(seen) > 1 or (unknown and not seen and (one.bare or one.others)):
            one.group = "unknown"


def _none(document: Document, sentence: Sentence) -> list[Harm]:
    """ "No casualties": nought killed and wounded."""
    found: list[Harm] = []
    unknown = sentence.of("cues", "unknown_harm")
    for cue in sentence.of("cues", "no_harm"):
        if any(u.start <= cue.end and cue.start <= u.end for u in unknown):
            continue
        span = sentence.span(cue.start, cue.end, cue.term.rule)
        found += [
            Harm(sentence, outcome, Figure.exactly(0), "", "", (span,), cue, cue.start)
            for outcome in ("killed", "wounded")
            if outcome in document.pack.codes.outcomes
        ]
        break
    return found
