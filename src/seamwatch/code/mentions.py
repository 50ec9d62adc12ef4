"""What each sentence tells: acts that it says happened, harm, places, the day; and whether it is background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from seamwatch.code.clauses import boundaries, clause
from seamwatch.code.dates import DateHit
from seamwatch.code.day_words import BACKGROUND_DAYS
from seamwatch.code.frame import Frame
from seamwatch.code.frames import find_frames
from seamwatch.code.harm import Harm
from seamwatch.code.hits import Hit
from seamwatch.code.peaceful import harmless, peaceful, private
from seamwatch.code.places import RANK, Named, find_places
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.toll import find_harm
from seamwatch.code.who import Thing, Who, find_things, find_who

RECENT_DAYS = 15  # "last week", "over the weekend"
FRESH_DAYS = 10  # a longer span dates no one incident
BESIDE_CHARS = 4  # "ago on", ", "
USUAL_CHARS = 60  # between an act and the words that say that it is a habit
AMID_CHARS = 12  # "on the anniversary of …" at the head of a sentence
SPOKEN_CHARS = 34  # "said in a statement on Thursday"


@dataclass(slots=True, eq=False)
class Mention:
    """One sentence as far as it tells of incidents."""

    sentence: Sentence
    who: list[Who]
    things: list[Thing]
    frames: list[Frame]
    harms: list[Harm]
    places: list[Named]
    date: DateHit | None = None
    announced: DateHit | None = None
    dated_old: bool = False
    background: bool = False
    new: Hit | None = None
    same: Hit | None = None
    clock_only: bool = False  # the day is only the report's own
    others: list[DateHit] = field(default_factory=list)
    low: int = 0  # the part of the sentence that it is, in folded text
    high: int = 0
    parted: bool = False  # cut from what stands before it

    @property
    def real(self) -> list[Frame]:
        """Acts that the sentence says happened, and not as background."""
        return [] if self.background else [f for f in self.frames if f.truth == "real"]


def find_mentions(document: Document) -> list[Mention]:
    """Every sentence of a report, read."""
    return [_mention(document, sentence) for sentence in document.sentences]


def disarm(mention: Mention, by: Callable[[Frame], bool] = harmless) -> None:
    """Take from a sentence what an accident may have done, or somebody's own quarrel."""
    mention.frames = [f for f in mention.frames if not by(f)]
    if not mention.frames:
        mention.harms = []


def _disarm_debates(mention: Mention, order: str) -> None:
    """The same of words that are only said, and of what fires did; where nothing was taken the harm stays."""
    kept = [f for f in mention.frames if not peaceful(f, order)]
    if len(kept) < len(mention.frames):
        mention.frames = kept
        mention.harms = mention.harms if kept else []


def _mention(document: Document, sentence: Sentence) -> Mention:
    who = find_who(document, sentence)
    things = find_things(sentence)
    frames = find_frames(document, sentence, who, things)
    harms = find_harm(document, sentence, who, frames)
    places = find_places(document, sentence)
    mention = Mention(sentence, who, things, frames, harms, places, low=sentence.start, high=sentence.end)
    _date(document, mention)
    _disarm_debates(mention, document.finder.lexicon.order)
    if sentence.of("cues", "harmless"):
        disarm(mention)
    if sentence.of("cues", "private"):
        disarm(mention, private)
    if any(not told_beside(mention, cue) for cue in sentence.of("cues", "memory")):
        mention.background = mention.dated_old = True
    mention.new = next(iter(sentence.of("cues", "new")), None)
    mention.same = next(iter(sentence.of("cues", "same")), None)
    return mention


def told_beside(mention: Mention, cue: Hit) -> bool:
    """Whether a sentence tells of an act of today and a word of trials or memory only says where or amid what: "gunmen
    shot a witness in front of the court", "a bomb went off beside a crowd that marked the anniversary".
    """
    if mention.date is None or mention.clock_only or mention.dated_old:
        return False
    sentence = mention.sentence
    if any(d not in (mention.date, *mention.others) for d in sentence.dates):
        return False  # of long ago too
    start, end = clause(boundaries(sentence), sentence.start)
    for frame in mention.frames:
        told = frame.truth == "real" and frame.act.strong and frame.voice != "noun" and start <= frame.hit.start < end
        armed = frame.weapon is not None or any(w.group in ("militants", "forces") for w in frame.doers)
        armed = armed or any(h.start < cue.start for h in sentence.of("means"))
        amid = (
            frame.weapon is not None
            and any(h.figure.low > 0 for h in mention.harms)
            and cue.start - sentence.start <= AMID_CHARS
        )
        if told and armed and (frame.hit.end <= cue.start or amid):
            return True
    return False


def _date(document: Document, mention: Mention) -> None:
    sentence, day = mention.sentence, document.report.day
    fresh: list[DateHit] = []
    old: list[DateHit] = []
    habits = sentence.of("cues", "habit")
    usual = [d for d in sentence.dates if any(0 <= d.start - c.end <= 1 for c in habits)]
    for hit in sentence.dates:
        if hit in usual:  # "every Thursday"
            continue
        aged = day is not None and (hit.span.last < day - timedelta(days=BACKGROUND_DAYS) or hit.span.first > day)
        long = hit.span.last - hit.span.first > timedelta(days=FRESH_DAYS)
        recent = day is not None and hit.span.last >= day - timedelta(days=RECENT_DAYS)
        if aged or long or (hit.kind in ("past", "vague") and not recent):
            old.append(hit)
        elif _spoken(sentence, hit, document.finder.lexicon.order):
            mention.announced = mention.announced or hit
        else:
            fresh.append(hit)
    fresh = [h for h in fresh if not any(_told_of(h, o) for o in old) and not _of_death(mention, h)]
    days = [h for h in fresh if not (h.span.precision == "hour" and h.span.first == day)]
    mention.clock_only = bool(fresh) and not days
    mention.date = next(iter(_of_acts(mention, days) or days or fresh), None)
    mention.others = [h for h in fresh if h is not mention.date]
    if old:
        cuts = boundaries(sentence)
        if fresh:
            mention.frames = [f for f in mention.frames if not _older(f.hit.start, fresh, old, cuts)]
            mention.harms = [h for h in mention.harms if not _older(h.start, fresh, old, cuts)]
        else:
            mention.dated_old = mention.background = True
    elif (usual or sentence.of("cues", "background")) and not sentence.title:
        if fresh:
            mention.frames = [f for f in mention.frames if not _usual(f, fresh)]
        else:
            mention.background = True
    if mention.dated_old and _within_reach(mention, old, day):
        mention.dated_old = mention.background = False


def _of_death(mention: Mention, day: DateHit) -> bool:
    """Whether a day is only that on which one of the wounded died: "one of whom died on Monday"."""
    if not any(h.outcome == "killed" and (h.partitive or h.after or h.now) for h in mention.harms):
        return False
    deaths = [h for h in mention.sentence.of("harm") if h.value == "killed" and h.term.form == "passive"]
    return any(0 <= day.start - h.end <= BESIDE_CHARS for h in deaths)


def _told_of(day: DateHit, past: DateHit) -> bool:
    """Whether a day only says which day of a time long past: "five years ago today", "on 16 October six years ago"."""
    return 0 <= day.start - past.end <= BESIDE_CHARS or 0 <= past.start - day.end <= 1


def _of_acts(mention: Mention, days: list[DateHit]) -> list[DateHit]:
    """Of several days those in a clause that tells an act: "worked on Friday after rockets fell on Thursday"."""
    if len(days) < 2:
        return days
    cuts = boundaries(mention.sentence)
    told = {clause(cuts, f.hit.start) for f in mention.frames if f.act.strong and f.truth == "real"}
    return [h for h in days if clause(cuts, h.start) in told]


def _within_reach(mention: Mention, old: list[DateHit], day: date | None) -> bool:
    """ "Earlier this month" dates an incident that has a place and a toll; so does a month that is not yet two back."""
    hit = old[0]
    if len(old) > 1 or hit.span.precision != "month":
        return False
    if hit.kind != "vague" and not _of_late(mention, hit, day):
        return False
    placed = any(n.cue and n.rank > RANK["country"] for n in mention.places)
    if not placed or not any(h.figure.low > 0 for h in mention.harms):
        return False
    mention.date = hit
    return True


def _of_late(mention: Mention, month: DateHit, day: date | None) -> bool:
    """Whether a past month lies mostly within what is not yet background, and an act of its own is told of it."""
    middle = month.span.first + (month.span.last - month.span.first) / 2
    if day is None or middle < day - timedelta(days=BACKGROUND_DAYS):
        return False
    return any(f.act.strong and f.truth == "real" for f in mention.frames)


def _older(at: int, fresh: list[DateHit], old: list[DateHit], cuts: list[int]) -> bool:
    """Whether an act's own clause dates it long ago."""
    start, end = clause(cuts, at)
    before = [
        h for h in old if 0 <= start - h.end <= 2
    ]  # "six years ago, when", but "on Monday in a village taken in 2014, when"
    if any(start - h.end == 1 or not any(d.start < h.start for d in fresh) for h in before):
        return True
    mine = [h for h in old if start <= h.start < end]
    new = [h for h in fresh if start <= h.start < end]
    return bool(mine) and (not new or min(abs(h.start - at) for h in mine) < min(abs(h.start - at) for h in new))


def _usual(frame: Frame, fresh: list[DateHit]) -> bool:
    """Whether an act's own clause says that it happens often or happened long ago: "… on a line hit many times"."""
    sentence, at = frame.sentence, frame.hit.start
    if frame.act.type == "displacement":  # coded also as a lasting state
        return False
    start, end = clause(boundaries(sentence), at)
    told = [abs(c.start - at) for c in sentence.of("cues", "background") if start <= c.start < end]
    return bool(told) and min(told) < min(
        (abs(d.start - at) for d in fresh if start <= d.start < end), default=USUAL_CHARS
    )


def _spoken(sentence: Sentence, hit: DateHit, order: str) -> bool:
    """Whether a day is that of the announcement: "said on Thursday"; where the verb stands first, its subject and
    commas come between; where it stands last, the day is before it.
    """
    said = [*sentence.of("speech"), *sentence.of("cues", "claimed")]
    if order == "svo" and any(0 <= verb.start - hit.end <= 1 for verb in said):  # "the army on Sunday said"
        return True
    commas, reach = (2, 2 * SPOKEN_CHARS) if order == "vso" else (0, SPOKEN_CHARS)
    for verb in sentence.of("speech"):
        first, second = (hit, verb) if order == "sov" else (verb, hit)
        if 0 <= second.start - first.end <= reach:
            between = [h for h in sentence.hits if h.kind in ("act", "harm") and first.end <= h.start < second.start]
            if not between and sentence.between(first.end, second.start).count(",") <= commas:
                return True
    return False
