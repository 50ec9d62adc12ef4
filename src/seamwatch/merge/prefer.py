"""The preferred view of an incident, computed by one stated rule a field; the claims themselves are all kept.

Each independent source speaks once a field, with its newest report (`voices`). Then:

type        of the types that at least half as many sources give as the commonest one, the gravest
date        spans of over two days yield to shorter ones and days taken from the report's own date to days in its words;
            then the commonest, then the shortest, then the newest
place       with coordinates before without; the most exact precision; then the one that most sources' places lie
            within reach of; then the smallest radius, then the newest
initiator,  a general code yields to a specific one that it covers and another source names; then every code that at
target      least half of the sources give that give any. Initiators of different sides that no source gives together
            are a dispute: the best backed stays, then the newest
toll        by group and outcome, the range that holds every source's figure; best is the commonest plain count, then
            the newest. "unknown" is left out where other sources tell the group for that outcome
means,      everything that any source tells
other_places
duration,   the commonest, then the newest
claimed_by

Of claims that are as new as each other (reports of one day), those of a source that people rated A or B count as the
newest. A rating comes after everything else, drops no claim and narrows no range, and `reasons` say where it decided.

A claim to which a person preferred another (`Preference`) has no say, except that the range of a toll still holds it.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from seamwatch.geo import distance_km
from seamwatch.merge.claims import days_text, figure_text
from seamwatch.merge.facts import radius_km, sides
from seamwatch.merge.ratings import LEADING
from seamwatch.merge.voices import Said, Voice, age, standing
from seamwatch.model import Count, DateSpan, Figure, Place, Record
from seamwatch.packs import Codes
from seamwatch.place.names import fold

T = TypeVar("T")

UNSPLIT = "unknown"  # the group of a toll that the report does not split
PRECISIONS = ("exact", "near", "district", "governorate", "country", None)
Reasons = list[tuple[str, str]]
BY_RATING = "; of claims equally new, that of a source rated A or B"


@dataclass(frozen=True, slots=True)
class Preference:
    """That a person, in a role, preferred the claim of one draft to that of another."""

    winner: str
    loser: str
    role: str


Preferences = Mapping[str, Sequence[Preference]]  # by field, as claims name them


@dataclass(frozen=True, slots=True)
class _Court:
    """What the voices say on a field, and why a value is preferred."""

    voices: Sequence[Voice]
    codes: Codes
    decided: Preferences
    why: Reasons
    rated: bool  # whether ratings settle ties

    def said(self, field: str, get: Callable[[Record], T | None]) -> list[Said[T]]:
        """What stands on a field, oldest first, without the claims that people set behind others."""
        found = standing(self.voices, get, [(p.winner, p.loser) for p in self.decided.get(field, ())])
        return sorted(found, key=_newness) if self.rated else found

    def because(self, field: str, reason: str) -> None:
        """Say why; a person's part in it too."""
        roles = sorted({p.role for p in self.decided.get(field, ())})
        self.why.append((field, reason + (f"; preferred by {', '.join(roles)}" if roles else "")))


def preferred(
    voices: Sequence[Voice], codes: Codes, decided: Preferences | None = None
) -> tuple[Record, tuple[tuple[str, str], ...]]:
    """The preferred record of one incident's independent sources, and the reason for each field that it fills."""
    record, why = _judged(_Court(voices, codes, decided or {}, [], rated=False))
    if not any(item.reliability in LEADING for voice in voices for item in voice):
        return record, tuple(why)
    heeding, why = _judged(_Court(voices, codes, decided or {}, [], rated=True))
    return heeding, tuple(
        (field, reason + (BY_RATING if _of(heeding, field) != _of(record, field) else "")) for field, reason in why
    )


def _of(record: Record, field: str) -> object:
    """What a record has on a field, as reasons name it."""
    if field.startswith("toll."):
        _, group, outcome = field.split(".")
        return cell(record, group, outcome)
    return getattr(record, "location" if field == "place" else field)


def _judged(court: _Court) -> tuple[Record, Reasons]:
    record = Record(
        type=_type(court),
        date=_date(court),
        location=_place(court),
        initiator=_actors(court, "initiator", lambda r: r.initiator),
        target=_actors(court, "target", lambda r: r.target),
        toll=_toll(court),
        means=_means(court),
        duration_minutes=_commonest(court, "duration_minutes", lambda r: r.duration_minutes),
        claimed_by=_commonest(court, "claimed_by", lambda r: r.claimed_by),
    )
    return _with_other_places(record, court), court.why


def _type(court: _Court) -> str:
    said, types = court.said("type", lambda r: r.type), court.codes.types
    votes = Counter(s.value for s in said)
    most = max(votes.values())
    rank = {code: types[code].rank if code in types else len(types) for code in votes}
    best = min((code for code in votes if 2 * votes[code] >= most), key=lambda code: (rank[code], code))
    gravest = "" if votes[best] == most and len(votes) == 1 else "; the gravest of those well supported"
    court.because("type", _share(votes[best], len(said)) + gravest)
    return best


def _date(court: _Court) -> DateSpan | None:
    said = court.said("date", lambda r: r.date)
    if not said:
        return None
    pool = _narrow(said, lambda s: (s.value.last - s.value.first).days <= 1)
    pool = _narrow(pool, lambda s: s.value.basis == "text")
    votes = Counter((s.value.first, s.value.last) for s in pool)
    best = max(
        enumerate(pool),
        key=lambda at: (
            votes[at[1].value.first, at[1].value.last],
            -(at[1].value.last - at[1].value.first).days,
            at[0],
        ),
    )[1].value
    backing = sum((s.value.first, s.value.last) == (best.first, best.last) for s in said)
    exact = "; the others are less exact" if len(pool) < len(said) else ""
    court.because("date", f"{days_text(best)} from {_share(backing, len(said))}{exact}")
    return best


def _place(court: _Court) -> Place | None:
    said = court.said("place", lambda r: r.location)
    if not said:
        return None

    def rank(at: tuple[int, Said[Place]]) -> tuple[bool, int, int, float, int]:
        place = at[1].value
        backing = sum(within_reach(place, other.value) for other in said)
        return place.lat is None, PRECISIONS.index(place.precision), -backing, radius_km(place), -at[0]

    best = min(enumerate(said), key=rank)[1].value
    backing = sum(within_reach(best, other.value) for other in said)
    exact = f"the most exact ({best.precision or 'precision unknown'})"
    court.because("place", f"{exact}; {_share(backing, len(said))} agree")
    return best


def within_reach(left: Place, right: Place) -> bool:
    """Whether two places may be one: within the sum of their radii, or of one name where coordinates are missing."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return fold(left.name) == fold(right.name)
    return distance_km(left.lat, left.lon, right.lat, right.lon) <= radius_km(left) + radius_km(right)


def refined(said: Iterable[Said[tuple[str, ...]]], codes: Codes) -> list[frozenset[str]]:
    """Sets of actors in which a general code stands for the specific ones that other sources name."""
    sets = [frozenset(s.value) - {"unknown"} for s in said]
    named = frozenset().union(*sets)
    found = []
    for given in sets:
        general = {
            c: codes.actors[c].covers & named for c in given if c in codes.actors and codes.actors[c].covers & named
        }
        specific = frozenset(c for covered in general.values() for c in (covered & given or covered))
        found.append((given - general.keys()) | specific)
    return found


def _actors(court: _Court, field: str, get: Callable[[Record], tuple[str, ...]]) -> tuple[str, ...]:
    codes = court.codes
    sets = [given for given in refined(court.said(field, get), codes) if given]
    if not sets:
        return ()
    votes = Counter(code for given in sets for code in given)
    best_backed: frozenset[str] = max(reversed(sets), key=lambda given: sum(votes[c] for c in given) / len(given))
    kept = {code for code, n in votes.items() if 2 * n >= len(sets)} or set(best_backed)
    disputed = ""
    if field == "initiator" and (rivals := _rivals(kept, sets, codes)):
        latest = {code: max(i for i, given in enumerate(sets) if code in given) for code in kept}
        best = max(sorted(rivals), key=lambda code: (votes[code], latest[code]))
        kept = {code for code in kept if not _apart(code, best, sets, codes)}
        disputed = "; disputed"
    court.because(field, f"{_share(min(votes[c] for c in kept), len(sets))}{disputed}")
    return tuple(sorted(kept))


def _rivals(kept: set[str], sets: Sequence[frozenset[str]], codes: Codes) -> set[str]:
    return {a for a in kept for b in kept if _apart(a, b, sets, codes)}


def _apart(a: str, b: str, sets: Sequence[frozenset[str]], codes: Codes) -> bool:
    """Whether two codes are of different sides and no source gives both."""
    if sides((a,), codes) & sides((b,), codes):
        return False
    return not any(a in given and b in given for given in sets)


def _toll(court: _Court) -> tuple[Count, ...]:
    found, voices = [], court.voices
    for group, outcome in sorted({(c.group, c.outcome) for v in voices for i in v for c in i.record.toll}):
        field, get = f"toll.{group}.{outcome}", functools.partial(cell, group=group, outcome=outcome)
        if group == UNSPLIT and _split_elsewhere(voices, outcome):
            court.because(field, "left out: other sources tell which group")
            continue
        said = standing(voices, get)
        figure = merged_figure([s.value for s in said], [s.value for s in court.said(field, get)])
        found.append(Count(group, outcome, figure))
        spread = "" if len({s.value for s in said}) == 1 else f"; {figure_text(figure)} holds every figure given"
        court.because(field, f"{_sources(len(said))}{spread}")
    return tuple(found)


def cell(record: Record, group: str, outcome: str) -> Figure | None:
    """One cell of a record's toll; where it has two figures, the range of both."""
    figures = [c.figure for c in record.toll if (c.group, c.outcome) == (group, outcome)]
    return functools.reduce(Figure.hull, figures) if figures else None


def merged_figure(figures: Sequence[Figure], preferred_ones: Sequence[Figure] | None = None) -> Figure:
    """The range that holds all figures (oldest first); best is the commonest plain count, then the newest.

    Where people preferred some, the range holds all the same, and best is of those alone.
    """
    hull = functools.reduce(Figure.hull, [*figures, *(preferred_ones or ())])
    counts = [f.low if f.low == f.high else f.best for f in (preferred_ones or figures)]
    plain = [c for c in counts if c is not None]
    votes = Counter(plain)
    best = max(enumerate(plain), key=lambda at: (votes[at[1]], at[0]))[1] if plain else None
    return Figure(hull.low, hull.high, best)


def _split_elsewhere(voices: Sequence[Voice], outcome: str) -> bool:
    """Whether some source tells the group for an outcome, and none gives an unsplit figure beside a split one."""
    latest = [voice[-1].record for voice in voices]
    groups = [{c.group for c in record.toll if c.outcome == outcome} for record in latest]
    both = any(UNSPLIT in g and g - {UNSPLIT, "militants"} for g in groups)
    return not both and any(g - {UNSPLIT, "militants"} for g in groups)


def _means(court: _Court) -> tuple[str, ...]:
    said = court.said("means", lambda r: r.means)
    if said:
        court.because("means", f"all that {_sources(len(said))} told")
    return tuple(sorted({means for s in said for means in s.value}))


def _commonest(court: _Court, field: str, get: Callable[[Record], T | None]) -> T | None:
    said = court.said(field, get)
    if not said:
        return None
    votes = Counter(s.value for s in said)
    best = max(enumerate(said), key=lambda at: (votes[at[1].value], at[0]))[1].value
    court.because(field, _share(votes[best], len(said)))
    return best


def _with_other_places(record: Record, court: _Court) -> Record:
    names: dict[str, str] = {}
    told = court.said("other_places", lambda r: r.other_places)
    for said in sorted(told, key=lambda s: age(s.item)):
        for name in said.value:
            names.setdefault(fold(name), name)
    if record.location:
        names.pop(fold(record.location.name), None)
    return replace(record, other_places=tuple(names[key] for key in sorted(names)))


def _narrow(said: list[Said[T]], keep: Callable[[Said[T]], bool]) -> list[Said[T]]:
    return [s for s in said if keep(s)] or said


def _newness(said: Said[T]) -> tuple[date, bool, str]:
    """Oldest first; of one day, sources rated A or B last."""
    day, key = age(said.item)
    return day, said.item.reliability in LEADING, key


def _share(backing: int, of: int) -> str:
    if of == 1:
        return "one source"
    return f"all {of} sources" if backing == of else f"{backing} of {of} sources"


def _sources(n: int) -> str:
    return "one source" if n == 1 else f"{n} sources"
