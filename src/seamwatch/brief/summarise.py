"""From a node's material to what a brief says: every number of the brief is computed here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from seamwatch.brief.compare import compare
from seamwatch.brief.input import BriefInput, ReportCard, parts
from seamwatch.brief.style import load_style
from seamwatch.brief.view import (
    BriefView,
    Change,
    Comparison,
    Confidence,
    Conflict,
    Line,
    Quote,
    Said,
    SourceRow,
    TollCell,
    Week,
)
from seamwatch.clock import week_start
from seamwatch.model import Count, DateSpan, Incident, SourcedClaim, add_figures, report_of
from seamwatch.packs import Codes

TARGET_GROUPS = ("forces", "civilians", "unknown")  # unknown: infrastructure, or not told
HARM = ("killed", "wounded", "abducted")


def summarise(given: BriefInput) -> BriefView:
    """Everything that a brief says about a period. Pure: the same input gives the same view."""
    period = DateSpan(given.first, given.last, "span")
    length = given.last - given.first
    before = DateSpan(given.first - length - timedelta(days=1), given.first - timedelta(days=1), "span")
    held = sorted(given.incidents, key=lambda i: _order(i, given.codes))
    here = [i for i in held if _within(i, period, given.reports)]
    chosen = {i.id for i in here}
    earlier = [i for i in held if i.id not in chosen and i.record.date and i.record.date.overlaps(before)]
    lines = tuple(_line(n, i, given) for n, i in enumerate(here, 1))
    older = tuple(_line(0, i, given) for i in earlier)
    weeks, off_the_weeks = _weeks(lines, older, period, before)
    numbers = {line.incident.id: line.number for line in lines}
    cards = tuple(given.reports.values())
    return BriefView(
        area=given.area,
        areas=given.areas,
        audience=given.audience,
        first=given.first,
        last=given.last,
        before=before,
        as_of=given.as_of,
        codes=given.codes,
        counts=given.counts,
        lines=lines,
        weeks=weeks,
        off_the_weeks=off_the_weeks,
        comparisons=_comparisons(lines, older, cards, period, before),
        toll=_toll(here, given.codes),
        conflicts=tuple(_conflicts(lines, given.reports)),
        said=_said(given, period),
        previous_as_of=given.previous.as_of if given.previous else None,
        changes=tuple(_changes(given, numbers)),
        sources=_sources(here, given.reports, period),
        reports_in_period=sum(_in(card, period) for card in cards),
        reports_without_day=sum(card.day is None for card in cards),
        undated=sum(i.record.date is None for i in here),
        landmarks=tuple(p for p in given.places if p.kind in given.landmarks),
        names={place.id: place.names for place in given.places},
        english={name: place.names for place in reversed(given.places) for name in place.names.get("en", ())},
    )


def _order(incident: Incident, codes: Codes) -> tuple[object, ...]:
    when, kind = incident.record.date, codes.types.get(incident.record.type)
    return when is None, when and (when.first, when.last), kind.rank if kind else len(codes.types), incident.id


def _within(incident: Incident, period: DateSpan, reports: Mapping[str, ReportCard]) -> bool:
    """By its own days; an undated incident by the days of the reports that tell of it."""
    if incident.record.date is not None:
        return incident.record.date.overlaps(period)
    return any(_in(card, period) for card in _cards(incident, reports))


def _cards(incident: Incident, reports: Mapping[str, ReportCard]) -> list[ReportCard]:
    ids = dict.fromkeys(report_of(member) or member for member in incident.members)
    return [reports[i] for i in ids if i in reports]


def _in(card: ReportCard, period: DateSpan) -> bool:
    return card.day is not None and period.first <= card.day <= period.last


def _line(number: int, incident: Incident, given: BriefInput) -> Line:
    targets = targets_of(incident, given.codes)
    attack = load_style().of(incident.record.type).attack and targets != ("militants",)
    place = incident.record.location
    located = place is not None and place.lat is not None and place.precision != "country"
    names = set(incident.sources) or {card.source for card in _cards(incident, given.reports)}
    confidence: Confidence = "several" if len(names) > 2 else "two" if len(names) == 2 else "one"
    return Line(number, incident, targets, attack, located, confidence)


def targets_of(incident: Incident, codes: Codes) -> tuple[str, ...]:
    """Groups that an incident hit: by its target, else by its toll. Militants only where nobody else is meant."""
    record = incident.record
    groups = {codes.actors[t].group for t in record.target if t in codes.actors}
    if not groups:
        groups = {c.group for c in record.toll if c.outcome in HARM and c.figure.high != 0}
    if groups == {"militants"}:
        return ("militants",)
    return tuple(g for g in TARGET_GROUPS if g in groups) or ("unknown",)


def _weeks(
    lines: tuple[Line, ...], older: tuple[Line, ...], period: DateSpan, before: DateSpan
) -> tuple[tuple[Week, ...], int]:
    """The time line from the start of the time before, and how many attacks of the period are in no week of it."""
    attacks: dict[object, Counter[str]] = defaultdict(Counter)
    off = 0
    first, last = week_start(before.first), week_start(period.last)
    for line in (*older, *lines):
        when = line.incident.record.date
        if not line.is_attack:
            continue
        if when is None or when.precision == "month":
            off += line.number > 0
            continue
        sunday = week_start(max(when.first, before.first))
        attacks[sunday].update(line.targets)
    weeks = [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)]
    inside = week_start(period.first)
    return tuple(Week(s, s >= inside, {g: attacks[s][g] for g in TARGET_GROUPS}) for s in weeks), off


def _comparisons(
    lines: tuple[Line, ...],
    older: tuple[Line, ...],
    cards: tuple[ReportCard, ...],
    period: DateSpan,
    before: DateSpan,
) -> tuple[Comparison, ...]:
    covered = any(_in(card, before) for card in cards)

    def count(some: Iterable[Line], group: str | None) -> int:
        return sum(x.is_attack and group in (None, *x.targets) for x in some)

    found = [
        compare(what, count(lines, group), count(older, group), covered=covered)
        for what, group in (("attacks_forces", "forces"), ("attacks_civilians", "civilians"), ("attacks", None))
    ]
    found.append(compare("incidents", len(lines), len(older), covered=covered))
    read, then = (sum(_in(card, span) for card in cards) for span in (period, before))
    return (*found, Comparison("reports", read, then, "context"))


def _toll(here: Iterable[Incident], codes: Codes) -> tuple[TollCell, ...]:
    cells: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for incident in here:
        for cell in incident.record.toll:
            cells[cell.group, cell.outcome].append(cell)
    order = [(g, o) for g in codes.groups for o in codes.outcomes]
    rows = []
    for key in order:
        figure = add_figures(c.figure for c in cells[key])
        if figure is not None:
            rows.append(TollCell(*key, figure, len(cells[key])))
    return tuple(rows)


def _conflicts(lines: Iterable[Line], reports: Mapping[str, ReportCard]) -> Iterable[Conflict]:
    for line in lines:
        for found in line.incident.contradictions:
            yield Conflict(line.number, found.field, tuple(_quote(claim, reports) for claim in found.claims))


def _quote(claim: SourcedClaim, reports: Mapping[str, ReportCard]) -> Quote:
    card = reports.get(report_of(claim.draft) or claim.draft)
    words = tuple(dict.fromkeys(span.quote for span in claim.spans))
    return Quote(claim.value, claim.source, words, card.lang if card else None, card.day if card else None)


def _said(given: BriefInput, period: DateSpan) -> tuple[Said, ...]:
    """Statements of the period, each once however often it was carried; warnings first, then by day."""
    found: dict[tuple[object, ...], Said] = {}
    for one in given.statements:
        card = given.reports.get(one.report_id)
        if card is None or not _in(card, period):
            continue
        words = tuple(dict.fromkeys(span.quote for span in one.spans))
        key = (one.kind, one.speaker_office, one.speaker_org, one.about, words)
        said = Said(one.kind, one.speaker_office, one.speaker_org, one.about, words, card.source, card.day, card.lang)
        old = found.get(key)
        found[key] = said if old is None or (said.day, said.source) < (old.day, old.source) else old
    rank = {kind: n for n, kind in enumerate(given.codes.statements)}
    return tuple(
        sorted(found.values(), key=lambda s: (rank.get(s.kind, len(rank)), s.day, s.organisation, s.office, s.about))
    )


def _changes(given: BriefInput, numbers: Mapping[str, int]) -> Iterable[Change]:
    """Over the whole node, so that an older incident that changed is told too."""
    if given.previous is None:
        return
    old, now = given.previous.incidents, {i.id: i for i in given.incidents}
    for key, incident in sorted(now.items(), key=lambda item: (numbers.get(item[0], len(numbers) + 1), item[0])):
        if key not in old:
            yield Change("new", key, numbers.get(key), (), incident)
            continue
        fresh = parts(incident)
        differ = tuple(name for name in fresh if fresh[name] != old[key].get(name))
        if differ:
            yield Change("changed", key, numbers.get(key), differ, incident)
    for key in sorted(set(old) - set(now)):
        yield Change("gone", key, None)


def _sources(here: Iterable[Incident], reports: Mapping[str, ReportCard], period: DateSpan) -> tuple[SourceRow, ...]:
    told = {i.id: _cards(i, reports) for i in here}
    behind = {card.id for cards in told.values() for card in cards}
    used: dict[str, list[ReportCard]] = defaultdict(list)
    for card in reports.values():
        if _in(card, period) or card.id in behind:
            used[card.source].append(card)
    rows = [
        SourceRow(
            name,
            tuple(sorted({c.source_kind for c in cards if c.source_kind})),
            tuple(sorted({c.lang for c in cards if c.lang})),
            len(cards),
            sum(any(c.source == name for c in cards_of) for cards_of in told.values()),
        )
        for name, cards in used.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-r.incidents, -r.reports, r.name)))
