"""A backtest as one HTML file: what was asked, who beats whom, and where and when; it loads nothing from outside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from seamwatch.forecast.backtest import LEADS, Backtest
from seamwatch.forecast.models import BENCHMARKS
from seamwatch.forecast.skill import BINS, LEAST_IN_BIN, gain_over, reliability
from seamwatch.forecast.tables import (
    REFERENCES,
    SCORES,
    TITLES,
    Compared,
    by_class,
    by_lead,
    by_year,
    compared,
    losses,
    overall,
    signed,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = ("#0b4f9c", "#b5421b", "#2e7d32", "#6a3d9a", "#8a6d00", "#444444", "#00838f", "#ad1457")
SHOWN = 5  # models in a plot beside the benchmarks


def backtest_html(result: Backtest, *, title: str, asked: str) -> str:
    """The report. ``asked`` says in a sentence which events, cells and rules it is about."""
    found = compared(result)
    names = list(result.models)
    page = Environment(loader=PackageLoader("seamwatch.forecast"), autoescape=True, undefined=StrictUndefined)
    return page.get_template("backtest.html.j2").render(
        title=title,
        asked=asked,
        years=[window.year for window in result.windows],
        seeds=len(result.seeds),
        losses=losses(found),
        said=[f"{name}: {text}" for name in names for text in result.said(name)],
        columns=list(TITLES.values()),
        overall=[(name, [_figure(value) for value in overall(result, name).values()]) for name in names],
        gains=[_gain_row(c) for c in found],
        scores=[
            {
                "title": TITLES[score],
                "years": [(name, [_figure(v) for v in by_year(result, name, score)]) for name in names],
                "leads": [(name, [_figure(v) for v in by_lead(result, name, score)]) for name in names],
                "kinds": [(name, by_class(result, name, score)) for name in names],
            }
            for score in SCORES
        ],
        leads=list(LEADS),
        figure=_figure,
        year_plot=_year_plot(result),
        reliability_plot=_reliability_plot(result),
        lead_plot=_lead_plot(result),
        least=LEAST_IN_BIN,
    )


def _gain_row(c: Compared) -> dict[str, str]:
    gain = c.gain
    return {
        "model": c.model,
        "reference": c.reference,
        "score": TITLES[c.score].split(",")[0],
        "gain": signed(gain.gain),
        "interval": f"{signed(gain.low)} to {signed(gain.high)}",
        "over_years": f"{signed(gain.low_years)} to {signed(gain.high_years)}",
        "won": f"{gain.won} of {gain.years}",
        "verdict": c.verdict,
        "kind": {"beats": "up", "worse than": "down"}.get(c.verdict, "even"),
    }


def _main(result: Backtest) -> list[str]:
    """The models that a plot shows: those that are no benchmark, the last asked first; else the benchmarks."""
    own = [name for name in reversed(result.models) if name not in BENCHMARKS]
    return (own or list(result.models))[:SHOWN]


def _year_plot(result: Backtest) -> Markup:
    """Gains of the first model shown, by year, over the two benchmarks that remember."""
    from matplotlib.figure import Figure

    name, others = _main(result)[0], [other for other in REFERENCES[:2] if other in result.models]
    if not others or name in others:
        return Markup("")
    years = [window.year for window in result.windows]
    page = Figure(figsize=(9, 3.4), layout="constrained")
    for axes, score in zip(page.subplots(1, len(SCORES)), SCORES, strict=True):
        for turn, other in enumerate(others):
            ours, theirs = result.figure(name, score).mean(axis=2), result.figure(other, score).mean(axis=2)
            gains = [gain_over(ours[[k]], theirs[[k]]) for k in range(len(years))]
            middle = 100 * np.array([g.gain for g in gains])
            ends = 100 * np.array([[g.low, g.high] for g in gains])
            at = np.array(years) + 0.18 * (2 * turn - 1)
            reach = np.nan_to_num(np.abs(ends.T - middle))  # none where no interval could be reckoned
            axes.errorbar(at, middle, yerr=reach, fmt="o", color=INK[turn], capsize=3, label=f"over {other}")
        axes.axhline(0, color="#000", linewidth=0.8)
        axes.set(xlabel="year forecast", ylabel=f"{TITLES[score].split(',')[0]} lower by, %", title=f"{name}")
        axes.legend(fontsize=8, frameon=False)
    return _svg(page, f"Gain of {name} by year, with 95 % intervals over cells")


def _reliability_plot(result: Backtest) -> Markup:
    from matplotlib.figure import Figure

    page = Figure(figsize=(6, 5.2), layout="constrained")
    axes = page.subplots()
    axes.plot([0, 1], [0, 1], color="#999", linewidth=1)
    came = result.happened.ravel() > 0
    for turn, name in enumerate(_main(result)):
        bins = reliability(result.chance(name).ravel(), came)
        solid = [b for b in bins if b.cases >= LEAST_IN_BIN]
        axes.plot([b.chance for b in solid], [b.share for b in solid], "o-", color=INK[turn], label=name, markersize=5)
        few = [b for b in bins if b.cases < LEAST_IN_BIN]
        axes.plot([b.chance for b in few], [b.share for b in few], "o", color=INK[turn], fillstyle="none", markersize=5)
        if turn == 0:
            _counts(axes, [(b.chance, b.share, b.cases) for b in bins])
    axes.set(xlabel=f"chance of any said (in {BINS} bins)", ylabel="share in which it came", xlim=(0, 1), ylim=(0, 1))
    axes.legend(fontsize=8, frameon=False, loc="upper left")
    return _svg(page, "Reliability of the chance of any")


def _counts(axes: Axes, points: list[tuple[float, float, int]]) -> None:
    for chance, share, cases in points:
        axes.annotate(f"{cases:,}", (chance, share), (4, -11), textcoords="offset points", fontsize=7, color="#444")


def _lead_plot(result: Backtest) -> Markup:
    from matplotlib.figure import Figure

    page = Figure(figsize=(9, 3.2), layout="constrained")
    names = [*_main(result), *(name for name in REFERENCES[:2] if name in result.models)]
    for axes, score in zip(page.subplots(1, len(SCORES)), SCORES, strict=True):
        for turn, name in enumerate(dict.fromkeys(names)):
            style = ":" if name in BENCHMARKS else "-"
            axes.plot(LEADS, by_lead(result, name, score), style, color=INK[turn % len(INK)], label=name)
        axes.set(xlabel="months after the last known", ylabel=f"{TITLES[score]} (lower is better)")
        axes.set_ylim(bottom=0)
    axes.legend(fontsize=7, frameon=False)
    return _svg(page, "Scores by lead")


def _svg(page: Figure, label: str) -> Markup:
    """Inline SVG with text as text."""
    from matplotlib import rc_context

    out = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "seamwatch", "font.family": "sans-serif"}):
        page.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    drawn = out.getvalue()
    drawn = drawn[drawn.index("<svg") :].replace("<svg ", '<svg role="img" aria-label="{}" '.replace("{}", label), 1)
    return Markup(drawn)  # noqa: S704 - drawn by matplotlib; its texts are models' names and figures


def _figure(value: float) -> str:
    """Three significant places, or a dash where there is none."""
    return f"{value:.3f}" if np.isfinite(value) and abs(value) < 100 else f"{value:.0f}" if np.isfinite(value) else "–"
