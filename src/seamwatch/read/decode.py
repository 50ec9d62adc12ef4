"""Bytes to text: the encodings that reports of the area come in, and a refusal of what is no text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SAMPLE = 1 << 16
CONTROL_SHARE = 0.01
LOST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and how many characters could not be read (now shown as \ufffd)."""

    text: str
    encoding: str
    lost: int = 0


def decode_text(data: bytes) -> Decoded | None:
    r"""Text of bytes by its mark, UTF-8, UTF-16, Arabic or Western code pages; None where it is no text.

    A few broken bytes in UTF-8 are replaced and counted as lost. Line ends become ``\n``.
    """
    encoding, start = guess_encoding(data)
    if encoding is None:
        return None
    text = data[start:].decode(encoding, "replace")
    lost = text.count("\ufffd") - (data.count("\ufffd".encode()) if encoding == "utf-8" else 0)
    if not looks_like_text(text):
        return None
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, max(0, lost))


def looks_like_text(text: str) -> bool:
    """Whether nearly all of it can be read: few control characters, and under one in ten unreadable."""
    if "\x00" in text:
        return False
    return len(_CONTROL.findall(text)) <= CONTROL_SHARE * len(text) and text.count("\ufffd") <= LOST_SHARE * len(text)


def guess_encoding(data: bytes) -> tuple[str | None, int]:
    """The encoding of bytes (a whole file or its beginning) and the length of its mark; None for binary data."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    sample = data[:SAMPLE]
    if b"\x00" in sample:  # before UTF-8, which the bytes of UTF-16 in Arabic happen to be as well
        return _utf16(sample), 0
    if _is_utf8(data):
        return "utf-8", 0
    return _code_page(sample), 0


def _is_utf8(data: bytes) -> bool:
    """Valid UTF-8, or UTF-8 with few broken places against many good letters beyond ASCII."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # the end may cut a letter in two
    except UnicodeDecodeError:
        text = data[:SAMPLE].decode("utf-8", "replace")
        broken = text.count("\ufffd")
        good = sum(1 for c in text if c > "\x7f") - broken
        return broken * 10 < good
    return True


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: of the high bytes, nearly all are those of Latin or Arabic letters."""
    even, odd = sample[0::2], sample[1::2]
    for name, high in (("utf-16-le", odd), ("utf-16-be", even)):
        plain = sum(high.count(page) for page in b"\x00\x06\x20")
        if high and plain > 0.95 * len(high) and sample.count(b"\x00\x00") <= len(sample) // 100:
            return name
    return None


def _code_page(sample: bytes) -> str:
    """Windows-1256 or ISO 8859-6 where high bytes run in words, as Arabic does; else Western."""
    runs = _HIGH.findall(sample)
    high = sum(map(len, runs))
    if sum(len(run) for run in runs if len(run) >= 3) < 0.6 * high:
        return "cp1252"
    # ISO has no letters where Windows has fa, qaf, kaf; the article alef-lam is C7 E1 on Windows, C7 E4 in ISO
    foreign = sample.decode("iso8859-6", "replace").count("\ufffd")
    return "iso8859-6" if foreign * 50 < high and sample.count(b"\xc7\xe4") > sample.count(b"\xc7\xe1") else "cp1256"
