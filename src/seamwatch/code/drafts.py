"""An incident in the making as the model's draft: every value a claim with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from seamwatch.code.actors import claims, roles
from seamwatch.code.assembly import Building
from seamwatch.code.cells import toll
from seamwatch.code.frames import Frame
from seamwatch.code.kinds import decide
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named
from seamwatch.code.reading import Document
from seamwatch.model import Claim, DateSpan, Draft, PlaceMention, Span

MAX_WITHIN = 4


Typing = Callable[[Building, str], str]  # an incident in the making and the rules' type -> its type


def draft(document: Document, building: Building, index: int, judged: Typing | None = None) -> Draft:
    """The draft of one incident. ``judged`` has the last word on its type."""
    kind, act = decide(document, building)
    words = act.span()
    if judged is not None and (better := judged(building, kind)) != kind:
        act = next((f for f in building.frames if f.act.type == better), act)
        words = replace(act.span(), rule=f"judge, where rules say {kind}: {act.hit.term.rule}")
        kind = better
    initiators, targets = roles(document, building, kind)
    places = place(document, building)
    return Draft(
        report_id=document.report.id,
        index=index,
        type=Claim(kind, (words,)),
        date=when(document, building, act),
        place=places[0] if places else None,
        other_places=places[1:],
        initiator=claims(initiators),
        target=claims(targets),
        toll=toll(document, building, kind, set(targets)),
        means=means(building, kind),
        duration_minutes=duration(building),
        claimed_by=claimed(document, building, initiators),
    )


def when(document: Document, building: Building, act: Frame) -> Claim[DateSpan] | None:
    """The day: told, else announced, else the report's own."""
    for hit, mention, basis in (
        (building.date, building.date_mention, "text"),
        (building.announced, building.announced_mention, "announced"),
    ):
        if hit is not None and mention is not None:
            span = mention.sentence.span(hit.start, hit.end, f"date.{hit.kind}")
            days = DateSpan(
                hit.span.first, hit.span.last, hit.span.precision, "announced" if basis == "announced" else "text"
            )
            return Claim(days, (span,))
    if document.report.day is None:
        return None
    if {"displacement"} == {f.act.type for f in building.frames}:
        return None
    words = act.span()
    span = Span(words.part, words.start, words.end, words.quote, "date.report")
    return Claim(DateSpan(document.report.day, document.report.day, "day", "report"), (span,))


def place(document: Document, building: Building) -> tuple[Claim[PlaceMention], ...]:
    """The most exact place first, then other places of the same rank."""
    found = list(building.places)
    if building.title:
        found += [n for n in building.title.places if n.cue]
    if not found:
        return ()
    best = max(found, key=lambda n: (_worth(n), -found.index(n)))
    chosen = [best]
    for other in found:
        if (
            other.rank >= RANK["town"]
            and other.cue
            and not any(_same(other, c) for c in chosen)
            and _joined(best, other)
        ):
            chosen.append(other)
    wider = [n for m in (*building.mentions, *([building.title] if building.title else [])) for n in m.places]
    return tuple(Claim(n.mention(_within(n, wider)), (n.span(),)) for n in chosen)


def _worth(named: Named) -> float:
    return named.rank + (0.5 if named.cue in ("at", "near", "between") else 0.0) - (0.0 if named.cue else 0.6)


def _same(a: Named, b: Named) -> bool:
    return a.name == b.name or bool(a.ids & b.ids)


def _joined(a: Named, b: Named) -> bool:
    return a.sentence is b.sentence and 0 < b.start - a.end < 12 and b.rank == a.rank


def _within(named: Named, places: Iterable[Named]) -> tuple[str, ...]:
    wider = [n for n in places if n is not named and n.rank < named.rank and n.name != named.name]
    ordered = sorted(wider, key=lambda n: (n.sentence is not named.sentence, -n.rank))
    return tuple(dict.fromkeys(n.name for n in ordered))[:MAX_WITHIN]


def means(building: Building, kind: str) -> tuple[Claim[str], ...]:
    """What was used or carried."""
    found: dict[str, list[Span]] = {}
    for frame in building.frames:
        for code in frame.hit.term.means:
            found.setdefault(code, []).append(frame.span())
    for mention in building.mentions:
        if not mention.real:
            continue
        for hit in mention.sentence.of("means"):
            found.setdefault(hit.value, []).append(mention.sentence.span(hit.start, hit.end, hit.term.rule))
    if kind in ("find", "arrest", "deployment", "displacement", "unrest", "sighting"):
        found = {code: spans for code, spans in found.items() if code in ("mine",)}
    return tuple(Claim(code, tuple(dict.fromkeys(spans))) for code, spans in found.items())


def duration(building: Building) -> Claim[int] | None:
    """How long it lasted, where told."""
    for mention in building.mentions:
        for hit in mention.sentence.durations:
            if 0 < hit.minutes <= 3 * 24 * 60:
                return Claim(hit.minutes, (mention.sentence.span(hit.start, hit.end, "duration"),))
    return None


def claimed(document: Document, building: Building, initiators: Iterable[str]) -> Claim[str] | None:
    """Who claimed it, where the report says so."""
    for mention in building.mentions:
        cue = next(iter(mention.sentence.of("cues", "claimed")), None)
        if cue is None or mention.sentence.of("cues", "claim_none"):
            continue
        code = _claimant(mention)
        if code:
            return Claim(code, (mention.sentence.span(cue.start, cue.end, cue.term.rule),))
    return None


def _claimant(mention: Mention) -> str:
    return next((w.code for w in mention.who if w.group == "militants" and w.code), "")
