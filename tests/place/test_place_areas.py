"""Polygons with days and claimants, on invented ones; OCHA's on the shared file where it is there."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.development import SHARED
from seamwatch.errors import GazetteerError, PackError
from seamwatch.geo import equal_area_km
from seamwatch.model import Place
from seamwatch.packs import Pack, load_pack
from seamwatch.place import area_km2, load_area_sets, nearest_district, read_areas
from seamwatch.place.areas import DISTRICT, GOVERNORATE, Areas

COD = SHARED / "data" / "places"


def box(west: float, south: float, east: float, north: float) -> dict[str, object]:
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def feature(shape: dict[str, object], **told: object) -> dict[str, object]:
    return {"type": "Feature", "properties": told, "geometry": shape}


FEATURES = [
    feature(box(40, 30, 44, 34), id="P", name="Plain", level=1, claimant="one"),
    feature(box(40, 30, 42, 34), id="P1", name="West", names=["غرب"], level=2, parent="P", claimant="one"),
    feature(box(42, 30, 44, 34), id="P2", name="East", level=2, parent="P", claimant="one", valid_to="2019-12-31"),
    feature(box(42, 30, 44, 34), id="P3", name="Sunrise", level=2, parent="P", claimant="one", valid_from="2020-01-01"),
    feature(box(41, 30, 44, 34), id="Q", name="Morning", level=2, claimant="other", note="as the other side draws it"),
]


def write(path: Path, features: list[dict[str, object]]) -> Path:
    path.write_bytes(gzip.compress(json.dumps({"type": "FeatureCollection", "features": features}).encode()))
    return path


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Areas:
    return read_areas(write(tmp_path_factory.mktemp("areas") / "a.geojson.gz", FEATURES), country="XX")


def test_both_claims_stand_side_by_side(areas: Areas) -> None:
    here = areas.district(32, 41.5)
    assert [(a.name, a.claimant) for a in here] == [("West", "one"), ("Morning", "other")]
    assert here[1].note == "as the other side draws it"
    assert {c: [a.name for a in found] for c, found in areas.units(32, 41.5).items()} == {
        "one": ["Plain", "West"],
        "other": ["Morning"],
    }


def test_days_decide_which_version(areas: Areas) -> None:
    for day, name in ((date(2019, 12, 31), "East"), (date(2020, 1, 1), "Sunrise"), (None, "Sunrise")):
        assert [a.name for a in areas.district(32, 43, day=day) if a.claimant == "one"] == [name]


def test_a_point_on_a_line_lies_in_both_and_one_outside_in_none(areas: Areas) -> None:
    assert {a.name for a in areas.district(32, 42) if a.claimant == "one"} == {"West", "Sunrise"}
    assert areas.at(0, 0) == ()


def test_by_name_in_any_script_and_up_and_down(areas: Areas) -> None:
    (west,) = areas.named("غرب")
    assert west is areas.named("WEST", level=DISTRICT)[0] and areas.named("nowhere") == ()
    (plain,) = areas.named("Plain", level=GOVERNORATE)
    assert areas.parent(west) is plain and areas.parent(plain) is None
    assert {a.id for a in areas.within(plain)} == {"P1", "P2", "P3"}


def test_where_claimants_disagree(areas: Areas) -> None:
    found = areas.disagreements(DISTRICT, day=date(2024, 1, 1))
    assert [(d.one.name, d.other.name) for d in found] == [("Sunrise", "Morning"), ("West", "Morning")]
    assert found[0].km2 == pytest.approx(2 * found[1].km2, rel=1e-6)


@pytest.mark.parametrize(("lat", "km2"), [(0, 12308.8), (45, 8684.9), (89, 108.87)])
def test_cells_of_one_degree_have_the_size_of_the_ellipsoid(lat: int, km2: float, tmp_path: Path) -> None:
    (cell,) = read_areas(write(tmp_path / "c.gz", [feature(box(10, lat, 11, lat + 1), name="c", level=1)])).all
    assert cell.km2 == pytest.approx(km2, rel=2e-3) and cell.km2 == area_km2(cell.shape)


def test_the_whole_earth() -> None:
    (x, y) = equal_area_km(90, 180)
    assert 4 * x * y == pytest.approx(510_065_621.7, rel=1e-7)


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (feature({"type": "Point", "coordinates": [1, 2]}, name="p", level=2), "not a polygon"),
        (feature(box(0, 0, 1, 1), name="p", level=2, valid_from="soon"), "isoformat"),
        (
            feature(box(0, 0, 1, 1), name="p", level=2, valid_from="2020-01-02", valid_to="2020-01-01"),
            "before it begins",
        ),
        (feature(box(0, 0, 1, 1), title="p"), "no name"),
    ],
)
def test_a_bad_feature_is_named(bad: dict[str, object], what: str, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=what) as error:
        read_areas(write(tmp_path / "b.geojson.gz", [*FEATURES, bad]))
    assert "feature 6" in str(error.value)


def test_a_file_without_polygons_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no polygons"):
        read_areas(write(tmp_path / "e.geojson.gz", []))


def place(governorate: str | None, district: str | None) -> Place:
    return Place("x", "resolved", governorate=governorate, district=district)


def test_the_disputed_districts_say_that_they_are_a_proxy() -> None:
    (disputed,) = load_area_sets(load_pack())
    assert disputed.proxy and "PROXY" in disputed.label and len(disputed.units) == 15
    assert disputed.holds(place("Kirkuk", "Daquq")) is True and disputed.holds(place("Erbil", "Erbil")) is False
    assert disputed.holds(place("Kirkuk", None)) is None


def test_without_polygons_the_nearest_district_is_a_guess_with_its_distance() -> None:
    found = nearest_district(35.14, 44.45, load_pack())
    assert found and found[:2] == ("Kirkuk", "Daquq") and found[2] < 30
    assert nearest_district(0, 0, load_pack()) is None


@pytest.mark.parametrize(("broken", "what"), [("units = [[1]]", "cannot use"), ('units = [["A", "B"]]', "no district")])
def test_a_broken_set_is_an_error(broken: str, what: str, realm_pack: Pack, tmp_path: Path) -> None:
    for name in ("pack.toml", "codes.toml", "places.csv"):
        (tmp_path / name).write_bytes((realm_pack.folders[-1] / name).read_bytes())
    told = 'id = "x"\ntitle = "X"\nproxy = false\nclaimant = "c"\nnote = ""\n'
    (tmp_path / "areas.toml").write_text(f"[[area]]\n{told}{broken}\n", "utf-8")
    with pytest.raises(PackError, match=what):
        load_area_sets(load_pack(tmp_path))


@pytest.mark.shared
@pytest.mark.skipif(not COD.exists(), reason="needs ../shared: OCHA's polygons are not here")
def test_ochas_polygons() -> None:
    whole = Areas(a for n in (1, 2, 3) for a in read_areas(COD / f"iraq_adm{n}_cod.geojson.gz").all)
    assert [a.name for a in whole.at(35.47, 44.39)][:2] == ["Kirkuk", "Kirkuk"]
    (makhmour,) = whole.named("مخمور", level=DISTRICT)
    outer = whole.parent(makhmour)
    assert outer and outer.name == "Erbil" and whole.at(*makhmour.centre, level=DISTRICT) == (makhmour,)
    assert sum(a.km2 for a in whole.all if a.level == GOVERNORATE) == pytest.approx(438_317, rel=0.01)
    (disputed,) = load_area_sets(load_pack())
    shape = disputed.shape(whole)
    proxy = read_areas(COD / "disputed_districts_proxy.geojson.gz")
    assert shape is not None and area_km2(shape) == pytest.approx(sum(a.km2 for a in proxy.all), rel=1e-6)
    assert all("PROXY" in a.note for a in proxy.all)
