"""Bytes to reports: one reader for each format, limits before parsing, an error for each thing that cannot be read.

Readers yield `Report` and `ReadError` in the order of the input and raise neither; the rest always goes on. Where a
date cannot be read, both come: the report, undated, and the error.
"""

from seamwatch.read.dispatch import KINDS, read_bytes, read_file
from seamwatch.read.folder import Listing, list_folder, read_folder, read_listing
from seamwatch.read.form import form_fields
from seamwatch.read.given import Given, Outcome
from seamwatch.read.jsonl import read_jsonl
from seamwatch.read.limits import bounded_lines
from seamwatch.read.source import read_source
from seamwatch.read.summary import ReadSummary, Tally
from seamwatch.read.texts import Text, read_texts
from seamwatch.read.url import read_url
from seamwatch.read.when import read_dtg, read_when

__all__ = [
    "KINDS",
    "Given",
    "Listing",
    "Outcome",
    "ReadSummary",
    "Tally",
    "Text",
    "bounded_lines",
    "form_fields",
    "list_folder",
    "read_bytes",
    "read_dtg",
    "read_file",
    "read_folder",
    "read_jsonl",
    "read_listing",
    "read_source",
    "read_texts",
    "read_url",
    "read_when",
]
