import json
from importlib import resources
from xml.etree import ElementTree as ET

import pytest
from brief_cases import CODES, FIRST, TOWNS, cards, crowd, incident, place, story
from hypothesis import given, settings
from hypothesis import strategies as st

from seamwatch.brief import basemap, summarise
from seamwatch.brief.canvas import RLI
from seamwatch.brief.map import draw_map
from seamwatch.brief.markers import marker
from seamwatch.brief.page import summary
from seamwatch.brief.spread import Box, spread
from seamwatch.brief.style import load_style
from seamwatch.brief.timeline import draw_timeline
from seamwatch.brief.view import BriefView
from seamwatch.brief.words import Words
from seamwatch.errors import BriefError

SVG = "{http://www.w3.org/2000/svg}"


def words(lang: str = "en") -> Words:
    return Words(lang, CODES, {p.id: p.names for p in TOWNS}, {})


def chart(view: BriefView, lang: str = "en", *, links: bool = True) -> ET.Element:
    told = {line.number: summary(line, words(lang)) for line in view.lines}
    return ET.fromstring(draw_map(view, words(lang), told, links=links))


def texts(root: ET.Element) -> list[str]:
    return [e.text or "" for e in root.iter(f"{SVG}text")]


def test_every_located_incident_has_its_sign_with_title_and_link() -> None:
    root = chart(summarise(story()))
    links = [a.attrib["href"] for a in root.iter(f"{SVG}a")]
    assert sorted(links) == ["#incident-1", "#incident-2"]
    titles = [t.text for t in root.iter(f"{SVG}title")]
    assert any(t and t.startswith("1 · 4 March 2021 · armed clash") for t in titles)
    assert {"1", "2", "armed clash (1)", "attack on civilians (1)", "Kirkuk"} <= set(texts(root))


def test_map_names_itself_and_says_what_is_not_on_it() -> None:
    root = chart(summarise(story()))
    assert root.attrib["aria-labelledby"] == "map-title map-desc"
    assert root.attrib["role"] == "group"
    assert root.find(f"{SVG}desc").text == "2 incidents on the map, numbered as in the list; 2 not on the map."  # type: ignore[union-attr]
    assert chart(summarise(story()), links=False).attrib["role"] == "img"


def test_nothing_in_it_changes_by_the_clock_or_reaches_out() -> None:
    view, told = summarise(story()), dict.fromkeys(range(9), "")
    first = draw_map(view, words(), told, links=False)
    assert first == draw_map(view, words(), told, links=False)
    assert "metadata" not in first
    for value in (v for e in ET.fromstring(first).iter() for v in e.attrib.values()):
        assert "//" not in value


def test_right_to_left_texts_run_by_themselves() -> None:
    shown = texts(chart(summarise(story()), "ckb"))
    assert any(t.startswith(f"{RLI}شەڕ و پێکدادان (1)") for t in shown)
    assert any("هەولێر" in t or "کەرکووک" in t for t in shown)


def test_names_with_dollar_signs_are_no_formulas() -> None:
    root = chart(summarise(story(area="$x_1$ & <b>")))
    assert root.find(f"{SVG}title").text == "Map of the incidents of the period: $x_1$ & <b>"  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [0, 1, 70])
def test_any_number_of_incidents(count: int) -> None:
    assert chart(summarise(crowd(count))).tag == f"{SVG}svg"


def test_time_line_counts_and_direction() -> None:
    view = summarise(story())
    root = ET.fromstring(draw_timeline(view, words()))
    assert texts(root).count("1") == sum(w.attacks[g] for w in view.weeks for g in ("forces", "civilians")) == 6
    assert root.find(f"{SVG}desc").text.endswith("On civilians: 2 in the period, 1 before.")  # type: ignore[union-attr]
    ticks = {t for t in texts(ET.fromstring(draw_timeline(view, words("ar")))) if "/" in t}
    assert "21/3" in ticks


def test_incident_off_the_basemap_is_told() -> None:
    from seamwatch.brief.page import make_page

    held = (incident("far", FIRST, where=place(lat=13.7, lon=-89.2)),)
    view = summarise(story(incidents=held, reports=cards(held)))
    assert "outside the basemap" in " ".join(make_page(view, words()).degraded)
    assert chart(view).tag == f"{SVG}svg"


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(20, 180), st.floats(20, 180)), max_size=12))
def test_spread_keeps_signs_in_the_frame_and_mostly_apart(points: list[tuple[float, float]]) -> None:
    frame = Box(0, 0, 400, 400)
    radii = [8.0] * len(points)
    placed = spread(points, radii, frame)
    assert placed == spread(points, radii, frame)
    assert all(8 <= x <= 392 and 8 <= y <= 392 for x, y in placed)
    for i, a in enumerate(placed):
        for b in placed[:i]:
            assert ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 > 8


def test_every_type_of_the_codebook_has_its_own_sign() -> None:
    style = load_style()
    drawn = [(style.types[code].colour, style.types[code].marker) for code in CODES.types]
    assert len(set(drawn)) == len(CODES.types)
    assert all(marker(t.marker) for t in style.types.values())


def test_white_numbers_can_be_read_on_every_colour() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    colours = {t.colour for t in (*load_style().types.values(), load_style().other)}
    assert all(1.05 / (luminance(c) + 0.05) >= 4.5 for c in colours)


@pytest.mark.parametrize("name", ["countries", "admin1", "admin1_lines", "lakes"])
def test_basemap_layers_lie_where_they_say(name: str) -> None:
    lines = basemap.layer(name)
    assert lines
    assert all(basemap.covers(lat, lon) for line in lines for lon, lat in line)


def test_basemap_is_small_and_its_source_is_told() -> None:
    folder = resources.files("seamwatch.brief") / "basemap"
    layers = [f for f in folder.iterdir() if f.name.endswith(".geojson")]
    assert sum(len(f.read_bytes()) for f in layers) < 300_000
    assert all(json.loads(f.read_text("utf-8"))["type"] == "FeatureCollection" for f in layers)
    source = (folder / "SOURCE.md").read_text("utf-8")
    assert all(f"`{f.name}`" in source for f in layers)


def test_missing_layer_is_one_clear_error() -> None:
    with pytest.raises(BriefError, match="basemap layer 'rivers'"):
        basemap.layer("rivers")
