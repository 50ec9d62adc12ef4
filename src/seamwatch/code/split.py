"""A sentence that tells of two incidents cut into its parts: two days, two places, two kinds of act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seamwatch.code.building import toll
from seamwatch.code.clauses import boundaries
from seamwatch.code.dates import DateHit
from seamwatch.code.frame import Frame
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named, apart
from seamwatch.packs import PackPlace

MAX_PARTS = 4
SUBJECT_CHARS = 30
OTHER_CHARS = 30  # between "the other" and its place


def parts(mention: Mention, gazetteer: Mapping[str, PackPlace]) -> list[Mention]:
    """The mention, or its parts in the order told."""
    found = [mention]
    if mention.background or not mention.real:
        return found
    if len(mention.real) == 1:
        return _one_and_other(mention, gazetteer) or _elliptic(mention, gazetteer)
    while len(found) < MAX_PARTS:
        last = found[-1]
        for cut in _cuts(last):
            left, right = _part(last, last.low, cut), _part(last, cut, last.high)
            if _two(left, right, gazetteer):
                found[-1:] = [left, _inherit(left, right)]
                break
        else:
            break
    return found


def _elliptic(mention: Mention, gazetteer: Mapping[str, PackPlace]) -> list[Mention]:
    """ "Killed two in Baqubah and five in Khalis": one verb, two places, each with a number of its own."""
    for cut in sorted({*_cuts(mention), *(h.start for h in mention.harms if h.start > mention.low)}):
        left, right = _part(mention, mention.low, cut), _part(mention, cut, mention.high)
        harms = [h for h in mention.harms if h.figure.low > 0 and not h.part]
        before, after = ([h for h in harms if (h.start < cut) is early] for early in (True, False))
        act = mention.real[0]
        if not (before and after and act.hit.start < cut) or any(h.hit.start != before[0].hit.start for h in after):
            continue
        if {h.outcome for h in before}.isdisjoint(h.outcome for h in after):
            continue
        here, there = _spots(left), _spots(right)
        if not here or not there or not differ(here, there, gazetteer):
            continue
        if any(h.start > n.start for h in before for n in here[-1:]) or any(n.start < after[0].start for n in there):
            continue
        left.harms, right.harms = ([h for h in mention.harms if (h.start < cut) is early] for early in (True, False))
        left.frames = [_of(act, left), *left.frames[1:]]
        right.frames = [_of(act, right)]
        left.date = left.date or right.date
        return [left, _inherit(left, right)]
    return [mention]


def _one_and_other(mention: Mention, gazetteer: Mapping[str, PackPlace]) -> list[Mention]:
    """ "Two bases, one at Bashiqa and the other near Bamarne": one act, two places, no total that they share."""
    act = mention.real[0]
    if toll(mention):
        return []
    ands = mention.sentence.of("cues", "and")
    for cue in mention.sentence.of("cues", "other_of"):
        joined = [c.start for c in ands if 0 <= cue.start - c.end <= 1]
        if not joined or act.hit.start > cue.start:
            continue
        here = [n for n in mention.places if act.hit.end <= n.start and n.end <= cue.start and n.rank > RANK["country"]]
        there = [n for n in mention.places if 0 <= n.start - cue.end <= OTHER_CHARS and n.cue]
        if here and there and differ(here[-1:], there[:1], gazetteer):
            left, right = _part(mention, mention.low, joined[0]), _part(mention, joined[0], mention.high)
            left.frames, right.frames = [_of(act, left)], [_of(act, right)]
            left.date = left.date or right.date
            return [left, _inherit(left, right)]
    return []


def _of(frame: Frame, part: Mention) -> Frame:
    """An act as far as it is told in a part."""
    sufferers = [w for w in frame.sufferers if part.low <= w.start < part.high]
    return replace(frame, sufferers=sufferers or frame.sufferers)


def differ(here: list[Named], there: list[Named], gazetteer: Mapping[str, PackPlace]) -> bool:
    """Whether two towns or villages by name are told apart, however near each other."""
    if apart(here, there, gazetteer):
        return True
    spot, theirs = ([n for n in named if n.rank >= RANK["town"]] for named in (here, there))
    return bool(spot and theirs) and not any(a.name == b.name or a.ids & b.ids for a in spot for b in theirs)


def _cuts(mention: Mention) -> list[int]:
    sentence = mention.sentence
    places = set(boundaries(sentence))
    places.update(c.start for c in sentence.of("cues", "and"))
    return sorted(p for p in places if mention.low < p < mention.high)


def _part(mention: Mention, low: int, high: int) -> Mention:
    def inside(start: int) -> bool:
        return low <= start < high

    dates = [d for d in (mention.date, *mention.others) if d is not None and inside(d.start)]
    dates.sort(key=lambda d: d.start)
    return replace(
        mention,
        frames=[f for f in mention.frames if inside(f.hit.start)],
        harms=[h for h in mention.harms if inside(h.hit.start)],
        places=[n for n in mention.places if inside(n.start)],
        date=dates[0] if dates else None,
        others=dates[1:],
        announced=mention.announced if mention.announced and inside(mention.announced.start) else None,
        new=mention.new if mention.new and inside(mention.new.start) else None,
        same=mention.same if mention.same and inside(mention.same.start) else None,
        low=low,
        high=high,
    )


def _tells(mention: Mention) -> list[Frame]:
    return [f for f in mention.real if (f.act.strong and not f.act.answer) or toll(mention)]


def _two(left: Mention, right: Mention, gazetteer: Mapping[str, PackPlace]) -> bool:
    """Whether both parts tell of something, each with a day, place or kind that cannot be the other's."""
    if not _tells(left) or not _tells(right):
        return False
    here, there = _spots(left), _spots(right)
    if left.date and right.date and not left.date.span.overlaps(right.date.span):
        return True
    told_apart = differ if (toll(left) and toll(right)) or _own_subject(right) else apart
    if here and there and told_apart(here, there, gazetteer):
        return True
    if right.date and left.same and not left.date:
        return True
    kinds = [{f.act.type for f in part.real} for part in (left, right)]
    return bool(here and there and {n.name for n in here} != {n.name for n in there} and _unlike(*kinds))


def _own_subject(part: Mention) -> bool:
    """Whether a part begins with people of its own who do something: "…, while three bombers broke into …"."""
    own = [w for w in part.who if 0 <= w.start - part.low <= SUBJECT_CHARS and not w.definite]
    acts = [f for f in part.real if f.act.strong and f.voice == "active"]
    return any(w in f.doers for w in own for f in acts)


_ALONE = frozenset({"arrest", "find", "air_strike", "unrest", "deployment", "displacement"})


def _unlike(left: set[str], right: set[str]) -> bool:
    return left.isdisjoint(right) and bool(left <= _ALONE or right <= _ALONE)


def _spots(mention: Mention) -> list[Named]:
    return [n for n in mention.places if n.cue and n.rank > RANK["country"]]


def _inherit(left: Mention, right: Mention) -> Mention:
    """The second part is of the first one's day where it tells none."""
    day: DateHit | None = right.date or (left.date if right.announced is None else None)
    return replace(right, date=day, announced=right.announced or (left.announced if day is None else None), parted=True)
