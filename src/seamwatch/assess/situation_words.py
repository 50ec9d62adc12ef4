"""A situation in plain words with the uncertainty of each figure, and as JSON: what a duty officer reads aloud."""

from __future__ import annotations

import math
from dataclasses import asdict
from datetime import date
from typing import Any

from seamwatch.assess.change_points import ChangePoints
from seamwatch.assess.resurgence import LEVEL, Resurgence
from seamwatch.assess.scan import Cluster
from seamwatch.assess.situation import Situation

TARGET_WORDS = {"": "all targets", "forces": "against forces", "villagers": "against villagers"}


def heading(found: Situation) -> str:
    """What was judged, as of when."""
    first, last = found.window
    asked = found.asked
    lag = f", published within {counted(asked.lag_days, 'day')}" if asked.lag_days else ""
    return (
        f"As of {asked.as_of}{lag}: the {counted(asked.now, asked.unit)} from {first} to {last}, "
        f"{TARGET_WORDS[found.series.target]}, by {found.series.kind}"
    )


def resurgence_line(one: Resurgence, found: Situation) -> str:
    """An area's sentence: seen, expected, the chance of it, and how sure a much higher rate is."""
    window = counted(found.asked.now, found.asked.unit)
    seen = f"{one.area}: {counted(one.observed, noun(found))} in {window}"
    if one.expected is None or one.p is None or one.p_more is None:
        return f"{seen}; not judged ({one.word})"
    told = f"{seen} where {figure(one.expected)} ({one.low}–{one.high}) were expected"
    if one.observed <= one.expected:
        return told
    return (
        f"{told}; chance under an unchanged rate {percent(one.p)}; that the rate is now over {one.factor:g} times the "
        f"usual is {percent(one.p_more)} sure"
    )


def verdict(found: Situation) -> str:
    """How many areas stand out, of how many judged."""
    judged = [r for r in found.resurgences if r.p is not None]
    rising = [r for r in judged if r.rises()]
    most = f"about {100 * LEVEL:g} % of such alarms are false in the long run"
    if not judged:
        return "No area has events enough to be judged."
    if not rising:
        return f"None of {counted(len(judged), 'area')} judged stands out ({most})."
    stand = "stand" if len(rising) > 1 else "stands"
    return f"{len(rising)} of {counted(len(judged), 'area')} judged {stand} out ({most})."


def change_lines(area: str, changes: ChangePoints, unit: str) -> list[str]:
    """An area's changes of rate, oldest first; one line that there is none."""
    if changes.p is None:
        return [f"{area}: not judged ({changes.word})"]
    if not changes.changes:
        (only,) = changes.segments
        told = f"{figure(only.rate)} ({figure(only.low)}–{figure(only.high)}) a {unit}"
        return [f"{area}: no change of rate found, {told} throughout (p {chance(changes.p)})"]
    lines = []
    for change, before, after in zip(changes.changes, changes.segments[:-1], changes.segments[1:], strict=True):
        times = f", {figure(after.rate / before.rate)} times" if before.rate > 0 else ""
        lines.append(
            f"{area}: from {figure(before.rate)} ({figure(before.low)}–{figure(before.high)}) to "
            f"{figure(after.rate)} ({figure(after.low)}–{figure(after.high)}) a {unit}{times}, since {change.day} "
            f"(95 %: {change.earliest} to {change.latest})"
        )
    return lines


def cluster_line(one: Cluster, found: Situation) -> str:
    """A cluster's sentence: where, when, how many, how sure."""
    where = f"within {figure(one.radius_km)} km of {one.lat:.3f}, {one.lon:.3f}" if one.radius_km >= 0.5 else (
        f"at {one.lat:.3f}, {one.lon:.3f}"
    )  # fmt: skip
    places = f" ({', '.join(one.places)})" if one.places else ""
    times = f"{figure(one.relative_risk)} times the rate elsewhere" if math.isfinite(one.relative_risk) else "none else"
    seen = counted(one.observed, noun(found))
    return (
        f"{where}{places}, {one.first} to {one.last}: {seen} where {figure(one.expected)} were expected, {times}; "
        f"chance of such a cluster anywhere {percent(one.p)}"
    )


def clusters_told(found: Situation) -> tuple[Cluster, ...]:
    """The clusters worth a line: those that chance hardly brings, and the first in any case."""
    return tuple(c for i, c in enumerate(found.scan.clusters) if i == 0 or c.p <= LEVEL)


def notes(found: Situation) -> list[str]:
    """What the figures rest on, and what they cannot tell."""
    made, unit = found.series, found.asked.unit
    scan = found.scan
    return [
        f"Areas: {made.rule}. {counted(made.left_out, 'event')} located too coarsely and {made.undated} spanning more "
        f"days than a {unit} are in no area's figures.",
        "Expected: negative-binomial regression on the periods before the window with trend, season and the events "
        "counted elsewhere, each where ten events carry it (Farrington et al. 1996; Noufaily et al. 2013). In brackets "
        "nine of ten counts under an unchanged rate. The chance is that of as many or more if the area went on "
        "as its own past and the others foretell; marked areas hold after correction for looking at all of them "
        "(Benjamini and Hochberg 1995).",
        "Changes: kernel change point detection (Arlot, Celisse and Harchaoui 2019) on square roots of counts; the "
        "penalty is the one at which a changeless series shows a change in one of twenty cases. A slow trend comes out "
        "as steps.",
        f"Clusters: space-time permutation scan (Kulldorff et al. 2005) of {scan.n_cases} events in the last "
        f"{found.scan_weeks} weeks, circles of up to {found.asked.radius_km:g} km, up to {found.scan_periods} weeks "
        f"to now, {scan.n_runs} simulated runs; {counted(found.unscanned, 'event')} without a near enough point left "
        f"out. Null hypothesis: {scan.null}. It is corrected for looking everywhere, not for looking again next week. "
        "A series of attacks by one group is such a cluster.",
        "Counts are of reported events. A change in who reports, or from where, can look like a change in violence.",
    ]


def situation_text(found: Situation) -> str:
    """All of it as lines of text."""
    judged = [r for r in found.resurgences if r.p is not None]
    rest = [r for r in found.resurgences if r.p is None]
    lines = [heading(found), "", "More than expected?", f"  {verdict(found)}"]
    above = [r for r in judged if r.expected is not None and r.observed > r.expected]
    lines += [f"  {'! ' if one.rises() else '  '}{resurgence_line(one, found)}" for one in above]
    if len(judged) > len(above):
        lines.append(f"    {counted(len(judged) - len(above), 'area')} at or below what was expected")
    if rest:
        seen = sum(r.observed for r in rest)
        told = f"{counted(len(rest), 'area')} with too few events to judge"
        lines.append(f"    {told} ({counted(seen, noun(found))} in the window in all)")
    lines += ["", "When did the rate change?"]
    lines += [f"  {line}" for area, one in found.changes for line in change_lines(area, one, found.asked.unit)]
    if not found.changes:
        lines.append("  No area has events enough.")
    lines += ["", "Where and when do events cluster now?"]
    for cluster in clusters_told(found):
        lines.append(f"  {'! ' if cluster.p <= LEVEL else '  '}{cluster_line(cluster, found)}")
    if not found.scan.clusters:
        lines.append(f"  No cylinder holds more than chance would bring ({found.scan.n_cases} events).")
    return "\n".join([*lines, "", *(f"{note}" for note in notes(found))])


def situation_json(found: Situation) -> dict[str, Any]:
    """All of it for a program; days as ISO text, what could not be judged as null."""
    first, last = found.window
    asked = found.asked
    told = {
        "as_of": asked.as_of,
        "lag_days": asked.lag_days,
        "unit": asked.unit,
        "window": {"first": first, "last": last, "periods": asked.now},
        "past_periods": len(found.series.periods) - asked.now,
        "by": found.series.kind,
        "target": found.series.target or None,
        "left_out": {"too_coarse": found.series.left_out, "too_long": found.series.undated},
        "resurgence": [asdict(r) | {"rises": r.rises()} for r in found.resurgences],
        "change_points": [{"area": area, **asdict(one)} for area, one in found.changes],
        "scan": asdict(found.scan) | {"weeks": found.scan_weeks, "left_out": found.unscanned},
        "notes": notes(found),
    }
    plain = _plain(told)
    assert isinstance(plain, dict)  # noqa: S101
    return plain


def noun(found: Situation) -> str:
    """What is counted: attacks where a target is asked for, else events of any kind."""
    return "attack" if found.asked.target else "event"


def counted(n: int, noun: str) -> str:
    """A number with its noun: "1 week", "8 weeks"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def figure(value: float) -> str:
    """A figure to two digits: 0.25, 3.4, 12, 118."""
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 or value == 0 else f"{value:.2g}" if value >= 0.01 else "under 0.01"


def percent(p: float) -> str:
    """A probability in words: "under 0.1 %", "0.2 %", "12 %", "over 99 %"."""
    if p < 0.001:
        return "under 0.1 %"
    if p > 0.99:
        return "over 99 %"
    return f"{100 * p:.1f} %" if p < 0.0995 else f"{100 * p:.0f} %"


def chance(p: float) -> str:
    """A p value to two digits."""
    return f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
