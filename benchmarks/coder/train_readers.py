"""Learns the weights of the coder's readers (`seamwatch.code.readers`) and says what each gains on reports not seen.

.venv/bin/python -m benchmarks.coder.train_readers

Logistic regression with a ridge on the incidents that the rules draft and the scorer of record aligns with gold ones,
in the readable development reports and our own but for a third by hash of the id; for types also on the invented texts
of `benchmarks/kinds`. The table is of incidents as the whole coder then codes them. Deterministic. Needs ../shared.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.coder.linear import learn_best, learn_chance, learn_classes
from benchmarks.development import (
    Gold,
    data_hash,
    development_reports,
    figures,
    own_reports,
    scorer,
    table,
    write_measured,
)
from benchmarks.kinds.invented import invented
from seamwatch.code import code_report, kind_reader, place_reader, target_reader
from seamwatch.code.actors import roles
from seamwatch.code.assembly import assemble
from seamwatch.code.building import Building
from seamwatch.code.drafts import draft, within
from seamwatch.code.features import Row, Seen, seen
from seamwatch.code.kinds import decide
from seamwatch.code.mentions import find_mentions
from seamwatch.code.readers import FILE, Head, read_readers, save_readers
from seamwatch.code.reading import read
from seamwatch.code.scene import settle
from seamwatch.model import Claim, Coding, Draft, Report
from seamwatch.packs import load_pack
from seamwatch.place import place_coding
from seamwatch.single import open_gazetteer
from seamwatch.wire import codebook_coding

PACK_FILE = Path(__file__).parents[2] / "src" / "seamwatch" / "packs" / "iraq" / FILE
PAGE = Path(__file__).with_name("readers.md")
RIDGES = {kind_reader.HEAD: 2.0, target_reader.HEAD: 5.0, place_reader.HEAD: 4.0}
INVENTED = 0.5  # weight of an invented text
HELD_THIRD = 3
PLACED_KM = 25.0

Heads = dict[str, Head]


@dataclass(frozen=True, slots=True)
class Case:
    """An incident that the rules drafted, as the readers see it, with what is right of it."""

    report: str
    kind: tuple[Row, str]
    targets: tuple[tuple[Row, bool], ...] = ()
    places: tuple[tuple[Row, bool], ...] = ()  # empty where none or all are right
    weight: float = 1.0


def cases(reports: Iterable[Gold]) -> list[Case]:
    """The drafted incidents that the scorer aligns with a gold one."""
    score, pack = scorer(), load_pack()
    found: list[Case] = []
    for one in reports:
        document = read(one.report, pack)
        mentions = settle(document, find_mentions(document))
        built = assemble(document, mentions)
        view = seen(document, mentions, built)
        drafts = tuple(draft(document, building, k) for k, building in enumerate(built))
        gold = score.parse_report(one.line, True).incidents
        coding = _placed(document.report, drafts)
        ours = score.parse_report(codebook_coding(coding, document.report), False).incidents
        partner = {id(p): g for g, p in score.align(gold, ours) if p is not None}
        for building, drafted, mine in zip(built, drafts, ours, strict=True):
            right = partner[id(mine)]
            if right is not None:
                found.append(_case(view, building, drafted, right, one.report.name))
    return found


def _case(view: Seen, building: Building, drafted: Draft, right: Any, name: str) -> Case:
    document = view.document
    kind, act = decide(document, building)
    actors = target_reader.rows(view, building, target_reader.Chosen(kind, *roles(document, building, kind)))
    return Case(
        name,
        (kind_reader.row(view, building, kind, act), right.type),
        tuple((row, code in right.target) for code, row in actors.items()),
        _places(view, building, drafted, right.coords),
    )


def _places(view: Seen, building: Building, drafted: Draft, point: Any) -> tuple[tuple[Row, bool], ...]:
    """The places that may be the incident's, and whether each lies near the true one."""
    document = view.document
    listed = place_reader.rivals(view.all, building)
    best = next((r.named for r in listed if drafted.place and r.named.span() in drafted.place.spans), None)
    if best is None or point is None:
        return ()
    wider = [n for m in building.mentions for n in m.places]
    near: list[bool] = []
    for one in listed:
        claim = Claim(one.named.mention(within(one.named, wider)), (one.named.span(),))
        alone = replace(drafted, place=claim, other_places=())
        found = _placed(document.report, (alone,)).drafts[0].location
        there = None if found is None or found.lat is None or found.lon is None else (found.lat, found.lon)
        near.append(scorer().distance_km(point, there) <= PLACED_KM)
    if not any(near) or all(near):
        return ()
    return tuple(zip(place_reader.rows(document.lang, building, drafted.type.value, best, listed), near, strict=True))


def made_up() -> list[Case]:
    """The first incident drafted of every invented text that has one; of these only the type is told."""
    found: list[Case] = []
    for one in invented():
        document = read(one.report, load_pack())
        mentions = settle(document, find_mentions(document))
        built = assemble(document, mentions)
        if one.kind and built:
            row = kind_reader.row(seen(document, mentions, built), built[0], *decide(document, built[0]))
            found.append(Case(one.template, (row, one.kind), weight=INVENTED))
    return found


def _placed(report: Report, drafts: tuple[Draft, ...]) -> Coding:
    return place_coding(Coding(report.id, "rules", drafts, (), ()), report, open_gazetteer(load_pack()))


def learn(told: Sequence[Case]) -> Heads:
    """The readers."""
    targets = [pair for one in told for pair in one.targets]
    weights = [one.weight for one in told for _ in one.targets]
    places = [one.places for one in told if one.places]
    names = kind_reader.HEAD, target_reader.HEAD, place_reader.HEAD
    return {
        names[0]: learn_classes(*_columns([c.kind for c in told]), [c.weight for c in told], RIDGES[names[0]]),
        names[1]: learn_chance(names[1], *_columns(targets), weights, RIDGES[names[1]]),
        names[2]: learn_best(names[2], places, RIDGES[names[2]]),
    }


def _columns(pairs: Sequence[tuple[Row, Any]]) -> tuple[list[Row], list[Any]]:
    return [row for row, _ in pairs], [told for _, told in pairs]


def coded(one: Gold, heads: Heads) -> Coding:
    """A report coded with some readers."""
    pack = load_pack()
    return place_coding(code_report(one.report, pack, heads=heads), one.report, open_gazetteer(pack))


def rounded(heads: Heads) -> Heads:
    """Readers as they are when written and read again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        save_readers(heads, path)
        return dict(read_readers(path))


def in_held_third(name: str) -> bool:
    """Whether a report of our own is held out, by hash of its name (`SOURCE.md`)."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % HELD_THIRD == 0


def main() -> None:
    """Learn, measure, write the pack's file and the card."""
    everything = development_reports()
    own = own_reports()
    held = [g for g in everything if g.held_out]
    own_held = [g for g in own if in_held_third(g.report.name)]
    known = [g for g in everything if not g.held_out] + [g for g in own if not in_held_third(g.report.name)]
    told, extra = cases(known), made_up()
    heads = rounded(learn(told + extra))
    settings: list[tuple[str, tuple[str, ...]]] = [("rules alone", ())]
    settings += [(f"with {name}", (name,)) for name in heads]
    settings.append(("with all", tuple(heads)))
    parts: list[str] = []
    for what, reports in (("Check fifth", held), ("Third of our own, held out", own_held)):
        rows = [(s, figures((g, coded(g, {n: heads[n] for n in names})) for g in reports)) for s, names in settings]
        parts.append(f"## {what}: {len(reports)} reports\n\n{table(rows)}")
    save_readers(heads, PACK_FILE)
    size = PACK_FILE.stat().st_size / 1000
    head = f"Learned from {len(told)} incidents and {len(extra)} invented ones; {size:.0f} kB. Data: {data_hash()[:16]}"
    text = "\n\n".join([head, *parts])
    write_measured(PAGE, text)
    print(text)


if __name__ == "__main__":
    main()
