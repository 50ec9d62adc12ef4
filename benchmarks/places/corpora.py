"""News with toponyms and coordinates: LGL and GeoVirus, read from ../shared/data/geoparsing, never copied here."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from benchmarks.development import SHARED

FOLDER = SHARED / "data" / "geoparsing"
NAMES = ("lgl", "geovirus")


@dataclass(frozen=True, slots=True)
class Gold:
    """A toponym of a text; without a point where the corpus gives none."""

    start: int
    end: int
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Document:
    """A text of a corpus with its toponyms."""

    text: str
    gold: tuple[Gold, ...]


def corpus(name: str) -> Iterator[Document]:
    """The documents of "lgl" or "geovirus"."""
    root: Element = fromstring(gzip.decompress((FOLDER / f"{name}.xml.gz").read_bytes()))
    for article in root:
        text = article.findtext("text") or ""
        yield Document(text, tuple(_lgl(article) if name == "lgl" else _geovirus(article)))


def corpora_hash() -> str:
    """SHA-256 over both files."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update((FOLDER / f"{name}.xml.gz").read_bytes())
    return digest.hexdigest()


def _lgl(article: Element) -> Iterator[Gold]:
    for toponym in article.iter("toponym"):
        tag = toponym.find("gaztag")
        lat, lon = (None, None) if tag is None else (tag.findtext("lat"), tag.findtext("lon"))
        yield _gold(toponym.findtext("start"), toponym.findtext("end"), lat, lon)


def _geovirus(article: Element) -> Iterator[Gold]:
    for place in article.iter("location"):
        start, end = int(place.findtext("start") or 0) - 1, int(place.findtext("end") or 0) - 1  # counted from 1
        yield _gold(start, end, place.findtext("lat"), place.findtext("lon"))


def _gold(start: object, end: object, lat: str | None, lon: str | None) -> Gold:
    return Gold(int(str(start)), int(str(end)), float(lat) if lat else None, float(lon) if lon else None)
