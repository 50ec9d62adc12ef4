"""Countries, states, regions and their adjectives."""

from pathlib import Path

import pytest

from seamwatch.errors import PackError
from seamwatch.place import fold
from seamwatch.place.atlas import BASE, _rows, load_atlas
from seamwatch.place.names import _ARABIC

ATLAS = load_atlas([("Lamar County", "TX"), ("Nowhere County", "??")])


def test_names_and_adjectives_are_apart() -> None:
    assert {s.kind for s in ATLAS.names["georgia"]} == {"country", "state"}
    assert "kenyan" not in ATLAS.names and ATLAS.adjectives["kenyan"][0].country == "KE"


@pytest.mark.parametrize(("name", "country"), [("العراق", "IQ"), ("عێراق", "IQ"), ("فرنسا", "FR"), ("U.S.", "US")])
def test_countries_in_three_languages(name: str, country: str) -> None:
    assert [s.country for s in ATLAS.names[fold(name)]] == [country]


@pytest.mark.parametrize(("name", "admin1"), [("Texas", "TX"), ("Tex.", "TX"), ("TX", "TX"), ("Ont.", "08")])
def test_what_may_stand_after_a_comma(name: str, admin1: str) -> None:
    assert [s.admin1 for s in ATLAS.wider(name)] == [admin1]


def test_counties_have_a_state_and_no_point() -> None:
    (county,) = ATLAS.names["lamarcounty"]
    assert (county.admin1, county.lat, county.kind) == ("TX", None, "county")
    assert "nowherecounty" not in ATLAS.names


def test_every_country_has_a_point_a_radius_and_a_name_that_is_its_own() -> None:
    assert len(ATLAS.countries) == 250 and all(s.radius_km > 0 and s.lat is not None for s in ATLAS.countries.values())
    assert not any(_ARABIC.search(s.name) for s in ATLAS.countries.values())


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "regions.csv"
    bad.write_text((BASE / "regions.csv").read_text("utf-8").splitlines()[0] + "\nregion,X,,,,95,0,3\n", "utf-8")
    with pytest.raises(PackError, match=r"regions\.csv:2"):
        _rows(bad)
