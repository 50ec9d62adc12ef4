"""Letters as they stand on a page, from right to left or left to right, to text in reading order.

PDF files hold glyphs at places, not text. Some writers (a browser's "print to PDF" among them) store Arabic words
letter by letter from the left, so the order in the file is no guide; the places are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = 0.2  # of the line's height: a wider gap between two letters is a space
NEAR = 200  # glyphs apart in the file at which the dots of a letter may be found
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN = "A-Za-z\u00c0-\u024f"
_NEUTRAL = r"[^\u0590-\u08ff\ufb50-\ufefc()\[\]{}«»]"
# Runs that read from the left inside a line from the right: Latin words, and numbers with their . , : / %
_LEFTWARD = re.compile(
    rf"[{_LATIN}](?:{_NEUTRAL}*[{_LATIN}{_DIGITS}])?|[{_DIGITS}]+(?:[./:,\u066b\u066c][{_DIGITS}]+)*[%\u066a]?"
)
_DOTTED = frozenset("بپتثجچخذزژشضظغفڤقنيیئێةڕڵۆؤأإآ")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_LIGATED = re.compile("([\u0622\u0623\u0625\u0627\u0671])(\u0644)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter on a page: its place in points, ``x`` and ``y`` of its origin, ``left`` and ``right`` of its box."""

    char: str
    x: float
    y: float
    left: float
    right: float
    height: float

    @property
    def middle(self) -> float:
        """Halfway between its left and right."""
        return (self.left + self.right) / 2


def is_rightward(text: str) -> bool:
    """Whether a text is mostly in Arabic letters, so that its order has to be checked."""
    return len(_ARABIC.findall(text)) * 3 > sum(map(str.isalpha, text))


def reading_order(glyphs: Sequence[Glyph]) -> str:
    """Text of a page's glyphs, line by line, each line in the order in which it is read."""
    # spaces without width are put in by the reader of the file, at places that mean nothing
    sound = [g for g in glyphs if not g.char.isspace() or g.right - g.left > 0.1]
    return "\n".join(_line(line) for line in _lines(list(_whole_letters(sound))))


def _whole_letters(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Each letter once: some fonts draw a letter and its dots as two glyphs, both under the letter's code."""
    places: dict[str, list[int]] = {}
    for i, glyph in enumerate(glyphs):
        places.setdefault(glyph.char, []).append(i)
    for i, glyph in enumerate(glyphs):
        others = places[glyph.char] if glyph.char in _DOTTED else []
        if not any(j != i and abs(j - i) <= NEAR and _holds(glyphs[j], glyph) for j in others):
            yield glyph


def _holds(base: Glyph, dots: Glyph) -> bool:
    """Whether ``dots`` stand within a wider glyph of the same letter."""
    if base.char != dots.char or abs(base.y - dots.y) > 0.6 * max(base.height, dots.height):
        return False
    width = dots.right - dots.left
    overlap = min(base.right, dots.right) - max(base.left, dots.left)
    return base.right - base.left > width and overlap >= 0.6 * width


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Consecutive glyphs on one base line. Columns stay apart, since a file holds one after the other."""
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and abs(glyph.y - line[0].y) > 0.5 * max(glyph.height, line[0].height, 4.0):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _line(glyphs: list[Glyph]) -> str:
    if not is_rightward("".join(g.char for g in glyphs)):
        return _spaced(sorted(glyphs, key=lambda g: g.middle))
    visual = _spaced(_ligatures_apart(glyphs))
    pieces: list[str] = []
    at = 0
    for run in _LEFTWARD.finditer(visual):
        pieces += [visual[at : run.start()][::-1].translate(_MIRROR), run[0]]
        at = run.end()
    # each stretch between two runs was turned round; now the order of all of them
    pieces.append(visual[at:][::-1].translate(_MIRROR))
    return unicodedata.normalize("NFC", "".join(map(_plain_form, "".join(reversed(pieces)))))


def _ligatures_apart(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs from the left, where the letters of one ligature (same box) come so that they read alef after lam."""
    from_left = sorted(glyphs, key=lambda g: g.middle)  # stable: letters of one box stay as the file has them
    for i in range(len(from_left) - 1):
        one, two = from_left[i], from_left[i + 1]
        same = abs(one.left - two.left) < 0.01 and abs(one.right - two.right) < 0.01
        if same and _LIGATED.fullmatch(two.char + one.char):
            from_left[i], from_left[i + 1] = two, one
    return from_left


def _spaced(glyphs: Sequence[Glyph]) -> str:
    """Glyphs from left to right as text, with a space where the gap is wide."""
    height = max(g.height for g in glyphs) or 10.0
    out: list[str] = []
    edge: float | None = None
    for glyph in glyphs:
        blank = glyph.char.isspace()
        if not blank and edge is not None and glyph.left - edge > GAP * height:
            out.append(" ")
        out.append(" " if blank else glyph.char)
        if not blank:
            edge = max(glyph.right, edge or glyph.right)
    return re.sub(" +", " ", "".join(out)).strip()


def _plain_form(char: str) -> str:
    """Presentation forms (one code for each shape of a letter) as the letters themselves."""
    return unicodedata.normalize("NFKC", char) if "\ufb50" <= char <= "\ufefc" else char
