"""Where sentences begin and end."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwatch.code.sentences import MAX_CHARS, cut


def parts(text: str) -> list[str]:
    return [text[a:b] for a, b in cut(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two died. Three fled.", ["Two died.", "Three fled."]),
        ("It began at 5 a.m. near Daquq. Two died.", ["It began at 5 a.m. near Daquq.", "Two died."]),
        ("Gen. X spoke. He left.", ["Gen. X spoke.", "He left."]),
        ("About 3.5 km away.", ["About 3.5 km away."]),
        ('"We are safe." He left.', ['"We are safe."', "He left."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("• one\n• two", ["one", "two"]),
        ("1. 5 June, Daquq: two dead.\n2. Kifri: calm.", ["1. 5 June, Daquq: two dead.", "2. Kifri: calm."]),
        ("هاجم مسلحون القرية؟ قتل اثنان.", ["هاجم مسلحون القرية؟", "قتل اثنان."]),
        ("", []),
    ],
)
def test_cut(text: str, wanted: list[str]) -> None:
    assert parts(text) == wanted


@given(st.text(max_size=300))
def test_sentences_are_in_order_and_lose_no_word(text: str) -> None:
    spans = list(cut(text))
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert sum(c.isalnum() for c in kept) == sum(c.isalnum() for c in text)


def test_a_sentence_without_end_is_cut() -> None:
    assert max(len(p) for p in parts("word " * 10_000)) <= MAX_CHARS
