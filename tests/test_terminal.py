"""What people see in a terminal: the table in narrow and wide ones, and the summary."""

import io
import shlex
from collections import Counter
from datetime import date

import pytest
from rich.console import Console

from seamwatch.errors import ReadError
from seamwatch.merge import Decision
from seamwatch.model import Count, DateSpan, Figure, Incident, Place, Record
from seamwatch.packs import load_pack
from seamwatch.pipeline import Picture
from seamwatch.read import ReadSummary
from seamwatch.single import NOT_CODED
from seamwatch.terminal import answer_command, date_words, incident_table, place_names, place_words, say_picture

PACK = load_pack()
NIGHT = DateSpan(date(2022, 4, 12), date(2022, 4, 13), "night")
LONG = Incident(
    "i1",
    ("r#0",),
    Record(
        "attack_on_civilians",
        date=NIGHT,
        location=Place("گوندێکی دوور", "unknown"),
        initiator=("isis",),
        target=("civilians", "state_officials", "infrastructure"),
        toll=(Count("civilians", "killed", Figure(2, 4)), Count("civilians", "wounded", Figure(13, None))),
    ),
    sources=("a", "b"),
)
EVIL = Incident("i2", ("r#1",), Record("armed_clash", location=Place("\x1b[2J[bold]x\u202e\n=1", "unknown")))


def shown(width: int) -> list[str]:
    console = Console(width=width, file=io.StringIO(), markup=False, emoji=False)
    console.print(incident_table([LONG, EVIL], PACK.codes, place_names(PACK), width=width))
    found = console.file.getvalue()  # type: ignore[attr-defined]
    return [line.translate({0x2068: None, 0x2069: None}).rstrip() for line in found.splitlines()]  # of no width


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_dates_and_figures_stay_whole(width: int) -> None:
    lines = shown(width)
    assert all(len(line) <= width for line in lines)
    first = next(line for line in lines if line.startswith("2022"))
    assert first.startswith("2022-04-12/13 ") and "2–4" in first and "13+" in first
    assert not any("infrastructu" in line and "infrastructure" not in line for line in lines)


def test_at_eighty_columns_an_incident_takes_two_lines() -> None:
    lines = shown(80)
    assert any("Islamic State → civilians" in line for line in lines)
    assert len(lines) <= 8


def test_words_of_reports_are_only_shown() -> None:
    text = "\n".join(shown(160))
    assert "\x1b" not in text and "\u202e" not in text and "␛[2J[bold]x =1" in text


def test_dates_and_places() -> None:
    assert date_words(DateSpan(date(2022, 5, 29), date(2022, 6, 4), "week")) == "2022-05-29/06-04"
    assert date_words(DateSpan(date(2021, 12, 31), date(2022, 1, 1), "night")) == "2021-12-31/2022-01-01"
    known = Place("داقوق", "resolved", 35.1, 44.4, 3, "near", gazetteer_id="x")
    assert place_words(known, {"x": "Daquq"}) == "Daquq (near)" and place_words(None, {}) == "place not told"


def test_the_summary_counts_faults_once_and_errors_on_their_own_lines() -> None:
    out, err = (Console(width=80, file=io.StringIO(), markup=False) for _ in range(2))
    reading = ReadSummary(2, 2, 0, (ReadError("0 bytes", where="[b]\x1b\n.txt"),))
    say_picture(Picture(reading, 2, Counter({f"{NOT_CODED} X": 5000}), Counter(), ()), out, err)
    said, wrong = out.file.getvalue(), err.file.getvalue()  # type: ignore[attr-defined]
    assert said == "2 reports read (2 new, 0 known already), 1 error; 0 incidents\n"
    assert "error: [b]␛ .txt: 0 bytes\n" in wrong and f"error: 5000 reports {NOT_CODED} X\n" in wrong


def test_the_command_that_rates_a_source_can_be_typed_whatever_its_name() -> None:
    command = answer_command(Decision("rate_source", "a desk's; rm", value="…"))
    assert shlex.split(command) == ["decide", "rate-source", "a desk's; rm", "GRADE"]
