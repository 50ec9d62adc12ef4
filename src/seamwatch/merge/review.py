"""What is worth a person's look, the most consequential first, each with why, both sides' words and what answers it.

Five kinds: whether reports tell of one incident or two; which of contradicting values is right; where a place is;
values that the coder read with little confidence; and sources not rated on which many incidents rest alone. An answer
is a decision (`seamwatch.merge.decisions`): once it is in force its item is gone and stays away.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from seamwatch.merge.clusters import JOIN_AT
from seamwatch.merge.decisions import Decision, standing_decisions
from seamwatch.merge.doubts import Doubt
from seamwatch.model import Contradiction, Figure, Incident, SourcedClaim

Kind = Literal["one_or_two", "which_value", "where", "value", "source"]

HALF_LIFE_DAYS = 60  # in which the worth of a look halves
OLDEST = 0.05  # what it comes down to
UNSURE = 0.5  # confidence below which a value is asked about
ALONE = 5  # incidents that rest on one source alone, from which on its rating is asked for
RATING = 0.3  # what a missing rating weighs, of the weightiest of them
TYPED = "…"  # of an answer whose value the person types
FIELDS = ("type", "date", "place", "initiator", "target")  # shown of each side, with its toll
WEIGHT = {"type": 1.0, "date": 1.0, "place": 1.0, "initiator": 0.7, "target": 0.6}  # asked about; tolls weigh 1


@dataclass(frozen=True, slots=True)
class Side:
    """What one draft says, with its words."""

    draft: str
    source: str
    claims: tuple[SourcedClaim, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One item. ``answers`` are the decisions that settle it, without the role; a value of `TYPED` is to be typed.

    ``worth`` orders them: how much harm the incident did, how recent it is and how unsure we are. ``id`` stays while
    the drafts and the field that it is about do.
    """

    id: str
    kind: Kind
    why: str
    worth: float
    incidents: tuple[str, ...]
    sides: tuple[Side, ...]
    answers: tuple[Decision, ...]
    field: str = ""


def queue(
    incidents: Iterable[Incident],
    doubts: Iterable[Doubt] = (),
    decisions: Iterable[Decision] = (),
    *,
    today: date | None = None,
) -> tuple[Look, ...]:
    """All items about some incidents, the one most worth a look first.

    ``doubts`` are those of merging (`seamwatch.merge.doubts`), ``decisions`` those in force. ``today`` is what recency
    is reckoned from: by default the last day on which an incident happened.
    """
    held = list(incidents)
    standing = standing_decisions(decisions)
    answered = {d.matter for d in standing}
    recoded = {(d.left, d.field) for d in standing if d.kind == "recode"}
    at = today or max((i.record.date.last for i in held if i.record.date), default=date.min)
    home = {key: incident for incident in held for key in incident.members}
    found = [look for doubt in doubts if (look := _one_or_two(doubt, home, answered, at))]
    for incident in held:
        found += _which_values(incident, answered, at)
        found += _where(incident, recoded, at)
        found += _values(incident, recoded, at)
    found += _unrated(held, at)
    return tuple(sorted({look.id: look for look in found}.values(), key=lambda look: (-look.worth, look.id)))


def _one_or_two(doubt: Doubt, home: dict[str, Incident], answered: set[tuple[str, ...]], today: date) -> Look | None:
    left, right = home.get(doubt.left), home.get(doubt.right)
    if left is None or right is None or ("pair", *sorted((doubt.left, doubt.right))) in answered:
        return None
    percent = f"{doubt.chance:.0%} likely to be one, joined from {JOIN_AT:.0%}"
    if doubt.kind == "may_be_one":
        why = f"two incidents may be one: {percent}"
    else:
        why = f"a report may tell of another incident than the others: {percent}"
    both = dict.fromkeys((left.id, right.id))
    unsure = max(0.1, 1 - abs(doubt.chance - JOIN_AT) / (1 - JOIN_AT))
    drafts = (doubt.left, doubt.right)
    return Look(
        _id("one_or_two", *sorted(drafts)),
        "one_or_two",
        why,
        unsure * max(_weight(i, today) for i in (left, right)),
        tuple(both),
        (_side(left, doubt.left), _side(right, doubt.right)),
        (Decision("same", *drafts), Decision("not_same", *drafts)),
    )


def _which_values(incident: Incident, answered: set[tuple[str, ...]], today: date) -> Iterator[Look]:
    for dispute in incident.contradictions:
        field, pair = dispute.field, _extremes(dispute)
        members = [c.draft for c in dispute.claims]
        decided = {("claims", *sorted((a, b)), field) for a in members for b in members}
        if pair is None or answered & decided:
            continue
        low, high = pair
        yield Look(
            _id("which_value", *sorted((low.draft, high.draft)), field),
            "which_value",
            f"{_named(field)}: {_teller(low)} has {low.value}, {_teller(high)} {high.value}",
            _weight(incident, today) * _apart(field, low.value, high.value) * WEIGHT.get(field, 1.0),
            (incident.id,),
            (_side(incident, low.draft), _side(incident, high.draft)),
            (
                Decision("prefer", low.draft, high.draft, field),
                Decision("prefer", high.draft, low.draft, field),
                Decision("not_same", low.draft, high.draft),
            ),
            field,
        )


def _where(incident: Incident, recoded: set[tuple[str, str]], today: date) -> Iterator[Look]:
    place = incident.record.location
    claims = [c for c in incident.claims if c.field == "place"]
    if place is None or not claims or any((c.draft, "place") in recoded for c in claims):
        return
    claim = next((c for c in claims if c.value == place.name), claims[0])
    sure = max((c.confidence for c in claims if c.confidence is not None), default=1.0)
    if place.status == "ambiguous":
        why, unsure = f"several places are named {place.name}: {', '.join(place.candidates) or 'which one?'}", 0.9
    elif place.lat is None:
        why, unsure = f"{place.name} is on no list of places", 1.0
    elif sure < UNSURE:
        why, unsure = f"{place.name} was placed with {sure:.0%} confidence", 1 - sure
    else:
        return
    yield _about(incident, claim, "where", why, unsure, today)


def _values(incident: Incident, recoded: set[tuple[str, str]], today: date) -> Iterator[Look]:
    for claim in incident.claims:
        field, sure = claim.field, claim.confidence
        if sure is None or sure >= UNSURE or field == "place" or (claim.draft, field) in recoded:
            continue
        weight = WEIGHT.get(field, 1.0 if field.startswith("toll.") else 0.0)
        told = any(
            (other.field, other.value) == (field, claim.value) and other.source != claim.source
            for other in incident.claims
        )
        if weight and not told:
            why = f"{_named(field)} {claim.value}: read with {sure:.0%} confidence"
            yield _about(incident, claim, "value", why, (1 - sure) * weight, today)


def _unrated(incidents: Iterable[Incident], today: date) -> Iterator[Look]:
    """The sources that nobody rated and that are alone in telling of many incidents."""
    resting: dict[str, list[Incident]] = {}
    for incident in incidents:
        told = {claim.source for claim in incident.claims}
        if len(told) == 1 and not any(claim.source_reliability for claim in incident.claims):
            resting.setdefault(told.pop(), []).append(incident)
    for source, found in resting.items():
        if source and len(found) >= ALONE:
            yield Look(
                _id("source", source),
                "source",
                f"{source} is not rated, and {len(found)} incidents rest on it alone",
                RATING * max(_weight(incident, today) for incident in found),
                tuple(incident.id for incident in found),
                (),
                (Decision("rate_source", source, value=TYPED),),
            )


def _about(incident: Incident, claim: SourcedClaim, kind: Kind, why: str, unsure: float, today: date) -> Look:
    """An item about one draft's value on one field."""
    answers = [Decision("recode", claim.draft, field=claim.field, value=TYPED)]
    if claim.field == "type":
        answers.append(Decision("reject", claim.draft))
    return Look(
        _id(kind, claim.draft, claim.field),
        kind,
        why,
        unsure * _weight(incident, today),
        (incident.id,),
        (_side(incident, claim.draft),),
        tuple(answers),
        claim.field,
    )


def _weight(incident: Incident, today: date) -> float:
    """Harm and recency of an incident."""
    record = incident.record
    dead, hurt = (_most(record.figure(outcome)) for outcome in ("killed", "wounded"))
    age_days = max(0, (today - record.date.last).days) if record.date else HALF_LIFE_DAYS
    fading: float = max(OLDEST, 0.5 ** (age_days / HALF_LIFE_DAYS))
    return (1 + math.log1p(dead) + 0.5 * math.log1p(hurt)) * fading


def _most(figure: Figure | None) -> int:
    return 0 if figure is None else figure.low if figure.high is None else figure.high


def _side(incident: Incident, draft: str) -> Side:
    shown = tuple(c for c in incident.claims if c.draft == draft and (c.field in FIELDS or c.field.startswith("toll.")))
    return Side(draft, next((c.source for c in incident.claims if c.draft == draft), ""), shown)


def _extremes(dispute: Contradiction) -> tuple[SourcedClaim, SourcedClaim] | None:
    """The two claims furthest apart: of a toll the least and the most, else the first two that differ."""
    claims = sorted(dispute.claims, key=lambda c: (_number(c.value), c.value, c.draft))
    low, high = claims[0], next((c for c in reversed(claims) if _teller(c) != _teller(claims[0])), None)
    return (low, high) if high is not None and low.value != high.value else None


def _teller(claim: SourcedClaim) -> str:
    return claim.source or claim.draft


def _number(value: str) -> int:
    digits = "".join(ch if ch.isdecimal() else " " for ch in value).split()
    return int(digits[0]) if digits else 0


def _apart(field: str, low: str, high: str) -> float:
    """How far two values are apart, 0 to 1: tolls by their ratio."""
    if not field.startswith("toll."):
        return 0.6
    return min(1.0, 0.3 + abs(math.log1p(_number(high)) - math.log1p(_number(low))))


def _named(field: str) -> str:
    """A field as people call it: toll.forces.killed -> killed (forces)."""
    parts = field.split(".")
    return f"{parts[2]} ({parts[1]})" if len(parts) == 3 else field


def _id(*about: str) -> str:
    return "q-" + hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:10]
