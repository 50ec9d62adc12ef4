"""A MUC text as read: its letters restored, its sentences, and what the engine made of it with the pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.muc4.register import Prepared, restore
from benchmarks.muc4.role_tokens import Token, sentences
from seamwatch.code import code_report
from seamwatch.model import Draft, make_report
from seamwatch.packs import Pack, load_pack

PACK = Path(__file__).parent / "pack"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its sentences as words with their places in it, and the engine's drafts."""

    text: str
    prepared: Prepared
    sentences: tuple[tuple[Token, ...], ...]
    drafts: tuple[Draft, ...]

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds a character of the text."""
        return next((i for i, s in enumerate(self.sentences) if offset < s[-1].end), max(0, len(self.sentences) - 1))


@cache
def pack() -> Pack:
    """The pack for Latin America, 1989-91."""
    return load_pack(PACK)


def read(text: str) -> Reading:
    """Read a text of any kind; an empty one has no sentences and no drafts."""
    prepared = restore(text, pack())
    start = next((i for i, c in enumerate(prepared.text) if not c.isspace()), len(text))
    parted = tuple(tuple(s) for s in sentences(" " * start + prepared.lower[start:]))
    drafts: tuple[Draft, ...] = ()
    if prepared.text.strip():
        drafts = code_report(make_report("", prepared.text, day=prepared.day, lang="en"), pack()).drafts
    return Reading(text, prepared, parted, drafts)
