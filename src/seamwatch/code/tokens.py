"""Folded text as tokens of known classes: number words put together, clock times and figures read.

The classes form a short string, one character a token, over which the language's patterns run (`language.Pattern`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from seamwatch.code.language import Language, load_language, match_phrase

MAX_DIGITS = 9
YEARS = range(1900, 2100)
_TOKEN = re.compile(
    r"(?P<date>(?<![\d.,/:-])(?:\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\3\d{1,2})(?![\d/:]|[.,-]\d))"
    r"|(?P<dtg>(?<!\d)\d{6}[a-z]? ?[a-z]{3} ?(?:\d{4}|\d{2})(?![a-z\d]))"
    r"|(?P<clock>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<thousands>(?<![\d.,])\d{1,3}(?:,\d{3}){1,3}(?![\d]|,\d))"
    r"|(?P<decimal>\d{1,9}\.\d{1,9}(?![\d]|\.\d))"
    r"|(?P<label>(?<![^\W\d_])(?:[a-z]{1,2}-|[a-z]{1,4})\d{1,4}[a-z]{0,2}(?![^\W_]))"
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
    raw = _raw(text, language)
    known = _known(raw, language)
    tokens = tuple(_numbers(known, language))
    return Tokens(language, tokens, "".join(t.symbol for t in tokens))


class _Raw(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _raw(text: str, language: Language) -> list[_Raw]:
    raw = [_Raw(m.lastgroup or "mark", m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]
    joined: list[_Raw] = []
    for token in raw:  # "31ی", "14th": the ending belongs to the figure
        before = joined[-1] if joined else None
        if before and token.kind == "word" and before.end == token.start and before.kind in _FIGURES:
            if token.text in language.digit_suffixes:
                joined[-1] = _Raw(before.kind, before.text, before.start, token.end)
                continue
            if token.text in language.ordinal_suffixes and before.kind == "digits":
                joined[-1] = _Raw("ordinal", before.text, before.start, token.end)
                continue
        joined.append(token)
    return joined


_FIGURES = ("digits", "thousands", "clock")


def _known(raw: list[_Raw], language: Language) -> list[Token]:
    """Tokens with their classes; figures of several kinds read, phrases of several words made one token."""
    s = language.symbols
    words = [r.text for r in raw]
    tokens: list[Token] = []
    at = 0
    while at < len(raw):
        r = raw[at]
        if r.kind in ("word", "mark") and (phrase := match_phrase(language, words, at)) is not None:
            (symbol, value), count, joined = phrase
            if joined:
                tokens.append(Token(r.start, r.start + joined, s["and"]))
            tokens.append(Token(r.start + joined, raw[at + count - 1].end, symbol, value))
            at += count
            continue
        if r.kind == "word":
            entry, joined = language.look_up(r.text)
            if joined and entry:
                tokens.append(Token(r.start, r.start + joined, s["and"]))
            symbol, value = entry or (s["word"], 0)
            tokens.append(Token(r.start + (joined if entry else 0), r.end, symbol, value))
        elif r.kind == "label" and (split := _glued(r, language)):
            tokens.extend(split)
        else:
            tokens.append(_figure(r, language))
        at += 1
    return [_hours(t, tokens[i - 1], language) if i else t for i, t in enumerate(tokens)]


def _hours(token: Token, before: Token, language: Language) -> Token:
    """A word that means both hour and o'clock counts hours after a number: "two hours", "hour two"."""
    s = language.symbols
    counted = before.symbol in (s["num"], s["several"], s["half"], s["about"])
    if token.symbol == s["oclock_before"] and token.value and counted:
        return Token(token.start, token.end, s["time_unit"], token.value)
    return token


def _glued(r: _Raw, language: Language) -> list[Token]:
    """Two tokens for a known word written onto a figure ("mar2016"); none for a label (F-16, K1)."""
    word = r.text.rstrip("0123456789").rstrip("-")
    entry, _ = language.look_up(word) if word.isalpha() and len(word) > 2 else (None, 0)
    digits = r.text[len(word) :].lstrip("-")
    if entry is None or not digits.isdigit():
        return []
    return [
        Token(r.start, r.start + len(word), *entry),
        _figure(_Raw("digits", digits, r.end - len(digits), r.end), language),
    ]


def _figure(r: _Raw, language: Language) -> Token:
    s = language.symbols
    if r.kind == "mark":
        return Token(r.start, r.end, s[_MARKS.get(r.text, "mark")])
    if r.kind == "date":
        a, b, c = (int(part) for part in re.split("[./-]", r.text))
        year, month, day = (a, b, c) if a > 99 else (c, b, a)
        year = year if year > 99 else 2000 + year
        return Token(r.start, r.end, s["ymd"], year, month, day)
    if r.kind == "dtg":  # 121430C MAR 16
        parts = re.fullmatch(r"(\d\d)(\d\d)(\d\d)[a-z]? ?([a-z]{3}) ?(\d+)", r.text)
        entry, _ = language.look_up(parts[4]) if parts else (None, 0)
        if parts and entry and entry[0] == s["month"]:
            year = int(parts[5]) if int(parts[5]) > 99 else 2000 + int(parts[5])
            return Token(r.start, r.end, s["dtg"], year, entry[1], int(parts[1]))
        return Token(r.start, r.end, s["label"])
    if r.kind == "clock":
        hours, minutes = (int(part) for part in r.text.split(":")[:2])
        return Token(r.start, r.end, s["clock" if hours < 25 and minutes < 60 else "label"], hours * 60 + minutes)
    if r.kind == "decimal":
        whole, part = r.text.split(".")
        return Token(r.start, r.end, s["decimal"], int(whole), int(part[:2]))
    if r.kind == "label" or len(r.text) > MAX_DIGITS + 3:
        return Token(r.start, r.end, s["label"])
    value = int(r.text.replace(",", ""))
    if r.kind == "ordinal":
        return Token(r.start, r.end, s["ord"], value)
    if r.kind == "digits":
        if value in YEARS and len(r.text) == 4:
            return Token(r.start, r.end, s["year"], value)
        if r.text.startswith("0") and len(r.text) == 4:
            return Token(r.start, r.end, s["military"], value)
    return Token(r.start, r.end, s["num"], value, 1)


def _numbers(tokens: list[Token], language: Language) -> Iterator[Token]:
    """Number words put together: "one hundred and five", "خمسة وعشرون", "بیست و پێنج", "3 thousand"."""
    num, several, conjunction, dash = (language.symbols[n] for n in ("num", "several", "and", "dash"))
    between = language.symbols["between"]
    at = 0
    ranged = False  # after "between", a conjunction divides
    while at < len(tokens):
        token = tokens[at]
        if token.symbol == between:
            ranged = True
        if token.symbol != num or (token.first and not _thousand(tokens, at + 1, num, several)):
            if token.symbol not in (between, num, conjunction):
                ranged = ranged and token.symbol in (language.symbols["about"], language.symbols["word"])
            yield token
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
        yield Token(token.start, tokens[stop - 1].end, num, total + current)
        at = stop


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
