"""How sure a value is: the chance that a careful reader would code it so, by what it rests on.

A logistic regression on a few traits of a value (its field, the rule that took it, how crowded its report is, …). Its
coefficients are the pack's (``confidence.toml``, made by ``benchmarks/coder/train_confidence.py``), one a trait and
readable; a pack without them leaves ``confidence`` empty.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from seamwatch.model import Claim, Coding, DateSpan, Draft
from seamwatch.packs import Pack

MANY = 4  # incidents in one report from which on a further one tells nothing more
LONG = 1500  # characters of text


@functools.cache
def load_weights(pack: Pack) -> Mapping[str, float]:
    """The pack's coefficients by trait; empty where it has none."""
    return {str(trait): float(weight) for trait, weight in pack.table("confidence.toml").get("weights", {}).items()}


def with_confidence(coding: Coding, weights: Mapping[str, float], lang: str, length: int) -> Coding:
    """The coding with a confidence on every claim of its (placed) drafts; ``length`` is the text's, in characters."""
    if not weights:
        return coding
    shared = report_traits(coding, lang, length)
    return replace(coding, drafts=tuple(_sure(draft, shared, weights) for draft in coding.drafts))


def report_traits(coding: Coding, lang: str, length: int) -> list[str]:
    """What is known of a report as a whole, for `traits`."""
    return [f"lang {lang}", f"incidents {min(len(coding.drafts), MANY)}", *(["long"] if length > LONG else [])]


def traits(name: str, claim: Claim[Any], draft: Draft, shared: list[str]) -> Iterator[str]:
    """What is known of a claim of the field ``name``: every trait is of its field."""
    yield name
    for trait in shared:
        yield f"{name} {trait}"
    yield f"{name} {'first' if draft.index == 0 else 'later'}"
    for family in sorted({span.rule.split(":")[0] for span in claim.spans}):
        yield f"{name} rule {family}"
    yield f"{name} spans {min(len(claim.spans), 3)}"
    yield f"{name} in {'title' if any(span.part == 'title' for span in claim.spans) else 'text'}"
    yield f"{name} of {draft.type.value}"
    match name:
        case "type" | "initiator" | "target" | "means":
            yield f"{name} value {claim.value}"
        case "toll":
            yield f"toll cell {claim.value.group} {claim.value.outcome}"
            yield f"toll cells {min(len(draft.toll), 3)}"
            yield f"toll {'exact' if claim.value.figure.low == claim.value.figure.high else 'open'}"
        case "place" if draft.location is not None:
            yield f"place {draft.location.status} {draft.location.precision}"
            yield f"place relation {claim.value.relation}"
        case "date" if isinstance(claim.value, DateSpan):
            yield f"date {claim.value.precision} {claim.value.basis}"
        case _:
            pass


def _sure(draft: Draft, shared: list[str], weights: Mapping[str, float]) -> Draft:
    def sure(name: str, claim: Claim[Any]) -> Claim[Any]:
        score = sum(weights.get(trait, 0.0) for trait in traits(name, claim, draft, shared))
        return replace(claim, confidence=round(1 / (1 + math.exp(-score)), 2))

    changed: dict[str, Any] = {}
    for name in ("type", "date", "place", "duration_minutes", "claimed_by"):
        if (claim := getattr(draft, name)) is not None:
            changed[name] = sure(name, claim)
    for name in ("other_places", "initiator", "target", "toll", "means"):
        changed[name] = tuple(sure(name, claim) for claim in getattr(draft, name))
    return replace(draft, **changed)
