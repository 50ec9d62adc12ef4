"""From a node to a brief on the table: gathers the material, writes the files, remembers what was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from seamwatch import clock
from seamwatch.brief.html import render_html
from seamwatch.brief.input import BriefInput, ImportCounts, Previous, ReportCard, snapshot
from seamwatch.brief.pdf import render_pdf
from seamwatch.brief.summarise import summarise
from seamwatch.brief.words import languages
from seamwatch.errors import BriefError
from seamwatch.files import whole_file
from seamwatch.ledger import BriefMade, ImportMade, Node, brief_entry, value_of
from seamwatch.model import Coding
from seamwatch.packs import Pack, load_places
from seamwatch.place import unknown_names
from seamwatch.single import NOT_CODED, STRANGE_LANGUAGE

DEFAULT_WEEKS = 12

Days = tuple[date | None, date | None]


def brief_input(node: Node, pack: Pack, *, days: Days = (None, None), title: str | None = None) -> BriefInput:
    """All that a brief needs of a node. ``days``: first and last, by default the twelve weeks to the last report.

    Raises BriefError for a node without dated reports or incidents, where no days are given.
    """
    reports = {report.id: ReportCard.of(report) for report in node.reports()}
    codings, incidents = node.codings(), node.incidents()
    happened = [incident.record.date.last for incident in incidents if incident.record.date]
    first, last = _period(days, [card.day for card in reports.values()], happened)
    return BriefInput(
        area=title or pack.title,
        first=first,
        last=last,
        as_of=clock.now(),
        codes=pack.codes,
        incidents=incidents,
        reports=reports,
        statements=tuple(statement for coding in codings for statement in coding.statements),
        counts=_counts(node, codings),
        previous=_previous(node),
        places=load_places(pack),
        areas={} if title else pack.titles,
    )


def write_brief(
    node: Node,
    folder: Path | str,
    pack: Pack,
    *,
    langs: Sequence[str] = ("en",),
    days: Days = (None, None),
    title: str | None = None,
) -> tuple[Path, ...]:
    """Write brief.html and brief.pdf (``brief.ar.html`` … for a second and further language) and enter it in the node.

    Raises BriefError for a language that the brief does not speak, or a period that cannot be.
    """
    if unknown := [lang for lang in langs if lang not in languages()]:
        raise BriefError(f"got {', '.join(unknown)}", where="--lang", rule=f"of {', '.join(languages())}")
    given = brief_input(node, pack, days=days, title=title)
    view = summarise(given)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for number, lang in enumerate(dict.fromkeys(langs)):
        stem = "brief" if number == 0 else f"brief.{lang}"
        for path, data in (
            (folder / f"{stem}.html", render_html(view, lang).encode("utf-8")),
            (folder / f"{stem}.pdf", render_pdf(view, lang)),
        ):
            with whole_file(path) as handle:
                handle.write(data)
            written.append(path)
    made = snapshot(given.incidents, given.as_of)
    node.append(
        [
            brief_entry(
                BriefMade(node.head().n, node.head().hash, made.as_of, {k: dict(v) for k, v in made.incidents.items()})
            )
        ]
    )
    return tuple(written)


def _period(days: Days, reported: Sequence[date | None], happened: Sequence[date]) -> tuple[date, date]:
    first, last = days
    known = [day for day in (*reported, *happened) if day]
    if last is None:
        if not known:
            rule = "a period, or reports with dates"
            raise BriefError("nothing in the node has a date", where="brief", rule=rule, remedy="give --from and --to")
        last = max(known)
    return first or last - timedelta(weeks=DEFAULT_WEEKS, days=-1), last


def _previous(node: Node) -> Previous | None:
    for entry in node.log(last=1, kind="brief"):
        made = value_of(entry)
        if isinstance(made, BriefMade):
            return Previous(made.as_of, made.incidents)
    return None


def _counts(node: Node, codings: Sequence[Coding]) -> ImportCounts:
    """What became of the files: of the last look at each source, and of all codings in force."""
    looks: dict[str, ImportMade] = {}
    for entry in node.log(kind="import"):
        made = value_of(entry)
        if isinstance(made, ImportMade):
            looks[made.source] = made
    notes = Counter(note for coding in codings for note in coding.notes)
    strange = {note: n for note, n in notes.items() if note.startswith(STRANGE_LANGUAGE)}
    failed = {note: n for note, n in notes.items() if note.startswith(NOT_CODED)}
    return ImportCounts(
        read=len(codings),
        unreadable=sum(len(made.errors) for made in looks.values()),
        repeated=sum(made.repeated for made in looks.values()),
        uncoded=sum(failed.values()),
        strange=sum(strange.values()),
        strange_languages=tuple(sorted(note.removeprefix(STRANGE_LANGUAGE).strip() for note in strange)),
        notes=tuple(note for note in notes if note not in strange and note not in failed),
        unknown_places=tuple(unknown_names(codings)),
    )
