"""The two ratings of the NATO (Admiralty) system: how reliable a source is, and how credible one report's information.

They are given by people (`seamwatch.merge.decisions`), stay two, and neither is ever worked out from the other. What
nobody rated is said to be not rated, and counts as F and as 6: it cannot be judged.
"""

from __future__ import annotations

from seamwatch.model import Incident

RELIABILITY = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
GRADES = {"rate_source": RELIABILITY, "rate_report": CREDIBILITY}  # by the decision that gives them
NOT_RATED = "not rated"
LEADING = frozenset("AB")  # reliabilities that settle a tie in the preferred view


def suggested_credibility(incident: Incident) -> str | None:
    """The credibility, "1" or "2", that corroboration suggests to a person for an incident's reports; None for none.

    Three independent sources without a contradiction suggest 1; three with one, or two without, suggest 2. It is
    counted anew each time, rests on no rating, and is never set.
    """
    confirmed_by = len(incident.sources) - bool(incident.contradictions)
    return "1" if confirmed_by >= 3 else "2" if confirmed_by == 2 else None
