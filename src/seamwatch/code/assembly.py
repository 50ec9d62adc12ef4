"""From sentences to incidents: which sentences tell of the same one, which open another, which are background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from seamwatch.code.dates import DateHit
from seamwatch.code.frames import Frame
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK, Named
from seamwatch.code.reading import Document
from seamwatch.code.toll import Harm
from seamwatch.geo import distance_km
from seamwatch.packs import PackPlace, load_places

NEAR_KM = 12.0  # two places this near each other (beyond their own size) may be one
LEAD = 5  # the first sentences, in which a report tells its main incident

_FAMILY = {
    "air_strike": "air",
    "security_operation": "force",
    "arrest": "force",
    "find": "force",
    "deployment": "move",
    "sighting": "sight",
    "displacement": "people",
    "unrest": "unrest",
}


@dataclass(slots=True, eq=False)
class Building:
    """An incident in the making."""

    mentions: list[Mention]
    frames: list[Frame]
    harms: list[Harm] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    date: DateHit | None = None
    date_mention: Mention | None = None
    announced: DateHit | None = None
    announced_mention: Mention | None = None
    title: Mention | None = None

    @property
    def families(self) -> set[str]:
        """Kinds of act that belong together."""
        return {family(f) for f in self.frames}

    @property
    def first(self) -> Mention:
        """The sentence that opened it."""
        return self.mentions[0]


def family(frame: Frame) -> str:
    """Which acts go together in one incident."""
    return _FAMILY.get(frame.act.type, "hostile")


def assemble(document: Document, mentions: list[Mention]) -> list[Building]:
    """The incidents of a report, in the order told."""
    gazetteer = {p.id: p for p in load_places(document.pack)}
    built: list[Building] = []
    title = next((m for m in mentions if m.sentence.title), None)
    last: Building | None = None
    for mention in mentions:
        if mention is title:
            continue
        frames = [f for f in mention.real if not _weak(f, mention)]
        if mention.background:
            last = None
            continue
        if not frames:
            if last is not None and (mention.harms or mention.places or mention.date or mention.same):
                if not _clash_of_date(mention, last):
                    _add(last, mention, [], detail=True)
            continue
        home = _home(mention, frames, built, last, gazetteer)
        if home is not None:
            _add(home, mention, frames)
            last = home
        elif _opens(mention, frames, built):
            last = Building([], [])
            _add(last, mention, frames)
            built.append(last)
    if title is not None:
        _with_title(title, built, gazetteer)
    return built


def _weak(frame: Frame, mention: Mention) -> bool:
    """A bare plural ("attacks") names no one incident."""
    several = frame.voice == "noun" and frame.hit.term.number == -1
    return several and not mention.harms and not mention.date and mention.sentence.index > LEAD


def _home(
    mention: Mention,
    frames: list[Frame],
    built: list[Building],
    last: Building | None,
    gazetteer: Mapping[str, PackPlace],
) -> Building | None:
    """The incident that a sentence goes on telling of, if any."""
    order = ([last] if last else []) + [b for b in reversed(built) if b is not last]
    if mention.new is not None and mention.same is None:
        order = []
    for building in order:
        if _clash_of_date(mention, building):
            continue
        if _clash_of_place(mention, building, gazetteer) and mention.same is None:
            continue
        if _goes_with(mention, frames, building):
            return building
    return None


def _clash_of_date(mention: Mention, building: Building) -> bool:
    if mention.date is None or building.date is None:
        return False
    return not mention.date.span.overlaps(building.date.span)


def spots(mention: Mention) -> list[Named]:
    """The places at which a sentence puts what it tells: those after a preposition of place."""
    return [n for n in mention.places if n.cue and n.rank > RANK["country"]]


def _clash_of_place(mention: Mention, building: Building, gazetteer: Mapping[str, PackPlace]) -> bool:
    here, there = spots(mention), building.places
    if not here or not there:
        return False
    for a in here:
        for b in there:
            if a.name == b.name or a.ids & b.ids:
                return False
            known_a, known_b = [gazetteer[i] for i in a.ids], [gazetteer[i] for i in b.ids]
            if not known_a or not known_b:
                if a.wide or b.wide or not any(n.rank >= RANK["town"] for n in there):
                    return False
                continue
            for one in known_a:
                for two in known_b:
                    apart = distance_km(one.lat, one.lon, two.lat, two.lon)
                    if apart <= max(one.radius_km, two.radius_km) + NEAR_KM:
                        return False
    return True


def _goes_with(mention: Mention, frames: list[Frame], building: Building) -> bool:
    mine, theirs = {family(f) for f in frames}, building.families
    if mine & theirs:
        return True
    if mine <= {"air", "force"} and theirs <= {"air", "force"}:
        return not (mention.date and mention.announced)
    own = bool(mention.date and mention.date is not building.date and spots(mention))
    if theirs & {"hostile"}:
        if mine & {"unrest"}:
            return False
        if mine <= {"force"} and any(f.act.name in ("arrest", "find", "defuse") for f in frames):
            return mention.same is not None or not (spots(mention) or mention.date)
        return not own
    if "hostile" in mine and theirs <= {"air", "force"}:
        return all(f.act.name in ("kill", "clash", "repel", "blast", "destroy", "suicide", "shoot") for f in frames)
    return False


def _opens(mention: Mention, frames: list[Frame], built: list[Building]) -> bool:
    """Whether a sentence is enough to open an incident."""
    strong = [f for f in frames if f.act.strong and not f.act.answer]
    toll = [h for h in mention.harms if h.figure.low > 0 and not h.part]
    dated = mention.date is not None or mention.announced is not None
    placed = bool(spots(mention))
    who = any(f.doers or f.sufferers or f.things for f in frames)
    if not strong and not toll:
        return False
    if not built and mention.sentence.index <= LEAD:
        return dated or placed or bool(toll) or who
    return (
        (dated and (placed or bool(toll) or who))
        or (placed and bool(toll))
        or (mention.new is not None and (placed or bool(toll)))
    )


def _add(building: Building, mention: Mention, frames: Iterable[Frame], detail: bool = False) -> None:
    frames = list(frames)
    building.mentions.append(mention)
    theirs = building.families
    for frame in frames:
        if not theirs or not _absorbed(frame, theirs):
            building.frames.append(frame)
    building.harms += mention.harms
    building.places += [n for n in (spots(mention) or mention.places) if not (detail and n.rank <= RANK["governorate"])]
    if mention.date and building.date is None:
        building.date, building.date_mention = mention.date, mention
    if mention.announced and building.announced is None:
        building.announced, building.announced_mention = mention.announced, mention


def _absorbed(frame: Frame, theirs: set[str]) -> bool:
    """Search, deployment, flight after an attack: part of it, and no type of their own."""
    return (
        "hostile" in theirs
        and family(frame) not in ("hostile", "air")
        or "force" in theirs
        and family(frame) in ("move", "sight", "people")
    )


def _with_title(title: Mention, built: list[Building], gazetteer: Mapping[str, PackPlace]) -> None:
    """The title repeats an incident of the text, or tells one that the text does not."""
    frames = [f for f in title.frames if f.truth == "real"]
    if not frames and not title.harms and not title.places:
        return
    for building in built:
        if frames and not {family(f) for f in frames} & building.families:
            continue
        if _clash_of_place(title, building, gazetteer):
            continue
        building.title = title
        return
    strong = [f for f in frames if f.act.strong and not (f.voice == "noun" and f.hit.term.number == -1)]
    toll = [h for h in title.harms if h.figure.low > 0]
    if not built and (strong and (spots(title) or toll) or toll and frames):
        one = Building([], [])
        _add(one, title, frames)
        one.title = title
        built.append(one)


def day_before(hit: DateHit) -> object:
    """The day before a date."""
    return hit.span.first - timedelta(days=1)
