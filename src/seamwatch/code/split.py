"""A sentence that tells of two incidents cut into its parts: two days, two places, two kinds of act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seamwatch.code.clauses import boundaries
from seamwatch.code.dates import DateHit
from seamwatch.code.frame import Frame
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named, apart
from seamwatch.packs import PackPlace

MAX_PARTS = 4


def parts(mention: Mention, gazetteer: Mapping[str, PackPlace]) -> list[Mention]:
    """The mention, or its parts in the order told."""
    found = [mention]
    if mention.background or len(mention.real) < 2:
        return found
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
    toll = any(h.figure.low > 0 and not h.part for h in mention.harms)
    return [f for f in mention.real if (f.act.strong and not f.act.answer) or toll]


def _two(left: Mention, right: Mention, gazetteer: Mapping[str, PackPlace]) -> bool:
    """Whether both parts tell of something, each with a day, place or kind that cannot be the other's."""
    if not _tells(left) or not _tells(right):
        return False
    here, there = _spots(left), _spots(right)
    if left.date and right.date and not left.date.span.overlaps(right.date.span):
        return True
    if here and there and apart(here, there, gazetteer):
        return True
    if right.date and left.same and not left.date:
        return True
    kinds = [{f.act.type for f in part.real} for part in (left, right)]
    return bool(here and there and {n.name for n in here} != {n.name for n in there} and _unlike(*kinds))


_ALONE = frozenset({"arrest", "find", "air_strike", "unrest", "deployment", "displacement"})


def _unlike(left: set[str], right: set[str]) -> bool:
    return left.isdisjoint(right) and bool(left <= _ALONE or right <= _ALONE)


def _spots(mention: Mention) -> list[Named]:
    return [n for n in mention.places if n.cue and n.rank > RANK["country"]]


def _inherit(left: Mention, right: Mention) -> Mention:
    """The second part is of the first one's day where it tells none."""
    day: DateHit | None = right.date or (left.date if right.announced is None else None)
    return replace(right, date=day, announced=right.announced or (left.announced if day is None else None), parted=True)
