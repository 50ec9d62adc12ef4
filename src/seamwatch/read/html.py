"""Web pages: title, date, site and the article's text, by trafilatura; fragments of HTML as plain text."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from seamwatch.read.decode import Decoded, decode_text
from seamwatch.read.given import Given, Outcome, report_from
from seamwatch.read.limits import HTML_TAG_CHARS, HTML_TAGS
from seamwatch.read.text import clean_lang, lost_letters

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%\s]{1000,}")
_TAG = re.compile(r"""<[A-Za-z](?:[^>"']|"[^"]*"|'[^']*')*+""")
_DATE_NAMES = (
    *("article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.date", "dc.date"),
    *("date", "pubdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date", "article:published"),
)
_BLOCKS = frozenset(
    (
        *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "pre"),
        *("blockquote", "section", "article", "header", "footer"),
    )
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head"))
_FAR_FUTURE = "2100-01-01"  # so that what is read does not depend on today


def read_html(data: bytes, given: Given, *, url: str | None = None) -> Iterator[Outcome]:
    """The report on a web page; one error where it is no text, too heavy, or has no article text."""
    remedy = "save the page as text or PDF"
    tags = data.count(b"<")
    if tags > HTML_TAGS:
        yield given.error(f"{tags:,} tags", rule=f"at most {HTML_TAGS:,} tags a page", remedy=remedy)
        return
    decoded = decode_page(data)
    if decoded is None:
        yield given.error("not a text page", rule="HTML text", remedy=remedy)
        return
    page = _EMBEDDED.sub("data:,", decoded.text)
    if (longest := longest_tag(page)) > HTML_TAG_CHARS:
        rule = f"at most {HTML_TAG_CHARS:,} characters a tag"
        yield given.error(f"one tag of {longest:,} characters", rule=rule, remedy=remedy)
        return
    from trafilatura import bare_extraction, load_html  # takes half a second to load

    for library in ("trafilatura", "htmldate"):  # what they log on the way, the outcome says
        logging.getLogger(library).setLevel(logging.CRITICAL)
    tree = load_html(page)
    found: Any = None
    if tree is not None:
        dates = {"original_date": True, "extensive_search": False, "max_date": _FAR_FUTURE}
        named = _metadata(tree)
        when, site = _written_date(tree, named), named.get("og:site_name", "")
        lang = clean_lang(tree.get("lang"))
        found = bare_extraction(page, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if found is None or not (found.text or "").strip():
        yield given.error("no article text on the page", rule="an HTML page with text", remedy=remedy)
        return
    title = " ".join((found.title or "").split())
    text = found.text.strip()
    if title and text.startswith(f"{title}\n"):
        text = text[len(title) :].lstrip()
    yield from report_from(
        given,
        title,
        re.sub(r"\n+", "\n\n", text),
        date_raw=when or found.date,
        source=site or found.sitename or "",
        lang=lang,
    )
    if error := lost_letters(decoded, given):
        yield error


def longest_tag(page: str) -> int:
    """The length of the longest tag outside scripts: parsers take time by the square of a tag's attributes."""
    longest = at = 0
    lower = page.lower()
    while at < len(page):
        script = lower.find("<script", at)
        stop = len(page) if script < 0 else script
        longest = max(longest, max((len(tag[0]) for tag in _TAG.finditer(page, at, stop)), default=0))
        end = lower.find("</script", stop)
        at = len(page) if end < 0 else end + 1
    return longest


def decode_page(data: bytes) -> Decoded | None:
    """A page's text by the encoding that it names, if that fits, else as any text (`decode_text`)."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\x00" not in data:
        name = named[1].decode("ascii")
        try:
            return Decoded(data.decode(name).replace("\r\n", "\n"), name.lower())
        except (LookupError, UnicodeError):
            pass  # the page names an encoding that it is not in: look at the bytes
    return decode_text(data)


def plain_text(fragment: str) -> str:
    """The words of an HTML fragment, paragraphs apart. Raises nothing: what is no HTML comes back as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return re.sub(r"<[^>]*>", " ", fragment).strip()
    pieces: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        seen = event == "start" and node.tag not in _UNSEEN
        if event in ("start", "end") and node.tag in _BLOCKS:
            pieces.append("\n")
        if seen and node.text:
            pieces.append(" ".join(re.split(r"\s+", node.text)))
        if event != "start" and node.tail and node is not root:
            pieces.append(" ".join(re.split(r"\s+", node.tail)))
    lines = ("".join(pieces)).split("\n")
    return "\n\n".join(line for line in (" ".join(x.split()) for x in lines) if line)


def _metadata(tree: Any) -> dict[str, str]:
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if meta.get("content", "").strip():
            named.setdefault(name.strip().lower(), meta.get("content").strip())
    return named


def _written_date(tree: Any, named: dict[str, str]) -> str | None:
    """The page's own date with its time of day, from its metadata; trafilatura keeps the day alone."""
    for name in _DATE_NAMES:
        if name in named:
            return named[name]
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json" and (found := _linked_date(script.text)):
            return found
    stamps = [t.get("datetime", "").strip() for t in tree.iter("time")]
    return next((s for s in stamps if re.match(r"\d{4}-\d\d-\d\d", s)), None)


def _linked_date(raw: str | None) -> str | None:
    try:
        waiting = [json.loads(raw or "")]
    except (ValueError, RecursionError):
        return None  # a page's broken metadata is no reason to refuse the page
    for _ in range(1000):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                return str(node["datePublished"])
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return None
