"""The toll of an incident: what its sentences say of each group, put together by the rulings."""

from __future__ import annotations

from dataclasses import dataclass

from seamwatch.code.building import Building
from seamwatch.code.frame import at_home
from seamwatch.code.harm import Harm
from seamwatch.code.reading import Document, Sentence
from seamwatch.model import Claim, Count, Figure, Span

BLIND = ("suicide_attack", "indirect_fire")  # attacks that meet whoever is there
ARRESTING = ("arrest", "security_operation", "find", "unrest", "armed_clash", "attack_on_civilians", "air_strike")


@dataclass(slots=True)
class _Cell:
    figure: Figure
    spans: list[Span]
    sentence: int
    parts: int = 0  # what later sentences told piece by piece
    summary: bool = False  # the sum of several attacks
    at: int = 0  # where in the sentence it was told last
    claimed: bool = False  # as one of the sides claims it
    reduced: bool = False  # by those who died later


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the incident says of whom harm without a noun may have befallen."""

    kind: str
    sides: frozenset[str]  # groups of those aimed at
    doers: frozenset[str]  # groups of those who acted
    home: bool  # aimed at houses, a market, a shop

    @property
    def hit_people(self) -> bool:
        """Whether "people" who came to harm were those aimed at, and not whoever was there."""
        return self.home or (self.kind in BLIND and self.sides == {"civilians"})

    @property
    def default(self) -> str:
        """The group of those of whom nothing is told."""
        if self.kind in ("attack_on_civilians", "unrest"):
            return "civilians"
        if len(self.sides) == 1:
            return next(iter(self.sides))
        return "civilians" if not self.sides and self.home else "unknown"


Cells = dict[tuple[str, str], _Cell]


def toll(document: Document, building: Building, kind: str, targets: set[str]) -> tuple[Claim[Count], ...]:
    """The cells of an incident's toll."""
    cells: Cells = {}
    codes = document.pack.codes.actors
    scene = _Scene(
        kind,
        frozenset(codes[c].group for c in targets if c not in ("infrastructure", "unknown")),
        frozenset(w.group for f in building.frames for w in f.doers),
        any(t.value == "home" for f in building.frames for t in f.things) or any(map(at_home, building.frames)),
    )
    harms = [
        *building.harms,
        *(building.title.harms if building.title and building.title not in building.mentions else []),
    ]
    before: list[str] = []  # the groups of the sentence before
    now: list[str] = []
    last = None
    split: set[str] = set()  # outcomes of which the sentence divides a total told before
    sure: set[str] = set()  # groups told, but for the bomber's own death
    for harm in _one_outcome(sorted(harms, key=lambda h: h.sentence.title)):
        if harm.identity:
            _identify(cells, harm, kind)
            continue
        if harm.part or (harm.sentence.title and harm.group in ("", "unknown") and _told(cells, harm.outcome)):
            continue
        if harm.sentence is not last:
            before, last, now = now or before, harm.sentence, []
            split = _split(cells, harms, harm.sentence)
        if harm.whole and any(o == harm.outcome and _told_again(harm, g, c) for (g, o), c in cells.items()):
            continue
        group = _referent(harm, building) or _of_toll(harm, cells) or _group(harm, scene, sure, before)
        if (harm.rest or harm.outcome in split) and group == "unknown":
            group = "civilians"  # "thirteen people, eight of them policemen": the others are none
        if harm.stated and (group == "unknown" or (group, harm.outcome) not in cells):
            continue
        if harm.figure.low > 0 and not harm.self_made:
            now.append(group)
        if not harm.self_made and group != "unknown":
            sure.add(group)
        if harm.partitive and group == "unknown" and _largest(cells, harm.outcome) >= harm.figure.low:
            continue
        outcome = "arrested" if harm.outcome == "abducted" and group == "militants" else harm.outcome
        if outcome == "arrested" and kind not in ARRESTING:
            continue
        if _died_later(cells, harm):
            continue
        cell = cells.get((group, outcome))
        if cell is None:
            cells[group, outcome] = _Cell(
                harm.figure, list(harm.spans), harm.sentence.index, 0, harm.summary, harm.start, harm.claimed
            )
        elif harm.now and (harm.figure.low >= cell.figure.low or harm.sentence.index == cell.sentence):
            cell.figure, cell.spans = harm.figure, [*cell.spans, *harm.spans]
        elif harm.sentence.index == cell.sentence and not harm.sentence.title:
            if harm.whole and harm.whole == cell.figure.low:
                continue
            if harm.partitive and not harm.after and harm.figure.low <= cell.figure.low:
                continue  # "four are in hospital, two of them in a serious condition"
            cell.figure = cell.figure.hull(harm.figure) if _disputed(harm, cell) else _sum(cell.figure, harm.figure)
            cell.spans += harm.spans
            cell.at = harm.start
        else:
            _merge(cell, harm)
    for key, cell in list(cells.items()):
        if cell.figure.high == 0 and cell.reduced:
            del cells[key]  # the one who was hurt has died
        elif cell.summary and any(o == key[1] and not c.summary for (_, o), c in cells.items()):
            del cells[key]
    _attackers(building, kind, cells)
    _unsplit(cells)
    return tuple(
        Claim(Count(group, outcome, cell.figure), tuple(dict.fromkeys(cell.spans)))
        for (group, outcome), cell in cells.items()
    )


def _died_later(cells: Cells, harm: Harm) -> bool:
    """ "One of them later died": one of the wounded of a sentence before is one of the dead."""
    if harm.outcome != "killed" or not (harm.partitive or harm.bare):
        return False
    if not harm.after and not harm.sentence.of("cues", "later"):
        return False
    count = harm.figure.low
    for (group, outcome), cell in cells.items():
        known = cell.figure
        if outcome != "wounded" or cell.sentence >= harm.sentence.index or harm.group not in ("", "unknown", group):
            continue
        if harm.figure.high != count or known.high is None or known.high != known.low or known.low < count:
            continue
        cell.figure, cell.reduced = Figure.exactly(known.low - count), True
        dead = cells.get((group, "killed"))
        if dead is None:
            cells[group, "killed"] = _Cell(harm.figure, list(harm.spans), harm.sentence.index)
        else:
            dead.figure, dead.spans = _sum(dead.figure, harm.figure), [*dead.spans, *harm.spans]
        return True
    return False


def _identify(cells: Cells, harm: Harm, kind: str) -> None:
    """Those counted before turn out to be of a group, all or so many of them."""
    groups = [g for g in ("unknown", "civilians", "forces") if g != harm.group and (g, harm.outcome) in cells]
    if not groups:
        return
    source, key = cells[groups[0], harm.outcome], (harm.group, harm.outcome)
    if harm.identity == "all":
        if key not in cells and len(groups) == 1:
            cells[key] = cells.pop((groups[0], harm.outcome))
            cells[key].spans += harm.spans
        return
    count = harm.figure.low
    known = cells.get(key)
    if (known is not None and known.figure.low >= count) or harm.figure.high != count or source.figure.low < count:
        return
    if harm.group == "civilians":
        if groups[0] == "unknown":
            cells[key] = cells.pop(("unknown", harm.outcome))
        return
    if groups[0] == "forces" or kind == "armed_clash":
        return  # a guess that the words bear out in part; dead of both sides
    left, high = source.figure.low - count, source.figure.high
    del cells[groups[0], harm.outcome]
    cells[key] = _Cell(harm.figure, [*source.spans, *harm.spans], harm.sentence.index)
    if left > 0:
        rest = Figure(left, None) if high is None else Figure.exactly(left)
        cells["civilians", harm.outcome] = _Cell(rest, source.spans, source.sentence)


def _split(cells: Cells, harms: list[Harm], sentence: Sentence) -> set[str]:
    """Take out the total that a sentence divides: "eleven people died", then "five fighters and six villagers"."""
    divided: set[str] = set()
    for outcome in {h.outcome for h in harms if h.sentence is sentence}:
        parts = [h for h in harms if h.sentence is sentence and h.outcome == outcome and not h.identity]
        groups = {h.group for h in parts}
        if len(groups) < 2 or any(h.figure.high != h.figure.low or h.partitive for h in parts):
            continue
        for key in [k for k in cells if k[1] == outcome and k[0] in ("unknown", "civilians")]:
            if cells[key].figure.low == sum(h.figure.low for h in parts) and cells[key].sentence < sentence.index:
                del cells[key]
                divided.add(outcome)
    return divided


def _told_again(harm: Harm, group: str, cell: _Cell) -> bool:
    """ "The five soldiers were killed …" after five were told."""
    return harm.whole == cell.figure.low and harm.group in ("", "unknown", group) and not harm.partitive


def _of_toll(harm: Harm, cells: Cells) -> str:
    """Whose toll has risen, where one group's was told."""
    told = {group for group, outcome in cells if outcome == harm.outcome}
    return next(iter(told)) if harm.now and harm.group in ("", "unknown") and len(told) == 1 else ""


def _referent(harm: Harm, building: Building) -> str:
    """Whom "four of the seven" and "the four" mean: the phrase of that number told before."""
    if not harm.whole or harm.group not in ("", "unknown"):
        return ""
    told = [m for m in building.mentions if m.sentence.index < harm.sentence.index]
    for mention in reversed(told):
        for who in mention.who:
            if who.figure and who.figure.low == harm.whole and who.group != "unknown":
                return who.group
    return ""


def _disputed(harm: Harm, cell: _Cell) -> bool:
    """Whether one party claims and another objects: "claimed to have killed twelve, but the army said three"."""
    claimed = harm.sentence.of("cues", "claimed", "range", "denial")
    return (
        harm.stated or bool(claimed) and any(cell.at < c.start < harm.start for c in harm.sentence.of("cues", "break"))
    )


def _largest(cells: Cells, outcome: str) -> int:
    return max((c.figure.low for (_, o), c in cells.items() if o == outcome), default=0)


def _told(cells: Cells, outcome: str) -> bool:
    return any(o == outcome for _, o in cells)


def _one_outcome(harms: list[Harm]) -> list[Harm]:
    """ "Captured" is an arrest of militants and an abduction of others."""
    kept: list[Harm] = []
    for harm in harms:
        twins = [h for h in harms if h is not harm and h.sentence is harm.sentence and h.start == harm.start]
        rival = {"arrested": "abducted", "abducted": "arrested"}.get(harm.outcome, "")
        if any(h.outcome == rival and h.hit.start == harm.hit.start for h in twins):
            militants = harm.group == "militants" or (not harm.group and harm.by == "forces")
            if militants != (harm.outcome == "arrested"):
                continue
        kept.append(harm)
    return kept


def _group(harm: Harm, scene: _Scene, sure: set[str], before: list[str]) -> str:
    """Whose harm it is: by its noun, by who did it, by those told before, by whom the act was aimed at."""
    attacked = "forces" in scene.sides or (not scene.sides and scene.doers == {"militants"})
    if harm.outcome == "arrested" and scene.kind == "arrest" and scene.sides == {"militants"}:
        return "militants"
    if harm.soft and harm.by != "forces" and attacked:
        return "forces"
    if harm.group and harm.group != "unknown":
        return harm.group
    if harm.outcome == "arrested":
        return "militants" if scene.kind in ("arrest", "security_operation", "find") else "unknown"
    if harm.by == "forces" and scene.kind != "unrest":
        return scene.default if scene.default not in ("forces", "unknown") else "militants"
    if harm.bare or harm.others:
        for told in (set(before), sure):
            if len(told) == 1:
                return next(iter(told))
        if before:
            return "civilians" if scene.hit_people else "unknown"
    if harm.group == "unknown" and scene.kind not in ("attack_on_civilians", "unrest"):
        return "civilians" if scene.default == "civilians" and scene.hit_people else "unknown"
    return scene.default


def _sum(a: Figure, b: Figure) -> Figure:
    high = None if a.high is None or b.high is None else a.high + b.high
    return Figure(a.low + b.low, high, a.low + b.low if high == a.low + b.low else None)


def _merge(cell: _Cell, harm: Harm) -> None:
    """Two statements of one cell in different sentences."""
    old, new = cell.figure, harm.figure
    if cell.summary and not harm.summary and not harm.sentence.title and new.low > 0:
        cell.figure, cell.spans, cell.summary = new, list(harm.spans), False
        return
    if (old == new and not harm.too) or new.high == 0:
        return
    if harm.partitive and new.low <= old.low:
        return
    if new.low == 0 and new.high is not None and new.high > old.low > 0:  # "up to five" of whom three are sure
        cell.figure, cell.spans = Figure(old.low, new.high), [*cell.spans, *harm.spans]
        return
    if harm.others:  # told piece by piece
        together = (cell.parts or old.low) + new.low
        if together > old.low and not harm.sentence.title:
            cell.figure = _sum(Figure(together - new.low, old.high and together - new.low), new)
            cell.spans += harm.spans
        cell.parts = together
        return
    if harm.sentence.title:
        said = any(h.figure.high is None for h in harm.sentence.numbers)  # not a bare plural ("soldiers killed")
        if said and new.high is None and old.high is not None and old.low == new.low:
            cell.figure = new
            cell.spans += harm.spans
        return
    sentence = harm.sentence
    if old.high == 0:
        cell.figure, cell.spans = new, list(harm.spans)
    elif old.low == new.low:  # "at least three" and "three"
        cell.figure = old if old.high is None else new
    elif new.low > old.low and sentence.of("cues", "later"):
        cell.figure, cell.spans = new, list(harm.spans)
    elif new.low < old.low and sentence.of("cues", "later"):
        return
    elif (harm.claimed or cell.claimed) and not harm.partitive and None not in (old.high, new.high):
        cell.figure = old.hull(new)
        cell.spans += harm.spans
    elif old.high is None and new.low > old.low:
        cell.figure = new
        cell.spans += harm.spans
    elif new.low < old.low:
        cell.parts += new.low


def _attackers(building: Building, kind: str, cells: Cells) -> None:
    """Attackers who blow themselves up are militants killed."""
    if kind != "suicide_attack" or ("militants", "killed") in cells:
        return
    for mention in building.mentions:
        bombers = mention.sentence.of("means", "suicide")
        for who in mention.who:
            if who.group != "militants" or not who.person:
                continue
            if not any(who.start < b.end and b.start < who.end for b in bombers):
                continue
            figure = who.figure or (None if who.plural else Figure.exactly(1))
            if figure is not None:
                cells["militants", "killed"] = _Cell(figure, [who.counted()], mention.sentence.index)
                return
    _blown_up(building, cells)


def _blown_up(building: Building, cells: Cells) -> None:
    """Attackers whom no noun calls bombers: "three men killed 11 workers before blowing themselves up"."""
    for frame in building.frames:
        if frame.act.name != "suicide" or frame.voice == "noun" or frame.truth != "real":
            continue
        before = [w for w in frame.who if w.end <= frame.hit.start and w.group in ("militants", "unknown") and w.figure]
        for who in [*frame.doers, *before[:1]]:
            if who.person and who.group != "forces" and (who.figure or not who.plural):
                figure = who.figure or Figure.exactly(1)
                cells["militants", "killed"] = _Cell(figure, [who.counted()], frame.sentence.index)
                return


def _unsplit(cells: Cells) -> None:
    """A split beats an unsplit sum."""
    for group, outcome in list(cells):
        if group != "unknown":
            continue
        rest = [c.figure.low for (g, o), c in cells.items() if o == outcome and g != "unknown"]
        if rest and cells[group, outcome].figure.low in (sum(rest), *rest):
            del cells[group, outcome]
