"""One address that the user names: a page, a feed or a file. Nothing else is ever fetched."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import unquote, urlsplit, urlunsplit

from seamwatch.errors import ReadError
from seamwatch.read.dispatch import HEAD, kind_of, read_bytes
from seamwatch.read.given import Given, Outcome
from seamwatch.read.html import read_html
from seamwatch.read.limits import CHUNK, MEGABYTE, TEXT_MB, URL_SECONDS

SCHEMES = ("http", "https")
RULE = "an http or https address that answers"
_ENDINGS = {
    "pdf": ".pdf",
    "rss": ".rss",
    "atom": ".atom",
    "xml": ".xml",
    "json": ".json",
    "csv": ".csv",
    "plain": ".txt",
}


def read_url(url: str, *, pack_utc_offset: float = 0.0) -> Iterator[Outcome]:
    """Everything at an address, at most 20 MB within 30 s, redirects only to http(s). Raises nothing."""
    shown = _without_login(url)
    try:
        data, kind = _fetch(url, shown)
    except ReadError as error:
        yield error
        return
    name = unquote(PurePosixPath(urlsplit(url).path).name)
    given = Given(shown, name, pack_utc_offset)
    if kind_of(name, data[:HEAD]) == "html" or (kind == "html" and kind_of("", data[:HEAD]) in ("text", "html")):
        yield from read_html(data, given, url=shown)
        return
    ending = next((ending for word, ending in _ENDINGS.items() if word in kind), "")
    known = kind_of(name, data[:HEAD]) if "." in name else None
    yield from read_bytes(data, given if known else Given(shown, f"{name}{ending}", pack_utc_offset))


class _HttpOnly(urllib.request.HTTPRedirectHandler):
    """Refuses redirects to anything but http and https (the library would also go to ftp)."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The next request, or None (an HTTP error) where it leads elsewhere."""
        if urlsplit(newurl).scheme not in SCHEMES:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(url: str, shown: str) -> tuple[bytes, str]:
    """Bytes and content subtype ("html", "rss+xml") of an address; raises ReadError."""
    if not _is_web(url):
        raise ReadError("not a web address", where=shown, rule=RULE, remedy="write it with https://")
    opener = urllib.request.build_opener(_HttpOnly())
    request = urllib.request.Request(url, headers={"User-Agent": "seamwatch", "Accept-Encoding": "identity"})  # noqa: S310
    deadline = time.monotonic() + URL_SECONDS
    parts: list[bytes] = []
    size = 0
    try:
        with opener.open(request, timeout=URL_SECONDS) as answer:
            kind = str(answer.headers.get_content_subtype())
            while part := answer.read1(CHUNK):
                parts.append(part)
                size += len(part)
                if size > TEXT_MB * MEGABYTE:
                    raise ReadError(
                        "too large", where=shown, rule=f"at most {TEXT_MB} MB", remedy="save what is needed"
                    )
                if time.monotonic() > deadline:
                    raise ReadError("too slow", where=shown, rule=f"within {URL_SECONDS} s", remedy="try again later")
    except (urllib.error.URLError, OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ReadError(
            f"cannot be fetched: {reason}", where=shown, rule=RULE, remedy="check it in a browser"
        ) from error
    return b"".join(parts), kind


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in SCHEMES and bool(urlsplit(url).hostname)
    except ValueError:
        return False  # such as a broken IPv6 address


def _without_login(url: str) -> str:
    """The address without user name and password, which must not be kept."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return url
