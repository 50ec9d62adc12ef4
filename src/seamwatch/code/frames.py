"""The acts of a sentence: which words name one, by which reading, and what they need beside them."""

from __future__ import annotations

from seamwatch.code import free_order
from seamwatch.code.clauses import AUX_CHARS, boundaries, clause, relative, truth_of, voice_of
from seamwatch.code.frame import Frame
from seamwatch.code.hits import Hit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.roles import after_noun, by_adjective, fill
from seamwatch.code.weapons import by_weapon
from seamwatch.code.who import Thing, Who

GIFT_CHARS = 45  # between "handed over" and what
LISTED_CHARS = 24  # between two acts of a list
PURPOSE_CHARS = 40  # between "was exposed" and "to an attack"
OBJECT_CHARS = 60  # "detained in the city on Sunday two suspects"


def find_frames(document: Document, sentence: Sentence, who: list[Who], things: list[Thing]) -> list[Frame]:
    """The acts of a sentence, in order."""
    hits = _chosen(document, sentence)
    if not hits:
        return []
    cuts = boundaries(sentence)
    order = document.finder.lexicon.order
    acts = document.finder.lexicon.acts
    frames: list[Frame] = []
    exercise = bool(sentence.of("cues", "exercise"))
    for at, readings in enumerate(hits):
        following = hits[at + 1][0].start if at + 1 < len(hits) else sentence.end
        for hit in readings:  # the first reading whose needs are met
            svo = order == "svo"
            voice = voice_of(sentence, hit, document.finder.lexicon.form["stop"]) if svo else free_order.voice(hit)
            if svo and voice == "passive" and _bare(sentence, hit) and _acting(document, sentence, hit, cuts, who):
                voice = "active"
            frame = Frame(sentence, acts[hit.value], hit, voice, who=who)
            if svo:
                fill(document, frame, who, things, cuts, frames, following)
            else:
                free_order.roles(
                    frame,
                    who,
                    things,
                    sentence.numbers,
                    clause(cuts, hit.start),
                    following,
                    order,
                    document.finder.lexicon.form,
                    frames[-1] if frames else None,
                )
            if frame.act.generic and not by_weapon(document, frame, cuts, who):
                continue
            if not _has_needs(frame, order):
                continue
            _settle(document, frame)
            frame.truth = "exercise" if exercise else truth_of(sentence, hit, cuts, order)
            if frame.truth == "real" and frame.voice == "noun" and _purpose(document, sentence, hit):
                frame.truth = "planned"
            if frame.truth == "real" and frame.voice == "noun" and frames and _listed(frames[-1], frame, cuts):
                frame.truth = frames[-1].truth
            frames.append(frame)
            break
    return [f for f in frames if not _was_found(f, frames, cuts)]


def _was_found(frame: Frame, frames: list[Frame], cuts: list[int]) -> bool:
    """ "Found a tunnel and 30 mortar shells": a weapon's name that is itself an act, among what was found."""
    if (
        frame.voice != "noun"
        or frame.act.type != "indirect_fire"
        or not any(t.start < frame.hit.end and frame.hit.start < t.end for t in frame.sentence.of("things", "cache"))
    ):
        return False
    here = clause(cuts, frame.hit.start)
    return any(f.act.type == "find" and f is not frame and clause(cuts, f.hit.start) == here for f in frames)


def _bare(sentence: Sentence, hit: Hit) -> bool:
    """Whether a verb is taken for a passive with no auxiliary and no "by" to show it."""
    if hit.term.form != "verb":
        return False
    marks = [c for c in sentence.of("cues", "passive_before") if 0 <= hit.start - c.end <= AUX_CHARS]
    marks += [c for c in sentence.of("cues", "by") if 0 <= c.start - hit.end <= OBJECT_CHARS]
    return not marks


def _acting(document: Document, sentence: Sentence, hit: Hit, cuts: list[int], who: list[Who]) -> bool:
    """ "The agency detained in the city on Sunday two suspects": forces before, with no number, others after."""
    start, end = clause(cuts, hit.start)
    before = [w for w in who if start <= w.start and w.end <= hit.start and not w.speaker]
    after = [w for w in who if hit.end <= w.start < min(end, hit.end + OBJECT_CHARS)]
    if not before or not after or any(w.group != "forces" or w.figure for w in before) or after[0].group == "forces":
        return False
    gap = sentence.between(hit.end, after[0].begin)
    words = gap.split()
    stop = document.finder.lexicon.form["stop"]
    return "," not in gap and bool(words) and words[-1] not in stop and words[-2:-1] != ["by"]


def _listed(before: Frame, frame: Frame, cuts: list[int]) -> bool:
    """ "To protect them from attacks and kidnapping": the second is as real as the first."""
    gap = frame.hit.start - before.hit.end
    nominal = before.truth in ("planned", "hypothetical") and gap <= LISTED_CHARS
    return nominal and clause(cuts, before.hit.start) == clause(cuts, frame.hit.start)


def _settle(document: Document, frame: Frame) -> None:
    """Things that only say where go; posts give their owners; hideouts blown up are finds."""
    lexicon, sentence = document.finder.lexicon, frame.sentence
    if lexicon.order == "svo":
        frame.things = [t for t in frame.things if not _stands(sentence, frame.hit, t)]
    if lexicon.order == "vso" and frame.voice == "noun" and frame.act.type in free_order.FROM_AFAR and not frame.doers:
        frame.doers = after_noun(document, sentence, frame.hit)  # "a shelling Iranian"
    if not any(w.group == "forces" for w in (*frame.doers, *frame.sufferers)):
        for thing in frame.things:
            if thing.value == "post":  # "a Turkish base"
                frame.sufferers += [w for w in by_adjective(document, sentence, thing.start) if w.group == "forces"]
    if frame.act.cache and not frame.weapon and _only_cache(frame) and not _of_persons(lexicon.order, frame):
        frame.act = lexicon.acts[frame.act.cache]


def _has_needs(frame: Frame, order: str) -> bool:
    """Whether what an act needs is named beside it."""
    needs = frame.act.needs
    if labelled(frame):
        return True
    who = [*frame.doers, *frame.sufferers]
    if needs == "civilians":
        begins = clause(boundaries(frame.sentence), frame.hit.start)[0]
        if frame.hit.term.form in ("passive", "self"):
            return True
        free = not relative(frame.sentence, begins)
        return free and (frame.voice == "noun" or any(w.group == "civilians" or not w.code for w in who))
    if needs == "forces":
        return any(w.group == "forces" for w in who) and not _gift(frame, order)
    if needs == "armed":
        return any(w.group in ("forces", "militants") for w in who)
    if needs == "taken":  # by militants or by nobody named
        taken = frame.voice == "noun" or any(w.group != "militants" for w in frame.sufferers)
        taken = taken or (frame.voice == "passive" and any(w.group == "militants" for w in frame.doers))  # "they were"
        return taken and not any(w.group == "forces" for w in frame.doers)
    if needs == "persons":
        counted = any(h.kind == "harm" and h.start == frame.hit.start for h in frame.sentence.hits)
        first = min((w.start for w in frame.sufferers if w.start >= frame.hit.end), default=frame.sentence.end)
        if any(t.value == "cache" and frame.hit.end <= t.start < first for t in frame.things):
            return False  # "seized four devices of the group"
        inside = any(w.group == "militants" and frame.hit.start < w.start < frame.hit.end for w in frame.who)
        suspects = frame.voice == "noun" and any(w.group == "militants" and w.start > frame.hit.end for w in frame.who)
        told = (
            bool(frame.sufferers) or counted or inside or suspects
        )  # "broke up an ISIS cell", "the arrest in Mosul of"
        return told and not any(w.group == "militants" for w in frame.doers)
    if needs == "things":
        return bool(frame.things)
    if needs == "cache":
        return any(t.value == "cache" for t in frame.things)
    if needs == "militants":
        close = [w for w in frame.who if w.start < frame.hit.end and frame.hit.start - w.end <= 2]  # "saw armed men"
        return any(w.group == "militants" for w in (*who, *close))
    if needs == "captors":
        return any(w.group == "militants" for w in frame.doers) and any(
            w.figure and w.group != "militants" and w.start - frame.hit.end < 25 for w in frame.sufferers
        )
    return True


def labelled(frame: Frame) -> bool:
    """Whether a form says that this was the act: "Activity: find"."""
    return any(0 <= frame.hit.start - c.end <= 1 for c in frame.sentence.of("cues", "labelled"))


def _of_persons(order: str, frame: Frame) -> bool:
    """Whether a word for killing is used of persons, in a cave, and not of the cave itself."""
    return frame.act.name == "kill" and (order == "svo" or bool(frame.sufferers))


def _gift(frame: Frame, order: str) -> bool:
    """ "Handed over ten vehicles": things given, no post taken over."""
    hit = frame.hit
    materiel = frame.sentence.of("cues", "materiel")
    posts = [t for t in frame.things if t.value == "post"]
    if frame.act.name != "deploy" or any(all(t.end <= c.start or c.end <= t.start for c in materiel) for t in posts):
        return False
    gifts = [(min(c.end, hit.end), max(c.start, hit.start)) for c in materiel]
    if (
        order == "svo" and frame.voice == "active"
    ):  # "vehicles took up positions", but "a new chief of police took over"
        offices = [(c.start, c.end) for c in frame.sentence.of("offices")]
        held = [c for c in materiel if any(a < c.end and c.start < b for a, b in offices)]
        gifts = [(a, b) for a, b in gifts if a == hit.end or any(a == c.end for c in held)]
    elif order == "svo" and frame.voice == "passive":
        gifts = [(a, b) for a, b in gifts if b == hit.start]
    return any(b - a <= GIFT_CHARS and "," not in frame.sentence.between(a, b) for a, b in gifts)


def _only_cache(frame: Frame) -> bool:
    """ "Two hideouts were blown up": forces destroying what they found."""
    if not frame.things or any(w.group == "militants" for w in frame.doers):
        return False
    return all(t.value == "cache" for t in frame.things)


def _stands(sentence: Sentence, hit: Hit, thing: Thing) -> bool:
    """Whether a house or village only says where: "killed in a village", "at Safra, a village"."""
    if thing.value != "home" or thing.start < hit.end:
        return False
    gap = sentence.between(hit.end, thing.start)
    towards = {(c.start, c.end) for c in sentence.of("cues", "against", "of")}
    aimed = {(c.start, c.end) for c in sentence.of("cues", "on") if c.start - hit.end <= 1}
    where = [c for c in sentence.of("places", "at", "near") if hit.end <= c.start and c.end <= thing.start]
    return "," in gap or any((c.start, c.end) not in towards | aimed for c in where)


def _chosen(document: Document, sentence: Sentence) -> list[list[Hit]]:
    """The words for acts, each with its readings: verb or noun by what stands around it, then act by act."""
    chosen: list[list[Hit]] = []
    persons = {code for code, actor in document.pack.codes.actors.items() if actor.group == "civilians"}
    names = [(h.start, h.end, h.value in persons) for h in sentence.hits if h.kind in ("actors", "orgs", "offices")]
    names += [(h.start, h.end, True) for h in sentence.of("things")]  # "a fighting position"
    for hit in sentence.hits:
        if hit.kind != "act" or any(
            a <= hit.start and hit.end <= b and (b - a > hit.end - hit.start or not persons) for a, b, persons in names
        ):
            continue
        if hit.term.form == "present" and not sentence.title and document.report.source_kind != "field":
            if not any(c.end + 1 == hit.start for c in sentence.of("cues", "neutral")):  # "managed to arrest"
                continue  # what is usual
        generic = document.finder.lexicon.acts[hit.value].generic
        if generic and hit.term.form == "present" and hit.start == sentence.start:
            continue  # "Fire on a farm …"
        if hit.term.form == "verb" and _after_article(document, sentence, hit):
            continue  # "the hurt"
        if hit.term.form in ("verb", "passive") and _usual(document, sentence, hit):
            continue
        if chosen and hit.start < chosen[-1][0].end and hit.term.form != "self" and chosen[-1][0].term.form == "self":
            if hit.end > chosen[-1][0].end:  # "families have left the village"
                chosen[-1] = [hit]
                continue
        if not chosen or hit.start >= chosen[-1][0].end:
            chosen.append([hit])
        elif (chosen[-1][0].start, chosen[-1][0].end) == (hit.start, hit.end):
            readings = chosen[-1]
            noun = next((h for h in (*readings, hit) if h.term.form == "noun"), None)
            if noun is not None and any(h.term.form != "noun" for h in (*readings, hit)):
                wanted = _is_noun(document, sentence, noun)
                chosen[-1] = [h for h in (*readings, hit) if (h.term.form == "noun") == wanted]
            else:
                readings.append(hit)
    return chosen


def _purpose(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """Whether a letter written onto a noun says what for: "they come down to attack the plain"; not what somebody was
    exposed to.
    """
    letters = document.finder.lexicon.form["purpose_prefix"]
    word = sentence.between(max(sentence.start, hit.start - 12), hit.start).rpartition(" ")[2]
    exposed = any(c.end <= hit.start for c in sentence.of("cues", "passive_before"))
    exposed = exposed or any(0 <= hit.start - c.end <= PURPOSE_CHARS for c in sentence.of("cues", "before"))
    return word in letters and not exposed and not sentence.title


def _usual(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """Whether letters written onto a verb say that it is a noun, or tells of what is usual: no day, a present form."""
    form = document.finder.lexicon.form
    before = sentence.between(max(sentence.start, hit.start - 2), hit.start)
    if before in form["definite_prefix"]:
        return True
    present = hit.term.words.startswith(tuple(form["present_prefix"]) or ("\0",))
    if present and any(c.end + 1 == hit.start for c in sentence.of("cues", "of")):
        return True  # "whoever burns"
    if sentence.title or document.report.source_kind == "field" or sentence.index <= 1:
        return False
    dated = bool(sentence.dates) or any(
        0 <= hit.start - c.end <= 1 for c in sentence.of("cues", "pluperfect", "negation")
    )
    return not dated and present


def _after_article(document: Document, sentence: Sentence, hit: Hit) -> bool:
    before = sentence.between(max(sentence.start, hit.start - 7), hit.start).split()
    return bool(before) and before[-1] in document.finder.lexicon.form["definite"]


def _is_noun(document: Document, sentence: Sentence, hit: Hit) -> bool:
    if not sentence.title:
        return not any(c.end + 1 == hit.start for c in sentence.of("cues", "neutral"))
    on = [c for c in sentence.of("cues", "on", "by") if hit.end <= c.start <= hit.end + 2 and c.term.words != "to"]
    before = sentence.between(sentence.start, hit.start).split()
    known = document.finder.lexicon.form
    return bool(on) or not before or before[-1] in known["definite"] or before[-1] in known["stop"]
