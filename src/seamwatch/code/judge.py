"""The learned reader: a linear model over `sentence_features` that judges what rules generalise badly.

It opens incidents: does this sentence tell of an incident that was not told yet? The weights are data,
``judge.json.gz`` of a pack, made by ``make train``, readable by anyone. Without it the coder runs by rules alone and
says so in its name.
"""

from __future__ import annotations

import functools
import gzip
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from seamwatch.code.features import RULE_OPENS, Features
from seamwatch.errors import PackError
from seamwatch.packs import Pack

FILE = "judge.json.gz"


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """``weights``: log-odds that a sentence opens an incident, by feature; the bias under the empty name.

    A sentence opens one from ``confirm_at`` where the rules think so too, from ``open_at`` where they do not: rules are
    surer on the reports they were written on, and the two thresholds take that into account.
    """

    weights: Mapping[str, float]
    confirm_at: float
    open_at: float

    def probability(self, row: Features) -> float:
        """The probability that a sentence opens an incident."""
        odds = self.weights.get("", 0.0)
        odds += sum(self.weights[name] * value for name, value in row.items() if name in self.weights)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))

    def opens(self, row: Features) -> bool:
        """Whether a sentence opens an incident."""
        return self.probability(row) >= (self.confirm_at if row.get(RULE_OPENS) else self.open_at)


@functools.cache
def load_judge(pack: Pack) -> Judge | None:
    """The pack's judge, or None where it has none. Raises PackError where the file cannot be used."""
    path = next((folder / FILE for folder in reversed(pack.folders) if (folder / FILE).exists()), None)
    if path is None:
        return None
    try:
        raw = json.loads(gzip.decompress(path.read_bytes()))
        return Judge(raw["weights"], float(raw["confirm_at"]), float(raw["open_at"]))
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise PackError(str(error), where=str(path), rule="made by `make train`", remedy="run `make train`") from error
