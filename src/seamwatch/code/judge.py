"""The learned readers: linear models over `sentence_features` that judge what rules generalise badly.

They open incidents (does this sentence tell of an incident that was not told yet?) and type them. The weights are data:
``judge.json.gz`` of a pack, made by ``make train``, readable by anyone. Without it the coder runs by rules alone and
says so in its name.
"""

from __future__ import annotations

import functools
import gzip
import json
import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from seamwatch.code.assembly import Building
from seamwatch.code.features import Features, type_features
from seamwatch.code.mentions import Mention
from seamwatch.errors import PackError
from seamwatch.packs import Pack

FILE = "judge.json.gz"
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """``opening``: log-odds that a sentence opens an incident; ``open_at`` the probability from which it does.

    ``types``: for each type of incident its weights, the rules' own type among the features.
    """

    opening: Weights
    open_at: float
    types: Mapping[str, Weights]

    def opens(self, row: Features) -> float:
        """The probability that a sentence opens an incident."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score(self.opening, row)))))

    def type_of(self, row: Features, allowed: Container[str]) -> str:
        """The likeliest type among those that the pack allows."""
        scores = {name: score(weights, row) for name, weights in self.types.items() if name in allowed}
        return max(scores, key=lambda name: (scores[name], name))


class Opinion:
    """A judge on one report: what it thinks of each sentence, and of the type of what is being built."""

    def __init__(
        self, judge: Judge, mentions: Sequence[Mention], rows: Sequence[Features], types: Sequence[str]
    ) -> None:
        self._judge, self._types = judge, types
        self.rows = {mention.sentence.index: row for mention, row in zip(mentions, rows, strict=True)}
        self._title = next((m.sentence.index for m in mentions if m.sentence.title), None)

    def opens(self, mention: Mention) -> bool:
        """Whether a sentence opens an incident."""
        return self._judge.opens(self.rows[mention.sentence.index]) >= self._judge.open_at

    def type_of(self, building: Building, rule_type: str) -> str:
        """The type of an incident in the making."""
        return self._judge.type_of(type_features(self.rows, building, rule_type, self._title), self._types)


def score(weights: Weights, row: Features) -> float:
    """Weighted sum, the bias under the empty name."""
    return weights.get("", 0.0) + sum(weights[name] * value for name, value in row.items() if name in weights)


@functools.cache
def load_judge(pack: Pack) -> Judge | None:
    """The pack's judge, or None where it has none. Raises PackError where the file cannot be used."""
    path = next((folder / FILE for folder in reversed(pack.folders) if (folder / FILE).exists()), None)
    if path is None:
        return None
    try:
        raw = json.loads(gzip.decompress(path.read_bytes()))
        return Judge(raw["opening"], float(raw["open_at"]), raw["types"])
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise PackError(str(error), where=str(path), rule="made by `make train`", remedy="run `make train`") from error
