"""Is there more than was to be expected? The newest weeks of each area against its own baseline.

Null hypothesis of each area: its events went on at the rate that its past, the season and the reporting elsewhere
foretell. `p` is the chance of as many events or more under it; `q` the same after Benjamini & Hochberg (1995) over all
areas judged: of the areas with q at most 0.05, about one in twenty is a false alarm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from seamwatch.assess.areas import AreaSeries
from seamwatch.assess.baseline import Baseline, NotEnough, fit_baseline, shared_window_alpha

FACTOR = 1.5
LEVEL = 0.05
INTERVAL = 0.9


@dataclass(frozen=True, slots=True)
class Resurgence:
    """An area's newest periods judged. What is None could not be judged, and ``word`` says why.

    ``low`` and ``high`` hold nine of ten totals under the null hypothesis. ``p_more`` is the probability that the rate
    now exceeds ``factor`` times the baseline's: posterior of the rate now, gamma(observed + 1/2, 1) (Jeffreys), against
    the draws of the baseline's mean.
    """

    area: str
    lat: float
    lon: float
    observed: int
    expected: float | None
    low: int | None
    high: int | None
    p: float | None
    q: float | None
    factor: float
    p_more: float | None
    word: str

    def rises(self, level: float = LEVEL) -> bool:
        """Whether it stands out among all areas at a false discovery rate."""
        return self.q is not None and self.q <= level


def judge(
    series: AreaSeries, n_now: int, *, factor: float = FACTOR, reporting: bool = True, seed: int = 0
) -> tuple[Resurgence, ...]:
    """Every area's last ``n_now`` periods against its baseline, the least expected first; those not judged last."""
    shared = shared_window_alpha(series.counts, n_now)
    bases = [
        fit_baseline(
            series.counts[i],
            n_now,
            unit=series.periods.unit,
            elsewhere=series.elsewhere[i] if reporting else None,
            shared_alpha=shared,
            seed=seed + i,
        )
        for i in range(len(series.names))
    ]
    observed = series.counts[:, -n_now:].sum(axis=1)
    p = {i: b.exceedance(int(observed[i])) for i, b in enumerate(bases) if isinstance(b, Baseline)}
    q = dict(zip(p, stats.false_discovery_control(list(p.values())) if p else (), strict=True))
    found = [
        _judged(series, i, int(observed[i]), base, p.get(i), q.get(i), factor, seed) for i, base in enumerate(bases)
    ]
    return tuple(sorted(found, key=lambda r: (2.0 if r.p is None else r.p, -r.observed, r.area)))


def _judged(
    series: AreaSeries,
    i: int,
    observed: int,
    base: Baseline | NotEnough,
    p: float | None,
    q: float | None,
    factor: float,
    seed: int,
) -> Resurgence:
    where = series.names[i], float(series.lat[i]), float(series.lon[i]), observed
    if isinstance(base, NotEnough):
        return Resurgence(*where, None, None, None, None, None, factor, None, base.word)
    rng = np.random.default_rng([seed, i])
    now = rng.gamma(observed + 0.5, 1.0, len(base.draws))
    more = float(np.mean(now > factor * base.draws))
    low, high = base.interval(INTERVAL)
    return Resurgence(*where, base.expected, low, high, p, None if q is None else float(q), factor, more, base.word)
