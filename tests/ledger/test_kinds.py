"""Kinds and their schemas: there and back, refused where broken, carried where unknown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ledger_story import coding, report

from seamwatch.errors import LedgerError, ModelError
from seamwatch.ledger import (
    BriefMade,
    ImportMade,
    NewEntry,
    Ruling,
    brief_entry,
    coding_entry,
    import_entry,
    report_entry,
    ruling_entry,
)
from seamwatch.ledger.kinds import check, read

R = report()


def test_there_and_back() -> None:
    ruling = Ruling("prefer", "r1#0", "r2#0", "duty officer", "toll.forces.killed", "the hospital's own figure")
    made = BriefMade(7, "ab" * 32, datetime(2022, 6, 1, tzinfo=UTC), {"i1": {"toll": "00", "place": "11"}})
    look = ImportMade("inbox", 7, 2, ("broken.pdf: cannot be read",))
    pairs = [
        (report_entry(R), R),
        (coding_entry(coding(R)), coding(R)),
        (ruling_entry(ruling), ruling),
        (brief_entry(made), made),
        (import_entry(look), look),
    ]
    for new, value in pairs:
        check(new)
        assert read(new.kind, new.body) == value


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewEntry("report", R.id, {"schema": 1, "report": {"id": R.id}}), "title"),
        (NewEntry("report", R.id, {"report": {}}), "schema None"),
        (NewEntry("report", R.id, {"schema": True}), "schema True"),
        (NewEntry("report", "other", report_entry(R).body), "subject is its id"),
        (NewEntry("coding", "other", coding_entry(coding(R)).body), "subject is its report_id"),
        (NewEntry("coding", R.id, {"schema": 1, "coding": {"report_id": R.id, "coder": 3}}), "coding"),
        (NewEntry("decision", "d", {"schema": 1, "decision": {"kind": "merge"}}), "decision"),
        (NewEntry("brief", "en", {"schema": 1, "brief": {"head_n": "x"}}), "brief"),
        (NewEntry("import", "inbox", {"schema": 1, "import": {"source": "inbox"}}), "import"),
    ],
)
def test_a_known_kind_that_breaks_its_schema_is_refused(new: NewEntry, words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        check(new)


def test_two_drafts_with_one_number_or_of_another_report_are_refused() -> None:
    good = coding(R, drafts=2)
    for drafts in ((good.drafts[0], good.drafts[0]), (replace(good.drafts[0], report_id="other"),)):
        with pytest.raises(LedgerError, match="own number"):
            check(coding_entry(replace(good, drafts=drafts)))


def test_unknown_kinds_and_later_schemas_are_carried() -> None:
    for new in (NewEntry("gauge", "x", {"level": 3}), NewEntry("report", "x", {"schema": 9, "sealed": "…"})):
        check(new)
        assert read(new.kind, new.body) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"left": "r1"},
        {"right": "r1#0"},
        {"role": " "},
        {"role": "x" * 81},
        {"field": "type"},
        {"kind": "prefer"},
        {"reason": "x" * 501},
        {"value": "3"},
        {"undoes": 3},
        {"kind": "reject"},
        {"kind": "recode", "right": ""},
        {"kind": "undo"},
        {"kind": "undo", "left": "", "right": ""},
        {"kind": "undo", "left": "", "right": "", "undoes": 0},
    ],
)
def test_a_ruling_has_a_shape(broken: dict[str, str]) -> None:
    good = {"kind": "same", "left": "r1#0", "right": "r2#0", "role": "duty officer"}
    assert Ruling(**good)  # type: ignore[arg-type]
    with pytest.raises(ModelError):
        Ruling(**(good | broken))  # type: ignore[arg-type]
