"""What a person at the desk does with a node: see what is worth a look, decide, and see what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from seamwatch.errors import ConfigError
from seamwatch.ledger import Node, Rating, Ruling, decide, decided
from seamwatch.merge import Doubt, Look, check_recode, doubts, queue, value_text
from seamwatch.model import Incident, report_of
from seamwatch.packs import Pack
from seamwatch.pipeline import merge_node
from seamwatch.wire import record_of

TAKES = dict.fromkeys(("same", "not-same", "prefer"), (2, "two drafts"))
TAKES |= dict.fromkeys(("reject", "recode", "right"), (1, "a draft")) | {"undo": (1, "an entry")}
TAKES |= {"rate-source": (2, "a source's name and A to F"), "rate-report": (2, "a report's id and 1 to 6")}


def review(node: Node, *, since: date | None = None, until: date | None = None) -> tuple[Look, ...]:
    """What of a node's incidents (or of those between two days) is worth a look, the most consequential first.

    Incidents are taken as they were last merged.
    """
    with node.snapshot():
        incidents = node.incidents(since=since, until=until)
        decisions = [d.decision for d in decided(node) if d.decision]
        home = {key: incident.members for incident in incidents for key in incident.members}
        found: list[Doubt] = []
        for facts in node.shelf().neighbourhoods(home):
            groups = {home[key] for key in facts if key in home}
            if strangers := facts.keys() - home.keys():  # of incidents outside the window
                groups |= node.groups(strangers).keys()
            found += doubts(facts, groups, decisions)
    return queue(incidents, found, decisions)


def enter_decision(
    node: Node,
    pack: Pack,
    what: str,
    about: Sequence[str],
    *,
    role: str,
    field: str = "",
    value: str = "",
    reason: str = "",
) -> tuple[int, tuple[Incident, ...]]:
    """Enter a decision (``what`` is a key of `TAKES`), merge, and return its entry and the incidents it is about.

    ``about`` are drafts; for undo the number of an entry; where it rates, the source's name or the report's id, and the
    grade. "right" says that a field's value is right as coded, which is entered as a re-coding to that value.

    Raises ConfigError, ModelError or LedgerError where it cannot be.
    """
    how_many, takes = TAKES[what]
    if len(about) != how_many:
        raise ConfigError(f"got {len(about)}", where="decide", rule=f"{what} takes {takes}")
    left, right = (*about, "")[:2]
    ruling: Ruling | Rating
    if what == "rate-source":
        ruling = Rating("rate_source", left, right.upper(), role, reason)
    elif what == "rate-report":
        ruling = Rating("rate_report", left, right, role, reason)
    elif what == "undo":
        if not left.isdecimal():
            raise ConfigError(f"got {left!r}", where="decide undo", rule="an entry's number")
        ruling = Ruling("undo", role=role, reason=reason, undoes=int(left))
    elif what in ("recode", "right"):
        value = value if what == "recode" else value_text(record_of(node.draft(left)), field)
        check_recode(field, value, pack.codes)
        ruling = Ruling("recode", left, role=role, field=field, reason=reason, value=value)
    elif what == "reject":
        ruling = Ruling("reject", left, role=role, reason=reason)
    elif what == "prefer":
        ruling = Ruling("prefer", left, right, role, field, reason)
    else:
        ruling = Ruling("same" if what == "same" else "not_same", left, right, role, "", reason)
    n = decide(node, ruling)
    merge_node(node, pack)
    ids = dict.fromkeys(i for report in sorted(_reports(node, ruling)) for i in node.incidents_of(report))
    return n, tuple(node.incident(i) for i in ids)


def _reports(node: Node, ruling: Ruling | Rating) -> set[str]:
    """The reports that a decision is about; for an undoing those of what it undoes."""
    if isinstance(ruling, Ruling) and ruling.undoes is not None:
        undone = dict(node.numbered_rulings()).get(ruling.undoes) or dict(node.numbered_ratings()).get(ruling.undoes)
        ruling = undone or ruling
    if isinstance(ruling, Rating):
        return {ruling.about} if ruling.kind == "rate_report" else set(node.reports_from(ruling.about))
    return {report_of(key) for key in (ruling.left, ruling.right) if key}
