"""Learns the coefficients of `seamwatch.code.confidence` and says how well they hold on reports that they did not see.

.venv/bin/python -m benchmarks.coder.train_confidence

Logistic regression with a ridge, on every value that the coder gives for the development reports that may be read and
our own; a value is right where the scorer of record, aligning the report's incidents with the gold ones, counts it
right. Ten folds by report tell how it holds; the check fifth tells again, and two numbers
(a stretch and a shift of them all) are fitted on it, since rules do worse on reports that they were not written on.
Deterministic. Needs ../shared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize

from benchmarks.development import Gold, data_hash, development_reports, own_reports, scorer, write_measured
from seamwatch.code.confidence import report_traits, traits
from seamwatch.code.text import report_language
from seamwatch.model import Claim, Draft
from seamwatch.packs import load_pack
from seamwatch.single import Rules, code_and_place
from seamwatch.wire import codebook_coding

PACK_FILE = Path(__file__).parents[2] / "src" / "seamwatch" / "packs" / "iraq" / "confidence.toml"
PAGE = Path(__file__).with_name("confidence.md")
FIELDS = ("type", "date", "place", "initiator", "target", "toll", "means", "duration_minutes", "claimed_by")
RIDGE = 3.0
FOLDS = 10
SEEN_OFTEN = 4  # values that must show a trait for it to have a coefficient
BANDS = (0.0, 0.5, 0.7, 0.85, 1.01)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that the coder gave: where, what is known of it, and whether it is right."""

    report: str
    field: str
    traits: tuple[str, ...]
    right: bool


def values(reports: Iterable[Gold]) -> list[Value]:
    """Every value of our coding of the reports."""
    score, pack = scorer(), load_pack()
    found: list[Value] = []
    for one in reports:
        report = one.report
        coding = code_and_place(report, pack, Rules(alone=True))  # the readers learned on these reports
        gold = score.parse_report(one.line, True).incidents
        ours = score.parse_report(codebook_coding(coding, report), False).incidents
        partner = {id(p): g for g, p in score.align(gold, ours) if p is not None}
        shared = report_traits(coding, report_language(report), len(report.text))
        for draft, mine in zip(coding.drafts, ours, strict=True):
            for name, claim in draft.claims():
                if name in FIELDS and not (name == "toll" and claim.value.figure.high == 0):  # a plain 0 is not scored
                    known = tuple(traits(name, claim, draft, shared))
                    right = _right(score, name, claim, mine, partner[id(mine)], draft)
                    found.append(Value(report.name, name, known, right))
    return found


def _right(score: Any, name: str, claim: Claim[Any], mine: Any, gold: Any, draft: Draft) -> bool:
    if gold is None:
        return False
    match name:
        case "type":
            return bool(gold.type == mine.type)
        case "date":
            return bool(score.overlaps(gold.span, mine.span))
        case "place":
            return bool(score.distance_km(gold.coords, mine.coords) <= score.WIDE_KM)
        case "toll":
            cell = (claim.value.group, claim.value.outcome)
            return cell in gold.toll and cell in mine.toll and gold.toll[cell] == mine.toll[cell]
        case "duration_minutes":
            return bool(gold.duration == mine.duration)
        case "claimed_by":
            return bool(gold.claimed_by == mine.claimed_by)
        case _:
            return claim.value in getattr(gold, name)


def learn(seen: Sequence[Value]) -> dict[str, float]:
    """Coefficients by trait; a field's own (its intercept) is not held down by the ridge."""
    counts: dict[str, int] = {}
    for value in seen:
        for trait in value.traits:
            counts[trait] = counts.get(trait, 0) + 1
    names = sorted(trait for trait, count in counts.items() if count >= SEEN_OFTEN)
    column = {trait: at for at, trait in enumerate(names)}
    x = np.zeros((len(seen), len(names)))
    for row, value in enumerate(seen):
        x[row, [column[t] for t in value.traits if t in column]] = 1
    y = np.array([value.right for value in seen], float)
    held = np.array([RIDGE if " " in name else 0.01 for name in names])

    def loss(w: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        z = x @ w
        slope = x.T @ (1 / (1 + np.exp(-z)) - y) + held * w
        return float(np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(held * w * w)), slope

    found = scipy.optimize.minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(w), 2) for name, w in zip(names, found.x, strict=True) if abs(w) >= 0.02}


def on_new_reports(weights: dict[str, float], fresh: Sequence[Value]) -> dict[str, float]:
    """The coefficients stretched and shifted so that they fit values of reports that the rules were not written on."""
    z = np.array([sum(weights.get(trait, 0.0) for trait in value.traits) for value in fresh])
    y = np.array([value.right for value in fresh], float)

    def loss(ab: np.ndarray[Any, Any]) -> float:
        t = ab[0] * z + ab[1]
        return float(np.sum(np.logaddexp(0, t) - y * t))

    stretch, shift = scipy.optimize.minimize(loss, np.array([1.0, 0.0])).x
    own = dict.fromkeys(FIELDS, 0.0) | weights
    return {name: round(float(stretch * w + (0 if " " in name else shift)), 2) for name, w in sorted(own.items())}


def chance(weights: dict[str, float], value: Value) -> float:
    """The confidence that the coefficients give a value."""
    return float(1 / (1 + np.exp(-sum(weights.get(trait, 0.0) for trait in value.traits))))


def in_folds(seen: Sequence[Value]) -> list[float]:
    """For each value its confidence by coefficients learned without its report."""
    fold = [int(hashlib.sha256(value.report.encode()).hexdigest(), 16) % FOLDS for value in seen]
    by_fold = [learn([v for v, f in zip(seen, fold, strict=True) if f != k]) for k in range(FOLDS)]
    return [chance(by_fold[f], v) for v, f in zip(seen, fold, strict=True)]


def measured(told: Sequence[Value], chances: Sequence[float]) -> str:
    """By field: values, share right, Brier score with that of the field's mean, calibration error, and the bands."""
    bands = [f"{low:.2f}–{min(high, 1):.2f}" for low, high in pairwise(BANDS)]
    lines = ["| field | values | right | mean confidence | Brier | Brier of the mean | " + " | ".join(bands) + " |"]
    lines.append("|---|---:|---:|---:|---:|---:|" + "---:|" * len(bands))
    y, p = np.array([v.right for v in told], float), np.array(chances)
    for name in ("all", *FIELDS):
        of = np.array([name in ("all", v.field) for v in told])
        if not of.any():
            continue
        right, sure = y[of], p[of]
        cells = []
        for low, high in pairwise(BANDS):
            inside = (sure >= low) & (sure < high)
            cells.append(f"{right[inside].mean():.2f} of {inside.sum()}" if inside.any() else "–")
        brier, plain = np.mean((sure - right) ** 2), right.mean() * (1 - right.mean())
        head = f"| {name} | {of.sum()} | {right.mean():.2f} | {sure.mean():.2f} | {brier:.3f} | {plain:.3f} | "
        lines.append(head + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Learn, say how well it holds, write the pack's file and the page."""
    everything = development_reports()
    seen = values([g for g in everything if not g.held_out] + own_reports())
    held = values([g for g in everything if g.held_out])
    weights = learn(seen)
    final = on_new_reports(weights, held)
    text = "\n".join(
        (
            f"Learned from {len(seen)} values; {len(weights)} coefficients. The last columns: of the values in that",
            "band of confidence, how many were right.",
            f"\n## Ten folds by report\n\n{measured(seen, in_folds(seen))}",
            f"\n## Check fifth, as learned\n\n{measured(held, [chance(weights, v) for v in held])}",
            f"\n## Check fifth, with two numbers fitted on it\n\n{measured(held, [chance(final, v) for v in held])}",
        )
    )
    print(text)
    write_measured(PAGE, text)
    lines = [
        "# How sure a value is, by what it rests on: logistic coefficients, summed by seamwatch/code/confidence.py.",
        "# Made by benchmarks/coder/train_confidence.py from codings of the development reports; do not edit.",
        f"# Data: {data_hash()[:16]}",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in final.items()),
    ]
    PACK_FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
