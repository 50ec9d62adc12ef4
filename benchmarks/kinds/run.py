"""Invented English texts with and without an incident: how many quiet ones stay quiet, which types are found.

python -m benchmarks.kinds.run

Breadth of wording, not the mix of real reports: read it by row. Needs nothing from outside. Writes README.md beside it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.kinds.invented import invented
from seamwatch.packs import load_pack
from seamwatch.single import Rules, code_and_place


def main() -> None:
    """Run and write the table."""
    pack = load_pack()
    told: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    loud: Counter[str] = Counter()
    for one in invented():
        kinds = [d.type.value for d in code_and_place(one.report, pack, Rules(alone=True)).drafts]
        told[one.kind] += 1
        found[one.kind] += bool(kinds)
        right[one.kind] += kinds == [one.kind]
        if kinds and not one.kind:
            loud[one.template.split("|")[0] or one.template[:60]] += 1
    rows = [f"| {kind} | {told[kind]} | {found[kind]} | {right[kind]} |" for kind in sorted(told) if kind]
    total = sum(n for kind, n in told.items() if kind)
    text = (
        "# Invented texts with and without an incident\n\nMade by `python -m benchmarks.kinds.run`: every template of "
        "`quiet.txt` and `incidents.txt` filled three times, coded by the rules alone.\n\n"
        f"Quiet texts on which an incident was opened: **{found['']} of {told['']}**.\n\n"
        "| type | texts | found | one incident of the right type |\n|---|---:|---:|---:|\n"
        + "\n".join(rows)
        + f"\n| all | {total} | {sum(found.values()) - found['']} | {sum(right.values()) - right['']} |\n\n"
        + "Quiet kinds that were not left quiet: "
        + "; ".join(sorted(loud))
        + ".\n"
    )
    print(text)
    Path(__file__).with_name("README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
