"""PDF files: made here by typst, by hand, and broken."""

import time
from datetime import date
from pathlib import Path

import fontpkg_noto_sans_arabic
import pytest
import typst

from seamwatch.errors import ReadError
from seamwatch.model import Report
from seamwatch.read import Given, pdf, read_bytes
from seamwatch.read.bidi import Glyph, reading_order

FONTS = [str(p.parent) for p in Path(fontpkg_noto_sans_arabic.__path__[0]).rglob("*.ttf")]
ARABIC = "قتل 4 جنود في هجوم شنه مسلحون (الثلاثاء 25/02/2018) على نقطة قرب القرية، وتمت مطاردة المهاجمين."
SORANI = "سەرچاوەیەکی پێشمەرگە ڕایگەیاند، نزیکەی دە چەکدار لە نزیک گوندەکە بینراون."


def made(text, title="", lang="en"):
    side = "ltr" if lang == "en" else "rtl"
    head = f'#set document(title: "{title}")\n#set text(font: "Noto Sans Arabic", lang: "{lang}", dir: {side})\n'
    return typst.compile((head + text).encode(), font_paths=FONTS)


def read(data, name="a.pdf"):
    outcomes = list(read_bytes(data, Given(name, name)))
    return [o for o in outcomes if isinstance(o, Report)], [str(o) for o in outcomes if isinstance(o, ReadError)]


def by_hand(page="", extra=""):
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]{page}>>endobj\n"
        f"trailer<</Root 1 0 R{extra}>>\n%%EOF"
    ).encode()


def test_english_paragraphs_title_and_date():
    body = "The joint operation of two brigades began at dawn and ended at noon. " * 6
    (report,), errors = read(made(f"= Joint note\n24 June 2022\n\n{body}\n\nA second paragraph.", "Joint note"))
    assert not errors and (report.title, report.day) == ("Joint note", date(2022, 6, 24))
    assert body.strip() in report.text and report.text.endswith("\n\nA second paragraph.")


@pytest.mark.parametrize(("text", "lang"), [(ARABIC, "ar"), (SORANI, "ku")])
def test_right_to_left_text_comes_in_reading_order(text, lang):
    (report,), errors = read(made(text, lang=lang))
    assert not errors
    words = text.split()
    found = report.text.replace("\n", " ").split()
    assert sum(a == b for a, b in zip(words, found, strict=False)) >= 0.9 * len(words), report.text


def test_glyphs_stored_from_the_left_are_turned_round():
    line = [*"بيان 12/5 (IED) لا"]  # as it is read; on the page the numbers and Latin letters run from the left
    visual = ["ا", "ل", " ", "(", "I", "E", "D", ")", " ", "1", "2", "/", "5", " ", *"نايب"]
    glyphs = [Glyph(c, 10.0 * i, 0.0, 10.0 * i, 10.0 * i + 10, 12.0) for i, c in enumerate(visual)]
    assert reading_order(glyphs) == "".join(line)


def test_letters_of_one_ligature_and_dots_drawn_apart():
    ligature = [Glyph("ا", 0, 0, 0, 8, 12), Glyph("ل", 0, 0, 0, 8, 12), Glyph("ب", 8, 0, 8, 16, 12)]
    assert reading_order(ligature) == "بلا" and reading_order([ligature[1], ligature[0], ligature[2]]) == "بلا"
    assert reading_order([Glyph("ن", 2, 3, 2, 4, 12), Glyph("ن", 0, 0, 0, 8, 12)]) == "ن"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 rubbish", "cannot be opened"),
        (by_hand()[:60], "cannot be opened"),
        (by_hand(), "only pictures"),
        (by_hand(extra="/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -1>>"), ""),
    ],
)
def test_a_pdf_that_cannot_be_read_gives_one_error(data, words):
    reports, errors = read(data)
    assert not reports and len(errors) == 1 and words in errors[0] and errors[0].startswith("a.pdf: ")


def test_more_pages_than_the_limit(monkeypatch):
    monkeypatch.setattr(pdf, "PDF_PAGES", 2)
    (report,), (error,) = read(made("one words\n#pagebreak()\ntwo words\n#pagebreak()\nthree words"))
    assert "two words" in report.text and "three" not in report.text and "3 pages, read the first 2" in error


def test_a_reader_that_crashes_or_hangs_costs_one_error(monkeypatch, tmp_path):
    (tmp_path / "seamwatch_crash.py").write_text("import os; os.abort()")
    (tmp_path / "seamwatch_hang.py").write_text("import time; time.sleep(60)")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(pdf, "WORKER", "seamwatch_crash")
    assert "the PDF reader stopped" in read(made("words"))[1][0]
    monkeypatch.setattr(pdf, "WORKER", "seamwatch_hang")
    monkeypatch.setattr(pdf, "PDF_SECONDS", 0.5)
    start = time.monotonic()
    assert "not read within" in read(made("words"))[1][0] and time.monotonic() - start < 10
