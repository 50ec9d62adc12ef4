"""Places and figures of incidents, in sentences of our own."""

import pytest

from benchmarks.muc4.reading import read
from benchmarks.muc4.roles import Candidate
from benchmarks.muc4.tolls import figures, number_of
from benchmarks.muc4.where import names

PLACES = [
    ("a bomb exploded in the neighborhood of quirambo in san salvador.", {"san salvador", "el salvador", "quirambo"}),
    ("guerrillas attacked the town of xalpatitla, in chalatenango department.", {"xalpatitla", "chalatenango"}),
    ("two peasants were killed in quirambo, guatemala.", {"quirambo", "guatemala"}),
    ("the salvadoran army reported an attack.", {"el salvador"}),
    ("a bomb exploded near the bank this morning.", set()),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_names_of_places(text: str, places: set[str]) -> None:
    assert {n.text for n in names(read(text))} == places


FIGURES = [
    ("five policemen were killed in lima.", "killed", 5),
    ("the bomb killed 12 people and wounded 30 others.", "killed", 12),
    ("the bomb killed 12 people and wounded 30 others.", "wounded", 30),
    ("a soldier was wounded near the bridge.", "wounded", 1),
    ("five policemen and a civilian were killed.", "killed", 6),
    ("1,200 persons were injured in the attack.", "wounded", 1200),
]


@pytest.mark.parametrize(("text", "outcome", "figure"), FIGURES)
def test_figures_that_may_be_meant(text: str, outcome: str, figure: int) -> None:
    assert figure in {f.value for f in figures(read(text), outcome, ())}


QUIET = ["the bomb exploded at 5 km from lima.", "the minister killed the 3 april bill of 12 million dollars.", ""]


@pytest.mark.parametrize("text", QUIET)
def test_what_counts_nobody(text: str) -> None:
    assert {f.value for f in figures(read(text), "wounded", ()) if f.source == "text"} == set()


VICTIMS = [
    ("about 50 peasants were kidnapped.", "peasants", 50),
    ("the two priests were killed.", "priests", 2),
    ("a priest was killed.", "priest", 1),
    ("ramiro ejemplo was killed.", "ramiro ejemplo", 1),
    ("several peasants were killed.", "peasants", None),
    ("three policemen were killed.", "three policemen", 3),
]


@pytest.mark.parametrize(("text", "victim", "number"), VICTIMS)
def test_how_many_a_victim_is(text: str, victim: str, number: int | None) -> None:
    at = text.index(victim)
    assert number_of(read(text), Candidate("Victim", at, at + len(victim), victim, 1.0, (victim,))) == number
