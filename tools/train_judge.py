"""Train the coder's learned reader on the development reports and our own: `make train`.

    python -m tools.train_judge [--check]    # --check: leave the check set (a fifth, by hash of the id) out of training

Writes ``judge.json.gz`` into the pack and its card beside it (data, figures, limits). Deterministic. The figures on the
training reports are out of fold: each report is judged by a model that saw neither it nor a report that shares an
incident with it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.development import Gold, development_reports, figures, own_reports, table
from seamwatch.code.assembly import assemble
from seamwatch.code.coder import code_with
from seamwatch.code.features import Features, sentence_features
from seamwatch.code.judge import FILE, Judge
from seamwatch.code.mentions import find_mentions
from seamwatch.code.reading import Document, Sentence, read
from seamwatch.packs import Pack, load_pack
from seamwatch.packs.loader import HOME
from seamwatch.place import place_coding
from seamwatch.single import open_gazetteer

FOLDS = 5
STRENGTH = 0.15  # inverse regularisation, chosen out of fold
THRESHOLDS = ((0.15, 0.5), (0.2, 0.4), (0.25, 0.35), (0.3, 0.3))  # confirm_at, open_at
SEEN_IN = 4  # a word of fewer reports is a name or an accident
SMALL = 0.003  # weights below this are left out of the file


@dataclass(frozen=True, slots=True)
class Example:
    """One development report, what the rules see in it, and which of its sentences open an incident."""

    gold: Gold
    group: str
    rows: list[Features]
    opens: list[bool]


def example(gold: Gold, pack: Pack) -> Example:
    """A report as the reader sees it."""
    document = read(gold.report, pack)
    mentions = find_mentions(document)
    rows = sentence_features(mentions, assemble(document, mentions))
    opening = opening_sentences(document, gold.line["gold"])
    group = (gold.line.get("incident_keys") or [gold.report.name])[0]
    return Example(gold, group, rows, [m.sentence.index in opening for m in mentions])


def opening_sentences(document: Document, coding: dict[str, Any]) -> set[int]:
    """The sentences that hold the first words of the type of a gold incident."""
    found = set()
    for words in coding.get("evidence") or []:
        starts = [span["start"] for span in words.get("type") or []]
        at = next((s.index for start in starts for s in document.sentences if _holds(s, start)), None)
        if at is not None:
            found.add(at)
    return found


def _holds(sentence: Sentence, at: int) -> bool:
    start, end = sentence.reading.folded.original(sentence.start, sentence.end)
    return not sentence.title and start <= at < end


def train(data: Iterable[Example], confirm_at: float, open_at: float) -> Judge:
    """The reader on some reports."""
    kept = list(data)
    seen = Counter(name for e in kept for name in {name for row in e.rows for name in row})
    known = {name for name, count in seen.items() if count >= SEEN_IN or not name.startswith(("word ", "words "))}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{k: v for k, v in row.items() if k in known} for e in kept for row in e.rows])
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(matrix, [flag for e in kept for flag in e.opens])
    named = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(w), 4) for name, w in named if abs(w) >= SMALL}
    return Judge({"": round(float(model.intercept_[0]), 4)} | dict(sorted(weights.items())), confirm_at, open_at)


def folds(data: Sequence[Example]) -> list[set[str]]:
    """Reports dealt into folds by hash; those that share their first incident stay together."""
    dealt: list[set[str]] = [set() for _ in range(FOLDS)]
    for e in data:
        dealt[int(hashlib.sha256(f"fold {e.group}".encode()).hexdigest(), 16) % FOLDS].add(e.gold.report.name)
    return dealt


def scored(pairs: Iterable[tuple[Example, Judge | None]], pack: Pack) -> dict[str, float]:
    """Figures of the coder with a judge for each report."""
    gazetteer = open_gazetteer(pack)
    return figures(
        (e.gold, place_coding(code_with(e.gold.report, pack, judge), e.gold.report, gazetteer)) for e, judge in pairs
    )


def main() -> None:
    """Choose the thresholds out of fold, train on all that may be trained on, write model and card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="leave the check set out of training and score on it")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    args = parser.parse_args()
    pack = load_pack()
    everything = [example(gold, pack) for gold in (*development_reports(), *own_reports())]
    data = [e for e in everything if not (args.check and e.gold.held_out)]
    held = [e for e in everything if args.check and e.gold.held_out]
    split = folds(data)
    judges = [train((e for e in data if e.gold.report.name not in fold), 0, 0) for fold in split]
    judge_of = {name: judge for fold, judge in zip(split, judges, strict=True) for name in fold}
    report = {"rules alone": scored([(e, None) for e in data], pack)}
    tried: dict[tuple[float, float], dict[str, float]] = {}
    for confirm_at, open_at in THRESHOLDS:
        pairs = [(e, replace(judge_of[e.gold.report.name], confirm_at=confirm_at, open_at=open_at)) for e in data]
        tried[confirm_at, open_at] = report[f"judge {confirm_at}, {open_at}"] = scored(pairs, pack)
    best = max(THRESHOLDS, key=lambda pair: tried[pair]["incident_score"])
    final = train(data, *best)
    if held:
        report["held out, rules alone"] = scored([(e, None) for e in held], pack)
        report["held out, judge"] = scored([(e, final) for e in held], pack)
    print(table(list(report.items())))
    if not args.dry:
        write(final, pack, len(data), report)


def write(judge: Judge, pack: Pack, count: int, report: dict[str, dict[str, float]]) -> None:
    """The model and its card."""
    raw = {"confirm_at": judge.confirm_at, "open_at": judge.open_at, "weights": judge.weights}
    folder = HOME / pack.name
    (folder / FILE).write_bytes(gzip.compress(json.dumps(raw, ensure_ascii=False).encode(), mtime=0))
    (folder / "judge.md").write_text(
        "# The coder's learned reader\n\n"
        "A logistic regression over what the rules find in a sentence, its words and its neighbours: does the sentence "
        f"open an incident? Made by `make train` from {count} reports (development and own, invented ones; English, "
        f"Arabic, Sorani); {len(judge.weights):,} weights. A sentence opens an incident from a probability of "
        f"{judge.confirm_at} where the rules think so too, of {judge.open_at} where they do not.\n\n"
        "Figures of the scorer of record; those of the judge are out of fold, but where it says held out:\n\n"
        f"{table(list(report.items()))}\n\n"
        "Limits: trained on reports of northern Iraq, 2014 to 2025, most of them English and Arabic; a new area or "
        "register needs its own training. Words of fewer than four reports, digits, and words with a capital inside a "
        "sentence are no features, so names are not. The rules were written on the same reports, so their own row "
        "flatters them. Without the file the coder runs by rules alone.\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
