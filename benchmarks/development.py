"""The development reports and the scorer of record, for benchmarks, the gate and training. Needs ../shared."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from seamwatch.errors import ConfigError
from seamwatch.model import Coding, Report
from seamwatch.read import read_jsonl
from seamwatch.wire import codebook_coding

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
OWN = ("own_reports.jsonl", "own_reports_ar_ckb.jsonl", "own_reports_2.jsonl", "own_reports_2_ar_ckb.jsonl")
FILES = ("real_reports.jsonl", "dev_reports.jsonl")
LANGUAGES = ("en", "ar", "ckb")
CHECK_FIFTH = 5
ROTATED = 1  # how often half of what was left of the check set was set free to be read (twice at most)


def in_check_fifth(name: str) -> bool:
    """Whether a report's id falls into the part of the fifth that is still counted and never read."""
    fifth, rest = divmod(int(hashlib.sha256(name.encode()).hexdigest(), 16), CHECK_FIFTH)[::-1]
    return fifth == 0 and rest % 2**ROTATED == 0


@dataclass(frozen=True, slots=True)
class Gold:
    """A development report and its line with the gold codes."""

    report: Report
    line: dict[str, Any]

    @property
    def held_out(self) -> bool:
        """Whether it is of the check set, by hash of the id; never the story that ships as the sample."""
        return in_check_fifth(self.report.name) and not self.line.get("story")


def development_reports() -> list[Gold]:
    """All of them, in file order. Raises ConfigError where ../shared is absent."""
    found: list[Gold] = []
    for name in FILES:
        path = SHARED / "reports" / name
        if not path.exists():
            raise ConfigError("no development reports", where=f"../shared/reports/{name}", rule="this needs ../shared")
        lines = [line for line in path.read_text("utf-8").splitlines() if line]
        reports = [report for report in read_jsonl(lines, name) if isinstance(report, Report)]
        found += [Gold(report, json.loads(line)) for report, line in zip(reports, lines, strict=True)]
    return found


def own_reports() -> list[Gold]:
    """Reports invented for this project and coded by hand before the coder saw them (`coder/SOURCE.md`)."""
    found: list[Gold] = []
    for name in OWN:
        lines = [line for line in (HERE / "coder" / name).read_text("utf-8").splitlines() if line]
        reports = [report for report in read_jsonl(lines, name) if isinstance(report, Report)]
        found += [Gold(report, json.loads(line)) for report, line in zip(reports, lines, strict=True)]
    return found


def data_hash() -> str:
    """SHA-256 over the development reports, file by file."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((SHARED / "reports" / name).read_bytes())
    return digest.hexdigest()


@functools.cache
def scorer() -> ModuleType:
    """The scorer of record. Raises ConfigError where ../shared is absent."""
    path = SHARED / "score" / "score_incidents.py"
    spec = importlib.util.spec_from_file_location("score_incidents", path) if path.exists() else None
    if spec is None or spec.loader is None:
        raise ConfigError("no scorer", where="../shared/score/score_incidents.py", rule="this needs ../shared")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_incidents"] = module
    spec.loader.exec_module(module)
    return module


def figures(coded: Iterable[tuple[Gold, Coding]]) -> dict[str, float]:
    """The scorer's headline figures, over all languages and by each, and the share of quiet reports that got none."""
    score = scorer()
    gold, pred, language = {}, {}, {}
    for one, coding in coded:
        name = one.report.name
        gold[name] = score.parse_report(one.line, True)
        pred[name] = score.parse_report(codebook_coding(coding, one.report), False)
        language[name] = one.line["lang"]
    values = score.main_values(score.score(gold, pred))
    found = {name: values[name] for name in _WANTED}
    quiet = [name for name, report in gold.items() if not report.incidents]
    if quiet:
        found["quiet_left_quiet"] = sum(not pred[name].incidents for name in quiet) / len(quiet)
    for lang in LANGUAGES:
        part = [{n: r for n, r in side.items() if language[n] == lang} for side in (gold, pred)]
        if part[0]:
            found[f"incident_score.{lang}"] = score.score(*part)["incident_score"]
    return found


_WANTED = (
    *("incident_score", "relevance", "detection", "detection_type", "date_all", "place_all", "initiator", "target"),
    *("toll_exact", "means", "statements"),
)


def write_measured(page: Path, text: str) -> None:
    """Put a table between the marks of a page whose other words people write."""
    before, _, rest = page.read_text("utf-8").partition("<!-- measured -->")
    _, _, after = rest.partition("<!-- end -->")
    page.write_text(f"{before}<!-- measured -->\n{text}\n<!-- end -->{after}", "utf-8")


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def table(rows: Sequence[tuple[str, dict[str, float]]]) -> str:
    """Figures as a Markdown table, one row a figure, one column a setting."""
    names = list(dict.fromkeys(name for _, values in rows for name in values))
    lines = ["| figure | " + " | ".join(what for what, _ in rows) + " |", "|---|" + "---:|" * len(rows)]
    for name in names:
        cells = (_cell(values.get(name)) for _, values in rows)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
