import time

import pypdfium2
import pytest
from brief_cases import AS_OF, CODES, FIRST, LAST, crowd, story

from seamwatch.brief import BriefInput, ImportCounts, render_html, render_pdf, summarise
from seamwatch.brief.fonts import arabic_font_uri, font_file
from seamwatch.errors import BriefError


def words_of(pdf: bytes) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split()), len(document)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("Situation report", "Open contradictions", "armed clash", "4–6", "March 2021", "page 1 of")),
        ("ar", ("تقرير الموقف", "تناقضات مفتوحة", "اشتباك مسلح", "2021", "آذار")),
        ("ckb", ("ڕاپۆرتی دۆخ", "ناکۆکییە کراوەکان", "شەڕ و پێکدادان", "2021", "ئازار")),
    ],
)
def test_pdf_in_each_language(lang: str, told: tuple[str, ...]) -> None:
    pdf = render_pdf(summarise(story()), lang)
    text, pages = words_of(pdf)
    assert pdf.startswith(b"%PDF")
    assert 2 <= pages <= 4
    for words in told:
        assert words in text, words


def test_same_view_same_bytes() -> None:
    view = summarise(story())
    assert render_pdf(view) == render_pdf(view)


def test_what_reports_say_is_no_markup() -> None:
    hostile = '#strong[x] $y$ "z" \\ *bold* // <label> #read("/etc/passwd")'
    text, _ = words_of(render_pdf(summarise(story(area=hostile, counts=ImportCounts(notes=(hostile,))))))
    assert text.count("#strong[x] $y$") >= 2
    assert '#read("/etc/passwd")' in text


def test_empty_period() -> None:
    text, pages = words_of(render_pdf(summarise(BriefInput("Nowhere", FIRST, LAST, AS_OF, CODES))))
    assert "That is not to say that nothing happened." in text
    assert pages <= 2


def test_five_hundred_incidents() -> None:
    _, pages = words_of(render_pdf(summarise(crowd(500))))
    assert pages > 10


def test_thirty_incidents_take_seconds_not_minutes() -> None:
    start = time.perf_counter()
    view = summarise(crowd(30))
    render_html(view)
    render_pdf(view)
    assert time.perf_counter() - start < 30  # about 2 s on a quiet machine; see docs/brief.md


def test_font_is_cut_to_the_letters_used() -> None:
    assert arabic_font_uri("Kirkuk 12") == ""
    few, more = arabic_font_uri("هەولێر"), arabic_font_uri("سلێمانی هەولێر كركوك ئژچگ")
    assert few.startswith("data:font/woff;base64,")
    assert len(few) < len(more) < 1_500_000
    assert few == arabic_font_uri("هەولێر")


def test_missing_font_names_its_package() -> None:
    with pytest.raises(BriefError, match="pip install fontpkg-no-such-font"):
        font_file("No Such Font")
