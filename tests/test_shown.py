"""What strangers write moves no cursor and turns no line."""

import json

from hypothesis import given
from hypothesis import strategies as st

from seamwatch.shown import FSI, PDI, isolated, on_one_line, safe_json, visible


def test_control_characters_become_pictures_and_lines_stay() -> None:
    assert visible("a\x1b[31m\nb\x07\x7f\x9b\t\rc") == "a␛[31m\nb␇␡\ufffd c"
    assert visible("\u202eabc\u202c \u2066x\u2069 \u200fعربي") == "abc x \u200fعربي"
    assert on_one_line(" a\n b\u2028c ") == "a b c"


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = visible(text)
    assert not any((c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in shown)
    assert on_one_line(shown).count("\n") == 0


def test_names_from_right_to_left_are_set_apart() -> None:
    assert isolated("گوێڕ") == f"{FSI}گوێڕ{PDI}" and isolated("Gwer") == "Gwer"


@given(st.text())
def test_json_says_the_same_and_holds_no_control(text: str) -> None:
    written = safe_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(written) == [text] and not any("\x7f" <= c <= "\x9f" or c == "\u202e" for c in written)
