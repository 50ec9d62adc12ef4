"""Incidents told as a series: "one at X and the other near Y", "the first …, the second …", "Near X, …. Near Y, …"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seamwatch.code.frame import Frame
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named
from seamwatch.code.split import differ
from seamwatch.packs import PackPlace

FRONT_CHARS = 8  # "In Jalawla, …": a place before all else
COUNT_CHARS = 20  # between a number and what it counts: "two Peshmerga positions"


def first_of(mention: Mention) -> bool:
    """Whether a sentence begins the parts of a series: "the first hit a car in …"."""
    return any(c.start == mention.low for c in mention.sentence.of("cues", "one_of"))


def other_of(mention: Mention) -> bool:
    """Whether a sentence goes on with a series: "the second was near …"."""
    return any(c.start == mention.low for c in mention.sentence.of("cues", "other_of"))


def borrowed(mention: Mention, frames: list[Frame]) -> list[Frame]:
    """The act of a series for a part that tells none: "the second was near Jalawla"."""
    strong = [f for f in frames if f.act.strong and not f.act.answer]
    if mention.sentence.of("cues", "plan", "hypothesis", "negation"):
        return []
    return [replace(f, sufferers=list(f.sufferers), doers=list(f.doers)) for f in strong[:1]] if mention.places else []


def fronted(mention: Mention) -> list[Named]:
    """The place with which a sentence begins: "In Jalawla, …"."""
    named = [n for n in mention.places if n.cue and n.rank > RANK["country"]]
    return [n for n in named if n.start - mention.low <= FRONT_CHARS]


def parallel(one: Mention, other: Mention, gazetteer: Mapping[str, PackPlace]) -> bool:
    """Whether two sentences begin alike, each with a place of its own."""
    here, there = fronted(one), fronted(other)
    return bool(here and there) and differ(here, there, gazetteer)


def several_sites(mention: Mention) -> bool:
    """Whether a sentence counts the places of what it tells: "attacks at two places"."""
    if any(n.rank >= RANK["town"] and n.cue for n in mention.places):
        return False
    sites = mention.sentence.of("cues", "sites")
    counts = [n for n in mention.sentence.numbers if n.kind == "count" and n.figure.low > 1]
    return any(0 < s.start - n.end <= COUNT_CHARS for s in sites for n in counts)
