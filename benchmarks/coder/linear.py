"""Learns the linear models of the coder's readers: many classes, one class, and one of some rivals. Deterministic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.optimize
import scipy.sparse

from seamwatch.code.features import Row
from seamwatch.code.readers import Head, number

Floats = npt.NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]

SEEN_OFTEN = 3  # rows that must show a name for it to have a weight
STEPS = 300


def learn_classes(rows: Sequence[Row], told: Sequence[str], weights: Sequence[float], ridge: float) -> Head:
    """A model of the class of each row."""
    known, x = _matrix(rows)
    classes = tuple(sorted(set(told)))
    y = np.zeros((len(rows), len(classes)))
    y[np.arange(len(rows)), [classes.index(name) for name in told]] = 1
    share = np.array(weights)
    shape = (x.shape[1], len(classes))
    turned = x.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        w, always = flat[: -len(classes)].reshape(shape), flat[-len(classes) :]
        z = x @ w + always
        z -= z.max(1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(1, keepdims=True)
        slope = (p - y) * share[:, None]
        value = -float((share * np.log(np.maximum((p * y).sum(1), 1e-12))).sum()) + 0.5 * ridge * float((w * w).sum())
        return value, np.concatenate([(turned @ slope + ridge * w).ravel(), slope.sum(0)])

    found = _least(loss, shape[0] * shape[1] + len(classes))
    return _head(classes, known, found[: -len(classes)].reshape(shape), found[-len(classes) :])


def learn_chance(name: str, rows: Sequence[Row], told: Sequence[bool], weights: Sequence[float], ridge: float) -> Head:
    """A model of the chance that something holds of a row."""
    known, x = _matrix(rows)
    y, share = np.array(told, float), np.array(weights)
    turned = x.T.tocsr()

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w[1:] + w[0]
        slope = share * (1 / (1 + np.exp(-z)) - y)
        value = float(np.sum(share * (np.logaddexp(0, z) - y * z)) + 0.5 * ridge * np.sum(w[1:] ** 2))
        return value, np.concatenate([[slope.sum()], turned @ slope + ridge * w[1:]])

    found = _least(loss, x.shape[1] + 1)
    return _head((name,), known, found[1:, None], found[:1])


def learn_best(name: str, groups: Sequence[Sequence[tuple[Row, bool]]], ridge: float) -> Head:
    """A model of which of some rivals is right; more than one of a group may be, not all."""
    known, x = _matrix([row for group in groups for row, _ in group])
    right = np.array([told for group in groups for _, told in group], float)
    sizes = [len(group) for group in groups]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    of = np.repeat(np.arange(len(groups)), sizes)
    turned = x.T.tocsr()

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        powers = np.exp(z - np.maximum.reduceat(z, starts)[of])
        total, good = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts)
        slope = powers / total[of] - powers * right / good[of]
        return float(np.log(total / good).sum() + 0.5 * ridge * (w @ w)), turned @ slope + ridge * w

    found = _least(loss, x.shape[1])
    return _head((name,), known, found[:, None], np.zeros(1))


def _matrix(rows: Sequence[Row]) -> tuple[npt.NDArray[np.uint32], scipy.sparse.csr_matrix]:
    """The numbers of the names seen often, ascending, and which row shows which."""
    told = [np.array(sorted({number(name) for name in row}), np.uint32) for row in rows]
    numbers, counts = np.unique(np.concatenate(told), return_counts=True)
    known = numbers[counts >= SEEN_OFTEN]
    columns = [np.searchsorted(known, row[np.isin(row, known)]) for row in told]
    ends = np.concatenate([[0], np.cumsum([len(c) for c in columns])])
    cells = np.concatenate(columns)
    return known, scipy.sparse.csr_matrix((np.ones(len(cells)), cells, ends), (len(rows), len(known)))


def _least(loss: Loss, size: int) -> Floats:
    options: dict[str, Any] = {"maxiter": STEPS}
    found: Floats = scipy.optimize.minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options=options).x
    return found


def _head(classes: tuple[str, ...], known: npt.NDArray[np.uint32], weights: Floats, always: Floats) -> Head:
    return Head(classes, known, weights.astype(np.float32), always.astype(np.float32))
