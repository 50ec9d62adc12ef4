"""Text and Markdown: encodings, header lines, titles, forms."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.errors import ReadError
from seamwatch.model import Report
from seamwatch.read import Given, form_fields, read_bytes
from seamwatch.read.decode import decode_text
from seamwatch.read.text import organisation, strip_marks

ARABIC = "هاجم مسلحون نقطة للجيش العراقي قرب القرية الليلة الماضية دون وقوع خسائر."
SALUTE = """SIZE: 6 pax
ACTIVITY: moving on foot, weapons seen
LOCATION: 2 km W of the old mill
UNIT: unknown
TIME: 182230CMAR22
EQUIPMENT: AK, 1 x PKM"""


def read(text, name="a.txt", **known):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_bytes(data, Given(name, name, **known)))


def one(text, name="a.txt", **known):
    (report,) = read(text, name, **known)
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"]
)
def test_arabic_in_any_encoding(encoding):
    assert one(ARABIC.encode(encoding)).text == ARABIC


def test_western_code_page():
    assert one("Près de la ville, l’armée a tué deux hommes – “bilan”.".encode("cp1252")).text.startswith(
        "Près de la ville, l’armée"
    )


def test_a_broken_letter_is_told_and_the_rest_kept():
    report, error = read(ARABIC.encode() + b"\xff")
    assert report.text.startswith(ARABIC) and "1 unreadable characters" in str(error)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00" * 500, b"MZ\x90\x00\x03\x00\x00\x00" * 20])
def test_binary_under_a_text_name(data):
    (error,) = read(data)
    assert isinstance(error, ReadError) and "not text" in str(error) and str(error).startswith("a.txt: ")


@settings(deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_utf8_always_comes_back(text):
    decoded = decode_text(text.encode())
    assert decoded is not None and decoded.text == text.removeprefix("\ufeff") and decoded.lost == 0


def test_header_lines_in_three_languages():
    report = one(
        "Title: A raid\r\nSource: safety office\r\nDate: 25/02/2018\r\nLanguage: en-GB\r\n"
        "\r\nTwo were hurt.\r\nMore.\r\n"
    )
    assert (report.title, report.source, report.day, report.lang) == (
        "A raid",
        "safety office",
        date(2018, 2, 25),
        "en",
    )
    assert report.text == "Two were hurt.\nMore."
    arabic = one("العنوان: هجوم\nالمصدر: وكالة\nالتاريخ: ٢٥ شباط ٢٠١٨\n\n" + ARABIC)
    assert (arabic.title, arabic.source, arabic.day, arabic.text) == ("هجوم", "وكالة", date(2018, 2, 25), ARABIC)
    sorani = one("ناونیشان: هێرش\nسەرچاوە: ئاژانس\nبەروار: ٢٥ی شوباتی ٢٠١٨\n\nدوو کەس بریندار بوون.")
    assert (sorani.title, sorani.source, sorani.day) == ("هێرش", "ئاژانس", date(2018, 2, 25))


def test_an_unlabelled_title_before_header_lines():
    report = one("Raid on a post\nSource: agency\nDate: 2018-02-25\n\nBody here.")
    assert (report.title, report.source, report.text) == ("Raid on a post", "agency", "Body here.")


def test_text_that_only_resembles_headers_stays():
    text = "Source: a shepherd told us that men came at night.\nThey left before dawn."
    assert one(text).text == text


def test_an_unreadable_date_is_told_and_its_line_kept():
    report, error = read("Source: agency\nDate: the other day\n\nBody here.")
    assert report.published is None and "Date: the other day" in report.text and "date ignored" in str(error)


def test_title_date_line_and_date_in_name():
    report = one("Raid on a post\n\nTwo were hurt.", "2023-12-03-raid.txt")
    assert (report.title, report.text, report.day) == ("Raid on a post", "Two were hurt.", date(2023, 12, 3))
    assert one("Raid on a post\nErbil, 24 June 2022\n\nTwo were hurt.").day == date(2022, 6, 24)
    assert one("Two were hurt.\n\nMore.").title == ""


def test_the_name_of_the_file_is_no_content():
    assert one(ARABIC, "a.txt").id == one(ARABIC, "b.txt").id and one(ARABIC).source == ""


def test_markdown():
    text = '---\ntitle: "Weekly note"\ndate: 2022-01-27\nsource_kind: ngo\n---\n\n# Head'
    text += "\n\n**Two** were [hurt](http://x.example) in _a_ raid.\n"
    report = one(text, "n.md")
    assert (report.title, report.source_kind, report.day) == ("Weekly note", "ngo", date(2022, 1, 27))
    assert report.text == "Head\n\nTwo were hurt in a raid."
    assert one("# A *raid*\nTwo were hurt.", "n.md").title == "A raid"
    assert strip_marks("2 * 3 * 4, snake_case_name <!-- no --> ok") == "2 * 3 * 4, snake_case_name  ok"


def test_a_form_keeps_its_whole_text_and_is_dated_by_its_group():
    report = one(SALUTE, utc_offset_hours=3)
    assert report.text == SALUTE and report.source_kind == "field" and report.day == date(2022, 3, 18)
    headed = one(f"Source: joint cell\nDate: 2022-03-19\n\n{SALUTE}")
    assert headed.text == SALUTE and headed.source == "joint cell" and headed.day == date(2022, 3, 19)


def test_forms_by_letter_and_in_arabic():
    assert set(form_fields("S - 4 to 5\nA - hauling bags\nL - ridge\nT - 191105 APR 18\n")) == {
        "size",
        "activity",
        "location",
        "time",
    }
    assert set(form_fields("الحجم: ستة\nالنشاط: حركة\nالموقع: الوادي\n")) == {"size", "activity", "location"}
    assert not form_fields("Location: the old mill.\nTwo men were seen there.")


def test_of_a_sender_only_the_domain():
    assert organisation("Some Body <some.body@agency.example>") == "agency.example"
    assert organisation("someone@gmail.com") == "" and organisation("no address") == ""


@pytest.mark.parametrize("text", ["وجدان وحسان جانب فكان", "قتل شرطيان بهجوم في داقوق", "انفجار عبوة جنوب الحويجة"])
def test_a_short_windows_text_without_the_article_is_no_iso_text(text: str) -> None:
    found = decode_text(text.encode("cp1256"))
    assert found is not None and (found.text, found.encoding, found.lost) == (text, "cp1256", 0)
