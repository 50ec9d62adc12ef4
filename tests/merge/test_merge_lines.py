"""The output of `seamwatch code` as items."""

import json
from datetime import date

import pytest

from seamwatch.merge import items_from_lines
from seamwatch.merge.lines import record_from_codebook
from seamwatch.model import Count, DateSpan, Figure, Place, Record
from seamwatch.wire import codebook_incident

RECORD = Record(
    "explosion",
    DateSpan(date(2020, 5, 1), date(2020, 5, 3), "span", "announced"),
    Place("Hill Nine", "resolved", 35.4, 44.1, 5.0, "near", governorate="North", district="East"),
    ("isis",),
    ("iraqi_army", "police"),
    (Count("forces", "killed", Figure(2, None)), Count("forces", "wounded", Figure.exactly(3))),
    ("ied",),
    60,
    "isis",
    ("Hill Ten",),
)


def test_there_and_back():
    assert record_from_codebook(codebook_incident(RECORD)) == RECORD
    assert record_from_codebook(codebook_incident(Record("arrest"))) == Record("arrest")


def test_ids_source_and_day():
    line = {"id": "x", "source": "A", "published": "2020-05-02T09:00+03:00", "incidents": [{"type": "arrest"}] * 2}
    items, errors = items_from_lines([json.dumps(line), "", json.dumps({"id": "y", "incidents": []})])
    assert [(i.key, i.report_id, i.source, i.day) for i in items] == [
        ("x#0", "x", "A", date(2020, 5, 2)),
        ("x#1", "x", "A", date(2020, 5, 2)),
    ]
    assert not errors


def test_gold_lines():
    line = {"id": "x", "gold": {"incidents": [{"type": "find", "date_from": "2020-05-01", "date_to": "2020-05-02"}]}}
    (item,), _ = items_from_lines([json.dumps(line)])
    assert item.record.date == DateSpan(date(2020, 5, 1), date(2020, 5, 2), "night")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "not JSON"),
        ("[1]", "a JSON object"),
        ('{"incidents": []}', "no 'id'"),
        ('{"id": "x"}', "no 'incidents'"),
        ('{"id": "good", "incidents": []}', "appears twice"),
        ('{"id": "x", "incidents": [{"type": null}]}', "a code"),
        ('{"id": "x", "incidents": [{"type": "find", "lat": 35.0}]}', "WGS 84"),
        ('{"id": "x", "incidents": [{"type": "find", "toll": {"forces": {"killed": "two"}}}]}', "a count or"),
        ('{"id": "x", "incidents": [{"type": "find", "toll": {"forces": {"killed": [3, 2]}}}]}', "low <= high"),
        ('{"id": "x", "incidents": [{"type": "find", "date_from": "May"}]}', "May"),
        ('{"id": "x", "incidents": [{"type": "find", "initiator": 3}]}', "a list of codes"),
        ('{"id": "x", "incidents": [7]}', "line 2"),
        ('{"id": "x", "incidents": 7}', "line 2"),
    ],
)
def test_a_malformed_line_is_one_error_and_the_rest_goes_on(line, word):
    good = '{"id": "good", "incidents": [{"type": "find"}]}'
    last = '{"id": "last", "incidents": [{"type": "find"}]}'
    items, (error,) = items_from_lines([good, line, last], where="OUT.jsonl")
    assert [i.key for i in items] == ["good#0", "last#0"]
    assert "OUT.jsonl, line 2" in str(error) and word in str(error) and "\n" not in str(error)
