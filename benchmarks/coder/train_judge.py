"""Learns the coefficients of `seamwatch.code.judge` and says how well they hold on reports that they did not see.

.venv/bin/python -m benchmarks.coder.train_judge

Logistic regression with a ridge on every incident that the rules draft for the readable development reports, our
own, the invented texts of `benchmarks/kinds` (at half weight) and the whole reports of `tests/code/tables`; an
incident is one where the scorer of record aligns it with a gold one. Five folds by report tell how it holds, the check
fifth tells again. Deterministic. Needs ../shared.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse

from benchmarks.development import Gold, data_hash, development_reports, own_reports, scorer, write_measured
from benchmarks.kinds.invented import invented
from seamwatch.code.assembly import assemble
from seamwatch.code.drafts import draft
from seamwatch.code.features import Row, of_incident, seen
from seamwatch.code.judge import LIKELY
from seamwatch.code.mentions import find_mentions
from seamwatch.code.reading import read
from seamwatch.code.scene import settle
from seamwatch.model import Coding, Report, make_report
from seamwatch.packs import load_pack
from seamwatch.place import place_coding
from seamwatch.single import open_gazetteer
from seamwatch.wire import codebook_coding

PACK_FILE = Path(__file__).parents[2] / "src" / "seamwatch" / "packs" / "iraq" / "judge.toml"
PAGE = Path(__file__).with_name("judge.md")
TABLES = Path(__file__).parents[2] / "tests" / "code" / "tables"
TABLE_DAY = date(2020, 6, 17)  # of the reports in the tables
RIDGE = 2.0
FOLDS = 5
SEEN_OFTEN = 3  # incidents that must show a feature for it to have a coefficient
SMALL = 0.03  # coefficients below it are left out
INVENTED = 0.5  # weight of an invented text


@dataclass(frozen=True, slots=True)
class Drafted:
    """One incident that the rules drafted: of which report, what the reader sees of it, whether it is one."""

    report: str
    quiet: bool  # whether the report has no incident
    row: Row
    right: bool
    weight: float = 1.0


def _rows(report: Report) -> tuple[list[Row], Coding]:
    pack = load_pack()
    document = read(report, pack)
    mentions = settle(document, find_mentions(document))
    built = assemble(document, mentions)
    view = seen(document, mentions, built)
    coding = Coding(report.id, "rules", tuple(draft(document, b, k) for k, b in enumerate(built)), (), ())
    return [of_incident(view, b) for b in built], place_coding(coding, report, open_gazetteer(pack))


def drafted(reports: Iterable[Gold]) -> list[Drafted]:
    """What the rules draft, and whether the scorer aligns it with a gold incident."""
    score = scorer()
    found: list[Drafted] = []
    for one in reports:
        rows, coding = _rows(one.report)
        gold = score.parse_report(one.line, True).incidents
        ours = score.parse_report(codebook_coding(coding, one.report), False).incidents
        aligned = {id(p) for g, p in score.align(gold, ours) if g is not None and p is not None}
        found += [Drafted(one.report.name, not gold, row, id(p) in aligned) for row, p in zip(rows, ours, strict=True)]
    return found


def made_up() -> list[Drafted]:
    """The same of the invented texts: right where the text has an incident."""
    found: list[Drafted] = []
    for one in invented():
        rows, _ = _rows(one.report)
        found += [Drafted(one.template, not one.kind, row, bool(one.kind), INVENTED) for row in rows]
    return found


def tabled() -> list[Drafted]:
    """The same of the tables of whole reports, quiet or telling, in three languages."""
    found: list[Drafted] = []
    for lang in ("en", "ar", "ckb"):
        lines = (TABLES / f"quiet_{lang}.txt").read_text("utf-8").splitlines()
        for at, line in enumerate(line for line in lines if line and not line.startswith("#")):
            verdict, title, text = line.removeprefix("?").split("\t")
            body, name = text.replace(" ¶ ", "\n\n"), f"{lang}-{at}"
            report = make_report(
                title, body, lang=lang, day=TABLE_DAY, source="agency", source_kind="news", external_id=name
            )
            rows, _ = _rows(report)
            found += [Drafted(name, verdict == "quiet", row, verdict != "quiet") for row in rows]
    return found


def learn(told: Sequence[Drafted]) -> dict[str, float]:
    """Coefficients by feature; "always" is the intercept."""
    counts = Counter(name for one in told for name in one.row)
    names = sorted(name for name, count in counts.items() if count >= SEEN_OFTEN)
    column = {name: at for at, name in enumerate(names)}
    cells = [(at, column[name]) for at, one in enumerate(told) for name in sorted(one.row) if name in column]
    shape = (len(told), len(names))
    x = scipy.sparse.csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape)
    y = np.array([one.right for one in told], float)
    share = np.array([one.weight for one in told])

    def loss(w: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        z = x @ w[1:] + w[0]
        slope = share * (1 / (1 + np.exp(-z)) - y)
        value = float(np.sum(share * (np.logaddexp(0, z) - y * z)) + 0.5 * RIDGE * np.sum(w[1:] ** 2))
        return value, np.concatenate([[slope.sum()], x.T @ slope + RIDGE * w[1:]])

    found = scipy.optimize.minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    kept = {name: round(float(w), 2) for name, w in zip(names, found[1:], strict=True) if abs(w) >= SMALL}
    return {"always": round(float(found[0]), 2)} | kept


def left_quiet(weights: Mapping[str, float], told: Sequence[Drafted]) -> set[str]:
    """The reports none of whose incidents is likely."""
    best: dict[str, float] = {}
    for one in told:
        score = weights["always"] + sum(weights.get(name, 0.0) for name in one.row)
        best[one.report] = max(best.get(one.report, 0.0), float(1 / (1 + np.exp(-score))))
    return {name for name, chance in best.items() if chance < LIKELY}


def _line(what: str, told: Sequence[Drafted], quiet: set[str]) -> str:
    loud = {one.report for one in told if one.quiet}
    telling = {one.report for one in told if not one.quiet}
    return f"| {what} | {len(loud)} | {len(loud - quiet)} | {len(telling)} | {len(telling & quiet)} |"


def main() -> None:
    """Learn, measure, write the pack's file and the card."""
    everything = development_reports()
    told = drafted([g for g in everything if not g.held_out] + own_reports())
    fresh = drafted([g for g in everything if g.held_out])
    extra = made_up() + tabled()
    fold = [int(hashlib.sha256(one.report.encode()).hexdigest(), 16) % FOLDS for one in told]
    quiet: set[str] = set()
    for k in range(FOLDS):
        weights = learn([one for one, f in zip(told, fold, strict=True) if f != k] + extra)
        quiet |= left_quiet(weights, [one for one, f in zip(told, fold, strict=True) if f == k])
    weights = learn(told + extra)
    lines = "\n".join(f'"{name}" = {weight}' for name, weight in sorted(weights.items()))
    PACK_FILE.write_text(
        "# Coefficients of the reader of whole reports (code/judge.py), learned by benchmarks/coder/train_judge.py\n"
        f"# from the development reports ({data_hash()[:12]}), our own and benchmarks/kinds. Do not edit by hand.\n"
        f"[weights]\n{lines}\n",
        "utf-8",
    )
    table = "\n".join(
        [
            "| reports | quiet ones coded by the rules | still coded | telling ones coded by the rules | lost |",
            "|---|---:|---:|---:|---:|",
            _line("five folds", told, quiet),
            _line("check fifth", fresh, left_quiet(weights, fresh)),
        ]
    )
    write_measured(PAGE, f"{table}\n\n{len(weights)} coefficients.")
    print(table, len(weights))


if __name__ == "__main__":
    main()
