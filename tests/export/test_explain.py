"""The marked report: the original to the letter, every value with its words and rule, hostile text shown as text."""

import io
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from rich.console import Console

from seamwatch.export.explain import explain_html, explain_terminal, marks, segments
from seamwatch.model import (
    Claim,
    Coding,
    Count,
    DateSpan,
    Draft,
    Figure,
    Place,
    PlaceMention,
    Report,
    Span,
    Statement,
    make_report,
)
from seamwatch.packs import load_pack

CODES = load_pack().codes
TEXT = "Two guards were killed near Kirkuk on Monday. <script>alert(1)</script> The mayor warned of more."


def span(report: Report, words: str, rule: str) -> Span:
    start = report.text.index(words)
    return Span("text", start, start + len(words), words, rule)


def coded(text: str = TEXT) -> tuple[Report, Coding]:
    report = make_report("Attack <b>near</b> Kirkuk", text, source="a desk", external_id="r1")
    killed, place = span(report, "Two guards were killed", "toll:passive"), span(report, "near Kirkuk", "place:near")
    draft = Draft(
        report.id,
        0,
        Claim("armed_clash", (span(report, "killed", "type:killed"), Span("title", 0, 6, "Attack", "type:attack"))),
        date=Claim(DateSpan(date(2022, 3, 7), date(2022, 3, 7)), (span(report, "on Monday", "date:weekday"),)),
        place=Claim(PlaceMention("Kirkuk", "near"), (place,)),
        toll=(Claim(Count("forces", "killed", Figure.exactly(2)), (killed,)),),
    )
    said = Statement(report.id, "warning", "mayor", "district", "more", (span(report, "The mayor warned", "said"),))
    return report, Coding(report.id, "rules", (draft,), (said,), ("one note",))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_segments_joined_are_the_original() -> None:
    report, coding = coded()
    assert "".join(s.text for s in segments(report, coding, CODES, "text")) == report.text
    assert "".join(s.text for s in segments(report, coding, CODES, "title")) == report.title


def test_overlapping_words_carry_all_their_values() -> None:
    report, coding = coded()
    killed = next(s for s in segments(report, coding, CODES, "text") if s.text == "killed")
    assert {m.field for m in killed.marks} == {"type", "toll"}


def test_html_shows_hostile_text_as_text_and_every_value() -> None:
    page = explain_html(*coded(), CODES)
    reader = Reader()
    reader.feed(page)
    assert "script" not in reader.tags and "b" not in reader.tags
    assert "<script>alert(1)</script>" in reader.words and "Attack <b>near</b> Kirkuk" in reader.words
    for words in ("armed clash", "2 armed forces killed", "near Kirkuk", "toll:passive", "warning: mayor", "one note"):
        assert words in reader.words
    assert "http://" not in page and "https://" not in page


def test_terminal_shows_the_report_values_and_rules() -> None:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(explain_terminal(*coded(), CODES))
    shown = console.export_text()
    for words in ("<script>", "2 armed forces killed", "type:killed", "1 incident(s), 1 statement(s)", "! one note"):
        assert words in shown


def test_nothing_coded_is_said() -> None:
    report, _ = coded()
    assert "Nothing was coded" in explain_html(report, Coding(report.id, "rules"), CODES)
    assert marks(Coding(report.id, "rules"), CODES) == ()


def test_a_terminal_obeys_nothing_in_a_report() -> None:
    report = make_report(
        "\x1b[2J title", "Gunmen \x1b]0;x\x07 attacked [bold]a post[/bold] \u202ein Daquq.", origin="a\x1b.txt"
    )
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(explain_terminal(report, Coding(report.id, "rules"), CODES))
    shown = console.export_text()
    assert "\x1b" not in shown and "\x07" not in shown and "\u202e" not in shown
    assert "␛[2J title" in shown and "[bold]a post[/bold]" in shown and "a␛.txt" in shown
    page = explain_html(report, Coding(report.id, "rules"), CODES)
    assert "\x1b" not in page and "\u202e" not in page and "a␛.txt" in page


def test_where_a_place_was_found_is_told() -> None:
    report, coding = coded()
    draft = replace(coding.drafts[0], location=Place("Kirkuk", "resolved", 35.468, 44.392, 12, "near", source="a list"))
    coding = replace(coding, drafts=(draft,))
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(explain_terminal(report, coding, CODES))
    for shown in (console.export_text(), explain_html(report, coding, CODES)):
        assert "Kirkuk: 35.468, 44.392, within 12 km; list: a list" in shown
