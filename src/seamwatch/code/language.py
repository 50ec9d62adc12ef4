"""What the pack knows of a language: letters, words with their class and value, patterns over classes.

``language.toml`` holds what is common to all languages, ``language_<code>.toml`` adds the words. A word belongs to one
class (``month``, ``weekday``, ``num`` …); each class is one private-use character, so that a text becomes a short
string of classes and a pattern over words ("day month comma? year?") an ordinary regular expression over it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from seamwatch.code.text import fold_word
from seamwatch.errors import PackError
from seamwatch.packs import Pack, load_pack

_PARTS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
FALLBACK = "en"  # the words of a language that has no file

Entry = tuple[str, int]  # class symbol, value (0 where a class has none)
Phrase = tuple[tuple[str, ...], Entry]  # the words after the first, what they mean together


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule's name and where it stands in the joint expression."""

    rule: str
    group: str


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Words and patterns of one language, folded and compiled."""

    code: str
    symbols: Mapping[str, str]  # class name -> its character
    words: Mapping[str, Entry]
    phrases: Mapping[str, tuple[Phrase, ...]]  # by first word, longest first
    prefixes: tuple[str, ...]  # written onto the word: Arabic "and", "with", "the"
    joined_and: str  # the prefix that is a conjunction, "" where there is none
    suffixes: tuple[str, ...]
    digit_suffixes: frozenset[str]
    ordinal_suffixes: frozenset[str]
    tens_and_units: bool  # "twenty and five"
    units_before_tens: bool  # "five and twenty"
    expressions: Mapping[str, re.Pattern[str]]  # stage -> joint expression
    patterns: Mapping[str, tuple[Pattern, ...]]

    def symbol(self, name: str) -> str:
        """The character of a class."""
        return self.symbols[name]


@functools.lru_cache(maxsize=65536)
def look_up(language: Language, word: str) -> tuple[Entry | None, int]:
    """What a folded word means, and how many letters of a joined "and" stand before it."""
    for form, joined in _forms(language, word):
        if (entry := language.words.get(form)) is not None:
            return entry, joined
    return None, 0


def _forms(language: Language, word: str) -> Iterable[tuple[str, int]]:
    """The word itself, then without what is written onto it: one conjunction, one prefix, one suffix."""
    yield word, 0
    for suffix in language.suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            yield word[: -len(suffix)], 0
    for prefix in language.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            joined = len(language.joined_and) if language.joined_and and prefix.startswith(language.joined_and) else 0
            yield word[len(prefix) :], joined


@functools.lru_cache(maxsize=65536)
def _openings(language: Language, word: str) -> tuple[tuple[tuple[str, ...], Entry, int], ...]:
    """The phrases that a word opens: the words after it, the meaning, letters of a joined "and"."""
    return tuple(
        (rest, entry, joined)
        for first, joined in _forms(language, word)
        for rest, entry in language.phrases.get(first, ())
    )


@functools.lru_cache(maxsize=65536)
def seconds(language: Language, word: str) -> frozenset[str]:
    """The second words of the phrases that a word opens; empty where it opens none."""
    return frozenset(rest[0] for rest, _, _ in _openings(language, word))


@functools.lru_cache(maxsize=65536)
def spellings(language: Language, word: str) -> frozenset[str]:
    """A word, and what it is without what is written onto it."""
    return frozenset(form for form, _ in _forms(language, word))


def match_phrase(language: Language, words: list[str], at: int) -> tuple[Entry, int, int] | None:
    """The longest phrase that starts at a word: what it means, how many words it takes, letters of a joined "and"."""
    for rest, entry, joined in _openings(language, words[at]):
        found = words[at + 1 : at + 1 + len(rest)]
        if len(found) < len(rest) or tuple(found[:-1]) != rest[:-1]:
            continue
        if found[-1] == rest[-1] or any(form == rest[-1] for form, _ in _forms(language, found[-1])):
            return entry, 1 + len(rest), joined
    return None


@functools.cache
def load_language(code: str, pack: Pack | None = None) -> Language:
    """A language by its code; one without a file of its own gets the words of English. Raises PackError."""
    pack = pack or load_pack("base")
    file = f"language_{code}.toml"
    if not any((folder / file).exists() for folder in pack.folders):
        if code == FALLBACK:
            raise PackError("no such file", where=str(pack.folders[-1] / file), rule="a pack knows English")
        return load_language(FALLBACK, pack)
    return _parse(code, pack.table("language.toml"), pack.table(file), where=file)


def _parse(code: str, common: Mapping[str, Any], own: Mapping[str, Any], *, where: str) -> Language:
    names = common["classes"]
    symbols = {name: chr(0xE000 + i) for i, name in enumerate(names)}
    words: dict[str, Entry] = {}
    phrases: dict[str, list[Phrase]] = {}
    for table in (common.get("words", {}), own.get("words", {})):
        for name, listed in table.items():
            if name not in symbols:
                raise PackError(f"class {name!r}", where=where, rule="a class of language.toml")
            valued = listed.items() if isinstance(listed, Mapping) else [("0", listed)]
            for value, spellings in valued:
                for spelling in spellings:
                    first, *rest = _PARTS.findall(fold_word(spelling, code))
                    entry = symbols[name], int(value)
                    if rest:
                        phrases.setdefault(first, []).append((tuple(rest), entry))
                    else:
                        words[first] = entry
    form = own.get("form", {})
    expressions: dict[str, re.Pattern[str]] = {}
    patterns: dict[str, tuple[Pattern, ...]] = {}
    macros = {**common.get("macros", {}), **own.get("macros", {})}
    for stage in common["stages"]:
        listed = [*own.get(stage, []), *common.get(stage, [])]
        patterns[stage] = tuple(Pattern(item["rule"], f"p{i}") for i, item in enumerate(listed))
        parts = [f"(?P<p{i}>{_compile(item['words'], macros, symbols, where)})" for i, item in enumerate(listed)]
        used = "".join(sorted(set("".join(parts)).intersection(symbols.values())))  # no match begins with another class
        expressions[stage] = re.compile(f"(?=[{used}])(?:{'|'.join(parts)})" if used else "(?!)")
    return Language(
        code,
        symbols,
        words,
        {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in phrases.items()},
        tuple(fold_word(p, code) for p in form.get("prefixes", ())),
        fold_word(form.get("joined_and", ""), code),
        tuple(fold_word(s, code) for s in form.get("suffixes", ())),
        frozenset(fold_word(s, code) for s in form.get("digit_suffixes", ())),
        frozenset(fold_word(s, code) for s in form.get("ordinal_suffixes", ())),
        bool(form.get("tens_and_units", False)),
        bool(form.get("units_before_tens", False)),
        expressions,
        patterns,
    )


def _compile(words: str, macros: Mapping[str, str], symbols: Mapping[str, str], where: str) -> str:
    for _ in range(8):  # macros may hold macros
        expanded = re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{macros[m[1]]})", words)
        if expanded == words:
            break
        words = expanded

    def symbol(match: re.Match[str]) -> str:
        if match[0] not in symbols:
            raise PackError(f"class {match[0]!r} in {words!r}", where=where, rule="a class of language.toml")
        return symbols[match[0]]

    return re.sub(r"\((?!\?)", "(?:", re.sub(r"[a-z_]+", symbol, words)).replace(" ", "")
