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
from seamwatch.single import Rules, code_and_place

HERE = Path(__file__).parent


def coding(count: int, words: int, *, fast: bool = False) -> tuple[float, float]:
    """Seconds for ``count`` reports of ``words`` words on one core, and reports a second; set-up left out."""
    pack, coder = load_pack(), Rules(fast)
    code_and_place(invented_reports(1, 40, seed=1)[0], pack, coder)
    reports = invented_reports(count, words)
    start = time.process_time()
    for report in reports:
        code_and_place(report, pack, coder)
    seconds = time.process_time() - start
    return seconds, count / seconds


def coding_file(count: int, words: int, jobs: int) -> tuple[float, float]:
    """Wall seconds of `seamwatch code` on ``count`` reports, and the peak memory of its largest process in MB."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reports.jsonl")
        _write(source, count, words, seed=3)
        command = [sys.executable, "-m", "seamwatch", "code", str(source), "-o", str(Path(folder, "out.jsonl"))]
        start = time.perf_counter()
        subprocess.run([*command, "--jobs", str(jobs)], check=True, capture_output=True)
        seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _write(path: Path, count: int, words: int, seed: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for at in range(0, count, 5000):
            for r in invented_reports(min(5000, count - at), words, seed=seed + at):
                line = {"id": r.id, "title": r.title, "text": r.text, "source": r.source, "published": str(r.day)}
                out.write(json.dumps(line) + "\n")


def importing(count: int, words: int, jobs: int) -> tuple[float, float]:
    """Wall seconds of `seamwatch watch` on ``count`` reports into a new node, and its peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.mkdir()
        _write(source / "reports.jsonl", count, words, seed=11)
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
    for words, fast in ((40, False), (300, False), (300, True)):
        _, rate = coding(1000 // share if words == 40 else 100, words, fast=fast)
        what = f"code and place, {words} words, one core, {'fast' if fast else 'full'}"
        rows.append((what, f"{rate:,.0f} reports/s", f"{1000 / rate:.1f} ms each"))
    count = 100_000 // share
    seconds, peak = coding_file(count, 60, 2)
    rows.append((f"`code --jobs 2`: {count:,} reports of 60 words", f"{seconds:.1f} s", f"{peak:,.0f} MB peak"))
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
