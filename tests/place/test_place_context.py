"""What a report says of where it is."""

from __future__ import annotations

from seamwatch.model import Span, make_report
from seamwatch.place import Gazetteer, context_of


def test_units_named_count_once_a_name(realm: Gazetteer) -> None:
    report = make_report("Boro quiet", "Men met in Boro. Again in Boro, then in Alma and Cala. Nord was calm.")
    context = context_of(report, realm)
    assert context.governorates == {"Nord": 1.0, "Sued": 1 / 3}
    assert context.districts[("Sued", "Cala")] == 1.0
    assert context.main_unit() == (None, None)


def test_the_mentions_own_sentence_counts_most(realm: Gazetteer) -> None:
    text = "A post in Lindar was hit, near Cala. Boro and Alma were calm."
    start = text.index("Lindar")
    context = context_of(make_report("", text), realm, (Span("text", start, start + 6, "Lindar"),))
    assert context.governorates["Sued"] == 1.0 > context.governorates["Nord"]
    assert {e.id for e in context.nearby} == {"cala"}


def test_a_name_is_no_evidence_of_itself(realm: Gazetteer) -> None:
    context = context_of(make_report("", "Boro fell."), realm, (Span("text", 0, 4, "Boro"),))
    assert context.governorates == {}


def test_names_of_several_words_and_arabic_prefixes(iraq: Gazetteer) -> None:
    report = make_report("", "Shots near Tuz Khurmatu. هجوم بكركوك ومخمور")
    named = {e.id for e in context_of(report, iraq).places}
    assert {"tuz-khurmatu", "kirkuk-city", "makhmour"} <= named


def test_countries_are_named_too(realm: Gazetteer) -> None:
    assert context_of(make_report("", "In Portugal and the United States."), realm).countries == {"PT", "US"}


def test_lower_case_words_and_short_ones_are_not_names(realm: Gazetteer) -> None:
    assert context_of(make_report("", "the alma mater of boro"), realm).places == ()


def test_one_unit_is_the_main_one(realm: Gazetteer) -> None:
    assert context_of(make_report("", "In Cala."), realm).main_unit() == ("Sued", "Cala")
