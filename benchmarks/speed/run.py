"""How fast reports are coded and kept: one core, then a node. Writes its table to README.md beside it.

python -m benchmarks.speed.run [--quick]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.speed.invented import invented_reports
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place

HERE = Path(__file__).parent


def coding(count: int, words: int) -> tuple[float, float]:
    """Seconds for ``count`` reports of ``words`` words on one core, and reports a second; set-up left out."""
    pack = load_pack()
    code_and_place(invented_reports(1, 40, seed=1)[0], pack)
    reports = invented_reports(count, words)
    start = time.process_time()
    for report in reports:
        code_and_place(report, pack)
    seconds = time.process_time() - start
    return seconds, count / seconds


def importing(count: int, words: int, jobs: int) -> tuple[float, float]:
    """Wall seconds of `seamwatch watch` on ``count`` reports into a new node, and its peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        lines = (
            {"id": r.id, "title": r.title, "text": r.text, "source": r.source, "published": str(r.day)}
            for r in invented_reports(count, words, seed=11)
        )
        source = Path(folder, "in")
        source.mkdir()
        (source / "reports.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [sys.executable, "-m", "seamwatch", "watch", str(source), "--node", str(Path(folder, "n.sqlite"))]
        start = time.perf_counter()
        subprocess.run([*command, "--jobs", str(jobs)], check=True, capture_output=True)
        seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Run and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the reports")
    share = 10 if parser.parse_args().quick else 1
    rows = []
    for words in (40, 300):
        seconds, rate = coding(1000 // share if words == 40 else 100, words)
        rows.append(
            (f"code and place, {words} words, one core", f"{rate:,.0f} reports/s", f"{1000 / rate:.1f} ms each")
        )
    for jobs in (1, 2):
        seconds, peak = importing(10_000 // share, 40, jobs)
        what = f"`watch`: {10_000 // share:,} short reports into a node, --jobs {jobs}"
        rows.append((what, f"{seconds:.1f} s", f"{peak:,.0f} MB peak"))
    table = "\n".join(f"| {a} | {b} | {c} |" for a, b, c in rows)
    text = (
        "# Speed\n\nMade by `python -m benchmarks.speed.run` on invented reports (`invented.py`). Machines are shared "
        f"and noisy: read these as orders of size.\nPython {platform.python_version()}, {platform.machine()}.\n\n"
        f"| what | result | |\n|---|---|---|\n{table}\n"
    )
    print(text)
    if share == 1:
        HERE.joinpath("README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
