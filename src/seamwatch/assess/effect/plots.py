"""Drawings of an effect as SVG: the series, its placebo dates, the synthetic control, its placebo areas."""

from __future__ import annotations

import io
from datetime import date, timedelta

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from seamwatch.assess.effect.interrupted import Interrupted
from seamwatch.assess.effect.synthetic import Synthetic

_OWN, _MADE, _PLACEBO, _FITTED = "#111111", "#2166ac", "#b0b0b0", "#b2182b"
_SIZE = (8.2, 3.4)  # inches


def series_plot(found: Interrupted) -> str:
    """Counts, the fitted model, and what level and slope before the change would have led to, with its interval."""
    figure, axes = _start(f"Events in {found.period_days} days")
    fit = found.fit
    days = _middles(found.change, fit.before, len(fit.counts), found.period_days)
    axes.plot(days, fit.counts, "o", ms=3.5, color=_OWN, label="counted")
    axes.plot(days, fit.fitted, color=_FITTED, lw=1.5, label="model")
    after = slice(fit.before, None)
    axes.plot(days[after], fit.without[after], "--", color=_MADE, lw=1.8, label="without the change")
    axes.fill_between(
        days[after], fit.without_low[after], fit.without_high[after], color=_MADE, alpha=0.2, lw=0,
        label="95 % interval of its mean",
    )  # fmt: skip
    axes.set_ylim(0, 1.35 * max(float(fit.counts.max()), float(fit.fitted.max()), float(fit.without[after].max())))
    return _end(figure, axes, found.change)


def dates_plot(found: Interrupted) -> str:
    """The ratio at each placebo date, and the true one."""
    figure, axes = _start("Counted over expected (ratio)")
    days = np.array(found.placebo_dates.names, dtype="datetime64[D]")
    axes.plot(days, found.placebo_dates.ratios, "o", ms=5, color=_PLACEBO, label="placebo date")
    low, best, high = found.fit.ratio
    at = np.array([found.change], dtype="datetime64[D]")
    error = [[best - low], [high - best]]
    axes.errorbar(at, [best], error, fmt="D", ms=6, color=_FITTED, capsize=4, label="the change, 95 % interval")
    _ratios(axes, np.concatenate((found.placebo_dates.ratios, [low, high])))
    return _end(figure, axes, found.change)


def control_plot(found: Synthetic) -> str:
    """Seen and synthetic counts."""
    figure, axes = _start(f"Events in {found.period_days} days")
    days = _middles(found.change, found.before, len(found.paths.seen), found.period_days)
    seen, made = found.paths.seen * found.mean_before, found.paths.made * found.mean_before
    axes.plot(days, seen, "o-", ms=4, color=_OWN, lw=1.5, label="counted")
    axes.plot(days, made, "--", color=_MADE, lw=1.8, label="synthetic control")
    error = found.paths.error_before * found.mean_before
    axes.fill_between(
        days, np.maximum(made - error, 0), made + error, color=_MADE, alpha=0.2, lw=0, label="± its error before"
    )
    axes.set_ylim(0, 1.35 * float(max(seen.max(), made.max())))
    return _end(figure, axes, found.change)


def areas_plot(found: Synthetic) -> str:
    """Gaps between seen and synthetic, in units of each area's own error before the change."""
    figure, axes = _start("Gap over error before")
    days = _middles(found.change, found.before, len(found.paths.seen), found.period_days)
    gaps = found.placebo_gaps / np.sqrt(np.mean(found.placebo_gaps[:, : found.before] ** 2, axis=1, keepdims=True))
    for n, gap in enumerate(gaps):
        axes.plot(days, gap, color=_PLACEBO, lw=0.9, label="placebo areas" if n == 0 else None)
    own = (found.paths.seen - found.paths.made) / max(found.paths.error_before, 1e-9)
    axes.plot(days, own, color=_FITTED, lw=2, label=_short(found.areas))
    axes.axhline(0, color="#555", lw=0.7)
    top = 1.3 * float(np.abs(own).max())
    axes.set_ylim(-max(top, 4), max(top, 4))
    return _end(figure, axes, found.change)


def _short(areas: tuple[str, ...]) -> str:
    return areas[0] if len(areas) == 1 else f"the {len(areas)} areas"


def _middles(change: date, before: int, periods: int, period_days: int) -> NDArray[np.datetime64]:
    first = change - timedelta(days=before * period_days - period_days // 2)
    return np.datetime64(first, "D") + np.arange(periods) * np.timedelta64(period_days, "D")


def _start(label: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    axes.set_ylabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _ratios(axes: Axes, values: NDArray[np.float64]) -> None:
    """A logarithmic axis from 1/4 to 4, or as far as the values go, with plain numbers."""
    top = max(4.0, float(np.nanmax(values)) * 1.15, 1.15 / max(float(np.nanmin(values)), 0.02))
    ticks = [t for t in (1 / 32, 1 / 16, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32) if 1 / top <= t <= top]
    axes.set_yscale("log")
    axes.set_ylim(1 / top, top)
    axes.set_yticks(ticks, [f"{t:g}" for t in ticks])
    axes.minorticks_off()
    axes.axhline(1, color="#555", lw=0.7)


def _end(figure: Figure, axes: Axes, change: date) -> str:
    axes.axvline(change, color=_FITTED, lw=1, ls=":")  # type: ignore[arg-type]  # matplotlib takes dates
    axes.legend(loc="upper left", ncols=4, frameon=False, fontsize=8.5)
    held = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "seamwatch"}):
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None})
    drawn = held.getvalue()
    return drawn[drawn.index("<svg") :]
