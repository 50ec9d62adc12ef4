"""A law of the node: however entries came, its incidents are those of merging all its drafts from scratch."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.ledger import (
    NewEntry,
    Node,
    Rating,
    Ruling,
    bring_up_to_date,
    coding_entry,
    decided,
    rating_entry,
    report_entry,
    ruling_entry,
    verify,
)
from seamwatch.ledger import merged as merged_module
from seamwatch.merge import items_of, merge
from seamwatch.model import Claim, Coding, Count, DateSpan, Draft, Figure, Place, Report, Span, make_report
from seamwatch.packs import load_pack

CODES = load_pack().codes
TEXT = "Gunmen stormed a post at the ford. Hours later a bomb hit a convoy near the mill."
REPORTS = [
    make_report(f"Attack {n}", TEXT + f" {n}" * n, source=f"desk {n % 3}", day=date(2022, 5, 3)) for n in range(5)
]
KEYS = [f"{report.id}#{k}" for report in REPORTS for k in range(2)]


def words(quote: str) -> tuple[Span, ...]:
    return (Span("text", TEXT.index(quote), TEXT.index(quote) + len(quote), quote),)


@st.composite
def codings(draw) -> Coding:
    report, drafts = draw(st.sampled_from(REPORTS)), []
    for k in range(draw(st.integers(0, 2))):
        quote = draw(st.sampled_from(("stormed a post", "bomb hit a convoy", "Hours later")))
        day = date(2022, 5, 1) + timedelta(draw(st.integers(0, 3)))
        lat = draw(st.sampled_from((35.0, 35.03, 35.6)))
        place = draw(st.sampled_from((None, Place("Ford", "resolved", lat, 44.4, 5.0, "exact"))))
        drafts.append(
            Draft(
                *(report.id, k, Claim(draw(st.sampled_from(("armed_clash", "explosion"))), words(quote))),
                date=draw(st.sampled_from((None, Claim(DateSpan(day, day), words("Hours later"))))),
                toll=(Claim(Count("forces", "killed", Figure.exactly(draw(st.integers(1, 3)))), words(quote)),),
                location=place,
            )
        )
    return Coding(report.id, f"rules {draw(st.integers(1, 3))}", tuple(drafts))


ratings = st.builds(
    lambda n, grade: Rating("rate_source", f"desk {n}", grade, "analyst"), st.integers(0, 2), st.sampled_from("ABCDEF")
) | st.builds(
    lambda of, grade: Rating("rate_report", of.id, grade, "analyst"),
    st.sampled_from(REPORTS),
    st.sampled_from("123456"),
)


def entry(one: Coding | Ruling | Rating) -> NewEntry:
    if isinstance(one, Rating):
        return rating_entry(one)
    return coding_entry(one) if isinstance(one, Coding) else ruling_entry(one)


@st.composite
def rulings(draw) -> Ruling:
    left, right = draw(st.permutations(KEYS))[:2]
    kind = draw(st.sampled_from(("same", "not_same", "prefer", "reject", "recode", "undo")))
    if kind == "undo":
        return Ruling("undo", role="analyst", undoes=draw(st.integers(1, 12)))
    if kind in ("reject", "recode"):
        field, value = ("date", "2022-05-02") if kind == "recode" else ("", "")
        return Ruling(kind, left, role="analyst", field=field, value=value)
    return Ruling(kind, left, right, "analyst", "toll.forces.killed" if kind == "prefer" else "")


@contextmanager
def a_node() -> Iterator[Node]:
    with tempfile.TemporaryDirectory() as folder, Node.open(Path(folder) / "n.sqlite") as node:
        node._db.execute("PRAGMA synchronous = OFF")
        yield node


def from_scratch(node: Node):
    decisions = [d.decision for d in decided(node) if d.decision]
    found = merge(items_of(node.codings(), node.reports()), CODES, decisions=decisions)
    return sorted(found, key=lambda incident: incident.id)


@given(st.lists(codings() | rulings() | ratings, max_size=10), st.data())
@settings(max_examples=80, deadline=None)
def test_however_entries_came_the_incidents_are_those_of_merging_from_scratch(new, data) -> None:
    with a_node() as node:
        node.append([report_entry(report) for report in REPORTS])
        for one in new:
            node.append([entry(one)])
            if data.draw(st.booleans()):
                bring_up_to_date(node, CODES)
                assert sorted(node.incidents(), key=lambda incident: incident.id) == from_scratch(node)
        bring_up_to_date(node, CODES)
        assert sorted(node.incidents(), key=lambda incident: incident.id) == from_scratch(node)
        head = node.head()
        assert not bring_up_to_date(node, CODES) and node.head() == head, "again changes nothing"
        assert verify(node.path).faults == ()


def test_a_later_report_is_merged_without_reading_the_others(monkeypatch) -> None:
    far = [make_report(f"Far {n}", TEXT, source="desk", day=date(2020, 1, 1) + timedelta(20 * n)) for n in range(30)]

    def told(report: Report, lat: float) -> Coding:
        assert report.day is not None
        when, where = Claim(DateSpan(report.day, report.day), ()), Place("Ford", "resolved", lat, 44.4, 5.0, "exact")
        return Coding(report.id, "rules", (Draft(report.id, 0, Claim("explosion", ()), date=when, location=where),))

    with a_node() as node:
        node.append([entry for r in far for entry in (report_entry(r), coding_entry(told(r, 35.0)))])
        bring_up_to_date(node, CODES)
        late = make_report("Late", TEXT, source="other", day=far[7].day)
        node.append([report_entry(late), coding_entry(told(late, 35.01))])
        read: list[str] = []
        ask = Node.reports

        def counted(self: Node, ids=None):
            found = ask(self, ids)
            read.extend(report.id for report in found)
            return found

        monkeypatch.setattr(Node, "reports", counted)
        monkeypatch.setattr(merged_module, "_all", lambda *_: 1 / 0)
        bring_up_to_date(node, CODES)
        assert sorted(set(read)) == sorted([late.id, far[7].id])
        assert len(node.incidents()) == 30 and node.incidents_of(late.id) == node.incidents_of(far[7].id)


def test_another_set_of_codes_merges_from_scratch() -> None:
    from dataclasses import replace

    with a_node() as node:
        node.append([report_entry(REPORTS[0])])
        assert bring_up_to_date(node, CODES) and not bring_up_to_date(node, CODES)
        assert bring_up_to_date(node, replace(CODES, means={}))
        node.put_incidents([])
        assert bring_up_to_date(node, CODES), "incidents that others put are not built upon"


@given(st.lists(codings(), min_size=1, max_size=6), st.lists(ratings, min_size=1, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_undoing_every_rating_restores_what_was(coded, rated, data) -> None:
    with a_node() as node:
        node.append([report_entry(report) for report in REPORTS])
        node.append([entry(one) for one in coded])
        bring_up_to_date(node, CODES)
        before = node.incidents()
        numbers = [new.n for new in node.append([entry(one) for one in rated])]
        bring_up_to_date(node, CODES)
        for n in data.draw(st.permutations(numbers)):
            node.append([ruling_entry(Ruling("undo", role="analyst", undoes=n))])
            if data.draw(st.booleans()):
                bring_up_to_date(node, CODES)
        bring_up_to_date(node, CODES)
        assert node.incidents() == before
