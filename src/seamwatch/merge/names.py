"""Place names made comparable across scripts too, for drafts whose place has no coordinates."""

from __future__ import annotations

import functools
import re

from seamwatch.place.names import fold

# Arabic-script letters by the consonant that romanisations give them; vowels and what is often dropped give none.
_LATIN = str.maketrans(
    dict.fromkeys("اآأإٱىیيئېەةهھحعءۆوؤێ", "")
    | dict.fromkeys("بپ", "b")
    | dict.fromkeys("تطث", "t")
    | dict.fromkeys("دضذظ", "d")
    | dict.fromkeys("كکقگغخ", "k")
    | dict.fromkeys("سص", "s")
    | dict.fromkeys("رڕ", "r")
    | dict.fromkeys("لڵ", "l")
    | dict.fromkeys("جچژ", "j")
    | {"ش": "$", "ز": "z", "ف": "f", "ڤ": "f", "م": "m", "ن": "n"}
)
_DIGRAPHS = (("sh", "$"), ("ch", "j"), ("zh", "j"), ("kh", "k"), ("gh", "k"), ("th", "t"), ("dh", "d"), ("ph", "f"))
_CONSONANTS = str.maketrans(
    dict.fromkeys("aeiouwyh", "") | {"p": "b", "q": "k", "g": "k", "c": "k", "x": "k", "v": "f"}
)


@functools.lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """The consonants of a name in classes that romanisation mixes up (p/b, q/k/g), without doubles.

    "Topzawa" and "طوبزاوة" both give "tbz". Empty where fewer than two consonants are left, which tell nothing.
    """
    text = fold(name)
    for pair, letter in _DIGRAPHS:
        text = text.replace(pair, letter)
    bones = re.sub(r"(.)\1+", r"\1", text.translate(_LATIN).translate(_CONSONANTS))
    return bones if len(bones) >= 2 else ""


def same_name(left: str, right: str) -> bool:
    """Whether two spellings may be one name: folded alike, or with the same consonants."""
    if fold(left) == fold(right):
        return True
    bones = skeleton(left)
    return bool(bones) and bones == skeleton(right)
