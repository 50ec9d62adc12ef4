"""Train what dates, places and figures are chosen by: a part of `train`, on answers of models that did not see a text.

The training texts are numbered in the order of their days, so a text whose key has no day is of about the day of its
neighbours. That is used to learn the days of texts, never to run. A text of the training does not find itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.muc4 import alike as likes
from benchmarks.muc4 import slot_weights, tolls, when
from benchmarks.muc4.closeness import closeness
from benchmarks.muc4.fills import chosen
from benchmarks.muc4.model import Floats, Judgement, probability
from benchmarks.muc4.reading import Reading
from benchmarks.muc4.register import MONTHS
from benchmarks.muc4.roles import Candidate
from benchmarks.muc4.train_keys import gold_places, is_place, kinds_of
from benchmarks.muc4.where import names, place_signals

FEWEST, MOST = 2, 300  # texts that a word stands in, to tell of days
EFFECTS = {"killed": "DEATH", "wounded": "INJURY"}
C_PLACE, C_FIGURE = 0.2, 2.0
_DATE = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)")

Key = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A template of a key with what is read of its text."""

    text: int
    reading: Reading
    judgement: Judgement
    kind: int
    own: tuple[Candidate, ...]
    key: Key


def fit(cases: Sequence[Case], readings: Sequence[Reading], keys: Sequence[Sequence[Key]]) -> None:
    """Train on all and write the models."""
    model = fit_days(readings, keys, cases)
    likes.save(model)
    slot_weights.save(
        slot_weights.SlotWeights(fit_places(cases, model), *(fit_figures(cases, o) for o in tolls.OUTCOMES))
    )


def cases_of(
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    entities: Sequence[Sequence[Candidate]],
    keys: Sequence[Sequence[Key]],
    fill: Floats,
) -> list[Case]:
    """The templates of the keys, with the fillers that are found for their kinds."""
    out = []
    for n, (reading, judgement, own) in enumerate(zip(readings, judgements, entities, strict=True)):
        kinds = sorted({k for key in keys[n] for k in kinds_of(key)[:1]})
        held = {k: tuple(chosen(judgement, k, kinds, own, fill)) for k in kinds}
        out += [Case(n, reading, judgement, k, held[k], key) for key in keys[n] for k in kinds_of(key)[:1]]
    return out


def fit_days(readings: Sequence[Reading], keys: Sequence[Sequence[Key]], cases: Sequence[Case]) -> likes.Alike:
    """The texts by their words, with their days, and the weights that choose among days."""
    rows = [likes.word_buckets(r) for r in readings]
    counts = Counter(b for row in rows for b in row)
    held: dict[int, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        for b in row:
            if FEWEST <= counts[b] <= MOST:
                held[b].append(n)
    buckets = sorted(held)
    squares = np.zeros(len(rows))
    for b in buckets:
        squares[held[b]] += np.log(len(rows) / counts[b]) ** 2
    sharp, rough = text_days(keys)
    model = likes.Alike(
        buckets=np.array(buckets),
        ends=np.cumsum([len(held[b]) for b in buckets]),
        texts=np.array([n for b in buckets for n in held[b]]),
        lengths=np.sqrt(np.maximum(squares, 1.0)),
        days=rough,
        events=np.array([[c.text, c.kind, *(spans(c.key) or [(-1, -2)])[0], place_of(c.key)] for c in cases]),
        report=np.zeros(0),
        chosen=np.zeros(0),
    )
    likenesses = [likes.likeness(row, model, n) for n, row in enumerate(rows)]
    named = [when.named_days(r.prepared.text.lower()) for r in readings]
    signals = [when.report_signals(a, likes.day_votes(b, model)) for a, b in zip(named, likenesses, strict=True)]
    known = np.flatnonzero(sharp >= 0)
    model = likes.with_weights(
        model, report=rivals([signals[n] for n in known], [when.only(int(sharp[n])) for n in known])
    )
    chosen = []
    for dated in (False, True):
        inputs, right = [], []
        for case in cases:
            day = int(sharp[case.text])
            if dated and day < 0:
                continue
            alike = likenesses[case.text]
            report = when.only(day) if dated else when.report_days(case.reading, named[case.text], alike, model)
            events = likes.event_votes(alike, model, case.kind).days
            listed = when.guesses(case.reading, named[case.text], report, events)
            close = closeness(case.reading, case.judgement, case.kind, case.own)
            inputs.append(when.day_signals(listed, close, report, events))
            right += [any(a <= g.day <= b for a, b in spans(case.key)) for g in listed]
        chosen.append(logistic(np.vstack(inputs), np.array(right, float)))
    return likes.with_weights(model, chosen=np.stack(chosen))


def spans(key: Key) -> list[tuple[int, int]]:
    """First and last days that a key's date allows, from FIRST_DAY on."""
    out = []
    for text in "".join(key.get("INCIDENT: DATE", [])).upper().split("/"):
        try:
            days = [
                date(1900 + int(m[3]), MONTHS.index(m[2].lower()) + 1, int(m[1])).toordinal() - likes.FIRST_DAY
                for m in _DATE.finditer(text)
            ]
        except ValueError:  # 31 NOV
            continue
        if days and days[0] <= days[-1]:
            open_ = re.match(r"[\s?(~]*-", text) is not None
            out.append((days[0] - (when.RECENT if open_ else 0), days[-1]))
    return out


def place_of(key: Key) -> int:
    """The bucket of the most specific name of a key's location."""
    return next((likes.place_bucket(name) for name in sorted(gold_places(key))), -1)


def text_days(keys: Sequence[Sequence[Key]]) -> tuple[likes.Ints, ...]:
    """The day of each text, in the order of the texts, where it is sure, and where it is about known.

    It is sure where the text's key, or the keys beside it, leave a date open up to that day: the latest day of an exact
    key is only the earliest day that the text can be of.
    """
    latest = [max((last for key in text for _, last in spans(key)[:1]), default=None) for text in keys]
    open_ = [any(first < last - 60 for key in text for first, last in spans(key)[:1]) for text in keys]
    anchors = {}
    for n, day in enumerate(latest):
        beside = [d for m, d in enumerate(latest) if d is not None and 0 < abs(m - n) <= 6]
        if day is not None and open_[n] and beside and abs(day - float(np.median(beside))) <= 6:
            anchors[n] = day
    sharp = np.full(len(keys), -1)
    for n, day in enumerate(latest):
        before = max((m for m in anchors if m <= n), default=-1)
        after = min((m for m in anchors if m >= n), default=-1)
        if before < 0 or after < 0:
            continue
        first, last = anchors[before], anchors[after]
        if n in anchors:
            sharp[n] = anchors[n]
        elif 0 <= last - first <= 1 and (day is None or day <= last):
            sharp[n] = last
    rough = sharp.copy()
    for n, day in enumerate(latest):
        near = sorted((abs(m - n), d) for m, d in enumerate(latest) if d is not None and abs(m - n) <= 8)
        days = [d for _, d in near[:9]]
        if sharp[n] < 0 and days:
            middle = float(np.median(days))
            if day is not None and abs(day - middle) <= 6:
                rough[n] = day
            elif np.percentile(days, 75) - np.percentile(days, 25) < 20:
                rough[n] = int(middle)
    return tuple(np.where((days >= 0) & (days < likes.DAYS), days, -1) for days in (sharp, rough))


def fit_places(cases: Sequence[Case], model: likes.Alike) -> Floats:
    """Weights that choose among the names of a text."""
    inputs, right = [], []
    for case in cases:
        listed, gold = names(case.reading), gold_places(case.key)
        if listed:
            votes = likes.event_votes(
                likes.likeness(likes.word_buckets(case.reading), model, case.text), model, case.kind
            )
            close = closeness(case.reading, case.judgement, case.kind, case.own)
            inputs.append(place_signals(case.reading, close, listed, votes.places))
            right.append(np.array([float(is_place(name.text, gold)) for name in listed]))
    return rivals(inputs, right, C_PLACE)


def fit_figures(cases: Sequence[Case], outcome: str) -> Floats:
    """Weights that choose among the figures of an outcome."""
    inputs, right = [], []
    for case in cases:
        allowed = casualties(case.key, EFFECTS[outcome])
        if allowed and case.reading.sentences:
            listed = tolls.figures(case.reading, outcome, case.own)
            close = closeness(case.reading, case.judgement, case.kind, case.own)
            inputs.append(tolls.figure_signals(case.reading, listed, close, case.kind, outcome, case.own))
            right.append(np.array([float(figure.value in allowed) for figure in listed]))
    return rivals(inputs, right, C_FIGURE)


def casualties(key: Key, effect: str) -> set[int]:
    """The totals that a key allows for an effect: those of the targets that have it, added up; empty if not told."""
    figures = _by_target(key, "HUM TGT: NUMBER")
    named = {m for f in key.get("HUM TGT: NAME", []) for m in _quoted(f)}
    hit = [(kinds, who) for kinds, who in _by_target(key, "HUM TGT: EFFECT OF INCIDENT") if effect in kinds]
    sums = {0}
    for kinds, who in hit:
        own = next((text for text, other in figures if other & who), None)
        values = {int(n) for n in re.findall(r"\d+", own)} if own else {1} if who & named else set()
        if not values:
            return set()
        sums = {a + b for a in sums for b in values | ({0} if "/" in kinds else set())}
    total = [int(n) for f in key.get("HUM TGT: TOTAL NUMBER", []) for n in re.findall(r"\d+", f.split(":")[0])]
    whole = hit and len(hit) == len(key.get("HUM TGT: EFFECT OF INCIDENT", []))
    return set(total) if total and whole else sums


def _by_target(key: Key, slot: str) -> list[tuple[str, set[str]]]:
    parted = (filler.partition(":") for filler in key.get(slot, []))
    return [(value, _quoted(who)) for value, _, who in parted]


def _quoted(filler: str) -> set[str]:
    return set(re.findall(r'"((?:\\.|[^"\\])*)"', filler))


def rivals(inputs: Sequence[Floats], right: Sequence[Floats], c: float = 1.0) -> Floats:
    """Weights by which the right rows of each input are the likeliest, with a square penalty."""
    some = [(rows, marks) for rows, marks in zip(inputs, right, strict=True) if marks.any()]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = float(weights @ weights) / 2 / c, weights / c
        for rows, marks in some:
            scores = rows @ weights
            raised = np.exp(scores - scores.max())
            kept = raised * marks
            value += float(np.log(raised.sum()) - np.log(kept.sum()))
            slope = slope + rows.T @ (raised / raised.sum() - kept / kept.sum())
        return value, slope

    start = np.zeros(inputs[0].shape[1])
    out: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    return out


def logistic(inputs: Floats, right: Floats) -> Floats:
    """Weights of a logistic regression with a square penalty; the intercept is a signal of the inputs."""
    signs = 2 * right - 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (inputs @ weights)
        slope = weights - inputs.T @ (signs * probability(-margins))
        return float(np.logaddexp(0, -margins).sum() + weights @ weights / 2), slope

    out: Floats = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return out
