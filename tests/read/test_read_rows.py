"""JSON Lines, JSON and tables."""

import io
import json
import tracemalloc
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.errors import ReadError
from seamwatch.model import Report
from seamwatch.read import Given, bounded_lines, read_bytes, read_jsonl


def read(text, name):
    return list(read_bytes(text if isinstance(text, bytes) else text.encode(), Given(name, name, 3.0)))


def split(outcomes):
    outcomes = list(outcomes)
    return [o for o in outcomes if isinstance(o, Report)], [str(o) for o in outcomes if isinstance(o, ReadError)]


def test_json_lines_with_every_fault():
    lines = [
        '\ufeff{"id": "a", "published": "2018-02-25T12:00+03:00", "lang": "en", "source": "wire", '
        '"source_kind": "News", "title": "T", "text": " x \\n"}\r\n',
        "\r\n",
        b'{"id": 7, "date": null, "text": "b"}',
        '{"id": "c", "date": "junk", "text": "c"}',
        "{broken",
        '["a list"]',
        '{"text": 5}',
        '{"title": "", "text": " "}',
        b'{"text": "bad \xff byte"}',
        '{"text": "half \\ud83d pair"}',
        None,
        '{"id": "z", "text": "last"}',
    ]
    reports, errors = split(read_jsonl(lines, "in.jsonl"))
    assert [r.external_id for r in reports] == ["a", "7", "c", None, None, "z"]
    first = reports[0]
    assert (first.title, first.text, first.source, first.source_kind, first.lang) == (
        "T",
        " x \n",
        "wire",
        "news",
        "en",
    )
    assert reports[2].published is None and reports[4].text == "half \ufffd pair" and first.origin == "in.jsonl:1"
    assert [e.split(": ")[0] for e in errors] == [f"in.jsonl:{n}" for n in (4, 5, 6, 7, 8, 9, 11)]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1).filter(str.strip)))
def test_title_and_text_come_back_to_the_letter(texts):
    clean = [t.encode("utf-8", "replace").decode() for t in texts]
    lines = [json.dumps({"id": str(i), "title": t, "text": t}) for i, t in enumerate(clean)]
    assert [(r.title, r.text) for r in read_jsonl(lines, "x")] == [(t, t) for t in clean]


def test_json_lines_stream_in_constant_memory():
    line = json.dumps({"text": "words " * 200})
    tracemalloc.start()
    count = sum(1 for _ in read_jsonl((line for _ in range(5000)), "x"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5000 and peak < 1_000_000


def test_lines_above_the_limit_are_passed_and_marked():
    assert list(bounded_lines(io.BytesIO(b"ab\n" + b"x" * 99 + b"\ncd"), limit=10)) == [b"ab\n", None, b"cd"]


@pytest.mark.parametrize(
    "document",
    ['{"text": "a"}', '[{"text": "a"}]', '{"reports": [{"text": "a"}]}', '{"text": "a"}\n', '\ufeff{"text": "a"}'],
)
def test_json_shapes(document):
    reports, errors = split(read(document, "a.json"))
    assert [r.text for r in reports] == ["a"] and not errors


def test_json_lines_under_a_json_name():
    reports, errors = split(read('{"text": "a"}\n{"text": "b"}\n', "a.json"))
    assert [r.text for r in reports] == ["a", "b"] and not errors


@pytest.mark.parametrize("document", ["[" * 100_000, "{", "[]", "null", "3", '{"a": 1}', b"\x00\xff", '[1, "x"]'])
def test_json_that_holds_no_report(document):
    reports, errors = split(read(document, "a.json"))
    assert not reports and errors


def test_a_file_that_is_no_json_lines_gives_one_error():
    assert len(read("just words\n" * 1000, "a.jsonl")) == 1


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables(separator, encoding):
    cells = (("id", "Date", "Title", "Text"), ("1", "25/02/2018", "A raid", f'"two\nlines{separator} قرب"'))
    table = "".join(f"{separator.join(row)}\r\n" for row in cells)
    (report,), errors = split(read(table.encode(encoding), "t.csv"))
    assert (report.external_id, report.day, report.title) == ("1", date(2018, 2, 25), "A raid") and not errors
    assert report.text == f"two\nlines{separator} قرب" and report.origin == "t.csv:2"


def test_arabic_table_in_a_code_page():
    (report,), errors = split(read("الرقم,التاريخ,النص\n1,25 شباط 2018,هجوم مسلح على نقطة\n".encode("cp1256"), "t.csv"))
    assert report.text == "هجوم مسلح على نقطة" and report.day == date(2018, 2, 25) and not errors


def test_event_tables():
    acled = "event_id_cnty,event_date,event_type,source,notes\n"
    acled += 'IRQ1,13 April 2022,Battles,Agency,"Two hurt, one missing."\n'
    (report,), _ = split(read(acled, "acled.csv"))
    assert (report.external_id, report.day, report.source, report.lang) == ("IRQ1", date(2022, 4, 13), "Agency", "en")
    ucdp = "id,relid,type_of_violence,date_start,date_end,"
    ucdp += "source_article,source_office,source_date,source_headline,source_original\n"
    ucdp += "9,IRQ-1,1,2014-01-24,2014-01-25,An article,Agency,2014-01-26,Violence kills 14,Doctor\n"
    (report,), _ = split(read(ucdp, "ged.csv"))
    assert (report.title, report.day, report.source) == ("Violence kills 14", date(2014, 1, 26), "Agency")


def test_faulty_rows_are_told_and_the_rest_goes_on():
    reports, errors = split(read("id,text\n1,a,b,c\n\n2,\n3,fine\n4,bad\xff".encode("latin-1"), "t.csv"))
    assert reports[0].text == "fine" and "t.csv:2" in errors[0] and "t.csv:4" in errors[1]


def test_a_table_without_known_columns_gives_one_error():
    (error,) = split(read("x,y\n1,2\n" * 500, "t.csv"))[1]
    assert "no such columns" in error


def test_an_open_quote_does_not_swallow_the_table():
    reports, errors = split(read('id,text\n1,"open\n' + "2,row\n" * 40_000, "t.csv"))
    assert reports and any("field larger" in e for e in errors)
