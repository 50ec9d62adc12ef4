"""The coder as a whole: what it left out is said, and strange texts cost no more than their length."""

import sys
from datetime import date
from types import FrameType

import pytest

from seamwatch.code import code_report
from seamwatch.code.assembly import MAX_INCIDENTS
from seamwatch.code.reading import MAX_CHARS, MAX_HITS
from seamwatch.model import make_report
from seamwatch.packs import load_pack

DAY = date(2021, 6, 10)
TWO = "On Sunday a bomb killed two soldiers in Daquq. Separately, gunmen shot dead a farmer near Hawija on Saturday. "


def notes(text: str) -> tuple[str, ...]:
    return code_report(make_report("Report", text, lang="en", day=DAY), load_pack()).notes


def test_nothing_left_out_nothing_said() -> None:
    assert notes(TWO) == ()


def test_what_was_not_read_is_said() -> None:
    assert f"only the first {MAX_CHARS} characters were read" in notes("Rain fell. " * (MAX_CHARS // 10))


def test_incidents_beyond_the_limit_are_said() -> None:
    report = make_report("Report", TWO * MAX_INCIDENTS * 4, lang="en", day=DAY)
    coding = code_report(report, load_pack())
    assert len(coding.drafts) >= MAX_INCIDENTS
    assert f"only the first {MAX_INCIDENTS} incidents were coded" in coding.notes


def test_overlong_sentences_are_said() -> None:
    (note,) = notes("two soldiers and " * MAX_HITS + "were killed")
    assert note.endswith(f"only the first {MAX_HITS} known words were looked at")


def test_the_coder_names_itself() -> None:
    assert code_report(make_report("Report", TWO, lang="en", day=DAY), load_pack()).coder == "rules"


@pytest.mark.parametrize(
    "piece",
    [
        TWO,
        "1",
        "1,",
        ",",
        "(",
        '[{("',
        "\ud800",
        "killed \ud800 two soldiers ",
        "soldiers, ",
        "• a\n",
        "• two killed\n",
        ". ",
        "A ",
        "Abu ",
        "and ",
        "a-",
        "e\u0301",
        '"',
        "said the minister ",
        "village ",
        "from Monday to ",
        "قتل ",
        "و",
        "گوند ",
    ],
    ids=ascii,
)
def test_work_grows_with_length_and_no_faster(piece: str) -> None:
    """In calls, so that a busy machine changes nothing: four times the text is at most six times the work."""
    small, large = (_calls(piece * (size // len(piece))) for size in (2_000, 8_000))
    assert large <= 6 * small + 2_000


def _calls(text: str) -> int:
    """How many Python functions are called to code a text; the second time, when the words' caches are full."""
    report = make_report("Report", text, day=DAY)
    code_report(report, load_pack())
    count = 0

    def tally(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    again = make_report("Report again", text, day=DAY)
    sys.setprofile(tally)
    try:
        code_report(again, load_pack())
    finally:
        sys.setprofile(None)
    return count
