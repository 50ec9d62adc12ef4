"""Whatever a model answers, only values with the report's own words get through."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code.llm.answer import find_quote, sift
from seamwatch.code.llm.form import messages, schema
from seamwatch.code.reading import read
from seamwatch.model import DateSpan, Figure, make_report
from seamwatch.packs import load_pack

PACK = load_pack()
REPORT = make_report(
    "Post attacked near Daquq",
    "Gunmen of the Islamic State attacked an army post near Daquq on Monday night, killing two soldiers\nand "
    "wounding at least three. The governor of Kirkuk warned of more attacks.",
    day=date(2021, 5, 4),
)


def value(code: str, quote: str) -> dict[str, Any]:
    return {"value": code, "quote": quote}


GOOD: dict[str, Any] = {
    "incidents": [
        {
            "type": value("armed_clash", "attacked an army post"),
            "date": {"first": "2021-05-03", "last": "2021-05-04", "quote": "Monday night"},
            "place": {"name": "Daquq", "relation": "near", "to": None, "within": ["Kirkuk"], "quote": "near Daquq"},
            "initiator": [value("isis", "Islamic State")],
            "target": [value("iraqi_army", "army post")],
            "toll": [
                {"group": "forces", "outcome": "killed", "low": 2, "high": 2, "quote": "two soldiers and wounding"},
                {"group": "forces", "outcome": "wounded", "low": 3, "high": None, "quote": "at least three"},
            ],
            "means": [],
            "duration_minutes": None,
            "claimed_by": None,
        }
    ],
    "statements": [{"kind": "warning", "quote": "The governor of Kirkuk warned of more attacks"}],
}


def sifted(answer: object) -> Any:
    return sift(answer, read(REPORT, PACK), "llm m")


def changed(path: list[Any], new: object) -> dict[str, Any]:
    answer = copy.deepcopy(GOOD)
    at: Any = answer
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return answer


def test_a_good_answer_is_kept_whole() -> None:
    coding = sifted(GOOD)
    assert coding.notes == ()
    (draft,) = coding.drafts
    assert draft.type.value == "armed_clash" and draft.type.by == "llm m"
    assert draft.date.value == DateSpan(date(2021, 5, 3), date(2021, 5, 4), "span")
    assert draft.place.value.name == "Daquq" and draft.place.value.within == ("Kirkuk",)
    assert {c.value.outcome: c.value.figure for c in draft.toll} == {
        "killed": Figure(2, 2, 2),
        "wounded": Figure(3, None),
    }
    (statement,) = coding.statements
    assert statement.kind == "warning" and statement.speaker_office == "governor of Kirkuk"
    for _, claim in draft.claims():
        assert all(REPORT.words(span) == span.quote for span in claim.spans)


def test_other_blanks_in_a_quote_are_no_lie() -> None:
    span = find_quote(REPORT, "two soldiers and  wounding")
    assert span is not None and span.quote == "two soldiers\nand wounding"
    assert find_quote(REPORT, "Post attacked").part == "title"
    assert (
        find_quote(REPORT, "two Soldiers") is None and find_quote(REPORT, " ") is None and find_quote(REPORT, 3) is None
    )


@pytest.mark.parametrize(
    ("path", "new", "field"),
    [
        (["incidents", 0, "initiator", 0, "quote"], "ISIS", "initiator"),
        (["incidents", 0, "initiator", 0, "value"], "aliens", "initiator"),
        (["incidents", 0, "target", 0], "iraqi_army", "target"),
        (["incidents", 0, "target", 0, "value"], ["iraqi_army"], "target"),
        (["incidents", 0, "place", "name"], "Hawija", "place"),
        (["incidents", 0, "place"], "Daquq", "place"),
    ],
)
def test_a_value_without_its_words_is_dropped_and_counted(path: list[Any], new: object, field: str) -> None:
    coding = sifted(changed(path, new))
    (draft,) = coding.drafts
    assert not getattr(draft, field)
    assert len(coding.notes) == 1 and coding.notes[0].startswith("1 values")
    assert draft.toll and draft.date is not None


def test_an_incident_whose_type_has_no_words_is_dropped_whole() -> None:
    coding = sifted(changed(["incidents", 0, "type", "quote"], "stormed a village"))
    assert coding.drafts == () and len(coding.notes) == 1


@pytest.mark.parametrize("high", [1, -1, "3", 2.5, True])
def test_a_toll_that_is_no_figure(high: object) -> None:
    coding = sifted(changed(["incidents", 0, "toll", 0, "high"], high))
    assert [c.value.outcome for c in coding.drafts[0].toll] == ["wounded"]


def test_a_model_that_goes_round_in_circles_is_cut() -> None:
    coding = sifted({"incidents": GOOD["incidents"] * 500, "statements": GOOD["statements"] * 500})
    assert len(coding.drafts) == 1 and len(coding.statements) == 1


def test_a_statement_of_nobody_with_an_office() -> None:
    coding = sifted(changed(["statements", 0, "quote"], "killing two soldiers"))
    assert coding.statements == () and "no office" in coding.notes[0]


def test_no_day_told_is_the_reports_own() -> None:
    (draft,) = sifted(changed(["incidents", 0, "date"], None)).drafts
    assert draft.date.value == DateSpan(date(2021, 5, 4), date(2021, 5, 4), "day", "report")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["Daquq", "isis", "killed"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["incidents", "statements", *GOOD["incidents"][0], "value", "quote", "low", "high", "name", "kind"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=40,
)


@given(JSON, st.sampled_from(sorted(GOOD["incidents"][0])))
def test_no_answer_breaks_it_and_every_value_keeps_words(raw: object, field: str) -> None:
    for answer in (raw, changed(["incidents", 0, field], raw), {"incidents": raw, "statements": raw}):
        coding = sifted(answer)
        for draft in coding.drafts:
            PACK.codes.check(draft)
            for _, claim in draft.claims():
                assert claim.spans and all(REPORT.words(span) == span.quote for span in claim.spans)


def test_the_schema_is_closed_and_holds_the_packs_codes() -> None:
    closed = schema(PACK.codes)

    def objects(at: Any) -> list[dict[str, Any]]:
        inner = at.values() if isinstance(at, dict) else at if isinstance(at, list) else ()
        return ([at] if isinstance(at, dict) and at.get("type") == "object" else []) + [
            o for i in inner for o in objects(i)
        ]

    assert len(objects(closed)) > 8
    for found in objects(closed):
        assert found["additionalProperties"] is False and found["required"] == list(found["properties"])
    incident = closed["properties"]["incidents"]["items"]["properties"]
    assert incident["type"]["properties"]["value"]["enum"] == list(PACK.codes.types)


def test_the_question_holds_the_report_and_the_codes() -> None:
    system, user = messages(REPORT, PACK)
    assert "armed_clash" in system["content"] and "peshmerga" in system["content"]
    assert REPORT.text in user["content"] and "2021-05-04" in user["content"]
