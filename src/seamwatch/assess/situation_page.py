"""A situation as one HTML page: each statement in words, drawn beside it, with the figures in a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from seamwatch.assess.change_points import ChangePoints
from seamwatch.assess.periods import Periods
from seamwatch.assess.resurgence import LEVEL, Resurgence
from seamwatch.assess.scan import Scan
from seamwatch.assess.situation import Situation
from seamwatch.assess.situation_words import (
    change_lines,
    cluster_line,
    clusters_told,
    figure,
    heading,
    notes,
    noun,
    percent,
    verdict,
)

BAR = 170  # px of a resurgence's bar
CHART_WIDTH, CHART_HEIGHT = 720, 120
MAP_WIDTH = 640
KM_PER_DEGREE = 111.19
MOST_ROWS = 40
_SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Row:
    """An area of the resurgence table; x are px."""

    area: str
    observed: int
    expected: str
    low: float
    high: float
    middle: float
    seen: float
    p: str
    q: str
    more: str
    rises: bool
    word: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts of an area as bars, its segments' rates as steps with bands, its changes as spans; all px."""

    lines: tuple[str, ...]
    label: str
    bars: tuple[tuple[float, float, float], ...]
    bar_width: float
    steps: tuple[tuple[float, float, float, float, float], ...]
    changes: tuple[tuple[float, float, float], ...]
    years: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Points of the scan and its clusters' circles; px, north up."""

    height: float
    old: tuple[tuple[float, float], ...]
    new: tuple[tuple[float, float], ...]
    circles: tuple[tuple[float, float, float, str, bool], ...]
    scale_px: float
    scale_km: int
    grid: tuple[tuple[str, float, float, float, float], ...]


def situation_html(found: Situation, title: str = "Assessment") -> str:
    """The page, without any script or outside file."""
    env = Environment(
        loader=PackageLoader("seamwatch.assess", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    judged = [r for r in found.resurgences if r.p is not None]
    rest = [r for r in found.resurgences if r.p is None]
    top = max([1.0, *(float(max(r.observed, r.high or 0)) for r in judged)])
    told = clusters_told(found)
    return env.get_template("situation.html.j2").render(
        title=title,
        heading=heading(found),
        verdict=verdict(found),
        rows=[_row(r, top) for r in judged[:MOST_ROWS]],
        more_rows=max(0, len(judged) - MOST_ROWS),
        axis=[(_x(v, top), f"{v:,}") for v in (0, *_SCALES) if v <= top and not _crowded(v, top)],
        bar=BAR,
        unjudged=len(rest),
        unjudged_seen=sum(r.observed for r in rest),
        charts=[_chart(area, one, found) for area, one in found.changes if one.p is not None],
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        clusters=[(n + 1, cluster_line(c, found), c.p <= LEVEL) for n, c in enumerate(told)],
        map=_map(found, len(told)) if len(found.points) else None,
        map_width=MAP_WIDTH,
        n_points=len(found.points),
        weeks=found.scan_weeks,
        newest=found.scan_periods,
        noun=noun(found),
        unit=found.asked.unit,
        factor=next((f"{r.factor:g}" for r in judged), ""),
        notes=notes(found),
    )


def _x(value: float, top: float) -> float:
    """Square-root scale: small counts stay apart."""
    return round(BAR * math.sqrt(value / top), 1)


def _crowded(value: int, top: float) -> bool:
    """Whether a tick would run into its smaller neighbour's."""
    smaller = [v for v in (0, *_SCALES) if v < value]
    return bool(smaller) and _x(value, top) - _x(smaller[-1], top) < 26


def _row(one: Resurgence, top: float) -> Row:
    expected, low, high = one.expected or 0.0, one.low or 0, one.high or 0
    return Row(
        one.area,
        one.observed,
        f"{figure(expected)} ({low}–{high})",
        _x(low, top),
        _x(high, top),
        _x(expected, top),
        _x(one.observed, top),
        "" if one.p is None else percent(one.p),
        "" if one.q is None else percent(one.q),
        "" if one.p_more is None else percent(one.p_more),
        one.rises(),
        one.word,
    )


def _chart(area: str, one: ChangePoints, found: Situation) -> Chart:
    span = found.series.periods
    counts = found.series.counts[found.series.names.index(area)]
    top = float(max(1, counts.max()))
    left, wide = 40.0, CHART_WIDTH - 48.0
    step = wide / len(span)

    def y(value: float) -> float:
        return round(CHART_HEIGHT - 24 - (CHART_HEIGHT - 34) * min(value, top) / top, 1)

    def x(day: date) -> float:
        return round(left + wide * _share(span, day), 1)

    return Chart(
        tuple(change_lines(area, one, found.asked.unit)),
        f"{found.series.names[found.series.names.index(area)]}: {noun(found)}s a {found.asked.unit}",
        tuple(
            (round(left + step * i, 1), y(float(c)), round(y(0) - y(float(c)), 1)) for i, c in enumerate(counts) if c
        ),
        round(max(0.8, step * 0.85), 2),
        tuple((x(s.first), round(x(s.last), 1), y(s.rate), y(s.high), y(s.low)) for s in one.segments),
        tuple((x(c.day), x(c.earliest), max(2.0, round(x(c.latest) - x(c.earliest), 1))) for c in one.changes),
        tuple(
            (x(date(year, 1, 1)), str(year))
            for year in range(span.first_day(0).year + 1, span.last.year + 1)
            if (span.last.year - span.first_day(0).year) <= 16 or year % 2 == 0
        ),
        ((y(0), "0"), (y(top), f"{top:,.0f}")),
    )


def _share(span: Periods, day: date) -> float:
    first = span.first_day(0)
    return ((day - first).days) / ((span.last - first).days + 1)


def _map(found: Situation, n_told: int) -> Map:
    points, scan = found.points, found.scan
    lat, lon, age = points.T
    middle = math.cos(math.radians(float(lat.mean())))
    reach = [(c.lat, c.lon, c.radius_km / KM_PER_DEGREE) for c in scan.clusters[:n_told]]
    south = min([float(lat.min()), *(a - r for a, _, r in reach)]) - 0.1
    north = max([float(lat.max()), *(a + r for a, _, r in reach)]) + 0.1
    west = min([float(lon.min()), *(b - r / middle for _, b, r in reach)]) - 0.1
    east = max([float(lon.max()), *(b + r / middle for _, b, r in reach)]) + 0.1
    px = MAP_WIDTH / ((east - west) * middle)  # a degree of latitude

    def at(a: float, b: float) -> tuple[float, float]:
        return round((b - west) * middle * px, 1), round((north - a) * px, 1)

    new = age < found.scan_periods
    km_px = px / KM_PER_DEGREE
    scale = max((s for s in _SCALES if s * km_px <= MAP_WIDTH / 4), default=1)
    height = round((north - south) * px, 1)
    grid = [
        ("h", 0.0, at(a, west)[1], float(MAP_WIDTH), float(a)) for a in range(math.ceil(south), math.floor(north) + 1)
    ]
    grid += [("v", at(north, b)[0], 0.0, height, float(b)) for b in range(math.ceil(west), math.floor(east) + 1)]
    return Map(
        height,
        tuple(at(a, b) for a, b in np.unique(points[~new, :2], axis=0).tolist()),
        tuple(at(a, b) for a, b in points[new, :2].tolist()),
        tuple(_circles(scan, n_told, at, km_px)),
        round(scale * km_px, 1),
        scale,
        tuple(grid),
    )


def _circles(scan: Scan, n_told: int, at, km_px: float) -> list[tuple[float, float, float, str, bool]]:  # type: ignore[no-untyped-def]
    found = []
    for n, c in enumerate(scan.clusters[:n_told]):
        x, y = at(c.lat, c.lon)
        found.append((x, y, round(max(6.0, c.radius_km * km_px), 1), str(n + 1), c.p <= LEVEL))
    return found
