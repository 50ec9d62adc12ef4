"""An incident as one flat row: the codebook's fields, the toll as one low and one high a group and outcome.

``<group>_<outcome>_high`` is empty where the figure is open ("at least 13"): see ``_low``. Both are empty where no
report states anything, which is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seamwatch.export.credits import place_source
from seamwatch.merge import NOT_RATED
from seamwatch.model import Incident, report_of
from seamwatch.packs import Codes
from seamwatch.wire import codebook_incident

Value = str | int | float | None | tuple[str, ...]

FIELDS = (
    *("id", "type", "date_from", "date_to", "date_precision", "date_basis"),
    *("place", "lat", "lon", "radius_km", "place_precision", "country", "governorate", "district"),
    *("initiator", "target", "means", "duration_minutes", "claimed_by", "other_places"),
)
TAIL = (
    *("place_source", "sources_count", "sources", "source_reliability"),
    *("reports_count", "drafts", "information_credibility", "contradictions"),
)


def flat(incident: Incident) -> dict[str, Value]:
    """All fields but the toll, in the order of `FIELDS` and `TAIL`."""
    record, place = incident.record, incident.record.location
    told = codebook_incident(record)
    fields = {name: told[name] for name in FIELDS if name in told}
    fields |= {"initiator": record.initiator, "target": record.target}
    fields |= {"means": record.means, "other_places": record.other_places}
    wide = {name: getattr(place, name) if place else None for name in ("country", "governorate", "district")}
    row: dict[str, Value] = {"id": incident.id, **fields, **wide}
    return {name: row[name] for name in FIELDS} | {
        "place_source": place_source(place),
        "sources_count": len(incident.sources),
        "sources": incident.sources,
        "source_reliability": _reliabilities(incident),
        "reports_count": len({report_of(draft) for draft in incident.members}),
        "drafts": incident.members,
        "information_credibility": _credibilities(incident),
        "contradictions": tuple(dict.fromkeys(c.field for c in incident.contradictions)),
    }


def _reliabilities(incident: Incident) -> tuple[str, ...]:
    """For each of the sources, in their order; for copies of one text joined by " / ", as their names are."""
    rated = {c.source: c.source_reliability for c in incident.claims if c.source_reliability}
    names = ([name] if name in rated else name.split(" / ") for name in incident.sources)
    return tuple(" / ".join(rated.get(part, NOT_RATED) for part in parts) for parts in names)


def _credibilities(incident: Incident) -> tuple[str, ...]:
    """For each of the drafts, in their order: that of its report."""
    rated = {c.draft: c.information_credibility for c in incident.claims if c.information_credibility}
    return tuple(rated.get(draft, NOT_RATED) for draft in incident.members)


def toll(incident: Incident) -> dict[str, int | None]:
    """The toll by column; an open figure has its ``high`` None."""
    cells: dict[str, int | None] = {}
    for count in incident.record.toll:
        cells[f"{count.group}_{count.outcome}_low"] = count.figure.low
        cells[f"{count.group}_{count.outcome}_high"] = count.figure.high
    return cells


def toll_columns(incidents: Iterable[Incident], codes: Codes) -> Sequence[str]:
    """A low and a high for each group and outcome of the pack, in its order; then any that only the incidents know."""
    pairs = dict.fromkeys((group, outcome) for group in codes.groups for outcome in codes.outcomes)
    strange = {(c.group, c.outcome) for incident in incidents for c in incident.record.toll} - pairs.keys()
    pairs.update(dict.fromkeys(sorted(strange)))
    return [f"{group}_{outcome}_{end}" for group, outcome in pairs for end in ("low", "high")]
