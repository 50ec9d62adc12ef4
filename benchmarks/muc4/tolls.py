"""How many were killed and wounded in an incident: the likeliest of the figures that a text may mean, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.muc4 import slot_weights
from benchmarks.muc4.closeness import Closeness, closeness, near_signals
from benchmarks.muc4.model import KINDS, Floats, Judgement, softmax
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.role_tokens import Token
from benchmarks.muc4.roles import Candidate

OUTCOMES = ("killed", "wounded")
HARM = {
    "killed": re.compile(
        r"kill(?:ed|ing|ings|s)?|murder(?:ed|s|ing)?|assassinat(?:ed|ion|ions|ing)|dead|deaths?|died|dies|massacred?"
        r"|slain|slaying|executed|execution|perished|fatalit(?:y|ies)|bodies|body|corpses?|lives|life"
    ),
    "wounded": re.compile(r"wound(?:ed|ing|s)?|injur(?:ed|ies|y|ing)|hurt|hospitalized|burned"),
}
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_WORDS = {word: n for n, word in enumerate(_SMALL)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a": 1, "an": 1, "another": 1, "single": 1, "dozen": 12,
}  # fmt: skip
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})?")
_PEOPLE = re.compile(
    r"people|persons?|civilians?|soldiers?|policem[ae]n|polices?|troops?|guerrillas?|rebels?|terrorists?|peasants?|wom[ae]n"
    r"|m[ae]n|children|child|students?|workers?|members?|priests?|jesuits?|officers?|guards?|bodyguards?|passengers?"
    r"|victims?|individuals?|leaders?|journalists?|reporters?|newsm[ae]n|judges?|employees?|persons|others|more|residents?"
    r"|passersby|agents?|citizens?|casualties|marines?|combatants?|minors?|girls?|boys?|dead|wounded|injured|killed"
)
_THINGS = re.compile(
    r"km|kilometers?|meters?|hours?|days?|weeks?|months?|years?|minutes?|percent|dollars?|pesos?|vehicles?|bombs?|rifles?"
    r"|grenades?|pounds?|kg|kilograms?|sticks?|houses?|buses|bus|trucks?|cars?|banks?|towers?|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|gmt|million|billion|attacks?|caliber|mm|shots?|times?"
    r"|departments?|towns?|rounds?|years-old|yards?|miles?"
)
_FOES = re.compile(
    r"guerrillas?|rebels?|terrorists?|insurgents?|subversives?|attackers?|combatants?|extremists?|assailants?"
)
SOURCES = ("none", "text", "article", "sum", "engine", "harmed", "counted", "all", "one", "single")
LEANING = {"killed": 0.0, "wounded": 0.0}  # added to what speaks for none


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be meant: why, in what sentence (-1: in none), signals of its wording."""

    value: int
    source: str
    sentence: int = -1
    wording: tuple[float, ...] = (0.0,) * 10


def tolls(reading: Reading, judgement: Judgement, kind: int, own: Sequence[Candidate]) -> tuple[int, int]:
    """Killed and wounded of an incident of a kind with these fillers; 0 where nobody is told of."""
    if not reading.sentences:
        return 0, 0
    close = closeness(reading, judgement, kind, own)
    out = []
    for outcome in OUTCOMES:
        listed = figures(reading, outcome, own)
        weights = getattr(slot_weights.load(), outcome)
        scores = softmax(figure_signals(reading, listed, close, kind, outcome, own) @ weights)
        by_value: dict[int, float] = {}
        for figure, score in zip(listed, scores, strict=True):
            by_value[figure.value] = by_value.get(figure.value, 0.0) + float(score)
        by_value[0] *= float(np.exp(LEANING[outcome]))
        out.append(max(by_value, key=lambda v: (by_value[v], -v)))
    return out[0], out[1]


def figures(reading: Reading, outcome: str, own: Sequence[Candidate]) -> list[Figure]:
    """The figures that a text may mean for an outcome, none (0) first."""
    found = [Figure(0, "none")]
    for i, sentence in enumerate(reading.sentences):
        stated = _in_sentence(sentence, i, outcome)
        parts = [f for f in stated if f.wording[4] == 0 and f.wording[5] == 1 and f.wording[6] == 0]
        found += stated
        if len(parts) > 1:
            wording = tuple(float(np.mean(column)) for column in zip(*(f.wording for f in parts), strict=True))
            found.append(Figure(sum(f.value for f in parts), "sum", i, wording))
    for draft in reading.drafts:
        cells = [c for c in draft.toll if c.value.outcome == outcome and c.value.group != "militants"]
        total = sum(int(c.value.figure.best or c.value.figure.low) for c in cells)
        starts = [s.start for c in cells for s in c.spans]
        if total and starts:
            found.append(Figure(total, "engine", reading.sentence_at(min(starts))))
    victims = [c for c in own if c.role == "Victim"]
    if victims:
        numbers = [(number_of(reading, c), reading.sentence_at(c.start)) for c in victims]
        harmed = [(n, s) for n, s in numbers if _tells(reading.sentences[s], outcome)]
        for source, some in (("harmed", harmed), ("all", numbers)):
            total = sum(n for n, _ in some if n)
            if total:
                found.append(Figure(total, source, some[0][1]))
        if harmed:
            found.append(Figure(len(harmed), "counted", harmed[0][1]))
        found.append(Figure(1, "one", numbers[0][1]))
    telling = [i for i, sentence in enumerate(reading.sentences) if _tells(sentence, outcome)]
    return found + [Figure(1, "single", i) for i in telling[:4]]


def figure_signals(
    reading: Reading, listed: Sequence[Figure], close: Closeness, kind: int, outcome: str, own: Sequence[Candidate]
) -> Floats:
    """For each figure what speaks for its being that of an incident."""
    told = [_tells(s, outcome) for s in reading.sentences]
    weights = np.array([float(t) for t in told])
    at_own = float((weights * close.held).max(initial=0))
    beside = float((weights * (close.away <= 1)).max(initial=0))
    kinds = [float(kind == k) for k in range(len(KINDS))]
    victims = [c for c in own if c.role == "Victim"]
    counts: dict[int, int] = {}
    for figure in listed:
        counts[figure.value] = counts.get(figure.value, 0) + 1
    placed = [_telling(close, f) for f in listed if f.sentence >= 0]
    rows = []
    for figure in listed:
        none = float(figure.source == "none")
        near = near_signals(close, figure.sentence) if figure.sentence >= 0 else [0.0] * 11
        lead = (_telling(close, figure) - max(placed)) / 8 if figure.sentence >= 0 else 0.0
        telling = told[figure.sentence] if figure.sentence >= 0 else False
        sources = [float(figure.source == s) for s in SOURCES]
        rows.append(
            [
                *sources, *near, *figure.wording, lead, float(telling),
                *(none * k for k in kinds), none * at_own, none * beside, none * float(not victims),
                none * min(len(victims), 5) / 5, none * float(any(told)), none * float(close.kind.max()),
                none * float(max(((w * k) for w, k in zip(weights, close.kind, strict=True)), default=0)),
                float(figure.value == 1), float(figure.value > 20), float(figure.value > 100),
                float(figure.value == len(victims)), min(counts[figure.value], 5) / 5,
                float(figure.source == "one" and len(victims) == 1), float(figure.source == "one") * at_own,
                float(figure.source in ("all", "counted", "harmed")) * at_own, float(figure.source == "all") * kinds[0],
                float(figure.source in ("one", "all")) * kinds[2], float(figure.source in ("one", "all")) * kinds[1],
                float(figure.source == "single") * float(not victims), float(figure.source == "single") * kinds[0],
                float(figure.source == "engine") * float(telling), min(figure.value, 50) / 50,
            ]
        )  # fmt: skip
    return np.array(rows)


def number_of(reading: Reading, victim: Candidate) -> int | None:
    """How many a victim's words are: the figure in or before them, 1 for a name or a singular, None if bare plural."""
    words = victim.mentions[0].lower().split()
    for word in words[:2]:
        if (value := _value(word)) is not None and word not in ("a", "an"):
            return value
    before = re.split(r"[.,;:()]", reading.prepared.lower[max(0, victim.start - 40) : victim.start])[-1].split()
    for word in reversed(before[-3:]):
        if (value := _value(word)) is not None:
            return value
    last = words[-1] if words else ""
    plural = (last.endswith("s") and not last.endswith("ss")) or last.endswith(("men", "people", "children", "police"))
    return None if plural and _PEOPLE.fullmatch(last) else 1


def _in_sentence(sentence: Sequence[Token], at: int, outcome: str) -> list[Figure]:
    """The figures of a sentence that tells of an outcome, with how they stand to its words."""
    words = [t.word for t in sentence]
    ours = [i for i, w in enumerate(words) if HARM[outcome].fullmatch(w)]
    other = OUTCOMES[1 - OUTCOMES.index(outcome)]
    theirs = [i for i, w in enumerate(words) if HARM[other].fullmatch(w)]
    if not ours:
        return []
    found = []
    for i, word in enumerate(words):
        value = _value(word)
        if not value or (i + 1 < len(words) and words[i + 1] in ("-", "'s") and word in ("a", "an")):
            continue
        after = words[i + 1 : i + 5]
        people = any(_PEOPLE.fullmatch(w) for w in after)
        thing = bool(after) and _THINGS.fullmatch(after[0]) is not None
        article = word in ("a", "an", "another")
        if thing or (article and not any(_PEOPLE.fullmatch(w) for w in after[:3])):
            continue
        near = min(ours, key=lambda k: abs(k - i))
        away = abs(near - i)
        rival = min((abs(k - i) for k in theirs), default=40)
        low, high = sorted((near, i))
        crossed = any(w in (",", ";", "and", "but", "while") for w in words[low:high])
        found.append(
            Figure(
                value, "article" if article else "text", at,
                (
                    min(away, 12) / 12, float(near > i), float(away <= 2), float(away <= 5), float(rival < away),
                    float(people), float(any(_FOES.fullmatch(w) for w in after[:3])), float(crossed),
                    float(i > 0 and words[i - 1] in ("of", "least", "about", "approximately", "some", "than", "other")),
                    float(bool(after) and HARM[outcome].fullmatch(after[0]) is not None),
                ),
            )
        )  # fmt: skip
    return found


def _value(word: str) -> int | None:
    if word in _WORDS:
        return _WORDS[word]
    if _FIGURE.fullmatch(word):
        value = int(word.replace(",", ""))
        return value if 0 < value < 2000 else None
    return None


def _tells(sentence: Sequence[Token], outcome: str) -> bool:
    return any(HARM[outcome].fullmatch(t.word) for t in sentence)


def _telling(close: Closeness, figure: Figure) -> float:
    return float(close.kind[figure.sentence] + 2 * close.held[figure.sentence])
