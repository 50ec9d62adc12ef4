"""How fast the node remembers: durable appends a second, and 10,000 reports with their codings. Writes README.md.

    python benchmarks/ledger/run.py

Everything is written to a new file in a temporary folder beside this one (a memory disk would flatter the figures).
"""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from seamwatch.ledger import NewEntry, Node, coding_entry, report_entry, verify
from seamwatch.model import (
    Claim,
    Coding,
    Count,
    DateSpan,
    Draft,
    Figure,
    Incident,
    Place,
    PlaceMention,
    Record,
    Report,
    Span,
    Statement,
    make_report,
)

HERE = Path(__file__).parent
REPORTS, SINGLES, NOTES, BATCH = 10_000, 1_000, 20_000, 1_000
SENTENCE = "Militants attacked a post near the village at night; three soldiers were killed and two wounded. "


def a_report(i: int) -> Report:
    """An invented short report of some 150 words, one in three in Arabic letters."""
    text = SENTENCE * 9 if i % 3 else "هاجم مسلحون نقطة قرب القرية ليلا وقتل ثلاثة جنود. " * 15
    return make_report(f"Attack {i}", text, source=f"desk {i % 7}", day=date(2020, 1, 1) + timedelta(days=i % 900))


def a_coding(report: Report) -> Coding:
    """What a coder makes of it: one incident with ten claims, each with its words, and a statement."""
    words = (Span("text", 0, 9, "Militants", "actor"),)
    day = report.day or date(2020, 1, 1)
    draft = Draft(
        report.id,
        0,
        Claim("armed_clash", words),
        date=Claim(DateSpan(day, day + timedelta(days=1), "night"), words),
        place=Claim(PlaceMention("the village", "near", within=("Daquq",)), words),
        initiator=(Claim("militants", words),),
        target=(Claim("iraqi_army", words),),
        toll=tuple(Claim(Count("forces", o, Figure.exactly(3)), words) for o in ("killed", "wounded")),
        means=(Claim("small_arms", words), Claim("vehicles", words)),
        duration_minutes=Claim(60, words),
        location=Place("the village", "resolved", 35.14, 44.45 + day.day / 100, 6.0, "near", "IQ", "Kirkuk", "Daquq"),
    )
    said = Statement(report.id, "warning", "mayor", "district council", "more attacks", words)
    return Coding(report.id, "bench 1", (draft,), (said,))


def an_incident(coding: Coding) -> Incident:
    """The incident of one draft."""
    draft = coding.drafts[0]
    when = draft.date.value if draft.date else None
    return Incident(f"i-{draft.key}", (draft.key,), Record(draft.type.value, when, draft.location), sources=("desk",))


def seconds(act: Callable[[], object]) -> float:
    """How long one act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(folder: Path) -> list[tuple[str, str]]:
    """The table's rows."""
    rows: list[tuple[str, str]] = []
    notes = [NewEntry("note", f"{i}", {"text": "x" * 300, "i": i}) for i in range(max(SINGLES, NOTES))]
    with Node.open(folder / "notes.sqlite") as node:
        rates = []
        for start in range(0, SINGLES, SINGLES // 5):
            some = notes[start : start + SINGLES // 5]
            rates.append(len(some) / seconds(lambda some=some: [node.append([note]) for note in some]))  # type: ignore[misc]
        rates.sort()
        what = "durable single appends (0.5 KB each, one transaction each), least to most of 5 rounds"
        rows.append((what, f"{rates[0]:,.0f} to {rates[-1]:,.0f} a second"))
        took = seconds(lambda: [node.append(notes[i : i + BATCH]) for i in range(0, NOTES, BATCH)])
        rows.append((f"durable batch appends ({BATCH:,} a transaction)", f"{NOTES / took:,.0f} a second"))
    reports = [a_report(i) for i in range(REPORTS)]
    codings = [a_coding(r) for r in reports]
    path = folder / "reports.sqlite"
    with Node.open(path) as node:
        parts = [slice(i, i + BATCH) for i in range(0, REPORTS, BATCH)]
        first = seconds(lambda: [node.append([report_entry(r) for r in reports[p]]) for p in parts])
        second = seconds(lambda: [node.append([coding_entry(c) for c in codings[p]]) for p in parts])
        rows.append((f"{REPORTS:,} reports in", f"{first:.1f} s"))
        rows.append((f"{REPORTS:,} codings in", f"{second:.1f} s"))
        took = seconds(lambda: [node.append([coding_entry(c) for c in codings[p]]) for p in parts])
        rows.append((f"the same {REPORTS:,} codings again (nothing is appended)", f"{took:.1f} s"))
        incidents = [an_incident(c) for c in codings]
        rows.append((f"{REPORTS:,} incidents put", f"{seconds(lambda: node.put_incidents(incidents)):.1f} s"))
        took = seconds(lambda: node.known(r.id for r in reports))
        rows.append((f"which of {REPORTS:,} reports are known", f"{took * 1000:.0f} ms"))
        rows.append((f"{REPORTS:,} reports with texts out", f"{seconds(node.reports):.1f} s"))
        rows.append((f"{REPORTS:,} codings out", f"{seconds(node.codings):.1f} s"))
        rows.append((f"{REPORTS:,} incidents out", f"{seconds(node.incidents):.1f} s"))
        rows.append(("views rebuilt", f"{seconds(node.rebuild):.1f} s"))
    rows.append((f"all {2 * REPORTS:,} entries and the views verified", f"{seconds(lambda: verify(path)):.1f} s"))
    rows.append(("size of the file", f"{path.stat().st_size / 1e6:.0f} MB"))
    return rows


def main() -> None:
    """Measure, print and write the table."""
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        rows = measure(Path(folder))
    table = "\n".join(["| what | figure |", "|---|---:|", *(f"| {what} | {figure} |" for what, figure in rows)])
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    machine = (
        f"{os.cpu_count()} cores (load {load}), Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    text = f"""# How fast the node remembers

`python benchmarks/ledger/run.py` writes this page. Last run on {machine}.
One process; `synchronous=FULL`, so a single append is one `fdatasync`
and the disk's own time. Reports have some 150 words; a coding has one incident of ten claims with their words.

{table}
"""
    (HERE / "README.md").write_text(text, "utf-8")
    print(table)


if __name__ == "__main__":
    main()
