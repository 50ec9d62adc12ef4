"""Wording in a language: dates, figures, places and codes as text. The words are `strings.toml`'s and the pack's.

Names and words of reports go between Unicode isolates, so that a Latin name in Arabic text (or the other way round)
keeps its own order and leaves that of its surroundings alone, in HTML and in the PDF alike.
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any

from seamwatch.errors import BriefError
from seamwatch.model import DateSpan, Figure, Place
from seamwatch.packs import Codes

BETWEEN = " – "  # in the name of a place between two
LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
Names = Mapping[str, Mapping[str, tuple[str, ...]]]  # gazetteer id, or English name, -> language -> spellings
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text of a report on one line, without control characters and without bidi marks that could turn what follows."""
    return " ".join(_CONTROLS.sub("", text).split())


def isolate(text: str) -> str:
    """A name or quotation of any direction, set apart from the text around it."""
    plain = clean(text)
    return f"{FSI}{plain}{PDI}" if plain else ""


@functools.cache
def _strings() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((resources.files("seamwatch.brief") / "strings.toml").read_text("utf-8"))


def languages() -> tuple[str, ...]:
    """Languages that a brief can be worded in."""
    return tuple(_strings())


@dataclass(frozen=True, slots=True)
class Words:
    """All wording of one brief in one language."""

    lang: str
    codes: Codes
    names: Names
    english: Names

    def __post_init__(self) -> None:
        if self.lang not in _strings():
            raise BriefError(f"got {self.lang!r}", where="language", rule=f"one of {', '.join(languages())}")

    def __call__(self, key: str, **fill: object) -> str:
        """A string of the language, filled in."""
        text = _strings()[self.lang][key]
        return str(text).format(**fill) if fill else str(text)

    def has(self, key: str) -> bool:
        """Whether the language has a string."""
        return key in _strings()[self.lang]

    @property
    def rtl(self) -> bool:
        """Whether the language runs from right to left."""
        return self("dir") == "rtl"

    def code(self, code: str) -> str:
        """The label of a code."""
        return self.codes.label(code, self.lang)

    def group(self, group: str) -> str:
        """The label of a toll group: "unknown" is a code of actors too, with another word."""
        labels = self.codes.groups.get(group, {})
        return labels.get(self.lang) or labels.get("en") or self.code(group)

    def join(self, parts: Iterable[str]) -> str:
        """A list in words."""
        return self("list").join(parts)

    def labels(self, codes: Iterable[str]) -> str:
        """Codes as a list of their labels."""
        return self.join(self.code(c) for c in codes)

    def month(self, day: date) -> str:
        """The name of a day's month."""
        return str(_strings()[self.lang]["months"][day.month - 1])

    def day(self, day: date, *, year: bool = True) -> str:
        """A calendar day."""
        return self("date" if year else "date_no_year", d=day.day, month=self.month(day), y=day.year)

    def tick(self, day: date) -> str:
        """A day as short as it gets, for an axis."""
        month = _strings()[self.lang]["months_short"][day.month - 1]
        return self("date_tick", d=day.day, month=month, m=day.month)

    def days(self, first: date, last: date) -> str:
        """A span of days."""
        if first == last:
            return self.day(last)
        if (first.year, first.month) == (last.year, last.month):
            return self("date_in_month", first=first.day, last=last.day, month=self.month(last), y=last.year)
        return self("date_range", a=self.day(first, year=first.year != last.year), b=self.day(last))

    def moment(self, moment: datetime, utc_offset_hours: float = 0) -> str:
        """A moment to the minute, in a fixed offset from UTC."""
        local = moment + timedelta(hours=utc_offset_hours) - (moment.utcoffset() or timedelta())
        zone = "UTC" if not utc_offset_hours else f"UTC{utc_offset_hours:+g}"
        return f"{self.day(local.date())}{self('list')}{LRI}{local:%H:%M} {zone}{PDI}"

    def when(self, span: DateSpan | None) -> str:
        """An incident's date with its precision and what it rests on."""
        if span is None:
            return self("date_none")
        if span.precision == "month":
            text = self("date_month", month=self.month(span.first), y=span.first.year)
        else:
            text = self.days(span.first, span.last)
            if span.precision in ("night", "week") and span.first != span.last:
                text = self(f"date_{span.precision}", days=text)
        return text if span.basis == "text" else f"{text} ({self(f'basis_{span.basis}')})"

    def figure(self, figure: Figure) -> str:
        """A count: 4, 4–6 or at least 4."""
        if figure.high is None:
            return self("at_least", low=figure.low)
        if figure.low == figure.high:
            return str(figure.low)
        return self("range", low=figure.low, high=figure.high)

    def name(self, place: Place) -> str:
        """A place's name in the language where the pack has one, else as the report spells it."""
        known = self.names.get(place.gazetteer_id or "", {}).get(self.lang, ())
        return isolate(known[0]) if known else self.spelled(place.name)

    def spelled(self, name: str) -> str:
        """An English place name in the language, where the pack has it; of "Dibis – Makhmour", each."""
        known = self.english.get(name, {}).get(self.lang, ())
        parts = name.split(BETWEEN)
        if not known and len(parts) == 2 and all(parts):
            return BETWEEN.join(map(self.spelled, parts))
        return isolate(known[0] if known else name)

    def where(self, place: Place | None) -> str:
        """A place with the precision with which it is told."""
        if place is None or not place.name:
            return self("place_none")
        return self(f"place_{place.precision or 'exact'}", place=self.name(place))

    def where_note(self, place: Place | None) -> str:
        """Radius, district and governorate of a place; or that it was not found."""
        if place is None:
            return ""
        if place.lat is None:
            return self("place_unknown")
        district = place.district if place.district and self.spelled(place.district) != self.name(place) else None
        admin = [self.spelled(a) for a in (district, place.governorate) if a and a != place.name]
        radius = [self("radius", km=number(place.radius_km))] if place.radius_km else []
        return self.join([*admin, *radius])

    def ratio(self, value: float | None, low: float | None, high: float | None) -> str:
        """A ratio with its interval."""
        if value is None or low is None or high is None:
            return ""
        times = [self("times", ratio=number(v)) for v in (value, low, high)]
        if math.isinf(high):
            return self("interval_open", low=times[1])
        return f"{times[0]} ({self('interval', low=times[1], high=times[2])})"


def number(value: float | None) -> str:
    """Two significant digits, as people read them."""
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0") if value >= 1 else f"{value:.2g}"
