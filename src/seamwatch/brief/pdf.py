"""The brief as PDF, set by Typst. Text goes in as data, so nothing that a report says can be markup."""

from __future__ import annotations

import functools
import json
from importlib import resources

import msgspec

from seamwatch.brief.fonts import LATIN, PDF_ARABIC, pdf_font_folders
from seamwatch.brief.map import draw_map
from seamwatch.brief.page import make_page, summary
from seamwatch.brief.timeline import draw_timeline
from seamwatch.brief.view import BriefView
from seamwatch.brief.words import Words
from seamwatch.errors import BriefError

HEADINGS = (
    *("h_degraded", "h_what", "h_where", "h_since", "h_against", "h_toll", "h_conflicts", "h_said", "h_changes"),
    *(
        "h_sources",
        "h_method",
        "nothing",
        "no_conflicts",
        "no_said",
        "no_toll",
        "no_sources",
        "map_note",
        "against_note",
    ),
    *("t_note", "x_source", "x_value", "x_words", "off_map", "page", "dir", "lang", "map_title", "time_title"),
)


def render_pdf(view: BriefView, lang: str = "en") -> bytes:
    """The whole brief on A4. The same view gives the same bytes. Raises BriefError where Typst cannot set it."""
    import typst

    words = Words(lang, view.codes, view.names, view.english)
    summaries = {line.number: summary(line, words) for line in view.lines}
    data = {
        "page": msgspec.to_builtins(make_page(view, words)),
        "words": {key: words(key) for key in HEADINGS},
        "fonts": [LATIN, PDF_ARABIC],
        "map": draw_map(view, words, summaries, links=False),
        "time": draw_timeline(view, words),
        "date": [view.as_of.year, view.as_of.month, view.as_of.day],
    }
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(pdf_font_folders()))
    try:
        return bytes(
            typst.compile(
                _template(),
                font_paths=fonts,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                timestamp=int(view.as_of.timestamp()),
            )
        )
    except typst.TypstError as error:
        raise BriefError(
            str(error), where="PDF", rule="set by Typst", remedy="the HTML brief holds the same"
        ) from error


@functools.cache
def _template() -> bytes:
    return (resources.files("seamwatch.brief") / "templates" / "brief.typ").read_bytes()
