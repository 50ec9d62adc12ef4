"""What a change did, measured on invented changes, and the worked study of 16 October 2017.

    python -m benchmarks.effect.run [--tables 60]

Writes table.md and, where ../shared is, study.html.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from benchmarks.effect import simulated, study
from seamwatch.assess.effect.interrupted import Interrupted
from seamwatch.assess.effect.page import Said, cannot, effect_html
from seamwatch.assess.effect.synthetic import Synthetic

HERE = Path(__file__).parent


def study_row(said: Said) -> str:
    """One line of the study's table."""
    effect = said.effect
    seen = effect.seen
    cells = [said.title, f"{seen.days}", f"{seen.after[0]} / {seen.before[0]}"]
    if isinstance(effect.series, Interrupted):
        low, best, high = effect.series.fit.ratio
        cells.append(f"{best:.2f} ({low:.2f}–{high:.2f}); placebo dates p {effect.series.placebo_dates.p:.2f}")
    else:
        cells.append("refused: " + effect.series.reasons[0])
    if isinstance(effect.control, Synthetic):
        low, best, high = effect.control.ratio
        cells.append(
            f"{best:.2f} ({low:.2f}–{_bound(high)}); placebo areas p {effect.control.placebo_areas.p:.2f}, dates p "
            f"{effect.control.placebo_dates.p:.2f}; fit {effect.control.fit:.0%}"
        )
    else:
        cells.append("refused: " + effect.control.reasons[0])
    return "| " + " | ".join(cells) + " |"


def _bound(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "∞"


def main() -> None:
    """Write the table and the study."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=60)
    args = parser.parse_args()
    lines = []
    if study.EVENTS.exists():
        source, _, disputed = study.load()
        said = study.studies(source, disputed)
        names, counts = study.months(source, disputed)
        lines += [
            "| change | days after | events after / before | interrupted series (95 %) | synthetic control (90 %) |",
            "|---" * 5 + "|",
            *map(study_row, said),
            "\n| events | " + " | ".join(counts) + " |",
            "|---" * (1 + len(counts)) + "|",
        ]
        lines += [
            f"| {name} | " + " | ".join(str(column[n]) for column in counts.values()) + " |"
            for n, name in enumerate(names)
        ]
        last = (
            "<section><h2>The campaigns that confound it</h2><p>Shaded: the campaigns for Mosul (17 October 2016 to "
            "10 July 2017), Tel Afar (20 to 31 August 2017) and Hawija (from 21 September 2017, the main operations "
            "over by about 11 October). Dotted: 16 October 2017.</p><figure>"
            f"{study.campaigns_plot(names, counts)}</figure></section>"
        )
        title = "What did 16 October 2017 do? A worked study, and what it cannot tell"
        (HERE / "study.html").write_text(effect_html(said, title, study.FIRST, last), "utf-8")
        lines += ["", f"Refused by the rules: {sum(len(cannot(one.effect)) for one in said)} of {2 * len(said)}.", ""]
    else:
        lines += [f"Study: SKIPPED, {study.EVENTS.name} is not there.", ""]
    lines += [
        "| invented changes | true ratio | reckoned | median ratio | model's interval holds it | placebos' holds it "
        "| p of the model ≤ 0.05 | p of the rank ≤ 0.1 |",
        "|---" * 8 + "|",
    ]
    for times in (1.0, 0.5, 2.0) if args.tables else ():
        lines += simulated.rows(times, args.tables)
    text = "\n".join(lines)
    print(text)
    (HERE / "table.md").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
