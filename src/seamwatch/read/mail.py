"""Mail files (.eml): subject, date, body, and attachments of kinds that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message, MIMEPart
from email.policy import EmailPolicy
from typing import cast

from seamwatch.errors import ModelError
from seamwatch.read.decode import decode_text
from seamwatch.read.form import form_when
from seamwatch.read.given import UNDATED, Given, Outcome, When, report_from
from seamwatch.read.html import decode_page, plain_text
from seamwatch.read.limits import ATTACHMENTS, CONTAINER_DEPTH
from seamwatch.read.lines import is_wrapped, unwrap
from seamwatch.read.text import organisation
from seamwatch.read.when import read_when

ReadPart = Callable[[bytes, Given], Iterator[Outcome]]

HEADER_CHARS = 2_000
# What programs attach on their own, and cards of persons, which are not wanted.
_NO_REPORTS = frozenset(
    (
        *("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("text/calendar", "text/vcard", "text/x-vcard", "application/ics", "application/ms-tnef"),
    )
)


class _ShortHeaders(EmailPolicy):
    """The usual rules with headers cut at a length: parsing takes time by the square of it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER_CHARS]


_SHORT = _ShortHeaders()


def read_mail(data: bytes, given: Given, read_part: ReadPart) -> Iterator[Outcome]:
    """The report in a mail's body and those in its attachments, which ``read_part`` reads.

    Of the sender only the organisation's domain is kept as source. An attachment without a date of its own has the
    mail's date.
    """
    message = cast(EmailMessage, message_from_bytes(data, policy=_SHORT))
    if not any(name in message for name in ("from", "subject", "date", "received", "to")):
        yield given.error("no mail headers", rule="a mail file has From, Subject or Date", remedy="save it as text")
        return
    date_raw = _header(message, "date")
    source = (
        _header(message, "organization") or _header(message, "organisation") or organisation(_header(message, "from"))
    )
    body = message.get_body(("plain", "html"))
    words = _text(body).replace("\r\n", "\n").strip() if body is not None else ""
    words = unwrap(words) if is_wrapped(words) else words
    attached = [part for part in message.iter_attachments() if not _is_furniture(part)]
    if body is None and not message.is_multipart() and message.get_content_maintype() != "text":
        attached = [message]  # the whole mail is one file
    if words or not attached:  # a subject alone is a report too
        subject = " ".join(_header(message, "subject").split())
        is_form, when = form_when(subject, words, given.utc_offset_hours)
        yield from report_from(
            given,
            subject,
            words,
            date_raw=date_raw,
            when=when,
            source=source,
            source_kind="field" if is_form else None,
            external_id=_header(message, "message-id").strip(" <>") or None,
        )
    yield from _attachments(attached, replace(given, source=source, when=_when(date_raw, given)), read_part)


def _attachments(attached: Sequence[EmailMessage], given: Given, read_part: ReadPart) -> Iterator[Outcome]:
    if attached and given.depth >= CONTAINER_DEPTH:
        rule = f"mails in mails {CONTAINER_DEPTH} deep"
        yield given.error(f"{len(attached)} attachments left unread", rule=rule, remedy="save them by themselves")
        return
    if len(attached) > ATTACHMENTS:
        what, rule = f"{len(attached)} attachments, read the first {ATTACHMENTS}", f"at most {ATTACHMENTS} attachments"
        yield given.error(what, rule=rule, remedy="save the rest by themselves")
    for number, part in enumerate(attached[:ATTACHMENTS], 1):
        name = part.get_filename() or f"{number}.{'eml' if part.get_content_type() == 'message/rfc822' else 'txt'}"
        inner = replace(given, origin=f"{given.origin}!{name}", name=name, depth=given.depth + 1)
        yield from read_part(_payload(part), inner)


def _is_furniture(part: EmailMessage) -> bool:
    """Signatures, calendars, cards, and pictures set into the text."""
    kind = part.get_content_type()
    inline = kind.startswith("image/") and (part.get("content-id") or part.get_content_disposition() != "attachment")
    return kind in _NO_REPORTS or bool(inline)


def _payload(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: MIMEPart) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    try:
        text = data.decode(charset) if charset else None
    except (LookupError, UnicodeError):
        text = None  # the mail names an encoding that it is not in: look at the bytes
    if part.get_content_subtype() == "html":
        found = decode_page(data)
        return plain_text(text if text is not None else found.text if found else "")
    if text is None:
        decoded = decode_text(data)
        text = decoded.text if decoded else ""
    return text


def _header(message: Message, name: str) -> str:
    """A header's words, taken raw: the library's parsing of addresses can take minutes on hostile ones."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    try:
        return str(make_header(decode_header(raw))).strip()
    except (HeaderParseError, LookupError, ValueError):
        return raw.strip()  # an encoded word that names no known encoding


def _when(raw: str, given: Given) -> When:
    try:
        return read_when(raw, utc_offset_hours=given.utc_offset_hours) if raw else UNDATED
    except ModelError:
        return UNDATED  # told where the body is read
