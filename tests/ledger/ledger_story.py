"""Invented reports, codings and incidents for the ledger's tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from seamwatch.model import (
    Claim,
    Coding,
    Contradiction,
    Count,
    DateSpan,
    Draft,
    Figure,
    Incident,
    Place,
    PlaceMention,
    Record,
    Report,
    SourcedClaim,
    Span,
    Statement,
    make_report,
)

AT = datetime(2022, 5, 7, 12, tzinfo=UTC)
WORDS = (Span("text", 0, 5, "Three", "number"),)
PLACE = Place("Daquq", "resolved", 35.14, 44.45, 3.0, "exact", "IQ", "Kirkuk", "Daquq")


def report(i: int = 0, text: str = "Three soldiers were wounded near Daquq. ثلاثة جرحى") -> Report:
    day = date(2022, 5, 1 + i % 28)
    return make_report(f"Blast {i}", text, source="desk", day=day, lang="en", external_id=f"d-{i}")


def draft(report_id: str, k: int = 0, place: Place | None = PLACE) -> Draft:
    return Draft(
        report_id,
        k,
        Claim("explosion", WORDS),
        date=Claim(DateSpan(date(2022, 5, 3), date(2022, 5, 4), "night"), WORDS),
        place=Claim(PlaceMention("Daquq"), WORDS),
        target=(Claim("iraqi_army", WORDS),),
        toll=(Claim(Count("forces", "wounded", Figure.exactly(3)), WORDS),),
        location=place,
    )


def coding(of: Report, coder: str = "rules 1", drafts: int = 1) -> Coding:
    told = (Statement(of.id, "warning", "mayor", "district council", "more attacks", WORDS),)
    return Coding(of.id, coder, tuple(draft(of.id, k) for k in range(drafts)), told)


def incident(name: str, *members: str, day: int | None = 3, place: Place | None = PLACE) -> Incident:
    when = DateSpan(date(2022, 5, day), date(2022, 5, day)) if day else None
    record = Record("explosion", when, place, toll=(Count("forces", "wounded", Figure(3, None)),))
    claims = tuple(SourcedClaim("toll.forces.wounded", str(i), m, "desk", WORDS) for i, m in enumerate(members))
    return Incident(name, members, record, claims, (Contradiction("toll.forces.wounded", claims),), ("desk",))


def recoded(old: Coding, coder: str) -> Coding:
    return replace(old, coder=coder)
