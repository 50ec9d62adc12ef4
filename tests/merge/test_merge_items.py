"""Codings and reports -> items."""

from datetime import date

import pytest

from seamwatch.errors import ModelError
from seamwatch.merge import items_of
from seamwatch.model import Claim, Coding, Draft, PlaceMention, Span, make_report

WORDS = (Span("text", 0, 4, "They"),)
REPORT = make_report("Clash", "They clashed at Hill Nine.", source="A", day=date(2020, 5, 2), lang="en")
DRAFT = Draft(REPORT.id, 0, Claim("armed_clash", WORDS), place=Claim(PlaceMention("Hill Nine"), WORDS))


def test_an_item_knows_its_report():
    (item,) = items_of([Coding(REPORT.id, "rules", (DRAFT,))], [REPORT])
    assert (item.key, item.report_id, item.source, item.day, item.lang) == (DRAFT.key, REPORT.id, "A", REPORT.day, "en")
    assert item.sketch and item.draft is DRAFT


def test_a_place_that_was_not_looked_up_keeps_its_name():
    (item,) = items_of([Coding(REPORT.id, "rules", (DRAFT,))], [REPORT])
    assert item.record.location and (item.record.location.name, item.record.location.status) == ("Hill Nine", "unknown")


def test_a_coding_without_its_report_is_an_error():
    with pytest.raises(ModelError, match="its report is missing"):
        items_of([Coding("elsewhere", "rules", (DRAFT,))], [REPORT])


def test_no_drafts_no_items():
    assert items_of([Coding(REPORT.id, "rules")], [REPORT]) == ()
