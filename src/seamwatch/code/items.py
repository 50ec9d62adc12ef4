"""Persons that a sentence may count: noun phrases with their number, and bare numbers ("four were hurt")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from seamwatch.code.clauses import insertions
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Sentence
from seamwatch.code.who import Who
from seamwatch.model import Figure

PREDICATE_CHARS = 14  # "were all members of the army"
CHAIN_CHARS = 45  # between two phrases of one chain

_THINGS = frozenset({"things", "means", "act", "place", "orgs", "offices"})

Form = Mapping[str, frozenset[str]]


@dataclass(slots=True, eq=False)
class Item:
    """Persons at ``begin:end``, counted or not. ``who`` is None for a bare number."""

    begin: int
    end: int
    figure: Figure | None
    who: Who | None
    others: bool = False
    part: bool = False  # among those told already: "including two officers"
    partitive: bool = False  # "two of them", "five of the militants"
    of: Who | None = None  # whom "of them" means
    rest: bool = False  # what is left of a total without its named part
    whole: int = 0  # "two of the seven", "the seven": 7

    @property
    def group(self) -> str:
        """The group that its own words tell, or ""."""
        for who in (self.who, self.of):
            if who is not None and who.group != "unknown":
                return who.group
        return ""

    @property
    def amount(self) -> Figure | None:
        """How many: a bare plural is two or more, one person 1, "the men" nothing."""
        if self.figure is not None or self.who is None:
            return self.figure
        who = self.who
        if not who.person or (who.definite and (who.plural or who.group == "unknown")):
            return None
        return Figure(2, None) if who.plural else Figure.exactly(1)

    @property
    def amount_low(self) -> int:
        """The least that it may be; 0 where nothing is told."""
        return self.amount.low if self.amount else 0


def find_items(sentence: Sentence, who: Sequence[Who], form: Form) -> list[Item]:
    """Everything in a sentence that may count victims, in order."""
    inside = insertions(sentence)
    told = [w for w in who if (w.figure or not w.speaker) and not any(a < w.start < b for a, b in inside)]
    items = [Item(w.begin, w.end, _counted(sentence, w), w, w.others) for w in told]
    for item in items:
        if item.figure and item.figure.low > 1 and _pointed_at(sentence, item.begin, form):
            item.whole = item.figure.low
    taken = {w.figure_at for w in who if w.figure_at}
    others = sentence.of("cues", "others")
    for number in sentence.numbers:
        if number.kind != "count" or (number.start, number.end) in taken:
            continue
        end = _persons_end(sentence, number.end, form)
        if end < 0 or any(i.begin <= number.start < i.end for i in items):
            continue
        more = any(number.start + (number.figure.high is None) <= o.start <= number.end + 1 for o in others)
        item = Item(number.start, end, number.figure, None, more)
        if items and items[-1].who is None and _of(sentence, items[-1].end, item.begin):
            items[-1].whole, items[-1].partitive = item.figure.low if item.figure else 0, True
            continue
        words = sentence.between(max(sentence.start, number.start - 8), number.start).split()
        if words and words[-1] in form["definite"]:
            item.whole = number.figure.low
        items.append(item)
    for cue in others:  # "and another was hurt"
        alone = not any(i.begin - 1 <= cue.end and cue.start <= i.end + 1 for i in items)
        alone = alone and not any(n.start <= cue.start < n.end for n in sentence.numbers)
        if alone and (verb_next(sentence, cue.end) or _object(sentence, cue)):
            several = cue.term.number == -1  # "and others were hurt"
            items.append(Item(cue.start, cue.end, Figure(2, None) if several else Figure.exactly(1), None, True))
    for number in sentence.numbers:  # "and a third was hurt"
        article = [c for c in sentence.of("cues", "article") if 0 <= number.start - c.end <= 1]
        object_ = article and any(h.kind == "harm" and article[0].start - h.end == 1 for h in sentence.hits)
        if number.kind == "ordinal" and article and (object_ or verb_next(sentence, number.end)):
            items.append(Item(article[0].start, number.end, Figure.exactly(1), None, True))
    items.sort(key=lambda i: i.begin)
    _of_so_many(sentence, items, form)
    for cue in sentence.of("cues", "at_least"):  # "one militant at least"
        close = [i for i in items if 0 <= cue.start - i.end <= 1]
        counted = [i for i in items if i.figure and close and i.end <= close[0].end][-1:]
        if counted and counted[0].figure and (counted == close or and_joined(sentence, counted[0].end, close[0].begin)):
            counted[0].figure = Figure(counted[0].figure.low, None)
    _parts(sentence, items)
    _predicates(sentence, items, who)
    return items


def _predicates(sentence: Sentence, items: list[Item], who: Sequence[Who]) -> None:
    """ "Three of whom were policemen": what a part was."""
    for item in items:
        if not item.partitive or item.who is not None:
            continue
        copula = next((c for c in sentence.of("cues", "passive_before") if 0 <= c.start - item.end <= 9), None)
        after = [w for w in who if copula and 0 <= w.begin - copula.end <= PREDICATE_CHARS and w.group != "unknown"]
        if (
            copula
            and after
            and not any(h.kind in ("act", "harm") and copula.end <= h.start < after[0].start for h in sentence.hits)
        ):
            item.of = after[0]


def _counted(sentence: Sentence, who: Who) -> Figure | None:
    """Its number; none where an article stands before a post or an organisation."""
    article = any((c.start, c.end) == who.figure_at for c in sentence.of("cues", "article"))
    post = any(who.start <= t.start and t.end == who.end for t in sentence.of("things", "post", "vehicle"))
    return None if article and who.code and (post or not who.person) else who.figure


def _pointed_at(sentence: Sentence, at: int, form: Form) -> bool:
    """Whether "the", "these" stands before a number: persons told of before."""
    before = sentence.between(max(sentence.start, at - 8), at).split()[-1:]
    return bool(form["pointing"].intersection(before))


def _of_so_many(sentence: Sentence, items: list[Item], form: Form) -> None:
    """ "A family of five": the number is that of the persons."""
    for body, number in [*pairwise(items)]:
        words = body.who.sentence.between(body.who.start, body.who.end).split() if body.who else []
        if not words or words[-1] not in form["bodies"] or number.who is not None:
            continue
        if _of(sentence, body.end, number.begin) and number.begin - body.end <= 4:
            body.figure, body.end = number.figure, number.end
            items.remove(number)


def _of(sentence: Sentence, a: int, b: int) -> bool:
    """Whether only "of the" stands between two numbers."""
    return b - a <= 10 and any(a <= c.start <= a + 1 for c in sentence.of("cues", "of"))


def _persons_end(sentence: Sentence, end: int, form: Form) -> int:
    """Where a bare number of persons ends, with a noun that no list knows; -1 where it counts things."""
    rest = sentence.between(end, min(end + 40, sentence.end))
    if rest.startswith("-"):
        return -1
    known = {h.start: h for h in sentence.hits if end <= h.start < end + 40}
    at = last = end
    for word in rest.split(" ")[1:4] if rest.startswith(" ") else ():
        at += 1
        hit = known.get(at)
        if hit is not None and hit.kind in _THINGS and hit.value != "kill":  # "two died" are persons
            return -1
        if hit is not None and hit.value == "others":
            last = hit.end
        if not word or hit is not None or word.strip(",.;:)") in form["stop"]:
            break
        at += len(word)
        last = at
        if word[-1] in ",.;:)":
            return at - 1
    of = [h for h in sentence.of("cues", "of") if 0 <= h.start - end <= 1]
    if of and any(h.kind in ("things", "means") and end < h.start < end + 25 for h in sentence.hits):
        return -1
    return last


def verb_next(sentence: Sentence, end: int) -> bool:
    """Whether an auxiliary or a word of harm stands there."""
    return any(
        h.start <= end + 2 and h.start >= end and (h.value == "passive_before" or h.kind == "harm")
        for h in sentence.hits
    )


def _object(sentence: Sentence, cue: Hit) -> bool:
    """ "And injuring another": one more, right after a verb of harm."""
    return cue.term.number != -1 and any(
        h.kind == "harm" and h.term.form == "verb" and cue.start - h.end == 1 for h in sentence.hits
    )


def _parts(sentence: Sentence, items: list[Item]) -> None:
    """Mark who is among those told already: "including two officers", "a child among them", "two of them"."""
    for cue in sentence.of("cues", "among"):
        inside = used = False
        for at, item in enumerate(items):
            if item.begin <= cue.start <= (item.who.start if item.who else item.end + 1):
                item.partitive = used = True
                if item.who is None and at:
                    told = [i for i in items[:at] if not i.part]
                    counted = [i for i in told if i.figure]
                    item.of = next((i.who for i in reversed(counted[-1:] or told) if i.group), None)
            elif 0 <= item.begin - cue.end <= 4:
                item.part = inside = used = True
            elif inside and item.begin - cue.end < CHAIN_CHARS and linked(sentence, cue.end, item.begin):
                item.part = not _of_another_side(items, at, cue)
        for item in items:
            if not used and 0 <= cue.start - item.end <= 1:
                item.part = True


def _of_another_side(items: list[Item], at: int, cue: Hit) -> bool:
    """ "Five soldiers, among them a captain, and three gunmen": the last are none of the first."""
    whole = next((i for i in reversed(items[:at]) if i.end <= cue.start and not i.part), None)
    armed = {"forces", "militants"}
    return whole is not None and whole.group in armed and items[at].group not in ("", whole.group)


def linked(sentence: Sentence, a: int, b: int) -> bool:
    """Whether a comma or "and" joins what ends at ``a`` with what begins at ``b``, with no verb between."""
    if any(h.kind in ("act", "harm") and h.term.form != "noun" and a <= h.start < b for h in sentence.hits):
        return False
    if any(a <= c.start < b for c in sentence.of("cues", "leaving")):
        return False
    return _joint(sentence, a, b) >= 0


def _joint(sentence: Sentence, a: int, b: int) -> int:
    """Where the last "and" or comma of a gap ends, if hardly anything stands between it and ``b``; else -1."""
    ends = [c.end for c in sentence.of("cues", "and") if a <= c.start and c.end <= b]
    comma = sentence.between(a, b).rfind(",")
    last = max([*ends, a + comma + 1 if comma >= 0 else -1])
    if last < 0:
        return -1
    rest = sentence.between(last, b).split()
    return (
        last
        if len(rest) <= 1 and not any(h.start >= last and h.end <= b for h in sentence.of("cues", "perfect"))
        else -1
    )


def and_joined(sentence: Sentence, a: int, b: int) -> bool:
    """Whether an "and" joins them, not a mere comma."""
    return any(a <= c.start and c.end <= b for c in sentence.of("cues", "and"))
