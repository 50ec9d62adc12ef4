"""Is it more than before? The exact 95 % interval of the ratio of two Poisson counts over equally long times."""

from __future__ import annotations

import math
from collections.abc import Callable

from seamwatch.brief.view import Comparison, Verdict

LEVEL = 0.95
LEAST_TOTAL = 6  # of five, even 5:0 comes about by chance once in sixteen: no split can be told from chance


def compare(what: str, now: int, before: int, *, covered: bool) -> Comparison:
    """Two counts side by side, with a verdict that owns up where it cannot tell.

    Given the total, the count now is binomial with one half if nothing changed (Przyborowski and Wilenski 1940), so
    the interval of the ratio follows from the exact (Clopper and Pearson) interval of that share. Counts of attacks
    cluster more than Poisson, so the true interval is rather wider. ``covered`` is false where no report of the time
    before was read.
    """
    if not covered:
        return Comparison(what, now, before, "not_covered")
    if now + before < LEAST_TOTAL:
        return Comparison(what, now, before, "too_few")
    low, high = ratio_interval(now, before)
    verdict: Verdict = "more" if low > 1 else "fewer" if high < 1 else "no_clear_change"
    return Comparison(what, now, before, verdict, now / before if before else math.inf, low, high)


def ratio_interval(now: int, before: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval of the ratio of the two rates; (0, inf) for no counts at all."""
    total, tail = now + before, (1 - level) / 2
    low = 0.0 if now == 0 else _solve(lambda p: _at_least(now, total, p) - tail)
    high = 1.0 if before == 0 else _solve(lambda p: tail - _at_least(before, total, 1 - p))
    return low / (1 - low), high / (1 - high) if high < 1 else math.inf


def _at_least(k: int, n: int, p: float) -> float:
    """P(X >= k) for a binomial of n trials."""
    if p <= 0 or p >= 1:
        return float(p >= 1 or k == 0)
    logs = (math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(k, n + 1))
    return math.fsum(math.exp(c + i * math.log(p) + (n - i) * math.log1p(-p)) for i, c in enumerate(logs, start=k))


def _solve(rising: Callable[[float], float]) -> float:
    """The root of a rising function on (0, 1), by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2
