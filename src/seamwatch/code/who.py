"""Who and what a sentence names: persons and organisations with their number, and things that may be aimed at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from seamwatch.code.hits import Hit
from seamwatch.code.numbers import NumberHit
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.text import normalise
from seamwatch.model import Figure, Span

ADJECTIVES_CHARS = 45  # a number belongs to the noun this many characters on, with only adjectives between
MASK_CHARS = 9  # "dressed as Iraqi soldiers"
SPEAKER_CHARS = 70  # a verb of speech this near makes a speaker
GENERAL = frozenset({"militants", "civilians", "unknown"})  # codes that a named organisation makes more exact


@dataclass(slots=True, eq=False)
class Who:
    """A noun phrase of persons. ``code`` is an actor code, "" where only the group is known ("officers")."""

    sentence: Sentence
    start: int
    end: int
    code: str
    group: str
    rule: str
    person: bool  # a word for persons, not an organisation
    figure: Figure | None = None
    figure_at: tuple[int, int] | None = None
    plural: bool = False
    definite: bool = False
    others: bool = False
    speaker: bool = False
    owned: bool = False  # "its men": of whom is not told in the sentence

    @property
    def begin(self) -> int:
        """Where it begins, with its number."""
        return min(self.start, self.figure_at[0]) if self.figure_at else self.start

    def span(self) -> Span:
        """Its words."""
        return self.sentence.span(self.start, self.end, self.rule)

    def counted(self) -> Span:
        """Its words with the number before it."""
        start, end = self.start, self.end
        if self.figure_at:
            start, end = min(start, self.figure_at[0]), max(end, self.figure_at[1])
        return self.sentence.span(start, end, self.rule)


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A thing that may be aimed at; ``value`` is its row of ``[things]``, or the code infrastructure."""

    sentence: Sentence
    start: int
    end: int
    value: str
    rule: str

    def span(self) -> Span:
        """Its words."""
        return self.sentence.span(self.start, self.end, self.rule)


def find_who(document: Document, sentence: Sentence) -> list[Who]:
    """The noun phrases of persons in a sentence, in order."""
    actors = document.pack.codes.actors
    form, vso = document.finder.lexicon.form, document.finder.lexicon.order == "vso"
    found: list[Who] = []
    harm = {h.start for h in sentence.hits if h.kind == "harm" and h.term.form != "noun"}
    for hit in sentence.hits:
        kind = hit.term.kind
        if kind == "actors" and hit.value != "infrastructure":
            who = Who(
                sentence, hit.start, hit.end, hit.value, actors[hit.value].group, hit.term.rule, _person(hit, document)
            )
        elif kind == "again":
            if not _named_before(document, sentence, hit):
                continue
            who = Who(sentence, hit.start, hit.end, hit.value, actors[hit.value].group, hit.term.rule, False)
        elif kind == "people":
            if hit.value == "unknown" and hit.start in harm and document.finder.lexicon.order == "svo":
                continue  # "wounded", "bodies": harm first
            who = Who(sentence, hit.start, hit.end, "", hit.value, hit.term.rule, _person(hit, document))
            who.owned = hit.value == "unknown" and hit.term.words in form["of_body"]
        elif kind == "cues" and hit.value == "us":
            code = us(document)
            if code is None:
                continue
            who = Who(sentence, hit.start, hit.end, code, actors[code].group, hit.term.rule, False)
        else:
            continue
        who.plural = hit.term.number == -1
        if hit.term.number > 0:
            who.figure, who.figure_at = Figure.exactly(hit.term.number), (hit.start, hit.end)
        if found and _same_place(found[-1], who):
            if _better(who, found[-1]):
                found[-1] = who
            continue
        if found and vso and (small := _small_after(sentence, found[-1], sentence.numbers)) is not None:
            words = sentence.between(small.end, who.start).strip()
            if found[-1].figure is None or found[-1].figure.low == small.figure.low:  # "two terrorists two of"
                if _part(words, form) and found[-1].group == who.group:
                    found[-1].figure, found[-1].figure_at = small.figure, (found[-1].start, small.end)
                    found[-1].end = small.end
        acted = vso and any(h.start < who.start for h in sentence.of("act") if found and h.start >= found[-1].end)
        counted = found and any(found[-1].end <= n.start < who.start for n in sentence.numbers if n.kind == "count")
        part = bool(found and found[-1].code and who.code in actors[found[-1].code].covers)
        if counted or acted or not (found and _join(found[-1], who, form, part, vso)):
            found.append(who)
    masks = [d.end for d in sentence.of("cues", "disguise")]
    found = [w for w in found if not any(0 <= w.start - end <= MASK_CHARS for end in masks)]
    _count(document, sentence, found)
    _owners(sentence, found, document)
    _speakers(sentence, found, vso, form["that"])
    _theirs(found, form["theirs"])
    return found


def _named_before(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """Whether the report names an organisation before a word that takes it up."""
    for other in document.sentences[: sentence.index + 1]:
        for earlier in other.of("actors", hit.value):
            if other is not sentence or earlier.start < hit.start:
                return True
    return False


def us(document: Document) -> str | None:
    """Whom "we" and "our forces" mean: the actor that the report's source names."""
    report = document.report
    if report.source_kind not in ("official", "field", "claim", None) or not report.source:
        return None
    words = normalise(report.source, "en").text
    codes = [
        h.value
        for h in sorted(document.finder.find(words, lambda hit: False), key=lambda h: h.start)
        if h.kind == "actors" and document.pack.codes.actors[h.value].group in ("forces", "militants")
    ]
    return codes[0] if codes else None


def _person(hit: Hit, document: Document) -> bool:
    terms = document.finder.lexicon.terms
    words = hit.term.words
    if words.split()[-1] in document.finder.lexicon.form["bodies"]:
        return False
    if hit.kind == "people" or document.pack.codes.actors[hit.value].group == "civilians":
        return True
    return bool(hit.term.number) or words + "s" in terms or words.endswith("man")


def _same_place(a: Who, b: Who) -> bool:
    return b.start < a.end


def _better(new: Who, old: Who) -> bool:
    """Which of two readings of the same words to keep: a code before a bare group, a name before a general code."""
    plain = not old.code or (old.code in GENERAL and new.code not in GENERAL)
    return bool(new.code) and plain and new.end >= old.end


def _join(a: Who, b: Who, form: Mapping[str, frozenset[str]], part: bool = False, vso: bool = False) -> bool:
    """Make one phrase of two that stand side by side ("Islamic State" "militants") or "members" "of" "the army".

    ``part``: the first is a general name of which the second is a part ("an intelligence unit of the police").
    """
    gap = a.sentence.between(a.end, b.start).strip()
    if gap in form["modifier"]:
        if part and b.group == "forces" and not b.figure:
            a.code, a.rule = b.code, b.rule
        elif a.code and a.code not in GENERAL:
            if b.code and b.group not in (a.group, "unknown") and (b.code not in GENERAL or b.figure):
                return False  # "the army two gunmen" are two phrases
            if vso and b.figure and not b.code and {a.group, b.group} == {"militants", "forces"}:
                return False  # "of the group a fighter"
        elif b.code or not a.code:
            if a.group == "civilians" and b.group != "civilians" and b.code:
                return False
            if a.group == "militants" and b.group in ("civilians", "forces"):
                return False  # verb first, or last: "killed gunmen a farmer"
            a.code, a.group, a.rule = b.code or a.code, b.group if b.code or b.group != "unknown" else a.group, b.rule
    elif _part(gap, form) and (b.code or not a.code):
        members = (
            a.code
            and a.person
            and a.group == b.group
            and (a.code == "militants" or (a.group == "forces" and not b.person))
        )
        office = a.code == "state_officials" and b.group == "militants"  # "an official of the PKK"
        if a.code and not members and not office and not part:
            return False
        a.code, a.group, a.rule, a.owned = b.code, b.group, b.rule, False
        a.end, a.person = b.end, True
        return True
    else:
        return False
    a.end, a.person, a.plural = b.end, b.person or a.person, b.plural or (a.plural and b.end == a.end)
    a.figure, a.figure_at = b.figure or a.figure, b.figure_at or a.figure_at
    return True


def _part(gap: str, form: Mapping[str, frozenset[str]]) -> bool:
    """Whether a gap is "of the", or that and an adjective or two."""
    if gap in form["part"]:
        return True
    words = gap.split()
    for length in (1, 2):
        if " ".join(words[:length]) in form["part"] and length < len(words) <= length + 2:
            return not form["stop"].intersection(words[length:]) and "," not in gap
    return False


def _count(document: Document, sentence: Sentence, found: list[Who]) -> None:
    """Give each phrase the number or article before it, and say whether it is definite."""
    numbers = [n for n in sentence.numbers if n.kind == "count"]
    starts = [n.start for n in numbers]
    articles = sentence.of("cues", "article", "many")
    others = sentence.of("cues", "others")
    form = document.finder.lexicon.form
    for at, who in enumerate(found):
        floor = found[at - 1].end if at else sentence.start
        index = bisect_right(starts, who.start) - 1
        number = numbers[index] if index >= 0 else None
        if number and floor <= number.start and _near(sentence, number, who, form["stop"]):
            if index and floor <= numbers[index - 1].start and _of(sentence, numbers[index - 1], number, form["part"]):
                number = numbers[index - 1]  # "four of the seven attackers"
            who.figure, who.figure_at = number.figure, (number.start, number.end)
        elif document.finder.lexicon.order == "vso" and (after := _small_after(sentence, who, numbers)) is not None:
            who.figure, who.figure_at = after.figure, (who.start, after.end)
        elif who.figure is None:
            for hit in reversed(articles):
                if floor <= hit.start < who.start and _adjectives(
                    sentence.between(hit.end, who.start), 30, form["stop"]
                ):
                    who.figure = Figure.exactly(1) if hit.value == "article" else Figure(2, None)
                    who.figure_at = (hit.start, hit.end)
                    break
        before = sentence.between(max(floor, who.start - 40), who.start).split()
        if who.figure is None:
            who.definite = any(word in form["definite"] for word in before[-4:])
        edge = who.begin + 1 if who.figure and who.figure.high is None else floor  # not the "more" of "more than"
        who.others = any(max(edge, who.start - 30) <= h.start < who.end for h in others)


def _small_after(sentence: Sentence, who: Who, numbers: Sequence[NumberHit]) -> NumberHit | None:
    """One and two stand after their noun in Arabic: "two terrorists two"."""
    after = next((n for n in numbers if n.start >= who.end), None)
    beside = after is not None and sentence.between(who.end, after.start) == " "
    return after if after is not None and beside and after.bound == "plain" and 1 <= after.figure.low <= 2 else None


def _of(sentence: Sentence, part: NumberHit, whole: NumberHit, words: frozenset[str]) -> bool:
    return sentence.between(part.end, whole.start).strip() in words


def _near(sentence: Sentence, number: NumberHit, who: Who, stop: frozenset[str]) -> bool:
    things = sentence.of("things")
    if any(number.end <= t.start and t.end <= who.start and t.term.number == -1 for t in things):
        return False  # "set three homes ablaze before the Peshmerga came"
    if any(number.end < a.start and a.end < who.start for a in sentence.of("cues", "article")):
        return False  # "the four killed included a commander"
    if sentence.reading.joined and any(number.end <= h.start < who.start for h in sentence.of("act")):
        return False  # "five were hurt in an attack of the group"
    return number.end <= who.start + 1 and _adjectives(sentence.between(number.end, who.start), ADJECTIVES_CHARS, stop)


def _adjectives(gap: str, most: int, stop: frozenset[str]) -> bool:
    """Whether only adjectives (or "of the") stand in a gap."""
    if len(gap) > most or any(c in gap for c in ",;:.("):
        return False
    words = gap.split()
    return not stop.intersection(words[1:] if words[:1] == ["of"] else words)


def _owners(sentence: Sentence, found: list[Who], document: Document) -> None:
    """ "Its fighters", "his men": of the organisation named before."""
    definite = document.finder.lexicon.form["definite"]
    for at, who in enumerate(found):
        short = document.finder.lexicon.short.get(who.code, frozenset())  # "the coalition said its warplanes"
        if (who.code and not short) or who.group == "civilians" or who.others:
            continue
        before = sentence.between(max(sentence.start, who.start - 24), who.start).split()
        if not any(word in definite and word != "the" for word in before[-2:]):
            continue
        if (
            at
            and found[at - 1].group == "civilians"
            and sentence.of("cues", "and")
            and who.begin - found[at - 1].end <= 12
        ):
            continue  # "a sheikh and two of his guards"
        owner = next((w for w in reversed(found[:at]) if w.group in ("forces", "militants")), None)
        if owner is not None and (not who.code or owner.code in short):
            who.code, who.group = owner.code, owner.group
        else:
            who.owned = True


def _theirs(found: list[Who], words: Collection[str]) -> None:
    """A pronoun written onto its noun ("members-its"): of the armed side named before."""
    for at, who in enumerate(found):
        if who.sentence.between(who.start, who.end) not in words:
            continue
        owner = next((w for w in reversed(found[:at]) if w.group in ("forces", "militants") and not w.speaker), None)
        if owner is not None:
            who.code, who.group, who.owned = owner.code, owner.group, False


def _speakers(sentence: Sentence, found: list[Who], verb_first: bool, that: frozenset[str]) -> None:
    """Mark those who only tell: "the police said", "according to the army"; after it where the verb stands first."""
    verbs = sentence.of("speech")
    deeds = [h for h in sentence.hits if h.kind in ("act", "harm")]
    asides = sentence.of("cues", "aside")
    for cue in sentence.of("cues", "support"):
        for who in found:
            who.speaker = who.speaker or 0 <= who.start - cue.end <= 30
    for at, who in enumerate(found):
        stop = found[at + 1].start if at + 1 < len(found) else sentence.end
        for verb in (*verbs, *asides):
            if not verb_first and who.end <= verb.start < min(stop, who.end + SPEAKER_CHARS):
                if not any(who.end <= d.start < verb.start for d in deeds):
                    gap = sentence.between(who.end, verb.start)
                    who.speaker = who.speaker or gap.count(",") in (0, 2)
            elif verb.end <= who.start <= verb.end + 25 and verb.value in ("aside", "say"):
                gap = sentence.between(verb.end, who.start)
                later = [d for d in deeds if verb.end <= d.start and d.start < _clause_end(sentence, who.end)]
                if "," not in gap and len(gap.split()) <= 3 and not later and not that.intersection(gap.split()):
                    who.speaker = True


def _clause_end(sentence: Sentence, at: int) -> int:
    """Where the words after a phrase come to a comma or the end."""
    comma = sentence.reading.folded.text.find(",", at, sentence.end)
    return comma if comma >= 0 else sentence.end


def find_things(sentence: Sentence) -> list[Thing]:
    """The things of a sentence that may be aimed at."""
    return [
        Thing(sentence, hit.start, hit.end, hit.value, hit.term.rule)
        for hit in sentence.hits
        if hit.kind == "things" or (hit.kind == "actors" and hit.value == "infrastructure")
    ]
