"""From a report to its coding: incidents and statements, every value with the words it rests on.

``code_report`` is pure and deterministic, and raises on no text. The engine knows no word of any language
and nothing of any area: both are in the pack (`seamwatch.packs.lexicon`).
"""

from seamwatch.code.coder import code_report

__all__ = ["code_report"]
