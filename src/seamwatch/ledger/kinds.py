"""The kinds of entry and their versioned schemas.

A body says its own ``schema`` number. A schema once written is readable for ever: a new shape is a new number with its
own line in `READERS`, never a change of an old one. New fields need a default in the model. A kind or number that this
program does not know is carried in the chain, not dropped, and left out of the views.

- ``report``: ``{"schema": 1, "report": Report}``; subject is the report's id.
- ``coding``: ``{"schema": 1, "coding": Coding}``; subject is the report's id. The coder's name holds its version.
- ``decision``: ``{"schema": 1, "decision": Ruling}`` for same, not_same and prefer, schema 2 for the other kinds;
  subject is the draft or drafts, or the entry that is undone. Schema 3 is ``{"schema": 3, "decision": Rating}``;
  subject is the source or the report's id.
- ``brief``: ``{"schema": 1, "brief": BriefMade}``; subject is the entry it was made on.
- ``import``: ``{"schema": 1, "import": ImportMade}``; subject is the source's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from seamwatch import wire
from seamwatch.errors import LedgerError, ModelError
from seamwatch.ledger.entry import Entry, NewEntry
from seamwatch.merge import GRADES
from seamwatch.model import Coding, Report, report_of

DRAFT_KEY = re.compile(r"\S+#\d+")
RulingKind = Literal["same", "not_same", "prefer", "reject", "recode", "undo"]
_OF_TWO = ("same", "not_same", "prefer")  # all that schema 1 has


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about drafts (``report#k``), by the role that person acted in.

    ``same`` and ``not_same`` say whether two tell of one incident. ``prefer`` says that on ``field`` the claim of
    ``left`` is preferred to that of ``right``. ``reject`` says that ``left`` is no incident, ``recode`` that its report
    gives ``value`` on ``field`` (in the words of `seamwatch.merge.recode`). ``undo`` takes back the decision of entry
    ``undoes``, which may be an undoing itself. Of two rulings on one matter the later holds; the earlier stays on
    record, and holds again when the later is undone.
    """

    kind: RulingKind
    left: str = ""
    right: str = ""
    role: str = ""
    field: str = ""
    reason: str = ""
    value: str = ""
    undoes: int | None = None

    def __post_init__(self) -> None:
        where = f"decision on {self.left} and {self.right}" if self.right else f"decision on {self.left or self.undoes}"
        rule, wanted = (
            "two different drafts, each report#k",
            2 if self.kind in _OF_TWO else 0 if self.kind == "undo" else 1,
        )
        if wanted < 2:
            rule = "one draft, report#k" if wanted else "an entry's number and no draft"
        keys = [key for key in (self.left, self.right) if key]
        if len(set(keys)) != wanted or (wanted == 1 and self.right) or not all(map(DRAFT_KEY.fullmatch, keys)):
            raise ModelError(f"got {self.left!r}, {self.right!r}", where=where, rule=rule)
        if (self.kind == "undo") != (self.undoes is not None) or (self.undoes is not None and self.undoes < 1):
            raise ModelError(f"got entry {self.undoes}", where=where, rule="undo, and only undo, names an entry")
        if not 0 < len(self.role.strip()) <= 80:
            raise ModelError(f"got role {self.role!r}", where=where, rule="the role that decided, never a name")
        if (self.kind in ("prefer", "recode")) != bool(self.field) or len(self.field) > 80:
            raise ModelError(
                f"got field {self.field!r}", where=where, rule="prefer and recode, and only they, name one"
            )
        if (self.value and self.kind != "recode") or len(self.value) > 500:
            raise ModelError(
                f"got value {self.value!r}", where=where, rule="only recode has one, of at most 500 letters"
            )
        if len(self.reason) > 500:
            raise ModelError(f"got {len(self.reason)} letters", where=where, rule="a reason has at most 500")


@dataclass(frozen=True, slots=True)
class Rating:
    """How reliable a source is (A to F), or how credible a report's information (1 to 6), as a person rated it.

    ``about`` is the source's name or the report's id, ``role`` the role that rated. A source is an outlet or an
    organisation, never a private person. Of two ratings of one source or report the later holds; an undoing (`Ruling`)
    takes one back.
    """

    kind: Literal["rate_source", "rate_report"]
    about: str
    grade: str
    role: str
    reason: str = ""

    def __post_init__(self) -> None:
        where, grades = f"{self.kind} of {self.about[:80]}", GRADES[self.kind]
        if not 0 < len(self.about.strip()) <= 500:
            raise ModelError(f"got {self.about[:80]!r}", where=where, rule="a source's name, or a report's id")
        if self.grade not in grades:
            rule = "; ".join(f"{grade} {words}" for grade, words in grades.items())
            raise ModelError(f"got {self.grade!r}", where=where, rule=rule)
        if not 0 < len(self.role.strip()) <= 80:
            raise ModelError(f"got role {self.role!r}", where=where, rule="the role that rated, never a name")
        if len(self.reason) > 500:
            raise ModelError(f"got {len(self.reason)} letters", where=where, rule="a reason has at most 500")


@dataclass(frozen=True, slots=True)
class BriefMade:
    """That a brief was made: on which head, when, and what it knew: incident id -> part of it -> content hash."""

    head_n: int
    head_hash: str
    as_of: datetime
    incidents: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class ImportMade:
    """What one look at a source gave: reports read, how many of them the node had, and a line for each error."""

    source: str
    read: int
    repeated: int
    errors: tuple[str, ...] = ()


def report_entry(report: Report) -> NewEntry:
    """The entry that records a report."""
    return NewEntry("report", report.id, {"schema": 1, "report": wire.dump(report)})


def coding_entry(coding: Coding) -> NewEntry:
    """The entry that records what a coder made of a report."""
    return NewEntry("coding", coding.report_id, {"schema": 1, "coding": wire.dump(coding)})


def ruling_entry(ruling: Ruling) -> NewEntry:
    """The entry that records a person's decision."""
    body = wire.dump(ruling)
    if ruling.kind in _OF_TWO:  # in the first schema, as older programs read it
        body = {name: body[name] for name in ("kind", "left", "right", "role", "field", "reason")}
        return NewEntry("decision", f"{ruling.left} {ruling.right}", {"schema": 1, "decision": body})
    subject = f"entry {ruling.undoes}" if ruling.kind == "undo" else ruling.left
    return NewEntry("decision", subject, {"schema": 2, "decision": body})


def rating_entry(rating: Rating) -> NewEntry:
    """The entry that records a person's rating."""
    return NewEntry("decision", rating.about[:200], {"schema": 3, "decision": wire.dump(rating)})


def brief_entry(made: BriefMade) -> NewEntry:
    """The entry that records that a brief was made, so that the next one can say what changed."""
    return NewEntry("brief", f"entry {made.head_n}", {"schema": 1, "brief": wire.dump(made)})


def import_entry(made: ImportMade) -> NewEntry:
    """The entry that records a look at a source, so that a brief can say what was not read."""
    return NewEntry("import", made.source[:200] or "source", {"schema": 1, "import": wire.dump(made)})


def _coding(coding: Coding) -> Coding:
    keys = [draft.key for draft in coding.drafts]
    foreign = [key for key in keys if report_of(key) != coding.report_id]
    if foreign or len(set(keys)) < len(keys):
        rule = "each draft is of the coding's report and has its own number"
        raise ModelError(f"got {', '.join(keys)}", where=f"coding of {coding.report_id}", rule=rule)
    return coding


Value = Report | Coding | Ruling | Rating | BriefMade | ImportMade
Reader = Callable[[Mapping[str, Any], str], object]

READERS: dict[tuple[str, int], Reader] = {
    ("report", 1): lambda body, where: wire.load(Report, body.get("report"), where=where),
    ("coding", 1): lambda body, where: _coding(wire.load(Coding, body.get("coding"), where=where)),
    ("decision", 1): lambda body, where: wire.load(Ruling, body.get("decision"), where=where),
    ("decision", 2): lambda body, where: wire.load(Ruling, body.get("decision"), where=where),
    ("decision", 3): lambda body, where: wire.load(Rating, body.get("decision"), where=where),
    ("brief", 1): lambda body, where: wire.load(BriefMade, body.get("brief"), where=where),
    ("import", 1): lambda body, where: wire.load(ImportMade, body.get("import"), where=where),
}
KINDS = tuple(dict.fromkeys(kind for kind, _ in READERS))


def read(kind: str, body: Mapping[str, Any], *, where: str = "entry") -> Value | None:
    """The value that a body records, or None for a kind or schema that this program does not know.

    Raises LedgerError on a known schema whose value breaks the model.
    """
    schema = body.get("schema")
    if kind not in KINDS:
        return None
    if type(schema) is not int or schema < 1:
        raise LedgerError(f"got schema {schema!r}", where=where, rule=f"a {kind} says its schema number, from 1")
    reader = READERS.get((kind, schema))
    if reader is None:
        return None
    try:
        value = reader(body, where)
    except ModelError as error:
        raise LedgerError(error.what, where=where, rule=error.rule or f"schema {schema} of {kind}") from error
    assert isinstance(value, Value)  # noqa: S101  (READERS makes no other)
    return value


def value_of(entry: Entry) -> Value | None:
    """What an entry records, as the model's type; None for what this program does not know."""
    return read(entry.kind, entry.body, where=f"entry {entry.n} ({entry.kind} {entry.subject})")


def check(new: NewEntry) -> Value | None:
    """The value of a new entry, None for a kind or schema that this program does not know.

    Raises LedgerError on a known kind that breaks its schema or is not about its subject.
    """
    where = f"{new.kind} {new.subject}"[:120]
    value = read(new.kind, new.body, where=where)
    about = {Report: "id", Coding: "report_id"}.get(type(value))
    if about and getattr(value, about) != new.subject:
        raise LedgerError(f"is about {getattr(value, about)!r}", where=where, rule=f"the subject is its {about}")
    return value
