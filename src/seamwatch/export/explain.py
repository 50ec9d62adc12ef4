"""A report with each coded value's words marked, and the rule that took them: as HTML and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from seamwatch.model import Coding, Count, DateSpan, Part, Place, PlaceMention, Report, Span
from seamwatch.packs import Codes
from seamwatch.shown import isolated, on_one_line, visible

STYLES = {
    "type": "bold white on dark_red",
    "date": "black on light_goldenrod2",
    "place": "black on light_green",
    "initiator": "black on orange1",
    "target": "black on light_sky_blue1",
    "toll": "white on purple",
    "means": "black on grey70",
    "statement": "italic cyan",
}
RTL = ("ar", "ckb", "fa", "ur", "he")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a value rests on. ``owner`` is "1", "2" … for an incident, "S1" … for a statement."""

    span: Span
    owner: str
    field: str
    value: str
    sure: str = ""  # confidence in per cent


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks."""

    text: str
    marks: tuple[Mark, ...]


def marks(coding: Coding, codes: Codes) -> tuple[Mark, ...]:
    """All marks of a coding, in the order of the text."""
    found = [
        Mark(span, str(draft.index + 1), name, _words(claim.value, codes), _sure(claim.confidence))
        for draft in coding.drafts
        for name, claim in draft.claims()
        for span in claim.spans
    ]
    for number, statement in enumerate(coding.statements, 1):
        label = f"{codes.label(statement.kind)}: {statement.speaker_office or statement.speaker_org}"
        found += [Mark(span, f"S{number}", "statement", label) for span in statement.spans]
    return tuple(sorted(found, key=lambda m: (m.span.part != "title", m.span.start, m.span.end, m.owner, m.field)))


def _sure(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.0%}"


def segments(report: Report, coding: Coding, codes: Codes, part: Part) -> tuple[Segment, ...]:
    """The title or text cut where marks begin and end; joined, it is the original to the letter."""
    text = report.title if part == "title" else report.text
    here = [m for m in marks(coding, codes) if m.span.part == part]
    cuts = sorted({0, len(text), *(m.span.start for m in here), *(min(m.span.end, len(text)) for m in here)})
    return tuple(
        Segment(text[a:b], tuple(m for m in here if m.span.start <= a and b <= m.span.end)) for a, b in pairwise(cuts)
    )


def explain_html(report: Report, coding: Coding, codes: Codes) -> str:
    """One self-contained page: the marked text, then every value with its words and its rule."""
    env = Environment(loader=PackageLoader("seamwatch.export"), autoescape=True, undefined=StrictUndefined)
    env.filters["visible"] = visible
    return env.get_template("explain.html.j2").render(
        report=report,
        called=called(report),
        placed=placed_words(coding),
        coding=coding,
        direction="rtl" if report.lang in RTL else "ltr",
        title=segments(report, coding, codes, "title"),
        text=segments(report, coding, codes, "text"),
        rows=marks(coding, codes),
        drafts=[(d, codes.label(d.type.value)) for d in coding.drafts],
    )


def explain_terminal(report: Report, coding: Coding, codes: Codes) -> Group:
    """The same for a terminal (a rich renderable)."""
    body = Text()
    for part in ("title", "text"):
        for segment in segments(report, coding, codes, part):
            body.append(
                visible(segment.text), STYLES.get(segment.marks[-1].field, "underline") if segment.marks else ""
            )
        body.append("\n\n" if part == "title" and report.title else "")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "field", "value", "sure", "words", "rule"):
        table.add_column(column, overflow="fold")
    for m in marks(coding, codes):
        cells = (on_one_line(words) for words in (m.value, m.sure, m.span.quote, m.span.rule))
        table.add_row(m.owner, Text(m.field, STYLES.get(m.field, "")), *map(Text, cells))
    head = on_one_line(f"{called(report)} · {report.source or 'source not told'} · {report.day or 'undated'}")
    count = f"{len(coding.drafts)} incident(s), {len(coding.statements)} statement(s), coded by {coding.coder}"
    notes = [Text(f"! {on_one_line(note)}", "bold yellow") for note in coding.notes]
    placed = [Text(f"{owner}  {where}", "dim") for owner, where in placed_words(coding)]
    return Group(Panel(body, title=Text(head), title_align="left"), Text(count), *notes, table, *placed)


def called(report: Report) -> str:
    """What people call a report: the source's id, else where it was found, else its hash."""
    return report.external_id or report.origin or report.id


def placed_words(coding: Coding) -> tuple[tuple[str, str], ...]:
    """For each incident with a place: its number, and where the place was found."""
    return tuple((str(d.index + 1), _placed(d.location)) for d in coding.drafts if d.location is not None)


def _placed(place: Place) -> str:
    name = isolated(on_one_line(place.name))
    if place.lat is None or place.lon is None:
        return (
            f"{name}: not placed, {'on no list of places' if place.status == 'unknown' else 'several have this name'}"
        )
    admin = ", ".join(name for name in (place.district, place.governorate) if name and name != place.name)
    wide = f", within {place.radius_km:g} km" if place.radius_km else ""
    listed = f"; list: {place.source}" if place.source else ""
    if place.status == "within":
        listed += "; on no list of places: put where the report says it lies"
    return f"{name}: {place.lat:.3f}, {place.lon:.3f}{on_one_line(wide + (f' ({admin})' if admin else '') + listed)}"


def _words(value: object, codes: Codes) -> str:
    match value:
        case DateSpan():
            days = str(value.first) if value.first == value.last else f"{value.first} to {value.last}"
            return f"{days} ({value.precision}{'' if value.basis == 'text' else ', ' + value.basis})"
        case Count():
            return f"{value.figure.words()} {codes.label(value.group)} {codes.label(value.outcome)}"
        case PlaceMention():
            wide = f" ({', '.join(value.within)})" if value.within else ""
            return f"{'' if value.relation == 'at' else value.relation + ' '}{value.name}{wide}"
        case int():
            return f"{value} min"
        case _:
            return codes.label(str(value))
