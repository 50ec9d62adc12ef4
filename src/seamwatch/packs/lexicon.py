"""The lexicon: what words mean to the coder. ``lexicon_<lang>.toml`` and ``acts.toml`` of a pack and what it extends.

The engine in `seamwatch.code` knows no word of any language; it knows the classes below. A file has these tables
(every list may be left out; lists of ``base`` and of the area's pack join):

``[form]``        switches of the language. ``order``: "svo", "vso" or "sov", where the doer and the object of a verb
                  stand. ``prefixes``, ``suffixes``: letters written onto a word (Arabic wa-, al-; Sorani -akan, -i)
                  that may stand between a term and the edge of its word. ``plural``: endings of words for several.
                  Word lists: ``definite`` point to persons already told, ``pointing`` those of them that say not
                  whose; ``modifier`` may stand between an organisation and its members ("'s", "("); ``part``
                  between members and their organisation ("of the"); ``stop`` end a noun phrase; ``pronouns`` stand
                  for who was told before, as ``singular`` do for one person who acts or dies; ``bodies``
                  are many, but no persons by themselves ("force", "gang"); ``of_body`` are persons of a
                  body told before ("members"); ``articles`` begin no name; ``placing``
                  surely say where ("in"); ``naming`` stand between a kind of place and its name ("village of");
                  ``joined`` a conjunction written onto the word that it joins; ``definite_prefix`` an article
                   written onto its noun; ``present_prefix`` letters with which verbs of what is usual
                   begin; ``purpose_prefix`` letters written onto a noun that say what for; ``compound`` begin a
                   name of several words; ``own_subject`` verb endings that are their own subject; ``theirs`` persons
                   with a pronoun written onto them ("members-its"); ``genitive`` an "of" written onto its noun;
                   ``that`` open what is said.
``[[act]]``       what happened. ``act`` is a row of ``acts.toml``; ``verb`` forms are active unless a
                  ``passive_before`` cue precedes or a ``by`` cue follows; ``present`` forms tell of what is usual,
                  or in a title of what happened; ``passive`` forms always are (the subject suffers); ``self`` forms
                  hold their doer, a weapon ("rockets fell"); ``noun`` forms name the act ("raid"). ``means``: what
                  the words themselves imply.
``[[harm]]``      ``outcome`` (killed, wounded …) with ``verb`` (who suffers is the object), ``passive`` (the
                  subject: "died"), ``noun`` ("death of") and ``count`` ("two dead": a number belongs to it without
                  another noun).
``[actors]``      code = names of the organisation and of its members ("soldiers").
``[adjectives]``  code = adjectives that make a doer before a noun of act or a weapon ("a Turkish strike").
``[again]``       code = words that take up that organisation, where the report has named it ("the group").
``[short]``       code = codes that its words are short for, where the report names these too ("police").
``[people]``      group of the toll (militants, forces, civilians, unknown) = nouns for persons of no known service.
``[things]``      what may be aimed at: ``post`` (of forces), ``home`` (of people), ``infrastructure``, ``crops``,
                  ``vehicle``; and what is found: ``cache``.
``[means]``       means code = weapons.
``[cues]``        short words that steer, by name (see CUES).
``[speech]``      kind of statement, or ``say`` for plain reporting = verbs and phrases of speech.
``[offices]``     ``office`` = offices whose holder speaks; ``anonymous`` = speakers who do not count.
``[orgs]``        organisation that is no actor = its names.
``[places]``      ``at near between``, a point of the compass ("south of") = words that put an incident there;
                  ``aside`` = words before a place that is not the event's ("buried in"); a
                  place kind of `seamwatch.packs.places` = the nouns for it; ``never`` = capitalised words that are
                  no places.

How a term is written: ``"attack(,s,ed)"`` is attack, attacks, attacked. ``"=IS"`` counts only in exactly these
letters. ``"1:..."``, ``"2:..."``, ``"+:..."``: the word itself says one, two (a dual) or several. Terms are folded as
texts are (`seamwatch.code.text.normalise`), by the caller, since packs come before code.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seamwatch.errors import PackError
from seamwatch.packs.loader import Pack

ORDERS = ("svo", "vso", "sov")
NEEDS = ("", "taken", "civilians", "forces", "armed", "persons", "things", "cache", "militants", "captors")
WORD_LISTS = (
    "origin",
    "definite",
    "pointing",
    "modifier",
    "part",
    "stop",
    "pronouns",
    "subjects",
    "singular",
    "bodies",
    "joined",
    "joining",
    "apart",
    "by",
    "miles",
    "metres",
    "definite_prefix",
    "present_prefix",
    "purpose_prefix",
    "of_body",
    "compound",
    "own_subject",
    "theirs",
    "genitive",
    "that",
    "articles",
    "placing",
    "naming",
)
CUES = (
    # voice and roles
    *("passive_before", "by", "on", "against", "of", "and", "with", "possessive"),
    # truth
    *(
        "neutral",
        "negation",
        "infinitive",
        "hypothesis",
        "plan",
        "denial",
        "report",
        "failed",
        "exercise",
        "harmless",
        "offtopic",
        "memory",
        "idiom",
        "private",
        "debate",
        "debater",
        "fire",
        "died",
        "topic",
        "then",
    ),
    # time and reference
    *(
        "background",
        "habit",
        "generic",
        "before",
        "pluperfect",
        "new",
        "same",
        "later",
        "instead",
        "one_of",
        "other_of",
        "sites",
    ),
    # counts
    *(
        "article",
        "many",
        "others",
        "likewise",
        "behind",
        "stated",
        "only",
        "besides",
        "too",
        "among",
        "no_harm",
        "unknown_harm",
        "total",
        "perfect",
        "at_least",
        "figure_at",
        "losses",
        "toll_now",
        "leaving",
        "dead_told",
        "hurt_told",
        "side_forces",
        "side_militants",
        "side_civilians",
        "riding",
        "materiel",
        "no_attack",
        "to_come",
        "labelled",
        "spared",
        "undergone",
        "disguise",
    ),
    # clauses
    *("break", "relative", "subordinate", "aside"),
    # persons and places
    *("suspected", "planted", "claimed", "claim_none", "us", "support", "together", "range"),
)
_TABLES = (
    "form",
    "short",
    "adjectives",
    "again",
    "act",
    "harm",
    "actors",
    "people",
    "things",
    "means",
    "cues",
    "speech",
    "offices",
    "orgs",
    "places",
)
_NUMBER = {"1:": 1, "2:": 2, "+:": -1}
_ENDINGS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Act:
    """A row of ``acts.toml``: the type of incident that an act makes, by what it was aimed at.

    ``strong`` acts open an incident by themselves; others need a place, a day or a toll beside them.
    """

    name: str
    type: str
    civilians: str
    infrastructure: str
    strong: bool
    initiator: bool  # whether the doer is an initiator worth coding
    answer: bool  # return fire, pursuit: belongs to what it answers
    hostile: bool  # done by attackers, not by forces on duty
    generic: bool = False  # says nothing of the weapon
    bare: bool = True  # an act even where no weapon is told
    needs: str = ""  # what must be named beside it, one of NEEDS
    cache: str = ""  # the act that it is where only hideouts or arms were hit
    forces: str = ""  # the act that it is where forces did it
    unarmed: str = ""  # the act that it is where no weapon is told


@dataclass(frozen=True, slots=True)
class Term:
    """One wording. ``kind`` is the table, ``value`` its key, ``form`` how it is used (verb, passive, noun …)."""

    words: str
    kind: str
    value: str
    form: str = "name"
    means: tuple[str, ...] = ()
    exact: str = ""  # the letters it must have, where case tells
    number: int = 0  # how many the word itself says: 1, 2, -1 several, 0 not told

    @property
    def rule(self) -> str:
        """How `seamwatch explain` calls it."""
        form = "" if self.form == "name" else f".{self.form}"
        return f"{self.kind}.{self.value}{form}: {self.words}"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All terms of a language in a pack, folded, by wording."""

    lang: str
    order: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    form: Mapping[str, frozenset[str]]  # the word lists of [form]
    acts: Mapping[str, Act]
    instruments: Mapping[str, Act]
    short: Mapping[str, frozenset[str]]  # actor -> those that it is short for
    terms: Mapping[str, tuple[Term, ...]]


@functools.cache
def load_acts(pack: Pack) -> Mapping[str, Act]:
    """The rows of ``acts.toml``. Raises PackError where a type is not the codebook's."""
    acts: dict[str, Act] = {}
    for name, row in pack.table("acts.toml").get("acts", {}).items():
        kind = row.get("type", "")
        act = Act(
            name,
            kind,
            row.get("civilians", kind),
            row.get("infrastructure", kind),
            bool(row.get("strong", True)),
            bool(row.get("initiator", True)),
            bool(row.get("answer", False)),
            bool(row.get("hostile", False)),
            bool(row.get("generic", False)),
            bool(row.get("bare", True)),
            row.get("needs", ""),
            row.get("cache", ""),
            row.get("forces", ""),
            row.get("unarmed", ""),
        )
        if act.needs not in NEEDS:
            raise PackError(f"needs {act.needs!r} of {name!r}", where="acts.toml", rule=f"one of {', '.join(NEEDS)}")
        for used in (act.type, act.civilians, act.infrastructure):
            if used not in pack.codes.types:
                raise PackError(f"type {used!r} of {name!r}", where="acts.toml", rule="a type of codes.toml")
        acts[name] = act
    return acts


@functools.cache
def load_instruments(pack: Pack) -> Mapping[str, Act]:
    """Which act a weapon makes of a generic one, by means code. Raises PackError on a means not of the codebook."""
    acts = load_acts(pack)
    found: dict[str, Act] = {}
    for name, row in pack.table("acts.toml").get("acts", {}).items():
        for means in row.get("instrument", ()):
            if means not in pack.codes.means:
                raise PackError(f"means {means!r} of {name!r}", where="acts.toml", rule="a means of codes.toml")
            found[means] = acts[name]
    return found


@functools.cache
def load_lexicon(pack: Pack, lang: str, fold: Callable[[str, str], str]) -> Lexicon:
    """The lexicon of a language; one without a file has no terms. ``fold(words, lang)`` folds as texts are.

    Raises PackError on a table, code, cue or act that does not exist.
    """
    file = f"lexicon_{lang}.toml"
    raw = pack.table(file)
    acts = load_acts(pack)
    _check(raw, pack, acts, file)
    form = raw.get("form", {})
    plural = tuple(fold(p, lang) for p in form.get("plural", ()))
    terms: dict[str, dict[Term, None]] = {}
    for term in _terms(raw):
        for words in _spell(term.words, file):
            number, marked = _NUMBER.get(words[:2], 0), words[2:] if words[:2] in _NUMBER else words
            plain = marked.removeprefix("=")
            folded = " ".join(fold(plain, lang).split())
            if not folded:
                raise PackError(f"nothing left of {words!r}", where=file, rule="a term has letters")
            if not number and folded.endswith(plural):
                number = -1
            exact = plain if marked != plain else ""
            one = Term(folded, term.kind, term.value, term.form, term.means, exact, number)
            terms.setdefault(folded, {})[one] = None
    return Lexicon(
        lang,
        form.get("order", "svo"),
        tuple(fold(p, lang) for p in form.get("prefixes", ())),
        tuple(fold(s, lang) for s in form.get("suffixes", ())),
        {name: frozenset(fold(w, lang) for w in form.get(name, ())) for name in WORD_LISTS},
        acts,
        load_instruments(pack),
        {code: frozenset(longer) for code, longer in raw.get("short", {}).items()},
        {words: tuple(found) for words, found in terms.items()},
    )


def _terms(raw: Mapping[str, Any]) -> Iterator[Term]:
    for table, key in (("act", "act"), ("harm", "outcome")):
        for row in raw.get(table, ()):
            for form in ("verb", "present", "passive", "self", "noun", "count"):
                for words in row.get(form, ()):
                    yield Term(words, table, row[key], form, tuple(row.get("means", ())))
    for table in (
        "actors",
        "adjectives",
        "again",
        "people",
        "things",
        "means",
        "cues",
        "speech",
        "offices",
        "orgs",
        "places",
    ):
        for key, listed in raw.get(table, {}).items():
            for words in listed:
                yield Term(words, table, key)


def _spell(words: str, where: str) -> Iterable[str]:
    """ "attack(,s,ed)" as its three wordings; several brackets multiply."""
    match = _ENDINGS.search(words)
    if match is None:
        if "(" in words or ")" in words:
            raise PackError(f"brackets in {words!r}", where=where, rule="word(ending,ending)")
        return [words]
    return [
        spelled
        for ending in match[1].split(",")
        for spelled in _spell(words[: match.start()] + ending + words[match.end() :], where)
    ]


def _check(raw: Mapping[str, Any], pack: Pack, acts: Mapping[str, Act], where: str) -> None:
    codes = pack.codes
    known: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("table", raw, _TABLES),
        ("act", (row.get("act", "") for row in raw.get("act", ())), acts),
        ("outcome", (row.get("outcome", "") for row in raw.get("harm", ())), codes.outcomes),
        ("means", (m for row in raw.get("act", ()) for m in row.get("means", ())), codes.means),
        ("means", raw.get("means", {}), codes.means),
        ("actor", raw.get("actors", {}), codes.actors),
        ("actor", raw.get("adjectives", {}), codes.actors),
        ("actor", raw.get("again", {}), codes.actors),
        ("actor", raw.get("short", {}), codes.actors),
        ("actor", (code for listed in raw.get("short", {}).values() for code in listed), codes.actors),
        ("group", raw.get("people", {}), codes.groups),
        ("cue", raw.get("cues", {}), CUES),
        ("order", [raw.get("form", {}).get("order", "svo")], ORDERS),
        ("speech", raw.get("speech", {}), {*codes.statements, "say"}),
    ]
    for what, used, allowed in known:
        for name in used:
            if name not in allowed:
                raise PackError(f"{what} {name!r}", where=where, rule=f"one of {', '.join(sorted(allowed))}")
