"""Learns what each clue speaks for a place (``toponym_weights.toml``) from LGL and GeoVirus.

    python -m benchmarks.places.train_find [--write]

Logistic regression with a penalty on squares. Prints F1 over the names that any list has, in five folds split by text,
and of each corpus by weights learned on the other alone: the figures to believe.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.places.corpora import FOLDER, NAMES, Document, corpus
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, Senses
from seamwatch.place.atlas import BASE
from seamwatch.place.find import spots, words_of
from seamwatch.place.is_place import ENOUGH, all_clues
from seamwatch.place.names import fold

Array = NDArray[np.float64]

FOLDS = 5
PENALTY = 1.0
HEAD = """\
# How much each clue of seamwatch.place.is_place speaks for a place (natural log of odds), learned from LGL and
# GeoVirus: python -m benchmarks.places.train_find --write

[weights]
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A name that some list has, where a text of a corpus has it: its clues, and whether gold has a toponym there."""

    corpus: str
    text: int
    clues: frozenset[str]
    place: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; with --write, write the weights."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write toponym_weights.toml")
    write = options.parse_args(argv).write
    if not FOLDER.exists():
        print(f"skipped: no {FOLDER} here")
        return 0
    senses = Senses(Gazetteer.open(load_pack()))
    rows = [r for name in NAMES for n, d in enumerate(corpus(name)) for r in rows_of(name, n, d, senses)]
    names = sorted({clue for row in rows for clue in row.clues})
    table = np.array([[*(clue in row.clues for clue in names), True] for row in rows], dtype=float)
    gold = np.array([row.place for row in rows], dtype=float)
    fold_of = np.array([row.text % FOLDS for row in rows])
    probability = np.zeros(len(rows))
    for held in range(FOLDS):
        weights = learn(table[fold_of != held], gold[fold_of != held])
        probability[fold_of == held] = _sigmoid(table[fold_of == held] @ weights)
    print(f"{len(rows)} names, {int(gold.sum())} of them places; F1 in {FOLDS} folds {f1(probability, gold):.3f}")
    for name in NAMES:
        of = np.array([row.corpus == name for row in rows])
        other = f1(_sigmoid(table[of] @ learn(table[~of], gold[~of])), gold[of])
        print(f"{name}: F1 in folds {f1(probability[of], gold[of]):.3f}, learned on the other corpus alone {other:.3f}")
    if write:
        weights = learn(table, gold)
        lines = [f'"{clue}" = {weight:.2f}\n' for clue, weight in zip(names, weights, strict=False)]
        path = BASE / "toponym_weights.toml"
        path.write_text(f"{HEAD}{''.join(lines)}always = {weights[-1]:.2f}\n", "utf-8")
    return 0


def rows_of(name: str, number: int, document: Document, senses: Senses) -> Iterator[Row]:
    """The names of a document. Peoples' adjectives that a corpus marks are left out: they are no toponyms."""
    text, adjectives = document.text, senses.atlas.adjectives
    gold = {(g.start, g.end) for g in document.gold if fold(text[g.start : g.end]) not in adjectives}
    words = words_of(text)
    found = list(spots(text, words, senses))
    for spot, clues in zip(found, all_clues(text, words, found), strict=True):
        yield Row(name, number, frozenset(clues), (spot.start, spot.end) in gold)


def learn(table: Array, gold: Array) -> Array:
    """Weights by Newton's method; the last column is the constant."""
    weights = np.zeros(table.shape[1])
    for _ in range(60):
        probability = _sigmoid(table @ weights)
        slope = table.T @ (probability - gold) + PENALTY * weights
        bend = (table * (probability * (1 - probability))[:, None]).T @ table + PENALTY * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def f1(probability: Array, gold: Array) -> float:
    """F1 at the probability that the finder asks for."""
    said = probability >= ENOUGH
    hits = float((said & (gold > 0)).sum())
    return 2 * hits / float(said.sum() + gold.sum())


def _sigmoid(values: Array) -> Array:
    probability: Array = 1 / (1 + np.exp(-values))
    return probability


if __name__ == "__main__":
    sys.exit(main())
