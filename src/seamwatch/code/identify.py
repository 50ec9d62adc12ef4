"""What is said of persons counted already: "five of the dead were policemen", "among those killed was a farmer"."""

from __future__ import annotations

from seamwatch.code.harm import Harm
from seamwatch.code.hits import Hit
from seamwatch.code.items import Item, linked
from seamwatch.code.reading import Sentence
from seamwatch.code.who import Who
from seamwatch.model import Figure

OUTCOMES = {"dead_told": "killed", "hurt_told": "wounded"}
PREDICATE_CHARS = 14  # "were mostly members of the army"
SUBJECT_CHARS = 90  # "eight members of the police of the town were among the dead"


def references(sentence: Sentence) -> list[Hit]:
    """The words for those who came to harm and were told before."""
    return sentence.of("cues", *OUTCOMES)


def find_identities(sentence: Sentence, items: list[Item], who: list[Who]) -> list[Harm]:
    """Which of those told before, or all of them, the sentence says what they were."""
    found: list[Harm] = []
    for told in references(sentence):
        copulas = [c for c in sentence.of("cues", "passive_before") if c.start >= told.end]
        copula = copulas[0] if copulas and copulas[0].start - told.end <= 3 else None
        among = _among(sentence, told)
        count = _count_before(sentence, told, items)
        if among is not None:
            listed = _listed(sentence, among, told, copula, items)
            found += [_harm(sentence, told, i.amount, i.group, i.begin) for i in listed]
        elif copula is not None and (predicate := _predicate(sentence, copula, who)) is not None:
            figure = count.figure if count else None
            found.append(_harm(sentence, told, figure, predicate.group, count.begin if count else told.start))
    if not found and not sentence.of("harm"):
        found = _told_of(sentence, items)
    return [f for f in found if f.group not in ("", "unknown")]


def _told_of(sentence: Sentence, items: list[Item]) -> list[Harm]:
    """ "Two of them were soldiers on leave"."""
    found: list[Harm] = []
    for item in items:
        if item.partitive and item.who is None and item.of is not None and item.figure:
            copula = next((c for c in sentence.of("cues", "passive_before") if 0 <= c.start - item.end <= 9), None)
            if copula is not None and 0 <= item.of.begin - copula.end <= PREDICATE_CHARS:
                one = _harm(sentence, copula, item.figure, item.of.group, item.begin)
                found.append(one)
    return found


def _among(sentence: Sentence, told: Hit) -> Hit | None:
    """ "Among" before "the dead"; "one of the" counts."""
    for cue in sentence.of("cues", "among"):
        if cue.start < told.start <= cue.end + 1 and not any(cue.start <= n.start < cue.end for n in sentence.numbers):
            return cue
    return None


def _harm(sentence: Sentence, told: Hit, figure: Figure | None, group: str, at: int) -> Harm:
    span = sentence.span(told.start, told.end, told.term.rule)
    one = Harm(
        sentence, OUTCOMES.get(told.value, "killed"), figure or Figure(0, None), group, "", (span,), told, at, part=True
    )
    one.identity = "part" if figure is not None else "all"
    return one


def _count_before(sentence: Sentence, told: Hit, items: list[Item]) -> Item | None:
    """ "Five" of "five of the dead"."""
    for item in items:
        of = [c for c in sentence.of("cues", "of") if item.end <= c.start + 1 and c.end <= told.start]
        if (
            item.figure
            and item.begin < told.start
            and told.start - item.end <= 4
            and (of or item.end >= told.start - 1)
        ):
            return item
    return None


def _listed(sentence: Sentence, among: Hit, told: Hit, copula: Hit | None, items: list[Item]) -> list[Item]:
    """ "Among the dead were three policemen and a nurse", "eight policemen were among the dead"."""
    found: list[Item] = []
    if copula is not None and copula.start - told.end <= 3:
        edge = copula.end
        for item in items:
            if item.begin < edge or item.amount is None:
                continue
            if found and not linked(sentence, edge, item.begin):
                continue
            if not found and item.begin - edge > PREDICATE_CHARS:
                break
            found.append(item)
            edge = item.end
        return found
    before = [c for c in sentence.of("cues", "passive_before") if c.end <= among.start and among.start - c.end <= 8]
    if before:
        subject = [i for i in items if i.end <= before[-1].start and before[-1].start - i.end <= SUBJECT_CHARS]
        found = [i for i in subject if i.figure or (i.who and i.who.person)]
        return found[:1] if found and not found[0].figure else [i for i in found if i.figure]
    return []


def _predicate(sentence: Sentence, copula: Hit, who: list[Who]) -> Who | None:
    after = [w for w in who if 0 <= w.begin - copula.end <= PREDICATE_CHARS and w.group not in ("", "unknown")]
    if not after or "," in sentence.between(copula.end, after[0].begin):
        return None
    return None if _harmed(sentence, copula.end, after[0].start) else after[0]


def _harmed(sentence: Sentence, a: int, b: int) -> bool:
    """Whether a verb of an act stands between: "the dead were shot by soldiers"."""
    return any(h.kind in ("act", "harm") and h.term.form != "noun" and a <= h.start < b for h in sentence.hits)
