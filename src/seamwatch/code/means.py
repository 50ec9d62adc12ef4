"""What an incident was done with: weapons that its acts imply or its sentences name, and the attackers' vehicles."""

from __future__ import annotations

from seamwatch.code.building import Building
from seamwatch.code.hits import Hit
from seamwatch.code.mentions import Mention
from seamwatch.code.reading import Document
from seamwatch.model import Claim, Span

RIDING_CHARS = 14  # between "using" and the vehicle
_QUIET = frozenset({"arrest", "deployment", "displacement", "sighting"})
_BOMBS = ("vehicle_bomb", "mine", "grenade", "suicide")
_BY_KIND = {  # weapons that a kind of incident does not take from a mere mention
    "suicide_attack": {"ied"},
    "air_strike": {"ied", "small_arms", "suicide", "artillery"},
    "indirect_fire": {"ied", "small_arms", "suicide", "vehicle_bomb"},
    "security_operation": {"ied", "rocket", "mortar", "suicide", "grenade"},
}


def means(document: Document, building: Building, kind: str) -> tuple[Claim[str], ...]:
    """What was used or carried."""
    if kind in _QUIET:
        return ()
    found: dict[str, list[Span]] = {}
    if kind == "find":
        _found(building, found)
    else:
        for frame in building.frames:
            for code in frame.hit.term.means:
                if code != "ied" or frame.weapon is None:
                    found.setdefault(code, []).append(frame.span())
            if frame.weapon is not None:
                span = frame.sentence.span(frame.weapon.start, frame.weapon.end, frame.weapon.term.rule)
                found.setdefault(frame.weapon.value, []).append(span)
        for mention in building.mentions:
            _named(mention, found, kind)
        _sift(found, kind)
    return tuple(Claim(code, tuple(dict.fromkeys(spans))) for code, spans in found.items())


def _named(mention: Mention, found: dict[str, list[Span]], kind: str) -> None:
    """The weapons that a sentence names, if it tells an act of the incident."""
    if not mention.real:
        return
    cached = {t.start for f in mention.real if f.act.type == "find" for t in f.things}
    for hit in mention.sentence.of("means"):
        if not mention.low <= hit.start < mention.high or hit.start in cached:
            continue
        if hit.value == "vehicles" and not _ridden(mention, hit):
            continue
        if hit.value == "air_strike" and not any(f.act.type == "air_strike" for f in mention.real):
            continue
        if hit.value in _BY_KIND.get(kind, ()):
            continue
        found.setdefault(hit.value, []).append(mention.sentence.span(hit.start, hit.end, hit.term.rule))


def _ridden(mention: Mention, hit: Hit) -> bool:
    """Whether attackers came by a vehicle."""
    sentence = mention.sentence
    riders = any(w.group == "militants" and w.end <= hit.start for f in mention.real for w in (*f.doers, *f.who))
    using = any(0 <= hit.start - c.end <= RIDING_CHARS for c in sentence.of("cues", "riding"))
    return (
        riders
        and using
        and not any(t.start == hit.start for f in mention.real for t in f.things if f.voice != "active")
    )


def _sift(found: dict[str, list[Span]], kind: str) -> None:
    """A bomb of a told kind is no other; arms that only implied a fight go where the kind has none."""
    if "ied" in found and any(code in found for code in _BOMBS) and kind in ("explosion", "suicide_attack"):
        del found["ied"]
    if "artillery" in found and "mortar" in found:
        del found["artillery"]
    if "vehicles" in found and "vehicle_bomb" in found and kind in ("explosion", "suicide_attack"):
        del found["vehicles"]
    if kind in ("indirect_fire", "air_strike"):
        for code in _BY_KIND[kind]:
            found.pop(code, None)


def _found(building: Building, found: dict[str, list[Span]]) -> None:
    """Devices made safe are what was laid; a store of arms is not."""
    for mention in building.mentions:
        things = [t for f in mention.real if f.act.type == "find" for t in f.things]
        devices = {
            (h.start, h.end): h for h in mention.sentence.of("means") if h.value in ("ied", "mine", "vehicle_bomb")
        }
        laid = [devices[t.start, t.end] for t in things if (t.start, t.end) in devices]
        if laid and len(laid) == len(things):
            for hit in laid:
                found.setdefault(hit.value, []).append(mention.sentence.span(hit.start, hit.end, hit.term.rule))
