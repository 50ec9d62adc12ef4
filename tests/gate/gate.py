"""The gate: quality figures against pinned floors, on data whose hash is pinned with them.

    make gate                              prints each figure, its floor and the delta
    python tests/gate/gate.py --raise      lifts each floor to 0.01 below the figure just measured; never lowers one

A floor is lowered only by editing floors.json by hand, in a change that says why. Where ../shared is absent nothing can
be measured: that is said, and is no pass.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from seamwatch.model import Report
from seamwatch.packs import load_pack
from seamwatch.single import code_and_place
from seamwatch.read import read_jsonl
from seamwatch.wire import codebook_coding

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SHARED = HERE.parents[2] / "shared"
FILES = ("real_reports.jsonl", "dev_reports.jsonl")
LANGUAGES = ("en", "ar", "ckb")


def data_hash() -> str:
    """SHA-256 over the development reports, file by file."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((SHARED / "reports" / name).read_bytes())
    return digest.hexdigest()


def scorer() -> ModuleType:
    """The scorer of record."""
    spec = importlib.util.spec_from_file_location("score_incidents", SHARED / "score" / "score_incidents.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_incidents"] = module
    spec.loader.exec_module(module)
    return module


def measure() -> dict[str, float]:
    """All gated figures on all development reports: by language, then over all of them."""
    score = scorer()
    pack = load_pack()
    gold_lines = [line for f in FILES for line in (SHARED / "reports" / f).read_text("utf-8").splitlines() if line]
    predicted = [
        json.dumps(codebook_coding(code_and_place(r, pack), r), ensure_ascii=False)
        for r in read_jsonl(gold_lines, "development reports")
        if isinstance(r, Report)
    ]
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder, "gold.jsonl"), Path(folder, "pred.jsonl")
        for path, lines in zip(paths, (gold_lines, predicted), strict=True):
            path.write_text("\n".join(lines), "utf-8")
        gold, coded = score.load_reports(paths[0]), score.load_reports(paths[1], gold=False)
    language = {json.loads(line)["id"]: json.loads(line)["lang"] for line in gold_lines}
    figures: dict[str, float] = {}
    for lang in LANGUAGES:
        part = [{k: r for k, r in side.items() if language[k] == lang} for side in (gold, coded)]
        figures[f"incident_score.{lang}"] = score.score(*part)["incident_score"]
    values: dict[str, Any] = score.main_values(score.score(gold, coded))
    figures |= {k: values[k] for k in ("relevance", "detection_type", "place_all", "toll_exact", "statements")}
    quiet = [k for k, r in gold.items() if not r.incidents]
    figures["quiet_reports_left_quiet"] = sum(not coded[k].incidents for k in quiet) / len(quiet)
    return figures


def main() -> int:
    """Print the table; exit 1 where a figure is below its floor or nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift floors to just below what was measured")
    lift = parser.parse_args().lift
    if not SHARED.exists():
        print("gate: ../shared is absent, so nothing was measured (this is no pass)")
        return 1
    pinned = json.loads(FLOORS.read_text("utf-8"))
    same = pinned["sha256"] == data_hash()
    print("" if same else "gate: the development reports are not those that the floors were pinned on\n", end="")
    floors: dict[str, float] = pinned["floors"]
    figures = measure()
    below = [name for name in floors if figures[name] < floors[name]]
    print(f"{'figure':<28}{'floor':>8}{'now':>8}{'delta':>8}")
    for name, value in figures.items():
        floor = floors.get(name, 0.0)
        print(f"{name:<28}{floor:>8.3f}{value:>8.3f}{value - floor:>+8.3f}{'  BELOW' if name in below else ''}")
    if lift:
        raised = {n: max(floors.get(n, 0.0), math.floor((v - 0.01) * 1000) / 1000) for n, v in figures.items()}
        FLOORS.write_text(json.dumps({"sha256": data_hash(), "floors": raised}, indent=2) + "\n", "utf-8")
    return 1 if below or not same else 0


if __name__ == "__main__":
    sys.exit(main())
