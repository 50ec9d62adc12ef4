"""What the words right beside a name say it lies in: "Paris, Texas", "Paris in Texas", "Iraq's Mosul"."""

from __future__ import annotations

import re

from seamwatch.place.atlas import Sense
from seamwatch.place.mention import parse_mention
from seamwatch.place.names import fold
from seamwatch.place.senses import Senses, of_entry

WIDER = frozenset({"country", "state", "region", "county", "governorate", "district", "subdistrict"})
LONGEST = 5  # words of a wider place's name
MOST = 3  # wider places after one name
_COMMA = re.compile(r"\s*[,،(]\s*(?:the\s)?([^,،()\n;:]{2,60})")
_IN = re.compile(r"\s+(?:in|of)\s+(?:the\s)?([^,،()\n;:.]{2,60})")
_OWNER = re.compile(r"([^\W\d_]\w*(?:\s[^\W\d_]\w*){0,2})['’]s?\s$")

Group = tuple[Sense, ...]  # what one wider name may mean


def said_within(text: str, start: int, end: int, senses: Senses) -> tuple[Group, ...]:
    """The wider places named beside the name at ``start`` to ``end``, nearest first, each with all that it may mean."""
    found: list[Group] = []
    at = end
    while len(found) < MOST and (match := _COMMA.match(text, at)) and (group := _longest(match[1], senses)):
        found.append(group)
        at = match.end()
    if not found and (match := _IN.match(text, end)):
        found += [group] if (group := _longest(match[1], senses)) else []
    if not found and (match := _OWNER.search(text, max(0, start - 40), start)):
        found += [group] if (group := _wider(match[1], senses)) else []
    return tuple(found)


def _longest(text: str, senses: Senses) -> Group:
    """What the longest beginning of some words may mean as a wider place."""
    words = text.split()[:LONGEST]
    if not words or words[0][0].islower():
        return ()
    for size in range(len(words), 0, -1):
        if group := _wider(" ".join(words[:size]), senses):
            return group
    return ()


def _wider(name: str, senses: Senses) -> Group:
    short = senses.atlas.short.get(name) or senses.atlas.short.get(name.rstrip("."), ())
    found = (*short, *(s for s in senses.named(fold(name)) if s.kind in WIDER))
    if found:
        return found
    gazetteer = senses.gazetteer
    read = parse_mention(name, gazetteer.words, gazetteer.known)
    if read.to is not None or not gazetteer.known(read.name):
        return ()
    units = [c.entry for c in gazetteer.candidates(read.name) if c.entry.kind in WIDER]
    units = [e for e in units if e.kind == read.kind] or units
    return tuple(of_entry(e, own=True) for e in units)
