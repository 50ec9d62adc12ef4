"""Folded text as tokens of known classes: number words put together, clock times and figures read.

The classes form a short string, one character a token, over which the language's patterns run (`language.Pattern`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from seamwatch.code.language import Language, load_language, look_up, match_phrase, seconds, spellings

MAX_DIGITS = 9
YEARS = range(1900, 2100)
_TOKEN = re.compile(
    r"(?P<plain>[^\W\d_]++(?![\d-]))"  # most of a text: a word that no figure follows, so no label either
    r"|(?P<date>(?<![\d.,/:-])(?:\d{1,2}([./-])\d{1,2}\3(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\4\d{1,2})(?![\d/:]|[.,-]\d))"
    r"|(?P<dtg>(?<!\d)\d{6}(?:[a-z]? ?[a-z]{3} ?(?:\d{4}|\d{2})|[a-z] ?[a-z]{3})(?![a-z\d]))"
    r"|(?P<clock>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<thousands>(?<![\d.,])\d{1,3}(?:,\d{3}){1,3}(?![\d]|,\d))"
    r"|(?P<decimal>\d{1,9}\.\d{1,9}(?![\d]|\.\d))"
    r"|(?P<label>(?<![^\W_])(?:[a-z]{1,2}-|[a-z]{1,4})\d{1,4}[a-z]{0,2}(?![^\W_]))"
    r"|(?P<digits>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\s\w]|\n|_)"
)
_MARKS = {
    ",": "comma",
    "/": "slash",
    "-": "dash",
    ":": "colon",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
    ".": "stop",
    "\n": "line",
    "'": "quote",
    "%": "percent",
    "$": "money",
    "€": "money",
    "£": "money",
    "+": "plus",
    "~": "about",
    "#": "number_sign",
    "°": "degree",
}


class Token(NamedTuple):  # many are made: a tuple costs a third of a frozen dataclass
    """A word or figure, at ``start:end`` of the folded text. ``value`` counts minutes for a clock time."""

    start: int
    end: int
    symbol: str
    value: int = 0
    first: int = 0  # year, month and day of a date in figures are value, first and second; 1 for a count in figures
    second: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of a text and the string of their classes."""

    language: Language
    tokens: tuple[Token, ...]
    symbols: str

    def matches(self, stage: str) -> Iterator[tuple[str, tuple[Token, ...], int]]:
        """Every match of a stage's patterns: rule, tokens, index of the first token."""
        patterns = {p.group: p.rule for p in self.language.patterns[stage]}
        for match in self.language.expressions[stage].finditer(self.symbols):
            if match.lastgroup and match.end() > match.start():
                yield patterns[match.lastgroup], self.tokens[match.start() : match.end()], match.start()


@functools.lru_cache(maxsize=8)
def tokenise(text: str, lang: str) -> Tokens:
    """The tokens of a folded text."""
    language = load_language(lang)
    tokens = _numbers(_known(_raw(text, language), language), language)
    return Tokens(language, tuple(tokens), "".join([t.symbol for t in tokens]))


_Raw = tuple[str, str, int, int]  # kind, text, start, end
_FIGURES = ("digits", "thousands", "clock")


def counted_behind(language: Language, tokens: Sequence[Token]) -> int:
    """Where a number in words stands behind a month and counts what follows: "in May five policemen"; 0 for none."""
    month, number = language.symbols["month"], language.symbols["num"]
    for at, (one, other) in enumerate(pairwise(tokens), 1):
        if one.symbol == month and other.symbol == number and not other.first:
            return at
    return 0


def _raw(text: str, language: Language) -> list[_Raw]:
    joined: list[_Raw] = []
    for match in _TOKEN.finditer(text):
        kind, word, (start, end) = match.lastgroup or "mark", match[0], match.span()
        if kind in ("plain", "word"):
            kind = "word"
            if joined and joined[-1][3] == start and joined[-1][0] in _FIGURES:  # "31ی", "14th": of the figure
                before = joined[-1]
                if word in language.digit_suffixes:
                    joined[-1] = (before[0], before[1], before[2], end)
                    continue
                if word in language.ordinal_suffixes and before[0] == "digits":
                    joined[-1] = ("ordinal", before[1], before[2], end)
                    continue
        joined.append((kind, word, start, end))
    return joined


def _known(raw: list[_Raw], language: Language) -> list[Token]:
    """Tokens with their classes; figures of several kinds read, phrases of several words made one token."""
    s = language.symbols
    conjunction, hour = s["and"], s["oclock_before"]
    meaning = _meanings(language)
    words = [r[1] for r in raw]
    tokens: list[Token] = []
    at = 0
    while at < len(raw):
        kind, word, start, end = raw[at]
        at += 1
        if kind != "word" and kind != "mark":
            if kind == "label" and (split := _glued(word, start, end, language)):
                tokens += (_hours(split[0], tokens, s), *split[1:])
            else:
                tokens.append(_figure(kind, word, start, end, language))
            continue
        follow, symbol, value, joined = meaning(word)
        if follow and at < len(raw) and not follow.isdisjoint(spellings(language, words[at])):
            if (phrase := match_phrase(language, words, at - 1)) is not None:
                (symbol, value), count, joined = phrase
                at += count - 1
                end = raw[at - 1][3]
        if joined:
            tokens.append(Token(start, start + joined, conjunction))
        token = _token(Token, (start + joined, end, symbol, value, 0, 0))
        tokens.append(_hours(token, tokens, s) if symbol == hour else token)
    return tokens


_token = tuple.__new__  # half the time of calling Token, for what is made of every word


@functools.cache
def _meanings(language: Language) -> Callable[[str], tuple[frozenset[str], str, int, int]]:
    """What a word or mark is: second words of phrases that it opens, class, value, letters of a joined "and"."""

    @functools.lru_cache(maxsize=65536)
    def meaning(word: str) -> tuple[frozenset[str], str, int, int]:
        entry, joined = look_up(language, word) if word[0].isalnum() else (None, 0)
        symbol, value = entry or (language.symbols["word" if word[0].isalnum() else _MARKS.get(word, "mark")], 0)
        return seconds(language, word), symbol, value, joined if entry else 0

    return meaning


def _hours(token: Token, before: list[Token], s: Mapping[str, str]) -> Token:
    """A word that means both hour and o'clock counts hours after a number: "two hours", "hour two"."""
    if token.symbol == s["oclock_before"] and token.value and before:
        if before[-1].symbol in (s["num"], s["several"], s["half"], s["about"]):
            return Token(token.start, token.end, s["time_unit"], token.value)
    return token


def _glued(label: str, start: int, end: int, language: Language) -> list[Token]:
    """Two tokens for a known word written onto a figure ("mar2016"); none for a label (F-16, K1)."""
    word = label.rstrip("0123456789").rstrip("-")
    entry, _ = look_up(language, word) if word.isalpha() and len(word) > 2 else (None, 0)
    digits = label[len(word) :].lstrip("-")
    if entry is None or not digits.isdigit():
        return []
    return [
        Token(start, start + len(word), *entry),
        _figure("digits", digits, end - len(digits), end, language),
    ]


def _figure(kind: str, text: str, start: int, end: int, language: Language) -> Token:
    s = language.symbols
    if kind == "date":
        a, b, c = (int(part) for part in re.split("[./-]", text))
        year, month, day = (a, b, c) if a > 99 else (c, b, a)
        year = year if year > 99 else 2000 + year
        return Token(start, end, s["ymd"], year, month, day)
    if kind == "dtg":  # 121430C MAR 16
        parts = re.fullmatch(r"(\d\d)(\d\d)(\d\d)[a-z]? ?([a-z]{3}) ?(\d*)", text)
        entry, _ = look_up(language, parts[4]) if parts else (None, 0)
        if parts and entry and entry[0] == s["month"]:
            year = int(parts[5] or 0)  # 0: not told
            year = 2000 + year if 0 < year < 100 else year
            return Token(start, end, s["dtg"], year, entry[1], int(parts[1]))
        return Token(start, end, s["label"])
    if kind == "clock":
        hours, minutes = (int(part) for part in text.split(":")[:2])
        return Token(start, end, s["clock" if hours < 25 and minutes < 60 else "label"], hours * 60 + minutes)
    if kind == "decimal":
        whole, part = text.split(".")
        return Token(start, end, s["decimal"], int(whole), int(part[:2]))
    if kind == "label" or len(text) > MAX_DIGITS + 3:
        return Token(start, end, s["label"])
    value = int(text.replace(",", ""))
    if kind == "ordinal":
        return Token(start, end, s["ord"], value)
    if kind == "digits":
        if value in YEARS and len(text) == 4:
            return Token(start, end, s["year"], value)
        if text.startswith("0") and len(text) == 4:
            return Token(start, end, s["military"], value)
    return Token(start, end, s["num"], value, 1)


def _numbers(tokens: list[Token], language: Language) -> list[Token]:
    """Number words put together: "one hundred and five", "خمسة وعشرون", "بیست و پێنج", "3 thousand"."""
    num, several, conjunction, dash = (language.symbols[n] for n in ("num", "several", "and", "dash"))
    between = language.symbols["between"]
    symbols = "".join([t.symbol for t in tokens])
    notable = re.compile(f"[{num}{between}]")
    made: list[Token] = []
    at = 0
    ranged = False  # after "between", a conjunction divides
    while at < len(tokens):
        if not ranged:  # on to the next number
            found = notable.search(symbols, at)
            made += tokens[at : found.start() if found else len(tokens)]
            if found is None:
                break
            at = found.start()
        token = tokens[at]
        if token.symbol == between:
            ranged = True
        if token.symbol != num or (token.first and not _thousand(tokens, at + 1, num, several)):
            if token.symbol not in (between, num, conjunction):
                ranged = ranged and token.symbol in (language.symbols["about"], language.symbols["word"])
            made.append(token)
            at += 1
            continue
        total, current, stop = 0, token.value, at + 1
        if current >= 1000:
            total, current = current, 0
        while stop < len(tokens):
            follow, with_and = stop, False
            if tokens[follow].symbol in (conjunction, dash) and follow + 1 < len(tokens):
                with_and = tokens[follow].symbol == conjunction
                if ranged and with_and:
                    break
                follow += 1
            joined = follow > stop
            after = tokens[follow]
            if after.symbol == several and after.value in (200, 2000) and not joined and not total:
                current, stop = current * after.value // 2, follow + 1  # "five thousands", as Arabic counts
                break
            if after.symbol != num or after.first:
                break
            grown = _grow(total, current, after.value, joined, with_and, language)
            if grown is None:
                break
            total, current = grown
            stop = follow + 1
        made.append(Token(token.start, tokens[stop - 1].end, num, total + current))
        at = stop
    return made


def _thousand(tokens: list[Token], at: int, num: str, several: str) -> bool:
    if at >= len(tokens) or tokens[at].first:
        return False
    return (tokens[at].symbol == num and tokens[at].value in _POWERS) or (
        tokens[at].symbol == several and tokens[at].value in (200, 2000)
    )


_POWERS = (12, 100, 1000, 1_000_000)


def _grow(
    total: int, current: int, value: int, joined: bool, with_and: bool, language: Language
) -> tuple[int, int] | None:
    """A number with one more word, as (thousands, the rest); None where the word begins another number."""
    tens, units = current % 100 // 10 * 10, current % 10
    if value >= 1000:
        grown = current * value
        return (total + grown, 0) if current and not joined and (not total or grown < total) else None
    if value == 100 and not joined and 0 < current < 10:
        return total, current * 100
    if value == 12 and not joined and 0 < current < 100:
        return total, current * 12
    below = current % 100 == 0
    if value >= 100:
        return (total, value) if total and current == 0 and (with_and or not joined) else None
    if below and (current or total):
        return (total, current + value) if with_and or not joined else None
    if tens >= 20 and not units and 0 < value < 10:
        fits = not joined or not with_and or language.tens_and_units
        return (total, current + value) if fits else None
    if language.units_before_tens and not tens and units > 0:
        if value == 10 and not joined:
            return total, current + 10
        if with_and and value >= 20 and value % 10 == 0 and value < 100:
            return total, current + value
    return None
