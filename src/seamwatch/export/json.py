"""Incidents as JSON in the codebook's fields, with what only merging knows: members, sources, contradictions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seamwatch import wire
from seamwatch.export.credits import place_source
from seamwatch.model import Incident


def incidents_json(incidents: Iterable[Incident]) -> list[dict[str, Any]]:
    """One JSON object an incident, in their order. Every report's claim is kept beside the preferred value."""
    return [
        {
            "id": incident.id,
            **wire.codebook_incident(incident.record),
            "place_source": place_source(incident.record.location),
            "members": list(incident.members),
            "sources": list(incident.sources),
            "claims": [wire.dump(claim) for claim in incident.claims],
            "contradictions": [wire.dump(contradiction) for contradiction in incident.contradictions],
        }
        for incident in incidents
    ]
