"""From sentences to incidents: which sentences tell of the same one, which open another, which are background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise

from seamwatch.code.building import LEAD, Building, family, spots, toll
from seamwatch.code.frame import Frame
from seamwatch.code.mentions import Mention
from seamwatch.code.opening import fled, hits_things, of_no_one, opens, unreal, weak
from seamwatch.code.places import RANK, Named, apart
from seamwatch.code.reading import Document
from seamwatch.code.series import borrowed, first_of, fronted, other_of, parallel, several_sites
from seamwatch.code.split import differ, parts
from seamwatch.geo import COMPASS_DEG
from seamwatch.packs import PackPlace
from seamwatch.packs.places import places_by_id

FORM_LINES = 3
MAX_INCIDENTS = 200  # of one report; the coding says where it reached them
RECENT = 12  # incidents that a sentence may go back to


def assemble(document: Document, mentions: list[Mention]) -> list[Building]:
    """The incidents of a report, in the order told."""
    gazetteer = places_by_id(document.pack)
    built: list[Building] = []
    asides: list[Building] = []
    title = next((m for m in mentions if m.sentence.title), None)
    form = _is_form(mentions)
    last: Building | None = None
    fresh_item = False  # an item of a list has begun, and nothing has happened in it yet
    pending: list[Mention] = []  # days and places told before anything has happened
    head: Mention | None = None  # the sentence that may head a list
    for whole in mentions:
        if len(built) >= MAX_INCIDENTS:
            break
        if whole is title or whole.sentence.dateline:
            continue
        for mention in parts(whole, gazetteer):
            frames = [f for f in mention.real if not weak(f, mention)]
            gone = fled(mention)
            if gone and (mention.background or (last is not None and "people" not in last.families)):
                building = Building([], [])
                _add(building, mention, gone)
                if not any(_same_flight(building, b) for b in built):
                    built.append(building)
                frames = [f for f in frames if f not in gone]
                if not frames:
                    continue
            if mention.background:
                last = None
                continue
            series = (asides or built)[-1:]
            if series and (first_of(mention) or other_of(mention)):
                frames = _of_series(mention, frames, series[0], gazetteer)
            if not form and _begins_item(mention):
                result = _result(mention, built)
                last, pending, fresh_item = built[-1] if result else None, [], not result
                _headed(mention, head)
            elif mention.date is not None and not mention.clock_only:
                head = mention
            if not frames:
                if last is None:
                    pending.append(mention)
                elif mention.harms or mention.places or mention.date or mention.same:
                    if not _clash_of_date(mention, last):
                        _add(last, mention, [], detail=True)
                continue
            home = (
                None if fresh_item else built[0] if form and built else _home(mention, frames, built, last, gazetteer)
            )
            if home is not None:
                _add(home, mention, frames)
                last = home
            elif _in_series(mention, frames, built, gazetteer) or opens(
                mention, frames, built, pending if form else _near(pending, mention)
            ):
                last = Building([], [], day=document.report.day)
                _add(last, mention, frames)
                for before in pending if form else _near(pending, mention):
                    _before(last, before)
                (asides if _summary(mention) else built).append(last)
                last = None if last in asides else last
            pending, fresh_item = [], False
    if not any(b.families & a.families for a in asides for b in built):
        built = asides + built
    else:
        for aside in asides:
            for building in built:
                if building.families & aside.families:
                    _of_the_day(building, aside)
    built = [b for b in built if not of_no_one(b, mentions)]
    if title is not None:
        lead = [m for m in mentions if not m.sentence.title and m.sentence.index <= LEAD]
        past = any(m.sentence.of("cues", "memory") or (m.dated_old and m.frames) for m in lead) or unreal(title, lead)
        _with_title(title, built, gazetteer, past)
    for first, second in pairwise(built):
        if not second.places and not (second.title and second.title.places):
            second.places += first.places  # told without a place: where the one before it was
        if _goes_on(first, second):
            _of_the_day(second, first)
    return built


def _of_series(
    mention: Mention, frames: list[Frame], whole: Building, gazetteer: Mapping[str, PackPlace]
) -> list[Frame]:
    """The acts of one part of a series: of its kind, and the series' own where it tells none."""
    if any(family(f) in whole.families for f in frames):
        return frames
    if frames and whole.families <= {"air"} or (spots(mention) and differ(spots(mention), whole.places, gazetteer)):
        return borrowed(mention, whole.frames) + frames
    return frames


def _in_series(
    mention: Mention, frames: list[Frame], built: list[Building], gazetteer: Mapping[str, PackPlace]
) -> bool:
    """Whether a sentence opens an incident because the one before it was told alike: "Near X, one strike …"."""
    if not built or not any(f.act.strong for f in frames):
        return False
    return parallel(mention, built[-1].first, gazetteer) or (other_of(mention) and bool(spots(mention)))


def _of_the_day(building: Building, other: Building) -> None:
    """What is told without a day is of the day of what it belongs to."""
    told = building.date_mention is not None and not building.date_mention.clock_only
    if not told and building.announced is None and "people" not in building.families:
        if other.date is not None:
            building.date, building.date_mention = other.date, other.date_mention
        elif building.date is None:
            building.announced, building.announced_mention = other.announced, other.announced_mention


def _goes_on(first: Building, second: Building) -> bool:
    """Whether an incident is told in one breath with the one before it: "meanwhile", in its paragraph."""
    after = second.first
    return after.new is not None or after.sentence.paragraph == first.mentions[-1].sentence.paragraph


def _begins_item(mention: Mention) -> bool:
    """Whether a sentence begins an item of a list, or a line of a log that names a place of its own."""
    begins = mention.low == mention.sentence.start
    return begins and (mention.sentence.item or (mention.sentence.logged and bool(spots(mention))))


def _result(mention: Mention, built: list[Building]) -> bool:
    """Whether an item is a result of the operation told before the list: "six wanted men arrested"."""
    if not built or mention.date or spots(mention) or any(f.act.hostile for f in mention.real):
        return False
    return any(f.act.type == "security_operation" for f in built[-1].frames)


def _headed(item: Mention, head: Mention | None) -> None:
    """An item of a list has the day and the doers of what heads the list, where it tells none: "On Sunday the army made
    three arrests:".
    """
    if head is None or not item.frames:
        return
    if item.date is None and item.announced is None:
        item.date = head.date
    doers = {family(f): f.doers for f in reversed(head.frames) if f.doers}
    for frame in item.frames:
        if not frame.doers and frame.voice == "noun":
            frame.doers = list(doers.get(family(frame), ()))


def _is_form(mentions: list[Mention]) -> bool:
    """Whether the report is a form of labelled lines: one incident, whose place and day stand on lines of their own."""
    return sum(m.sentence.label for m in mentions) >= FORM_LINES


def _summary(mention: Mention) -> bool:
    """ "Three attacks killed nine": told in its parts later, or else coded once."""
    if any(n.rank >= RANK["town"] for n in fronted(mention)):
        return False  # "Near Mosul, six strikes …" is itself a part
    for frame in mention.real:
        if frame.voice == "noun" and frame.hit.term.number == -1:
            if mention.sentence.index <= 2 and frame.act.strong and several_sites(mention):
                return True
            for number in mention.sentence.numbers:
                if mention.sentence.logged and number.start == mention.sentence.start:
                    continue  # a clock time
                if 0 < frame.hit.start - number.end <= 20 and number.kind == "count" and number.figure.low > 1:
                    return mention.date is None or mention.sentence.index <= 2
    return False


def _near(pending: list[Mention], mention: Mention) -> list[Mention]:
    """What was told shortly before a sentence: in its paragraph, or at the report's head."""
    at = mention.sentence
    return [
        p
        for p in pending
        if p.sentence.paragraph == at.paragraph or (at.index - p.sentence.index <= 2 and at.index <= LEAD)
    ]


def _before(building: Building, mention: Mention) -> None:
    """The day and place told before the act."""
    if not building.places or mention.sentence.paragraph == building.first.sentence.paragraph:
        building.places += spots(mention) or [n for n in mention.places if not n.wide]
    if building.date is None and mention.date is not None and not mention.clock_only:
        building.date, building.date_mention = mention.date, mention


def _same_flight(a: Building, b: Building) -> bool:
    return "people" in b.families and (
        not a.places or not b.places or bool({n.name for n in a.places} & {n.name for n in b.places})
    )


def _home(
    mention: Mention,
    frames: list[Frame],
    built: list[Building],
    last: Building | None,
    gazetteer: Mapping[str, PackPlace],
) -> Building | None:
    """The incident that a sentence goes on telling of, if any."""
    order = ([last] if last else []) + [b for b in reversed(built[-RECENT:]) if b is not last]
    order.sort(key=lambda b: not _at_one_place(mention, b))
    if (
        mention.new is not None
        and mention.same is None
        and (mention.date or spots(mention) or mention.new.start == mention.low)
    ):
        order = []
    for building in order:
        if _clash_of_date(mention, building):
            continue
        if _clash_of_place(mention, building, gazetteer) and not _takes_up(mention):
            continue
        if _goes_with(mention, frames, building):
            return building
    return None


def _clash_of_date(mention: Mention, building: Building) -> bool:
    if mention.date is not None and building.date is not None and not mention.clock_only:
        return not mention.date.span.overlaps(building.date.span)
    if mention.date is not None and building.announced is not None and not mention.clock_only:
        return mention.date.span.last < building.announced.span.first - timedelta(days=3)
    if mention.date is not None and building.day is not None and building.date is None and not mention.clock_only:
        return bool(spots(mention)) and mention.date.span.last < building.day - timedelta(days=3)
    told, theirs = mention.announced, building.date or building.announced
    if mention.date is None and told is not None and theirs is not None and mention.real:
        return told.span.last < theirs.span.first  # announced before it happened
    return False


def _clash_of_place(mention: Mention, building: Building, gazetteer: Mapping[str, PackPlace]) -> bool:
    here = spots(mention)
    if not here or not building.places:
        return False
    if apart(here, building.places, gazetteer):
        return True
    if mention.parted and building.mentions[-1].sentence is mention.sentence:  # the other half of its sentence
        return toll(mention) and differ(here, building.places, gazetteer)
    if parallel(mention, building.first, gazetteer) or other_of(mention):
        return differ(here, building.places, gazetteer)
    if _elsewhere(mention, building, here, gazetteer):
        return True
    if not _takes_up(mention) and (fronted(mention) or mention.sentence.paragraph != building.first.sentence.paragraph):
        told = toll(mention) and any(f.act.strong for f in mention.real)
        return told and any(h.figure.low > 0 for h in building.harms) and differ(here, building.places, gazetteer)
    return False


def _at_one_place(mention: Mention, building: Building) -> bool:
    """Whether a sentence names a town or village of an incident by name."""
    here = [n for n in spots(mention) if n.rank >= RANK["town"]]
    return any(a.name == b.name or a.ids & b.ids for a in here for b in building.places)


def _takes_up(mention: Mention) -> bool:
    """Whether a sentence goes on with what was told ("the attack …"), and does not only name it beside its own act."""
    if mention.same is None:
        return False
    acts = [f.hit.start for f in mention.real if f.act.strong and f.voice != "noun"]
    return not acts or mention.same.start < min(acts) or not spots(mention)


def _elsewhere(mention: Mention, building: Building, here: list[Named], gazetteer: Mapping[str, PackPlace]) -> bool:
    """Whether a paragraph opens with an act of its own kind at a town or village that has not been named yet."""
    at = mention.sentence
    if at.paragraph == building.mentions[-1].sentence.paragraph or at.index <= LEAD // 2:
        return False
    acts = [f for f in mention.real if f.act.strong and not f.act.answer and (f.voice != "noun" or f.doers)]
    theirs = {f.act.type for f in building.frames}
    if not any(f.act.type not in theirs for f in acts):
        return False
    exact = [n for n in building.places if n.rank >= RANK["town"] and n.cue not in COMPASS_DEG]
    return bool(exact) and differ(here, building.places, gazetteer)


def _goes_with(mention: Mention, frames: list[Frame], building: Building) -> bool:
    mine, theirs = {family(f) for f in frames}, building.families
    if mine == theirs == {"force"} and not _one_kind(mention, frames, building):
        return False
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
        if own and all(f.act.type == "find" for f in building.frames):
            return False
        return all(f.act.name in ("kill", "clash", "repel", "blast", "destroy", "suicide", "shoot") for f in frames)
    return False


def _one_kind(mention: Mention, frames: list[Frame], building: Building) -> bool:
    """Whether arrests, finds and operations told one after the other may be one: not where each has its own doers."""
    mine, theirs = {f.act.type for f in frames}, {f.act.type for f in building.frames}
    if mine & theirs or "security_operation" in mine | theirs:
        return True
    own = mention.date or mention.announced or spots(mention) or any(w.code for f in frames for w in f.doers)
    return not own


def _add(building: Building, mention: Mention, frames: Iterable[Frame], detail: bool = False) -> None:
    frames = list(frames)
    building.mentions.append(mention)
    theirs = building.families
    for frame in frames:
        if not theirs or not _absorbed(frame, theirs):
            building.frames.append(frame)
    building.harms += mention.harms
    building.places += [n for n in (spots(mention) or mention.places) if not (detail and n.rank <= RANK["governorate"])]
    undated = building.date is None or (building.date_mention is not None and building.date_mention.clock_only)
    undated = undated or (building.date is not None and building.date.span.precision == "month")
    told = not detail or mention.same is not None or bool(mention.harms)
    if mention.date and undated and told and (not mention.clock_only or building.date is None):
        building.date, building.date_mention = mention.date, mention
    if mention.announced and building.announced is None:
        building.announced, building.announced_mention = mention.announced, mention


def _absorbed(frame: Frame, theirs: set[str]) -> bool:
    """Search, deployment, flight after an attack: part of it, and no type of their own."""
    return ("hostile" in theirs and family(frame) not in ("hostile", "air")) or (
        "force" in theirs and family(frame) in ("move", "sight", "people")
    )


def _with_title(title: Mention, built: list[Building], gazetteer: Mapping[str, PackPlace], past: bool) -> None:
    """The title repeats an incident of the text, or tells one that it does not (unless the text is of the past)."""
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
    strong = [f for f in frames if f.act.strong or hits_things(f)]
    strong = [f for f in strong if not (f.voice == "noun" and f.hit.term.number == -1)]
    harmed = [h for h in title.harms if h.figure.low > 0]
    placed = any(n.rank > RANK["country"] for n in title.places)  # a title needs no preposition: "army combs Hamrin"
    if not built and not past and ((strong and (placed or harmed)) or (harmed and frames)):
        one = Building([], [])
        _add(one, title, frames)
        one.title = title
        built.append(one)
