import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from brief_cases import AS_OF, CODES, FIRST, LAST, crowd, story

from seamwatch.brief import BriefInput, ImportCounts, render_html, snapshot, summarise
from seamwatch.brief.html import isolated, language_tag
from seamwatch.model import Statement

VOID = {"meta", "br", "link", "img", "path", "use", "rect"}
HOSTILE = '<script>alert("x")</script><img src=x onerror=y>\u202e'


class Page(HTMLParser):
    """Checks that tags nest, and collects what a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(lang: str = "en", **more: object) -> Page:
    return Page(render_html(summarise(story(**more)), lang))


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_well_formed_with_one_heading_and_direction(lang: str) -> None:
    found = page(lang)
    assert [t for t, _ in found.tags].count("h1") == 1
    html = found.tags[0][1]
    assert (html["lang"], html["dir"]) == (lang, "ltr" if lang == "en" else "rtl")
    ids = [a["id"] for _, a in found.tags if "id" in a]
    assert len(ids) == len(set(ids))
    headers = [a for t, a in found.tags if t == "th"]
    assert headers
    assert all(a.get("scope") in ("col", "row") for a in headers)


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_reaches_for_nothing_outside(lang: str) -> None:
    found = page(lang)
    assert not {"script", "link", "iframe", "object", "form", "img"} & {t for t, _ in found.tags}
    for tag, attributes in found.tags:
        for name, value in attributes.items():
            if name.startswith("xmlns"):
                continue
            assert not name.startswith("on"), (tag, name)
            assert "//" not in (value or ""), (tag, name, value)
            if name in ("href", "src", "xlink:href"):
                assert (value or "").startswith("#")
    text = render_html(summarise(story()), lang)
    assert all(url.startswith('"data:font/woff') for url in re.findall(r"url\(([^#)][^)]*)", text))
    policy = next(a["content"] for t, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith("default-src 'none'")


def test_holds_the_picture_in_words_and_numbers() -> None:
    text = page().text
    for words in (
        "Situation report",
        "4 incidents",
        "armed forces: 4–6 killed",
        "at least 3 (1)",
        "night of 20–21 March 2021",
        "sources differ on toll (armed forces, killed)",
        "four soldiers were killed",
        "too few to tell",
        "mayor , district of Daquq",
        "known to the country only",
        "There is no earlier brief to compare with.",
    ):
        numbers_first = words.split()[::-1] if words == "4 incidents" else [words]
        assert all(part in text for part in numbers_first), words


def test_what_changed_since_the_last_brief() -> None:
    given = story()
    text = page(previous=snapshot(given.incidents[1:], AS_OF)).text
    assert "Since the brief of 29 March 2021" in text
    assert "new No. 1" in text


def test_degraded_on_its_face() -> None:
    counts = ImportCounts(9, 2, 1, 1, ("no Hijri dates",), tuple(f"Tal {n}" for n in range(20)))
    text = page(counts=counts).text
    assert "This brief is degraded" in text
    assert "Files that could not be read: 2." in text
    assert "and 8 more" in text
    assert "no Hijri dates" in text


def test_languages_that_are_not_known_are_told_in_the_readers_and_notes_do_not_flood_the_page() -> None:
    counts = ImportCounts(notes=tuple(f"note {n}" for n in range(400)), strange=3, strange_languages=("fr", "ku"))
    assert re.search(r"languages that the coder does not know: 3 \( ?fr ?, Kurdish\)", page(counts=counts).text)
    text = page("ckb", counts=counts).text
    assert "کوردی" in text and text.count("note ") == 12 and "388" in text


def test_the_area_is_named_in_the_readers_language() -> None:
    areas = {"ar": "شمال العراق"}
    assert "شمال العراق" in page("ar", areas=areas).text and "شمال العراق" not in page("en", areas=areas).text


def test_what_reports_say_is_shown_as_text() -> None:
    given = story()
    held = list(given.incidents)
    place = replace(held[0].record.location, name=HOSTILE, district=HOSTILE)  # type: ignore[type-var]
    claims = tuple(replace(c, source=HOSTILE, value=HOSTILE) for c in held[0].contradictions[0].claims)
    held[0] = replace(
        held[0],
        record=replace(held[0].record, location=place),
        contradictions=(replace(held[0].contradictions[0], claims=claims, field="place"),),
    )
    said = Statement("r-b", "warning", HOSTILE, HOSTILE, HOSTILE, ())
    cards = {k: replace(c, source=HOSTILE, lang='en"><b>') for k, c in given.reports.items()}
    counts = ImportCounts(notes=(HOSTILE,), unknown_places=(HOSTILE,))
    found = page(
        incidents=tuple(held), statements=(said,), reports=cards, counts=counts, area=HOSTILE, audience=HOSTILE
    )
    assert not {"script", "img", "b"} & {t for t, _ in found.tags}
    assert '<script>alert("x")</script>' in found.text
    assert "\u202e" not in found.text


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_empty_period_says_so(lang: str) -> None:
    view = summarise(BriefInput("Nowhere", FIRST, LAST, AS_OF, CODES))
    found = Page(render_html(view, lang))
    assert ("That is not to say that nothing happened." in found.text) == (lang == "en")


def test_five_hundred_incidents() -> None:
    text = render_html(summarise(crowd(500)))
    assert text.count('<li id="incident-') == 500


def test_same_view_same_file() -> None:
    view = summarise(story())
    assert render_html(view, "ar") == render_html(view, "ar")


def test_isolates_become_bdi() -> None:
    assert isolated("a \u2068<b>\u2069 c") == 'a <bdi dir="auto">&lt;b&gt;</bdi> c'


@pytest.mark.parametrize(
    ("lang", "tag"), [("ckb", "ckb"), ("ar-IQ", "ar-IQ"), ('en" x="', ""), ("", ""), ("english", "")]
)
def test_language_tags(lang: str, tag: str) -> None:
    assert language_tag(lang) == tag
