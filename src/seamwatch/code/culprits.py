"""Actors that a report names outside the act itself: suspects, claimants, those whom an operation went after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seamwatch.code.building import Building
from seamwatch.code.hits import Hit
from seamwatch.code.mentions import Mention
from seamwatch.code.places import RANK
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.text import fold_word
from seamwatch.code.who import Thing, Who, find_who, us
from seamwatch.model import Span
from seamwatch.packs import load_pack
from seamwatch.packs.lexicon import load_lexicon
from seamwatch.packs.places import places_by_id

Found = dict[str, list[Span]]

REACH = 4  # sentences after the last of an incident in which a suspect or a claim may still be told
FROM_AFAR = frozenset({"explosion", "indirect_fire", "sabotage", "air_strike", "displacement"})  # nobody is seen
FLOWN = frozenset({"air_strike", "indirect_fire"})  # what comes over a border
BLAME_CHARS = 30  # "Turkey is thought to be behind"
LAYER_CHARS = 24  # "planted by members of the group"
CLAIM_CHARS = 5  # "claimed by the group"
OWNED_CHARS = 24  # "of the Ajil oilfield"
OWNER_CHARS = 16  # "the son of the headman"
HYPOTHESIS_CHARS = 40
SAY_CHARS = 25


def name_culprits(
    document: Document, building: Building, known: Iterable[str], targets: Iterable[str], kind: str
) -> Found:
    """The armed group named, suspected or claiming, where the act's own words say nobody or only "gunmen"."""
    actors = document.pack.codes.actors
    known, aimed = set(known), {actors[c].group for c in targets}
    if known - {"militants"} or aimed == {"militants"}:
        return {}
    inside = {m.sentence.index for m in building.mentions}
    planted: Who | None = None
    for sentence in _around(document, building):
        claims = [] if sentence.of("cues", "claim_none") else sentence.of("cues", "claimed")
        planted = planted or _planted(document, sentence, inside, kind)
        suspicions = sentence.of("cues", "suspected") if sentence.index in inside or not _eventful(sentence) else []
        for who in find_who(document, sentence) if claims or suspicions else ():
            claimed = any(who.end <= c.start or 0 <= who.start - c.end <= CLAIM_CHARS for c in claims)
            if not _accused(who, claimed, suspicions):
                continue
            if who.code != "militants" or (claimed and not known):
                return {who.code: [who.span()]}
    if kind in FLOWN and not known:
        disputed = any(s.of("cues", "denial") for s in _around(document, building) if not _eventful(s))
        planted = None if disputed else planted or _from_outside(document, building)
    if planted is not None:
        return {planted.code: [planted.span()]}
    if kind in FROM_AFAR or not aimed:
        return {}
    if kind == "abduction" and not known and (band := _band(building)) is not None:
        return {band.code: [band.span()]}
    told = next(_named(building.told), None)
    if told is None and (not known or _spoken_of(building)):
        told = _before(document, building)
    return {told.code: [told.span()]} if told is not None else {}


def _planted(document: Document, sentence: Sentence, inside: set[int], kind: str) -> Who | None:
    """ "A mine laid by the PKK", "shells believed to be Turkish": who is said beside the weapon."""
    if sentence.index not in inside:
        return None
    layers = [w for w in find_who(document, sentence) if w.code and w.group in ("militants", "forces")]
    for cue in sentence.of("cues", "planted"):
        for who in layers:
            if 0 < who.begin - cue.end <= LAYER_CHARS:
                return who
    for cue in sentence.of("cues", "suspected") if kind in FROM_AFAR else ():
        for hit in sentence.of("adjectives"):
            if 0 < hit.start - cue.end <= CLAIM_CHARS and not any(w.start <= hit.start < w.end for w in layers):
                group = document.pack.codes.actors[hit.value].group
                return Who(sentence, hit.start, hit.end, hit.value, group, hit.term.rule, False)
    return None


def _from_outside(document: Document, building: Building) -> Who | None:
    """ "The drone was Turkish", "Turkey is thought to be behind it", "aircraft of Turkey": another country's forces."""
    actors, inside = document.pack.codes.actors, {m.sentence.index for m in building.mentions}
    for sentence in (s for s in _around(document, building) if s.index in inside or not _eventful(s)):
        weapons = sentence.of("means")
        strikes = weapons + sentence.of("act")
        marks = sentence.of("cues", "suspected", "behind")
        for hit in sentence.of("adjectives"):
            if actors[hit.value].group != "forces" or not actors[hit.value].abroad:
                continue
            ready = sentence.between(hit.end, hit.end + 1) in ("", ",", ".", ";", " ")
            said = any(0 <= hit.start - c.end <= 1 for c in sentence.of("cues", "passive_before"))
            blamed = any(0 <= hit.start - c.end <= OWNED_CHARS or 0 <= c.start - hit.end <= BLAME_CHARS for c in marks)
            own = any(
                0 < h.start - hit.end <= OWNER_CHARS
                and (h.kind == "means" or h.term.form == "noun")
                and not any(hit.end <= t.start <= h.start for t in sentence.of("things"))
                for h in strikes
            )
            own = own or any(
                0 <= c.start - w.end <= 1 and 0 <= hit.start - c.end <= 5
                for w in weapons
                for c in sentence.of("cues", "of")
            )
            if ready and (own or (weapons and said) or (strikes and blamed)):
                group = actors[hit.value].group
                return Who(sentence, hit.start, hit.end, hit.value, group, hit.term.rule, False)
    return None


def _band(building: Building) -> Who | None:
    """Gunmen told beside those taken, whose act has no words for who did it."""
    hurt = [w for f in building.frames for w in f.sufferers]
    for mention in building.mentions:
        for who in mention.who:
            if mention.real and who.group == "militants" and who.code and who not in hurt and not _doubted(who):
                return who
    return None


def _spoken_of(building: Building) -> bool:
    """Whether an incident begins with "the gunmen", of whom the report has spoken."""
    who = [w for w in building.first.who if w.group == "militants"]
    return bool(who) and who[0].definite


def _before(document: Document, building: Building) -> Who | None:
    """The armed group of which the sentences right before an incident speak."""
    at = building.first.sentence
    for sentence in document.sentences:
        if 0 < at.index - sentence.index <= 2 and sentence.paragraph == at.paragraph:
            for who in find_who(document, sentence):
                if who.group == "militants" and who.code not in ("", "militants") and not _doubted(who):
                    return who
    return None


def _accused(who: Who, claimed: bool, suspicions: Sequence[Hit]) -> bool:
    """Whether a sentence of suspicion or of a claim is about an armed group."""
    if who.group != "militants" or not who.code or _doubted(who):
        return False
    return claimed or any(c.end <= who.start or c.start >= who.end for c in suspicions)


def _eventful(sentence: Sentence) -> bool:
    """Whether a sentence tells of something else that happened."""
    return bool(sentence.of("harm")) or bool(sentence.dates) or bool(sentence.of("cues", "new"))


def _named(mentions: Iterable[Mention]) -> Iterator[Who]:
    """Armed groups named in the sentences of an incident, other than those who only left."""
    for mention in mentions:
        if mention.sentence.of("cues", "background", "generic", "claim_none"):
            continue
        left = [w for f in mention.frames if f.act.type == "deployment" for w in f.doers]
        for who in mention.who:
            if who.group == "militants" and who.code not in ("", "militants") and who not in left and not _doubted(who):
                yield who


def _doubted(who: Who) -> bool:
    """Whether a group is only thought of: "could be", "not", "the fight against"."""
    sentence = who.sentence
    for cue in sentence.of("cues", "hypothesis", "negation", "against"):
        if 0 <= who.start - cue.end <= HYPOTHESIS_CHARS and "," not in sentence.between(cue.end, who.start):
            return True
    return False


def _around(document: Document, building: Building) -> Iterator[Sentence]:
    """The sentences of an incident and those right after it."""
    indexes = [m.sentence.index for m in building.mentions]
    for sentence in document.sentences:
        if min(indexes) <= sentence.index <= max(indexes) + REACH:
            yield sentence


def announcers(document: Document, building: Building) -> list[Who]:
    """Who made a find or an arrest that is told without a doer: the service that announces it, or of which these
    sentences, those before or the report's source speak.
    """
    inside = [w for m in building.told for w in m.who if w.group == "forces" and w.code]
    inside.sort(key=lambda w: not w.speaker)
    if inside:
        return inside[:1]
    at = building.first.sentence
    near = [s for s in document.sentences if abs(s.index - at.index) <= 2 and s.index != at.index]
    for sentence in sorted(
        near, key=lambda s: (s.paragraph != at.paragraph, s.index < at.index, abs(s.index - at.index))
    ):
        forces = [w for w in find_who(document, sentence) if w.group == "forces" and w.code]
        if forces:
            return forces[:1]
    return source(document, building)


def source(document: Document, building: Building) -> list[Who]:
    """The forces whose report it is, with the words of the act."""
    code = us(document)
    if code is not None and document.pack.codes.actors[code].group == "forces":
        frame = building.frames[0]
        return [Who(frame.sentence, frame.hit.start, frame.hit.end, code, "forces", frame.hit.term.rule, False)]
    return []


def partners(document: Document, building: Building, kind: str) -> list[Who]:
    """Forces that took part in an operation or deployment: all of whom its sentences speak, but for its dead."""
    found: list[Who] = []
    for mention in building.mentions:
        hurt = [w for f in mention.frames if f.act.type != kind for w in f.sufferers]
        acts = [f for f in mention.real if f.act.type == kind]
        who = mention.who if kind != "deployment" else [w for f in acts for w in (*f.doers, *f.sufferers)]
        if acts:
            found += [w for w in who if w.group == "forces" and not w.speaker and w not in hurt]
    told = {m.sentence.index for m in building.mentions}
    for sentence in document.sentences:
        if sentence.of("cues", "together") and min(told) <= sentence.index <= max(told) + 1:
            found += [w for w in find_who(document, sentence) if w.group == "forces" and not w.speaker]
    return found


def is_named(document: Document, code: str, spans: Iterable[Span]) -> bool:
    """Whether a code common to all areas ("militants") stands for a group by name, as only the area's lexicon has."""
    general = load_pack(document.pack.folders[0])
    if code not in general.codes.actors:
        return False
    common = load_lexicon(general, document.lang, fold_word).terms
    return any(span.rule.partition(": ")[2] not in common for span in spans)


def is_abroad(document: Document) -> bool:
    """Whether a report speaks of another part of the world: of no place of the pack, and of few services."""
    actors, source = document.pack.codes.actors, us(document)
    hits = [h for s in document.sentences for h in s.hits]
    of_forces = [h for h in hits if h.kind in ("actors", "adjectives") and actors[h.value].group == "forces"]
    if any(h.kind == "place" for h in hits) or any(h.kind == "adjectives" for h in of_forces):
        return False
    return len({h.value for h in of_forces}) <= 2 and (source is None or actors[source].group != "forces")


def happened_abroad(document: Document, building: Building) -> bool:
    """Whether an incident's places all lie in other countries than the pack's, and no one of this country is named."""
    gazetteer = places_by_id(document.pack)
    told = [n for m in building.told for n in m.places if n.ids and n.cue and not n.loose]
    named = [n for n in told if n.relation == "at" or n.rank > RANK["country"]]  # not "near the border of Syria"
    countries = {gazetteer[i].country for n in named for i in n.ids if i in gazetteer}
    if not countries or document.pack.country in countries:
        return False
    actors = document.pack.codes.actors
    return not any(not actors[h.value].abroad for m in building.told for h in m.sentence.of("adjectives"))


def opponents(document: Document, building: Building, kind: str) -> list[Who]:
    """Whom forces went after where their act names nobody: the armed group of these sentences, else of others near."""
    inside = [w for m in building.told for w in m.who if w.group == "militants" and w.code]
    inside.sort(key=lambda w: w.code == "militants")
    if inside or kind not in ("security_operation", "arrest", "air_strike"):
        return inside[:1]
    first = building.first.sentence.index
    for sentence in sorted(document.sentences, key=lambda s: (s.index > first, abs(s.index - first))):
        if kind == "air_strike" and sentence.index > first:
            break
        for who in find_who(document, sentence):
            if who.group == "militants" and who.code not in ("", "militants"):
                return [who]
    return []


def bystanders(document: Document, building: Building) -> list[Who]:
    """Forces, else civilians, of whom the sentences of an attack speak when its acts name no target."""
    for group in ("forces", "civilians"):
        for mention in building.told:
            for who in mention.who:
                if (
                    who.group == group
                    and not who.speaker
                    and who.code
                    and who.code != "state_officials"
                    and mention.real
                ):
                    return [who]
    first = building.first.sentence
    for sentence in document.sentences[max(first.index - 1, 0) : first.index]:  # "took policemen by surprise"
        told = [w for w in find_who(document, sentence) if w.group == "forces" and w.code and not w.speaker]
        if (
            told
            and sentence.paragraph == first.paragraph
            and not sentence.title
            and not (first.dates and sentence.dates)
        ):
            return told[:1]
    return []


def befell(who: Who) -> bool:
    """Whether it happened to somebody: not to one who only tells of it, nor to one whose kin it was."""
    sentence = who.sentence
    verbs = sentence.of("speech", "say")
    says = any(0 <= who.start - v.end <= SAY_CHARS for v in verbs)
    deeds = [h.start for h in sentence.hits if h.kind in ("act", "harm") and h.start >= who.end]
    says = says or (sentence.title and ":" in sentence.between(who.end, who.end + SAY_CHARS))  # "Mayor: …"
    says = says or any(0 <= v.start - who.end <= 2 * SAY_CHARS and v.start < min(deeds, default=v.end) for v in verbs)
    kin = [h for h in sentence.of("actors", "civilians") if 0 < who.start - h.end <= OWNER_CHARS]
    owned = any(h.end <= c.start <= h.end + 1 for h in kin for c in sentence.of("cues", "of"))
    return not says and not owned


def is_owner(thing: Thing, who: Iterable[Who]) -> bool:
    """Whether a thing only says whose persons are: "guards of the Ajil oilfield", "two oilfield guards"."""
    owners = thing.sentence.of("cues", "of")
    for one in who:
        if one.person and (0 <= one.start - thing.end <= 1 or one.start < thing.end <= one.end):
            return True
        of = any(0 <= c.start - one.end <= 1 and c.end <= thing.start <= c.end + OWNED_CHARS for c in owners)
        if one.person and of and "," not in thing.sentence.between(one.end, thing.start):
            return True
    return False


def belongs(who: Who, thing: Thing) -> bool:
    """Whether a thing only says which office it is: "a village headman", "the headman of a village"."""
    if thing.start < who.end and who.start < thing.end:
        return True
    owners = who.sentence.of("cues", "of")
    return who.code == "state_officials" and any(
        0 <= c.start - who.end <= 1 and c.end <= thing.start <= c.end + 5 for c in owners
    )
