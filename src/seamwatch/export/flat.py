"""An incident as one flat row: the codebook's fields, the toll as one low and one high a group and outcome.

``<group>_<outcome>_high`` is empty where the figure is open ("at least 13"): see ``_low``. Both are empty where no
report states anything, which is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seamwatch.model import Incident
from seamwatch.packs import Codes

Value = str | int | float | None | tuple[str, ...]

FIELDS = (
    *("id", "type", "date_from", "date_to", "date_precision", "date_basis"),
    *("place", "lat", "lon", "radius_km", "place_precision", "country", "governorate", "district"),
    *("initiator", "target", "means", "duration_minutes", "claimed_by", "other_places"),
)
TAIL = ("sources_count", "sources", "reports_count", "drafts", "contradictions")


def flat(incident: Incident) -> dict[str, Value]:
    """All fields but the toll, in the order of `FIELDS` and `TAIL`."""
    record, place, when = incident.record, incident.record.location, incident.record.date
    return {
        "id": incident.id,
        "type": record.type,
        "date_from": when.first.isoformat() if when else None,
        "date_to": when.last.isoformat() if when else None,
        "date_precision": when.precision if when else None,
        "date_basis": when.basis if when else None,
        "place": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "place_precision": place.precision if place else None,
        "country": place.country if place else None,
        "governorate": place.governorate if place else None,
        "district": place.district if place else None,
        "initiator": record.initiator,
        "target": record.target,
        "means": record.means,
        "duration_minutes": record.duration_minutes,
        "claimed_by": record.claimed_by,
        "other_places": record.other_places,
        "sources_count": len(incident.sources),
        "sources": incident.sources,
        "reports_count": len({draft.rpartition("#")[0] for draft in incident.members}),
        "drafts": incident.members,
        "contradictions": tuple(dict.fromkeys(c.field for c in incident.contradictions)),
    }


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
