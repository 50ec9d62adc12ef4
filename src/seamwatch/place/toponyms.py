"""All place names of any text, anywhere in the world, with their points.

    toponyms("Floods cut the road from Paris to Dallas, Texas.", senses)

`find` says where a text may name places, `is_place` which of those do, `joint` which place each of them is.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from seamwatch.place.atlas import Sense
from seamwatch.place.find import LONGEST, spots, words_of
from seamwatch.place.is_place import places_among
from seamwatch.place.joint import Asked, Choice, choose_jointly, holds, km_between, units_of
from seamwatch.place.names import fold
from seamwatch.place.senses import Senses
from seamwatch.place.within import Group, said_within

MARGIN_SHARE = 0.12  # by which the best sense leads the next, at least; else both are kept
SURE_SHARE = 0.02  # of a rival that is worth showing
FOCUS_POINTS = 40  # settlements looked at for the one amid the others
LOCAL_KM = 100.0  # radius of "somewhere near what else the text names"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name at ``start`` to ``end`` of a text. ``score`` is the share of the sense chosen among all, 0 to 1.

    ``precision`` is the place's kind of extent: "exact", "district", "governorate", "country", "near"; "within" where
    no list has the name and the point is that of what it lies in; "ambiguous" where another sense came close (the
    point is that of the likeliest, all are in ``candidates``); "unknown" without a point.
    """

    start: int
    end: int
    text: str
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    radius_km: float | None
    precision: str
    score: float
    candidates: tuple[Sense, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    within: tuple[Group, ...]
    asked: bool


def toponyms(text: str, senses: Senses, spans: Sequence[tuple[int, int]] | None = None) -> list[Toponym]:
    """The place names of a text in order; with ``spans``, those at these places and no others, one for each span.

    Without ``spans``, names that no list has are not found.
    """
    found = _mentions(text, senses, spans)
    keys = [_key(m) for m in found]
    names = list(dict.fromkeys(keys))
    mentions: dict[object, list[_Mention]] = {name: [] for name in names}
    for mention, name in zip(found, keys, strict=True):
        mentions[name].append(mention)
    asked = [_asked(text, mentions[name], senses) for name in names]
    chosen = dict(zip(names, choose_jointly(asked), strict=True))
    settled = {n: choice for n, choice in enumerate(chosen.values()) if choice is not None}
    focus = _focus(settled)
    return [_toponym(m, chosen[k], senses, focus) for m, k in zip(found, keys, strict=True) if m.asked]


def _mentions(text: str, senses: Senses, spans: Sequence[tuple[int, int]] | None) -> list[_Mention]:
    words = words_of(text)
    given = sorted(spans or ())
    found = [
        _Mention(spot.start, spot.end, text[spot.start : spot.end], spot.senses, (), spans is None)
        for spot in places_among(text, words, list(spots(text, words, senses)))
        if not _over(given, spot.start, spot.end)
    ]
    found += [_Mention(a, b, text[a:b], senses.of_phrase(text[a:b]), (), True) for a, b in given]
    found.sort(key=lambda m: (m.start, m.end))
    return [
        _Mention(m.start, m.end, m.text, m.senses, said_within(text, m.start, m.end, senses), m.asked) for m in found
    ]


def _over(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of some sorted spans lies over another."""
    at = bisect.bisect_left(spans, (end, 0))
    return any(b > start for _, b in spans[max(0, at - LONGEST) : at])


def _key(mention: _Mention) -> tuple[str, tuple[str, ...]]:
    """What stands for one name of a text: mentions that are said to lie elsewhere are another."""
    wider = (s for group in mention.within for s in group)
    return fold(mention.text), tuple(s.id for s in wider if any(holds(s, o) for o in mention.senses))


def _asked(text: str, mentions: Sequence[_Mention], senses: Senses) -> Asked:
    kinds = {k for m in mentions if (k := senses.kind_said(text, m.start, m.end))}
    return Asked(mentions[0].senses, len(mentions), mentions[0].within, kinds.pop() if len(kinds) == 1 else None)


def _focus(settled: dict[int, Choice]) -> tuple[tuple[str, str], Sense] | None:
    """The unit that a text names most of, and the settlement in it that lies nearest to the others."""
    units = units_of(settled)
    if not units:
        return None
    unit = max(units, key=lambda u: (units[u], u))
    inside = [c.sense for c in settled.values() if (c.sense.country, c.sense.admin1) == unit and not c.sense.area]
    points = [s for s in inside if s.lat is not None]
    if not points:
        return None
    points = points[:FOCUS_POINTS]
    return unit, min(points, key=lambda s: sum(min(300.0, km_between(s, o)) for o in points))


def _toponym(
    mention: _Mention, choice: Choice | None, senses: Senses, focus: tuple[tuple[str, str], Sense] | None
) -> Toponym:
    where = mention.start, mention.end, mention.text
    if choice is None:
        outer = next((s for group in mention.within for s in group if s.lat is not None), None) or (
            focus[1] if focus else None
        )
        if outer is None:
            return Toponym(*where, mention.text, None, None, None, None, "unknown", 0.0)
        radius = outer.radius_km if outer.area else LOCAL_KM
        return Toponym(*where, mention.text, outer.lat, outer.lon, outer.country or None, radius, "within", 0.0)
    sense, rivals = choice.sense, tuple(s for s, share in choice.rivals if share >= SURE_SHARE)
    lat, lon, radius, precision = sense.lat, sense.lon, sense.radius_km, _PRECISION.get(sense.kind, "exact")
    if lat is None and focus and focus[0] == (sense.country, sense.admin1):
        lat, lon, radius = focus[1].lat, focus[1].lon, LOCAL_KM
    elif lat is None and (state := senses.atlas.states.get((sense.country, sense.admin1))):
        lat, lon = state.lat, state.lon
    close = choice.rivals and choice.share - choice.rivals[0][1] < MARGIN_SHARE
    candidates = (sense, *rivals) if close else ()
    return Toponym(
        *where,
        sense.name,
        lat,
        lon,
        sense.country or None,
        radius,
        "ambiguous" if close else precision,
        round(choice.share, 3),
        candidates,
    )


_PRECISION = {
    **dict.fromkeys(("country", "continent", "sea"), "country"),
    **dict.fromkeys(("governorate", "state", "region"), "governorate"),
    **dict.fromkeys(("district", "subdistrict", "county"), "district"),
    **dict.fromkeys(("river", "mountain", "road", "lake", "valley", "island"), "near"),
}


def toponym_json(found: Toponym) -> dict[str, object]:
    """A toponym as `seamwatch places` writes it; ``candidates`` only where it is ambiguous."""
    row: dict[str, object] = {
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "name": found.name,
        "lat": found.lat,
        "lon": found.lon,
        "country": found.country,
        "radius_km": found.radius_km,
        "precision": found.precision,
        "score": found.score,
    }
    if found.candidates:
        row["candidates"] = [
            {"name": s.name, "kind": s.kind, "lat": s.lat, "lon": s.lon, "country": s.country or None, "id": s.id}
            for s in found.candidates
        ]
    return row
