"""`seamwatch near-repeat` and `seamwatch effect`: whether attacks follow attacks, and what a change did."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console

from seamwatch.clock import now
from seamwatch.errors import ConfigError
from seamwatch.packs import DEFAULT_PACK, load_pack
from seamwatch.shown import safe_json, visible

if TYPE_CHECKING:
    from seamwatch.events import Events

out = Console(highlight=False, markup=False, emoji=False)

DAY = "%Y-%m-%d"
SAME = "same"
Table = Annotated[
    Path,
    typer.Argument(metavar="EVENTS|NODE", help="A table of events (.csv, .csv.gz), or a node's file.", dir_okay=False),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=[DAY],
        metavar="YYYY-MM-DD",
        help="Reckon with what was known on that day. [default: a table's last day; for a node today]",
    ),
]
LagDays = Annotated[int, typer.Option("--lag-days", min=0, help="Days from an event to its publication.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=[DAY], metavar="YYYY-MM-DD", help="Only events that ended on that day or later."),
]
Page = Annotated[Path | None, typer.Option("--out", "-o", help="Also a page (HTML) with drawings.", dir_okay=False)]
PackName = Annotated[str, typer.Option("--pack", help="The area's pack, for a node: a name or a folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")]


class Within(StrEnum):
    """Calendar windows within which days are exchanged."""

    none = "none"
    year = "year"
    half_year = "half-year"
    quarter = "quarter"
    month = "month"


def near_repeat(
    source: Table,
    after: Annotated[
        list[str] | None,
        typer.Option(
            "--after", help="Type of the first attack, as the table has it; may be given again. [default: any]"
        ),
    ] = None,
    then: Annotated[
        str, typer.Option("--then", help=f"Type of the later attack: a type, `any`, or `{SAME}` as the first.")
    ] = SAME,
    as_of: AsOf = None,
    lag_days: LagDays = 0,
    since: Since = None,
    window: Annotated[
        Within, typer.Option(help="Days change places only within it; `none` takes moving hot spots for near repeats.")
    ] = Within.half_year,
    permutations: Annotated[int, typer.Option(min=99, help="Exchanges of days for p.")] = 999,
    seed: Annotated[int, typer.Option(help="Of the exchanges.")] = 0,
    page: Page = None,
    pack: PackName = DEFAULT_PACK,
    as_json: AsJson = False,
) -> None:
    """Whether attacks follow attacks nearby and soon, over a table of distances and days (Knox).

    A heat table and one sentence: "After an IED, 1.8 times (1.5–2.2) the usual risk of another IED within 1 km for 7
    days." Usual is what comes of the events exchanging their days and keeping their places.
    """
    from seamwatch.assess.near_repeat import near_repeat as table_of
    from seamwatch.assess.near_repeat_page import near_repeat_html, near_repeat_json, near_repeat_text

    events, day = _events(source, pack, as_of, since)
    found = []
    for first in after or [""]:
        second = first if then == SAME else "" if then == "any" else then
        for name in {first, second} - {"", *events.type.tolist()}:
            known = ", ".join(sorted(set(events.type.tolist()) - {""})) or "none"
            raise ConfigError(f"no event of type {name!r}", where=source.name, remedy=f"its types are: {known}")
        found.append(
            table_of(
                events, as_of=day, lag_days=lag_days, first=first, second=second, window=window.value,
                permutations=permutations, seed=seed,
            )
        )  # fmt: skip
    _write(page, source, lambda: near_repeat_html(found, f"Near repeats: {source.name}"))
    if as_json:
        print(safe_json(json.dumps([near_repeat_json(one) for one in found], ensure_ascii=False)), flush=True)
        return
    for one in found:
        for line in near_repeat_text(one).splitlines():
            out.print(visible(line), soft_wrap=True)
        out.print()


def effect(
    source: Table,
    change: Annotated[datetime, typer.Option("--date", formats=[DAY], metavar="YYYY-MM-DD", help="Day of the change.")],
    area: Annotated[
        list[str], typer.Option("--area", help="District that it changed; may be given again, or names with commas.")
    ],
    areas: Annotated[
        Path | None,
        typer.Option("--areas", help="Polygons (GeoJSON). [default: the districts that the table names]", exists=True),
    ] = None,
    level: Annotated[int, typer.Option(help="Of the polygons: 1 governorate, 2 district, 3 sub-district.")] = 2,
    donors: Annotated[
        list[str] | None,
        typer.Option("--donors", help="Comparison areas, alike. [default: all that do not touch the changed ones]"),
    ] = None,
    as_of: AsOf = None,
    lag_days: LagDays = 0,
    since: Since = None,
    complete_until: Annotated[
        datetime | None,
        typer.Option(
            formats=[DAY],
            metavar="YYYY-MM-DD",
            help="The last day that the table tells completely. [default: the day of its last event]",
        ),
    ] = None,
    before_days: Annotated[int, typer.Option(min=728, help="How far back trend and season are learned.")] = 1092,
    after_days: Annotated[int, typer.Option(min=28, help="How long after the change is looked at, at most.")] = 364,
    fewest_after_days: Annotated[
        int, typer.Option(min=28, help="With fewer days after the change it is refused; fewer carry no finding.")
    ] = 168,
    page: Page = None,
    pack: PackName = DEFAULT_PACK,
    as_json: AsJson = False,
) -> None:
    """What a change did to the number of attacks, with placebo dates and placebo areas beside it.

    An interrupted series and an augmented synthetic control; what the data cannot carry is said first. Neither tells
    the change apart from anything else that began at about the same time.
    """
    from seamwatch.assess.areas import by_district, by_polygons
    from seamwatch.assess.effect.effect import effect_of
    from seamwatch.assess.effect.page import Said, effect_html, effect_json, effect_text
    from seamwatch.assess.effect.series import source_of, touching_areas
    from seamwatch.place import read_areas

    events, day = _events(source, pack, as_of, since)
    drawn = read_areas(areas) if areas else None
    placing = by_polygons(events, drawn, level=level) if drawn else by_district(events)
    covered = source_of(
        events, placing, as_of=day, lag_days=lag_days, complete_until=complete_until.date() if complete_until else None,
        touching=touching_areas((a for a in drawn.all if a.level == level), placing.names) if drawn else None,
    )  # fmt: skip
    found = effect_of(
        covered, _names(area), change.date(), donors=_names(donors or []), before_days=before_days,
        after_days=after_days, fewest_after_days=fewest_after_days,
    )  # fmt: skip
    title = f"{change.date()}: {', '.join(found.areas)}"
    _write(page, source, lambda: effect_html([Said(title, found)], "What a change did"))
    if as_json:
        print(safe_json(json.dumps(effect_json(found), ensure_ascii=False)), flush=True)
        return
    for line in effect_text(found).splitlines():
        out.print(visible(line), soft_wrap=True)


def _events(source: Path, pack: str, as_of: datetime | None, since: datetime | None) -> tuple[Events, date]:
    """The events of a table or node since a day, and the day as of which they are reckoned with."""
    from seamwatch.assess.load import NODE, load_events

    table = load_events(source, load_pack(pack))
    events = table.events
    if since is not None:
        events = events.where(events.end >= np.datetime64(since.date(), "D"))
    if not len(events):
        raise ConfigError("no events", where=str(source), remedy="seamwatch events check FILE says what is in it")
    if as_of is not None:
        return events, as_of.date()
    last: date = events.end.max().item()
    return events, now().date() if table.kind == NODE else last


def _names(given: list[str]) -> list[str]:
    return [name.strip() for text in given for name in text.split(",") if name.strip()]


def _write(page: Path | None, source: Path, made: Callable[[], str]) -> None:
    from seamwatch.files import not_the_same, whole_file

    if page is not None:
        not_the_same(source, page)
        with whole_file(page) as handle:
            handle.write(made().encode("utf-8"))
