"""What `assess` would have said of Iraq: the worked example, and what came after its alarms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from scipy import stats

from seamwatch.assess.areas import by_polygons, by_set, series
from seamwatch.assess.choose_areas import placer
from seamwatch.assess.resurgence import judge
from seamwatch.assess.situation import Asked, Situation, assess
from seamwatch.assess.situation_words import change_lines, cluster_line, clusters_told, resurgence_line
from seamwatch.events import Events
from seamwatch.packs import load_pack
from seamwatch.place import load_area_sets, read_areas
from seamwatch.place.areas import DISTRICT
from seamwatch.read.event_table import read_events

SHARED = Path(__file__).parents[3] / "shared" / "data"
SHARED_EVENTS = SHARED / "events" / "ged_iraq_1989_2017.csv.gz"
POLYGONS = SHARED / "places" / "iraq_adm2_cod.geojson.gz"
DAYS = (date(2013, 6, 30), date(2014, 2, 28), date(2017, 10, 31))
LAG_DAYS = 7
CHANGED = 3  # areas whose changes are shown


def alarms_and_after() -> list[str]:
    """Every eight weeks from 2008 to 2017, all districts: what the next eight weeks brought, with an alarm or none."""
    events = read_events(SHARED_EVENTS).events
    placing = by_polygons(events, read_areas(POLYGONS), level=DISTRICT)
    rows: list[tuple[bool, int, float, int]] = []
    for day in _every_eight_weeks():
        known = series(events, placing, "week", as_of=day, n_periods=164)
        after = series(events, placing, "week", as_of=day + timedelta(days=56), n_periods=8)
        later = dict(zip(after.names, after.counts.sum(axis=1).tolist(), strict=True))
        rows += [
            (r.rises(), r.observed, r.expected, later.get(r.area, 0)) for r in judge(known, 8) if r.expected is not None
        ]
    lines = [
        "### Iraq 2008–2017, districts, every eight weeks: what followed an alarm",
        "UCDP GED v19.1, final revised data. Alarm: q at most 0.05 over all districts of the day. Events in the eight",
        "weeks after, over what was expected of the window before; in brackets nine of ten resamples of the rows.",
        "",
        "| district and window | number | seen / expected | after / expected | went on above expected |",
        "|---|---:|---:|---:|---:|",
    ]
    table = np.array([(r[1], r[2], r[3]) for r in rows], float)
    alarm = np.array([r[0] for r in rows])
    above = ~alarm & (table[:, 0] > table[:, 1])
    rng = np.random.default_rng(0)
    for what, mask in (("alarm", alarm), ("above expected, no alarm", above), ("at or below", ~alarm & ~above)):
        part = table[mask]
        picked = part[rng.integers(0, len(part), (1000, len(part)))].sum(axis=1)
        low, high = np.quantile(picked[:, 2] / picked[:, 1], [0.05, 0.95])
        seen, expected, later = part.sum(axis=0)
        went = stats.binomtest(int(np.sum(part[:, 2] > part[:, 1])), len(part))
        span = went.proportion_ci(0.95)
        lines.append(
            f"| {what} | {len(part)} | {seen / expected:.1f} | {later / expected:.1f} ({low:.1f}–{high:.1f}) | "
            f"{100 * went.statistic:.0f} % ({100 * span.low:.0f}–{100 * span.high:.0f}) |"
        )
    return lines


def example() -> list[str]:
    """What it says of the districts and of the disputed ones together on three days."""
    events = read_events(SHARED_EVENTS).events
    pack = load_pack()
    drawn = read_areas(POLYGONS)
    lines = ["### Iraq, as of three days: districts, eight weeks against 156, lag 7 days"]
    for day in DAYS:
        found = assess(events, placer("district", pack, POLYGONS), Asked(day, lag_days=LAG_DAYS))
        seam = _seam(events, day, drawn)
        lines += ["", f"**{day}**"]
        lines += [f"- {resurgence_line(r, found)}" for r in found.resurgences[:4] if r.p is not None]
        lines += [f"- {resurgence_line(r, seam)}" for r in seam.resurgences]
        shown = [(area, one) for area, one in found.changes if one.changes][:CHANGED]
        lines += [f"- {line}" for area, one in shown for line in change_lines(area, one, "week")]
        lines += [f"- {cluster_line(c, found)}" for c in clusters_told(found)]
    return lines


def _seam(events: Events, day: date, drawn: object) -> Situation:
    pack = load_pack()
    return assess(
        events,
        lambda known: by_set(known, load_area_sets(pack)[0], pack, drawn),  # type: ignore[arg-type]
        Asked(day, lag_days=LAG_DAYS, n_runs=19),
    )


def _every_eight_weeks() -> Iterator[date]:
    day = date(2008, 1, 5)
    while day <= date(2017, 10, 31):
        yield day
        day += timedelta(days=56)
