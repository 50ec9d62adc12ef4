"""The process that opens PDF files, apart from ours: a crash or a memory bomb in one ends it and nothing else.

Run as ``python -m seamwatch.read.pdf_worker PAGES MEMORY_MB``; the file comes on standard input, JSON goes to standard
output: ``{"title", "pages": [text], "total"}`` or ``{"error"}``.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from seamwatch.read.bidi import Glyph, is_rightward, reading_order


def extract(data: bytes, max_pages: int) -> dict[str, Any]:
    """The title and the text of each page of a PDF, at most ``max_pages``, or the error in pdfium's words."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": str(error)}
    try:
        pages = [_page_text(document, number) for number in range(min(len(document), max_pages))]
        return {"title": document.get_metadata_value("Title"), "pages": pages, "total": len(document)}
    except pypdfium2.PdfiumError as error:
        return {"error": str(error)}
    finally:
        document.close()


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            text = str(textpage.get_text_range())
            return reading_order(_glyphs(textpage)) if is_rightward(text) else text
        finally:
            textpage.close()
    finally:
        page.close()


def _glyphs(textpage: Any) -> list[Glyph]:
    found: list[Glyph] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        if code < 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or pdfium.FPDFText_IsGenerated(textpage.raw, index):
            continue
        pdfium.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
        found.append(Glyph(chr(code), x.value, y.value, left, right, top - bottom))
    return found


def main() -> None:
    """Read a PDF from standard input, write what it holds to standard output."""
    max_pages, memory_mb = int(sys.argv[1]), int(sys.argv[2])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    except (ImportError, ValueError, OSError):
        print("no memory limit on this system", file=sys.stderr)
    print(json.dumps(extract(sys.stdin.buffer.read(), max_pages)))


if __name__ == "__main__":
    main()
