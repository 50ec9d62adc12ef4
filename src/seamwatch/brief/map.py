"""The map of a brief: incidents by type and toll, each in the ring within which its report puts it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from seamwatch.brief import basemap
from seamwatch.brief.canvas import HALO, figure, finish
from seamwatch.brief.markers import WEIGHT, marker
from seamwatch.brief.spread import Box, Point, disc_box, spread, text_box
from seamwatch.brief.style import load_style
from seamwatch.brief.view import BriefView, Line
from seamwatch.brief.words import Words, clean
from seamwatch.geo import destination

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT, LEGEND = 720.0, 480.0, 172.0  # pixels
LAND, ABROAD, WATER, BORDER, ADMIN, INK, MUTED = (
    *("#fbf9f4", "#efece4", "#cfe0ea", "#8d8779", "#c9c2b0", "#1d2327", "#565f66"),
)
NUMBERED = 60  # more than this many signs are drawn small, without numbers
LEAST_SPAN_DEG = 0.8  # a map of one point still shows where it is
KM_PER_DEG = 111.195
LABEL_CHARS = 23  # of the legend's size go into its column
# Where a town's name may stand from its dot (right, up, anchor), in pixels: nearest first.
BESIDE = tuple(
    place
    for d in (0.0, 9.0, 18.0)
    for place in (
        *((6 + d, -3.5, "start"), (-6 - d, -3.5, "end"), (0.0, 7 + d, "middle"), (0.0, -14 - d, "middle")),
        *((4 + d, 5 + d, "start"), (-4 - d, 5 + d, "end"), (4 + d, -12 - d, "start"), (-4 - d, -12 - d, "end")),
    )
)


def draw_map(view: BriefView, words: Words, summaries: dict[int, str], *, links: bool) -> str:
    """The map as SVG. ``summaries`` are one-line descriptions by incident number; ``links`` lead to the list."""
    shown = [line for line in view.lines if line.located]
    with figure("map", WIDTH, HEIGHT) as drawn:
        mirror = LEGEND / WIDTH if words.rtl else 0.0
        axes = drawn.add_axes((mirror, 0.0, 1 - LEGEND / WIDTH, 1.0))
        legend = drawn.add_axes((0.0 if words.rtl else 1 - LEGEND / WIDTH, 0.0, LEGEND / WIDTH, 1.0))
        west, south, east, north = _extent(shown, (WIDTH - LEGEND) / HEIGHT)
        axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=ABROAD)
        axes.set_aspect("auto")  # the extent already has the frame's shape
        for spine in axes.spines.values():
            spine.set(color=BORDER, linewidth=0.8)
        _ground(axes)
        frame = Box(0, 0, WIDTH - LEGEND, HEIGHT)
        taken = _signs(axes, shown, view, frame)
        _scale(axes, words, frame, taken)
        _landmarks(axes, view, words, frame, taken)
        _legend(legend, shown, words)
        off = len(view.lines) - len(shown)
        link = {line.number: f"#incident-{line.number}" if links else "" for line in shown}
        parts = {f"sign-{n}": (summaries[n], link[n]) for n in link}
        description = words("map_desc", n=len(shown), off=off)
        return finish(drawn, "map", f"{words('map_title')}{words('colon')}{clean(view.area)}", description, parts)


def _extent(shown: Iterable[Line], shape: float) -> tuple[float, float, float, float]:
    """West, south, east, north around all points with a margin, in the frame's shape (width to height)."""
    spots = [p for line in shown if (p := _spot(line))]
    if not spots:
        lons, lats = [basemap.WEST, basemap.EAST], [basemap.SOUTH, basemap.NORTH]
    else:
        lons, lats = [p[0] for p in spots], [p[1] for p in spots]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = math.cos(math.radians(lat))
    margin = 1.25 if spots else 1.0
    tall = max(max(lats) - min(lats), (max(lons) - min(lons)) * squeeze / shape) * margin
    tall = max(tall, LEAST_SPAN_DEG)
    wide = tall * shape / squeeze
    return lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2


def _spot(line: Line) -> Point | None:
    place = line.incident.record.location
    return (place.lon, place.lat) if place and place.lat is not None and place.lon is not None else None


def _ground(axes: Axes) -> None:
    from matplotlib.collections import LineCollection, PolyCollection

    axes.add_collection(
        PolyCollection(list(basemap.layer("countries")), facecolor=LAND, edgecolor="none"), autolim=False
    )
    axes.add_collection(PolyCollection(list(basemap.layer("lakes")), facecolor=WATER, edgecolor="none"), autolim=False)
    for name in ("admin1_lines", "admin1"):
        axes.add_collection(LineCollection(list(basemap.layer(name)), color=ADMIN, linewidth=0.8), autolim=False)
    axes.add_collection(
        LineCollection(list(basemap.layer("countries")), color=BORDER, linewidth=0.9, linestyle=(0, (6, 2))),
        autolim=False,
    )


def _killed(line: Line) -> int:
    figure = line.incident.record.figure("killed")
    return 0 if figure is None else figure.low if figure.best is None else figure.best


def _area(killed: int, small: bool) -> float:
    """A sign's area in square pixels: it grows with the dead, not with their square."""
    return (45 if small else 185) + (10 if small else 34) * min(killed, 25)


def _signs(axes: Axes, shown: list[Line], view: BriefView, frame: Box) -> list[Box]:
    """Rings, signs and numbers, the least deadly on top so that none is hidden. Returns the room that they take."""
    style, small = load_style(), len(shown) > NUMBERED
    to_pixels, to_data = axes.transData, axes.transData.inverted()
    offset = axes.bbox.x0
    true = [tuple(to_pixels.transform(_spot(line) or (0, 0))) for line in shown]
    true = [(x - offset, y) for x, y in true]
    markers = [style.of(line.incident.record.type).marker for line in shown]
    areas = [_area(_killed(x), small) * WEIGHT.get(m, 1.0) for x, m in zip(shown, markers, strict=True)]
    radii = [math.sqrt(area / math.pi) + 0.8 for area in areas]
    placed = list(true) if small else spread(true, radii, frame)
    deadliest_first = sorted(range(len(shown)), key=lambda i: (-_killed(shown[i]), shown[i].number))
    _rings(axes, (shown[i] for i in deadliest_first), faint=small)
    for i in deadliest_first:
        line, kind = shown[i], style.of(shown[i].incident.record.type)
        (x, y), (tx, ty) = placed[i], true[i]
        lon, lat = to_data.transform((x + offset, y))
        if math.hypot(x - tx, y - ty) > 5:
            home = _spot(line) or (lon, lat)
            axes.plot([home[0], lon], [home[1], lat], color=MUTED, linewidth=0.7, zorder=3)
            axes.plot(*home, ".", color=INK, markersize=3, zorder=3)
        axes.scatter(
            [lon],
            [lat],
            s=areas[i],
            marker=marker(kind.marker),
            color=kind.colour,
            edgecolor="#ffffff",
            linewidth=1.0,
            zorder=4,
            gid=f"sign-{line.number}",
        )
        if not small:
            drop = {"triangle": 2.2, "plane": 0.5, "triangle_down": -2.4}.get(kind.marker, 0.0)
            at = to_data.transform((x + offset, y - 3.1 - drop))
            axes.text(
                at[0],
                at[1],
                str(line.number),
                color="#ffffff",
                fontsize=8.2,
                fontweight="bold",
                ha="center",
                va="baseline",
                zorder=5,
                gid=f"{HALO}{kind.colour}:1.2",
            )
    return [disc_box(x, y, r + 1) for (x, y), r in zip(placed, radii, strict=True)]


def _rings(axes: Axes, lines: Iterable[Line], *, faint: bool) -> None:
    """All rings as one artist, each in its type's colour."""
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import to_rgba

    edges, colours = [], []
    for line in lines:
        place, home = line.incident.record.location, _spot(line)
        if place is None or home is None or not place.radius_km:
            continue
        around = (destination(home[1], home[0], bearing, place.radius_km) for bearing in range(0, 360, 6))
        edges.append([(lon, lat) for lat, lon in around])
        colours.append(load_style().of(line.incident.record.type).colour)
    rings = PolyCollection(
        edges,
        facecolors=[to_rgba(c, 0.03 if faint else 0.07) for c in colours],
        edgecolors=[to_rgba(c, 0.75) for c in colours],
        linewidths=0.5 if faint else 0.9,
        linestyles=[(0, (4, 2))],
        zorder=2,
    )
    axes.add_collection(rings, autolim=False)


def _landmarks(axes: Axes, view: BriefView, words: Words, frame: Box, taken: list[Box]) -> None:
    """Towns by name where there is room: the wider first."""
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    offset, to_data = axes.bbox.x0, axes.transData.inverted()
    near = [p for p in view.landmarks if west < p.lon < east and south < p.lat < north]
    rank = {kind: n for n, kind in enumerate(("city", "town"))}
    for place in sorted(near, key=lambda p: (rank.get(p.kind, 9), -p.radius_km, p.id)):
        spelled = place.names.get(words.lang) or place.names.get("en") or next(iter(place.names.values()), ())
        if not spelled:
            continue
        name, size = clean(spelled[0]), 11.5 if place.kind == "city" else 10.0
        x, y = axes.transData.transform((place.lon, place.lat))
        x -= offset
        for dx, dy, anchor in BESIDE:
            room = text_box(x + dx, y + dy, name, size, anchor)
            if room.inside(frame) and not any(room.overlaps(other) for other in taken):
                at = to_data.transform((x + dx + offset, y + dy))
                align = {"start": "left", "end": "right", "middle": "center"}[anchor]
                colour = INK if place.kind == "city" else MUTED
                _text(axes, at, name, size, colour, align, zorder=3.5)
                axes.plot(place.lon, place.lat, "o", color=colour, markersize=3.2, zorder=2.5)
                taken.append(room)
                break


def _text(axes: Axes, at: Any, text: str, size: float, colour: str, align: str, **kwargs: Any) -> None:
    halo = f"{HALO}#ffffff:2.5"
    axes.text(at[0], at[1], text, color=colour, fontsize=size, ha=align, va="baseline", gid=halo, **kwargs)


def _scale(axes: Axes, words: Words, frame: Box, taken: list[Box]) -> None:
    """A scale bar in the lower corner and north in the upper one."""
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    km_per_deg = KM_PER_DEG * math.cos(math.radians((south + north) / 2))
    room_km = (east - west) * km_per_deg / 4
    length_km = max(n * 10**e for e in range(-1, 4) for n in (1, 2, 5) if n * 10**e <= room_km)
    per_px = (east - west) / frame.right
    up = (north - south) / frame.top
    left, bottom, length = west + 16 * per_px, south + 16 * up, length_km / km_per_deg
    for start, end, colour in ((0.0, 0.5, INK), (0.5, 1.0, "#ffffff")):
        axes.fill(
            [left + start * length, left + end * length, left + end * length, left + start * length],
            [bottom, bottom, bottom + 5 * up, bottom + 5 * up],
            facecolor=colour,
            edgecolor=INK,
            linewidth=0.8,
            zorder=6,
        )
    label = words("map_scale", km=f"{length_km:g}")
    _text(axes, (left, bottom + 9 * up), label, 10, INK, "left", zorder=6)
    x, y = west + 22 * per_px, north - 18 * up
    axes.fill(
        [x, x + 6 * per_px, x, x - 6 * per_px],
        [y + 10 * up, y - 9 * up, y - 5 * up, y - 9 * up],
        facecolor=INK,
        zorder=6,
    )
    _text(axes, (x, y - 22 * up), words("map_north"), 10, INK, "center", zorder=6, fontweight="bold")
    taken += [Box(8, 8, 24 + length / per_px, 42), Box(4, frame.top - 46, 44, frame.top)]


def _legend(axes: Axes, shown: list[Line], words: Words) -> None:
    """Types that are on the map, in the codebook's order, and what the sizes mean."""
    axes.set(xlim=(0, LEGEND), ylim=(0, HEIGHT))
    axes.axis("off")
    style, ranks = load_style(), words.codes.types
    present = {line.incident.record.type for line in shown}
    side = (LEGEND - 22.0, LEGEND - 40.0, "right") if words.rtl else (22.0, 40.0, "left")
    y = HEIGHT - 18
    for code in sorted(present, key=lambda c: (ranks[c].rank if c in ranks else len(ranks), c)):
        kind = style.of(code)
        area = 150 * WEIGHT.get(kind.marker, 1.0)
        axes.scatter([side[0]], [y], s=area, marker=marker(kind.marker), color=kind.colour, edgecolor="#ffffff")
        count = sum(line.incident.record.type == code for line in shown)
        label = f"{words.code(code)} ({count})"
        size = 11.5 * min(1.0, LABEL_CHARS / len(label))  # long labels shrink into the column
        axes.text(side[1], y - 4, label, fontsize=size, color=INK, ha=side[2], va="baseline")
        y -= 25
    if not present:
        return
    y -= 14
    axes.text(LEGEND - 10 if words.rtl else 10, y, words("map_killed"), fontsize=10.5, color=MUTED, ha=side[2])
    y -= 24
    small = len(shown) > NUMBERED
    deaths = sorted({0, max(map(_killed, shown)), 5 if max(map(_killed, shown)) > 7 else 0})
    for killed in deaths:
        axes.scatter(
            [side[0]], [y], s=_area(killed, small), marker="o", facecolor="none", edgecolor=MUTED, linewidth=1.2
        )
        axes.text(side[1], y - 4, str(killed), fontsize=11, color=MUTED, ha=side[2], va="baseline")
        y -= 30
    if small:
        axes.text(LEGEND - 10 if words.rtl else 10, 12, f"> {NUMBERED}", fontsize=9, color=MUTED, ha=side[2])
