"""Invented incidents for the exports' tests."""

from datetime import date

from seamwatch.model import Contradiction, Count, DateSpan, Figure, Incident, Place, Record, SourcedClaim, Span

WORDS = (Span("text", 0, 5, "Three", "number"),)
CLAIMS = (
    SourcedClaim("toll.forces.killed", "3", "r1#0", "desk", WORDS),
    SourcedClaim("toll.forces.killed", "5 or more", "r2#1", "wire", WORDS),
)
PLACED = Incident(
    "i1",
    ("r1#0", "r2#1"),
    Record(
        "armed_clash",
        DateSpan(date(2022, 5, 3), date(2022, 5, 4), "night"),
        Place("Daquq, the town", "resolved", 35.1400001234, 44.45, 3.0, "near", "IQ", "Kirkuk", "Daquq"),
        ("isis",),
        ("iraqi_army", "peshmerga"),
        (
            Count("forces", "killed", Figure(3, None)),
            Count("forces", "wounded", Figure(0, 0)),
            Count("militants", "killed", Figure(2, 4)),
        ),
        ("small_arms", "vehicles"),
        60,
        "isis",
        ("Taza",),
    ),
    CLAIMS,
    (Contradiction("toll.forces.killed", CLAIMS),),
    ("desk", "wire"),
)
BARE = Incident("i2", ("r3#0",), Record("sighting"))
UNPLACED = Incident("i3", ("r4#0",), Record("find", location=Place("گوندێک", "unknown")), sources=("کوردی",))
ALL = (PLACED, BARE, UNPLACED)
