"""Which columns of which table hold what: UCDP GED, ACLED, and a list of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seamwatch.errors import ReadError
from seamwatch.events import DISTRICT, EXACT, GOVERNORATE, NEAR
from seamwatch.read.table import UCDP
from seamwatch.shown import on_one_line


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: each of the columns of `events.Events` by the names it may have there, the likeliest first.

    ``day`` is the column of events that have one day instead of a first and a last. ``default_prec`` holds where the
    table has points and no column of their precision.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    default_prec: int = EXACT


UCDP_KIND = Kind(
    "ucdp",
    {
        "ids": ("id",),
        "start": ("date_start",),
        "end": ("date_end",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "where_prec": ("where_prec",),
        "violence": ("type_of_violence",),
        "deaths": ("best",),
        "deaths_low": ("low",),
        "deaths_high": ("high",),
        "country": ("country",),
        "adm1": ("adm_1", "adm1"),
        "adm2": ("adm_2", "adm2"),
    },
    default_prec=NEAR,  # the packed tables without this column keep 1 and 2 and do not say which
)
ACLED_KIND = Kind(
    "acled",
    {
        "ids": ("event_id_cnty",),
        "day": ("event_date",),
        "time_prec": ("time_precision",),
        "lat": ("latitude",),
        "lon": ("longitude",),
        "where_prec": ("geo_precision",),
        "event_type": ("event_type",),
        "type": ("sub_event_type",),
        "actor1": ("actor1",),
        "actor2": ("actor2",),
        "inter1": ("inter1",),
        "inter2": ("inter2",),
        "deaths": ("fatalities",),
        "country": ("country",),
        "adm1": ("admin1",),
        "adm2": ("admin2",),
    },
)
OWN_KIND = Kind(
    "own",
    {
        "ids": ("id", "event_id"),
        "day": ("date", "day", "event_date"),
        "start": ("start", "date_start"),
        "end": ("end", "date_end"),
        "lat": ("lat", "latitude"),
        "lon": ("lon", "longitude", "long", "lng"),
        "where_prec": ("where_prec",),
        "violence": ("violence", "type_of_violence"),
        "type": ("type", "kind"),
        "target": ("target",),
        "deaths": ("deaths", "best", "fatalities", "killed"),
        "deaths_low": ("deaths_low", "low"),
        "deaths_high": ("deaths_high", "high"),
        "country": ("country",),
        "adm1": ("adm1", "admin1", "governorate", "province"),
        "adm2": ("adm2", "admin2", "district"),
    },
)
OWN_RULE = "an own table has at least date (or start and end), lat and lon; UCDP GED and ACLED have their usual columns"

# ACLED's 2 is a town that stands for part of a district: the district is taken. Its 3 may be a province's capital that
# stands for the province: a point of that kind is never believed to tell a cell.
ACLED_PREC = {1: EXACT, 2: DISTRICT, 3: GOVERNORATE}

_BY_CODE = {
    **dict.fromkeys(("1", "state forces", "8", "external/other forces", "external forces"), "state"),
    **dict.fromkeys(("2", "rebel group", "rebel groups", "3", "political militia", "political militias"), "armed"),
    **dict.fromkeys(("4", "identity militia", "identity militias"), "armed"),
    **dict.fromkeys(("7", "civilians"), "civilians"),
}


def kind_of(header: Sequence[str], *, where: str) -> tuple[Kind, dict[str, int]]:
    """The kind of table that a header tells, and where each of its columns stands.

    Raises ReadError that names the columns seen where it is none of them.
    """
    at: dict[str, int] = {}
    for n, name in enumerate(header):
        at.setdefault(plain_name(name), n)
    acled = set(at) >= {"event_id_cnty", "event_date"}
    kind = UCDP_KIND if set(at) >= UCDP else ACLED_KIND if acled else OWN_KIND
    taken = {field: next((name for name in names if name in at), "") for field, names in kind.columns.items()}
    found = {field: at[name] for field, name in taken.items() if name}
    dated = "day" in found or {"start", "end"} <= set(found)
    if not dated or not {"lat", "lon"} <= set(found):
        seen = on_one_line(", ".join(header))
        seen = seen if len(seen) <= 300 else seen[:299] + "…"
        raise ReadError(
            f"no table of events: its columns are {seen}", where=where, rule=OWN_RULE, remedy="name them so"
        )
    return kind, found


def plain_name(column: str) -> str:
    """A column's name as it is compared: "Event Date" is event_date."""
    return column.strip().strip("\ufeff").casefold().replace(" ", "_")


def acled_violence(event_type: str, one: str, other: str) -> str:
    """UCDP's kind of violence of an ACLED event, "" where it is none or not told; its sides as `acled_side` tells.

    Violence against civilians, and battles and explosions in which one side is civilians, are one-sided; those in
    which a state's forces meet anybody armed are state-based; those between other armed groups are non-state. Of an
    explosion with one party (a mine, a bomb by nobody) it is not told. Protests, riots and strategic developments are
    none of UCDP's. ACLED's own counts by these rules differ from UCDP's, which asks for a death and a named side.
    """
    kind = event_type.strip().casefold()
    if kind == "violence against civilians":
        return "os"
    if kind not in ("battles", "explosions/remote violence"):
        return ""
    if "civilians" in (one, other):
        return "os"
    if not one or not other:
        return ""
    return "sb" if "state" in (one, other) else "ns"


def acled_side(actor: str, inter: str) -> str:
    """What an ACLED actor is: "state", "civilians", "armed" or "" (nobody, or not armed).

    By ACLED's interaction code where the table has it (1 state forces, 2 to 4 armed groups, 7 civilians, 8 external
    forces, which count as a state's), as number or in words; else by how ACLED names actors.
    """
    code = inter.strip().casefold().removesuffix(".0")
    if code:
        return _BY_CODE.get(code, "")
    name = actor.strip().casefold()
    if name.startswith(("military forces of", "police forces of")):
        return "state"
    if name.startswith("civilians"):
        return "civilians"
    return "" if not name or name.startswith(("protesters", "rioters")) else "armed"
