"""What people see in a terminal: progress bars (silent where nobody looks), tables, the summary of an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from seamwatch.model import DateSpan, Figure, Incident, Place
from seamwatch.packs import Codes
from seamwatch.pipeline import Picture

SHOWN = 8  # lines of a list before "and N more"


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


def incident_table(incidents: Sequence[Incident], codes: Codes, title: str | None = None) -> Table:
    """Incidents, one a line, oldest first."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in ("date", "type", "place", "who → whom", "killed", "wounded", "told by"):
        table.add_column(name, justify="right" if name in ("killed", "wounded", "told by") else "left", overflow="fold")
    for incident in incidents:
        record = incident.record
        who, whom = (", ".join(codes.label(c) for c in side) or "?" for side in (record.initiator, record.target))
        table.add_row(
            date_words(record.date),
            codes.label(record.type),
            Text(place_words(record.location)),
            Text(f"{who} → {whom}"),
            figure_words(record.figure("killed")),
            figure_words(record.figure("wounded")),
            f"{len(incident.sources)}{' !' if incident.contradictions else ''}",
        )
    return table


def date_words(when: DateSpan | None) -> str:
    """A day as 2022-03-09, a night as 2022-03-09/10, else undated."""
    if when is None:
        return "undated"
    if when.first == when.last:
        return when.first.isoformat()
    same = when.first.isoformat()[:8] == when.last.isoformat()[:8]
    return f"{when.first}/{when.last.isoformat()[8:] if same else when.last}"


def place_words(place: Place | None) -> str:
    """The name, with how exact it is where it is not exact."""
    if place is None:
        return "not told"
    if place.status != "resolved":
        return f"{place.name} ({place.status})"
    return place.name if place.precision == "exact" else f"{place.name} ({place.precision})"


def figure_words(figure: Figure | None) -> str:
    """A figure as 13, 10–13 or 13+; nothing where nothing is stated."""
    if figure is None:
        return ""
    if figure.high is None:
        return f"{figure.low}+"
    return str(figure.low) if figure.low == figure.high else f"{figure.low}–{figure.high}"


def say_picture(picture: Picture, out: Console, err: Console) -> None:
    """The summary of an import: counts on standard output, each thing that went wrong on standard error."""
    reading = picture.reading
    for error in reading.errors:
        err.print(Text(f"not read: {error}"), style="red")
    known = reading.reports - picture.new
    counts = f"{reading.reports} reports read ({picture.new} new, {known} known already), {len(reading.errors)} errors"
    out.print(f"{counts}; {len(picture.incidents)} incidents")
    _listed(out, "places not in the gazetteer", picture.unknown_places)
    _listed(out, "notes of the coder", picture.notes)


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
    named = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in counts.most_common(SHOWN))
    more = f" and {len(counts) - SHOWN} more" if len(counts) > SHOWN else ""
    out.print(Text(f"{what}: {named}{more}", style="dim"))
