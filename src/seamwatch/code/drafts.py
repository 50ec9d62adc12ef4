"""An incident in the making as the model's draft: every value a claim with its words."""

from __future__ import annotations

from collections.abc import Iterable

from seamwatch.code import kind_reader, place_reader, target_reader
from seamwatch.code.actors import claims, roles
from seamwatch.code.building import LEAD, Building
from seamwatch.code.cells import toll
from seamwatch.code.frame import Frame
from seamwatch.code.kinds import decide
from seamwatch.code.means import means
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named, find_places, same_place
from seamwatch.code.readers import Sight
from seamwatch.code.reading import Document
from seamwatch.geo import COMPASS_DEG
from seamwatch.model import Claim, DateSpan, Draft, PlaceMention, Span

MAX_WITHIN = 4
CLOSE_KM = 30.0  # "80 km south of Kirkuk" is not in Kirkuk


def draft(document: Document, building: Building, index: int, sight: Sight | None = None) -> Draft:
    """The draft of one incident; by rules alone where no learned reader sees it."""
    kind, act = decide(document, building)
    if sight is not None:
        kind, act = kind_reader.choose(sight, building, kind, act)
    initiators, targets = roles(document, building, kind)
    if sight is not None:
        targets = target_reader.choose(sight, building, target_reader.Chosen(kind, initiators, targets))
    places = place(document, building, kind, sight)
    return Draft(
        report_id=document.report.id,
        index=index,
        type=Claim(kind, (act.span(),)),
        date=when(document, building, act),
        place=places[0] if places else None,
        other_places=places[1:],
        initiator=claims(initiators),
        target=claims(targets),
        toll=toll(document, building, kind, set(targets)),
        means=means(document, building, kind),
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


def place(
    document: Document, building: Building, kind: str, sight: Sight | None = None
) -> tuple[Claim[PlaceMention], ...]:
    """The most exact place first, or the one that a learned reader prefers, then others of the same rank beside it."""
    worth: dict[int, float] = {}
    found: list[Named] = []
    told = building.told
    for order, mention in enumerate(told):
        for named in mention.places:
            if mention is building.title and (not named.cue or any(same_place(named, n) and n.wide for n in found)):
                continue  # the text may say that it is a district's name
            found.append(named)
            worth[id(named)] = _worth(named, mention, order, mention is building.title)
    for named in building.places:
        if id(named) not in worth:
            found.append(named)
            worth[id(named)] = named.rank - 0.5
    found = found or _the_place(document, building)
    if all(_vague(n) for n in found):  # a country yields to what title or dateline names
        found = _headed(document, building, dateline=True) or found
    elif building.title and all(n.rank <= RANK["region"] for n in found):  # a governorate to what the title names in it
        found = _headed(document, building, dateline=False) or found
    if not found:
        return ()
    best = max(found, key=lambda n: worth.get(id(n), 0.0))
    if sight is not None:
        best = place_reader.choose(sight, building, kind, best)
    if best.kind is None and best.relation == "at" and {"city", "governorate"} <= set(best.kinds):
        best.kind = "city" if _says_city(document, building) else None
    chosen = [best]
    for other in found:
        if (
            other.rank >= RANK["town"]
            and other.cue
            and not any(same_place(other, c) for c in chosen)
            and _joined(best, other)
        ):
            chosen.append(other)
    wider = [n for m in told for n in m.places]
    return tuple(Claim(n.mention(within(n, wider)), (n.span(),)) for n in chosen)


def _worth(named: Named, mention: Mention, order: int, title: bool) -> float:
    """How well a place serves as the incident's: exact, said by a preposition of place, near the act, early."""
    worth = float(named.rank)
    worth -= named.aside
    if named.rank == RANK["governorate"] and "city" in named.kinds:
        worth += 0.9  # it may be the city
    if named.rank == RANK["village"] and _of_town(named):
        worth -= 1.0  # the town of that name rather than a village
    if "river" in named.kinds and named.rank == RANK["river"]:
        worth -= 2.0  # too long to be a spot
    if named.cue in COMPASS_DEG:
        worth -= 2.5
    elif not named.cue:
        worth -= 0.6
    elif named.loose and not named.aside and not any(0 <= named.start - f.hit.end <= 22 for f in mention.frames):
        worth -= 0.9
    if not named.ids and named.kind is None:
        worth -= 0.7
    if named.rule == "place.kind":
        worth -= 2.0  # a name that no list knows yields to a town or village that one does
    if not mention.real:
        worth -= 0.4 if mention.same or order <= 1 else 1.0
    if order > 3:
        worth -= 0.6
    if title:
        worth -= 0.2
    if any(f.hit.start < named.start for f in mention.real):
        worth += 0.2
    return worth - 0.01 * order


def _vague(named: Named) -> bool:
    """Whether it is a country or region, or tells of something else than the event."""
    return named.rank in (RANK["country"], RANK["region"]) or bool(named.aside)


def _headed(document: Document, building: Building, *, dateline: bool) -> list[Named]:
    """The place of the title, else of the dateline: "BAQUBA - A bomb killed a policeman"."""
    if building.first.sentence.index > LEAD:
        return []
    heads = sorted((s for s in document.sentences if s.title or (s.dateline and dateline)), key=lambda s: s.dateline)
    for head in heads:
        if named := [n for n in find_places(document, head) if not _vague(n) and (dateline or not n.wide)]:
            return named[:1]
    return []


def _says_city(document: Document, building: Building) -> bool:
    """Whether the sentences speak of "the city"."""
    small = document.finder.lexicon.form["definite"]
    return any(
        sentence.between(max(sentence.start, hit.start - 5), hit.start).split()[-1:] in [[w] for w in small]
        for mention in building.mentions
        for sentence in (mention.sentence,)
        for hit in sentence.of("places", "city")
        if mention.low <= hit.start < mention.high
    )


def _the_place(document: Document, building: Building) -> list[Named]:
    """ "In the district": the last place of that kind named before."""
    for mention in building.mentions:
        sentence = mention.sentence
        for hit in sentence.of("places"):
            if hit.value not in RANK or not mention.low <= hit.start < mention.high:
                continue
            before = sentence.between(max(sentence.start, hit.start - 6), hit.start).split()
            if not before or before[-1] not in document.finder.lexicon.form["definite"]:
                continue
            earlier = [s for s in document.sentences if s.index <= sentence.index]
            for other in reversed(earlier):
                named = [n for n in find_places(document, other) if hit.value in n.kinds and n.start != hit.start]
                if named:
                    return named[-1:]
    return []


def _joined(a: Named, b: Named) -> bool:
    return a.sentence is b.sentence and 0 < b.start - a.end < 12 and b.rank == a.rank


def within(named: Named, places: Iterable[Named]) -> tuple[str, ...]:
    """The wider places that it lies in: those of its own sentence, and of the others where those say little."""
    wider = [n for n in places if n is not named and _holds(n, named) and n.name != named.name and not n.aside]
    wider = [n for n in wider if n.distance_km is None or n.distance_km <= CLOSE_KM]
    beside = [n for n in wider if n.sentence is named.sentence]
    others = [n for n in wider if n not in beside and n.rank > RANK["country"]]
    close = any(n.rank > RANK["governorate"] for n in beside)
    ordered = [n for some in (beside, [] if close else others) for n in sorted(some, key=lambda n: -n.rank)]
    return tuple(dict.fromkeys(n.name for n in ordered))[:MAX_WITHIN]


def _holds(outer: Named, inner: Named) -> bool:
    """Whether a place may be said to hold another: a wider one, or a town near a place that no list knows."""
    return outer.rank < inner.rank or (not inner.ids and _of_town(outer))


def _of_town(named: Named) -> bool:
    return named.kind is None and not {"town", "city"}.isdisjoint(named.kinds)


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
