"""The brief as one HTML file that opens from disk: style, map and font inside, no script, no network."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from seamwatch.brief.fonts import arabic_font_uri
from seamwatch.brief.map import draw_map
from seamwatch.brief.page import make_page, summary
from seamwatch.brief.timeline import draw_timeline
from seamwatch.brief.view import BriefView
from seamwatch.brief.words import FSI, LRI, PDI, Words

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)


def render_html(view: BriefView, lang: str = "en") -> str:
    """The whole page. Raises BriefError for a language that has no strings."""
    words = Words(lang, view.codes, view.names, view.english)
    page = make_page(view, words)
    summaries = {line.number: summary(line, words) for line in view.lines}
    parts = {
        "page": page,
        "words": words,
        "map": Markup(draw_map(view, words, summaries, links=True)),  # noqa: S704 - text in it is escaped by the XML writer
        "time": Markup(draw_timeline(view, words)),  # noqa: S704 - likewise
        "policy": POLICY,
    }
    template = _environment().get_template("brief.html.j2")
    bare = template.render(font="", **parts)
    return template.render(font=arabic_font_uri(bare), **parts)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("seamwatch.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["t"] = isolated
    environment.filters["tag"] = language_tag
    return environment


def isolated(text: str) -> Markup:
    """Escaped text in which isolates become ``<bdi>``."""
    safe = str(escape(text))
    return Markup(safe.replace(FSI, '<bdi dir="auto">').replace(LRI, '<bdi dir="ltr">').replace(PDI, "</bdi>"))  # noqa: S704 - escaped a line above


def language_tag(lang: str) -> str:
    """A language code that may stand in a ``lang`` attribute, else nothing."""
    return lang if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang) else ""
