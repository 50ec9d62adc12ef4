"""Which draft of a newer coding is which of an older one: those that rest on the same words of the report.

A better coder may find more incidents in a report, or fewer, and then numbers them otherwise. What people decided about
a draft follows its words, not its number.
"""

from __future__ import annotations

from seamwatch.model import Coding, Draft, Part

ALIKE = 0.2  # least share of the letters that two drafts rest on, of all that either does


def rebound(before: Coding, now: Coding) -> dict[str, str]:
    """Keys of ``before``'s drafts -> keys of ``now``'s, one to one; a draft that nothing follows has none."""
    pairs = sorted(
        (-alike, old.index != new.index, old.key, new.key)
        for old in before.drafts
        for new in now.drafts
        if (alike := _alike(_letters(old), _letters(new))) >= ALIKE
    )
    found: dict[str, str] = {}
    for _, _, old_key, new_key in pairs:
        if old_key not in found and new_key not in found.values():
            found[old_key] = new_key
    return found


def _letters(draft: Draft) -> frozenset[tuple[Part, int]]:
    return frozenset(
        (span.part, at) for _, claim in draft.claims() for span in claim.spans for at in range(span.start, span.end)
    )


def _alike(a: frozenset[tuple[Part, int]], b: frozenset[tuple[Part, int]]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
