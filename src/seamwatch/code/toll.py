"""The toll of a sentence: numbers paired with persons and harm."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from seamwatch.code import free_order
from seamwatch.code.frames import Frame, boundaries, clause, truth_of, voice_of
from seamwatch.code.hits import Hit
from seamwatch.code.numbers import NumberHit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.who import Who
from seamwatch.model import Figure, Span

NEAR_CHARS = 16  # between a number and the harm that it counts
CHAIN_CHARS = 45  # between two phrases of one chain
SUBJECT_CHARS = 90


@dataclass(slots=True, eq=False)
class Harm:
    """So many of a group came to such harm. ``group`` "" is to be told from what is around it."""

    sentence: Sentence
    outcome: str
    figure: Figure
    group: str
    code: str
    spans: tuple[Span, ...]
    hit: Hit
    start: int
    others: bool = False  # "two others": beside those already told
    part: bool = False  # "two of them": among those already told
    number_end: int = 0


def find_harm(document: Document, sentence: Sentence, who: list[Who], frames: list[Frame]) -> list[Harm]:
    """What a sentence says of killed, wounded, abducted and arrested."""
    hits = [h for h in sentence.hits if h.kind == "harm"]
    if not hits:
        return _none(document, sentence)
    cuts = boundaries(sentence)
    found: list[Harm] = []
    free = [w for w in who]
    taken: set[tuple[int, str]] = set()
    for at, hit in enumerate(_chosen(sentence, hits)):
        following = min((h.start for h in hits if h.start >= hit.end), default=sentence.end)
        if truth_of(sentence, hit, cuts) != "real":
            continue
        if document.finder.lexicon.order == "svo":
            pairs = _pairs(sentence, hit, free, cuts, following, found, document.finder.lexicon.form["stop"])
        else:
            pairs = _free_pairs(document, sentence, hit, free, cuts, following)
        for one in pairs:
            key = (one.start, one.outcome)
            if key not in taken:
                taken.add(key)
                found.append(one)
        del at
    amongst = sentence.of("cues", "among")
    for one in found:
        one.part = any(one.start <= c.start <= one.number_end + 2 or 0 <= one.start - c.end <= 4 for c in amongst)
    found = _split(sentence, found, who)
    _groups(sentence, found, frames)
    return found + _none(document, sentence)


def _chosen(sentence: Sentence, hits: list[Hit]) -> list[Hit]:
    """One reading for each place."""
    chosen: list[Hit] = []
    for hit in hits:
        if chosen and hit.start < chosen[-1].end and hit.value == chosen[-1].value:
            continue
        chosen.append(hit)
    return chosen


def _pairs(
    sentence: Sentence,
    hit: Hit,
    who: list[Who],
    cuts: list[int],
    following: int,
    earlier: list[Harm],
    stop: frozenset[str],
) -> list[Harm]:
    start, end = clause(cuts, hit.start)
    numbers = [n for n in sentence.numbers if n.kind == "count"]
    left = [w for w in who if w.end <= hit.start and w.start >= start]
    right = [w for w in who if w.start >= hit.end and w.start < end]
    close_left = bool(left) and not sentence.between(left[-1].end, hit.start).strip()
    number_left = next((n for n in reversed(numbers) if n.end <= hit.start), None)
    if number_left and hit.start - number_left.end > 2:
        number_left = None
    voice = voice_of(sentence, hit, stop)
    form = hit.term.form
    if put := _put_at(sentence, hit, numbers, left):
        return put
    if form == "count":
        before = _before(sentence, hit, numbers, left, start)
        return before or _after_colon(sentence, hit, numbers)
    if form == "noun":
        return _chain_right(sentence, hit, right, numbers, end)
    if voice == "passive":
        if number_left is not None:  # "four were killed" has its auxiliary between
            return [_bare(sentence, hit, number_left)]
        alone = next((n for n in reversed(numbers) if n.end <= hit.start and n.start >= start), None)
        if alone and (not left or left[-1].end <= alone.start) and _only_auxiliaries(sentence, alone.end, hit.start):
            return [_bare(sentence, hit, alone)]  # "and 21 were hurt"
        return _chain_left(sentence, hit, left, numbers, start) or _antecedent(sentence, hit, who, start)
    if number_left is not None and not (left and left[-1].end > number_left.start):
        return [_bare(sentence, hit, number_left)]
    if close_left and (left[-1].figure or left[-1].others) and (not right or not _starts(sentence, hit, right[0])):
        return _chain_left(sentence, hit, left, numbers, start)
    if close_left and left[-1].figure and any(e.outcome != hit.value for e in earlier):
        return _chain_left(sentence, hit, left[-1:], numbers, start)
    return _chain_right(sentence, hit, right, numbers, min(end, max(following, hit.end)))


def _free_pairs(
    document: Document, sentence: Sentence, hit: Hit, who: list[Who], cuts: list[int], following: int
) -> list[Harm]:
    """Where the verb stands first or last."""
    start, end = clause(cuts, hit.start)
    numbers = [n for n in sentence.numbers if n.kind == "count"]
    left = [w for w in who if w.end <= hit.start and w.start >= start]
    right = [w for w in who if w.start >= hit.end and w.start < end]
    if hit.term.form == "count":
        return (
            _before(sentence, hit, numbers, left, start)
            or _after_colon(sentence, hit, numbers)
            or _itself(document, sentence, hit)
        )
    passive = hit.term.form == "passive" or voice_of(sentence, hit, frozenset()) == "passive"
    alone = free_order.bare_number(sentence, hit, left, numbers, start)
    if alone is not None:
        return [_bare(sentence, hit, alone)]
    side, chosen = free_order.victims(sentence, hit, left, right, numbers, passive, document.finder.lexicon.order)
    if side == "right":
        return _chain_right(sentence, hit, chosen, numbers, min(end, max(following, hit.end)))
    return _chain_left(sentence, hit, chosen, numbers, start)


def _itself(document: Document, sentence: Sentence, hit: Hit) -> list[Harm]:
    """A word that says how many: a dual, a bare plural ("dead and wounded")."""
    number = hit.term.number
    definite = document.finder.lexicon.form["definite_prefix"]
    if not number or (number < 0 and any(sentence.between(hit.start - len(d), hit.start) == d for d in definite)):
        return []
    figure = Figure.exactly(number) if number > 0 else Figure(2, None)
    span = sentence.span(hit.start, hit.end, hit.term.rule)
    return [Harm(sentence, hit.value, figure, "", "", (span,), hit, hit.start)]


def _starts(sentence: Sentence, hit: Hit, who: Who) -> bool:
    start = who.figure_at[0] if who.figure_at else who.start
    return start - hit.end <= NEAR_CHARS and "," not in sentence.between(hit.end, max(start, hit.end))


def _bare(sentence: Sentence, hit: Hit, number: NumberHit) -> Harm:
    counts = [n for n in sentence.numbers if n.kind == "count" and n.end < number.start]
    if counts and sentence.between(counts[-1].end, number.start).strip() in ("of the", "of"):
        number = counts[-1]  # "four of the seven"
    span = sentence.span(number.start, max(number.end, hit.end), hit.term.rule)
    return Harm(sentence, hit.value, number.figure, "", "", (span,), hit, number.start, number_end=number.end)


def _harm(sentence: Sentence, hit: Hit, who: Who) -> Harm | None:
    figure = who.figure
    if figure is None:
        if who.definite and who.plural or not who.person:
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
        and (left[-1].figure or left[-1].person and hit.start - left[-1].end < 2)
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
    if len(left) > len(chain) and chain and _among(sentence, chain[0]):  # "seven Peshmerga including a brigadier"
        chain = [left[len(left) - len(chain) - 1]]
    chain = _joined(sentence, [w for w in chain if not _among(sentence, w)] or chain, True)
    figured = [w for w in chain if w.figure or (w.definite and w.person and not w.plural)]
    figured = figured if any(w.figure for w in figured) else []
    found = [h for w in (figured or chain[-1:]) if (h := _harm(sentence, hit, w))]
    if not found:
        number = next((n for n in reversed(numbers) if n.end <= hit.start and n.start >= start), None)
        if number and hit.start - number.end <= 40 and not any(w.start > number.start for w in left):
            if _only_auxiliaries(sentence, number.end, hit.start):
                return [_bare(sentence, hit, number)]
    return found


def _among(sentence: Sentence, who: Who) -> bool:
    start = who.figure_at[0] if who.figure_at else who.start
    after = 2 if not sentence.reading.joined else -1  # Arabic puts it before
    return any(0 <= start - c.end <= 3 or 0 <= c.start - who.end <= after for c in sentence.of("cues", "among"))


def _only_auxiliaries(sentence: Sentence, start: int, end: int) -> bool:
    words = sentence.between(start, end).split()
    known = {c.term.words for c in sentence.of("cues", "passive_before", "others", "perfect")}
    return len(words) <= 3 and all(w in known for w in words)


def _put_at(sentence: Sentence, hit: Hit, numbers: list[NumberHit], left: list[Who]) -> list[Harm]:
    """ "Put the number of attackers killed at 45", "the PMF dead at five"."""
    number = next((n for n in numbers if n.start >= hit.end), None)
    if number is None or number.start - hit.end > 12:
        return []
    gap = sentence.between(hit.end, number.start).strip()
    before = [w for w in left if hit.start - w.end <= 3 and w.figure is None]
    if not before or gap not in {c.term.words for c in sentence.of("cues", "figure_at")}:
        return []
    one = _bare(sentence, hit, number)
    one.group = "" if before[-1].group == "unknown" else before[-1].group
    one.code = before[-1].code
    return [one]


def _antecedent(sentence: Sentence, hit: Hit, who: list[Who], start: int) -> list[Harm]:
    if not any(c.start == start for c in sentence.of("cues", "relative")):
        return []
    close = [w for w in who if w.end <= start and start - w.end <= 25]
    return [h for w in close[-1:] if w.figure and (h := _harm(sentence, hit, w))]


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
        if who.speaker and found:
            break
        if not taken and not found and _harm(sentence, hit, who) is None:
            break
        taken.append(who)
        edge = who.end
    taken = _joined(sentence, [w for w in taken if not _among(sentence, w)], False)
    return found + [h for w in taken if (h := _harm(sentence, hit, w))]


def _joined(sentence: Sentence, chain: list[Who], before: bool) -> list[Who]:
    """A chain without what a mere comma adds: "five men, a commander and four soldiers" are five."""
    if len(chain) < 2:
        return chain
    rest = sum(w.figure.low if w.figure else 1 for w in chain[1:])
    if (
        chain[0].figure
        and chain[0].figure.low == rest
        and rest > 1
        and "," in sentence.between(chain[0].end, chain[1].end)
    ):
        return chain[:1]
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


def _split(sentence: Sentence, found: list[Harm], who: list[Who]) -> list[Harm]:
    """ "Three people were killed: a soldier, a guard and a villager": the parts for the sum."""
    colon = sentence.reading.folded.text.find(":", sentence.start, sentence.end)
    if colon < 0:
        return found
    whole = [h for h in found if h.start < colon and h.group in ("", "unknown") and h.figure.low > 1]
    parts = [w for w in who if w.start > colon and not _among(sentence, w)]
    counts = [w.figure.low if w.figure else 1 for w in parts]
    if len(whole) != 1 or len(parts) < 2 or sum(counts) != whole[0].figure.low:
        return found
    new = [h for w in parts if (h := _harm(sentence, whole[0].hit, w))]
    return [h for h in found if h is not whole[0] and h.start < colon] + new


def _groups(sentence: Sentence, found: list[Harm], frames: list[Frame]) -> None:
    """Bare numbers belong to the group told before them in the sentence."""
    last = ""
    for one in found:
        if one.group:
            last = one.group
        elif last:
            one.group = last
            one.code = ""


def _none(document: Document, sentence: Sentence) -> list[Harm]:
    """ "No casualties": nought killed and wounded."""
    found: list[Harm] = []
    unknown = sentence.of("cues", "unknown_harm")
    for cue in sentence.of("cues", "no_harm"):
        if any(u.start <= cue.end and cue.start <= u.end for u in unknown):
            continue
        span = sentence.span(cue.start, cue.end, cue.term.rule)
        for outcome in ("killed", "wounded"):
            if outcome in document.pack.codes.outcomes:
                found.append(Harm(sentence, outcome, Figure.exactly(0), "", "", (span,), cue, cue.start))
        break
    return found
