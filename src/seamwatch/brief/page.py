"""A view in words: every text of a brief in one language, ready for both templates (HTML and Typst)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from seamwatch.brief import basemap
from seamwatch.brief.style import load_style
from seamwatch.brief.view import BriefView, Change, Comparison, Conflict, Line, Said, SourceRow
from seamwatch.brief.words import Words, clean, isolate
from seamwatch.export.credits import place_credits
from seamwatch.model import Count, Figure, Incident, Record, add_figures

CODED = ("type", "initiator", "target", "means", "claimed_by")  # fields whose claims are codes
HURT = ("killed", "wounded")
NAMES_SHOWN = 12
REPORTING_CHANGED = 1.5  # times as many reports read: then a change in counts may be one of reporting


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in words. ``head`` is its type, ``rest`` what is known of it beside date and place."""

    number: int
    colour: str
    head: str
    when: str
    where: str
    where_note: str
    parties: str
    toll: str
    rest: str
    sources: str
    contested: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contradiction in words: (source, value, words, language of the words) for each claim."""

    number: int
    field: str
    claims: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """A statement in words."""

    kind: str
    office: str
    about: str
    quote: str
    source: str
    lang: str


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table: head cells and rows; the first cell of a row heads it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All words of a brief but its fixed headings, which the templates take from `Words`."""

    title: str
    area: str
    meta: tuple[tuple[str, str], ...]
    degraded: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    off_map: tuple[tuple[int, str], ...]
    time_notes: tuple[str, ...]
    against: Table
    against_note: str
    toll: Table
    disputes: tuple[Dispute, ...]
    speeches: tuple[Speech, ...]
    changes_head: str
    changes: tuple[tuple[str, str], ...]
    sources: Table
    method: tuple[str, ...]


def make_page(view: BriefView, words: Words) -> Page:
    """Everything that the templates print."""
    langs = {line.number: line for line in view.lines}
    return Page(
        title=words("title"),
        area=isolate(view.areas.get(words.lang) or view.area),
        meta=(
            (words("period"), words.days(view.first, view.last)),
            (words("as_of"), words.moment(view.as_of)),
            (words("audience"), isolate(view.audience) or words("audience_all")),
        ),
        degraded=tuple(_degraded(view, words)),
        keys=_keys(view, words),
        rows=tuple(_row(line, words) for line in view.lines),
        off_map=tuple((n, _why_off(line, words)) for n, line in langs.items() if not line.located),
        time_notes=_time_notes(view, words),
        against=_against(view.comparisons, words),
        against_note=_against_note(view, words),
        toll=_toll_table(view, words),
        disputes=tuple(_dispute(c, words) for c in view.conflicts),
        speeches=tuple(_speech(s, words) for s in view.said),
        changes_head=_changes_head(view, words),
        changes=_changes(view.changes, words),
        sources=_sources(view.sources, words),
        method=_method(view, words),
    )


def summary(line: Line, words: Words) -> str:
    """One incident on one line of text, for the signs of the map."""
    row = _row(line, words)
    return f"{row.number} · " + " · ".join(t for t in (row.when, row.head, row.where, row.parties, row.toll) if t)


def toll_words(record: Record, words: Words) -> str:
    """The toll by group: "armed forces: 2 killed, 3 wounded". Groups with nobody hurt are told last, as one."""
    groups: dict[str, list[Count]] = {}
    order = {code: n for n, code in enumerate((*words.codes.groups, *words.codes.outcomes))}
    for cell in sorted(record.toll, key=lambda c: (order.get(c.group, 99), order.get(c.outcome, 99))):
        groups.setdefault(cell.group, []).append(cell)
    texts, unhurt = [], []
    for group, cells in groups.items():
        if all(map(_is_nought, cells)):
            unhurt.append(words.group(group) if group != "unknown" else "")
            continue
        counts = words.join(_cell(cell, words) for cell in sorted(cells, key=_is_nought))
        alone = group == "unknown" and len(groups) == 1  # then there is nobody to tell them from
        texts.append(counts if alone else f"{words.group(group)}{words('colon')}{counts}")
    if unhurt:
        names = words.join(name for name in unhurt if name)
        texts.append(f"{names}{words('colon')}{words('toll_none')}" if names else words("toll_none"))
    return words("clause").join(texts)


def _is_nought(cell: Count) -> bool:
    return cell.outcome in HURT and cell.figure.high == 0


def _cell(cell: Count, words: Words) -> str:
    if _is_nought(cell):
        return words("toll_nought", outcome=words.code(cell.outcome))
    return words("toll_cell", figure=words.figure(cell.figure), outcome=words.code(cell.outcome))


def _row(line: Line, words: Words) -> Row:
    record = line.incident.record
    fields = tuple(dict.fromkeys(c.field for c in line.incident.contradictions))
    count = len(line.incident.sources)
    return Row(
        number=line.number,
        colour=load_style().of(record.type).colour,
        head=words.code(record.type),
        when=words.when(record.date),
        where=words.where(record.location),
        where_note=words.where_note(record.location),
        parties=_parties(line, words),
        toll=toll_words(record, words),
        rest=_rest(record, words),
        sources=words(f"confidence_{line.confidence}", n=count),
        contested=words("contested", fields=words.join(_field(f, words) for f in fields)) if fields else "",
    )


def _parties(line: Line, words: Words) -> str:
    """Who did it to whom. Where only one side is told, the wording says which."""
    record = line.incident.record
    who, whom = words.labels(record.initiator), words.labels(record.target)
    if who and not whom:
        return words("by", who=who)
    if line.is_attack and not who:
        who = words("initiator_none")
    return f"{who} {words('arrow')} {whom}" if who and whom else who or whom


def _rest(record: Record, words: Words) -> str:
    bits = [words.labels(record.means)]
    if record.duration_minutes is not None:
        bits.append(words("duration", minutes=record.duration_minutes))
    if record.claimed_by:
        bits.append(words("claimed_by", actor=words.code(record.claimed_by)))
    if record.other_places:
        bits.append(f"{words('f_other_places')}{words('colon')}{words.join(map(isolate, record.other_places))}")
    return words("clause").join(b for b in bits if b)


def _why_off(line: Line, words: Words) -> str:
    place = line.incident.record.location
    why = words("place_not_drawn") if place is not None and place.lat is not None else ""
    why = why or words.where_note(place) or words("place_none")
    name = f"{words.name(place)}{words('colon')}" if place is not None and place.name else ""
    return f"{name}{why}"


def _degraded(view: BriefView, words: Words) -> Iterable[str]:
    counts, unplaced = view.counts, sum(not line.located for line in view.lines)
    if counts.unreadable:
        yield words("d_unreadable", n=counts.unreadable)
    if counts.uncoded:
        yield words("d_uncoded", n=counts.uncoded)
    if counts.strange:
        names = words.join(_language(code, words) for code in counts.strange_languages)
        yield words("d_strange", n=counts.strange, names=names)
    if unknown := sorted(set(counts.unknown_places)):
        yield words("d_unknown_places", n=len(unknown), names=words.join(_first(unknown, words)))
    if unplaced:
        yield words("d_unplaced", n=unplaced)
    if view.undated:
        yield words("d_undated", n=view.undated)
    if view.reports_without_day:
        yield words("d_no_day", n=view.reports_without_day)
    places = [line.incident.record.location for line in view.lines if line.located]
    if bare := sum(not basemap.covers(p.lat or 0, p.lon or 0) for p in places if p):
        yield words("d_basemap", n=bare)
    yield from _first(sorted(set(counts.notes)), words)


def _first(texts: Sequence[str], words: Words) -> Iterable[str]:
    """The first of a list, and how many more there are."""
    yield from map(isolate, texts[:NAMES_SHOWN])
    if len(texts) > NAMES_SHOWN:
        yield words("d_more", n=len(texts) - NAMES_SHOWN)


def _keys(view: BriefView, words: Words) -> tuple[tuple[str, str], ...]:
    killed = add_figures(c.figure for c in view.toll if c.outcome == "killed")
    now = {c.what: c.now for c in view.comparisons}
    return (
        (str(len(view.lines)), words("key_incidents")),
        (str(now["attacks_forces"]), words("key_forces")),
        (str(now["attacks_civilians"]), words("key_civilians")),
        (words.figure(killed) if killed else "–", words("key_killed")),
        (str(len(view.conflicts)), words("key_contested")),
        (str(view.reports_in_period), words("key_reports")),
    )


def _time_notes(view: BriefView, words: Words) -> tuple[str, ...]:
    other = sum(line.is_attack and not {"forces", "civilians"} & set(line.targets) for line in view.lines)
    off = (words("time_off", n=view.off_the_weeks),) if view.off_the_weeks else ()
    return (words("time_note", other=other), *off)


def _against(comparisons: Iterable[Comparison], words: Words) -> Table:
    head = tuple(words(f"c_{name}") for name in ("what", "now", "before", "ratio", "verdict"))
    rows = tuple(
        (
            words(f"what_{c.what}"),
            str(c.now),
            str(c.before),
            words.ratio(c.ratio, c.low, c.high) or "–",
            words(f"verdict_{c.verdict}"),
        )
        for c in comparisons
    )
    return Table(head, rows)


def _against_note(view: BriefView, words: Words) -> str:
    """What was compared, how sure it is, and whether reporting itself changed as much."""
    note = words("against_note", a=words.day(view.before.first), b=words.day(view.before.last))
    read = next(c for c in view.comparisons if c.what == "reports")
    few, many = sorted((read.now, read.before))
    if few and many >= REPORTING_CHANGED * few:
        note += " " + words("against_reporting", before=read.before, now=read.now)
    return note


def _toll_table(view: BriefView, words: Words) -> Table:
    cells = {(c.group, c.outcome): c for c in view.toll}
    groups = [g for g in view.codes.groups if any(key[0] == g for key in cells)]
    outcomes = [o for o in view.codes.outcomes if any(key[1] == o for key in cells)]
    rows = []
    for group in groups:
        found = [cells.get((group, outcome)) for outcome in outcomes]
        texts = (words("t_cell", figure=words.figure(c.figure), n=c.stated_by) if c else "–" for c in found)
        rows.append((words.group(group), *texts))
    return Table((words("t_group"), *(words.code(o) for o in outcomes)), tuple(rows))


def _field(field: str, words: Words) -> str:
    """A field's name; ``toll.forces.killed`` becomes "toll of armed forces, killed" in the language's way."""
    name, *cell = field.split(".")
    if not cell:
        return words(f"f_{name}")
    return f"{words(f'f_{name}')} ({words.join((words.group(cell[0]), *map(words.code, cell[1:])))})"


def _dispute(conflict: Conflict, words: Words) -> Dispute:
    claims = []
    for quote in conflict.quotes:
        text = " … ".join(clean(w) for w in quote.words)
        told = f"{_source(quote.source, words)}{words('list')}{words.day(quote.day)}" if quote.day else ""
        source = told or _source(quote.source, words)
        value = claim_value(conflict.field, quote.value, words)
        claims.append((source, value, isolate(text) or words("x_no_words"), quote.lang or ""))
    return Dispute(conflict.number, _field(conflict.field, words), tuple(claims))


def claim_value(field: str, value: str, words: Words) -> str:
    """A claim's value in the language: codes by their labels, digits and days in its own way of writing."""
    if field in CODED:
        return words.labels(code.strip() for code in value.split(","))
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?: – (\d{4}-\d\d-\d\d))?", value)
    if field == "date" and days:
        first = date.fromisoformat(days[1])
        return words.days(first, date.fromisoformat(days[2]) if days[2] else first)
    if field.startswith("toll."):
        if least := re.fullmatch(r"≥\s*(\d+)", value):
            return words.figure(Figure(int(least[1]), None))
        if ends := re.fullmatch(r"(\d+)\s*–\s*(\d+)", value):
            return words.figure(Figure(int(ends[1]), int(ends[2])))
    return isolate(value)


def _speech(said: Said, words: Words) -> Speech:
    named = said.organisation.casefold() in said.office.casefold()  # "chief of staff of the Peshmerga, Peshmerga"
    office = [isolate(t) for t in (said.office, "" if named else said.organisation) if t]
    day = f"{words('list')}{words.day(said.day)}" if said.day else ""
    quote = " … ".join(clean(w) for w in said.words)
    about = clean(said.about)
    return Speech(
        kind=words.code(said.kind),
        office=words.join(office),
        about=isolate(about) if about != quote else "",
        quote=isolate(quote),
        source=f"{_source(said.source, words)}{day}",
        lang=said.lang or "",
    )


def _source(name: str, words: Words) -> str:
    return isolate(name) or words("s_unnamed")


def _changes_head(view: BriefView, words: Words) -> str:
    if view.previous_as_of is None:
        return words("no_previous")
    return words("changes_since" if view.changes else "no_changes", as_of=words.moment(view.previous_as_of))


def _changes(changes: tuple[Change, ...], words: Words) -> tuple[tuple[str, str], ...]:
    """Those that are new in the list by their numbers on one line; every other change on its own."""
    fresh = [str(c.number) for c in changes if c.kind == "new" and c.number]
    first = [(words("change_new"), words("on_the_map", n=words.join(fresh)))] if fresh else []
    return (*first, *(_change(c, words) for c in changes if c.kind != "new" or not c.number))


def _change(change: Change, words: Words) -> tuple[str, str]:
    kind = words(f"change_{change.kind}")
    if change.incident is None:
        return kind, words("change_gone_note", id=isolate(change.incident_id))
    parts = f" ({words.join(words(f'f_{p}') for p in change.parts)})" if change.parts else ""
    number = words("on_the_map", n=change.number) if change.number else words("change_outside")
    return f"{kind}{parts}", f"{number}{words('colon')}{_short(change.incident, words)}"


def _short(incident: Incident, words: Words) -> str:
    record = incident.record
    return words.join((words.code(record.type), words.where(record.location), words.when(record.date)))


def _sources(rows: Iterable[SourceRow], words: Words) -> Table:
    head = tuple(words(f"s_{name}") for name in ("source", "kind", "langs", "reports", "incidents"))
    return Table(
        head,
        tuple(
            (
                _source(r.name, words),
                words.join(_kind(k, words) for k in r.kinds) or "–",
                words.join(_language(code, words) for code in r.langs) or "–",
                str(r.reports),
                str(r.incidents),
            )
            for r in rows
        ),
    )


def _kind(kind: str, words: Words) -> str:
    return words(f"kind_{kind}") if words.has(f"kind_{kind}") else isolate(kind)


def _language(code: str, words: Words) -> str:
    return words(f"lang_{code}") if words.has(f"lang_{code}") else isolate(code)


def _method(view: BriefView, words: Words) -> tuple[str, ...]:
    code = words("m_code", read=view.counts.read, repeated=view.counts.repeated)
    credits = place_credits(line.incident for line in view.lines)
    places = (words("m_places", names=words.join(map(isolate, credits))),) if credits else ()
    told = (words(f"m_{name}") for name in ("sources", "areas", "persons", "grades"))
    return (words("m_reports"), code, *told, *places)
