"""Harm where the verb stands first or last: numbers and persons paired by what stands beside each other."""

from __future__ import annotations

from itertools import pairwise

from seamwatch.code import free_order
from seamwatch.code.clauses import boundaries, clause, truth_of
from seamwatch.code.harm import Harm
from seamwatch.code.hits import Hit
from seamwatch.code.identify import OUTCOMES
from seamwatch.code.numbers import NumberHit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.who import Who
from seamwatch.model import Figure

NEAR_CHARS = 16  # between a number and the harm that it counts
CHAIN_CHARS = 45  # between two phrases of one chain
SUBJECT_CHARS = 90
PART_CHARS = 70  # between a total and those told apart


def find_free(document: Document, sentence: Sentence, who: list[Who]) -> list[Harm]:
    """The harm of a sentence, in the order of its words of harm."""
    hits = [h for h in sentence.of("harm") if not _unsplit(sentence, h)]
    cuts = boundaries(sentence)
    found: list[Harm] = []
    taken: set[tuple[int, str]] = set()
    for hit in _chosen(hits):
        others = (h.start for h in hits if h.start >= hit.end and h.term.form != "count")
        following = min(others, default=sentence.end)
        if truth_of(sentence, hit, cuts, document.finder.lexicon.order) != "real":
            continue
        for one in _free_pairs(document, sentence, hit, who, cuts, following):
            key = (one.start, one.outcome)
            if key not in taken:
                taken.add(key)
                found.append(one)
    amongst = sentence.of("cues", "among")
    for one in found:
        after = any(one.start <= c.start <= one.number_end + 2 for c in amongst)
        alone = not any(o.outcome == one.outcome and o.start < one.start for o in found)
        alone = alone and one.outcome in OUTCOMES.values()
        if (
            after and (one.bare or alone) and (one.start >= one.hit.end or one.hit.start - one.number_end <= 2)
        ):  # "killed four of them": of those told before
            told = [w for w in who if w.end <= one.hit.start and w.group != "unknown"]
            one.group = told[-1].group if told else ""
        else:
            one.part = after or any(0 <= one.start - c.end <= 4 for c in amongst)
    found += _parted(sentence, found, who, amongst)
    return _stood_at(sentence, found, who)


def _stood_at(sentence: Sentence, found: list[Harm], who: list[Who]) -> list[Harm]:
    """ "The number of the dead has risen to seven soldiers"."""
    for cue in sentence.of("cues", *OUTCOMES):
        marks = [c.end for c in sentence.of("cues", "figure_at") if c.start >= cue.end]
        counts = [n for n in sentence.numbers if n.kind == "count" and any(0 <= n.start - m <= 2 for m in marks)]
        if not counts or any(0 <= h.start - counts[0].end <= 2 for h in sentence.of("harm")):
            continue
        number, outcome = counts[0], OUTCOMES[cue.value]
        of = [w for w in who if w.figure_at == (number.start, number.end) and w.group != "unknown"]
        span = sentence.span(number.start, number.end, cue.term.rule)
        found = [o for o in found if o.outcome != outcome or o.hit.start >= cue.end]
        found = [o for o in found if o.start != number.start]
        group, code = (of[0].group, of[0].code) if of else ("", "")
        found.append(
            Harm(sentence, outcome, number.figure, group, code, (span,), cue, number.start, number_end=number.end)
        )
    return found


def _unsplit(sentence: Sentence, hit: Hit) -> bool:
    """ "Thirteen killed and wounded": a word of harm within a total of both."""
    for cue in sentence.of("cues", "total"):
        if cue.start <= hit.start and hit.end <= cue.end and " " in cue.term.words:
            numbers = [n for n in sentence.numbers if n.kind == "count"]
            if hit.term.number != -1 or any(0 < cue.start - n.end <= NEAR_CHARS for n in numbers):
                return True
    return False


def _parted(sentence: Sentence, found: list[Harm], who: list[Who], amongst: list[Hit]) -> list[Harm]:
    """ "Fourteen dead, among them two policemen": 2 and 12, where those told apart are of another group."""
    parts: list[Harm] = []
    for one in found:
        edge = max(one.number_end, one.start)
        edge = edge if edge < one.hit.start else max(edge, one.hit.end)  # the verb may stand last
        total = one.figure.low
        if one.part or total < 2 or one.figure.high != total:
            continue
        later = [w for w in who if edge <= w.start <= edge + PART_CHARS]
        later = [w for w in later if not any(edge <= h.start < w.start for h in sentence.of("harm"))]
        for person in later:
            start = person.figure_at[0] if person.figure_at else person.start
            stop = person.figure_at[1] if person.figure_at else person.start
            marked = any(
                0 <= start - c.end <= 4 or 0 <= c.start - stop <= 2 or c.start <= start < c.end for c in amongst
            )
            own = person.figure.low if person.figure and person.figure.high == person.figure.low else 0
            apart = person.group not in ("unknown", one.group) and marked
            if apart and 0 < own < one.figure.low and one.group in ("", "unknown"):
                one.figure, one.rest = Figure.exactly(one.figure.low - own), True
                span = sentence.span(one.hit.start, one.hit.end, one.hit.term.rule)
                spans = (person.counted(), span)
                parts.append(
                    Harm(sentence, one.outcome, Figure.exactly(own), person.group, person.code, spans, one.hit, start)
                )
    return parts


def _chosen(hits: list[Hit]) -> list[Hit]:
    """One reading for each place."""
    chosen: list[Hit] = []
    for hit in hits:
        if chosen and hit.start < chosen[-1].end and hit.value == chosen[-1].value:
            continue
        chosen.append(hit)
    return chosen


def _free_pairs(
    document: Document, sentence: Sentence, hit: Hit, who: list[Who], cuts: list[int], following: int
) -> list[Harm]:
    """Where the verb stands first or last."""
    start, end = clause(cuts, hit.start)
    numbers = [n for n in sentence.numbers if n.kind == "count"]
    left = [w for w in who if w.end <= hit.start and w.start >= start]
    right = [w for w in who if w.start >= hit.end and w.start < end]
    if hit.term.form == "count" and (hit.term.number > 1 or (hit.term.number > 0 and " " in hit.term.words)):
        return _itself(document, sentence, hit, right)
    if hit.term.form == "count":
        return (
            _before(sentence, hit, numbers, left, start)
            or _after_colon(sentence, hit, numbers)
            or _itself(document, sentence, hit, right)
        )
    alone = free_order.bare_number(sentence, hit, left, numbers, start)
    if alone is not None:
        return [_bare(sentence, hit, alone)]
    passive = hit.term.form == "passive"
    if document.finder.lexicon.order == "sov" and hit.term.form != "noun":
        whole = [w for w in who if w.end <= hit.start]
        if not any((w.figure or w.person) and not _among(sentence, w, whole) for w in left):
            left = whole  # "five, of whom three were soldiers, were killed"
    side, chosen = free_order.victims(sentence, hit, left, right, numbers, passive, document.finder.lexicon.order)
    if side == "right":
        return _chain_right(sentence, hit, chosen, numbers, min(end, max(following, hit.end)))
    return _chain_left(sentence, hit, chosen, numbers, start)


def _itself(document: Document, sentence: Sentence, hit: Hit, right: list[Who]) -> list[Harm]:
    """A word that says how many: a dual, a bare plural ("dead and wounded of the army")."""
    number, form = hit.term.number, document.finder.lexicon.form
    definite = any(sentence.between(hit.start - len(d), hit.start) == d for d in form["definite_prefix"])
    if not number or (number < 2 and definite) or (number < 0 and sentence.title):
        return []
    figure = Figure.exactly(number) if number > 0 else Figure(2, None)
    span = sentence.span(hit.start, hit.end, hit.term.rule)
    edge = max([hit.end, *(h.end for h in sentence.of("harm") if h.term.form == "count" and h.start - hit.end <= 2)])
    of = [w for w in right if w.start >= edge and sentence.between(edge, w.start).strip() in form["part"]][:1]
    group, code = (of[0].group, of[0].code) if of and of[0].group != "unknown" else ("", "")
    return [Harm(sentence, hit.value, figure, group, code, (span,), hit, hit.start)]


def _bare(sentence: Sentence, hit: Hit, number: NumberHit) -> Harm:
    span = sentence.span(number.start, max(number.end, hit.end), hit.term.rule)
    return Harm(
        sentence, hit.value, number.figure, "", "", (span,), hit, number.start, number_end=number.end, bare=True
    )


def _harm(sentence: Sentence, hit: Hit, who: Who) -> Harm | None:
    figure = who.figure
    if figure is None:
        if (who.definite and who.plural) or not who.person:
            return None
        figure = Figure(2, None) if who.plural else Figure.exactly(1)
        if who.definite and who.group in ("unknown",):
            return None
    spans = (who.counted(), sentence.span(hit.start, hit.end, hit.term.rule))
    group = "" if who.group == "unknown" and (who.others or not who.figure) else who.group
    if any(0 <= c.start - who.end <= 1 for c in sentence.of("cues", "at_least")):
        figure = Figure(figure.low, None)
    begin, stop = who.figure_at or (who.start, who.start)
    return Harm(
        sentence, hit.value, figure, group, who.code, spans, hit, min(begin, who.start), who.others, number_end=stop
    )


def _before(sentence: Sentence, hit: Hit, numbers: list[NumberHit], left: list[Who], start: int) -> list[Harm]:
    """ "two dead", "five others wounded", "four soldiers dead"."""
    if (
        left
        and hit.start - left[-1].end <= NEAR_CHARS
        and (left[-1].figure or (left[-1].person and hit.start - left[-1].end < 2))
    ):
        return _chain_left(sentence, hit, left, numbers, start)
    number = next((n for n in reversed(numbers) if n.end <= hit.start), None)
    if (
        number
        and hit.start - number.end <= NEAR_CHARS
        and not set(sentence.between(number.end, hit.start)) & set(",.;:(")
    ):
        return [_bare(sentence, hit, number)]
    return []


def _after_colon(sentence: Sentence, hit: Hit, numbers: list[NumberHit]) -> list[Harm]:
    """ "Killed: 3"."""
    number = next((n for n in numbers if hit.end <= n.start <= hit.end + 3), None)
    if number and sentence.between(hit.end, number.start).strip() in (":", "-", "="):
        return [_bare(sentence, hit, number)]
    return []


def _chain_left(sentence: Sentence, hit: Hit, left: list[Who], numbers: list[NumberHit], start: int) -> list[Harm]:
    """The subject of the harm: the phrases before it that are joined."""
    chain: list[Who] = []
    edge = hit.start
    for who in reversed(left):
        gap = sentence.between(who.end, edge)
        if not chain:
            if len(gap) > SUBJECT_CHARS:
                break
        elif len(gap) > CHAIN_CHARS or not _linked(sentence, who.end, edge):
            break
        chain.append(who)
        edge = who.figure_at[0] if who.figure_at else who.start
    chain.reverse()
    if len(left) > len(chain) and chain and _among(sentence, chain[0], left):  # "seven Peshmerga including a brigadier"
        chain = [left[len(left) - len(chain) - 1]]
    chain = _joined(sentence, [w for w in chain if not _among(sentence, w, left)] or chain, True)
    figured = [w for w in chain if w.figure or (w.definite and w.person and not w.plural)]
    figured = figured if any(w.figure for w in figured) else []
    found = [h for w in (figured or chain[-1:]) if (h := _harm(sentence, hit, w))]
    if not found:
        number = next((n for n in reversed(numbers) if n.end <= hit.start and n.start >= start), None)
        if number and hit.start - number.end <= 40 and not any(w.start > number.start for w in left):
            if _only_auxiliaries(sentence, number.end, hit.start):
                return [_bare(sentence, hit, number)]
    return found


def _among(sentence: Sentence, who: Who, others: list[Who]) -> bool:
    """Whether a phrase tells of some of those told before: "including a brigadier", "three of them soldiers"."""
    for cue in sentence.of("cues", "among"):
        if 0 <= who.begin - cue.end <= 3 or who.begin < cue.end <= who.start and cue.start <= who.begin:
            return True
        behind = not sentence.reading.joined and 0 <= cue.start - who.end <= 5  # Arabic puts it before
        if behind and not any(0 <= w.start - cue.end <= 3 for w in others):
            return True
    return False


def _only_auxiliaries(sentence: Sentence, start: int, end: int) -> bool:
    words = sentence.between(start, end).split()
    known = {c.term.words for c in sentence.of("cues", "passive_before", "others", "perfect")}
    return len(words) <= 3 and all(w in known for w in words)


def _chain_right(sentence: Sentence, hit: Hit, right: list[Who], numbers: list[NumberHit], end: int) -> list[Harm]:
    """The object of the harm: the phrases after it that are joined."""
    found: list[Harm] = []
    edge = hit.end
    number = next((n for n in numbers if n.start >= hit.end), None)
    if (
        number
        and number.start - hit.end <= NEAR_CHARS
        and not any(w.figure_at == (number.start, number.end) for w in right)
    ):
        if not right or right[0].start > number.end:
            text = sentence.between(hit.end, number.start)
            if "," not in text:
                found.append(_bare(sentence, hit, number))
                edge = number.end
    taken: list[Who] = []
    for who in right:
        begin = who.figure_at[0] if who.figure_at else who.start
        if begin >= end and (found or taken):
            break
        gap = sentence.between(edge, max(begin, edge))
        if not found and not taken and (len(gap) > CHAIN_CHARS or begin >= end):
            break
        if (found or taken) and (len(gap) > CHAIN_CHARS or not _linked(sentence, edge, begin)):
            break
        if (found or taken) and "," in gap and who.figure is None:
            break  # "three were hurt, and the terrorists had losses"
        if who.speaker and found:
            break
        if not taken and not found and _harm(sentence, hit, who) is None:
            break
        taken.append(who)
        edge = who.end
    taken = _joined(sentence, [w for w in taken if not _among(sentence, w, right)], False)
    return found + [h for w in taken if (h := _harm(sentence, hit, w))]


def _joined(sentence: Sentence, chain: list[Who], before: bool) -> list[Who]:
    """A chain without what a mere comma adds: "five men, a commander and four soldiers" are five."""
    if len(chain) < 2:
        return chain
    for at, (one, following) in enumerate(pairwise(chain)):
        rest = sum(w.figure.low if w.figure else 1 for w in chain[at + 1 :])
        apposed = "," in sentence.between(one.end, following.end)
        if one.figure and one.figure.low == rest and rest > 1 and apposed:
            return chain[: at + 1]
    linked = [
        any(a.end <= c.start and c.end <= b.end for c in sentence.of("cues", "and"))
        or sentence.joins(b.start)
        or (b.figure_at is not None and sentence.joins(b.figure_at[0]))
        for a, b in pairwise(chain)
    ]
    if before:  # the last two must be joined by "and"
        return chain if linked[-1] else chain[-1:] if chain[-1].figure else chain
    last = max((i for i, yes in enumerate(linked) if yes), default=-1)
    return chain[: last + 2]


def _linked(sentence: Sentence, a: int, b: int) -> bool:
    gap = sentence.between(a, b)
    if any(h.kind in ("act", "harm") and a <= h.start < b for h in sentence.hits):
        return False
    linked = any(a <= c.start and c.end <= b for c in sentence.of("cues", "and"))
    return linked or "," in gap or sentence.joins(b)
