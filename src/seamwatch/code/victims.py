"""Whom a word of harm is about, where the verb stands between doer and object: "X were killed", "killed X", "X dead".

Each word of harm takes a chain of items (`seamwatch.code.items`), joined by commas and "and"; phrases that only tell
more of another ("two members of a family") are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from seamwatch.code.clauses import clause, voice_of
from seamwatch.code.hits import Hit
from seamwatch.code.items import CHAIN_CHARS, Form, Item, and_joined, linked, verb_next
from seamwatch.code.reading import Sentence

BESIDE_CHARS = 16  # "four soldiers lay dead"
SUBJECT_CHARS = 110
TAIL_CHARS = 40  # "were killed on Sunday, two of them officers"
ANTECEDENT_CHARS = 30
THE_CHARS = 24  # "the confirmed number of dead"

_PREPOSITIONS = frozenset({"of", "with", "on", "by", "before", "support"})


@dataclass(slots=True, eq=False)
class Spot:
    """A word of harm with all the ways that the lexicon knows to read it."""

    hit: Hit
    forms: set[str]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.hit.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.hit.end


def spots_of(sentence: Sentence) -> list[Spot]:
    """The words of harm in order, one for each place and outcome."""
    spots: list[Spot] = []
    for hit in sentence.of("harm"):
        if hit.term.form == "present" and not sentence.title:
            continue  # what is usual
        same = next((s for s in spots if s.hit.value == hit.value and hit.start < s.end), None)
        if same is not None:
            same.forms.add(hit.term.form)
        else:
            spots.append(Spot(hit, {hit.term.form}))
    unsplit = [c for c in sentence.of("cues", "total", "among") if len(c.term.words.split()) > 2]
    unsplit += sentence.of("cues", "dead_told", "hurt_told")
    return [s for s in spots if not any(u.start <= s.start and s.end <= u.end for u in unsplit)]


def victims(
    sentence: Sentence, spot: Spot, items: list[Item], verbs: list[Hit], cuts: list[int], form: Form
) -> list[Item]:
    """The items that a word of harm is about."""
    hit, forms = spot.hit, spot.forms
    within = [i for i in items if i.figure and i.begin < hit.start and i.who and i.who.start >= hit.end]
    if within and within[-1].who and within[-1].who.start - hit.end < 20:  # "two wounded soldiers"
        return within[-1:]
    itself = [i for i in items if i.who and i.who.start == hit.start and i.figure]
    if itself:  # "six bodies"
        return itself
    start, end = clause(cuts, hit.start)
    left = [i for i in items if i.end <= hit.start]
    right = [i for i in items if i.begin >= hit.end]
    beside = _beside(sentence, hit, left)
    if "noun" in forms and not forms & {"verb", "present"}:
        return _objects(sentence, hit.end, right, end)
    counted = [beside] if beside and (beside.figure or beside.others) else []
    if "passive" not in forms and (after := _told_after(sentence, hit, beside, right, form["definite"])):
        return after
    if forms == {"count"}:
        if any(hit.end < c.start <= hit.end + 1 for c in sentence.of("cues", "article")):
            return []  # "fifty gunmen held a hotel"
        if counted:
            return _chain(sentence, beside, left) if beside else []
        return []
    voice = "passive" if "passive" in forms else voice_of(sentence, hit, form["stop"])
    if voice == "passive":
        return _subject(sentence, hit, items, verbs, (start, end), cuts)
    tight = counted and not sentence.between(counted[0].end, hit.start).strip()
    if tight and not _object_next(sentence, hit, right) and beside:
        return _chain(sentence, beside, left)
    following = min((v.start for v in verbs if v.start >= hit.end), default=sentence.end)
    found = _objects(sentence, hit.end, right, min(end, max(following, hit.end + 1)))
    if not found and counted and beside and "count" in forms:
        return _chain(sentence, beside, left)
    if not found and left and left[-1].figure and left[-1].begin >= start and not _doer(sentence, left[-1], verbs, hit):
        return left[-1:]  # "one terrorist with a belt killed before he could set it off"
    return found


def _doer(sentence: Sentence, item: Item, verbs: list[Hit], hit: Hit) -> bool:
    gap = sentence.between(item.end, hit.start)
    between = [v for v in verbs if item.end <= v.start and v.end <= hit.start]
    return len(gap) > CHAIN_CHARS or "," in gap or bool(between) or and_joined(sentence, item.end, hit.start)


def _beside(sentence: Sentence, hit: Hit, left: list[Item]) -> Item | None:
    if not left or hit.start - left[-1].end > BESIDE_CHARS:
        return None
    gap = sentence.between(left[-1].end, hit.start)
    if any(c in gap for c in ",;:.(") or any(left[-1].end <= h.start < hit.start for h in sentence.of("act", "")):
        return None
    return left[-1]


def _object_next(sentence: Sentence, hit: Hit, right: list[Item]) -> bool:
    """Whether an object follows at once: "two gunmen killed three people"."""
    if not right or right[0].amount is None:
        return False
    gap = sentence.between(hit.end, right[0].begin)
    if right[0].figure and gap.strip():
        return False  # "the four killed included a commander"
    return len(gap) <= BESIDE_CHARS and "," not in gap and len(gap.split()) <= 1 and not _preposition(sentence, hit.end)


def _preposition(sentence: Sentence, end: int) -> bool:
    return any(
        end <= h.start <= end + 1
        and ((h.kind == "places" and h.value != "joined") or (h.kind == "cues" and h.value in _PREPOSITIONS))
        for h in sentence.hits
    )


def _told_after(
    sentence: Sentence, hit: Hit, beside: Item | None, right: list[Item], definite: frozenset[str]
) -> list[Item]:
    """ "Killed: 3", "put the soldiers dead at five", "the bodies of two men"."""
    if not right or right[0].begin - hit.end > 12 or right[0].figure is None:
        return []
    item = right[0]
    gap = sentence.between(hit.end, item.begin).strip()
    if gap in (":", "-", "=") and (beside is None or not beside.figure):
        return [item]
    marks = {h.term.words for h in sentence.of("cues", "figure_at") if hit.end <= h.start < item.begin}
    put = any(c.start < hit.start and item.begin - c.end == 1 for c in sentence.of("cues", "range", "stated"))
    if gap not in marks and not put:
        return []
    before = sentence.between(max(sentence.start, hit.start - THE_CHARS), hit.start).split()[-3:]
    the = bool(definite.intersection(before))  # "a source put the dead at 67"
    if item.who is None and beside is not None and beside.figure is None:
        return [Item(item.begin, item.end, item.figure, beside.who)]
    alone = the or (
        beside is None and (" " in hit.term.words or " " in gap)
    )  # "the death toll reached 67", "the dead stood at 67"
    return [item] if (item.who is not None or alone) and hit.term.form == "count" else []


def _head(sentence: Sentence, items: list[Item], at: int, floor: int) -> int:
    """The phrase that the one at ``at`` only tells more of: "two members" of "two members of a family"."""
    while at > 0 and items[at - 1].begin >= floor:
        earlier, item = items[at - 1], items[at]
        gap = sentence.between(earlier.end, item.begin)
        if len(gap) > CHAIN_CHARS or (item.figure and not earlier.figure) or linked(sentence, earlier.end, item.begin):
            break
        of = any(earlier.end <= c.start <= earlier.end + 1 for c in sentence.of("cues", "of"))
        if item.figure and not of:
            break
        if not _preposition(sentence, earlier.end) or any(
            h.kind in ("act", "harm") and earlier.end <= h.start < item.begin for h in sentence.hits
        ):
            break
        at -= 1
    return at


def _chain(sentence: Sentence, last: Item, items: list[Item], floor: int = 0) -> list[Item]:
    """An item and those joined to it on its left, in order."""
    at = _head(sentence, items, items.index(last), floor)
    chain = [items[at]]
    while at > 0 and items[at - 1].begin >= floor:
        edge, before = items[at].begin, items[at - 1]
        if (
            edge - before.end > CHAIN_CHARS
            or not linked(sentence, before.end, edge)
            or _beside_others(sentence, before)
        ):
            break
        head = _head(sentence, items, at - 1, floor)
        chain.insert(0, items[head])
        at = head
    return _counted(sentence, chain, True)


def _beside_others(sentence: Sentence, item: Item) -> bool:
    """ "As well as the bomber": told with those before, not with those after."""
    return any(0 <= item.begin - c.end <= 5 for c in sentence.of("cues", "besides"))


def _counted(sentence: Sentence, chain: list[Item], before: bool) -> list[Item]:
    """Only the counted of a chain, where there are any; a single person beside them counts as one.

    A list ends with "and": what a mere comma adds after that (or before, in a subject) tells more of another.
    """
    if not any(i.figure for i in chain):
        if len(chain) > 1 and all(_one(i) for i in chain) and and_joined(sentence, chain[-2].end, chain[-1].begin):
            return chain  # "his wife and son"
        return chain[-1:] if before and chain and chain[-1].amount else chain[:1] if chain and chain[0].amount else []
    chain = [i for i in chain if i.figure or (i.who and i.who.person and not i.who.plural)]
    joints = [and_joined(sentence, a.end, b.begin) for a, b in pairwise(chain)]
    if before and joints and not joints[-1]:
        return chain[-1:] if not (chain[-1].partitive or (chain[0].figure and not chain[-1].figure)) else chain[:1]
    if not before:
        last = max((i for i, yes in enumerate(joints) if yes), default=-1)
        chain = chain[: last + 2]
    return [i for k, i in enumerate(chain) if k == 0 or not i.partitive or joints[k - 1]]


def _one(item: Item) -> bool:
    """Whether it is one person who is named by a noun."""
    return bool(item.who and item.who.person and not item.who.plural and item.amount)


def _subject(
    sentence: Sentence, hit: Hit, items: list[Item], verbs: list[Hit], span: tuple[int, int], cuts: list[int]
) -> list[Item]:
    """Who suffers a passive: the phrases before it, behind the verb before."""
    start = span[0]
    earlier = [v for v in verbs if v.end <= hit.start and v.start >= start]
    floor = earlier[-1].end if earlier else start
    items = [i for i in items if not i.part]
    found = [i for i in items if floor <= i.begin and i.end <= hit.start]
    if len(found) > 1 and earlier and _object_of(sentence, earlier[-1], found[0]):
        floor, found = found[0].end, found[1:]  # "it lost one soldier, and ten were injured"
    while not found and earlier and hit.start - earlier[-1].end <= 14:  # "were shot and killed"
        earlier.pop()
        floor = earlier[-1].end if earlier else start
        found = [i for i in items if floor <= i.begin and i.end <= hit.start]
    relative = any(c.start == start for c in sentence.of("cues", "relative"))
    comma = sentence.between(start, hit.start).rfind(",")
    if relative and comma > 0 and not any(i.begin >= start + comma for i in found):
        found = []  # "two officers, who came with the soldiers, were killed"
    if found and hit.start - found[-1].end <= SUBJECT_CHARS:
        left = [i for i in items if i.end <= hit.start]
        return _chain(sentence, found[-1], left, floor)
    if _said(sentence, start):  # "sixty policemen were said to be wounded"
        begin = max((c for c in cuts if c < start), default=sentence.start)
        before = [i for i in items if begin <= i.begin and i.end <= start]
        return _chain(sentence, before[-1], before, begin) if before else []
    if relative:
        before = [i for i in items if i.end <= start]
        if before and start - before[-1].end <= ANTECEDENT_CHARS:
            return _chain(sentence, before[-1], before)
    return []


def _said(sentence: Sentence, at: int) -> bool:
    """Whether a clause begins behind "were said", "is reported"."""
    verbs = [h for h in sentence.of("speech") if h.end == at]
    return any(0 <= v.start - c.end <= 2 for v in verbs for c in sentence.of("cues", "passive_before"))


def _object_of(sentence: Sentence, verb: Hit, item: Item) -> bool:
    gap = sentence.between(verb.end, item.begin)
    return verb.term.form != "passive" and len(gap) <= 3 and "," not in gap


def _objects(sentence: Sentence, edge: int, right: list[Item], end: int) -> list[Item]:
    """Who suffers an active verb: the phrases after it."""
    chain: list[Item] = []
    for item in right:
        gap = sentence.between(edge, item.begin)
        if item.begin >= end or len(gap) > CHAIN_CHARS:
            break
        if not chain:
            if "," in gap:
                break
        elif ":" in gap:
            break  # what follows tells who they were
        elif not linked(sentence, edge, item.begin):
            continue  # only tells more of the one before
        elif verb_next(sentence, item.end):
            break  # the subject of what comes
        chain.append(item)
        edge = item.end
    if not chain or chain[0].amount is None:
        return []
    return _counted(sentence, chain, False)


def taken_up(sentence: Sentence, spot: Spot, items: list[Item], pronouns: frozenset[str]) -> list[Item]:
    """ "Killing him", "shot her dead": who was told before in the sentence."""
    following = sentence.between(spot.end, min(spot.end + 8, sentence.end)).split()
    leading = sentence.between(max(spot.start - 6, sentence.start), spot.start).split()
    after = "verb" in spot.forms and following[:1] and following[0].strip(",.;") in pronouns
    if not after and not ("count" in spot.forms and leading and leading[-1] in pronouns):
        return []
    told = [i for i in items if i.end <= spot.start and i.who and i.group in ("civilians", "forces") and i.amount]
    found = [Item(i.begin, i.end, i.amount, i.who) for i in told[-1:]]
    edge = spot.end + len(following[0]) + 1 if after else sentence.end
    for item in items:  # "killed him, his wife and three children"
        if item.begin >= edge and item.amount and found and linked(sentence, edge - 1, item.begin):
            found.append(item)
            edge = item.end
    return found


def further(sentence: Sentence, edge: int, items: list[Item], cuts: list[int]) -> list[Item]:
    """More victims behind a verb that needs no object: "died with four others", "six died in the south and four in"."""
    following = [i for i in items if i.begin >= edge and not i.part]
    item = following[0] if following else None
    if item is None or not item.figure or item.partitive:
        return []
    verbs = [h.start for h in sentence.hits if h.kind in ("act", "harm") and h.term.form not in ("noun", "present")]
    gap = sentence.between(edge, item.begin)
    along = [c for c in sentence.of("cues", "besides") if edge <= c.start and 0 <= item.begin - c.end <= 2]
    if along and not any(edge <= v < item.begin for v in verbs):
        return [item]  # "was killed by a bomb on Sunday, along with three others"
    if item.begin >= clause(cuts, edge)[1]:
        return []
    along = [c for c in sentence.of("cues", "with", "and") if 0 <= c.start - edge < 3 and c.end - c.start > 3]
    if any(0 <= item.begin - c.end <= 2 for c in along):
        return [item]
    verbs = [
        h.start
        for h in sentence.hits
        if (h.kind in ("act", "harm") and h.term.form != "noun") or h.value == "passive_before"
    ]
    if len(gap) > CHAIN_CHARS or ":" in gap or any(edge <= v < item.end + CHAIN_CHARS for v in verbs):
        return []
    return [item] if (and_joined(sentence, edge, item.begin) and linked(sentence, edge, item.begin)) else []


def tail(sentence: Sentence, edge: int, items: list[Item]) -> list[Item]:
    """What goes on to tell who the victims were: ", two of them policemen", ": a soldier and a farmer"."""
    found: list[Item] = []
    for item in items:
        if item.begin < edge:
            continue
        gap = sentence.between(edge, item.begin)
        if len(gap) > TAIL_CHARS or any(
            h.kind in ("act", "harm") and edge <= h.start < item.begin for h in sentence.hits
        ):
            break
        if not (":" in gap or item.part or linked(sentence, edge, item.begin)):
            if not found:
                break
            continue
        found.append(item)
        edge = item.end
    return found
