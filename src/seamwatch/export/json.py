"""Incidents as JSON in the codebook's fields, with what only merging knows: members, sources, contradictions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seamwatch import wire
from seamwatch.export.credits import place_source
from seamwatch.merge import NOT_RATED, suggested_credibility
from seamwatch.model import Incident, SourcedClaim


def incidents_json(incidents: Iterable[Incident]) -> list[dict[str, Any]]:
    """One JSON object an incident, in their order. Every report's claim is kept beside the preferred value.

    Each claim has its source's reliability and its report's credibility, "not rated" where nobody rated.
    ``credibility_suggested`` ("1", "2" or null) is what corroboration suggests, and no rating.
    """
    return [
        {
            "id": incident.id,
            **wire.codebook_incident(incident.record),
            "place_source": place_source(incident.record.location),
            "members": list(incident.members),
            "sources": list(incident.sources),
            "credibility_suggested": suggested_credibility(incident),
            "claims": [_claim(claim) for claim in incident.claims],
            "contradictions": [
                {"field": dispute.field, "claims": [_claim(claim) for claim in dispute.claims]}
                for dispute in incident.contradictions
            ],
        }
        for incident in incidents
    ]


def _claim(claim: SourcedClaim) -> dict[str, Any]:
    told: dict[str, Any] = wire.dump(claim)
    return {k: v or NOT_RATED if k in ("source_reliability", "information_credibility") else v for k, v in told.items()}
