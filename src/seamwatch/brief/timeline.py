"""Attacks by week as two rows of bars: armed forces above, villagers and other civilians below."""

from __future__ import annotations

from seamwatch.brief.canvas import figure, finish
from seamwatch.brief.style import load_style
from seamwatch.brief.view import BriefView, Week
from seamwatch.brief.words import Words

WIDTH, ROW, FOOT, HEAD, SIDE = 720.0, 92.0, 24.0, 22.0, 8.0  # pixels
INK, MUTED, BEFORE = "#1d2327", "#565f66", "#f1efe9"
MOST_LABELS = 14


def draw_timeline(view: BriefView, words: Words) -> str:
    """The time line as SVG: it runs from left to right in English, from right to left in Arabic and Sorani."""
    height = 2 * ROW + FOOT
    weeks = view.weeks
    most = max((w.attacks[g] for w in weeks for g in ("forces", "civilians")), default=0)
    with figure("time", WIDTH, height) as drawn:
        for row, group in enumerate(("forces", "civilians")):
            bottom = FOOT + (1 - row) * ROW
            box = (SIDE / WIDTH, bottom / height, 1 - 2 * SIDE / WIDTH, (ROW - HEAD) / height)
            axes = drawn.add_axes(box)
            _row(axes, weeks, group, max(most, 1), words)
            axes.tick_params(axis="x", labelbottom=row == 1)
            side = 1 - SIDE / WIDTH if words.rtl else SIDE / WIDTH
            drawn.text(
                side,
                (bottom + ROW - HEAD + 6) / height,
                words(f"time_{group}"),
                fontsize=11.5,
                fontweight="bold",
                color=load_style().groups[group],
                ha="right" if words.rtl else "left",
            )
        counts = {
            (g, c.now, c.before) for c in view.comparisons for g in ("forces", "civilians") if c.what == f"attacks_{g}"
        }
        fill = {k: v for g, now, before in counts for k, v in ((g, now), (f"{g}_before", before))}
        a, b = (words.day(weeks[i].sunday) for i in (0, -1))
        return finish(drawn, "time", words("time_title"), words("time_desc", a=a, b=b, **fill), {})


def _row(axes: object, weeks: tuple[Week, ...], group: str, most: int, words: Words) -> None:
    from matplotlib.axes import Axes

    assert isinstance(axes, Axes)  # noqa: S101
    colour = load_style().groups[group]
    at = range(len(weeks))
    start = next((i for i, w in enumerate(weeks) if w.inside), len(weeks))
    axes.axvspan(-0.5, start - 0.5, facecolor=BEFORE, linewidth=0, zorder=0)
    heights = [w.attacks[group] for w in weeks]
    shades = [1.0 if w.inside else 0.45 for w in weeks]
    bars = axes.bar(at, heights, width=0.72, color=colour, zorder=2)
    for bar, shade, count in zip(bars, shades, heights, strict=True):
        bar.set_alpha(shade)
        if count and len(weeks) <= 60:
            middle = bar.get_x() + bar.get_width() / 2
            axes.text(middle, count + most * 0.04, str(count), fontsize=9.5, color=INK, ha="center", va="baseline")
    axes.set(xlim=(-0.5, len(weeks) - 0.5), ylim=(0, most * 1.25), yticks=[], facecolor="none")
    if words.rtl:
        axes.invert_xaxis()
    for name, spine in axes.spines.items():
        spine.set(visible=name == "bottom", color=MUTED, linewidth=0.8)
    step = -(-len(weeks) // MOST_LABELS)
    ticks = [i for i in at if (len(weeks) - 1 - i) % step == 0]
    axes.set_xticks(ticks, [words.tick(weeks[i].sunday) for i in ticks])
    axes.tick_params(axis="x", length=3, labelsize=9.5, labelcolor=MUTED, color=MUTED)
    for x, key, inside in ((start - 0.6, "time_before", False), (start - 0.4, "time_period", True)):
        if group == "forces" and 0 < start < len(weeks):
            align = "right" if inside == words.rtl else "left"
            axes.text(x, most * 1.27, words(key), fontsize=9.5, color=MUTED, ha=align, va="bottom")
