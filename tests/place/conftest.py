"""A small invented area with homonyms, a small world, and the real ones once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from seamwatch.packs import Pack, load_pack
from seamwatch.place import Gazetteer, WorldPlace, ensure_index
from seamwatch.place.world import write_index

WORLD = [
    (WorldPlace(1, "Lisbon", "PT", 38.72, -9.13, 517_802), ["Lisboa", "لشبونة"]),
    (WorldPlace(2, "Porto", "PT", 41.15, -8.61, 249_633), ["Oporto"]),
    (WorldPlace(3, "Springfield", "US", 39.80, -89.64, 116_250), []),
    (WorldPlace(4, "Springfield", "US", 37.21, -93.29, 159_498), []),
    (WorldPlace(5, "Vila Nova", "PT", 40.1, -8.2, 900), ["Villa Nova"]),
    (WorldPlace(6, "Karsten", "XX", 35.01, 44.02, 30_000), ["Karsten Town"]),
    (WorldPlace(8, "Quarry", "XX", 32.0, 46.0, 4_000), []),
    (WorldPlace(7, "Tokyo", "JP", 35.69, 139.69, 8_336_599), ["東京"]),
]
COUNTRIES = [("PT", "Portugal"), ("US", "United States"), ("JP", "Japan")]

HEADER = "id,kind,en,ar,ckb,ku,lat,lon,radius_km,country,governorate,district,known_from\n"
ROWS = """\
nord-governorate,governorate,Nord,نورد|محافظة نورد,,,35.2,44.2,60,XX,Nord,,invented
sued-governorate,governorate,Sued,,,,33.2,44.2,60,XX,Sued,,invented
alma-district,district,Alma,,,,35.1,44.1,20,XX,Nord,Alma,invented
boro-district,district,Boro,,,,35.6,44.6,20,XX,Nord,Boro,invented
cala-district,district,Cala,,,,33.1,44.1,20,XX,Sued,Cala,invented
nord-city,city,Nord city|Nord,مدينة نورد|نورد,,,35.4,44.4,8,XX,Nord,Boro,invented
alma,town,Alma|Halma,علما|ألما,ئەلما,,35.0,44.0,4,XX,Nord,Alma,invented
boro,town,Boro|Boroo,,,,35.6,44.6,4,XX,Nord,Boro,invented
cala,town,Cala,,,,33.1,44.1,4,XX,Sued,Cala,invented
karsten,town,Karsten,,,,35.0,44.0,4,XX,Nord,Alma,invented
hamlet-alma,village,Lindar,لندار,,,35.05,44.1,2,XX,Nord,Alma,invented
hamlet-cala,village,Lindar,لندار,,,33.05,44.2,2,XX,Sued,Cala,invented
ridge,mountain,Ridge Sarn|Sarn,جبل سارن,,,34.2,44.2,70,XX,,,invented
ridge-nord,mountain,Sarn in Nord|Sarn,جبل سارن,,,35.0,44.3,20,XX,Nord,,invented
ridge-sued,mountain,Sarn in Sued|Sarn,جبل سارن,,,33.4,44.1,20,XX,Sued,,invented
land,region,Highlands,,,,34.5,44.2,200,XX,,,invented
realm,country,Realm,,,,34.0,44.0,300,XX,,,invented
"""


@pytest.fixture(scope="session")
def tiny_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "tiny.sqlite"
    write_index(path, WORLD, COUNTRIES)
    return path


@pytest.fixture(scope="session")
def realm_pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("realm")
    iraq = load_pack().folders[-1]
    (folder / "pack.toml").write_text('name = "realm"\ntitle = "Realm"\nextends = "base"\ncountry = "XX"\n', "utf-8")
    (folder / "codes.toml").write_bytes((iraq / "codes.toml").read_bytes())
    (folder / "places.csv").write_text(HEADER + ROWS, "utf-8")
    return load_pack(folder)


@pytest.fixture(scope="session")
def realm(realm_pack: Pack, tiny_index: Path) -> Gazetteer:
    return Gazetteer.open(realm_pack, index=tiny_index)


@pytest.fixture(scope="session")
def iraq(tiny_index: Path) -> Gazetteer:
    """The default pack over the small world."""
    return Gazetteer.open(load_pack(), index=tiny_index)


@pytest.fixture(scope="session")
def whole() -> Gazetteer:
    """The default pack over the real world: built once in the user's cache (about 15 s), opened at once after."""
    return Gazetteer.open(load_pack(), index=ensure_index())
