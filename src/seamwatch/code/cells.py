"""The toll of an incident: what its sentences say of each group, put together by the rulings."""

from __future__ import annotations

from dataclasses import dataclass

from seamwatch.code.assembly import Building
from seamwatch.code.reading import Document
from seamwatch.code.toll import Harm
from seamwatch.model import Claim, Count, Figure, Span


@dataclass(slots=True)
class _Cell:
    figure: Figure
    spans: list[Span]
    sentence: int


def toll(document: Document, building: Building, kind: str, targets: set[str]) -> tuple[Claim[Count], ...]:
    """The cells of an incident's toll."""
    cells: dict[tuple[str, str], _Cell] = {}
    default = _default_group(document, building, kind, targets)
    harms = [
        *building.harms,
        *(building.title.harms if building.title and building.title not in building.mentions else []),
    ]
    for harm in sorted(harms, key=lambda h: h.sentence.title):
        if harm.part:
            continue
        group = _group(harm, kind, default, targets, document)
        if not _fits(harm, kind, group, harms):
            continue
        key = (group, harm.outcome)
        cell = cells.get(key)
        if cell is None:
            cells[key] = _Cell(harm.figure, list(harm.spans), harm.sentence.index)
        elif harm.sentence.index == cell.sentence and not harm.sentence.title:
            cell.figure = _sum(cell.figure, harm.figure)
            cell.spans += harm.spans
        else:
            _merge(cell, harm)
    _unsplit(cells)
    _bombers(building, cells)
    return tuple(
        Claim(Count(group, outcome, cell.figure), tuple(dict.fromkeys(cell.spans)))
        for (group, outcome), cell in cells.items()
    )


def _fits(harm: Harm, kind: str, group: str, harms: list[Harm]) -> bool:
    twin = any(h is not harm and h.start == harm.start and h.sentence is harm.sentence for h in harms)
    if harm.outcome == "abducted" and group == "militants" and twin:  # "captured"
        return False
    if harm.outcome == "arrested" and twin and group in ("forces", "civilians") and kind not in ("arrest", "unrest"):
        return False
    if harm.outcome == "arrested":
        return kind in (
            "arrest",
            "security_operation",
            "find",
            "unrest",
            "armed_clash",
            "attack_on_civilians",
            "air_strike",
        )
    return True


def _group(harm: Harm, kind: str, default: str, targets: set[str], document: Document) -> str:
    if harm.outcome == "arrested" and harm.group in ("", "unknown"):
        return "militants" if kind in ("arrest", "security_operation", "find") else "unknown"
    if harm.group == "militants" and not harm.code and harm.outcome != "arrested":  # "fighters" of the side attacked
        groups = {document.pack.codes.actors[c].group for c in targets}
        if "forces" in groups and "militants" not in groups:
            return "forces"
    group = "" if harm.group == "unknown" else harm.group
    if group:
        return group
    return default if not harm.group or default == "civilians" else "unknown"


def _default_group(document: Document, building: Building, kind: str, targets: set[str]) -> str:
    actors = document.pack.codes.actors
    groups = {actors[c].group for c in targets if c not in ("infrastructure", "unknown")}
    if kind in ("attack_on_civilians", "unrest"):
        return "civilians"
    if len(groups) == 1:
        return next(iter(groups))
    return "unknown"


def _sum(a: Figure, b: Figure) -> Figure:
    high = None if a.high is None or b.high is None else a.high + b.high
    return Figure(a.low + b.low, high, a.low + b.low if high == a.low + b.low else None)


def _merge(cell: _Cell, harm: Harm) -> None:
    """Two statements of one cell in different sentences."""
    old, new = cell.figure, harm.figure
    if old == new or new.low == 0 and new.high == 0:
        return
    if harm.others:
        return
    if harm.sentence.of("cues", "range") and not harm.sentence.title and new.low > 0 and old.low > 0:
        cell.figure = old.hull(new)
        cell.spans += harm.spans
        return
    if harm.sentence.title:
        if new.high is None and old.high is not None and old.low == new.low:
            cell.figure = new
            cell.spans += harm.spans
        return
    if old.low == 0 and old.high == 0:
        cell.figure, cell.spans = new, list(harm.spans)
    elif old.low == new.low:  # "at least three" and "three"
        cell.figure = old if old.high is None else new
    elif old.high is None and new.low > old.low:
        cell.figure = new
        cell.spans += harm.spans
    elif new.low < old.low and new.high is not None and harm.outcome != "killed":
        return


def _bombers(building: Building, cells: dict[tuple[str, str], _Cell]) -> None:
    """Attackers who blow themselves up are militants killed."""
    if ("militants", "killed") in cells:
        return
    for frame in building.frames:
        if frame.act.name != "suicide" or frame.hit.term.form == "noun" and not frame.weapon:
            continue
        for who in frame.doers:
            if who.person and who.group == "militants" and (who.figure or not who.plural):
                figure = who.figure or Figure.exactly(1)
                cells["militants", "killed"] = _Cell(figure, [who.counted(), frame.span()], frame.sentence.index)
                return


def _unsplit(cells: dict[tuple[str, str], _Cell]) -> None:
    """A split beats an unsplit sum."""
    for group, outcome in list(cells):
        if group != "unknown":
            continue
        rest = [c.figure.low for (g, o), c in cells.items() if o == outcome and g != "unknown"]
        if rest and cells[group, outcome].figure.low in (sum(rest), *rest):
            del cells[group, outcome]
