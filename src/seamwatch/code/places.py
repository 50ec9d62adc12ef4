"""Places that a sentence names, as it names them: known names and names by their pattern, with relation and kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from seamwatch.code import relative
from seamwatch.code.hits import LATIN, Hit
from seamwatch.code.kind_names import names_by_kind
from seamwatch.code.reading import Document, Sentence
from seamwatch.code.relative import paired
from seamwatch.geo import COMPASS_DEG, distance_km
from seamwatch.model import PlaceMention, Relation, Span
from seamwatch.packs.places import KINDS, PackPlace

Form = Mapping[str, frozenset[str]]  # the word lists of the lexicon

CUE_CHARS = 34  # between a preposition and the name
ASIDE_CHARS = 24  # between "buried in" and the name
QUOTED_CHARS = 5  # between "according to" and who is quoted
SUBJECT_CHARS = 48  # from a place to what was done to it
ELSEWHERE = 3.0  # lost by a place where the dead were buried, a battle is fought
OFFICE = 2.0  # by one where a person holds office, speaks or comes from
NEAR_KM = 12.0  # two places this near each other (beyond their own size) may be one
RANK = {
    **dict.fromkeys(("village", "site", "base", "oilfield", "camp", "crossing", "dam", "airport"), 6),
    **dict.fromkeys(("town", "city", "mountain", "lake", "river", "road", "valley"), 5),
    "subdistrict": 4,
    "district": 3,
    "region": 2,
    "governorate": 1,
    "country": 0,
}
WIDE = ("subdistrict", "district", "governorate", "region", "country", "city", "town")
_WORD = r"(?:[A-Z\u00c0-\u00de][\w'’`´-]{0,30}|(?:al|el|as|ash|at|an|ad|ar|az)-[A-Z'’][\w'’`´-]{0,30})"
_NAME = re.compile(rf"(?<![\w'’-]){_WORD}(?:\s(?:{_WORD}|al|bin|the (?=[A-Z]))){{0,4}}")

_OWN = re.compile(r"['’]s\s(?=[A-Z\u00c0-\u00de])")


@dataclass(slots=True, eq=False)
class Named:
    """A place that a sentence names. ``kinds`` are those that the name may be of; a higher ``rank`` is more exact."""

    sentence: Sentence
    start: int
    end: int
    name: str
    kinds: tuple[str, ...]
    rank: int
    ids: frozenset[str]
    rule: str
    relation: Relation = "at"
    cue: str = ""  # the preposition's row, "" where none stands before the name
    loose: bool = False  # a preposition that need not say where ("of", "from")
    aside: float = 0.0  # what it loses where it says of a person where he holds office, comes from, was taken
    kind: str | None = None
    to: str | None = None
    distance_km: float | None = None
    bearing_deg: float | None = None

    @property
    def wide(self) -> bool:
        """Whether it is an area rather than a spot."""
        return self.rank <= RANK["subdistrict"]

    def span(self) -> Span:
        """Its words."""
        return self.sentence.span(self.start, self.end, self.rule)

    def mention(self, within: tuple[str, ...]) -> PlaceMention:
        """As the model has it."""
        return PlaceMention(self.name, self.relation, self.to, self.distance_km, self.bearing_deg, self.kind, within)


def find_places(document: Document, sentence: Sentence) -> list[Named]:
    """The places of a sentence, in order."""
    found = _known(sentence)
    found += _by_pattern(document, sentence, found)
    found += _by_kind(document, sentence, found)
    if not found:
        return []
    found.sort(key=lambda n: n.start)
    cues = [h for h in sentence.hits if h.kind == "places"]
    never = [(h.start, h.end) for h in sentence.of("places", "never")]
    found = [n for n in found if not any(a <= n.start and n.end <= b for a, b in never)]
    found = [n for n in found if not _part_of_name(sentence, n)]
    for named in found:
        _place_in(sentence, named, cues, document.finder.lexicon.form)
        named.aside = _aside(sentence, named, document.finder.lexicon.form)
    for inner, outer in pairwise(found):
        if outer.rank >= inner.rank >= RANK["subdistrict"] and _held(
            sentence, inner, outer, cues, document.finder.lexicon.form
        ):
            outer.rank = max(inner.rank - 1, RANK["country"])
    return paired(sentence, found, document.finder.lexicon.form)


def same_place(a: Named, b: Named) -> bool:
    """Whether two may name one place."""
    return a.name == b.name or bool(a.ids & b.ids)


def apart(here: Sequence[Named], there: Sequence[Named], gazetteer: Mapping[str, PackPlace]) -> bool:
    """Whether no place of the one list can be, hold or lie near one of the other."""
    unknown = False
    for a in here:
        for b in there:
            if same_place(a, b):
                return False
            if not a.ids or not b.ids:
                unknown = True
            elif any(_may_be_one(gazetteer[i], gazetteer[j]) for i in a.ids for j in b.ids):
                return False
    known = any(a.ids for a in here) and any(b.ids for b in there)
    if unknown and not known:
        return any(a.rank >= RANK["town"] for a in here) and any(b.rank >= RANK["town"] for b in there)
    return True


def _may_be_one(a: PackPlace, b: PackPlace) -> bool:
    """Whether two places lie in or near each other."""
    if "country" in (a.kind, b.kind) or "region" in (a.kind, b.kind):
        return True
    if "governorate" in (a.kind, b.kind):
        return a.governorate == b.governorate
    if "district" in (a.kind, b.kind) and a.district and a.district == b.district:
        return True
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= max(a.radius_km, b.radius_km) + NEAR_KM


def _known(sentence: Sentence) -> list[Named]:
    spots: dict[tuple[int, int], list[Hit]] = {}
    for hit in sentence.of("place"):
        spots.setdefault((hit.start, hit.end), []).append(hit)
    found: list[Named] = []
    for (start, end), hits in spots.items():
        kinds = tuple(dict.fromkeys(h.term.form for h in hits))
        name = sentence.reading.words(start, end)
        rank = RANK["governorate"] if "governorate" in kinds else max(RANK[k] for k in kinds)
        found.append(
            Named(
                sentence,
                start,
                end,
                name,
                kinds,
                rank,
                frozenset(h.value for h in hits),
                f"place: {hits[0].term.words}",
            )
        )
    return found


def _by_pattern(document: Document, sentence: Sentence, known: Sequence[Named]) -> list[Named]:
    """Capitalised names that no list knows, beside a word for a kind of place or after a preposition of place."""
    words = sentence.of("places")
    kinds = [h for h in words if h.value in KINDS]
    cues = [h for h in words if h.value not in KINDS and h.value not in ("never", "joined", "aside")]
    if not kinds and not cues:
        return []
    a, b = sentence.reading.folded.original(sentence.start, sentence.end)
    text = sentence.reading.original[a:b]
    if not LATIN.search(text) or (sentence.title and text.isupper()):
        return []
    position = sentence.reading.folded.position
    taken = [
        (h.start, h.end)
        for h in sentence.hits
        if h.kind in ("actors", "orgs", "offices") or h.value == "never" or h.kind == "place"
    ]
    taken += [(d.start, d.end) for d in sentence.dates]
    found: list[Named] = []
    form = document.finder.lexicon.form
    small = form["stop"] | form["definite"] | form["articles"]
    for match in _NAME.finditer(text):
        first = match.start()
        for _, known_end in (t for t in taken if t[0] <= position(a + first) < t[1] < position(a + match.end())):
            own = _OWN.match(text, sentence.reading.folded.original(known_end, known_end + 1)[0] - a, match.end())
            first = own.end() if own else first  # "Hawija's Mahous"
        while (space := text.find(" ", first, match.end())) > 0 and text[first:space].lower() in small:
            first = space + 1
        if text[first : match.end()].lower() in small:
            continue
        start, end = position(a + first), position(a + match.end())
        if match.end() - first < 3 or any(s < end and start < e for s, e in taken):
            continue
        if any(0 <= h.start - end <= 1 for h in sentence.hits if h.kind in ("actors", "people")):
            continue  # "Rwandan troops"
        kind = _kind_beside(sentence, start, end, kinds, form)
        near = [c for c in cues if c.end < start and sentence.between(c.end, start).strip() in ("", "the")]
        strong = [c for c in near if c.term.words in form["placing"] or c.value != "at"]
        if not kind and not (strong):
            continue
        if not kind and sentence.title and _title_case(text):
            continue
        rank = RANK[kind] if kind else RANK["village"]
        found.append(
            Named(
                sentence,
                start,
                end,
                text[first : match.end()],
                (kind or "village",),
                rank,
                frozenset(),
                "place.pattern",
                kind=kind,
            )
        )
    return found


def _by_kind(document: Document, sentence: Sentence, known: Sequence[Named]) -> list[Named]:
    """Names of no known place in a script without capitals."""
    taken = [(n.start, n.end) for n in known]
    return [
        Named(
            sentence,
            one.start,
            one.end,
            sentence.reading.words(one.start, one.end),
            (one.kind,),
            RANK[one.kind],
            frozenset(),
            "place.kind",
            kind=one.kind,
        )
        for one in names_by_kind(document, sentence, taken)
    ]


def _title_case(text: str) -> bool:
    words = [w for w in text.split() if len(w) > 4]
    return sum(w[0].isupper() for w in words) > 0.7 * len(words)


def _kind_beside(sentence: Sentence, start: int, end: int, kinds: Sequence[Hit], form: Form) -> str | None:
    """The word for a kind of place beside a name: "Topzawa village", "village of Topzawa", "Topzawa, a village"."""
    small = form["articles"] | form["definite"]
    for hit in kinds:
        if end <= hit.start <= end + 3 and sentence.between(end, hit.start).strip() in ("", "'s", ","):
            return hit.value
    for hit in kinds:
        gap = sentence.between(hit.end, start) if hit.end <= start else None
        if gap is not None and len(gap) < 12 and gap.strip() in form["naming"] and not _has_name(sentence, hit.start):
            return hit.value
        if end <= hit.start <= end + 22:
            words = sentence.between(end, hit.start).strip(" ,").split()
            if words and words[0] in small and len(words) <= 2:
                return hit.value
    return None


def _has_name(sentence: Sentence, at: int) -> bool:
    """Whether the word for a kind has its own name before it: "the Abbasi subdistrict of Hawija"."""
    before = sentence.reading.words(max(sentence.start, at - 30), at).split()
    return bool(before) and before[-1][:1].isupper() and len(before[-1]) > 2 and len(before) > 1


def _held(sentence: Sentence, inner: Named, outer: Named, cues: Sequence[Hit], form: Form) -> bool:
    """Whether the second of two places is the one that the first lies in: "the Riyadh sub-district of Hawija"."""
    at = inner.end
    if inner.kind:
        at = next((k.end for k in cues if k.value == inner.kind and 0 <= k.start - at <= 1), at)
    return outer.kind not in ("village", "site") and any(
        0 <= cue.start - at <= 1
        and 0 <= outer.start - cue.end <= 1
        and (cue.term.words in form["placing"] or (inner.kind and cue.term.words in form["naming"]))
        for cue in cues
        if cue.value == "at"
    )


def _part_of_name(sentence: Sentence, named: Named) -> bool:
    """Whether a place only names something else: "Kirkuk Operations Command", "Baghdad's government"; a capital that
    may stand for its government is a place in "in Baghdad".
    """
    over = [h for h in sentence.of("orgs") + sentence.of("actors") if h.start <= named.start and named.end <= h.end]
    if over and all((h.start, h.end) == (named.start, named.end) for h in over):
        return not any(0 <= named.start - c.end <= 1 for c in sentence.of("places", "at", "near"))
    return bool(over)


def _place_in(sentence: Sentence, named: Named, cues: Sequence[Hit], form: Form) -> None:
    kinds = [h for h in cues if h.value in KINDS]
    beside = _kind_beside(sentence, named.start, named.end, kinds, form)
    if beside:
        named.kind = beside
        if beside in named.kinds or beside in ("district", "subdistrict", "governorate", "village"):
            named.rank = RANK[beside]
        if beside in ("mountain", "road", "valley"):
            named.relation = "near"
    start = named.start
    for cue in reversed(cues):
        if cue.end > start or cue.value in ("never", "joined", "aside"):
            continue
        gap = sentence.between(cue.end, start)
        if len(gap) > CUE_CHARS or any(c in gap for c in ".;:,("):
            break
        if cue.value in KINDS:
            if not gap.strip():
                start = cue.start
            continue
        if cue.term.words in form["naming"] and any(0 <= cue.start - k.end <= 1 for k in kinds):
            start = cue.start
            continue
        if len(gap.split()) > 3 or any(
            h.kind in ("act", "harm", "place") and cue.end <= h.start < start for h in sentence.hits
        ):
            break
        named.cue = cue.value
        named.loose = cue.value == "at" and cue.term.words not in form["placing"]
        if cue.value == "between":
            named.relation = "between"
        elif cue.value in COMPASS_DEG:
            named.relation, named.bearing_deg = "offset", COMPASS_DEG[cue.value]
            named.distance_km = relative.distance_km(sentence, cue.start, named.end, form)
        elif cue.value == "near":
            named.relation = "near"
        break
    if named.relation == "at" and (apart_km := relative.apart_km(sentence, named.start, form)) is not None:
        named.relation, named.distance_km, named.cue = "offset", apart_km, "near"
    if not named.cue and _suffers(sentence, named):
        named.cue = "at"


def _suffers(sentence: Sentence, named: Named) -> bool:
    """Whether a sentence begins with a place to which something was done: "Wadi al-Shay, south of it, was bombed"."""
    if sentence.title or any(h.kind in ("actors", "people") and h.start < named.start for h in sentence.hits):
        return False
    if len(sentence.between(sentence.start, named.start).split()) > 3:
        return False
    verb = next((h for h in sentence.hits if h.kind == "act" and h.start >= named.end), None)
    if verb is None or verb.start - named.end > SUBJECT_CHARS:
        return False
    return any(0 <= verb.start - c.end <= 1 and c.start >= named.end for c in sentence.of("cues", "passive_before"))


def _aside(sentence: Sentence, named: Named, form: Form) -> float:
    """What a place loses that may not be the event's: "labourers from Hilla", "the mayor of Hit", "buried in Najaf",
    "said in Erbil".
    """
    for cue in sentence.of("places", "aside"):
        if 0 < named.start - cue.end <= ASIDE_CHARS and not _acts(sentence, cue.end, named.start):
            return ELSEWHERE
    speech = sentence.of("speech")
    if any(0 <= verb.start - named.end <= 1 for verb in speech):  # "a source in Kirkuk said"
        return OFFICE
    for cue in sentence.of("places", "at"):
        if 0 <= named.start - cue.end <= 5:
            before = [h for h in sentence.hits if 0 <= cue.start - h.end <= 1]
            if any(h.kind in ("offices", "speech") for h in before):
                return OFFICE
            if any(h.kind in ("actors", "orgs") and _quoted(sentence, h.start) for h in before):
                return OFFICE
            if cue.term.words in form["origin"] and any(h.kind in ("people", "actors") for h in before):
                return OFFICE
    return 0.0


def _quoted(sentence: Sentence, at: int) -> bool:
    """Whether who stands there is a source: "according to the police in Daquq"."""
    return any(0 <= at - cue.end <= QUOTED_CHARS for cue in sentence.of("cues", "aside"))


def _acts(sentence: Sentence, start: int, end: int) -> bool:
    return any(h.kind in ("act", "harm", "place") and start <= h.start < end for h in sentence.hits)
