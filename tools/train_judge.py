"""Train the coder's learned readers on the development reports: `make train`.

    python tools/train_judge.py [--check]    # --check: leave the check set (a fifth, by hash of the id) out of training

Writes ``judge.json.gz`` into the pack and its card beside it (data, figures, limits). Deterministic. The figures on the
training reports are out of fold: each report is judged by models that saw neither it nor a report that
shares an incident with it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from seamwatch.code.assembly import Building, assemble
from seamwatch.code.coder import code_with
from seamwatch.code.features import Features, sentence_features, type_features
from seamwatch.code.judge import FILE, Judge
from seamwatch.code.kinds import decide
from seamwatch.code.mentions import Mention, find_mentions
from seamwatch.code.reading import Document, read
from seamwatch.model import Report
from seamwatch.packs import Pack, load_pack
from seamwatch.packs.loader import HOME
from seamwatch.single import open_gazetteer
from seamwatch.place import place_coding
from seamwatch.read import read_jsonl
from seamwatch.wire import codebook_coding

SHARED = Path(__file__).resolve().parents[2] / "shared"
FILES = ("real_reports.jsonl", "dev_reports.jsonl")
FOLDS, CHECK_FIFTH = 5, 5
STRENGTHS = {"opening": 0.15, "types": 0.3}  # inverse regularisation, chosen out of fold
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)
SEEN_IN = 4
SMALL = 0.003  # weights below this are left out of the file


@dataclass(frozen=True, slots=True)
class Example:
    """One development report: its gold line, what the rules see, and what the readers should say."""

    report: Report
    gold: dict[str, Any]
    group: str
    rows: list[Features]
    opens: list[bool]
    typed: list[tuple[Features, str]]


def in_check_set(name: str) -> bool:
    """A fifth of the reports, by hash of the id; the story that ships as the sample is never among them."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % CHECK_FIFTH == 0


def examples(pack: Pack) -> list[Example]:
    """All development reports, in file order."""
    found = []
    for name in FILES:
        lines = [line for line in (SHARED / "reports" / name).read_text("utf-8").splitlines() if line]
        reports = [r for r in read_jsonl(lines, name) if isinstance(r, Report)]
        found += [_example(r, json.loads(line), pack) for r, line in zip(reports, lines, strict=True)]
    return found


def _example(report: Report, gold: dict[str, Any], pack: Pack) -> Example:
    document = read(report, pack)
    mentions = find_mentions(document)
    built = assemble(document, mentions)
    rows = sentence_features(mentions, built)
    opened = opening_sentences(document, gold["gold"])
    by_index = {m.sentence.index: row for m, row in zip(mentions, rows, strict=True)}
    title = next((m.sentence.index for m in mentions if m.sentence.title), None)
    typed = []
    for index, kind in opened:
        building = _building_at(index, built, mentions)
        if building is not None:
            rule_type = decide(document, building)[0]
            typed.append((type_features(by_index, building, rule_type, title), kind))
    indices = {index for index, _ in opened}
    keys = gold.get("incident_keys") or [report.name]
    return Example(report, gold, keys[0], rows, [m.sentence.index in indices for m in mentions], typed)


def opening_sentences(document: Document, gold: dict[str, Any]) -> list[tuple[int, str]]:
    """For each gold incident the sentence that holds the first words of its type, and the type."""
    found = []
    for incident, words in zip(gold["incidents"], gold.get("evidence") or [], strict=False):
        for span in words.get("type") or []:
            at = next((s.index for s in document.sentences if not s.title and _holds(s, span["start"])), None)
            if at is not None:
                found.append((at, incident["type"]))
                break
    return found


def _holds(sentence: Any, at: int) -> bool:
    start, end = sentence.reading.folded.original(sentence.start, sentence.end)
    return bool(start <= at < end)


def _building_at(index: int, built: Sequence[Building], mentions: Sequence[Mention]) -> Building | None:
    """What the rules would build from a sentence: their own incident there, else one of this sentence alone."""
    for building in built:
        if building.first.sentence.index == index:
            return building
    mention = next(m for m in mentions if m.sentence.index == index)
    frames = mention.real or mention.frames
    return Building([mention], list(frames), list(mention.harms)) if frames else None


def train(data: Iterable[Example], open_at: float) -> Judge:
    """Both readers on some reports."""
    kept = list(data)
    known = _seen_often(kept)
    rows = [_pruned(row, known) for e in kept for row in e.rows]
    opens = [flag for e in kept for flag in e.opens]
    typed = [(_pruned(row, known), kind) for e in kept for row, kind in e.typed]
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTHS["opening"], max_iter=2000).fit(vectors.fit_transform(rows), opens)
    opening = _weights(vectors, model.coef_[0], model.intercept_[0])
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTHS["types"], max_iter=2000)
    model.fit(vectors.fit_transform([row for row, _ in typed]), [kind for _, kind in typed])
    pairs = zip(model.classes_, model.coef_, model.intercept_, strict=True)
    return Judge(opening, open_at, {str(kind): _weights(vectors, coef, bias) for kind, coef, bias in pairs})


def _seen_often(data: Iterable[Example]) -> set[str]:
    """Features of at least ``SEEN_IN`` reports: a word of fewer is a name or an accident."""
    counts = Counter(name for e in data for name in {name for row in e.rows for name in row})
    return {name for name, count in counts.items() if count >= SEEN_IN}


def _pruned(row: Features, known: set[str]) -> Features:
    return {name: value for name, value in row.items() if name.removeprefix("title: ") in known or not _is_word(name)}


def _is_word(name: str) -> bool:
    return name.removeprefix("title: ").startswith(("word ", "words "))


def _weights(vectors: DictVectorizer, coef: np.ndarray[Any, Any], bias: float) -> dict[str, float]:
    named = zip(vectors.get_feature_names_out(), coef, strict=True)
    kept = {str(name): round(float(w), 4) for name, w in named if abs(w) >= SMALL}
    return {"": round(float(bias), 4)} | dict(sorted(kept.items()))


def folds(data: Sequence[Example]) -> list[set[str]]:
    """Groups of reports that share incidents, dealt into folds by hash."""
    dealt: list[set[str]] = [set() for _ in range(FOLDS)]
    for e in data:
        dealt[int(hashlib.sha256(f"fold {e.group}".encode()).hexdigest(), 16) % FOLDS].add(e.report.name)
    return dealt


def scorer() -> ModuleType:
    """The scorer of record."""
    spec = importlib.util.spec_from_file_location("score_incidents", SHARED / "score" / "score_incidents.py")
    if spec is None or spec.loader is None:
        sys.exit("error: ../shared/score/score_incidents.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_incidents"] = module
    spec.loader.exec_module(module)
    return module


def figures(pairs: Sequence[tuple[Example, Judge | None]], pack: Pack) -> dict[str, float]:
    """Scores of the coder with a judge for each report."""
    score = scorer()
    gazetteer = open_gazetteer(pack)
    gold, coded, lang = {}, {}, {}
    for e, judge in pairs:
        coding = place_coding(code_with(e.report, pack, judge), e.report, gazetteer)
        name = e.report.name
        gold[name] = score.parse_report(e.gold, True)
        coded[name] = score.parse_report(codebook_coding(coding, e.report), False)
        lang[name] = e.gold["lang"]
    values = score.main_values(score.score(gold, coded))
    out = {k: values[k] for k in ("incident_score", "relevance", "detection", "detection_type", "toll_exact")}
    for code in ("en", "ar", "ckb"):
        part = [{k: r for k, r in side.items() if lang[k] == code} for side in (gold, coded)]
        if part[0]:
            out[f"incident_score {code}"] = score.score(*part)["incident_score"]
    quiet = [k for k, r in gold.items() if not r.incidents]
    out["false alarms on quiet reports"] = sum(bool(coded[k].incidents) for k in quiet) / len(quiet)
    return out


def main() -> None:
    """Choose the threshold out of fold, train on all that may be trained on, write model and card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="leave the check set out and score on it")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    args = parser.parse_args()
    if not SHARED.exists():
        sys.exit("error: ../shared is absent: there are no development reports to train on")
    pack = load_pack()
    everything = examples(pack)
    kept = [e for e in everything if e.gold.get("story") or not in_check_set(e.report.name)]
    data = kept if args.check else everything
    split = folds(data)
    judges = [train((e for e in data if e.report.name not in fold), 0.5) for fold in split]

    def out_of_fold(open_at: float) -> list[tuple[Example, Judge | None]]:
        def judge_of(e: Example) -> Judge:
            judge = judges[next(i for i, fold in enumerate(split) if e.report.name in fold)]
            return Judge(judge.opening, open_at, judge.types)

        return [(e, judge_of(e)) for e in data]

    table = {f"judge at {t}": figures(out_of_fold(t), pack) for t in THRESHOLDS}
    best = max(THRESHOLDS, key=lambda t: table[f"judge at {t}"]["incident_score"])
    final = train(data, best)
    report = {"rules alone": figures([(e, None) for e in data], pack)} | table
    if args.check:
        held = [e for e in everything if e not in kept]
        report["check set: rules alone"] = figures([(e, None) for e in held], pack)
        report["check set: judge"] = figures([(e, final) for e in held], pack)
    names = list(report["rules alone"])
    print(f"{'':<28}" + "".join(f"{name[:22]:>24}" for name in names))
    for what, values in report.items():
        print(f"{what:<28}" + "".join(f"{values[name]:>24.3f}" for name in names))
    if not args.dry:
        write(final, pack, len(data), report)


def write(judge: Judge, pack: Pack, count: int, report: dict[str, dict[str, float]]) -> None:
    """The model and its card."""
    raw = {"opening": judge.opening, "open_at": judge.open_at, "types": judge.types}
    folder = HOME / pack.name
    (folder / FILE).write_bytes(gzip.compress(json.dumps(raw, ensure_ascii=False).encode(), mtime=0))
    names = list(next(iter(report.values())))
    head = "| | " + " | ".join(names) + " |\n|---|" + "---|" * len(names) + "\n"
    body = "".join(f"| {what} | " + " | ".join(f"{v[n]:.3f}" for n in names) + " |\n" for what, v in report.items())
    weights = len(judge.opening) + sum(len(w) for w in judge.types.values())
    (folder / "judge.md").write_text(
        "# The coder's learned readers\n\n"
        "Two linear models (logistic regression) over what the rules find in a sentence, its words and its neighbours:"
        " one says whether a sentence opens an incident, one names its type. Made by `make train`"
        f" from {count} development reports (real-based and written, English, Arabic, Sorani); {weights:,} weights.\n\n"
        f"Scores by the scorer of record, out of fold; opens from a probability of {judge.open_at}:\n\n{head}{body}\n"
        "Limits: trained on reports of northern Iraq, 2014 to 2025, most of them English and Arabic; a new area or "
        "register needs its own training. Words of fewer than four reports, digits, and words with a capital inside a "
        "sentence are no features, so names are not. Without this file the coder runs by rules alone.\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
