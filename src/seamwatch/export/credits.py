"""Whose places the incidents are put at: the lists that ask to be named."""

from __future__ import annotations

from collections.abc import Iterable

from seamwatch.model import Incident, Place

_LICENCES = {"GeoNames": "GeoNames (CC BY 4.0)"}  # of the world's towns; imported lists carry theirs in their name


def place_credits(incidents: Iterable[Incident]) -> tuple[str, ...]:
    """The lists that the incidents' points are from, with their licences, in the order of the alphabet.

    The pack's own places are facts typed for it, and ask for no credit.
    """
    found = {place_source(incident.record.location) for incident in incidents}
    return tuple(sorted(credit for credit in found if credit))


def place_source(place: Place | None) -> str | None:
    """The list that a place's point is from, with its licence; None where it is the pack's, or there is none."""
    if place is None or place.lat is None or not place.source:
        return None
    held = place.gazetteer_id or next(iter(place.candidates), "")
    if ":" not in held:  # a place of the pack's own list
        return None
    return _LICENCES.get(place.source, place.source)
