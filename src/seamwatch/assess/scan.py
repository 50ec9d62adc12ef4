"""Space-time scan statistic: a place and a span of time with more events than chance brings anywhere.

Kulldorff 1997 (circles, Poisson), 2001 (windows that end now), 2005 (space-time permutation). Circles around every
location times windows of weeks are cylinders; the statistic is the largest likelihood ratio of all, and its chance is
that of the largest ratio in runs simulated under the null hypothesis. So it is corrected for looking everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from seamwatch.assess.periods import Periods
from seamwatch.assess.scan_kernel import Cases, best_by_centre, maxima
from seamwatch.errors import ConfigError
from seamwatch.geo import EARTH_RADIUS_KM

Rows = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]  # run, place and period of cases

RUNS = 999
MOST_CLUSTERS = 5
MOST_BYTES = 1 << 30  # of distances between locations: 8,000 of them; more are to be put on a grid first


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cylinder: all ``places`` (locations' names) within ``radius_km`` of the centre from ``first`` to ``last``.

    ``expected`` is what the null hypothesis puts there, ``relative_risk`` the rate inside over the rate outside, and
    ``p`` the chance of a cylinder as striking as this anywhere, under the null hypothesis.
    """

    lat: float
    lon: float
    radius_km: float
    places: tuple[str, ...]
    first: date
    last: date
    observed: int
    expected: float
    relative_risk: float
    log_likelihood_ratio: float
    p: float


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found: clusters that share no location and time, the most striking first, whatever their p."""

    model: str
    null: str
    n_cases: int
    n_places: int
    n_runs: int
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which cylinders are looked at: circles of at most ``radius_km`` that hold at most ``share`` of all cases, over
    windows of at most ``n_periods``, that end with the last period (``now``) or anywhere.
    """

    radius_km: float = 50.0
    n_periods: int = 8
    now: bool = True
    share: float = 0.5

    def __post_init__(self) -> None:
        if not (self.radius_km > 0 and self.n_periods > 0 and 0 < self.share <= 1):
            raise ConfigError(f"got {self}", where="scan", rule="radius, periods above 0, share in (0, 1]")


PERMUTATION_NULL = (
    "when an event happened has nothing to do with where it happened: each place keeps its number of events, each "
    "period its own, and how they are paired is chance"
)
POISSON_NULL = "every place's events are Poisson at its expected count, up to one common factor for all places"
MIXED_NULL = "every place's events scatter around its expected count as the baseline's did, up to one common factor"


def scan_permutation(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    period: NDArray[np.intp],
    names: Sequence[str],
    periods: Periods,
    reach: Reach,
    *,
    n_runs: int = RUNS,
    seed: int = 0,
) -> Scan:
    """Scan of points: space-time permutation model (Kulldorff et al. 2005), which needs no population.

    ``lat``, ``lon`` (degrees), ``period`` (index in ``periods``) and ``names`` have one value an event, shape (n,).
    Null hypothesis: PERMUTATION_NULL. It allows for places that are always busy and for times that are busy everywhere.
    Ordinary contagion between events is no part of it: a cluster may be one group's series of attacks.
    """
    n = len(lat)
    if n < 2:
        return Scan("space-time permutation", PERMUTATION_NULL, n, n, 0, ())
    rounded: NDArray[np.float64] = np.column_stack([lat, lon]).round(5)
    points, place = np.unique(rounded, axis=0, return_inverse=True)
    place = np.asarray(place).reshape(-1)
    by_row = np.argsort(place, kind="stable")
    place, when = place[by_row], np.asarray(period)[by_row]
    called = _names(place, np.asarray(names)[by_row], len(points))
    by_place, by_time = np.bincount(place), np.bincount(when, minlength=len(periods))
    expected = np.outer(by_place, by_time) / n

    rng = np.random.default_rng(seed)
    runs = np.vstack([when[None, :], rng.permuted(np.broadcast_to(when, (n_runs, n)), axis=1)])
    cases = _rows(np.broadcast_to(place, runs.shape), runs)
    name = "space-time permutation"
    return _scan(name, PERMUTATION_NULL, points, called, periods, reach, cases, expected, by_place / n, n_runs)


def scan_poisson(
    counts: NDArray[np.int64],
    expected: NDArray[np.float64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    names: Sequence[str],
    periods: Periods,
    reach: Reach,
    *,
    alpha: float = 0.0,
    n_runs: int = RUNS,
    seed: int = 0,
) -> Scan:
    """Scan of areas against expected counts: Poisson model (Kulldorff 1997, 2001), conditional on the total.

    ``counts`` and ``expected`` have shape (areas, periods), ``lat`` and ``lon`` are the areas' middles. Null
    hypothesis: POISSON_NULL; with ``alpha`` above 0 MIXED_NULL, each area's rate of each run being gamma around its
    expected count with variance alpha, since counts that scatter more than Poisson would ring a false alarm. A rise
    that is the same everywhere is no cluster: `resurgence` tells it.
    """
    total = int(counts.sum())
    null = MIXED_NULL if alpha > 0 else POISSON_NULL
    if total < 2 or not expected.sum() > 0:
        return Scan("Poisson", null, total, len(lat), 0, ())
    n_places, n_periods = counts.shape
    scaled = expected * (total / expected.sum())
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    rng = np.random.default_rng(seed)
    drawn = np.empty((n_runs + 1, total), np.int64)
    drawn[0] = cell
    for run in range(1, n_runs + 1):
        rates = scaled * rng.gamma(1 / alpha, alpha, (n_places, 1)) if alpha > 0 else scaled
        steps = np.cumsum(rates.ravel())
        drawn[run] = np.sort(np.searchsorted(steps, rng.random(total) * steps[-1], side="right"))
    cases = _rows(drawn // n_periods, drawn % n_periods)
    shares = scaled.sum(axis=1) / total
    points = np.column_stack([lat, lon])
    return _scan("Poisson", null, points, tuple(names), periods, reach, cases, scaled, shares, n_runs)


def _scan(
    model: str,
    null: str,
    points: NDArray[np.float64],
    names: tuple[str, ...],
    periods: Periods,
    reach: Reach,
    cases: Rows,
    expected: NDArray[np.float64],
    shares: NDArray[np.float64],
    n_runs: int,
) -> Scan:
    longest = min(reach.n_periods, len(periods))
    skipped = len(periods) - longest if reach.now else 0  # no window reaches further back
    offsets, times = _csr(cases, len(points), skipped)
    km = _distances_km(points)
    order = np.argsort(km, axis=1, kind="stable")
    near = np.take_along_axis(km, order, axis=1)
    holds = np.cumsum(shares[order], axis=1)
    limit = np.maximum(1, np.sum((near <= reach.radius_km) & (holds <= reach.share + 1e-9), axis=1))
    total = float(expected.sum())
    seen = np.ascontiguousarray(expected[:, skipped:])
    best = maxima(order, limit, offsets, times, seen, total, longest, reach.now)
    ratio, rim, start, observed = best_by_centre(order, limit, offsets[0], times, seen, total, longest, reach.now)
    clusters: list[Cluster] = []
    taken: list[tuple[frozenset[int], int, int]] = []
    for flat in np.argsort(-ratio, axis=None, kind="stable"):
        centre, end = (int(i) for i in np.unravel_index(flat, ratio.shape))
        if ratio[centre, end] <= 0 or len(clusters) == MOST_CLUSTERS:
            break
        first, rank = int(start[centre, end]), int(rim[centre, end])
        inside = frozenset(order[centre, : rank + 1].tolist())
        if any(inside & others and first <= until and since <= end for others, since, until in taken):
            continue
        taken.append((inside, first, end))
        c, e = int(observed[centre, end]), float(seen[sorted(inside), first : end + 1].sum())
        outside = (total - c) / (total - e) if total > e else 0.0
        clusters.append(
            Cluster(
                float(points[centre, 0]),
                float(points[centre, 1]),
                float(near[centre, rank]),
                tuple(sorted({names[i] for i in inside} - {""})),
                periods.first_day(first + skipped),
                periods.last_day(end + skipped),
                c,
                e,
                c / e / outside if outside > 0 else float("inf"),
                float(ratio[centre, end]),
                float((1 + np.sum(best[1:] >= ratio[centre, end] - 1e-9)) / (n_runs + 1)),
            )
        )
    return Scan(model, null, int(total + 0.5), len(points), n_runs, tuple(clusters))


def _names(place: NDArray[np.intp], names: NDArray[np.str_], n: int) -> tuple[str, ...]:
    """One name a location: that of its first event that has one."""
    found = [""] * n
    for where, name in zip(place.tolist(), names.tolist(), strict=True):
        found[where] = found[where] or name
    return tuple(found)


def _rows(place: NDArray[np.intp], when: NDArray[np.intp]) -> Rows:
    """Run, place and period of every case of every run, in order of run and place."""
    runs = np.broadcast_to(np.arange(len(place))[:, None], place.shape)
    return runs.ravel(), place.ravel(), when.ravel()


def _csr(cases: Rows, n_places: int, skipped: int) -> Cases:
    """The cases of each run by place, without those before the first period that any window reaches."""
    run, place, when = cases
    kept = when >= skipped
    n_runs = int(run[-1]) + 1
    each = np.bincount(run[kept] * n_places + place[kept], minlength=n_runs * n_places).reshape(n_runs, n_places)
    ends = np.cumsum(each, axis=None).reshape(n_runs, n_places)
    offsets = np.empty((n_runs, n_places + 1), np.int64)
    offsets[:, 1:] = ends
    offsets[1:, 0], offsets[0, 0] = ends[:-1, -1], 0
    return offsets, (when[kept] - skipped).astype(np.int16)


def _distances_km(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distances between all points (haversine), shape (n, n)."""
    if len(points) ** 2 * 8 * 2 > MOST_BYTES:
        raise ConfigError(
            f"{len(points)} different locations", where="scan", rule="at most 8,000", remedy="scan fewer weeks or cells"
        )
    lat, lon = np.radians(points.T)
    h = np.sin((lat[:, None] - lat) / 2) ** 2
    h += np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    found: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return found
