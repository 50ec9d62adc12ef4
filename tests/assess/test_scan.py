"""The scan statistic: the formula, a planted cluster found where it is, chance as stated, and no simulation needed."""

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from seamwatch.assess.periods import Periods, periods
from seamwatch.assess.scan import Reach, Scan, scan_permutation, scan_poisson
from seamwatch.assess.scan_kernel import log_likelihood_ratio, maxima
from seamwatch.errors import ConfigError
from seamwatch.geo import distance_km

LAST = date(2017, 12, 31)


def weeks(n: int) -> Periods:
    return periods("week", LAST - timedelta(days=7 * n - 1), LAST)


def points(rng: np.random.Generator, n: int, n_weeks: int, planted: int = 0) -> tuple[np.ndarray, ...]:
    lat, lon = 35 + 2 * rng.random(n), 43 + 2 * rng.random(n)
    when = rng.integers(0, n_weeks, n)
    lat[:planted] = 36 + rng.normal(0, 0.02, planted)
    lon[:planted] = 44 + rng.normal(0, 0.02, planted)
    when[:planted] = rng.integers(n_weeks - 3, n_weeks, planted)
    return lat, lon, when


def scanned(rng: np.random.Generator, n: int = 150, n_weeks: int = 40, planted: int = 0, **more: object) -> Scan:
    lat, lon, when = points(rng, n, n_weeks, planted)
    settings = {"n_runs": 99, **more}
    reach = settings.pop("reach", Reach(radius_km=40, n_periods=6))
    return scan_permutation(lat, lon, when, [""] * n, weeks(n_weeks), reach, **settings)  # type: ignore[arg-type]


def test_the_ratio_is_kulldorffs() -> None:
    assert log_likelihood_ratio(10, 4.0, 100.0) == pytest.approx(10 * math.log(2.5) + 90 * math.log(90 / 96))
    assert log_likelihood_ratio(4, 4.0, 100.0) == 0 and log_likelihood_ratio(3, 4.0, 100.0) == 0
    assert log_likelihood_ratio(10, 4.0, 10.0) == pytest.approx(10 * math.log(2.5))


def test_it_finds_what_looking_at_every_cylinder_finds() -> None:
    rng = np.random.default_rng(3)
    lat, lon, when = points(rng, 40, 12, planted=6)
    for now in (True, False):
        reach = Reach(radius_km=60, n_periods=4, now=now)
        found = scan_permutation(lat, lon, when, [""] * 40, weeks(12), reach, n_runs=1)
        by_hand = 0.0
        for i in range(40):
            km = [distance_km(lat[i], lon[i], a, b) for a, b in zip(lat, lon, strict=True)]
            for radius in sorted(k for k in km if k <= 60):
                inside = np.array([k <= radius for k in km])
                for end in range(11 if now else 0, 12):
                    for start in range(max(0, end - 3), end + 1):
                        timed = (when >= start) & (when <= end)
                        c, e = int(np.sum(inside & timed)), inside.sum() * timed.sum() / 40
                        if inside.sum() <= 20 and c >= 2:
                            by_hand = max(by_hand, log_likelihood_ratio(c, e, 40.0))
        assert found.clusters[0].log_likelihood_ratio == pytest.approx(by_hand)


@pytest.mark.parametrize("now", [True, False])
def test_the_loops_over_runs_and_over_the_data_agree(now: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    lat, lon, when = points(np.random.default_rng(8), 60, 15, 5)
    kept: list[np.ndarray] = []

    def watched(*given: object) -> np.ndarray:
        kept.append(maxima(*given))
        return kept[-1]

    monkeypatch.setattr("seamwatch.assess.scan.maxima", watched)
    reach = Reach(radius_km=60, n_periods=4, now=now)
    found = scan_permutation(lat, lon, when, [""] * 60, weeks(15), reach, n_runs=3)
    assert kept[0][0] == pytest.approx(found.clusters[0].log_likelihood_ratio)


def test_a_planted_cluster_is_named_by_place_and_time() -> None:
    (first, *others) = scanned(np.random.default_rng(5), planted=15).clusters
    assert first.p == 0.01 and distance_km(first.lat, first.lon, 36, 44) < 10 and first.radius_km < 20
    assert first.first >= LAST - timedelta(days=27) and first.last == LAST
    assert first.observed >= 14 and first.expected < 4 and first.relative_risk > 4
    assert all(a.log_likelihood_ratio >= b.log_likelihood_ratio for a, b in pairwise([first, *others]))
    assert all(other.p > 0.05 for other in others)


def test_clusters_share_no_place_and_time() -> None:
    found = scanned(np.random.default_rng(6), planted=20, reach=Reach(40, 6, now=False)).clusters
    for i, a in enumerate(found):
        for b in found[:i]:
            apart = distance_km(a.lat, a.lon, b.lat, b.lon) > max(a.radius_km, b.radius_km)
            assert apart or a.last < b.first or b.last < a.first


def test_false_alarms_come_at_the_stated_rate() -> None:
    rng = np.random.default_rng(17)
    alarms = sum((scanned(rng, 80, 26, n_runs=39, seed=k).clusters or [])[0].p <= 0.05 for k in range(100))
    assert alarms <= 12  # 5 expected


def test_the_same_seed_gives_the_same_answer() -> None:
    a, b = (scanned(np.random.default_rng(1), planted=8, seed=4) for _ in range(2))
    assert a == b


def poisson_truth(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    lat, lon = (a.ravel() for a in np.meshgrid(np.linspace(35, 37, 6), np.linspace(43, 45, 6)))
    expected = np.broadcast_to(rng.gamma(4, 0.4, 36)[:, None], (36, 8)).copy()
    return lat, lon, expected, rng.poisson(expected)


def test_areas_above_their_expected_counts_are_found() -> None:
    rng = np.random.default_rng(2)
    lat, lon, expected, counts = poisson_truth(rng)
    counts[14, -3:] += 8
    names = [f"d{i}" for i in range(36)]
    found = scan_poisson(counts, expected, lat, lon, names, weeks(8), Reach(60, 8), n_runs=99)
    assert found.clusters[0].places == ("d14",) and found.clusters[0].p == 0.01 and found.clusters[0].radius_km == 0


def test_a_rise_that_is_the_same_everywhere_is_no_cluster() -> None:
    rng = np.random.default_rng(21)
    lat, lon, expected, _ = poisson_truth(rng)
    found = scan_poisson(rng.poisson(3 * expected), expected, lat, lon, ["d"] * 36, weeks(8), Reach(60, 8), n_runs=99)
    assert found.clusters[0].p > 0.05


def test_scatter_above_poisson_is_no_alarm_where_it_is_in_the_null() -> None:
    rng = np.random.default_rng(12)
    p: dict[float, list[float]] = {0.0: [], 0.5: []}
    for k in range(12):
        lat, lon, expected, _ = poisson_truth(rng)
        counts = rng.poisson(expected * rng.gamma(2.0, 0.5, (36, 1)))
        for alpha, held in p.items():
            found = scan_poisson(
                counts, expected, lat, lon, ["d"] * 36, weeks(8), Reach(60, 8), alpha=alpha, n_runs=39, seed=k
            )
            held.append(found.clusters[0].p)
    assert np.mean(np.array(p[0.0]) <= 0.05) > 0.9 and np.mean(np.array(p[0.5]) <= 0.05) < 0.35


def test_too_little_to_scan_finds_nothing_and_nonsense_is_refused() -> None:
    none = scan_permutation(np.array([35.0]), np.array([44.0]), np.array([0]), [""], weeks(4), Reach())
    assert none.clusters == () and none.n_runs == 0
    with pytest.raises(ConfigError, match="radius"):
        Reach(radius_km=0)
