"""What a forecaster may know at an origin: the past of an area, of what lies around it, and of its region.

Everything is reckoned from months up to the origin. Memories are exponentially weighted means with half-lives of 2 to
24 months; surroundings are sums weighted by a Gaussian of the distance (50 km: the next cells; 150 km: the province;
400 km: the theatre of war), so that cells, districts and whole countries are treated alike and no border is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from seamwatch.forecast.regime import change_columns
from seamwatch.forecast.task import Panel
from seamwatch.geo import EARTH_RADIUS_KM

Floats = NDArray[np.float32]
NEAR_KM, AROUND_KM, REGION_KM = 50.0, 150.0, 400.0
HALF_LIVES = (2.0, 6.0, 24.0)  # months
LARGE = 25  # deaths in a month from which a month counts as one of heavy fighting


@dataclass(frozen=True, slots=True)
class Table:
    """Features by area and origin: ``values`` has shape (areas, origins, len(names)), NaN where nothing is known."""

    names: tuple[str, ...]
    values: Floats


def distances_km(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Floats:
    """Great-circle distances between all areas, shape (areas, areas)."""
    p, q = np.radians(lat), np.radians(lon)
    xyz = np.stack([np.cos(p) * np.cos(q), np.cos(p) * np.sin(q), np.sin(p)]).astype(np.float32)
    chord = np.sqrt(np.maximum(0, 2 - 2 * (xyz.T @ xyz)))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, chord / 2)), np.float32)


def around_weights(distance: Floats, radius_km: float, *, own: bool) -> csr_array:
    """Weights exp(-(d / radius)² / 2) up to three radii, with or without the area itself, as a sparse matrix."""
    weight = np.where(distance < 3 * radius_km, np.exp(-0.5 * (distance / radius_km) ** 2), np.float32(0))
    np.fill_diagonal(weight, own)
    return csr_array(weight)


def ewma(x: Floats, half_life: float) -> Floats:
    """Exponentially weighted mean up to each month, begun with the mean of what there is (no zero start)."""
    keep = 0.5 ** (1 / half_life)
    total, weight, out = np.zeros(len(x), np.float32), 0.0, np.empty_like(x, np.float32)
    for month in range(x.shape[1]):
        total = total * keep + x[:, month]
        weight = weight * keep + 1
        out[:, month] = total / weight
    return out


def rolling(x: Floats, months: int) -> Floats:
    """Sum over the last ``months`` months, fewer at the start."""
    total = np.cumsum(x, axis=1, dtype=np.float64)
    total[:, months:] -= total[:, :-months].copy()
    return total.astype(np.float32)


def rolling_max(x: Floats, months: int) -> Floats:
    """Greatest value of the last ``months`` months, by doubling windows."""
    out, width = x.copy(), 1
    while width < months:
        step = min(width, months - width)
        wider = out.copy()
        wider[:, step:] = np.maximum(out[:, step:], out[:, :-step])
        out, width = wider, width + step
    return out


def months_since(hit: NDArray[np.bool_], longest: int = 240) -> Floats:
    """Months since the last hit, ``longest`` where there was none for so long or ever."""
    month = np.arange(hit.shape[1])
    last = np.maximum.accumulate(np.where(hit, month, -longest), axis=1)
    return np.minimum(month - last, longest).astype(np.float32)


def own_columns(counts: NDArray[np.int32]) -> dict[str, Floats]:
    """Features of an area's own series, each of shape (areas, months)."""
    x = counts.astype(np.float32)
    some = (counts > 0).astype(np.float32)
    made = {f"ewma_{h:g}": np.log1p(ewma(x, h)) for h in HALF_LIVES}
    made |= {f"active_{h:g}": ewma(some, h) for h in (3.0, 12.0, 36.0)}
    made |= {f"sum_{m}": np.log1p(rolling(x, m)) for m in (3, 6, 12, 36, 120)}
    made |= {f"lag_{k}": np.log1p(np.roll(x, k, axis=1)) for k in range(3)}
    for k in (1, 2):
        made[f"lag_{k}"][:, :k] = np.nan
    made["max_12"], made["max_60"] = np.log1p(rolling_max(x, 12)), np.log1p(rolling_max(x, 60))
    made["log_mean_12"] = ewma(np.log1p(x), 12.0)  # a typical month, where the mean is that of the worst
    made["since_any"], made["since_large"] = months_since(counts > 0), months_since(counts >= LARGE)
    return made


def surrounding_columns(name: str, series: Floats) -> dict[str, Floats]:
    """Features of the sums around each area: level, trend, and how far below its own peak it has fallen."""
    levels = {h: ewma(series, h) for h in HALF_LIVES}
    made = {f"{name}_{h:g}": np.log1p(level) for h, level in levels.items()}
    made[f"{name}_trend"] = np.log1p(levels[2.0]) - np.log1p(levels[24.0])
    made[f"{name}_fall"] = np.log1p(levels[6.0]) - np.log1p(rolling_max(levels[6.0], 60))
    return made


def feature_table(panel: Panel, extra: dict[str, Panel], months: NDArray[np.int64]) -> Table:
    """Features at the end of each of ``months`` (month_ids in the panel), from nothing later than it.

    Raises IndexError where a month is outside the panel.
    """
    at = months - panel.first_month
    if len(at) and (at.min() < 0 or at.max() >= panel.counts.shape[1]):
        raise IndexError(f"origins {months.min()}..{months.max()} outside {panel.first_month}..{panel.last_month}")
    end = int(at.max()) + 1 if len(at) else 0
    counts, distance = panel.counts[:, :end], distances_km(panel.lat, panel.lon)
    near, province = around_weights(distance, NEAR_KM, own=False), around_weights(distance, AROUND_KM, own=True)
    region = around_weights(distance, REGION_KM, own=True)
    names: list[str] = []
    values: list[Floats] = []

    def keep(columns: dict[str, Floats]) -> None:
        names.extend(columns)
        values.extend(column[:, at] for column in columns.values())

    keep(own_columns(counts))
    x = counts.astype(np.float32)
    keep(surrounding_columns("near", near @ x))
    keep({"near_active": ewma(near @ np.minimum(x, 1), 6.0)})
    for name, weights in (("around", province), ("region", region)):
        series = weights @ x
        keep(surrounding_columns(name, series))
        keep({f"{name}_{key}": column for key, column in change_columns(series).items()})
    for key, other in sorted(extra.items()):
        more = other.counts[:, :end].astype(np.float32)
        keep({f"{key}_{h:g}": np.log1p(ewma(more, h)) for h in (3.0, 12.0, 48.0)})
        keep({f"{key}_near": np.log1p(ewma(near @ more, 6.0))})
    return Table(tuple(names), np.stack(values, axis=-1) if values else np.empty((len(counts), 0, 0), np.float32))
