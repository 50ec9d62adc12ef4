"""RSS and Atom feeds, by feedparser on bytes, after a check for XML bombs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from seamwatch.read.given import Given, Outcome, report_from
from seamwatch.read.html import plain_text
from seamwatch.read.limits import BROKEN_FEED_MB, FEED_ENTRIES, MEGABYTE, XML_DEPTH
from seamwatch.read.text import clean_lang

_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)


def read_feed(data: bytes, given: Given) -> Iterator[Outcome]:
    """A report for each entry; the source is the entry's own source, else the feed's title, never its author.

    Refuses XML that defines entities (they can unfold to gigabytes or fetch other files).
    """
    if bomb := _bomb(data):
        yield given.error(
            bomb, rule="flat XML without entities of its own", remedy="get the feed from its publisher again"
        )
        return
    import feedparser

    found = feedparser.parse(BytesIO(data), resolve_relative_uris=False, sanitize_html=True)
    if not found.version or not found.entries:
        what = "no entries in the feed" if found.version else "neither RSS nor Atom"
        yield given.error(what, rule="an RSS or Atom feed", remedy="save the feed itself, not the page about it")
        return
    title, lang = plain_text(str(found.feed.get("title", ""))), clean_lang(found.feed.get("language"))
    for number, entry in enumerate(found.entries[:FEED_ENTRIES], 1):
        yield from _entry(entry, given.at(f"#{number}"), title, lang)
    if len(found.entries) > FEED_ENTRIES:
        what = f"{len(found.entries):,} entries, read the first {FEED_ENTRIES:,}"
        yield given.error(what, rule=f"at most {FEED_ENTRIES:,} entries", remedy="split the feed")
    if found.bozo and isinstance(found.get("bozo_exception"), Exception) and not _harmless(found.bozo_exception):
        what = f"broken XML ({found.bozo_exception}); {len(found.entries)} entries could be read"
        yield given.error(what, rule="well-formed XML", remedy="get the feed again")


def _entry(entry: Any, given: Given, feed_title: str, lang: str | None) -> Iterator[Outcome]:
    bodies = [str(part.get("value", "")) for part in entry.get("content", ())] + [str(entry.get("summary", ""))]
    text = max((plain_text(body) for body in bodies), key=len)
    source = plain_text(str(entry.get("source", {}).get("title", "")))
    yield from report_from(
        given,
        " ".join(plain_text(str(entry.get("title", ""))).split()),
        text,
        date_raw=entry.get("published") or entry.get("updated"),
        source=source or feed_title,
        lang=lang,
        external_id=entry.get("id") or entry.get("link"),
    )


class _TooDeep(Exception):
    """Elements in elements beyond any feed."""


class _Shape(ContentHandler):
    """Follows how deep the elements go."""

    depth = 0

    def startElement(self, name: str, attrs: object) -> None:
        """One level down."""
        self.depth += 1
        if self.depth > XML_DEPTH:
            raise _TooDeep

    def endElement(self, name: str) -> None:
        """One level up."""
        self.depth -= 1


def _bomb(data: bytes) -> str | None:
    """What is dangerous in the XML, or None."""
    try:
        parseString(data, _Shape(), forbid_dtd=False, forbid_entities=True, forbid_external=False)
    except _TooDeep:
        return f"elements nested more than {XML_DEPTH} deep"
    except DefusedXmlException as error:
        return f"an XML bomb or foreign file ({type(error).__name__})"
    except (SAXException, ValueError, LookupError):
        # not well-formed: feedparser reads it loosely and slowly, so look for the definitions themselves
        if len(data) > BROKEN_FEED_MB * MEGABYTE:
            return f"broken XML of more than {BROKEN_FEED_MB} MB"
        head = data[: 1 << 20]
        texts = (
            head.decode("utf-8", "replace"),
            head.decode("utf-16-le", "replace"),
            head.decode("utf-16-be", "replace"),
        )
        return "entities defined in broken XML" if any(map(_ENTITY.search, texts)) else None
    return None


def _harmless(error: Exception) -> bool:
    return type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")
