"""Invented material for the tests of the brief."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from seamwatch.brief import BriefInput, ReportCard
from seamwatch.model import (
    Contradiction,
    Count,
    DateSpan,
    Figure,
    Incident,
    Place,
    Record,
    SourcedClaim,
    Span,
    Statement,
)
from seamwatch.packs import PackPlace, load_pack

CODES = load_pack("iraq").codes
FIRST, LAST = date(2021, 3, 1), date(2021, 3, 28)
AS_OF = datetime(2021, 3, 29, 6, 0, tzinfo=UTC)

TOWNS = (
    PackPlace(
        "kirkuk", "city", {"en": ("Kirkuk",), "ar": ("كركوك",), "ckb": ("کەرکووک",)}, 35.47, 44.39, 10, "IQ", "", "", ""
    ),
    PackPlace(
        "hewler", "city", {"en": ("Erbil",), "ar": ("أربيل",), "ckb": ("هەولێر",)}, 36.19, 44.01, 10, "IQ", "", "", ""
    ),
    PackPlace(
        "daquq", "town", {"en": ("Daquq",), "ar": ("داقوق",), "ckb": ("داقووق",)}, 35.14, 44.45, 4, "IQ", "", "", ""
    ),
)


def place(name: str = "Tal Zerin", lat: float | None = 35.4, lon: float | None = 44.2, **more: object) -> Place:
    fields = {"status": "resolved", "radius_km": 5.0, "precision": "near", "governorate": "Kirkuk"} | more
    return Place(name, lat=lat, lon=lon, **fields)  # type: ignore[arg-type]


def incident(
    key: str,
    day: date | None,
    kind: str = "armed_clash",
    *,
    target: tuple[str, ...] = ("iraqi_army",),
    initiator: tuple[str, ...] = ("isis",),
    toll: Iterable[tuple[str, str, Figure]] = (),
    where: Place | None = None,
    sources: tuple[str, ...] = ("wire",),
    reports: tuple[str, ...] = (),
    contradictions: tuple[Contradiction, ...] = (),
    span: DateSpan | None = None,
) -> Incident:
    when = span or (DateSpan(day, day) if day else None)
    record = Record(kind, when, where, initiator, target, tuple(Count(*cell) for cell in toll), ("ied",))
    members = tuple(f"{r}#0" for r in reports or (f"r-{key}",))
    return Incident(key, members, record, (), contradictions, sources)


def cards(incidents: Iterable[Incident]) -> dict[str, ReportCard]:
    """A report for each member, on the incident's day."""
    found = {}
    for one in incidents:
        for member, source in zip(one.members, one.sources * len(one.members), strict=False):
            key = member.rpartition("#")[0]
            day = one.record.date.first if one.record.date else FIRST
            found[key] = ReportCard(key, source, f"report {key}", day, "en", "news")
    return found


def conflict() -> Contradiction:
    words = "four soldiers were killed"
    return Contradiction(
        "toll.forces.killed",
        (
            SourcedClaim("toll.forces.killed", "4", "r-a#0", "wire", (Span("text", 0, len(words), words),)),
            SourcedClaim("toll.forces.killed", "≥6", "r-a2#0", "وكالة", (Span("text", 0, 13, "ستة على الأقل"),)),
        ),
    )


def story(**more: object) -> BriefInput:
    """Four incidents in the period, two before it, a statement, a contradiction."""
    held = (
        incident(
            "a",
            date(2021, 3, 4),
            toll=[("forces", "killed", Figure(4, 6)), ("militants", "killed", Figure.exactly(2))],
            where=place(),
            sources=("wire", "وكالة"),
            reports=("r-a", "r-a2"),
            contradictions=(conflict(),),
        ),
        incident(
            "b",
            date(2021, 3, 9),
            "attack_on_civilians",
            target=("civilians",),
            toll=[("civilians", "killed", Figure(3, None))],
            where=place("گوندی سپی", 35.2, 44.5, gazetteer_id="x"),
        ),
        incident(
            "c",
            None,
            span=DateSpan(date(2021, 3, 20), date(2021, 3, 21), "night"),
            target=("peshmerga", "civilians"),
            where=place("Iraq", 33.0, 44.0, precision="country"),
        ),
        incident("d", date(2021, 3, 22), "air_strike", initiator=("iraqi_air_force",), target=("isis",), where=None),
        incident("y", date(2021, 2, 3), where=place(lat=35.3)),
        incident("z", date(2021, 2, 24), "explosion", target=("civilians",), where=place(lat=35.1)),
    )
    said = Statement(
        "r-b", "warning", "mayor", "district of Daquq", "it may happen again", (Span("text", 0, 5, "again"),)
    )
    fields: dict[str, object] = {"incidents": held, "reports": cards(held), "statements": (said,), "places": TOWNS}
    fields |= {"area": "Hills of Zerin", "first": FIRST, "last": LAST, "as_of": AS_OF, "codes": CODES}
    return BriefInput(**(fields | more))  # type: ignore[arg-type]


def crowd(count: int) -> BriefInput:
    """Many incidents of all types, scattered and stacked."""
    kinds = list(CODES.types)
    held = tuple(
        incident(
            f"i{n:04}",
            FIRST + timedelta(days=n % 28),
            kinds[n % len(kinds)],
            target=(("iraqi_army", "civilians", "infrastructure")[n % 3],),
            toll=[("civilians", "killed", Figure.exactly(n % 7))],
            where=place(f"place {n}", 34.5 + (n * 7 % 13) / 8, 43.5 + (n * 5 % 11) / 6) if n % 9 else None,
        )
        for n in range(count)
    )
    return BriefInput("Hills of Zerin", FIRST, LAST, AS_OF, CODES, held, cards(held), places=TOWNS)
