"""Whole codings: each draft placed with what its report says."""

from __future__ import annotations

import pytest

from seamwatch.model import Claim, Coding, Draft, PlaceMention, Report, Span, make_report
from seamwatch.place import Gazetteer, place_coding, unknown_names


def coded(text: str, *names: str, title: str = "") -> tuple[Coding, Report]:
    """A coding with one draft for each name, on the name's first words in the text."""
    report = make_report(title, text)
    drafts = []
    for index, name in enumerate(names):
        start = text.index(name)
        spans = (Span("text", start, start + len(name), name),)
        drafts.append(Draft(report.id, index, Claim("explosion", ()), place=Claim(PlaceMention(name), spans)))
    return Coding(report.id, "test", tuple(drafts)), report


def placed(gazetteer: Gazetteer, text: str, *names: str) -> list[str | None]:
    coding, report = coded(text, *names)
    return [d.location.gazetteer_id if d.location else None for d in place_coding(coding, report, gazetteer).drafts]


def test_each_draft_is_placed_and_nothing_else_changes(realm: Gazetteer) -> None:
    coding, report = coded("A bomb in Alma, another in Cala.", "Alma", "Cala")
    done = place_coding(coding, report, realm)
    assert [d.location.lat if d.location else None for d in done.drafts] == [35.0, 33.1]
    assert [d.place for d in done.drafts] == [d.place for d in coding.drafts]
    assert place_coding(done, report, realm) == done


def test_a_draft_without_place_stays_so(realm: Gazetteer) -> None:
    report = make_report("", "A bomb.")
    coding = Coding(report.id, "test", (Draft(report.id, 0, Claim("explosion", ())),))
    assert place_coding(coding, report, realm) is coding


def test_homonyms_in_one_report_go_by_their_own_sentence(realm: Gazetteer) -> None:
    text = "In Alma district a bomb hit Lindar. Far south, men shot at Lindar, a village near Cala."
    coding, report = coded(text, "Lindar")
    start = text.rindex("Lindar")
    second = Draft(
        report.id,
        1,
        Claim("explosion", ()),
        place=Claim(PlaceMention("Lindar"), (Span("text", start, start + 6, "Lindar"),)),
    )
    both = Coding(report.id, "test", (*coding.drafts, second))
    found = [d.location.gazetteer_id for d in place_coding(both, report, realm).drafts if d.location]
    assert found == ["hamlet-alma", "hamlet-cala"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Police in Nord province said so.", "Nord", "nord-governorate"),
        ("Police in Nord city said so.", "Nord", "nord-city"),
        ("Police in the city of Nord said so.", "Nord", "nord-city"),
        ("Men fled Alma, a district of Nord.", "Alma", "alma-district"),
        ("Men fled Alma. The Alma district is calm.", "Alma", "alma-district"),
        ("Men fled Alma. Boro district is calm.", "Alma", "alma"),
        ("هجوم في مدينة نورد أمس", "نورد", "nord-city"),
        ("هجوم في محافظة نورد أمس", "نورد", "nord-governorate"),
        ("هجوم في علما محافظة نورد أمس", "علما", "alma"),
    ],
)
def test_the_word_beside_the_name_counts(realm: Gazetteer, text: str, name: str, expected: str) -> None:
    assert placed(realm, text, name) == [expected]


def test_unknown_names_are_counted(realm: Gazetteer) -> None:
    texts = ["A bomb in Quintana and Alma.", "Again Quintana.", "Shots at Lindar."]
    names = [("Quintana", "Alma"), ("Quintana",), ("Lindar",)]
    done = []
    for text, some in zip(texts, names, strict=True):
        coding, report = coded(text, *some)
        done.append(place_coding(coding, report, realm))
    assert unknown_names(done) == {"Quintana": 2, "Lindar": 1}
