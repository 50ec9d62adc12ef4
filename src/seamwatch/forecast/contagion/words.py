"""A study of contagion in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seamwatch.forecast.contagion.study import Study, told


def study_lines(of: Study) -> Iterator[str]:
    """What was found, how sure it is, what it rests on, and what cannot be said."""
    said: dict[str, Any] = told(of)
    left = said["left_out"]
    yield f"{said['events']:,} events, {said['first_day']} to {said['last_day']} fitted"
    if left["coarse_place"] or left["many_days"]:
        yield f"  left out: {left['coarse_place']:,} placed to a district or worse, {left['many_days']:,} of many days"
    yield f"  {_percent(said['same_place_share'])} lie at the very coordinates of an earlier event"
    yield ""
    branching = said["branching_ratio"]
    yield f"One event brings {_range(branching)} more, beyond what happens at such places anyway"
    yield f"  (within {said['reach']['days']:g} days and {said['reach']['km']:g} km; intervals: {said['intervals']})"
    yield f"{_percent(said['background_share'])} of events came of no earlier one: they happen where they always do"
    for kind in said["by_type"]:
        yield ""
        yield f"After {_named(kind['type'])} ({kind['events']:,}): {_range(kind['offspring'])} more"
        for part in kind["parts"]:
            where = (
                "at the same place, as exactly as places are given"
                if part["at_least_spread"]
                else f"half within {_range(part['radius_km'])} km"
            )
            yield f"  {_range(part['k'])} {where}; halves in {_range(part['half_life_days'])} days"
            if part["beyond_reach"] > 0.01:
                yield f"    {_percent(part['beyond_reach'])} of this kernel lies beyond the reach and is not counted"
    yield ""
    yield from _checks(said)
    yield ""
    yield f"Null hypothesis: {said['null']}"
    yield "It rests on:"
    for assumption in said["assumptions"]:
        yield f"  {assumption}"
    yield f"Sources: {said['sources']}"


def _checks(said: dict[str, Any]) -> Iterator[str]:
    held = said["held_out"]
    if held is None:
        yield "Not tried on days held out, too few events before or in the last 60. Nothing is said of days to come"
    else:
        low, high = held["interval"]
        verdict = (
            "contagion tells the days to come better"
            if low > 0
            else "no gain is shown"
            if high > 0
            else "contagion tells them worse: do not use it"
        )
        yield (
            f"The last {held['days']} days, each foretold from the day before: "
            f"{held['gain_nats_per_event']:+.3f} nats an event ({low:+.3f} to {high:+.3f}) "
            f"against {held['against']}: {verdict}"
        )
        yield f"  {held['expected']:,.0f} events expected, {held['events']:,} came"
    days, pairs = said["residuals"]["counts_by_day"], said["residuals"]["pairs"]
    yield (
        f"Counts by day vary {days['dispersion']:.1f} times as much as by chance"
        + (": days have swings in common that the model does not know" if days["dispersion"] > 2 else "")
        + f" (KS {days['ks']:.3f}, p {days['p']:.3f})"
    )
    if pairs["before"] is not None and pairs["after"] is not None:
        yield (
            f"Pairs within {pairs['km']:g} km and {pairs['days']:g} days: "
            f"{pairs['before']:.2f} times those of exchanged days, "
            f"{pairs['after']:.2f} times once contagion is taken out (p {pairs['after_p']:.2f})"
        )
    if not said["converged"]:
        yield "The fit did not settle: take the figures above as rough"


def _named(kind: str) -> str:
    return f'"{kind}"' if kind else "an event"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _range(estimate: dict[str, float]) -> str:
    return f"{estimate['value']:.2g} ({estimate['low']:.2g} to {estimate['high']:.2g})"
