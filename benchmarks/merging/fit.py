"""Fit the coefficients of `seamwatch.merge.pairs` on the train split; print held-out figures by incident.

    python -m benchmarks.merging.fit [--own] [--write]

Pairs: every pair of train drafts within reach of each other. Two drafts of one report are different incidents of one
night, so they serve as hard negatives although merging never joins them. As the development reports are spread over ten
years and the real world is not, different incidents of one area are also moved onto the same days (three random shifts
a pair, seeded), weighted by `CROWDING`. All of this is done once with the gold codes and `SPOILED` times with codes
spoiled as a coder errs (``noise.py``), and with ``--own`` `OWN` times with what our own coder makes of the reports.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.merging.data import own_parts, parts
from benchmarks.merging.noise import spoiled
from seamwatch.merge.facts import Facts, facts_of
from seamwatch.merge.pairs import FEATURES, features, possible
from seamwatch.packs import load_pack

Array = NDArray[np.float64]
CROWDING, SHIFTS, FOLDS, RIDGE, SPOILED, OWN, SEED = 0.05, 3, 5, 1.0, 3, 3, 20240229
RISING = (
    "same_name",
    "same_district",
    "type_kin",
    "toll_same",
    "actors_same",
)
FALLING = (
    "gap_days",
    "other_day",
    "foretold",
    "vague_date",
    "beyond_km",
    "apart_radii",
    "wide_place",
    "other_district",
    "toll_clash",
)
BOUNDS: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(RISING, (0.0, None)),
    **dict.fromkeys((*FALLING, "initiator_clash", "target_clash"), (None, 0.0)),
    "undated": (None, -1.0),  # judged: there are too few undated pairs to fit
    "foretold": (None, -2.0),  # judged: nobody reports what is still to come, but days are misread
}
OUT = Path(__file__).parents[2] / "src/seamwatch/merge/coefficients.toml"


@dataclass(frozen=True, slots=True)
class Pair:
    """One example: its features, whether it is one incident, its weight and its two incidents."""

    row: tuple[float, ...]
    same: bool
    weight: float
    incidents: tuple[str, str]


def pairs(own: bool) -> list[Pair]:
    """All examples of the train split."""
    codes, rng = load_pack().codes, random.Random(SEED)  # noqa: S311
    found: list[Pair] = []
    worlds = [(part, turn) for part in parts("train") for turn in range(SPOILED + 1)]
    worlds += [(part, 0) for part in own_parts("train") for _ in range(OWN)] if own else []
    for part, turn in worlds:
        items = [i for i in part.items if not part.incident[i.key].startswith("spurious")]
        items = [spoiled(item, rng) for item in items] if turn else items
        facts = [(facts_of(item, codes), f"{part.name}/{part.incident[item.key]}") for item in items]
        for j, (b, kb) in enumerate(facts):
            for a, ka in facts[:j]:
                pair = (replace(a, report_id="a"), replace(b, report_id="b"))
                if possible(*pair):
                    found.append(_pair(*pair, ka, kb, 1.0))
                elif ka != kb and a.first is not None and b.first is not None:
                    for _ in range(SHIFTS):
                        moved = _moved(pair[1], a.first - b.first + rng.randint(-1, 1))
                        if possible(pair[0], moved):
                            found.append(_pair(pair[0], moved, ka, kb, CROWDING / SHIFTS))
    return found


def _moved(fact: Facts, days: int) -> Facts:
    assert fact.first is not None and fact.last is not None
    told = None if fact.told is None else fact.told + days
    return replace(fact, first=fact.first + days, last=fact.last + days, told=told)


def _pair(a: Facts, b: Facts, ka: str, kb: str, weight: float) -> Pair:
    found = features(a, b)
    return Pair(tuple(found[name] for name in FEATURES), ka == kb, weight, (ka, kb))


def fit(examples: Sequence[Pair]) -> Array:
    """Ridge logistic regression by projected gradient: signs that must be so (further is never likelier) are kept."""
    x = np.array([p.row for p in examples])
    y = np.array([p.same for p in examples], float)
    w = np.array([p.weight for p in examples])
    ridge = np.array([0.0 if name == "bias" else RIDGE for name in FEATURES])

    def loss(beta: Array) -> tuple[float, Array]:
        z = x @ beta
        value = np.sum(w * (np.logaddexp(0, z) - y * z)) + 0.5 * np.sum(ridge * beta**2)
        return float(value), x.T @ (w * (1 / (1 + np.exp(-z)) - y)) + ridge * beta

    bounds = [BOUNDS.get(name, (None, None)) for name in FEATURES]
    return np.asarray(minimize(loss, np.zeros(len(FEATURES)), jac=True, bounds=bounds, method="L-BFGS-B").x)


def fold(incident: str) -> int:
    """The fold of an incident."""
    return int(hashlib.sha256(incident.encode()).hexdigest(), 16) % FOLDS


def held_out_figures(examples: Sequence[Pair]) -> str:
    """Log loss, Brier score and a calibration table over real pairs of incidents that the fit did not see."""
    chance: list[float] = []
    truth: list[bool] = []
    crowded: list[float] = []
    for f in range(FOLDS):
        beta = fit([p for p in examples if f not in map(fold, p.incidents)])
        for p in (p for p in examples if f == fold(min(p.incidents))):
            said = float(1 / (1 + np.exp(-np.dot(p.row, beta))))
            if p.weight == 1.0:
                chance.append(said)
                truth.append(p.same)
            else:
                crowded.append(said)
    c, t = np.clip(np.array(chance), 1e-6, 1 - 1e-6), np.array(truth)
    log_loss, brier = -np.mean(np.where(t, np.log(c), np.log(1 - c))), np.mean((c - t) ** 2)
    lines = [
        f"pairs {len(t)} ({t.sum()} same), log loss {log_loss:.3f}, Brier {brier:.3f}",
        f"at 0.5: {np.sum((c >= 0.5) & ~t)} wrongly joined, {np.sum((c < 0.5) & t)} missed; "
        f"of moved pairs {np.mean(np.array(crowded) >= 0.5):.1%} wrongly joined",
    ]
    for low, high in itertools.pairwise((0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)):
        inside = (c >= low) & (c < high)
        if inside.any():
            said_mean, were = c[inside].mean(), t[inside].mean()
            lines.append(f"  said {low:.1f}-{high:.1f}: n {inside.sum()}, mean said {said_mean:.2f}, were {were:.2f}")
    return "\n".join(lines)


def main() -> None:
    """Print figures; with --write, write the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own", action="store_true", help="also from our own coding")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    examples = pairs(args.own)
    real = [p for p in examples if p.weight == 1.0]
    print(f"{len(real)} pairs within reach ({sum(p.same for p in real)} same), {len(examples) - len(real)} moved ones")
    print("held out by incident:", held_out_figures(examples))
    beta = fit(examples)
    text = (
        "# Fitted by benchmarks/merging/fit.py on pairs of the train split; features in pairs.py.\n\n[coefficients]\n"
    )
    text += "".join(f"{name} = {value:.3f}\n" for name, value in zip(FEATURES, beta, strict=True))
    print(text)
    if args.write:
        OUT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
