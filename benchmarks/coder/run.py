"""Code a file of gold reports and call the scorer of record.

    python benchmarks/coder/run.py REPORTS.jsonl [--lang en] [--scorer ../shared/score/score_incidents.py] [--errors N]

REPORTS hold "gold" codings. Places are looked up by `seamwatch.place`, as `seamwatch code` does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seamwatch.clock import parse_published
from seamwatch.code import code_report
from seamwatch.model import Coding, Report, make_report
from seamwatch.packs import load_pack
from seamwatch.place import Gazetteer, place_coding
from seamwatch.wire import codebook_coding

SCORER = Path(__file__).parents[2] / "../shared/score/score_incidents.py"


def report_of(raw: dict[str, Any]) -> Report:
    """One gold line as a report, without its gold."""
    published, day, precision = parse_published(raw.get("published"))
    return make_report(
        raw["title"],
        raw["text"],
        source=raw.get("source") or "",
        source_kind=raw.get("source_kind"),
        published=published,
        published_precision=precision,
        day=day,
        lang=raw.get("lang"),
        external_id=raw["id"],
    )


Placer = Callable[[Coding, Report], Coding]


def locator() -> Placer:
    """Looks places up, as `seamwatch code` does."""
    gazetteer = Gazetteer.open(load_pack())
    return lambda coding, report: place_coding(coding, report, gazetteer)


def main(place: Placer | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--lang", default=None)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None, help="write the predictions here")
    args = parser.parse_args()
    pack = load_pack()
    lines = [json.loads(line) for line in args.reports.read_text("utf-8").splitlines() if line.strip()]
    lines = [line for line in lines if args.lang in (None, line["lang"])]
    place = place or locator()
    reports = [report_of(line) for line in lines]
    if reports:
        code_report(reports[0], pack)  # load the lexicon before the clock starts
    start = time.process_time()
    codings = [code_report(report, pack) for report in reports]
    spent = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder) / "gold.jsonl", args.keep or Path(folder) / "pred.jsonl"
        gold.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        coded = [codebook_coding(place(c, r), r) for c, r in zip(codings, reports, strict=True)]
        pred.write_text("".join(json.dumps(dict(line), ensure_ascii=False) + "\n" for line in coded), "utf-8")
        command = [sys.executable, str(args.scorer), str(gold), str(pred)]
        command += ["--errors", str(args.errors)] if args.errors else ["--by", "lang"]
        subprocess.run(command, check=True)
    print(f"\n{len(reports)} reports coded in {spent:.2f} s: {1000 * spent / max(1, len(reports)):.1f} ms each")


if __name__ == "__main__":
    main()
