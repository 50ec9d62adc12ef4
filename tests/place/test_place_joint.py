"""The joint choice, on invented senses."""

import pytest

from seamwatch.place.atlas import Sense
from seamwatch.place.joint import MOST_NAMES, Asked, choose_jointly, holds


def sense(ident: str, lat: float, lon: float, country: str, admin1: str = "", kind: str = "town", weight: float = 4.0):
    return Sense(ident, kind, ident.split("-")[0], lat, lon, 50.0, country, admin1, weight, True, "invented")


NORTH, SOUTH = sense("Twin-n", 50, 10, "AA", "1", weight=4.0), sense("Twin-s", 10, 10, "BB", "2", weight=4.6)
NEIGHBOUR = sense("Solo", 50.2, 10.1, "AA", "1")


def test_alone_the_larger_is_meant() -> None:
    (choice,) = choose_jointly([Asked((NORTH, SOUTH))])
    assert choice and choice.sense is SOUTH and choice.rivals[0][0] is NORTH
    assert choice.share + choice.rivals[0][1] == pytest.approx(1.0)


def test_a_neighbour_named_decides() -> None:
    choices = choose_jointly([Asked((NORTH, SOUTH)), Asked((NEIGHBOUR,))])
    assert [c.sense.id for c in choices if c] == ["Twin-n", "Solo"]


def test_what_it_is_said_to_lie_in_decides() -> None:
    country = sense("Aland", 50, 10, "AA", kind="country")
    (choice,) = choose_jointly([Asked((NORTH, SOUTH), within=((country,),))])
    assert choice and choice.sense is NORTH


def test_its_kind_decides() -> None:
    river = sense("Twin-r", -30, 10, "CC", kind="river", weight=3.0)
    (choice,) = choose_jointly([Asked((river, SOUTH), kind="river")])
    assert choice and choice.sense is river


def test_names_without_senses_are_none_and_many_names_are_chosen_in_batches() -> None:
    assert choose_jointly([Asked(())]) == [None]
    many = [Asked((sense(f"P-{n}", n % 80, n % 170, "AA"),)) for n in range(3 * MOST_NAMES)]
    assert [c.sense.id for c in choose_jointly(many) if c] == [f"P-{n}" for n in range(3 * MOST_NAMES)]


def test_what_holds_what() -> None:
    state = sense("State", 50, 10, "AA", "1", kind="state")
    assert holds(state, NORTH) and not holds(state, SOUTH) and not holds(NORTH, NEIGHBOUR) and not holds(state, state)
    region = sense("Region", 50, 10, "", kind="region")
    assert holds(region, NORTH) and not holds(region, SOUTH)
