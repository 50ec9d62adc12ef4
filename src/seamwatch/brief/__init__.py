"""The situation report: `summarise` computes it, `render_html` and `render_pdf` word and draw it."""

from seamwatch.brief.html import render_html
from seamwatch.brief.input import BriefInput, ImportCounts, Previous, ReportCard, snapshot
from seamwatch.brief.pdf import render_pdf
from seamwatch.brief.summarise import summarise
from seamwatch.brief.view import BriefView
from seamwatch.brief.words import languages

__all__ = [
    "BriefInput",
    "BriefView",
    "ImportCounts",
    "Previous",
    "ReportCard",
    "languages",
    "render_html",
    "render_pdf",
    "snapshot",
    "summarise",
]
