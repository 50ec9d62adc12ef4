"""Every kind of list, from small invented files: right-to-left names, broken rows, strange encodings."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seamwatch.errors import ConfigError, GazetteerError
from seamwatch.packs import Pack
from seamwatch.place import Gazetteer, load_words
from seamwatch.place.imported import Imported
from seamwatch.place.imports.run import Outcome, import_file, kind_of_file
from seamwatch.place.store import Store

Put = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("an import opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "gazetteer.sqlite"


@pytest.fixture
def put(own: Path, realm_pack: Pack) -> Put:
    def run(path: Path, **options: Any) -> Outcome:
        return import_file(path, own, load_words(realm_pack), country="XX", **options)

    return run


@pytest.fixture
def find(own: Path, realm_pack: Pack, tiny_index: Path) -> Callable[[str], list[str]]:
    """The ids of what a name may mean, after all imports of a test."""
    opened: list[Gazetteer] = []

    def run(name: str) -> list[str]:
        opened[:] = opened or [Gazetteer(realm_pack, tiny_index, own)]
        return [c.entry.id for c in opened[0].candidates(name) if c.entry.origin == "imported"]

    return run


def line(ref: object, name: str, lat: object, lon: object, group: str, code: str, **more: str) -> str:
    told = {"others": "", "country": "XX", "first": "01", "second": "", "inhabitants": "0"} | more
    row = [ref, name, name, told["others"], lat, lon, group, code, told["country"], "", told["first"], told["second"]]
    return "\t".join(map(str, [*row, "", "", told["inhabitants"], "", "120", "Asia/Baghdad", "2020-01-01"]))


DUMP = "\n".join(
    (
        line(900, "Nord", 35.2, 44.2, "A", "ADM1"),
        line(901, "Al Alma", 35.1, 44.1, "A", "ADM2", second="77"),
        line(902, "Qaryat al Mansaf", 35.3, 44.0, "P", "PPL", others="Mansaf,المنصف,قرية المنصف", second="77"),
        line(903, "Zurqa", 35.4, 44.2, "P", "PPL", inhabitants="123456"),
        line(904, "Grand Hotel", 35.4, 44.2, "S", "HTL"),
        line(905, "Jabal Tarim", 35.9, 44.9, "T", "MT"),
        line(906, "Broken", "n/a", 44.2, "P", "PPL"),
        "907\ttoo short",
        line("x9", "No number", 35, 44, "P", "PPL"),
        line(908, "Vila Longe", 39.0, -8.0, "P", "PPL", country="PT", inhabitants="9000"),
        "",
    )
)
NAMES = "\n".join(
    (
        "1\t902\tar\tمنصف العليا\t\t\t\t",
        "2\t902\tckb\tمەنسەف\t1\t\t\t",
        "3\t902\tlink\thttps://example.org/mansaf\t\t\t\t",
        "4\t902\twkdt\tQ1\t\t\t\t",
        "5\t902\tpost\t36001\t\t\t\t",
        "6\t424242\tar\tلا مكان\t\t\t\t",
        "7\tbroken",
        "8\t902\tku\tMensef",
    )
)


def zipped(path: Path, name: str, text: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "words " * 10_000)
        archive.writestr(name, text)
    return path


@pytest.mark.parametrize("pack_as", ["txt", "gz", "zip"])
def test_geonames(tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path, pack_as: str) -> None:
    path = tmp_path / {"txt": "XX.txt", "gz": "XX.txt.gz", "zip": "XX.zip"}[pack_as]
    if pack_as == "txt":
        path.write_text(DUMP, "utf-8")
    elif pack_as == "gz":
        path.write_bytes(gzip.compress(DUMP.encode()))
    else:
        zipped(path, "XX.txt", DUMP)
    done = put(path)
    assert (done.source.kind, done.source.rows, done.bad) == ("geonames", 6, 3)
    assert "2 columns" in done.faults[1] and "geonameid" in done.faults[2]
    assert "CC BY 4.0" in done.source.licence
    for name in ("Mansaf", "Qaryat al-Mansaf", "المنصف", "منصف"):
        assert find(name) == ["geonames:XX:902"], name
    assert find("Grand Hotel") == []
    assert find("Vila Longe") == ["geonames:XX:908"]
    assert find("Vila Lonje") == []  # abroad by the very name only
    with_units = [p for p, _ in Imported(own).find("Mansaf", "XX")]
    assert [(p.kind, p.governorate, p.district) for p in with_units] == [("village", "Nord", "Al Alma")]
    assert [p.kind for p, _ in Imported(own).find("Zurqa", "XX")] == ["city"]
    assert [(p.kind, p.radius_km) for p, _ in Imported(own).find("Jabal Tarim", "XX")] == [("mountain", 10.0)]


def test_unit_names_come_from_the_code_tables_where_they_lie_beside(tmp_path: Path, put: Put, own: Path) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text("XX.01\tThe North\tThe North\t900\n", "utf-8")
    (tmp_path / "admin2Codes.txt").write_text("XX.01.77\tThe Alma\tThe Alma\t901\n", "utf-8")
    (tmp_path / "XX.txt").write_text(DUMP, "utf-8")
    put(tmp_path / "XX.txt")
    ((place, _),) = Imported(own).find("Mansaf", "XX")
    assert (place.governorate, place.district) == ("The North", "The Alma")


def test_alternate_names_are_added_to_the_places_of_a_dump(
    tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path
) -> None:
    (tmp_path / "alternateNamesV2.txt").write_text(NAMES, "utf-8")
    with pytest.raises(ConfigError, match="country file or allCountries first"):
        put(tmp_path / "alternateNamesV2.txt")
    (tmp_path / "XX.txt").write_text(DUMP, "utf-8")
    put(tmp_path / "XX.txt")
    done = put(tmp_path / "alternateNamesV2.txt")
    assert (done.source.kind, done.source.names, done.bad) == ("alternate-names", 3, 1)
    assert find("مەنسەف") == find("Mensef") == find("منصف العليا") == ["geonames:XX:902"]
    with sqlite3.connect(own) as db:
        langs = {lang for (lang,) in db.execute("SELECT lang FROM spelling WHERE source = ?", (done.source.id,))}
    db.close()
    assert langs == {"ar", "ckb", "ku"}


def wof_database(path: Path) -> Path:
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TABLE spr (id, parent_id, name, placetype, country, latitude, longitude, "
            "is_deprecated, is_superseded)"
        )
        db.execute("CREATE TABLE names (id, placetype, country, language, name)")
        db.execute("CREATE TABLE ancestors (id, ancestor_id, ancestor_placetype)")
        db.execute("CREATE TABLE geojson (id, body)")
        rows = [
            (20, 3, "Tarhan", "locality", "XX", 35.22, 44.02, 0, 0),
            (21, 3, "Old Tarhan", "locality", "XX", 35.22, 44.02, 1, 0),
            (22, 3, "Nowhere", "locality", "XX", None, 44.02, 0, 0),
            (2, 1, "Nord", "region", "XX", 35.2, 44.2, 0, 0),
        ]
        db.executemany("INSERT INTO spr VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        db.execute("INSERT INTO names VALUES (20, 'locality', 'XX', 'ara', 'ترحان')")
        db.execute("INSERT INTO ancestors VALUES (20, 2, 'region')")
        body = json.dumps({"properties": {"gn:population": 7000}})
        db.execute("INSERT INTO geojson VALUES (20, ?)", (body,))
    db.close()
    return path


def test_whos_on_first_as_sqlite(tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path) -> None:
    done = put(wof_database(tmp_path / "wof-xx.db"))
    assert (done.source.rows, done.bad) == (2, 1)
    assert find("ترحان") == ["wof:wof-xx:20"] and find("Old Tarhan") == []
    ((place, _),) = Imported(own).find("Tarhan", "XX")
    assert (place.kind, place.governorate, place.population) == ("town", "Nord", 7000)
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    with pytest.raises(GazetteerError, match="spr and names"):
        put(tmp_path / "other.db")
    (tmp_path / "no.db").write_text("none" * 500, "utf-8")
    with pytest.raises(GazetteerError, match="cannot be read on"):
        put(tmp_path / "no.db")


def test_whos_on_first_as_a_folder(tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path) -> None:
    def write(ref: int, **properties: object) -> None:
        file = tmp_path / "data" / str(ref)[:3] / f"{ref}.geojson"
        file.parent.mkdir(parents=True, exist_ok=True)
        told = {"wof:id": ref, "geom:latitude": 35.2, "geom:longitude": 44.1, "wof:country": "XX"} | properties
        file.write_text(json.dumps({"type": "Feature", "properties": told}), "utf-8")

    unit = [{"region_id": 301}]
    write(301, **{"wof:name": "Nord", "wof:placetype": "region"})
    write(
        302,
        **{
            "wof:name": "Selwan",
            "wof:placetype": "locality",
            "wof:hierarchy": unit,
            "name:ckb_x_preferred": ["سەلوان"],
        },
    )
    write(303, **{"wof:name": "Gone", "wof:placetype": "locality", "edtf:deprecated": "2020-01-01"})
    (tmp_path / "data" / "302-alt-quattroshapes.geojson").write_text("{}", "utf-8")
    (tmp_path / "data" / "999.geojson").write_text("{broken", "utf-8")
    done = put(tmp_path / "data")
    assert (done.source.rows, done.bad) == (2, 1)
    assert find("سەلوان") == ["wof:data:302"] and find("Gone") == []
    assert not put(tmp_path / "data").new


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def square(west: float, south: float) -> dict[str, object]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


AREAS = [
    feature(
        square(44, 35),
        **{"ADM2_EN": "Alma", "ADM2_AR": "علما", "ADM2_PCODE": "XX0101", "ADM1_EN": "Nord", "ADM1_PCODE": "XX01"},
        **{"ADM0_PCODE": "XX", "validOn": "2019-06-03T00:00:00", "validTo": None},
    ),
    feature(
        square(45, 35),
        **{
            "adm2_name": "Boro",
            "adm2_name1": "بورو",
            "adm2_pcode": "XX0102",
            "adm1_name": "Nord",
            "valid_on": "2024-01-01",
            "note": "PROXY, not a line that anybody agreed on",
        },
    ),
    feature({"type": "Polygon", "coordinates": [[[500, 3], [501, 3], [501, 4], [500, 3]]]}, ADM1_EN="Off the globe"),
    feature({"type": "LineString", "coordinates": [[44, 35], [45, 35]]}, ADM1_EN="A line"),
    feature(square(44, 33), Shape_Area=1.0),
    feature(None, ADM1_EN="Nothing drawn"),
]


def collection(path: Path, found: list[dict[str, object]], *, indent: int | None = None) -> Path:
    text = json.dumps({"type": "FeatureCollection", "features": found}, ensure_ascii=False, indent=indent)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_boundaries(tmp_path: Path, put: Put, own: Path) -> None:
    done = put(collection(tmp_path / "adm2.geojson.gz", AREAS))
    assert (done.source.kind, done.source.areas, done.source.rows, done.bad) == ("ocha", 2, 0, 3)
    (alma, source), (boro, _) = Imported(own).areas("XX")
    assert (alma.name, alma.level, alma.ref, alma.parent, alma.claimant) == ("Alma", 2, "XX0101", "XX01", "OCHA COD-AB")
    assert (alma.valid_from, alma.valid_to, alma.box) == ("2019-06-03", "", (44.0, 35.0, 45.0, 36.0))
    assert ("ar", "علما") in alma.names and ("", "بورو") in boro.names
    assert (boro.country, boro.parent, boro.valid_from) == ("XX", "Nord", "2024-01-01")
    assert boro.claimant.startswith("PROXY")
    assert source.licence.startswith("CC BY-IGO")
    assert [a.name for a, _ in Imported(own).areas()] == ["Alma", "Boro"]
    assert list(Imported(own).areas("YY")) == []


def test_populated_places(tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path) -> None:
    point = {"type": "Point", "coordinates": [44.3, 35.2]}
    told = {"featureNam": "Bawerkan", "ADM1_EN": "Nord", "ADM2_EN": "Alma", "Population": "900", "pcode": "P1"}
    rows = [
        feature(point, **told, name_ar="باوركان"),
        feature(point, x=1),
        feature({"type": "Point", "coordinates": []}),
    ]
    done = put(collection(tmp_path / "places.json", rows, indent=1))
    assert (done.source.rows, done.bad) == (1, 2)
    assert find("باوركان") == find("Bawerkan") == ["ocha:places:P1"]
    ((place, _),) = Imported(own).find("Bawerkan", "XX")
    assert (place.governorate, place.district, place.kind) == ("Nord", "Alma", "village")


def test_a_collection_is_read_a_feature_at_a_time(tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seamwatch.place.imports.opened._CHUNK", 7)
    assert put(collection(tmp_path / "adm2.geojson", AREAS)).source.areas == 2
    cut = tmp_path / "cut.geojson"
    cut.write_bytes((tmp_path / "adm2.geojson").read_bytes()[:400])
    with pytest.raises(GazetteerError, match="whole GeoJSON"):
        put(cut)
    (tmp_path / "none.geojson").write_text('{"type": "Topology"}', "utf-8")
    with pytest.raises(GazetteerError, match="FeatureCollection"):
        put(tmp_path / "none.geojson")


def test_a_shapefile_without_pyogrio_names_the_extra(tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyogrio", None)
    (tmp_path / "adm1.shp").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"seamwatch\[shp\]"):
        put(tmp_path / "adm1.shp")


def test_a_shapefile_as_pyogrio_gives_it(tmp_path: Path, put: Put, own: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="needs the extra [shp]")
    collection(tmp_path / "adm.geojson", AREAS[:2])
    meta, _, shapes, columns = pyogrio.raw.read(tmp_path / "adm.geojson")
    meta["geometry_type"] = "Polygon"
    pyogrio.raw.write(tmp_path / "adm.shp", shapes, columns, meta["fields"], geometry_type="Polygon", crs="EPSG:4326")
    assert put(tmp_path / "adm.shp").source.areas == 2
    assert [a.name for a, _ in Imported(own).areas()] == ["Alma", "Boro"]
    pyogrio.raw.write(tmp_path / "m.shp", shapes, columns, meta["fields"], geometry_type="Polygon", crs="EPSG:32638")
    with pytest.raises(GazetteerError, match="reproject it"):
        put(tmp_path / "m.shp")


TABLE = (
    "Name ;LATITUDE;Long;Type;District;Province;Population;Name_AR;other names\n"
    "Sarkar;35,21;44,05;Village;Alma;Nord;1 200;سركار;Serkar|Sarqar\n"
    "No place;;;village;;;;;\n"
    ";35;44;;;;;;\n"
    "Odd;35;44;galaxy;;;;;\n"
    ";;;;;;;;\n"
    "Gelan;35.3;44.2;;;;250000;;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
def test_a_plain_table(tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path, encoding: str) -> None:
    (tmp_path / "mine.csv").write_bytes(TABLE.encode(encoding))
    done = put(tmp_path / "mine.csv", licence="ours")
    assert (done.source.kind, done.source.rows, done.bad, done.source.licence) == ("csv", 2, 3, "ours")
    assert done.faults[0].startswith("record 2: ") and "galaxy" in done.faults[2]
    assert find("سركار") == find("Serkar") == find("Sarqar") == find("SARKAR") == ["csv:mine:1"]
    ((place, _),) = Imported(own).find("Sarkar", "XX")
    assert (place.lat, place.lon, place.district, place.governorate) == (35.21, 44.05, "Alma", "Nord")
    assert [p.kind for p, _ in Imported(own).find("Gelan", "XX")] == ["city"]


def test_a_table_without_coordinates_is_refused(tmp_path: Path, put: Put) -> None:
    (tmp_path / "mine.csv").write_text("name,country\nSarkar,XX\n", "utf-8")
    with pytest.raises(ConfigError, match=r"no column for lat, lon.*latitude"):
        put(tmp_path / "mine.csv")


def test_a_broken_archive_is_told(tmp_path: Path, put: Put) -> None:
    (tmp_path / "XX.zip").write_bytes(b"PK no zip")
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"name,lat,lon\n" + b"a,1,1\n" * 9999)[:-20])
    for path in (tmp_path / "XX.zip", tmp_path / "cut.csv.gz"):
        with pytest.raises(GazetteerError, match="cannot be read"):
            put(path)
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 9)
    with pytest.raises(GazetteerError, match="no text"):
        put(tmp_path / "picture.csv")


def test_kinds_are_told_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DUMP, "utf-8")
    (tmp_path / "b.txt").write_text(NAMES, "utf-8")
    (tmp_path / "empty").mkdir()
    assert [kind_of_file(tmp_path / n) for n in ("a.txt", "b.txt")] == ["geonames", "alternate-names"]
    with pytest.raises(ConfigError, match="no GeoJSON"):
        kind_of_file(tmp_path / "empty")


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_old_one(
    tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path
) -> None:
    (tmp_path / "XX.txt").write_text(DUMP, "utf-8")
    put(tmp_path / "XX.txt")
    (tmp_path / "XX.txt").write_text(DUMP.replace("Zurqa", "Zurqa Nova").replace("906\t", "1906\t"), "utf-8")
    assert put(tmp_path / "XX.txt").new
    assert find("Zurqa Nova") == ["geonames:XX:903"]
    with Store(own) as store:
        assert [(s.slug, s.rows) for s in store.sources()] == [("geonames:XX", 6)]


def test_a_source_is_removed_with_all_it_brought(tmp_path: Path, put: Put, own: Path) -> None:
    for name, text in (("XX.txt", DUMP), ("alternateNamesV2.txt", NAMES)):
        (tmp_path / name).write_text(text, "utf-8")
        put(tmp_path / name)
    with Store(own) as store:
        with pytest.raises(ConfigError, match="one of: geonames:XX, alternate-names"):
            store.remove("none")
        store.remove("geonames:XX")
    with sqlite3.connect(own) as db:
        left = [
            db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("place", "spelling", "form", "consonants")
        ]
    db.close()
    assert left == [0, 0, 0, 0]


def test_names_are_indexed_anew_after_an_update(
    tmp_path: Path, put: Put, find: Callable[[str], list[str]], own: Path, realm_pack: Pack
) -> None:
    (tmp_path / "XX.txt").write_text(DUMP, "utf-8")
    put(tmp_path / "XX.txt")
    with sqlite3.connect(own) as db:
        db.execute("UPDATE meta SET value = 0 WHERE key = 'forms'")
        db.execute("UPDATE form SET form = 'old' || form")
    db.close()
    with pytest.raises(GazetteerError, match="gazetteer reindex"):
        find("Mansaf")
    with Store(own, any_forms=True) as store:
        assert [s.state for s in store.reindex(load_words(realm_pack))][-1] == "ready"
    assert find("Mansaf") == ["geonames:XX:902"]
