"""Fonts of a brief, from installed packages: no font of the system is needed, none is fetched.

Arabic script is in Noto Sans Arabic on the page, but in DejaVu Sans (which comes with matplotlib) in the PDF: Noto
draws its letters from a base and dots apart, and text taken back out of such a PDF, to search or to copy, has letters
doubled and out of order. From DejaVu it comes out letter by letter.
"""

from __future__ import annotations

import base64
import functools
import io
from collections.abc import Iterable
from pathlib import Path

from seamwatch.errors import BriefError

LATIN, ARABIC, PDF_ARABIC = "Noto Sans", "Noto Sans Arabic", "DejaVu Sans"
ARABIC_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
JOINERS = (0x0020, 0x00AB, 0x00BB, 0x200C, 0x200D, 0x25CC)  # what Arabic text needs beside its letters


def font_file(family: str) -> Path:
    """The upright file of a family. Raises BriefError where its package is not installed."""
    import fontpkg
    from fontpkg.errors import FontpkgError

    try:
        return Path(fontpkg.path(family))
    except FontpkgError as error:
        remedy = f"pip install fontpkg-{family.lower().replace(' ', '-')}"
        raise BriefError(str(error), where=f"font {family!r}", rule="installed as a package", remedy=remedy) from error


def pdf_font_folders() -> tuple[Path, ...]:
    """Folders that Typst looks for fonts in."""
    import matplotlib as mpl

    return font_file(LATIN).parent, Path(mpl.get_data_path()) / "fonts" / "ttf"


def arabic_font_uri(text: str) -> str:
    """Noto Sans Arabic cut to the Arabic letters of a text, as a data URI (WOFF); empty for a text without any."""
    letters = frozenset(c for c in map(ord, set(text)) if _is_arabic(c))
    return _cut(tuple(sorted(letters))) if letters else ""


def _is_arabic(code: int) -> bool:
    return any(first <= code <= last for first, last in ARABIC_BLOCKS)


@functools.lru_cache(maxsize=8)
def _cut(letters: Iterable[int]) -> str:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # No clock: the cut font keeps the date of the whole one, so that the same brief is the same file.
    with TTFont(font_file(ARABIC), lazy=True, recalcTimestamp=False) as font:
        options = subset.Options()
        options.drop_tables += ["MVAR", "STAT"]
        options.hinting = False
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=(*letters, *JOINERS))
        cutter.subset(font)
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out)
    return "data:font/woff;base64," + base64.b64encode(out.getvalue()).decode("ascii")
