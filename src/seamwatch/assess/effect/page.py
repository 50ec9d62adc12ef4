"""An effect in words, and as a page with its drawings: what cannot be known first, the placebos beside each figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from seamwatch.assess.effect.effect import FEWEST_AFTER_DAYS, ONE_IN, YEAR_BEFORE_DAYS, Effect
from seamwatch.assess.effect.interrupted import Interrupted
from seamwatch.assess.effect.placebo import CannotTell, Placebos
from seamwatch.assess.effect.plots import areas_plot, control_plot, dates_plot, series_plot
from seamwatch.assess.effect.synthetic import Synthetic
from seamwatch.assess.near_repeat_page import number_or_none

WEAK_FIT = 0.5  # of the variance before the change


@dataclass(frozen=True, slots=True)
class Said:
    """One change as a page shows it. ``context`` is what whoever asks knows of it and the counts do not."""

    title: str
    effect: Effect
    context: tuple[str, ...] = ()


def cannot(effect: Effect) -> list[str]:
    """What the data do not carry, in sentences; empty where both reckonings were made by the rules."""
    refused = [found for found in (effect.series, effect.control) if isinstance(found, CannotTell)]
    told = [f"The {found.what} cannot be reckoned: {'; '.join(found.reasons)}." for found in refused]
    if effect.seen.days < FEWEST_AFTER_DAYS and len(refused) < 2:
        told.append(
            f"Only {effect.seen.days} days lie after the change; the rules ask for {FEWEST_AFTER_DAYS} and were set "
            "aside. What follows is no finding, whatever its rank."
        )
    return told


def counts_sentence(effect: Effect) -> str:
    """What was counted, without any claim."""
    seen = effect.seen
    told = (
        f"In the {seen.days} days from {effect.change} on: {seen.after[0]:,} event{'s' * (seen.after[0] != 1)} in "
        f"{_areas(effect)}, "
        f"{seen.after[1]:,} in all other areas. In as many days just before: {seen.before[0]:,} and {seen.before[1]:,}"
    )
    if seen.days < YEAR_BEFORE_DAYS:
        told += f"; in the same days a year before: {seen.year_before[0]:,} and {seen.year_before[1]:,}"
    return f"{told}."


def series_sentence(found: Interrupted) -> str:
    """The interrupted series' finding with both intervals and its rank among placebo dates."""
    low, best, high = found.fit.ratio
    wide, days = found.placebo_ratio, (len(found.fit.counts) - found.fit.before) * found.period_days
    return (
        f"Interrupted series: {_times(best)} the events that trend and season would have brought over the next {days} "
        f"days; 95 % interval by the model {low:.2f}–{high:.2f}, by what nine in ten placebo dates show "
        f"{wide[0]:.2f}–{wide[2]:.2f}. {rank_sentence(found.placebo_dates)}"
    )


def control_sentence(found: Synthetic) -> str:
    """The synthetic control's finding with its fit and its ranks."""
    low, best, high = found.ratio
    top = f"{high:.2f}" if math.isfinite(high) else "no upper bound"
    told = (
        f"Synthetic control of {len(found.donors)} comparison areas: {_times(best)} its events; not rejected by the "
        f"placebo areas (90 %): {low:.2f}–{top}. Before the change it explains {found.fit:.0%} of the variance"
    )
    weak = ", which is weak" if found.fit < WEAK_FIT else ""
    return f"{told}{weak}. {rank_sentence(found.placebo_areas)} {rank_sentence(found.placebo_dates)}"


def rank_sentence(placebos: Placebos) -> str:
    """How many placebos show as much, and what that means."""
    n = len(placebos.names)
    as_much = round(placebos.p * (n + 1)) - 1
    kind = f"placebo {placebos.kind}{'s' if n != 1 else ''}"
    least = 1 / (n + 1)
    if least > ONE_IN:
        return f"{as_much} of {n} {kind} show as much (p {placebos.p:.2f}; so few cannot tell)."
    verdict = "it stands out" if placebos.p <= ONE_IN else "not told apart from what happens anyhow"
    return f"{as_much} of {n} {kind} show as much (p {placebos.p:.2f}, {least:.2f} at the least): {verdict}."


def sentences(effect: Effect) -> list[str]:
    """All findings, what cannot be told first."""
    told = [*cannot(effect), counts_sentence(effect)]
    if isinstance(effect.series, Interrupted):
        told.append(series_sentence(effect.series))
    if isinstance(effect.control, Synthetic):
        told.append(control_sentence(effect.control))
    return told


def notes(effect: Effect) -> list[str]:
    """What the figures rest on."""
    source = effect.source
    told = [
        f"The table covers {source.first} to {source.last}, as of {source.as_of}, published {source.lag_days} days "
        "after the events. Left out: "
        + ("; ".join(f"{n:,} {why}" for why, n in source.left_out.items()) or "none")
        + ".",
        "Nothing here tells the change apart from anything else that began at about the same time.",
    ]
    if isinstance(effect.series, Interrupted):
        fit = effect.series.fit
        told.append(
            "Interrupted series: negative binomial with trend, yearly season, level and slope (Wagner et al. 2002); "
            f"errors by Newey and West (1987) over {fit.lags} periods; null hypothesis: level and slope go on. Level "
            f"at once {_triple(fit.level)}, slope a year {_triple(fit.slope)}, dispersion {fit.dispersion:.2f}. Other "
            "real changes may be among the placebo dates: the rank asks whether more happened than happens anyhow. "
            "Series that wander stand out more often than their rank says: alone it is a hint."
        )
    if isinstance(effect.control, Synthetic):
        control = effect.control
        told.append(
            "Augmented synthetic control (Ben-Michael, Feller and Rothstein 2021; pysyncon); null hypothesis: no "
            "effect, by rank among placebo areas (Abadie, Diamond and Hainmueller 2010). Comparison areas, chosen on "
            "what lies before the change, with their weights: "
            + "; ".join(f"{name} {w:+.2f}" for name, w in zip(control.donors, control.paths.weights, strict=True))
            + "."
        )
    return told


def effect_text(effect: Effect) -> str:
    """Findings and notes as plain text."""
    return "\n".join([*sentences(effect), "", *(f"- {note}" for note in notes(effect))])


def effect_json(effect: Effect) -> dict[str, Any]:
    """Everything for a program: plain values, ``series`` and ``control`` None where they are refused."""
    source, series, control = effect.source, effect.series, effect.control
    told: dict[str, Any] = {
        "areas": list(effect.areas),
        "change": effect.change.isoformat(),
        "covers": [source.first.isoformat(), source.last.isoformat()],
        "as_of": source.as_of.isoformat(),
        "lag_days": source.lag_days,
        "left_out": source.left_out,
        "cannot": cannot(effect),
        "seen": asdict(effect.seen),
        "series": None,
        "control": None,
        "notes": notes(effect),
    }
    if isinstance(series, Interrupted):
        fit = series.fit
        told["series"] = {
            "period_days": series.period_days,
            "periods_before": fit.before,
            **{name: [number_or_none(v) for v in getattr(fit, name)] for name in ("ratio", "level", "slope")},
            "p": number_or_none(fit.p),
            "dispersion": fit.dispersion,
            "ratio_by_placebo_dates": [number_or_none(value) for value in series.placebo_ratio],
            "placebo_dates": _placebos(series.placebo_dates),
            "counts": fit.counts.tolist(),
            "without": fit.without.tolist(),
        }
    if isinstance(control, Synthetic):
        told["control"] = {
            "period_days": control.period_days,
            "periods_before": control.before,
            "ratio": [number_or_none(value) for value in control.ratio],
            "fit": control.fit,
            "weights": dict(zip(control.donors, control.paths.weights.tolist(), strict=True)),
            "placebo_areas": _placebos(control.placebo_areas),
            "placebo_dates": _placebos(control.placebo_dates),
            "counts": (control.paths.seen * control.mean_before).tolist(),
            "synthetic": (control.paths.made * control.mean_before).tolist(),
        }
    return told


def _placebos(placebos: Placebos) -> dict[str, Any]:
    ratios = [number_or_none(value) for value in placebos.ratios]
    return {"p": placebos.p, "skipped": placebos.skipped, "ratios": dict(zip(placebos.names, ratios, strict=True))}


def effect_html(said: Sequence[Said], title: str, first: Sequence[str] = (), last: str = "") -> str:
    """A page of its own (no outside requests). ``first`` stands before all else; ``last`` is HTML that closes it."""
    page = Environment(loader=PackageLoader("seamwatch.assess"), autoescape=True, undefined=StrictUndefined)
    parts = [
        {
            "title": one.title,
            "context": one.context,
            "cannot": cannot(one.effect),
            "told": [text for text in sentences(one.effect) if text not in cannot(one.effect)],
            "drawings": _drawings(one.effect),
            "notes": notes(one.effect),
        }
        for one in said
    ]
    return page.get_template("effect.html.j2").render(title=title, first=first, parts=parts, last=last)


def _drawings(effect: Effect) -> list[tuple[str, str]]:
    drawn = []
    if isinstance(effect.series, Interrupted):
        drawn += [
            (f"Interrupted series of {_areas(effect)}", series_plot(effect.series)),
            ("The same reckoning at dates before the change", dates_plot(effect.series)),
        ]
    if isinstance(effect.control, Synthetic):
        drawn += [
            (f"Synthetic control of {_areas(effect)}", control_plot(effect.control)),
            ("The same reckoning for each comparison area", areas_plot(effect.control)),
        ]
    return drawn


def _areas(effect: Effect) -> str:
    return effect.areas[0] if len(effect.areas) == 1 else f"the {len(effect.areas)} areas"


def _times(ratio: float) -> str:
    return f"{ratio:.2f} times"


def _triple(ratio: tuple[float, float, float]) -> str:
    return f"{ratio[1]:.2f} ({ratio[0]:.2f}–{ratio[2]:.2f})"
