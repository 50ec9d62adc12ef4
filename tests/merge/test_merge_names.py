"""Place names across spellings and scripts."""

import pytest

from seamwatch.merge.names import same_name, skeleton
from seamwatch.place.names import fold


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("al-Rashad", "Rashad"),
        ("Makhmour", "Makhmur"),
        ("Makhmour", "مخمور"),
        ("Makhmour", "مەخموور"),
        ("Abu Sayda", "Abi Saida"),
        ("Qarachogh", "قرجوغ"),
        ("Daquq", "داقوق"),
        ("Hawīja", "Hawija"),
    ],
)
def test_one_name_in_many_spellings(left, right):
    assert same_name(left, right) and same_name(right, left)


@pytest.mark.parametrize(("left", "right"), [("Kirkuk", "Tikrit"), ("Dibis", "Daquq"), ("Ur", "Ai"), ("", "Kirkuk")])
def test_different_names(left, right):
    assert not same_name(left, right)


def test_too_few_consonants_tell_nothing():
    assert skeleton("Ali") == "" and fold("Ali") == "ali"
