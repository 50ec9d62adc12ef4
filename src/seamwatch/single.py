"""One report, coded and placed: what the pipeline, the commands and their worker processes run on each."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from seamwatch import __version__
from seamwatch.code import code_report
from seamwatch.code.coder import RULES
from seamwatch.code.confidence import load_weights, with_confidence
from seamwatch.code.readers import load_readers
from seamwatch.code.text import report_language
from seamwatch.errors import ConfigError, GazetteerError, PackError
from seamwatch.model import Coding, Report
from seamwatch.packs import Pack
from seamwatch.place import Gazetteer, place_coding, user_gazetteer
from seamwatch.place.store import NONE, VARIABLE

NOT_CODED = "not coded, by a fault of Seamwatch (please report it):"
STRANGE_LANGUAGE = "read poorly, in a language that the coder does not know:"
FAILED = " (failed)"  # of a coder's name: such a coding is tried again on the next run


class Coder(Protocol):
    """What makes a coding of a report; ``name`` is what the coding is signed with."""

    @property
    def name(self) -> str:
        """Which coder, in a word or two."""

    def __call__(self, report: Report, pack: Pack) -> Coding:
        """The coding of a report."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The project's own coder; ``fast`` is for archives (`seamwatch.code.gate`), ``alone`` without learned readers."""

    fast: bool = False
    alone: bool = False

    @property
    def name(self) -> str:
        """Full or fast."""
        return "rules fast" if self.fast else "rules"

    def __call__(self, report: Report, pack: Pack) -> Coding:
        """The coding of a report."""
        return code_report(report, pack, fast=self.fast, heads={} if self.alone else None)


FULL = Rules()


def coder_name(pack: Pack, coder: Coder = FULL) -> str:
    """Names the coder, the pack's content and the imported lists: where one changes, reports are coded anew.

    Full coding is by "rules and readers", or by "rules" where the pack has no learned readers.
    """
    who = f"{FULL.name} and readers" if coder == FULL and load_readers(pack) else coder.name
    name = f"{who} {__version__} {pack.name}-{pack.fingerprint}"
    return f"{name}+{imported.fingerprint}" if (imported := open_gazetteer(pack).imported) else name


def code_and_place(report: Report, pack: Pack, coder: Coder = FULL) -> Coding:
    """One report, coded, placed, and checked against the pack's codes; a language that is not the pack's is noted.

    Raises ModelError on a code that the pack does not have.
    """
    coding = place_coding(coder(report, pack), report, open_gazetteer(pack))
    for draft in coding.drafts:
        pack.codes.check(draft)
    for statement in coding.statements:
        pack.codes.check_statement(statement)
    lang = report_language(report)
    if coding.coder == RULES:  # the coefficients were learned on the rules' values, and tell nothing of another coder's
        coding = with_confidence(coding, load_weights(pack), lang, len(report.text))
    strange = () if lang in pack.languages else (f"{STRANGE_LANGUAGE} {lang}",)
    return replace(coding, coder=coder_name(pack, coder), notes=(*coding.notes, *strange))


def code_or_say(report: Report, pack: Pack, coder: Coder = FULL) -> Coding:
    """The same; a fault of ours in one report becomes a note on its coding (`NOT_CODED`), and the rest goes on."""
    try:
        return code_and_place(report, pack, coder)
    except (ConfigError, GazetteerError, PackError):
        raise  # the next report would fare no better
    except Exception as error:  # told in the summary, in the brief and by exit code 1
        what = " ".join(repr(error).split())[:200]
        return Coding(report.id, coder_name(pack, coder) + FAILED, notes=(f"{NOT_CODED} {what}",))


def imported_in_use(named: Path | None = None) -> Path | None:
    """The imported gazetteer to look names up in: the one named here or by SEAMWATCH_GAZETTEER, else the user's if any.

    SEAMWATCH_GAZETTEER=none leaves the user's own out.
    """
    told = os.environ.get(VARIABLE, "")
    if named or told == NONE:
        return named
    return path if (path := user_gazetteer()).is_file() or told else None


def open_gazetteer(pack: Pack) -> Gazetteer:
    """The gazetteer of a pack with what the user imported, opened once a process."""
    return _opened(pack, imported_in_use())


@functools.cache
def _opened(pack: Pack, imported: Path | None) -> Gazetteer:
    return Gazetteer.open(pack, imported=imported)
