"""What people see in a terminal: progress bars (silent where nobody looks), tables, the summary of an import."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from seamwatch.merge import Decision, Look
from seamwatch.model import DateSpan, Figure, Incident, Place, Record
from seamwatch.packs import Codes, Pack, load_places
from seamwatch.pipeline import Picture
from seamwatch.shown import isolated, on_one_line
from seamwatch.single import NOT_CODED

SHOWN = 8  # names of a list before "and N more"
WIDE = 118  # columns of a terminal that has room for an incident on one line


class Bars:
    """Progress bars on a console, called as ``bars(what, done, total)``; total None where it is not known."""

    def __init__(self, console: Console) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        hidden = not console.is_terminal
        self._bars = Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=hidden)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Move the bar of ``what``; the first call makes it."""
        task = self._tasks.get(what)
        if task is None:
            task = self._tasks[what] = self._bars.add_task(what, total=total)
        self._bars.update(task, completed=done, total=total)


def incident_table(
    incidents: Sequence[Incident],
    codes: Codes,
    names: Mapping[str, str],
    *,
    title: str | None = None,
    width: int = WIDE,
) -> Table:
    """Incidents, oldest first: one a line where ``width`` has room, else two lines each. ``names``: `place_names`."""
    wide = width >= WIDE
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in ("date", "type", "place", "who → whom") if wide else ("date", "what, where, who → whom"):
        table.add_column(name, overflow="fold", no_wrap=name == "date")
    for name in ("killed", "wounded", "sources"):
        table.add_column(name, justify="right", no_wrap=True)
    for incident in incidents:
        record = incident.record
        kind, parties = Text(codes.label(record.type)), Text(party_words(record, codes), "" if wide else "dim")
        place = Text(place_words(record.location, names))
        what = (kind, place, parties) if wide else (Text("\n").join([Text(" · ").join([kind, place]), parties]),)
        sources = f"{len(incident.sources)}{' !' if incident.contradictions else '  '}"
        hurt = (figure_words(record.figure(outcome)) for outcome in ("killed", "wounded"))
        table.add_row(Text(date_words(record.date)), *what, *map(Text, hurt), Text(sources))
    return table


def looks_text(looks: Sequence[Look], codes: Codes) -> Text:
    """Items of the review, each with both sides' words and the commands (but for node and role) that answer it."""
    text = Text()
    for look in looks:
        text.append(f"{look.id}  {on_one_line(look.why)}\n", "bold")
        for side in look.sides:
            values = (f"{c.field} {isolated(on_one_line(codes.label(c.value)))}" for c in side.claims)
            words = dict.fromkeys(on_one_line(s.quote) for c in side.claims for s in c.spans)
            text.append(f"    {side.draft}  {on_one_line(side.source or 'source not told')}: {'; '.join(values)}\n")
            text.append(f"      “{' … '.join(isolated(quote) for quote in words)}”\n" if words else "", "dim")
        for answer in look.answers:
            text.append(f"    {answer_command(answer)}\n", "cyan")
        text.append("\n")
    return text


def answer_command(answer: Decision) -> str:
    """The command that enters a decision, without the node and the role."""
    if answer.kind == "rate_source":  # a source's name is as its reports have it, whatever is in it
        return f"decide rate-source {shlex.quote(on_one_line(answer.left))} GRADE"
    parts = ["decide", answer.kind.replace("_", "-"), answer.left, answer.right]
    parts += ["--field", answer.field] if answer.field else []
    parts += ["--value", "VALUE"] if answer.kind == "recode" else []
    return " ".join(filter(None, parts))


def place_names(pack: Pack, lang: str = "en") -> dict[str, str]:
    """The first name in a language of every place of a pack, by its gazetteer id."""
    return {place.id: found[0] for place in load_places(pack) if (found := place.names.get(lang, ()))}


def party_words(record: Record, codes: Codes) -> str:
    """Who did it to whom, ? for who is not told; nothing where neither is."""
    who, whom = (", ".join(map(codes.label, side)) for side in (record.initiator, record.target))
    return f"{who or '?'} → {whom or '?'}" if who or whom else ""


def date_words(when: DateSpan | None) -> str:
    """A day as 2022-03-09, a night as 2022-03-09/10, else undated."""
    if when is None:
        return "undated"
    if when.first == when.last:
        return when.first.isoformat()
    first, last = when.first.isoformat(), when.last.isoformat()
    same = 8 if first[:8] == last[:8] else 5 if first[:5] == last[:5] else 0
    return f"{first}/{last[same:]}"


def place_words(place: Place | None, names: Mapping[str, str]) -> str:
    """The name (the pack's where it has one), with how exact it is where it is not exact."""
    if place is None:
        return "place not told"
    name = isolated(on_one_line(names.get(place.gazetteer_id or "", place.name)))
    if place.status != "resolved":
        return f"{name} (which one is not clear)" if place.status == "ambiguous" else f"{name} (not on our lists)"
    return name if place.precision == "exact" else f"{name} ({place.precision})"


def figure_words(figure: Figure | None) -> str:
    """A figure's digits; nothing where nothing is stated."""
    return figure.words() if figure else ""


def complain(err: Console, text: object) -> None:
    """One line of what went wrong, on standard error."""
    err.print(Text(on_one_line(str(text)), "red"), soft_wrap=True)


def say_picture(picture: Picture, out: Console, err: Console) -> None:
    """The summary of an import: counts on standard output, each thing that went wrong on standard error."""
    reading = picture.reading
    for error in reading.errors:
        complain(err, f"error: {error}")
    faults = {note: n for note, n in picture.notes.items() if note.startswith(NOT_CODED)}
    for note, n in faults.items():
        complain(err, f"error: {counted(n, 'report')} {note}")
    known = reading.reports - picture.new
    counts = f"{counted(reading.reports, 'report')} read ({picture.new} new, {known} known already)"
    wrong = counted(len(reading.errors), "error")
    out.print(f"{counts}, {wrong}; {counted(len(picture.incidents), 'incident')}")
    _listed(out, "places not in the gazetteer", picture.unknown_places)
    _listed(out, "notes of the coder", Counter({k: n for k, n in picture.notes.items() if k not in faults}))


def counted(n: int, noun: str) -> str:
    """1 report, 2 reports."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def picture_json(picture: Picture) -> dict[str, object]:
    """The same for a program."""
    reading = picture.reading
    return {
        "read": reading.reports,
        "new": picture.new,
        "incidents": len(picture.incidents),
        "errors": [str(error) for error in reading.errors],
        "unknown_places": dict(picture.unknown_places.most_common()),
        "notes": dict(picture.notes.most_common()),
    }


def _listed(out: Console, what: str, counts: Counter[str]) -> None:
    if not counts:
        return
    shown = ((isolated(on_one_line(name)), n) for name, n in counts.most_common(SHOWN))
    named = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in shown)
    more = f" and {len(counts) - SHOWN} more" if len(counts) > SHOWN else ""
    out.print(Text(f"{what}: {named}{more}", style="dim"))
