"""PDF files by pypdfium2, opened in a process of their own (`pdf_worker`), and their lines made paragraphs again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from seamwatch.read.given import Given, Outcome
from seamwatch.read.limits import PDF_MEMORY_MB, PDF_PAGES, PDF_SECONDS
from seamwatch.read.lines import unwrap
from seamwatch.read.text import TITLE_CHARS, report_of_text

WORKER = "seamwatch.read.pdf_worker"
_MADE_BY_MACHINE = re.compile(r"untitled|microsoft word|\.(?:docx?|odt|pdf|indd|html?|rtf|typ)$|^\W*$", re.IGNORECASE)


def read_pdf(data: bytes, given: Given) -> Iterator[Outcome]:
    """The report in a PDF; one error where it is broken, locked, without text, or too much for one file.

    A PDF with more pages than the limit gives the report of the first ones and an error that says so. The day on which
    the file was made is not taken for the report's date.
    """
    found = _extract(data)
    if error := found.get("error"):
        locked = "password" in str(error).lower()
        what = "locked with a password" if locked else f"cannot be opened ({error})"
        remedy = "save a copy without password" if locked else "print it to PDF again or save its text"
        yield given.error(what, rule="a sound PDF", remedy=remedy)
        return
    pages: list[str] = found["pages"]
    text = "\n\n".join(unwrap(page) for page in pages).strip()
    if not re.search(r"\w", text):
        what = f"no text on {len(pages)} pages, only pictures"
        yield given.error(what, rule="a PDF with text", remedy="run text recognition (OCR) over it first")
        return
    yield from report_of_text(text, given, title=_title(str(found.get("title") or ""), text))
    if found["total"] > len(pages):
        what = f"{found['total']} pages, read the first {len(pages)}"
        yield given.error(what, rule=f"at most {PDF_PAGES} pages", remedy="split it")


def _extract(data: bytes) -> dict[str, Any]:
    # -P: no module is taken from the working folder, which may be a folder of strangers' files
    command = [sys.executable, "-P", "-m", WORKER, str(PDF_PAGES), str(PDF_MEMORY_MB)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=PDF_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": f"not read within {PDF_SECONDS} s"}
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        return {"error": f"the PDF reader stopped, code {done.returncode}{': ' if last else ''}{last[:120]}"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _title(own: str, text: str) -> str:
    """The PDF's own title, unless a program made it up; else a short first line."""
    own = " ".join(own.replace("\x00", "").split())
    if own and len(own) <= TITLE_CHARS and not _MADE_BY_MACHINE.search(own):
        return own
    return ""
