"""Who may see a record: one rule, from which both the decision and the SQL filter come.

A record has marks: partners' root keys (hex), JOINT, PUBLIC. A viewer has scopes: the marks under which it may look. It
sees a record if the two meet. No marks means nobody but the owner; a mark that is not known is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from seamwatch.errors import ReleaseRefused
from seamwatch.ledger.certificate import PUBLIC as KEY

JOINT, PUBLIC = "joint", "public"
TLP = ("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR")


@dataclass(frozen=True, slots=True)
class Audience:
    """The marks of a record, an empty set for the owner alone. Raises ReleaseRefused on a mark that is not known."""

    marks: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for mark in self.marks:
            if mark not in (JOINT, PUBLIC) and not (isinstance(mark, str) and KEY.fullmatch(mark)):
                rule = "a partner's root key, joint or public"
                raise ReleaseRefused(f"got {mark!r}", where="audience", rule=rule)

    @classmethod
    def of(cls, marks: Iterable[str]) -> Self:
        """The widest form is kept plain: who is public is not joint or named as well."""
        found = frozenset(marks)
        return cls(frozenset({PUBLIC}) if PUBLIC in found else found)

    def admits(self, viewer: Viewer) -> bool:
        """The rule."""
        return viewer.owner or bool(self.marks & viewer.scopes)

    def narrowed(self, other: Audience, joint: Iterable[str]) -> Audience:
        """Those whom both admit; ``joint`` are the members of the joint centre now."""
        members = frozenset(joint)
        if PUBLIC in self.marks:
            return other
        if PUBLIC in other.marks:
            return self
        both = self._spelt_out(members) & other._spelt_out(members)
        if JOINT in self.marks and JOINT in other.marks:
            return Audience((both - members) | {JOINT})
        return Audience(both)

    def _spelt_out(self, members: frozenset[str]) -> frozenset[str]:
        return (self.marks - {JOINT}) | members if JOINT in self.marks else self.marks


OWN = Audience()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: an organisation's root key (hex), or nobody in particular (""); ``member`` of the joint centre."""

    org: str = ""
    member: bool = False
    owner: bool = False

    @property
    def scopes(self) -> frozenset[str]:
        """The marks under which it may look."""
        named = {self.org} if self.org else set()
        return frozenset(named | ({JOINT} if self.org and self.member else set()) | {PUBLIC})

    def sql(self, column: str) -> tuple[str, tuple[str, ...]]:
        """The same rule as a condition on an entry's number in ``column``, over the table `audiences`."""
        if self.owner:
            return "1", ()
        marks = tuple(sorted(self.scopes))
        signs = ", ".join("?" * len(marks))
        return f"EXISTS (SELECT 1 FROM audiences a WHERE a.n = {column} AND a.who IN ({signs}))", marks  # noqa: S608


def narrowest(parts: Iterable[Audience], joint: Iterable[str]) -> Audience:
    """The audience of what was derived from parts: those whom every part admits; the owner alone without parts."""
    members = frozenset(joint)
    found: Audience | None = None
    for part in parts:
        found = part if found is None else found.narrowed(part, members)
    return found or OWN


def from_tlp(label: str, partners: Iterable[str] = ()) -> Audience:
    """The audience that a label of TLP 2.0 stands for. RED and AMBER are for those named, and nobody without a name."""
    named = Audience.of(partners)
    match label.strip().upper():
        case "TLP:CLEAR":
            return Audience(frozenset({PUBLIC}))
        case "TLP:GREEN":
            return Audience(frozenset({JOINT}))
        case "TLP:RED" | "TLP:AMBER" | "TLP:AMBER+STRICT":
            if named.marks & {JOINT, PUBLIC}:
                raise ReleaseRefused(f"got {label} for joint or public", where="audience", rule="it names partners")
            return named
        case _:
            raise ReleaseRefused(f"got {label!r}", where="audience", rule=f"one of {', '.join(TLP)}")
