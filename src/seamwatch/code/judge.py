"""A learned reader of whole reports: whether what the rules drafted is an incident at all.

A logistic regression on `features`; its coefficients are the pack's (``judge.toml``, made by
``benchmarks/coder/train_judge.py``), one a feature and readable. It only ever leaves a report quiet: where none of its
incidents is likely, none is coded. A pack without coefficients has the rules alone.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence

from seamwatch.code.building import Building
from seamwatch.code.features import of_incident, seen
from seamwatch.code.mentions import Mention
from seamwatch.code.reading import Document
from seamwatch.packs import Pack

LIKELY = 0.4  # below one half: a report lost costs more than one coded too many


@functools.cache
def load_judge(pack: Pack) -> Mapping[str, float]:
    """The pack's coefficients by feature, with "always" for the intercept; empty where it has none."""
    return {str(name): float(weight) for name, weight in pack.table("judge.toml").get("weights", {}).items()}


def chances(document: Document, mentions: Sequence[Mention], built: Sequence[Building]) -> list[float]:
    """For each drafted incident the chance that a careful reader would code it; 1 without coefficients."""
    weights = load_judge(document.pack)
    if not weights:
        return [1.0] * len(built)
    report = seen(document, mentions, built)
    always = weights.get("always", 0.0)
    scores = (always + math.fsum(weights.get(name, 0.0) for name in of_incident(report, one)) for one in built)
    return [1 / (1 + math.exp(-score)) for score in scores]


def is_quiet(document: Document, mentions: Sequence[Mention], built: Sequence[Building]) -> bool:
    """Whether none of a report's drafted incidents is likely one."""
    return bool(built) and max(chances(document, mentions, built)) < LIKELY
