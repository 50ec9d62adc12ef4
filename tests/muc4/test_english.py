"""The dictionary kept as bits."""

import pytest

from benchmarks.muc4.english import BITS, English, hashed

WORDS = English(hashed(["bomb", "carry", "release", "stop", "town"]), frozenset(["fmln"]))


@pytest.mark.parametrize(
    "word", ["bomb", "bombs", "bombed", "bombing", "carries", "released", "releasing", "stopped", "stopping", "fmln"]
)
def test_words_and_their_forms(word: str) -> None:
    assert word in WORDS


@pytest.mark.parametrize("word", ["ejemplo", "b", "", "12", "-", "bombé", "\ud800", "towned" * 3])
def test_other_words(word: str) -> None:
    assert word not in WORDS


def test_bits_of_no_words() -> None:
    assert hashed([]).sum() == 0 and len(hashed([])) == BITS // 8
