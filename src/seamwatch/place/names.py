"""Normal forms of place names, so that Makhmour, Makhmur, Mexmûr and مخمور, مەخموور meet.

Three forms, from strict to loose. `fold` keeps every letter and drops what is only writing (case, marks, articles set
apart by a hyphen or space, punctuation). `key` folds the ways in which one sound is romanised or spelled. `skeleton`
keeps the consonants alone, in Latin letters whatever the script, and only serves to bound a fuzzy search.
"""

from __future__ import annotations

import functools
import re
import unicodedata

FORMS = 2  # counts up with every change of the forms: indexes that hold them say which they were made with

# Letters of one sound that keyboards and languages write with different characters.
_ENCODINGS = str.maketrans(
    {"ک": "ك", "ڪ": "ك", "ی": "ي", "ى": "ي", "ے": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ة": "ه", "ۀ": "ه"}
    | {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
    | {"\u200c": None, "\u200d": None, "\u0640": None}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʿʾʼʻˈ′ʹ"))
_NOT_LETTERS = re.compile(r"[\W_]+")
# "al-" before any word; "as-", "ash-", "ad-" … only before the letter they double ("ash-Sharqat", "ad-Dawr").
_ARTICLE = re.compile(r"\b(?:[ae]l\s+|[ae](sh|th|dh|[strndzl])\s+(?=\1))(?=\w)")
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{2})")
_ARABIC = re.compile(r"[\u0600-\u06ff]")

_VOWELS = re.compile("[aiuاوي]")
_SORANI_VOWEL_E = re.compile(r"[ەۀ]|ه\u200c")
_SORANI_INITIAL = re.compile(r"\bئ(?=[اەوۆۇێیى])")
_ARABIC_SOUNDS = str.maketrans(
    {"گ": "ك", "ق": "ك", "غ": "خ", "پ": "ب", "چ": "ج", "ژ": "ج", "ڤ": "ف", "ط": "ت", "ض": "ز", "ظ": "ز", "ذ": "ز"}
    | {"ص": "س", "ث": "س", "ح": "ه", "ڕ": "ر", "ڵ": "ل", "ۆ": "و", "ۇ": "و", "ێ": "ي", "ع": None, "ء": None}
)
# The consonants that remain of both scripts' loose forms, as one.
_ONE_SCRIPT = str.maketrans("بتجخدرزسشفكلمنهp", "btjxdrzssfklmnhb")
_CONSONANTS = "bdfhjklmnrstxz"  # all that remain
_LATIN_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"([^aeiou])\1+", r"\1"),
        (r"[iy]{2,}", "y"),
        (r"tch|ch", "c"),
        (r"[kg]h", "x"),
        (r"sh", "s"),
        (r"zh|dj", "j"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ph", "f"),
        (r"ck|q|g", "k"),
        (r"c", "j"),  # of Kurmanji and Turkish; and what Arabic makes of ch
        (r"ou|oo|uw|wu|[aeo][uw](?![aeiou])|[vwo]", "u"),
        (r"ee|ie|[ae][iy](?![aeiou])|[yi]+", "i"),
        (r"[ae]+", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)a?h?$", ""),
    )
)


@functools.lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The strict form: casefolded letters and digits without spaces, marks, apostrophes and articles."""
    return "".join(_words(name)) or name.strip().casefold()


@functools.lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """The loose form: romanisations of one sound are one, doubled letters single, a final -a, -ah, -eh gone."""
    return _arabic_key(name) if _ARABIC.search(name) else _latin_key(name)


@functools.lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """The consonants of `key`, and its first letter."""
    return consonants(key(name))


def consonants(loose: str) -> str:
    """The same of a name whose `key` is at hand: "mxmr" of Makhmour and of مخمور. A first vowel is "a"."""
    first = "a" if _VOWELS.match(loose) else loose[:1]
    return (first + _VOWELS.sub("", loose[1:])).translate(_ONE_SCRIPT)


def near_consonants(loose: str, enough: float) -> list[str]:
    """The consonants of the loose forms that may be ``enough`` (0 to 100) like one by `rapidfuzz.fuzz.ratio`.

    They have one letter fewer, one more or, where the form is long enough for it, another; the first stays.
    """
    bones = consonants(loose)
    others = 2 * len(loose) * (100 - enough) >= 200  # another letter is two steps, one more or fewer is one
    found: dict[str, None] = {}
    for at in range(1, len(bones) + 1):
        head, tail = bones[:at], bones[at:]
        found |= {head + letter + tail: None for letter in _CONSONANTS}
        if tail:
            found[head + tail[1:]] = None
            found |= {head + letter + tail[1:]: None for letter in _CONSONANTS if others}
    found.pop(bones, None)
    return list(found)


def name_keys(name: str) -> tuple[str, ...]:
    """Normal forms of a name, strict to loose, without repeats: (fold, key, skeleton)."""
    return tuple(dict.fromkeys((fold(name), key(name), skeleton(name))))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_ENCODINGS).translate(_APOSTROPHES))
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_ENCODINGS)
    spaced = _NOT_LETTERS.sub(" ", plain).strip()
    return _ARABIC_ARTICLE.sub("", _ARTICLE.sub("", spaced)).split()


def _latin_key(name: str) -> str:
    words = _words(name)
    folded = loose = "".join(words) or fold(name)
    if len(words) > 1:  # tāʾ marbūṭa within a name: "Qarah Tappah", Qaratapa
        loose = "".join(w[:-1] if w.endswith(("ah", "eh")) and len(w) > 3 else w for w in words)
    for pattern, sound in _LATIN_SOUNDS:
        loose = pattern.sub(sound, loose)
    return loose if len(loose) > 2 else folded


def _arabic_key(name: str) -> str:
    bare = _SORANI_VOWEL_E.sub("", _SORANI_INITIAL.sub("", name)).replace("ڵ", "ل")
    words = _words(bare)
    folded = "".join([w[:-1] if w.endswith("ه") and len(w) > 2 else w for w in words[:-1]] + words[-1:]) or fold(bare)
    if folded.startswith("ع"):  # a vowel to other ears, and to Latin letters
        folded = f"ا{folded[1:]}"
    loose = re.sub(r"(.)\1+", r"\1", folded.translate(_ARABIC_SOUNDS))
    loose = re.sub(r"(?<=..)ه$", "", loose)
    return loose if len(loose) > 2 else fold(name)
